"""Who can be reached at this minute: time zones, the change of the clocks, holidays, nights."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance import hours
from guidance.choices import Country
from guidance.content import Service
from guidance.hours import State
from tests.guidance.builders import service

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFICE = "Mo-Fr 09:00-18:00; PH unknown"


def at(moment: str, zone: str = "Europe/Brussels") -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


def stands(line: str, moment: datetime, country: str = "BE") -> hours.Line:
    return hours.line(service(hours=line, country=country), moment)


def clock(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M %z}" if moment else ""


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-06-01 08:59", State.CLOSED),  # a Monday
        ("2026-06-01 09:00", State.OPEN),
        ("2026-06-01 17:59", State.OPEN),
        ("2026-06-01 18:00", State.CLOSED),
        ("2026-06-06 12:00", State.CLOSED),  # a Saturday
    ],
)
def test_a_line_is_open_from_the_first_minute_to_the_last(moment: str, state: State) -> None:
    line = stands(OFFICE, at(moment))
    assert line.state == state
    assert line.reachable == (state == State.OPEN)


def test_an_open_line_says_until_when() -> None:
    line = stands(OFFICE, at("2026-06-01 12:00"))
    assert clock(line.changes) == "2026-06-01 18:00 +0200"
    assert line.today


@pytest.mark.parametrize(
    ("moment", "opens", "today"),
    [
        ("2026-06-01 07:00", "2026-06-01 09:00 +0200", True),
        ("2026-06-01 19:00", "2026-06-02 09:00 +0200", False),
        ("2026-06-05 19:00", "2026-06-08 09:00 +0200", False),  # Friday evening: on Monday
        ("2026-07-20 19:00", "2026-07-22 09:00 +0200", False),  # the day between is a holiday
    ],
)
def test_a_closed_line_says_when_it_opens(moment: str, opens: str, today: bool) -> None:
    line = stands(OFFICE, at(moment))
    assert line.state == State.CLOSED
    assert clock(line.changes) == opens
    assert line.today is today


def test_a_line_that_does_not_open_within_days_says_nothing() -> None:
    line = stands("Dec 25 10:00-12:00", at("2026-06-01 12:00"))
    assert (line.state, line.changes, line.today) == (State.CLOSED, None, False)


def test_the_clock_of_the_visitor_does_not_matter() -> None:
    for zone in ("UTC", "America/Kralendijk", "Asia/Tokyo"):
        moment = at("2026-06-01 12:00").astimezone(ZoneInfo(zone))
        line = stands(OFFICE, moment)
        assert (line.state, clock(line.changes)) == (State.OPEN, "2026-06-01 18:00 +0200")


@pytest.mark.parametrize(
    ("utc", "state"),
    [
        ("2026-03-27 07:30", State.CLOSED),  # Friday, winter: 08:30 in Brussels
        ("2026-03-30 07:30", State.OPEN),  # Monday, summer: 09:30
        ("2026-10-23 07:30", State.OPEN),  # Friday, summer: 09:30
        ("2026-10-26 07:30", State.CLOSED),  # Monday, winter: 08:30
    ],
)
def test_summer_and_winter_time_are_those_of_the_country(utc: str, state: State) -> None:
    assert stands(OFFICE, datetime.fromisoformat(utc).replace(tzinfo=UTC)).state == state


@pytest.mark.parametrize(
    ("utc", "closes"),
    [
        ("2026-03-29 00:30", "2026-03-29 04:00 +0200"),  # 01:30, before the lost hour
        ("2026-03-29 01:30", "2026-03-29 04:00 +0200"),  # 03:30, after it
        ("2026-10-25 00:30", "2026-10-25 04:00 +0100"),  # 02:30 the first time
        ("2026-10-25 01:30", "2026-10-25 04:00 +0100"),  # 02:30 the second time
    ],
)
def test_a_night_line_stays_open_while_the_clocks_change(utc: str, closes: str) -> None:
    line = stands("Mo-Su 22:00-04:00", datetime.fromisoformat(utc).replace(tzinfo=UTC))
    assert (line.state, clock(line.changes)) == (State.OPEN, closes)


def test_the_caribbean_has_its_own_clock_and_no_summer_time() -> None:
    for day in ("2026-01-05", "2026-07-06"):  # Mondays
        moment = datetime.fromisoformat(f"{day} 13:30").replace(tzinfo=UTC)
        line = stands("Mo-Fr 09:00-17:00", moment, "BQ")
        assert (line.state, clock(line.changes)) == (State.OPEN, f"{day} 17:00 -0400")
        assert stands("Mo-Fr 09:00-17:00", moment - timedelta(hours=1), "BQ").state == State.CLOSED


def test_two_countries_one_moment() -> None:
    moment = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)  # 10:30 in Brussels, 09:30 in London
    assert stands("Mo 10:00-18:00", moment, "BE").state == State.OPEN
    assert stands("Mo 10:00-18:00", moment, "GB").state == State.CLOSED


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("BE", "2026-07-21"),  # the national day
        ("BE", "2026-04-06"),  # Easter Monday
        ("BE", "2026-11-11"),  # the armistice
        ("BE", "2027-05-06"),  # Ascension, a Thursday that moves
        ("NL", "2026-04-27"),  # King's Day
        ("NL", "2026-12-25"),
        ("FR", "2026-07-14"),
        ("LU", "2026-06-23"),
    ],
)
def test_on_a_holiday_of_its_country_nobody_knows(country: str, day: str) -> None:
    line = stands(OFFICE, at(f"{day} 12:00"), country)
    assert (line.state, line.reachable, line.changes) == (State.HOLIDAY, False, None)


@pytest.mark.parametrize(
    ("country", "day"), [("BE", "2026-04-27"), ("NL", "2026-07-21"), ("NL", "2026-11-11")]
)
def test_a_holiday_of_another_country_is_an_ordinary_day(country: str, day: str) -> None:
    assert stands(OFFICE, at(f"{day} 12:00"), country).state == State.OPEN


def test_a_line_that_is_known_to_close_on_holidays_is_closed() -> None:
    line = stands("Mo-Fr 09:00-18:00; PH off", at("2026-07-21 12:00"))
    assert (line.state, clock(line.changes)) == (State.CLOSED, "2026-07-22 09:00 +0200")


def test_a_line_that_says_nothing_of_holidays_is_open_on_them() -> None:
    assert stands("Mo-Fr 09:00-18:00", at("2026-07-21 12:00")).state == State.OPEN


@pytest.mark.parametrize(
    ("moment", "state", "changes", "today"),
    [
        ("2026-06-05 19:59", State.CLOSED, "2026-06-05 20:00 +0200", True),  # a Friday
        ("2026-06-05 23:00", State.OPEN, "2026-06-06 02:00 +0200", False),
        ("2026-06-06 00:00", State.OPEN, "2026-06-06 02:00 +0200", True),
        ("2026-06-06 01:59", State.OPEN, "2026-06-06 02:00 +0200", True),
        ("2026-06-06 02:00", State.CLOSED, "2026-06-12 20:00 +0200", False),
        ("2026-06-06 23:00", State.CLOSED, "2026-06-12 20:00 +0200", False),
    ],
)
def test_a_line_may_be_open_across_midnight(
    moment: str, state: State, changes: str, today: bool
) -> None:
    line = stands("Fr 20:00-02:00", at(moment))
    assert (line.state, clock(line.changes), line.today) == (state, changes, today)


@pytest.mark.parametrize("country", ["BE", "BQ", "US", "AU", "EU", "WW"])
@pytest.mark.parametrize("moment", ["2026-07-21 03:00", "2026-12-25 12:00", "2026-03-29 02:30"])
def test_round_the_clock_is_round_the_clock(country: str, moment: str) -> None:
    line = stands("24/7", at(moment), country)
    assert (line.state, line.reachable, line.changes) == (State.ALWAYS, True, None)


def test_without_hours_a_web_form_is_always_there_and_a_line_is_not_known() -> None:
    now = at("2026-06-01 12:00")
    assert hours.line(service(always_web=True), now).state == State.WEB
    assert hours.line(service(), now).state == State.UNKNOWN
    assert not hours.line(service(always_web=True), now).reachable
    assert not hours.line(service(), now).reachable


def test_who_answers_now_stands_first_and_equals_keep_their_order() -> None:
    now = at("2026-07-21 12:00")  # a Tuesday and a holiday in Belgium
    services = [
        service("closed", hours="Mo 09:00-10:00"),
        service("holiday", hours=OFFICE),
        service("unknown"),
        service("web", always_web=True),
        service("open", hours="Tu 09:00-18:00"),
        service("always", hours="24/7"),
        service("open too", hours="Tu 11:00-13:00"),
        service("always too", hours="24/7"),
    ]
    found = [line.service.code for line in hours.lines(services, now)]
    assert found == [
        "always", "always too", "open", "open too", "web", "unknown", "holiday", "closed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("Mo-Fr 9-18h", "BE"), ("9 to 5", "BE"), ("always", "BE"), ("lundi 09:00-18:00", "FR"),
        ("Mo-Fr 09:00-18:00 xyz", "BE"), ("Mo-Fr 09:60-18:00", "BE"), ("Mo-Fr 25:00-27:00", "BE"),
        ("Mo-Fr 09:00–18:00", "BE"), ("Mo-Fr 09:00-18:00; PH unkown", "BE"), ("<script>", "BE"),
        ("Mo-Fr 09:00-18:00\x00", "BE"), ("x" * 200, "BE"),
        # cannot be reckoned: several time zones, or holidays nobody knows
        ("Mo-Fr 09:00-18:00", "US"), ("Mo-Fr 09:00-18:00", "EU"), ("Mo-Fr 09:00-18:00", "ZZ"),
        ("Mo-Fr 09:00-18:00; PH off", "BQ"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_or_reckoned_is_refused(line: str, country: str) -> None:
    assert hours.fault(line, country)


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("", "BE"), ("24/7", "BE"), (OFFICE, "BE"), ("Mo-Fr 9:00-18:00", "NL"),
        ("Mo,Tu,Th,Fr 16:00-22:00; We,Sa 14:00-22:00; PH unknown", "BE"),
        ("Fr 20:00-02:00; PH off", "FR"), ("Mo-Fr 09:00-17:00", "BQ"), ("24/7", "US"), ("", "WW"),
    ],
)  # fmt: skip
def test_a_line_that_can_be_read_is_not_refused(line: str, country: str) -> None:
    assert hours.fault(line, country) is None


PIECES = [
    "Mo-Fr", "We", "Sa-Su", "Dec 25", "2026", "PH", " ", " ", " ", "09:00-18:00", "22:00-02:00",
    "10:00+", "sunrise-sunset", ",", "; ", " || ", "off", "unknown", "open", "24/7", '"call"', "x",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_whatever_is_written_is_refused_or_can_be_reckoned(line: str) -> None:
    if hours.fault(line, "BE") is None:
        found = stands(line, at("2026-07-21 12:00"))
        assert found.changes is None or found.changes > at("2026-07-21 12:00")


# the clock of each country: at noon UTC in winter and in summer
OFFSETS = {
    "BE": (1, 2), "NL": (1, 2), "FR": (1, 2), "LU": (1, 2), "DE": (1, 2), "CH": (1, 2), "IT": (1, 2),
    "GB": (0, 1), "IE": (0, 1), "BQ": (-4, -4),
}  # fmt: skip


@pytest.mark.parametrize("country", OFFSETS)
def test_each_country_has_its_own_clock(country: str) -> None:
    for day, offset in zip(("2026-01-14", "2026-07-15"), OFFSETS[country], strict=True):
        noon = datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=UTC)
        line = stands("Mo-Su 00:30-23:30", noon, country)
        assert line.changes is not None
        assert line.changes.utcoffset() == timedelta(hours=offset)
        assert clock(line.changes)[:16] == f"{day} 23:30"


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("IE", "2026-03-17"), ("IE", "2026-08-03"), ("CH", "2026-08-01"),
        ("IT", "2026-06-02"), ("DE", "2026-10-03"), ("LU", "2026-06-23"), ("FR", "2026-05-08"),
    ],
)  # fmt: skip
def test_each_country_has_its_own_holidays(country: str, day: str) -> None:
    every_day = "Mo-Su 09:00-18:00; PH unknown"
    assert stands(every_day, at(f"{day} 12:00"), country).state == State.HOLIDAY
    for other in {"BE", "NL", "FR"} - {country}:  # no part of them keeps a day of its own then
        assert stands(every_day, at(f"{day} 12:00"), other).state == State.OPEN, other


def test_the_zones_are_those_of_the_countries_that_have_one() -> None:
    for country in Country:
        accepted = hours.fault("Mo-Fr 09:00-17:00", country) is None
        assert accepted is (country in OFFSETS)


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday


def busy(*services: Service, language: str = "en") -> list[str]:
    return [line.next.code if line.next else "" for line in hours.lines(services, NOW, language)]


def test_who_is_busy_names_the_next_that_answers_now() -> None:
    first, second = service("first", hours="24/7"), service("second", hours="24/7")
    closed = service("closed", hours="Su 10:00-11:00")
    assert busy(closed, first, second) == ["second", "", ""]
    assert busy(first, closed) == ["", ""]


def test_nobody_is_sent_on_to_a_line_for_others_or_from_an_emergency_number() -> None:
    first, second = service("first", hours="24/7"), service("second", hours="24/7")
    other = {"languages": ("de",)}
    assert busy(first, service("adults", hours="24/7", audience="adults"), second)[0] == "second"
    french = service("french", hours="24/7", languages=("fr",))
    assert busy(first, french, second)[0] == "second"
    assert busy(first, french, second, language="fr")[0] == "french"
    assert busy(french, second)[0] == "second"
    assert busy(first, service("german", hours="24/7", **other), second)[0] == "second"
    assert busy(service("112", hours="24/7", purposes=("police",)), second) == ["", ""]


@pytest.mark.parametrize("line", ["Tu 10:00-11:00", OFFICE + "; Mo off", "", "PH off"])
def test_a_line_that_does_not_answer_never_says_whom_to_try_when_it_is_busy(line: str) -> None:
    open_, other = service("open", hours="24/7"), service("other", hours=line)
    found = hours.lines([other, open_], NOW, "en")
    assert [each.service.code for each in found] == ["open", "other"]
    assert [each.next for each in found] == [None, None]
    web = service("web", always_web=True)
    assert [each.next for each in hours.lines([web, open_], NOW, "en")] == [None, None]


def test_whom_to_try_speaks_the_visitors_language_if_the_first_does() -> None:
    first = service("first", hours="24/7", languages=("nl", "fr"))
    dutch, french = (service(code, hours="24/7", languages=(code,)) for code in ("nl", "fr"))
    assert busy(first, dutch, french, language="nl")[0] == "nl"
    assert busy(first, dutch, french, language="fr")[0] == "fr"
    assert busy(first, french, dutch, language="fr")[0] == "fr"
    # in a language that the first does not speak, whoever shares one with it
    assert busy(first, french, dutch, language="en")[0] == "fr"
    assert busy(first, service("en", hours="24/7", languages=("en",)), language="en")[0] == ""


def test_whom_to_try_is_the_next_and_never_itself_or_one_before() -> None:
    lines = [service(code, hours="24/7") for code in ("a", "b", "c")]
    assert busy(*lines) == ["b", "c", ""]


def test_without_a_visitor_any_shared_language_will_do() -> None:
    first = service("first", hours="24/7", languages=("nl", "fr"))
    assert busy(first, service("fr", hours="24/7", languages=("fr",)), language="") == ["fr", ""]

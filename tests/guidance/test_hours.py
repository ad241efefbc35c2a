"""Who can be reached at this minute: time zones, the change of the clocks, holidays, nights."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.choices import Way
from guidance.hours import State
from tests.guidance.clocked import CLOCKS, fault, stands

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFICE = "Mo-Fr 09:00-18:00; PH unknown"


def at(moment: str, zone: str = "Europe/Brussels") -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


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
    assert stands(OFFICE, at(moment)).state == state


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
    assert (line.state, line.changes) == (State.HOLIDAY, None)


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


@pytest.mark.parametrize("country", ["BE", "BQ", "US"])
@pytest.mark.parametrize("moment", ["2026-07-21 03:00", "2026-12-25 12:00", "2026-03-29 02:30"])
def test_round_the_clock_is_round_the_clock(country: str, moment: str) -> None:
    line = stands("24/7", at(moment), country)
    assert (line.state, line.changes) == (State.ALWAYS, None)


@pytest.mark.parametrize("kind", Way)
def test_round_the_clock_somebody_answers_or_a_form_can_be_used_at_any_time(kind: Way) -> None:
    state = State.ALWAYS if kind in ("call", "text", "chat") else State.WEB
    assert stands("24/7", at("2026-06-01 12:00"), kind=kind).state == state


@pytest.mark.parametrize("kind", Way)
def test_hours_nobody_told_us_are_not_known_whatever_the_kind(kind: Way) -> None:
    assert stands("", at("2026-06-01 12:00"), kind=kind) == (
        State.UNKNOWN,
        None,
        False,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("Mo-Fr 9-18h", "BE"), ("9 to 5", "BE"), ("always", "BE"), ("lundi 09:00-18:00", "FR"),
        ("Mo-Fr 09:00-18:00 xyz", "BE"), ("Mo-Fr 09:60-18:00", "BE"), ("Mo-Fr 25:00-27:00", "BE"),
        ("Mo-Fr 09:00–18:00", "BE"), ("Mo-Fr 09:00-18:00; PH unkown", "BE"), ("<script>", "BE"),
        ("Mo-Fr 09:00-18:00\x00", "BE"), ("x" * 200, "BE"),
        # cannot be reckoned: several time zones, or holidays nobody knows
        ("Mo-Fr 09:00-18:00", "US"),
        ("Mo-Fr 09:00-18:00; PH off", "BQ"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_or_reckoned_is_refused(line: str, country: str) -> None:
    assert fault(line, country)


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("", "BE"), ("24/7", "BE"), (OFFICE, "BE"), ("Mo-Fr 9:00-18:00", "NL"),
        ("Mo,Tu,Th,Fr 16:00-22:00; We,Sa 14:00-22:00; PH unknown", "BE"),
        ("Fr 20:00-02:00; PH off", "FR"), ("Mo-Fr 09:00-17:00", "BQ"), ("24/7", "US"), ("", "US"),
    ],
)  # fmt: skip
def test_a_line_that_can_be_read_is_not_refused(line: str, country: str) -> None:
    assert fault(line, country) is None


PIECES = [
    "Mo-Fr", "We", "Sa-Su", "Dec 25", "2026", "PH", " ", " ", " ", "09:00-18:00", "22:00-02:00",
    "10:00+", "sunrise-sunset", ",", "; ", " || ", "off", "unknown", "open", "24/7", '"call"', "x",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_whatever_is_written_is_refused_or_can_be_reckoned(line: str) -> None:
    if fault(line, "BE") is None:
        found = stands(line, at("2026-07-21 12:00"))
        assert found.changes is None or found.changes > at("2026-07-21 12:00")


# the clock of each country: at noon UTC in winter and in summer
OFFSETS = {
    "BE": (1, 2), "NL": (1, 2), "BQ": (-4, -4), "FR": (1, 2), "LU": (1, 2), "GB": (0, 1), "IE": (0, 1),
    "DE": (1, 2), "CH": (1, 2), "IT": (1, 2),
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


def test_only_a_country_of_one_clock_has_hours_to_reckon() -> None:
    assert [code for code in CLOCKS if fault("Mo-Fr 09:00-17:00", code) is None] == [*OFFSETS]

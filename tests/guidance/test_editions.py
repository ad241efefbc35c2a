"""What an edition owes its visitors: a human for each need, at every hour, or a sentence that says so."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.utils import translation

from guidance.choices import NEEDED, NEEDS, Purpose
from guidance.content import Country, Page, Service
from guidance.editions import lacking
from guidance.hours import State, first_gap, state_at
from sextortion_help.publishing.content import Content, Contents, Html, Text
from tests.guidance.builders import channel, country, gap, same, service
from tests.guidance.clocked import CLOCKS

pytestmark = pytest.mark.usefixtures("english")
BRUSSELS = ZoneInfo("Europe/Brussels")
TALK, DYING = Purpose.TALK.label, Purpose.SUICIDE.label
TODAY = date(2026, 11, 23)  # a Monday
NAMES = {"BE": "Belgium", "NL": "the Netherlands", "BQ": "the islands", "IE": "Ireland"}


def land(code: str, *gaps: str, **fields: Any) -> Country:
    given = {"name": same(NAMES[code]), "is_edition": code != "IE", "gaps": tuple(map(gap, gaps))}
    return country(code, **{**given, **fields})


def line(need: str, code: str = "BE", hours: str = "24/7", **fields: Any) -> Service:
    return service(f"{need}-{code}", country=code, purposes=(need,), hours=hours, **fields)


def whole(code: str = "BE") -> list[Service]:
    """A line for each need of a country that answers day and night in three languages."""
    return [line(need, code) for need in Purpose]


def having(*contents: Content) -> Contents:
    return Contents(1).plus(contents)


def owed(*contents: Content) -> list[str]:
    """Give what is lacking when these are published where there was nothing."""
    return lacking(Contents(), having(*contents), TODAY)


def lost(now: Contents, after: Contents) -> list[str]:
    return lacking(now, after, TODAY)


# what every edition has


def test_an_edition_with_a_line_for_each_need_lacks_nothing() -> None:
    assert owed(land("BE"), *whole()) == []


def test_an_edition_with_nobody_lacks_each_need_by_name() -> None:
    found = owed(land("NL"))
    needs = [f"{need.label}, in the Netherlands: no service" for need in NEEDED]
    assert [text.partition(",")[0] for text in found[: len(NEEDED)]] == [n.label for n in NEEDED]
    assert all(text.startswith(need) for need, text in zip(needs, found, strict=False))
    assert found[len(NEEDED) :] == [
        f"{TALK}, in the Netherlands: nobody on Monday 23 November 2026 at 00:00",
        f"{DYING}, in the Netherlands: nobody on Monday 23 November 2026 at 00:00",
    ]
    with translation.override("nl"):
        assert owed(land("NL"))[0].startswith("Met iemand praten, in the Netherlands: ")


def test_a_country_that_is_no_edition_owes_nothing() -> None:
    assert owed(land("IE")) == []


def test_a_country_without_an_emergency_number_is_named() -> None:
    [text] = owed(land("BE", emergency=""), *whole())
    assert text == "the emergency number of Belgium"


@pytest.mark.parametrize("need", NEEDED)
def test_a_sentence_of_the_country_is_enough_for_a_need(need: Purpose) -> None:
    others = [each for each in whole() if need not in each.purposes]
    assert owed(land("BE"), *others)[0].startswith(f"{need.label}, in Belgium: no service")
    assert owed(land("BE", need), *others) == []


def test_somebody_for_adults_or_of_another_country_is_nobody() -> None:
    others = [each for each in whole() if "remove" not in each.purposes]
    for given in (
        line("remove", audience="adults"),
        line("remove", "NL"),
        line("remove", age_min=18),
    ):
        found = [text for text in owed(land("BE"), *others, given) if "no service" in text]
        assert found == [
            f"{Purpose.REMOVE.label}, in Belgium: no service, and no sentence that says so"
        ]


# at every hour


def at_night(*hours: str, need: str = "talk", gaps: tuple[str, ...] = ()) -> list[str]:
    """Give what is lacking where the lines for a need have these hours, and for all others nobody asks."""
    given = [service(str(place), purposes=(need,), hours=each) for place, each in enumerate(hours)]
    said = {str(purpose) for purpose in NEEDED if purpose != need} | {*gaps}
    return owed(land("BE", *said), *given)


@pytest.mark.parametrize(
    ("hours", "when"),
    [
        (["24/7"], ""),
        (["Mo-Su 08:00-20:00", "Mo-Su 20:00-08:00"], "Monday 23 November 2026 at 00:00"),  # swapped
        (["Mo-Su 08:00-20:00", "Mo-Su 00:00-08:00,20:00-24:00"], ""),
        (["Mo-Su 06:00-22:00", "Mo-Su 22:00-06:00"], ""),  # the night that began yesterday
        (["Mo-Su 06:00-22:00", "Mo-Su 22:00-05:30"], "Monday 23 November 2026 at 05:30"),
        (["Mo-Su 06:00-22:00", "Mo-Sa 22:00-06:00"], "Monday 23 November 2026 at 00:00"),
        (["Mo-Sa 00:00-24:00", "Su 00:00-23:59"], "Sunday 29 November 2026 at 23:59"),
        (["Mo-Su 00:00-24:00; PH unknown"], "Friday 25 December 2026 at 00:00"),
        (["Mo-Su 00:00-24:00; PH off"], "Friday 25 December 2026 at 00:00"),
        (["Mo-Su 00:00-24:00; PH unknown", "Dec 25 00:00-24:00"], "Friday 1 January 2027 at 00:00"),
        (["Mo-Su 00:00-24:00; Jul 1 off"], "Thursday 1 July 2027 at 00:00"),
        (["Mo-Su 00:00-24:00; PH unknown", "Mo-Su 00:00-24:00; Jul 1 off"], ""),
        (["", "Mo, We 09:00-17:00"], "Monday 23 November 2026 at 00:00"),  # not known, refused
    ],
)  # fmt: skip
@pytest.mark.parametrize("need", ["talk", "suicide"])
def test_the_first_minute_without_anybody_is_named(need: str, hours: list[str], when: str) -> None:
    found = at_night(*hours, need=need)
    label = Purpose(need).label
    assert found == ([f"{label}, in Belgium: nobody on {when}"] if when else [])
    assert at_night(*hours, need=need, gaps=(need,)) == []


def test_it_is_said_as_the_editor_says_times() -> None:
    with translation.override("fr"):
        [text] = at_night("Mo-Su 06:00-22:00", "Mo-Su 22:00-05:30")
        assert "lundi 23 novembre 2026" in text
        assert text.endswith("5\u202fh\u202f30")


def test_hours_are_those_of_channels_on_which_somebody_answers() -> None:
    said = {str(purpose) for purpose in NEEDED if purpose != "talk"}
    day, night = channel("call", "Mo-Su 06:00-22:00"), "Mo-Su 22:00-06:00"
    for kind, is_enough in (("chat", True), ("text", True), ("form", False), ("mail", False)):
        found = owed(land("BE", *said), service("both", day, channel(kind, night)))
        assert (found == []) is is_enough, kind
    assert len(owed(land("BE", *said), service("form", channel("form", "24/7")))) == 1


@pytest.mark.parametrize(
    ("need", "other", "is_enough"),
    [
        ("talk", "victim", True), ("talk", "suicide", True), ("talk", "police", False),
        ("suicide", "talk", True), ("suicide", "victim", True), ("suicide", "police", False),
    ],
)  # fmt: skip
def test_at_night_who_is_there_for_another_need_counts_as_on_the_page(
    need: str, other: str, is_enough: bool
) -> None:
    day = service("day", purposes=(need,), hours="Mo-Su 06:00-24:00")
    night = service("night", purposes=(other,), hours="24/7")
    said = {str(purpose) for purpose in NEEDED if purpose != need}
    assert (owed(land("BE", *said), day, night) == []) is is_enough


def test_each_edition_is_reckoned_by_its_own_clock() -> None:
    """Both shut on 1 January; on Bonaire no holidays are known, so the date is written."""
    here = {str(purpose) for purpose in NEEDED if purpose != "talk"}
    bonaire = land("BQ", *here, zone="America/Kralendijk", holidays="BQ")
    given = line("talk", "BQ", "Mo-Su 00:00-24:00; Jan 1 off")
    assert owed(bonaire, given) == [
        f"{TALK}, in the islands: nobody on Friday 1 January 2027 at 00:00"
    ]
    refused = line("talk", "BQ", "Mo-Su 00:00-24:00; PH off")  # cannot be reckoned there
    assert owed(bonaire, refused)[0].endswith("nobody on Monday 23 November 2026 at 00:00")


def test_without_a_clock_only_day_and_night_is_at_every_hour() -> None:
    said = {str(purpose) for purpose in NEEDED if purpose != "talk"}
    nowhere = land("BQ", *said, zone="", holidays="")
    assert owed(nowhere, line("talk", "BQ")) == []
    assert len(owed(nowhere, line("talk", "BQ", "Mo-Su 00:00-24:00; Jul 1 off"))) == 1


# the first gap, beside minutes that are asked one by one

SETS = [
    ["Mo-Su 06:00-22:00", "Mo-Su 22:00-06:00"],
    ["Mo-Su 02:30-22:00", "Mo-Su 22:00-02:30"],  # the hand-over is in the hour that comes twice
    ["Mo-Su 00:00-02:15,02:15-24:00"],  # one line: nobody goes home between
    ["Mo-Su 02:30-22:00", "Mo-Su 22:00-03:30"],
    ["Mo-Fr 00:00-24:00; PH unknown", "Sa-Su 00:00-24:00", "Mo-Su 08:00-24:00"],
    ["Mo-Su 08:00-24:00; Dec 24-Jan 2 off", "Mo-Su 22:00-06:00", "Mo-Su 06:00-09:00; PH off"],
    ["Mo-Su 20:00-04:00; PH unknown", "Mo-Su 04:00-20:00"],
    ["Mo-Su 00:00-24:00; Feb 29 off"],
    ["Su 00:00-24:00", "Mo-Sa 00:00-23:45"],
]  # fmt: skip


@pytest.mark.parametrize("lines", SETS)
@pytest.mark.parametrize("today", ["2027-10-28", "2027-03-25", "2026-12-23", "2028-02-27"])
def test_the_first_gap_is_the_first_quarter_at_which_no_line_is_open(
    lines: list[str], today: str
) -> None:
    """Over a week with the clocks' change, with holidays, with a leap day."""
    clock, day = CLOCKS["BE"], date.fromisoformat(today)
    start = datetime.combine(day, datetime.min.time(), tzinfo=BRUSSELS).timestamp()
    end = datetime.combine(day + timedelta(days=7), datetime.min.time(), tzinfo=BRUSSELS)
    wanted = None
    for second in range(int(start), int(end.timestamp()), 900):
        now = datetime.fromtimestamp(second, BRUSSELS)
        if all(state_at(line, clock, now)[0] is not State.OPEN for line in lines):
            wanted = (now.date(), now.hour * 60 + now.minute)
            break
    assert first_gap(lines, clock, day, 7) == wanted


def test_day_and_night_has_no_gap_and_nobody_has_one_at_once() -> None:
    clock = CLOCKS["BE"]
    assert first_gap(["", "24/7"], clock, TODAY, 366) is None
    assert first_gap([], clock, TODAY, 366) == (TODAY, 0)
    assert first_gap(["Mo-Su 00:00-24:00; Dec 1 off"], clock, TODAY, 8) is None
    assert first_gap(["Mo-Su 00:00-24:00; Dec 1 off"], clock, TODAY, 9) == (date(2026, 12, 1), 0)


# what would be lost


def test_what_is_lacking_already_keeps_nobody_from_publishing() -> None:
    now = having(land("NL"))
    assert lost(now, now) == []
    assert lost(now, now.plus([line("talk", "NL"), land("BE"), *whole()])) == []


def test_an_hour_that_comes_later_is_no_loss_and_one_that_comes_sooner_is() -> None:
    said = {str(purpose) for purpose in NEEDED if purpose != "talk"}
    base = having(land("BE", *said))
    early, late = (
        base.plus([line("talk", hours="Mo-Su 08:00-24:00")]),
        base.plus([line("talk", hours="Mo-Su 00:00-23:00")]),
    )
    assert lost(early, late) == []
    assert lost(late, early) == [f"{TALK}, in Belgium: nobody on Monday 23 November 2026 at 00:00"]


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("code", ["BE", "NL", "IE"])
def test_the_last_line_of_a_country_for_a_need_is_missed(code: str, need: Purpose) -> None:
    """Also in a country without places: it has a page for each need."""
    lands = [land(each) for each in ("BE", "NL", "IE")]
    now = having(*lands, *(each for every in ("BE", "NL", "IE") for each in whole(every)))
    found = lost(now, now.minus([line(need, code)]))
    assert found
    assert all(f"{need.label}, in {NAMES[code]}" in text for text in found)
    if code == "IE":
        assert found == [f"{need.label}, in Ireland"]
    else:
        assert f"{need.label}, in {NAMES[code]}, français" in found


def test_the_last_line_in_a_language_is_missed() -> None:
    flemish = line("suicide", languages=("nl", "en"))
    french = msgspec.structs.replace(flemish, code="fr", languages=("fr",))
    others = [each for each in whole() if "suicide" not in each.purposes]
    now = having(land("BE"), *others, flemish, french)
    [text] = lost(now, now.minus([french]))
    assert text == f"{DYING}, in Belgium, français"
    web = msgspec.structs.replace(french, channels=(channel("form", "24/7"),))
    assert lost(now, now.plus([web])) == [text]
    abroad = msgspec.structs.replace(french, country="NL")
    assert text in lost(now, now.plus([abroad]))


def test_a_language_that_a_country_has_no_place_in_any_more_is_not_missed() -> None:
    now = having(land("BE"), land("NL"), *whole(), *whole("NL"))
    dutch = land("NL", languages=("nl",))
    only = [msgspec.structs.replace(each, languages=("nl",)) for each in whole("NL")]
    assert len(lost(now, now.plus(only))) == 2 * len(Purpose)
    assert lost(now, now.plus([dutch, *only])) == []


@pytest.mark.parametrize("code", ["BE", "IE"])
def test_a_sentence_published_with_it_takes_the_place_of_the_last_line(code: str) -> None:
    now = having(land("BE"), land("IE"), *whole(), *whole("IE"))
    after = now.minus([line("remove", code)])
    assert lost(now, after)
    assert lost(now, after.plus([land(code, "remove")])) == []
    assert lost(now, after.plus([land(code, "hotline")])) == lost(now, after)


def test_a_change_of_hours_alone_can_be_a_loss() -> None:
    now = having(land("BE"), *whole())
    by_day = [line(need, hours="Mo-Su 08:00-22:00") for need in ("talk", "suicide", "victim")]
    found = lost(now, now.plus(by_day))
    assert [text.partition(":")[0] for text in found] == [
        f"{TALK}, in Belgium", f"{DYING}, in Belgium",
    ]  # fmt: skip
    assert lost(now, now.plus(by_day[:2])) == []  # the victims' line answers at night


# pages


def page(*purposes: str, **fields: Any) -> Page:
    given: dict[str, Any] = {
        "order": 0, "audience": "parent", "neutral": False, "layout": "text", "title": same("Page"),
        "summary": Text(), "body": Html(), "after": Html(), "steps": (), "purposes": purposes,
    }  # fmt: skip
    return Page(code="grown", **{**given, **fields})


def test_a_page_whose_only_help_is_for_adults_is_named_with_its_country() -> None:
    grown = line("money", audience="adults")
    others = [each for each in whole() if "money" not in each.purposes]
    text = "the page “grown”, in Belgium: its only help is for adults"
    assert owed(land("BE"), *others, grown, page("money")) == [text]
    assert owed(land("BE"), *others, grown, page("money", "talk")) == []
    assert owed(land("BE"), *others, grown, page("info")) == []
    assert owed(land("BE"), *others, page("money")) == []  # nobody at all
    elsewhere = page("money", countries=("NL",))
    assert owed(land("BE"), *others, grown, elsewhere) == []

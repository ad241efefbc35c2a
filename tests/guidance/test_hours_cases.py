"""Hours that were read otherwise than meant: each line, moment and right answer, and how it is said."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import override

from guidance.hours import State
from guidance.lines import Said
from tests.guidance import clocked
from tests.guidance.clocked import CLOCKS

NIGHTLY = "Mo-Su 20:00-04:00; PH unknown"
WEEKEND = "Fr 08:00-24:00; Sa 00:00-24:00; Su 00:00-20:00"
TO_MIDNIGHT = "Fr 08:00-24:00; Sa-Su 00:00-24:00"


def stands(line: str, moment: str, country: str = "BE") -> Said:
    now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(CLOCKS[country].zone))
    return clocked.stands(line, now, country)


def said(line: str, moment: str, language: str = "en", country: str = "BE") -> str:
    with override(language):
        found = stands(line, moment, country)
        return strip_tags(render_to_string("includes/state.html", {"said": found})).strip()


@pytest.mark.parametrize(
    ("line", "moment", "country", "state"),
    [
        ("Mo, We, Fr 09:00-17:00; PH unknown", "2026-06-01 03:00", "BE", State.UNKNOWN),
        ("Dec 24, Dec 31 09:00-12:00", "2026-12-24 03:00", "BE", State.UNKNOWN),
        ("Mo-Fr, PH 09:00-17:00", "2026-12-25 03:00", "BE", State.UNKNOWN),
        ("Mo-Fr 17:00-09:00", "2026-06-02 03:00", "BE", State.UNKNOWN),
        ("SH Mo-Fr 10:00-12:00", "2026-06-01 10:30", "BE", State.UNKNOWN),
        ("Mo,We,Fr 09:00-17:00; PH unknown", "2026-06-01 03:00", "BE", State.CLOSED),
        ("Dec 24,Dec 31 09:00-12:00", "2026-12-24 03:00", "BE", State.CLOSED),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-25 03:00", "BE", State.CLOSED),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-25 09:00", "BE", State.OPEN),
        ("Mo-Fr 10:00-16:00; PH unknown", "2027-01-01 12:00", "GB", State.HOLIDAY),
        ("Mo-Fr 10:00-16:00; PH unknown", "2026-04-06 12:00", "GB", State.HOLIDAY),
        ("Mo-Su 09:00-17:00; PH unknown", "2027-12-25 12:00", "GB", State.HOLIDAY),
        ("Mo-Su 09:00-17:00; PH unknown", "2027-12-27 12:00", "GB", State.HOLIDAY),  # instead
        ("Mo-Su 09:00-17:00; PH unknown", "2027-01-04 12:00", "GB", State.HOLIDAY),  # in Scotland
        ("Mo-Su 09:00-17:00; PH off", "2026-04-06 12:00", "GB", State.HOLIDAY),  # not in Scotland
        ("Mo-Su 09:00-17:00; PH 10:00-12:00", "2027-01-04 11:00", "GB", State.OPEN),  # either way
        ("Mo-Su 09:00-17:00; PH 10:00-12:00", "2027-01-04 16:00", "GB", State.HOLIDAY),
        ("Mo-Su 09:00-12:00,13:00-17:00; PH off", "2027-01-04 12:30", "GB", State.CLOSED),
        ("Mo-Su 09:00-17:00; PH off", "2026-12-25 12:00", "GB", State.CLOSED),
        ("Mo-Fr 09:00-17:00 unknown", "2026-06-01 10:00", "BE", State.UNKNOWN),
        ("Mo-Fr 09:00-17:00 unknown", "2026-06-01 08:00", "BE", State.CLOSED),
        ("Mo-Fr 09:00-17:00; Sa unknown", "2026-06-06 10:00", "BE", State.UNKNOWN),
        ("Mo-Fr 09:00-17:00; Sa unknown; PH unknown", "2026-07-21 10:00", "BE", State.HOLIDAY),
    ],
)  # fmt: skip
def test_what_a_line_says_at_a_moment(line: str, moment: str, country: str, state: State) -> None:
    assert stands(line, moment, country).state is state


@pytest.mark.parametrize(
    ("moment", "state", "closes"),
    [
        ("2026-12-24 23:00", State.OPEN, "2026-12-25 04:00"),
        ("2026-12-25 01:00", State.OPEN, "2026-12-25 04:00"),
        ("2026-12-25 04:00", State.HOLIDAY, ""),
        ("2026-12-25 23:00", State.HOLIDAY, ""),
        ("2026-12-26 01:00", State.HOLIDAY, ""),  # the night of the holiday: nobody told us
        ("2026-12-26 04:00", State.CLOSED, "2026-12-26 20:00"),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(
    moment: str, state: State, closes: str
) -> None:
    found = stands(NIGHTLY, moment)
    assert found.state is state
    assert (f"{found.changes:%Y-%m-%d %H:%M}" if found.changes else "") == closes


@pytest.mark.parametrize(
    ("line", "moment", "changes"),
    [
        ("Jun 20 09:00-12:00", "2026-06-05 12:00", ""),
        ("Jun 20 09:00-12:00", "2026-06-06 12:00", "2026-06-20 09:00"),
        ("Jun 1-14 00:00-24:00", "2026-06-01 12:00", "2026-06-15 00:00"),
        ("Jun 1-15 00:00-24:00", "2026-06-01 12:00", ""),
    ],
)
def test_a_change_within_the_coming_fortnight_is_told_and_no_later_one(
    line: str, moment: str, changes: str
) -> None:
    found = stands(line, moment).changes
    assert (f"{found:%Y-%m-%d %H:%M}" if found else "") == changes


def test_a_day_that_is_off_does_not_cut_the_night_before_it() -> None:
    line = "Mo-Sa 20:00-04:00; Su off"
    assert stands(line, "2026-06-07 01:00").state is State.OPEN  # Sunday, the night of Saturday
    assert stands(line, "2026-06-08 01:00").state is State.CLOSED


@pytest.mark.parametrize(
    ("line", "moment", "language", "words"),
    [
        (NIGHTLY, "2026-12-24 23:00", "en", "open until 04:00"),
        (NIGHTLY, "2026-12-25 01:00", "en", "open until 04:00"),
        (WEEKEND, "2026-06-05 12:00", "en", "open until Sunday 20:00"),
        (WEEKEND, "2026-06-05 12:00", "nl", "open tot zondag 20:00"),
        (WEEKEND, "2026-06-05 12:00", "fr", "joignable jusqu’à dimanche 20\u202fh"),
        (WEEKEND, "2026-06-07 12:00", "en", "open until 20:00"),
        ("Mo-Fr 00:00-24:00; Sa-Su 10:00-18:00", "2026-06-01 12:00", "en", "open until Saturday 00:00"),
        ("Mo-Fr 00:00-24:00; Sa-Su 10:00-18:00", "2026-06-05 09:00", "en", "open until 00:00"),
        ("Mo-Fr 09:00-24:00", "2026-06-01 09:00", "en", "open until 00:00"),
        ("Mo-Fr 09:00-24:00", "2026-06-01 09:00", "fr", "joignable jusqu’à minuit"),
        (TO_MIDNIGHT, "2026-06-05 12:00", "en", "open until Monday 00:00"),
        (TO_MIDNIGHT, "2026-06-05 12:00", "nl", "open tot maandag 00:00"),
        (TO_MIDNIGHT, "2026-06-05 12:00", "fr", "joignable jusqu’à dimanche à minuit"),
        (TO_MIDNIGHT, "2026-06-07 09:00", "fr", "joignable jusqu’à minuit"),
        ("Jun 1-10 00:00-24:00", "2026-06-01 12:00", "fr", "joignable jusqu’au mercredi 10 juin, à minuit"),
        ("Mo-Fr 00:00-24:00", "2026-06-06 12:00", "fr", "joignable lundi à partir de 0\u202fh"),
        ("Mo-Fr 00:00-24:00", "2026-06-06 12:00", "en", "opens Monday at 00:00"),
        ("Jun 20 00:00-24:00", "2026-06-06 12:00", "fr", "joignable le samedi 20 juin à partir de 0\u202fh"),
        ("Mo 09:00-10:00", "2026-06-01 12:00", "en", "opens on Monday 8 June at 09:00"),
        ("Mo 09:00-10:00", "2026-06-01 12:00", "nl", "opent op maandag 8 juni om 09:00"),
        ("Mo 09:00-10:00", "2026-06-01 12:00", "fr", "joignable le lundi 8 juin à partir de 9\u202fh"),
        ("Mo 09:00-10:00", "2026-05-25 12:00", "fr", "joignable le lundi 1er juin à partir de 9\u202fh"),
        ("Mo 09:00-10:00", "2026-06-02 08:00", "en", "opens Monday at 09:00"),
        ("Mo 09:00-10:00", "2026-06-01 08:00", "en", "opens at 09:00"),
        ("Mo 16:30-18:00", "2026-06-01 08:00", "fr", "joignable à partir de 16\u202fh\u202f30"),
        ("Jun 1-10 00:00-24:00", "2026-06-01 12:00", "en", "open until Thursday 11 June, 00:00"),
        ("Mo-Su 00:00-24:00", "2026-06-01 12:00", "en", "open now"),
        ("Mo-Fr 09:00-17:00 unknown", "2026-06-01 10:00", "en", "hours: see their website"),
        ("Mo-Fr 09:00-17:00; PH unknown", "2026-07-21 10:00", "en", "holiday: see their website"),
    ],
)  # fmt: skip
def test_a_moment_that_is_not_todays_names_its_day(
    line: str, moment: str, language: str, words: str
) -> None:
    assert said(line, moment, language) == words


@pytest.mark.parametrize(
    ("utc", "state"),
    [
        ("2027-10-31 00:29", State.OPEN),  # 02:29, the first time
        ("2027-10-31 00:30", State.CLOSED),  # 02:30, the first time
        ("2027-10-31 01:15", State.CLOSED),  # 02:15, the second time: they went home
        ("2027-03-28 00:59", State.OPEN),  # 01:59
        ("2027-03-28 01:00", State.CLOSED),  # 03:00, and 02:30 never was
    ],
)
def test_a_line_that_closes_in_the_hour_of_the_change_is_never_open_too_long(
    utc: str, state: State
) -> None:
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert clocked.stands("Mo-Su 22:00-02:30", now).state is state


def test_a_line_that_opens_in_the_hour_of_the_change_is_never_open_too_soon() -> None:
    opened = [
        f"{now:%d %H:%M}"
        for now in (datetime(2027, 10, 31, hour, minute, tzinfo=UTC) for hour in (0, 1, 2) for minute in (0, 30))
        if clocked.stands("Mo-Su 02:30-08:00", now).state is State.OPEN
    ]  # fmt: skip
    assert opened == ["31 01:30", "31 02:00", "31 02:30"]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2028-02-29 10:00", State.OPEN),
        ("2028-02-28 10:00", State.CLOSED),
        ("2028-03-01 10:00", State.CLOSED),
        ("2027-02-28 10:00", State.CLOSED),
        ("2027-03-01 10:00", State.CLOSED),
    ],
)
def test_a_leap_day_is_a_day(moment: str, state: State) -> None:
    assert stands("Feb 29 09:00-17:00", moment).state is state


def test_the_new_year_of_bonaire_begins_four_hours_after_utc() -> None:
    line = "Mo-Su 09:00-24:00; Jan 1 off"
    for utc, state in (("2027-01-01 03:59", State.OPEN), ("2027-01-01 04:00", State.CLOSED)):
        now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
        assert clocked.stands(line, now, "BQ").state is state


def test_a_winter_goes_over_the_end_of_the_year() -> None:
    line = "Mo-Su 09:00-20:00; Dec 24-Jan 2 off"
    assert stands(line, "2026-12-23 10:00").state is State.OPEN
    for day in ("2026-12-24", "2026-12-31", "2027-01-02"):
        assert stands(line, f"{day} 10:00").state is State.CLOSED
    assert f"{stands(line, '2026-12-31 10:00').changes:%m-%d %H:%M}" == "01-03 09:00"


def test_an_old_line_of_a_country_without_a_clock_is_not_known() -> None:
    found = clocked.stands("Mo-Su 00:00-24:00", datetime.now(UTC), "US")
    assert (found.state, found.changes) == (State.UNKNOWN, None)

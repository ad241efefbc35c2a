"""Ten years of holidays of each country beside a second library; each difference with its reason."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from opening_hours import OpeningHours

from guidance.hours import State
from guidance.hours.clocks import PARTS, holiday, in_library
from guidance.hours.holiday_names import holiday_name
from guidance.hours.judging import accepted
from guidance.hours.reckoning import day_pieces
from tests.guidance.clocked import CLOCKS, ZONED, stands

YEARS = range(2026, 2036)
DAYS = [date(2026, 1, 1) + timedelta(days=day) for day in range(3652)]

# What our library has for the whole country and the second has not, and why ours stands.
DIFFERENCES = {
    ("GB", "New Year's Day"): "the second library forgets it; a bank holiday in every part",
    ("GB", "Christmas Day"): "at a weekend the second has only the day instead; both are kept",
    ("GB", "Boxing Day"): "as Christmas Day",
    ("GB", "New Year's Day (observed)"): "as New Year's Day",
    # not in the law, or not a day off for all: neither of the two is believed, see clocks._DISPUTED
    ("BE", "Pentecost"): "always a Sunday; the law of 4 January 1974 names the Monday only",
    ("NL", "Good Friday"): "in the law on terms, but a day off for few",
    ("NL", "Liberation Day"): "a national day of every year, a day off for most once in five",
    ("IT", "National Unity Day"): "law 27 of 2024: on 4 November, with no civil effects",
}
DISPUTED = {
    ("BE", "Pentecost"), ("NL", "Good Friday"), ("NL", "Liberation Day"), ("IT", "National Unity Day"),
}  # fmt: skip
COUNTRIES = [country for country, clock in CLOCKS.items() if clock.knows_holidays]


def of_second_library(country: str) -> set[date]:
    line = OpeningHours("PH 00:00-24:00", country=country)
    return {day for day in DAYS if line.is_open(datetime.combine(day, time(12)))}


@pytest.mark.parametrize("country", COUNTRIES)
def test_ten_years_of_holidays_agree_with_a_second_library(country: str) -> None:
    second, seen = of_second_library(country), set()
    for day in DAYS:
        found = holiday(country, day)
        if day in second:
            assert found is not None, f"{day}: a holiday for the second library alone"
            assert found.everywhere, day
        elif found is not None and (country, found.name) in DIFFERENCES:
            seen.add((country, found.name))
            assert found.everywhere == ((country, found.name) not in DISPUTED), day
        elif found is not None:
            assert not found.everywhere, f"{day}: {found.name} is in our library alone"
    assert seen == {pair for pair in DIFFERENCES if pair[0] == country}, "a difference is gone"


@pytest.mark.parametrize("country", ["DE", "CH", "GB", "FR"])
def test_the_parts_that_are_asked_have_every_day_of_all_parts(country: str) -> None:
    left_out = {"Augsburg", "Stadt Zurich"}
    every = set(holidays.country_holidays(country).subdivisions) - left_out
    if country == "FR":
        every = {"57", "6AE"}  # the others are overseas, or zones of school holidays
    for year in YEARS:
        for part in every:
            for day, name in in_library(country, year, "en_US", part).items():
                assert holiday(country, day), (part, name, day)


def test_every_part_is_one_of_the_library() -> None:
    for country, parts in PARTS.items():
        assert set(parts) <= set(holidays.country_holidays(country).subdivisions)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_line_with_unknown_holidays_is_open_on_one_in_ten_years(country: str) -> None:
    for rule in ("unknown", "off"):
        rules = accepted(f"Mo-Su 09:00-17:00; PH {rule}", CLOCKS[country])
        for day in DAYS:
            states = {state for _start, _end, state in day_pieces(rules, CLOCKS[country], day)}
            assert (states == {State.OPEN}) == (holiday(country, day) is None), (day, rule)
            assert states <= {State.OPEN} or State.OPEN not in states, (day, rule)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2027-12-25", "Christmas on a Saturday"), ("2027-12-27", "the Monday instead"),
        ("2027-12-28", "Boxing Day instead"), ("2028-01-03", "New Year's Day instead"),
        ("2027-01-04", "Scotland, 2 January instead"), ("2026-04-06", "not in Scotland"),
        ("2026-03-17", "Northern Ireland"), ("2026-07-13", "Northern Ireland, 12 July instead"),
        ("2026-11-30", "Scotland"), ("2026-08-03", "Scotland"), ("2026-08-31", "not in Scotland"),
        ("2026-05-04", "all parts"), ("2026-12-28", "Boxing Day instead"),
    ],
)  # fmt: skip
def test_a_holiday_of_any_part_of_the_united_kingdom_is_one(day: str, why: str) -> None:
    assert holiday("GB", date.fromisoformat(day)), why


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-18 10:00", State.HOLIDAY),  # Saxony has the day of repentance: others work
        ("2026-11-18 12:30", State.CLOSED),  # at noon it is shut on both kinds of days
        ("2026-11-18 14:30", State.OPEN),  # both are open
        ("2026-12-25 10:00", State.CLOSED),
        ("2026-12-25 14:30", State.OPEN),
    ],
)
def test_where_a_part_has_a_holiday_only_what_holds_for_all_is_said(
    moment: str, state: State
) -> None:
    line = "Mo-Fr 09:00-12:00,13:00-18:00; PH 14:00-16:00"
    now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert stands(line, now, "DE").state is state


def test_a_disputed_day_opens_nothing() -> None:
    now = datetime(2026, 5, 24, 12, tzinfo=ZoneInfo("Europe/Brussels"))  # the Sunday of Pentecost
    assert stands("Mo-Fr 09:00-17:00; PH 10:00-16:00", now).state is State.HOLIDAY


def test_liberation_day_is_one_of_every_year_in_the_netherlands() -> None:
    found = holiday("NL", date(2027, 5, 5))
    assert found is not None
    assert not found.everywhere


@pytest.mark.parametrize(
    ("country", "day", "names"),
    [
        ("BE", "2026-07-21", ("Nationale feestdag", "Fête nationale", "National Day")),
        ("NL", "2026-04-27", ("Koningsdag", "Fête du Roi", "King's Day")),
        ("BQ", "2026-04-27", ("Koningsdag", "Fête du Roi", "King's Day")),
        ("GB", "2026-12-28", (
            "Tweede kerstdag (vervangende dag)", "Lendemain de Noël (jour de remplacement)",
            "Boxing Day (substitute day)",
        )),
        ("DE", "2026-10-03", ("Dag van de Duitse eenheid", "Jour de l’Unité allemande", "German Unity Day")),
        ("BE", "2026-07-22", ("", "", "")),
        ("", "2026-07-04", ("", "", "")),
    ],
)  # fmt: skip
def test_a_holiday_has_a_name_in_the_editors_language(
    country: str, day: str, names: tuple[str, str, str]
) -> None:
    found = [holiday_name(country, date.fromisoformat(day), code) for code in ("nl", "fr", "en")]
    assert tuple(found) == names


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_holiday_of_every_country_has_a_name(language: str) -> None:
    for country in ZONED:
        for day in DAYS[:1096]:
            assert bool(holiday_name(country, day, language)) == bool(holiday(country, day))
            assert "observed" not in holiday_name(country, day, language)

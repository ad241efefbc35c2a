"""Clocks and public holidays of the countries whose lines have hours.

Holidays come from the `holidays` library; tests compare ten years of them with a second one, and
tests/guidance/test_hours_holidays.py names each difference with its reason.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import holidays
import holidays.countries  # read when the process starts (0.1 s), not by the first visitor

# One library alone knows the Caribbean Netherlands, so nothing is reckoned with its holidays: they
# are only named in the read-back.
WITHOUT_HOLIDAYS: Final = frozenset({"BQ"})

# Parts of a country with holidays of their own: of the German and the Swiss ones as many as have all
# days between them (a test compares with all). Left out: the French overseas, whose clock is another;
# the patron's day of each Italian town (85 days a year); Augsburg and the town of Zurich.
PARTS: Final = {
    "GB": ("ENG", "WLS", "SCT", "NIR"),
    "DE": ("BB", "BW", "BE", "SL", "SN", "TH"),
    "CH": ("TI", "GE", "JU", "GL", "NE", "OW", "VD"),
    "FR": ("57",),  # Moselle, as Alsace
    "IT": ("BZ",),  # South Tyrol
}  # fmt: skip

# Days about which our two libraries differ, and the law is not the habit: taken as if a part of the
# country alone had a holiday.
_DISPUTED: Final = {
    "BE": {"Pentecost"},  # a Sunday; the law names Whit Monday
    "NL": {"Good Friday", "Liberation Day"},  # the government has the day off, others may
    # the first Sunday of November; law 27 of 2024 moved it to the 4th and gave nobody the day off
    "IT": {"National Unity Day"},
}

# The kinds of days of the library that count: what the law calls a holiday. The Netherlands have one
# more, Liberation Day, of every year.
_CATEGORIES: Final = {"NL": ("public", "optional")}
ENGLISH: Final = "en_US"  # every country has it


class Clock(NamedTuple):
    """By what a service's hours are read: a time zone, and a country of the library of holidays.

    Without a zone ("") only 24/7 can be reckoned: a country may have several.
    """

    zone: str
    holidays: str = ""

    @property
    def knows_holidays(self) -> bool:
        """Its public holidays are known well enough to reckon with."""
        return bool(self.holidays) and self.holidays not in WITHOUT_HOLIDAYS


@dataclass(frozen=True)
class Holiday:
    name: str  # in English, as the library has it
    everywhere: bool  # else in a part of the country, or for some: a service may be open or shut


def holiday(country: str, day: date) -> Holiday | None:
    """Give the public holiday that a day is in this country or in a part of it, or None."""
    return holidays_of(country, day.year).get(day)


@cache
def holidays_of(country: str, year: int) -> dict[date, Holiday]:
    """Give the holidays of a year; without a country, none."""
    if not country:
        return {}
    found = {
        day: Holiday(name, everywhere=False)
        for part in PARTS.get(country, ())
        for day, name in in_library(country, year, ENGLISH, part).items()
    }
    for day, name in in_library(country, year, ENGLISH).items():
        agreed = set(name.split("; ")) - _DISPUTED.get(country, set())
        found[day] = Holiday(name, everywhere=bool(agreed))
    return found


def in_library(country: str, year: int, language: str, part: str | None = None) -> dict[date, str]:
    """Give the library's holidays of a country, or of a part with the country's, and their names."""
    found = holidays.country_holidays(
        country,
        subdiv=part,
        years=year,
        language=language,
        categories=_CATEGORIES.get(country, ("public",)),
    )
    return dict(found.items())


def languages_of(country: str) -> tuple[str, ...]:
    """Give the languages in which the library names the holidays of a country."""
    return tuple(holidays.country_holidays(country).supported_languages)

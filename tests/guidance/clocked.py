"""The clocks of countries by their codes, and hours as they stand there."""

from datetime import date, datetime
from typing import Final

from guidance import hours, lines
from guidance.choices import Way
from guidance.hours import Clock, Day
from guidance.lines import Said
from tests.guidance.builders import service

CLOCKS: Final = {
    "BE": Clock("Europe/Brussels", "BE"),
    "NL": Clock("Europe/Amsterdam", "NL"),
    "BQ": Clock("America/Kralendijk", "BQ"),
    "FR": Clock("Europe/Paris", "FR"),
    "LU": Clock("Europe/Luxembourg", "LU"),
    "GB": Clock("Europe/London", "GB"),
    "IE": Clock("Europe/Dublin", "IE"),
    "DE": Clock("Europe/Berlin", "DE"),
    "CH": Clock("Europe/Zurich", "CH"),
    "IT": Clock("Europe/Rome", "IT"),
    "US": Clock(""),  # of several clocks
}
ZONED: Final = [country for country, clock in CLOCKS.items() if clock.zone]


def stands(line: str, now: datetime, country: str = "BE", kind: str = Way.CALL) -> Said:
    """Give what is said of a channel of a country with these hours, at an aware moment."""
    [reach] = lines.line(service(hours=line, kind=kind), CLOCKS[country], now).reaches
    return reach.said


def fault(line: str, country: str = "BE") -> str | None:
    """Give what is wrong with a line in a country."""
    return hours.fault(line, CLOCKS[country])


def doubt(line: str, country: str = "BE") -> str | None:
    """Give what an editor should look at again in a line of a country."""
    return hours.doubt(line, CLOCKS[country])


def fortnight(line: str, country: str, today: date, language: str) -> list[Day]:
    """Give the fourteen days of a line in a country, in words of a language."""
    return hours.fortnight(line, CLOCKS[country], today, language)

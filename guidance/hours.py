"""Opening hours: who can be reached at this minute. Pure functions; a library does the reckoning.

Hours are OpenStreetMap `opening_hours` lines in the local time of the service's country, with that
country's public holidays. `PH unknown` says that nobody told us about holidays.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stubs forget it

from guidance.content import Service

ALWAYS: Final = "24/7"

# Countries with several time zones have no entry: their lines can only be given as 24/7.
_ZONES: Final = {
    "BE": "Europe/Brussels", "NL": "Europe/Amsterdam", "BQ": "America/Kralendijk",
    "FR": "Europe/Paris", "LU": "Europe/Luxembourg", "GB": "Europe/London",
    "IE": "Europe/Dublin", "DE": "Europe/Berlin", "CH": "Europe/Zurich", "IT": "Europe/Rome",
}  # fmt: skip
# The library does not know the holidays of the Caribbean Netherlands.
_WITHOUT_HOLIDAYS: Final = {"BQ"}


class State(StrEnum):
    ALWAYS = "always"  # day and night, every day
    WEB = "web"  # a form or tool that can be used at any time
    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"  # a public holiday, and what the service does then is not known
    UNKNOWN = "unknown"  # hours not known


# Purpose.POLICE, whose module needs this one: nobody is sent on from an emergency number.
_EMERGENCY: Final = "police"
_REACHABLE: Final = (State.ALWAYS, State.OPEN)
_ORDER: Final = {
    State.ALWAYS: 0,
    State.OPEN: 1,
    State.WEB: 2,
    State.UNKNOWN: 3,
    State.HOLIDAY: 4,
    State.CLOSED: 5,
}


@dataclass(frozen=True)
class Line:
    """A service at one moment. `changes` is when it closes if open, or opens if closed (its local time)."""

    service: Service
    state: State
    changes: datetime | None = None
    today: bool = False  # `changes` falls on this day, where the service is
    next: Service | None = None  # whom to try when this one is busy

    @property
    def reachable(self) -> bool:
        """Somebody answers now."""
        return self.state in _REACHABLE


def fault(hours: str, country: str) -> str | None:
    """Give what is wrong with an opening-hours line, in the library's words, or None.

    Also refuses hours that cannot be reckoned: no single time zone, or holidays nobody knows.
    """
    if hours in ("", ALWAYS):
        return None
    if country not in _ZONES:
        return f"{country}: only {ALWAYS} or nothing"
    if country in _WITHOUT_HOLIDAYS and "PH" in hours:
        return f"{country}: PH"
    try:
        _parse(hours, country)
    except ParserError as error:
        return str(error)
    return None


def line(service: Service, now: datetime) -> Line:
    """Tell how a service stands at `now` (an aware datetime)."""
    if service.hours == ALWAYS:
        return Line(service, State.ALWAYS)
    if not service.hours:
        return Line(service, State.WEB if service.always_web else State.UNKNOWN)
    hours = _parse(service.hours, service.country)
    local = now.astimezone(ZoneInfo(_ZONES[service.country]))
    if hours.is_unknown(local):
        return Line(service, State.HOLIDAY)
    if hours.is_open(local):
        changes = hours.next_change(local)
        return Line(service, State.OPEN, changes, _same_day(changes, local))
    opens = _next_opening(hours, local)
    return Line(service, State.CLOSED, opens, _same_day(opens, local))


def lines(services: Iterable[Service], now: datetime, language: str = "") -> list[Line]:
    """Order services by who can be reached: day and night first, then open now, then the others.

    Among equals the editors' order stays. `language` is the visitor's.
    """
    ordered = sorted(
        (line(service, now) for service in services), key=lambda line: _ORDER[line.state]
    )
    return [
        replace(line, next=_next(line, ordered[place:], language))
        for place, line in enumerate(ordered, 1)
    ]


def _next(line: Line, others: Iterable[Line], language: str) -> Service | None:
    """Give the next that answers now and does not ask to be 18.

    It speaks the visitor's language if this one does, else any language of this one.
    """
    if not line.reachable or _EMERGENCY in line.service.purposes:
        return None
    spoken = set(line.service.languages)
    if language in spoken:
        spoken = {language}
    return next(
        (
            other.service
            for other in others
            if other.reachable
            and other.service.audience != "adults"
            and spoken & set(other.service.languages)
        ),
        None,
    )


def _next_opening(hours: OpeningHours, local: datetime) -> datetime | None:
    limit = local + timedelta(days=8)
    moment = hours.next_change(local)
    while moment is not None and moment < limit:
        if hours.is_open(moment):
            return moment
        moment = hours.next_change(moment)
    return None


def _same_day(moment: datetime | None, local: datetime) -> bool:
    return moment is not None and moment.date() == local.date()


@cache
def _parse(hours: str, country: str) -> OpeningHours:
    holidays = None if country in _WITHOUT_HOLIDAYS else country
    return OpeningHours(hours, timezone=ZoneInfo(_ZONES[country]), country=holidays)

"""Opening hours: who can be reached at this minute. Pure functions.

Hours are OpenStreetMap `opening_hours` lines in the local time of the service's country, with that
country's public holidays. `PH unknown` says that nobody told us about holidays. What is accepted and
what it means: docs/decisions/0040-opening-hours.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from guidance.choices import Purpose
from guidance.content import Service
from guidance.hours.judging import ALWAYS, doubt, fault
from guidance.hours.natural import normal
from guidance.hours.readback import Day, fortnight
from guidance.hours.reckoning import State, state_at

__all__ = [
    "ALWAYS",
    "Day",
    "Line",
    "State",
    "doubt",
    "fault",
    "fortnight",
    "line",
    "lines",
    "normal",
]

_REACHABLE: Final = (State.ALWAYS, State.OPEN)
_ORDER: Final = {
    State.ALWAYS: 0,
    State.OPEN: 1,
    State.WEB: 2,
    State.UNKNOWN: 3,
    State.HOLIDAY: 4,
    State.CLOSED: 5,
}
# "Open until 04:00", said in the evening, is the coming 04:00; further away it names its day.
_SOON: Final = timedelta(hours=12)
# From here on the name of a weekday would be taken for the nearer one.
_FAR: Final = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A service at one moment. `changes` is when it closes if open, or opens if closed (its local time)."""

    service: Service
    state: State
    changes: datetime | None = None
    today: bool = False  # `changes` falls on this day, where the service is
    next: Service | None = None  # whom to try when this one is busy
    soon: bool = False  # it closes tonight or before the morning: the time alone says when
    far: bool = False  # `changes` is a week away or more: the name of the day alone would mislead

    @property
    def reachable(self) -> bool:
        """Somebody answers now."""
        return self.state in _REACHABLE


def line(service: Service, now: datetime) -> Line:
    """Tell how a service stands at `now` (an aware datetime)."""
    if service.hours == ALWAYS:
        return Line(service, State.ALWAYS)
    if not service.hours:
        return Line(service, State.WEB if service.always_web else State.UNKNOWN)
    state, changes = state_at(service.hours, service.country, now)
    if changes is None:
        return Line(service, state)
    local = now.astimezone(changes.tzinfo)
    return Line(
        service,
        state,
        changes,
        today=changes.date() == local.date(),
        soon=state is State.OPEN and _closes_soon(changes, local),
        far=changes.date() - local.date() >= _FAR,
    )


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


def _closes_soon(changes: datetime, local: datetime) -> bool:
    """Tell whether it closes within hours, or at this day's midnight. Both in the same time zone."""
    last = changes - timedelta(minutes=1)
    return changes - local <= _SOON or last.date() == local.date()


def _next(line: Line, others: Iterable[Line], language: str) -> Service | None:
    """Give the next that answers now and does not ask to be 18.

    It speaks the visitor's language if this one does, else any language of this one.
    """
    # nobody is sent on from an emergency number
    if not line.reachable or Purpose.POLICE in line.service.purposes:
        return None
    spoken = set(line.service.languages)
    if language in spoken:
        spoken = {language}
    return next(
        (
            other.service
            for other in others
            if other.reachable
            and not other.service.for_adults
            and spoken & set(other.service.languages)
        ),
        None,
    )

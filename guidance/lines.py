"""How a service can be reached at a moment: each channel by its own hours. Pure.

What a page said about hours can be asked again later: see listening() and still_true().
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from guidance.choices import Way
from guidance.content import AT_ONCE, Channel, Service
from guidance.hours import ALWAYS, Clock, State, state_at

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


class Said(NamedTuple):
    """What is said of a channel. `changes` is when it closes if open, or opens if closed (its local time)."""

    state: State
    changes: datetime | None = None
    today: bool = False  # `changes` falls on this day, where the service is
    soon: bool = False  # it closes tonight or before the morning: the time alone says when
    far: bool = False  # `changes` is a week away or more: the name of the day alone would mislead


@dataclass(frozen=True)
class Reach:
    """A channel at a moment."""

    channel: Channel
    said: Said

    @property
    def answers(self) -> bool:
        """A person answers now."""
        return self.said.state in (State.ALWAYS, State.OPEN) and self.channel.kind in AT_ONCE

    @property
    def is_timed(self) -> bool:
        """Something is said of its hours: of a form or a mailbox that nobody gave hours, nothing."""
        return self.said.state is not State.UNKNOWN or self.channel.kind in AT_ONCE

    @property
    def called(self) -> bool:
        """It is reached with the voice."""
        return self.channel.kind == Way.CALL


@dataclass(frozen=True)
class Line:
    """A service at a moment: its channels, those that answer now first."""

    service: Service
    reaches: tuple[Reach, ...]
    next: "Line | None" = None  # whom to try when this one is busy
    languages: tuple[str, ...] = ()  # what it speaks, where that is not the reader's

    @property
    def answers(self) -> bool:
        """Somebody answers now."""
        return any(reach.answers for reach in self.reaches)

    @property
    def call(self) -> Reach | None:
        """The number to call: one that answers now, else the first."""
        calls = [reach for reach in self.reaches if reach.called]
        return next((reach for reach in calls if reach.answers), next(iter(calls), None))


type Asked = tuple[str, str, Clock]  # the kind of a channel, its hours, its clock

_said: ContextVar[dict[Asked, Said] | None] = ContextVar("said", default=None)


@contextmanager
def listening() -> Iterator[dict[Asked, Said]]:
    """Collect what is said about hours while a page is made."""
    said: dict[Asked, Said] = {}
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)


def still_true(said: dict[Asked, Said], now: datetime) -> bool:
    """Tell whether the same would be said at `now`: then a page that said it need not be made again."""
    return all(_say(*asked, _minute(now)) == answer for asked, answer in said.items())


def line(service: Service, clock: Clock, now: datetime, language: str = "") -> Line:
    """Tell how a service stands at `now` (an aware datetime), for a reader of this language."""
    reaches = [_reach(channel, clock, now) for channel in _for_reader(service, language)]
    in_order = sorted(reaches, key=lambda reach: (not reach.answers, _ORDER[reach.said.state]))
    foreign = () if language in service.spoken else service.spoken
    return Line(service, tuple(in_order), languages=foreign)


def _for_reader(service: Service, language: str) -> list[Channel]:
    """Leave out a channel for other languages where one of its kind speaks the reader's."""
    own = {each.kind for each in service.channels if language in each.languages}
    return [
        each
        for each in service.channels
        if not each.languages or language in each.languages or each.kind not in own
    ]


def _reach(channel: Channel, clock: Clock, now: datetime) -> Reach:
    asked = (channel.kind, channel.hours, clock)
    said = _say(*asked, _minute(now))
    if (heard := _said.get()) is not None:
        heard[asked] = said
    return Reach(channel, said)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


@lru_cache(maxsize=4096)
def _say(kind: str, hours: str, clock: Clock, now: datetime) -> Said:
    if hours == ALWAYS:
        return Said(State.ALWAYS if kind in AT_ONCE else State.WEB)
    if not hours:
        return Said(State.UNKNOWN)
    state, changes = state_at(hours, clock, now)
    if changes is None:
        return Said(state)
    local = now.astimezone(changes.tzinfo)
    return Said(
        state,
        changes,
        today=changes.date() == local.date(),
        soon=state is State.OPEN and _closes_soon(changes, local),
        far=changes.date() - local.date() >= _FAR,
    )


def _closes_soon(changes: datetime, local: datetime) -> bool:
    """Tell whether it closes within hours, or at this day's midnight. Both in the same time zone."""
    last = changes - timedelta(minutes=1)
    return changes - local <= _SOON or last.date() == local.date()


def successor(line: Line, others: Iterable[Line], language: str) -> Line | None:
    """Give whom to try when a line that answers is busy: one that answers now and takes minors.

    One that speaks the reader's language if this one does, else a language of this one, else any.
    """
    if not line.answers:
        return None
    spoken = {language} if not line.languages else set(line.service.spoken)
    free = [
        other
        for other in others
        if other.answers and other.service is not line.service and not other.service.for_adults
    ]
    understood = (other for other in free if spoken & set(other.service.spoken))
    return next(understood, next(iter(free), None))

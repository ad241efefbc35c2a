"""Reckon an opening-hours line: what holds in the coming fortnight, and so at a moment.

A night belongs to the day on which it began: what counts for that day decides, also after midnight.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from guidance.hours.clocks import Clock, holiday
from guidance.hours.judging import ALWAYS, accepted, ends
from guidance.hours.terms import DAY, Kind, Refused, Rule

# What is further away is not said: nobody who needs help now waits for it.
HORIZON: Final = 14  # days


class State(StrEnum):
    ALWAYS = "always"  # day and night, every day
    WEB = "web"  # a form or tool that can be used at any time
    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"  # a public holiday, and what the service does then is not known
    UNKNOWN = "unknown"  # hours not known


# Where several hold at once: a night that began yesterday goes on into a holiday.
_STRONGEST: Final = (State.OPEN, State.HOLIDAY, State.UNKNOWN)

type Piece = tuple[int, int, State]  # minutes after the 00:00 of a day, on the wall


@dataclass(frozen=True)
class Stretch:
    """A time in which one state holds, in UTC, from the first moment to before the last."""

    start: datetime
    end: datetime
    state: State
    goes_on: bool  # longer than is looked ahead


def state_at(hours: str, clock: Clock, now: datetime) -> tuple[State, datetime | None]:
    """Tell the state at an aware moment, and when it changes: closes if open, opens if closed.

    The change is in the country's own time; None where it is not known or not within the fortnight.
    Reckoned once per line and day, then looked up.
    """
    zone = ZoneInfo(clock.zone or "UTC")
    coming = stretches(hours, clock, now.astimezone(zone).date())
    if coming is None:
        return State.UNKNOWN, None
    moment = now.astimezone(UTC)
    for stretch in coming:
        if stretch.start <= moment < stretch.end:
            known = stretch.state is State.OPEN and not stretch.goes_on
            return stretch.state, stretch.end.astimezone(zone) if known else None
    opens = (s.start for s in coming if s.state is State.OPEN and s.start > moment)
    first = next(opens, None)
    return State.CLOSED, first.astimezone(zone) if first else None


@lru_cache(maxsize=4096)
def stretches(hours: str, clock: Clock, today: date) -> tuple[Stretch, ...] | None:
    """Give what is not closed from yesterday's nights to the end of the coming fortnight, in order.

    None for a line that would be refused today, but was published before.
    """
    try:
        rules = accepted(hours, clock)
    except Refused:
        return None
    yesterday = today - timedelta(days=1)
    pieces = [
        (start + day * DAY, end + day * DAY, state)
        for day in range(HORIZON + 2)
        for start, end, state in day_pieces(rules, clock, yesterday + timedelta(days=day))
    ]
    zone, last = ZoneInfo(clock.zone), (HORIZON + 2) * DAY
    return tuple(
        Stretch(
            _moment(yesterday, start, zone, fold=1),
            _moment(yesterday, end, zone, fold=0),
            state,
            end >= last,
        )
        for start, end, state in _joined(pieces)
    )


def first_gap(
    lines: Iterable[str], clock: Clock, today: date, days: int
) -> tuple[date, int] | None:
    """Give the first minute of the days from `today` on at which none of these lines is surely open.

    As a day and minutes after its 00:00, where the lines are; None when there is no such minute.
    """
    given = set(lines)
    if ALWAYS in given:
        return None
    spans: list[tuple[datetime, datetime]] = []
    for line in given:
        with suppress(Refused):
            spans += _open(accepted(line, clock), clock, today, days)
    zone = ZoneInfo(clock.zone or "UTC")
    reached, last = (_moment(today, day * DAY, zone, fold=0) for day in (0, days))
    for start, end in sorted(spans):
        if start > reached:
            break
        reached = max(reached, end)
    if reached >= last:
        return None
    there = reached.astimezone(zone)
    return there.date(), there.hour * 60 + there.minute


def _open(
    rules: tuple[Rule, ...], clock: Clock, today: date, days: int
) -> Iterator[tuple[datetime, datetime]]:
    """Give when a line is surely open in the days from `today` on, in UTC; what touches is joined."""
    joined: list[tuple[int, int]] = []
    for day in range(-1, days):
        for start, end, state in sorted(day_pieces(rules, clock, today + timedelta(days=day))):
            if state is not State.OPEN:
                continue
            first, last = start + day * DAY, end + day * DAY
            if joined and first <= joined[-1][1]:
                first, before = joined.pop()
                last = max(last, before)
            joined.append((first, last))
    zone = ZoneInfo(clock.zone)
    for first, last in joined:
        yield _moment(today, first, zone, fold=1), _moment(today, last, zone, fold=0)


def day_pieces(rules: tuple[Rule, ...], clock: Clock, day: date) -> list[Piece]:
    """Give what begins on a day, in minutes after its 00:00; a night ends after 24:00.

    On a holiday of a part of the country the ordinary day and the holiday are both reckoned: where
    they differ, nobody knows.
    """
    found = holiday(clock.holidays, day) if any(rule.holidays for rule in rules) else None
    if found is None:
        return _pieces(rules, day, is_holiday=False)
    on_holiday = _pieces(rules, day, is_holiday=True)
    if found.everywhere:
        return on_holiday
    return _where_both(_pieces(rules, day, is_holiday=False), on_holiday)


def _pieces(rules: tuple[Rule, ...], day: date, *, is_holiday: bool) -> list[Piece]:
    counting = [rule for rule in rules if _counts(rule, day, is_holiday=is_holiday)]
    if not counting or counting[-1].kind is Kind.OFF:
        return []
    rule = counting[-1]
    spans = ends(rule)
    if rule.kind is Kind.OPEN:
        return [(start, end, State.OPEN) for start, end in spans]
    state = State.HOLIDAY if is_holiday else State.UNKNOWN
    if spans:
        return [(start, end, state) for start, end in spans]
    # its night is not known either: as long as an ordinary night of these days would last
    last = max((end for other in counting for _start, end in ends(other)), default=DAY)
    return [(0, max(DAY, last), state)]


def _counts(rule: Rule, day: date, *, is_holiday: bool) -> bool:
    if rule.holidays and is_holiday:
        return True
    dated = rule.dates is None or (day.month, day.day) in rule.dates
    return dated and day.weekday() in rule.days


def _where_both(one: list[Piece], other: list[Piece]) -> list[Piece]:
    """Give what two reckonings of a day agree on; where they differ, it is a holiday nobody knows."""
    edges = sorted({edge for start, end, _state in (*one, *other) for edge in (start, end)})
    agreed = []
    for start, end in pairwise(edges):
        first, second = _state(one, start), _state(other, start)
        if first is not second:
            agreed.append((start, end, State.HOLIDAY))
        elif first is not None:
            agreed.append((start, end, first))
    return agreed


def _state(pieces: list[Piece], minute: int) -> State | None:
    """Give the strongest state of a minute, None where it is closed."""
    holding = {state for start, end, state in pieces if start <= minute < end}
    return next((state for state in _STRONGEST if state in holding), None)


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Join pieces that touch or overlap, so that no change is told where nothing changes."""
    edges = sorted({edge for start, end, _state in pieces for edge in (start, end)})
    begun, holding = 0, None
    for edge in edges:
        state = _state(pieces, edge)
        if state is holding:
            continue
        if holding is not None:
            yield begun, edge, holding
        begun, holding = edge, state


def _moment(day: date, minutes: int, zone: ZoneInfo, fold: int) -> datetime:
    """Give the moment when the clock on the wall shows these minutes after the 00:00 of a day.

    Of an hour that comes twice the editors' line does not say which: `fold` chooses (a line opens at
    the second, closes at the first). In the hour that is left out it is the moment of the change.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    while True:
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            return moment
        wall += timedelta(minutes=1)

"""Read an opening-hours line back to its editor: the coming two weeks, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from guidance.hours.clocks import Clock, holiday
from guidance.hours.holiday_names import holiday_name
from guidance.hours.judging import ALWAYS, accepted
from guidance.hours.reckoning import HORIZON, Piece, State, day_pieces
from guidance.hours.saying import say_time
from guidance.hours.terms import DAY, Refused, Rule

# Shows `days` as a table; for the form and the preview.
TEMPLATE: Final = "admin/guidance/fortnight.html"


@dataclass(frozen=True)
class Day:
    """One day of a service, where the service is. A night stands with the day on which it begins."""

    date: date
    weekday: str  # its name
    holiday: str  # its name, or "" on an ordinary day
    text: str  # "09:00 to 17:00", "day and night", "closed", "not known"
    state: State  # what it is most of all: open at some time, not known, closed
    spans: tuple[tuple[int, int], ...]  # open, in minutes after its 00:00


def fortnight(hours: str, clock: Clock, today: date, language: str) -> list[Day]:
    """Give the fourteen days from `today` on, in words of `language`.

    A line that is refused is not known on any day, as on the site.
    """
    try:
        rules = () if hours in ("", ALWAYS) else accepted(hours, clock)
    except Refused:
        rules = ()
    with override(language):
        return [
            _day(hours, rules, clock, today + timedelta(days=day), language)
            for day in range(HORIZON)
        ]


def _day(hours: str, rules: tuple[Rule, ...], clock: Clock, day: date, language: str) -> Day:
    if hours == ALWAYS:
        pieces: list[Piece] = [(0, DAY, State.OPEN)]
    else:
        pieces = day_pieces(rules, clock, day) if rules else [(0, DAY, State.UNKNOWN)]
    opened = tuple((start, end) for start, end, state in pieces if state is State.OPEN)
    found = holiday(clock.holidays, day)
    name = holiday_name(clock.holidays, day, language)
    return Day(
        date=day,
        weekday=date_format(day, "l"),
        holiday=name if not found or found.everywhere else _("%s (not everywhere)") % name,
        text=_text(pieces),
        state=State.OPEN if opened else pieces[0][2] if pieces else State.CLOSED,
        spans=opened,
    )


def _text(pieces: list[Piece]) -> str:
    if not pieces:
        return _("closed")
    return ", ".join(_piece(*piece) for piece in pieces)


def _piece(start: int, end: int, state: State) -> str:
    if state is State.OPEN:
        if end - start == DAY:
            return _("day and night")
        return _("%(start)s to %(end)s") % {"start": say_time(start), "end": say_time(end)}
    if end - start >= DAY:
        return _("not known")
    return _("%(start)s to %(end)s: not known") % {"start": say_time(start), "end": say_time(end)}

"""Judge an opening-hours line that can be read: would an editor mean what it says?

What is refused here is refused for reckoning too: a line that was published before these rules stood
is "hours not known", never open.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from django.utils.translation import gettext as _

from guidance.hours.clocks import Clock
from guidance.hours.natural import normal
from guidance.hours.reading import EVERY_DAY, read
from guidance.hours.terms import DAY, LONGEST, WEEKDAYS, Kind, Refused, Rule, Span
from sextortion_help.publishing.text import faults

ALWAYS: Final = "24/7"

# A span over midnight may be one whose ends were swapped, or a time of a clock of twelve hours. One
# that begins at 16:00 or later and ends at 06:00 or sooner cannot be: the other way round somebody
# would begin work before six in the morning.
_NIGHT_BEGINS: Final = 16 * 60
_NIGHT_ENDS: Final = 6 * 60


def fault(hours: str, clock: Clock) -> str | None:
    """Give what is wrong with an opening-hours line, in the active language, or None.

    Where it can be guessed, with the line that would do.
    """
    if hours in ("", ALWAYS):
        return None
    wrong = _wrong(hours, clock)
    if wrong is None:
        return None
    better = normal(hours)
    if better == hours and (unseen := faults(hours[:LONGEST])):
        return f"{'; '.join(unseen)}."
    still = None if better == ALWAYS else _wrong(better, clock)
    # what is wrong with the line that was meant says more than that the words are not a line
    return still or _("%(wrong)s Write: %(better)s") % {"wrong": wrong, "better": better}


def doubt(hours: str, clock: Clock) -> str | None:
    """Give what an editor should look at again in a line that is accepted, or None."""
    if hours in ("", ALWAYS) or not clock.knows_holidays or _wrong(hours, clock):
        return None
    if any(rule.holidays for rule in read(hours)):
        return None
    return _(
        "This line says nothing of public holidays: it is shown open on them too. Add “; PH off” if it is shut then, “; PH unknown” if nobody told us."
    )


@lru_cache(maxsize=4096)
def accepted(hours: str, clock: Clock) -> tuple[Rule, ...]:
    """Give the rules of a line that means what it says in this country, or raise Refused."""
    if not clock.zone:
        raise Refused(
            _(
                "This country has no single clock, or none that is known here. Only 24/7 can be shown; else leave the field empty."
            )
        )
    rules = read(hours)
    if not clock.knows_holidays and any(rule.holidays for rule in rules):
        raise Refused(
            _(
                "The public holidays of this country are not known well enough. Leave PH out, and name the dates: Dec 25 off."
            )
        )
    for sentence in _doubts(rules):
        raise Refused(sentence)
    return rules


def _wrong(hours: str, clock: Clock) -> str | None:
    try:
        rules = accepted(hours, clock)
    except Refused as refused:
        return str(refused)
    if _is_always(rules):
        return _("This is day and night, every day. Write: %(better)s") % {"better": ALWAYS}
    return None


def _doubts(rules: tuple[Rule, ...]) -> Iterator[str]:
    for rule in rules:
        yield from _span_doubts(rule)
    timed = [place for place, rule in enumerate(rules) if rule.kind is not Kind.OFF and rule.spans]
    undone = [place for place in timed if not _ever_counts(rules[place], rules[place + 1 :])]
    if undone == timed:
        yield _(
            "This line never opens. Leave the field empty when nobody told us, or take the service off the site."
        )
    for earlier, later in combinations(rules, 2):
        yield from _pair_doubts(earlier, later, rules)
    for place in undone:
        yield _("“%(part)s” never counts: what stands after it holds on all of its days.") % {
            "part": rules[place].text
        }


def _span_doubts(rule: Rule) -> Iterator[str]:
    for start, end in rule.spans:
        if sentence := _span_doubt(start, end):
            yield sentence
    for (_start, end), (start, _end) in pairwise(ends(rule)):
        if start < end:
            yield _("“%(part)s”: two of the times overlap.") % {"part": rule.text}


def _span_doubt(start: int, end: int) -> str | None:
    written = f"{written_time(start)}-{written_time(end)}"
    if start in (end, DAY):
        return _("“%(part)s” is no time at all, or the whole day. Write 00:00-24:00 for that.") % {
            "part": written
        }
    if end < start and (start < _NIGHT_BEGINS or end > _NIGHT_ENDS):
        return _(
            "“%(part)s” ends before it begins. Write %(swapped)s if the times were swapped. If it is open at night, write both parts of the day: %(parts)s."
        ) % {
            "part": written,
            "swapped": f"{written_time(end)}-{written_time(start)}",
            "parts": f"00:00-{written_time(end)},{written_time(start)}-24:00",
        }
    if 60 <= start < end <= _NIGHT_ENDS:
        return _(
            "“%(part)s” is in the small hours. Write %(better)s if the afternoon is meant."
        ) % {
            "part": written,
            "better": f"{written_time(start + DAY // 2)}-{written_time(end + DAY // 2)}",
        }
    return None


def _pair_doubts(earlier: Rule, later: Rule, rules: tuple[Rule, ...]) -> Iterator[str]:
    """Refuse a rule that opens what a more particular rule before it had settled.

    The last rule decides a day alone, so `PH off; Mo-Fr 09:00-17:00` is open on holidays, and
    `Mo-Fr 09:00-12:00; Mo 18:00-20:00` is shut on Monday morning.
    """
    if later.kind is not Kind.OPEN or not _share_a_day(earlier, later):
        return
    if _rank(later) < _rank(earlier):
        ordered = "; ".join(rule.text for rule in sorted(rules, key=_rank))
        yield _(
            "“%(later)s” stands after “%(earlier)s” and would undo it. Put what holds always first and the exceptions last: %(better)s"
        ) % {"later": later.text, "earlier": earlier.text, "better": ordered}
    elif _rank(later) == _rank(earlier) and not _within(later, earlier):
        yield _(
            "“%(earlier)s” and “%(later)s” speak of the same days, and only the last would count. Write each day once, with all its times: Mo 09:00-12:00,18:00-20:00"
        ) % {"later": later.text, "earlier": earlier.text}


def _ever_counts(rule: Rule, later: tuple[Rule, ...]) -> bool:
    """Tell whether there is a day, a holiday or not, for which this rule decides and no later one."""
    on_holidays = rule.holidays and not any(other.holidays for other in later)
    for weekday in range(len(WEEKDAYS)) if on_holidays else rule.days:
        over = [other.dates for other in later if weekday in other.days]
        if None not in over and (rule.dates or EVERY_DAY).difference(*filter(None, over)):
            return True
    return False


def _rank(rule: Rule) -> int:
    """Weekdays, then a part of the year, then holidays, then single dates: how particular a rule is."""
    if rule.holidays:
        return 2
    if rule.dates is None:
        return 0
    return 3 if rule.single else 1


def _share_a_day(one: Rule, other: Rule) -> bool:
    if one.holidays or other.holidays:
        return True  # a holiday may fall on any date and weekday
    dates = one.dates is None or other.dates is None or one.dates & other.dates
    return bool(dates and one.days & other.days)


def _within(inner: Rule, outer: Rule) -> bool:
    return outer.kind is Kind.OPEN and all(
        any(start >= first and end <= last for first, last in ends(outer))
        for start, end in ends(inner)
    )


def ends(rule: Rule) -> list[Span]:
    """Give the spans of a rule in minutes, an end on the next day counted on from this one."""
    return [(start, end if end > start else end + DAY) for start, end in rule.spans]


def _is_always(rules: tuple[Rule, ...]) -> bool:
    """Tell whether every day of the year is open from 00:00 to 24:00."""
    if any(rule.kind is not Kind.OPEN or not _is_whole(rule) for rule in rules):
        return False
    whole = frozenset().union(*(rule.days for rule in rules if rule.dates is None))
    return len(whole) == len(WEEKDAYS)


def _is_whole(rule: Rule) -> bool:
    reached = 0
    for start, end in ends(rule):
        if start > reached:
            return False
        reached = max(reached, end)
    return reached >= DAY


def written_time(minutes: int) -> str:
    """Write minutes after midnight as the format does: 540 is "09:00"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"

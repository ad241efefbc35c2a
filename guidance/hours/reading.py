"""Read an opening-hours line: the part of OpenStreetMap's `opening_hours` that means what it seems.

    line  = rule (";" rule)*
    rule  = [dates] [days] (times ["unknown"] | "off" | "closed" | "unknown")
    dates = "Jul", "Jul-Aug", "Dec 24", "Dec 24-26" or "Dec 24-Jan 2", several with commas
    days  = "Mo", "Mo-Fr" or "PH" (public holidays), several with commas
    times = "09:00-12:00", several with commas

A rule says on which days it counts: nothing is open because somebody forgot to say when. Everything
else is refused in words. Why a grammar of our own: docs/decisions/0040-opening-hours.md.
"""

import re
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guidance.hours.terms import (
    DAY,
    LONGEST,
    MONTHS,
    WEEKDAYS,
    Kind,
    MonthDay,
    Refused,
    Rule,
    Span,
)  # fmt: skip

_TIME: Final = r"\d{1,2}:\d{2}"
_TIMES: Final = rf"{_TIME}-{_TIME}(?:,{_TIME}-{_TIME})*"
_DAY: Final = f"(?:{'|'.join(WEEKDAYS)})"
_DAYS: Final = rf"(?:{_DAY}(?:-{_DAY})?|PH)(?:,(?:{_DAY}(?:-{_DAY})?|PH))*"
_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_DATE: Final = rf"{_MONTH}(?: \d{{1,2}}(?:-(?:{_MONTH} )?\d{{1,2}})?|-{_MONTH})?"
_DATES: Final = rf"{_DATE}(?:,{_DATE})*"
_RULE: Final = re.compile(
    rf"(?:(?P<dates>{_DATES}) )?(?:(?P<days>{_DAYS}) )?"
    rf"(?:(?P<times>{_TIMES})(?: (?P<maybe>unknown))?|(?P<word>off|closed|unknown))",
    re.ASCII,  # no Arabic digits
)
_WITHOUT_TIMES: Final = re.compile(rf"(?:{_DATES})?(?:(?:^| ){_DAYS})?")

_EXAMPLE: Final = "Mo-Fr 09:00-18:00; PH unknown"
# What the format allows and we cannot reckon, or what is easily misunderstood: the first that is found.
_REASONS: Final[tuple[tuple[str, str | Promise], ...]] = (
    (r"[\"“”«»]", _("Words in quotes do not change the hours. Put them in the text about this line.")),
    (r"\|\|", _("“||” cannot be reckoned. Write what holds on which days, with “;” between.")),
    (r"\bSH\b", _("School holidays (SH) are not known here. Leave them out; if the hours differ then, change them when they begin.")),
    (r"(?i)sunrise|sunset|dawn|dusk", _("Sunrise and sunset cannot be reckoned here. Write times, such as 09:00-18:00.")),
    (r"(?i)easter", _("Easter is not reckoned. Easter Sunday and Monday are holidays where the law says so: write PH off, PH unknown or PH with times.")),
    (r"(?i)\bweek ?\d", _("Weeks by number, and every other week, cannot be reckoned. Write days only.")),
    (r"\[|\]", _("The first or last weekday of a month cannot be reckoned. Write the days on which it is open every week.")),
    (r"(?<![\d:])(?:19|20)\d\d\b(?!:)", _("A line has no years: it holds every year. Write the dates only, and change the line when it no longer holds.")),
    (r"\+", _("“+” gives no time at which it closes. Write one, such as 17:00-20:00.")),
    (r"\b24/7\b", _("24/7 stands alone. If it is shut on some days, write Mo-Su 00:00-24:00; PH off.")),
    (rf"^(?:{_DAY}|{_MONTH}|PH)\b.*,\s", _("After a comma stands no space: a space begins a rule of its own, and a rule without times is open day and night.")),
)  # fmt: skip


@lru_cache(maxsize=4096)
def read(hours: str) -> tuple[Rule, ...]:
    """Give the rules of a line, or raise Refused."""
    if len(hours) > LONGEST:
        raise Refused(_("This is too long for opening hours."))
    return tuple(_rule(part.strip(" "), hours) for part in hours.split(";"))


def _rule(part: str, hours: str) -> Rule:
    found = _RULE.fullmatch(part)
    if found is None:
        raise Refused(_why_not(part, hours))
    times, word = found["times"], found["word"]
    if not (found["dates"] or found["days"]):
        raise Refused(_without_days(part, times))
    written = (found["days"] or "Mo-Su").split(",")
    if found["dates"] and "PH" in written:
        raise Refused(
            _("“%(part)s”: PH stands for all holidays. Name the date or the holidays, not both.")
            % {"part": part}
        )
    days = [day for each in written if each != "PH" for day in _weekdays(each)]
    if len(days) > len(set(days)):
        raise Refused(_("“%(part)s” names a day twice.") % {"part": part})
    return Rule(
        text=part,
        kind=_kind(word or found["maybe"] or ""),
        days=frozenset(days),
        dates=_dates(found["dates"]) if found["dates"] else None,
        holidays="PH" in written,
        spans=tuple(sorted(map(_span, times.split(",")))) if times else (),
        single=bool(found["dates"]) and not found["days"] and _is_single(found["dates"]),
    )


def _kind(word: str) -> Kind:
    if word:
        return Kind.UNKNOWN if word == "unknown" else Kind.OFF
    return Kind.OPEN


def _is_single(dates: str) -> bool:
    return "-" not in dates and all(" " in date for date in dates.split(","))


def _why_not(part: str, hours: str) -> str:
    for pattern, sentence in _REASONS:
        if re.search(pattern, part):
            return str(sentence)
    if part and _WITHOUT_TIMES.fullmatch(part):
        return _(
            "“%(part)s” has no times, which would mean day and night. Write “%(part)s 09:00-17:00”, “%(part)s off” or “%(part)s unknown”."
        ) % {"part": part}
    return _("“%(part)s” is not understood. A line looks like this: “%(example)s”.") % {
        "part": part or hours,
        "example": _EXAMPLE,
    }


def _without_days(part: str, times: str | None) -> str:
    if times:
        return _(
            "“%(part)s” does not say on which days. Write Mo-Su %(part)s for every day, or Mo-Fr %(part)s for Monday to Friday."
        ) % {"part": part}
    return _(
        "“%(part)s” alone says nothing of when it is open. Leave the field empty when nobody told us."
    ) % {"part": part}


def _weekdays(written: str) -> frozenset[int]:
    first, *last = (WEEKDAYS.index(day) for day in written.split("-"))
    length = (last[0] - first) % 7 if last else 0
    if last and not length:
        raise Refused(_("“%(part)s” begins and ends with the same day.") % {"part": written})
    return frozenset((first + step) % 7 for step in range(length + 1))


def _span(written: str) -> Span:
    start, end = (_minutes(time) for time in written.split("-"))
    return start, DAY if end == 0 and start > 0 else end


def _minutes(time: str) -> int:
    hour, minute = map(int, time.split(":"))
    if minute > 59 or hour * 60 + minute > DAY:
        raise Refused(_("%(time)s is not a time: a day goes from 00:00 to 24:00.") % {"time": time})
    return hour * 60 + minute


def _dates(written: str) -> frozenset[MonthDay]:
    return frozenset().union(*(_date_range(dates) for dates in written.split(",")))


# Any year with a 29 February: dates are of every year.
_YEAR: Final = [
    (month, day)
    for month, days in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)
    for day in range(1, days + 1)
]
EVERY_DAY: Final = frozenset(_YEAR)


def _date_range(written: str) -> frozenset[MonthDay]:
    start, _dash, end = written.partition("-")
    if end.isdigit():
        end = f"{start.split()[0]} {end}"
    first, last = _bounds(start, written)[0], _bounds(end or start, written)[1]
    if _dash and first == last:
        raise Refused(_("“%(part)s” begins and ends with the same day.") % {"part": written})
    if first <= last:
        return frozenset(_YEAR[first : last + 1])
    if end and end.split()[0] == start.split()[0]:
        raise Refused(_("“%(part)s” ends before it begins.") % {"part": written})
    return frozenset(_YEAR[first:] + _YEAR[: last + 1])  # over the end of the year


def _bounds(written: str, whole: str) -> tuple[int, int]:
    """Give the places in _YEAR of the first and the last day of "Dec" or "Dec 24"."""
    name, *number = written.split()
    month = MONTHS.index(name) + 1
    days = [place for place, (of, _day) in enumerate(_YEAR) if of == month]
    if not number:
        return days[0], days[-1]
    if not 1 <= int(number[0]) <= len(days):
        raise Refused(_("“%(part)s”: there is no such day.") % {"part": whole})
    return (days[int(number[0]) - 1],) * 2

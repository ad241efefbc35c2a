"""What an opening-hours line is made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
DAY: Final = 24 * 60  # minutes
LONGEST: Final = 200  # characters, as the field of a service

type Span = tuple[
    int, int
]  # minutes after the 00:00 of the day on which it begins; a night ends after DAY
type MonthDay = tuple[int, int]


class Refused(Exception):
    """A line that will not do; the text is a whole sentence for the editor."""


class Kind(StrEnum):
    OPEN = "open"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """What holds on some days. The last rule that counts for a day decides it alone."""

    text: str
    kind: Kind
    days: frozenset[int]  # 0 is Monday; empty if the rule is for holidays alone
    dates: frozenset[MonthDay] | None  # None: the whole year
    holidays: bool
    spans: tuple[Span, ...]  # empty: the whole day is off, or unknown
    single: bool  # names single dates, such as Dec 24

"""Understand hours as people write them: "ma-vr 9u-17u", "lun-ven 9h-17h", "Mon-Fri 9am-5pm".

Each language is tried on the whole line, with its own table of words. Where two read it differently
("ma" is Monday in Dutch and Tuesday in French) nothing is guessed.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from guidance.hours.reading import read
from guidance.hours.terms import DAY, LONGEST, MONTHS, WEEKDAYS, Refused, Span
from guidance.hours.words import WORDS
from sextortion_help.publishing.text import normalise

_DASHES: Final = re.compile(r"\s*[‐‑‒–—―−-]+\s*")
_HOUR: Final = (
    r"(?P<hour{0}>\d{{1,2}})(?:(?P<mark{0}>[:.]| ?[uh] ?)(?P<minute{0}>[0-5]\d)(?!\d))?"
    r"(?: ?(?P<unit{0}>am|pm|uur|u|heures?|hrs?|h)(?![^\W\d_]))?"
)
_SPAN: Final = re.compile(rf"(?<![\w:.]){_HOUR.format(1)}-{_HOUR.format(2)}(?![\w:])")
_MONTH: Final = "|".join(MONTHS)
# Beside another day of the format "We" is its Wednesday; else the weekend may be meant.
_WEDNESDAY: Final = re.compile(
    r"(?P<before>\b(?:Mo|Tu|Th|Fr|Sa|Su)\s*[-‐‑–,]\s*)We\b|\bWe(?P<after>\s*[-‐‑–,]\s*(?:Mo|Tu|Th|Fr|Sa|Su)\b)"
)
# "9h-17h 25 Dec", "9h-17 24, 25 Dec": the last number of these times is a day, or may be.
_DATE_AFTER: Final = re.compile(rf"(?:[ ,&/.-]+\d{{1,2}}\b)*[ .]*(?:{_MONTH})\b")
# The month of "Dec 10-12u", not that of "24 Dec 10-12u".
_BARE_MONTH: Final = re.compile(rf"(?<!\d )\b(?:{_MONTH}) ?$")
_MARCH_OR_TUESDAY: Final = re.compile(r"[uh] \d{1,2}\.? mar\b")  # "9h-17h 12 mar"
# Of "Jul 15 Aug" nobody knows whose day it is; of "24 Dec 2 Jan" it is clear.
_WHOSE_DAY: Final = re.compile(
    rf"(?<!\d )\b(?:{_MONTH}) \d{{1,2}}(?:-\d{{1,2}})?\.? (?:{_MONTH})\b"
)
_DAY_FIRST: Final = re.compile(rf"\b(\d{{1,2}}(?:-\d{{1,2}})?)\.? ({_MONTH})\b")  # 24-26 Dec
_TOKEN: Final = re.compile(
    rf"(?P<span>\d\d:\d\d-\d\d:\d\d)|(?P<date>(?:{_MONTH})\b(?: \d{{1,2}}(?:-\d{{1,2}})?(?![\d:-]))?)"
    rf"|(?P<day>(?:{'|'.join(WEEKDAYS)}|PH)\b)|(?P<word>off\b|unknown\b)|(?P<mark>[-,;:/.&])|(?P<other>\S)"
)
# The marks with which people write what stands between two tokens.
_MARKS: Final = {
    ",": re.compile(r",?&?"), " ": re.compile(r"[,:.]?"), "; ": re.compile(r"[,;.]*&?|/"),
}  # fmt: skip
# "9u-12u, 13u-17u za, zo gesloten": the second times may be those of the first day behind them.
_WHOSE_TIMES: Final = re.compile(r"s[,/&]*sd(?:-d)?[,&]*d")
_LOOSE: Final = re.compile(r"[-,;:/.&]\Z|\A[-,;:/.&]")
_ENGLISH_HOUR: Final = re.compile(r"\d ?[ap]m\b")  # beside it "ET" is a time zone, not "and"
# What stands between two tokens, by their kinds.
_BETWEEN: Final = {
    ("date", "date"): ",", ("day", "day"): ",", ("date", "day"): " ", ("span", "span"): ",",
    ("date", "span"): " ", ("day", "span"): " ", ("date", "word"): " ", ("day", "word"): " ",
    ("span", "date"): "; ", ("span", "day"): "; ", ("word", "date"): "; ", ("word", "day"): "; ",
}  # fmt: skip
_WHOLE_DAY: Final = "00:00-24:00"
# "always open, Mon-Fri 9am-5pm": not day and night at weekends
_ALWAYS_AND_MORE: Final = re.compile(rf"Mo-Su {_WHOLE_DAY}; .*\d:")
_HALVES: Final = ("am", "pm")
_SMALL_HOURS: Final = frozenset("12345")
_DUTCH_HOUR: Final = re.compile(r"\d ?u(?:ur)?\b")  # "ma-di 9u-17u" is Dutch for sure

type Token = tuple[str, str, str]  # kind, text, the marks before it


@lru_cache(maxsize=4096)
def normal(hours: str) -> str:
    """Give the line that these words mean; unchanged if it is one already, or is not understood.

    Times without days stay without, and days without times: that is for the editor to say.
    """
    if len(hours) > LONGEST or _reads(hours):
        return hours
    text = _clean(hours)
    found = {line for language in WORDS if _reads(line := _line(text, language))}
    return found.pop() if len(found) == 1 else hours


def _reads(line: str) -> bool:
    """Tell whether this is a line, or the times of one, or its days."""
    return (
        line == "24/7"
        or _is_line(line)
        or (";" not in line and (_is_line(f"Mo {line}") or _is_line(f"{line} 09:00-17:00")))
    )


def _is_line(line: str) -> bool:
    try:
        read(line)
    except Refused:
        return False
    return True


def _clean(hours: str) -> str:
    text = normalise(hours).replace("\n", ";")
    text = _WEDNESDAY.sub(r"\g<before>Wed\g<after>", text)
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    text = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text)
    return " ".join(text.split()).strip(" ;.")


def _line(text: str, language: str) -> str:
    """Give the line by the words of one language, or "" where something is not understood."""
    if (
        (language != "nl" and _DUTCH_HOUR.search(text))
        or (language != "en" and _ENGLISH_HOUR.search(text))
        or _MARCH_OR_TUESDAY.search(text)
    ):
        return ""
    words = WORDS[language]
    text = _phrases(language).sub(lambda found: f" {words[found[1]]} ", text)
    text = " ".join(_DASHES.sub("-", text).split())
    text = _SPAN.sub(_times, text)
    if _WHOSE_DAY.search(text) or _LOOSE.search(text):
        return ""
    line = _joined(_times_last(_tokens(_DAY_FIRST.sub(r"\2 \1", text))))
    if _ALWAYS_AND_MORE.search(line):
        return ""
    return "24/7" if line in (_WHOLE_DAY, f"Mo-Su {_WHOLE_DAY}") else line


def _joined(tokens: list[Token]) -> str:
    """Give the line that these tokens make, or "" where one cannot follow another."""
    if _WHOSE_TIMES.search("".join(f"{marks}{kind[0]}" for kind, _text, marks in tokens)):
        return ""
    line = ""
    for place, token in enumerate(tokens):
        between = _between(tokens[place - 1], token) if place else ""
        if between is None:
            return ""
        line += between + token[1]
    return line


@cache
def _phrases(language: str) -> re.Pattern[str]:
    """Give a pattern for the words of a language, the longest first, with the dot of a short one."""
    longest_first = sorted(WORDS[language], key=len, reverse=True)
    return re.compile(rf"(?<![\w/])({'|'.join(map(re.escape, longest_first))})(?![\w/])\.?(?!\d)")


def _times(found: re.Match[str]) -> str:
    """Write a span as the format does, "?" if it may be something else.

    What has neither unit nor minutes may be dates, and stays.
    """
    if not any(found[group] for group in ("unit1", "unit2", "minute1", "minute2")):
        return found[0]
    if _may_be_another(found):
        return " ? "
    span = _ends(found)
    if span is None:
        return " ? "
    (hour, minute), (last_hour, last_minute) = divmod(span[0], 60), divmod(span[1], 60)
    return f" {hour:02}:{minute:02}-{last_hour:02}:{last_minute:02} "


def _may_be_another(found: re.Match[str]) -> bool:
    """Tell whether a number of these times may belong to what is beside them, or be of a date."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    if not (found["minute1"] or found["unit1"]) and _BARE_MONTH.search(before):
        return True  # "Dec 10-12u"
    bare = not (found["minute2"] or found["unit2"])
    if (bare or (found["mark2"] or "").endswith(" ")) and _DATE_AFTER.match(after):
        return True  # "9h-17h 25 Dec"
    if any((found[f"mark{n}"] or ".") not in ":." and found[f"unit{n}"] for n in (1, 2)):
        return True  # "9 h-12 h 15 h 30-17 h": the number is the hour of the next times
    dotted = found["mark1"] == found["mark2"] == "." and not (found["unit1"] or found["unit2"])
    return dotted and all(1 <= int(found[minute]) <= 12 for minute in ("minute1", "minute2"))


def _ends(found: re.Match[str]) -> Span | None:
    """Give the two ends of a span in minutes, None if another time of the day may be meant."""
    start, end = (int(found[f"hour{n}"]) * 60 + int(found[f"minute{n}"] or 0) for n in (1, 2))
    first, second = (found[f"unit{n}"] or "" for n in (1, 2))
    if start > DAY or end > DAY:
        return None
    if first in _HALVES or second in _HALVES:
        return _halved(found, start, end)
    if found["hour1"] in _SMALL_HOURS and end <= DAY // 2:
        return None  # "van 2 tot 7 uur" may be in the afternoon
    return start, DAY if end == 0 < start else end


def _halved(found: re.Match[str], start: int, end: int) -> Span | None:
    """Give the ends of a span of which am or pm is said, once or twice."""
    first, second = (found[f"unit{n}"] or "" for n in (1, 2))
    if not {first, second} <= {"", *_HALVES} or re.search("[uh]", found[0]):
        return None  # "9h-5pm"
    if not first:
        return _before(found["hour1"], start, end, second)
    if not second:  # "9am-5", "4pm-5:30"
        begun = _of_half(start, first)
        return None if begun is None or end < 13 * 60 or not found["minute2"] else (begun, end)
    begun, ended = _of_half(start, first), _of_half(end, second)
    if begun is None or ended is None:
        return None
    # 12 am is often written for noon: "9am-12am", "12am-5pm"
    if (first == "am" and second == "am" and ended < 60) or (begun < 60 and second == "pm"):
        return None
    return begun, ended or DAY


def _of_half(minutes: int, half: str) -> int | None:
    """Give the time of the day for a time of the morning or the afternoon: 12 am is 0."""
    if not 60 <= minutes < 13 * 60:
        return None  # "0am", "15pm"
    return minutes % (DAY // 2) + (DAY // 2 if half == "pm" else 0)


def _before(written: str, start: int, end: int, half: str) -> Span | None:
    """Give the ends of "9-5pm", or of "1-5pm": it begins at the last such time before the end."""
    noon, ended = DAY // 2, _of_half(end, half)
    if ended is None or ended < 60 or start < 60:  # "9-12am", "0-5pm"
        return None
    early = start if start >= noon + 60 else start % noon
    begun = early + noon if early + noon < ended else early
    if begun < 60 or (written.startswith("0") and begun >= noon):  # "12-3am", "02:00-5pm"
        return None
    if begun < 9 * 60 and half == "pm" and ended < noon + 60:  # "4-12pm" is rather until midnight
        return None
    return (begun, ended) if begun < ended else None


def _tokens(text: str) -> list[Token]:
    tokens, marks = [], ""
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "mark":
            marks += found[0]
        else:
            tokens.append((found.lastgroup or "", found[0], marks))
            marks = ""
    return tokens


def _times_last(tokens: list[Token]) -> list[Token]:
    """Put times that stand before the days behind them: "9am-5pm Mon-Fri"."""
    kinds = [kind for kind, _text, _marks in tokens]
    count = next((place for place, kind in enumerate(kinds) if kind != "span"), 0)
    if count and not {"span", "word"} & set(kinds[count:]):
        (kind, text, marks), (first, times, _none) = tokens[count], tokens[0]
        if times == _WHOLE_DAY and marks == "&":  # "24h/24 et 7j/7"
            marks = ""
        return [(kind, text, ""), *tokens[count + 1 :], (first, times, marks), *tokens[1:count]]
    return tokens


def _between(before: Token, token: Token) -> str | None:
    """Give what the format writes between two tokens, or None if they cannot stand so."""
    between, marks = _BETWEEN.get((before[0], token[0])), token[2]
    if between is None:
        return None
    if "-" in marks:
        return "-" if between == "," and marks == "-" and token[0] != "span" else None
    if not marks and between == "," and "PH" in (before[1], token[1]):
        return None  # "PH Mo-Fr" are the holidays that fall on these days, not both
    if token[0] == "span" and before[0] == "span" and marks == "/":
        return between
    if (
        before[0] == "date"
        and token[0] == "day"
        and (_is_one_day(before) or marks not in ("", ":"))
    ):
        return None  # "24 Dec, Su" are two days, and would be a Sunday that is both
    return between if _MARKS[between].fullmatch(marks) else None


def _is_one_day(date: Token) -> bool:
    """Tell whether this is "Dec 24", not a month nor several days."""
    return " " in date[1] and "-" not in date[1]

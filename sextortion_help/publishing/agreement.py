"""Whether the columns of one text say the same: blanks, numbers, links, sentences, and how recent each is.

Pure functions over `{language: text}`. Empty columns are left out; that they are missing is another rule.
What breaks a page is refused; what may have a reason is warned of. See
docs/decisions/0053-columns-are-compared.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from sextortion_help.publishing import markdown, reading
from sextortion_help.publishing.languages import rules
from sextortion_help.publishing.text import matching, normalise

FEWEST_WORDS: Final = 3  # of a sentence that cannot be the same in two languages by chance

_BLANK: Final = re.compile(r"\{([a-z][a-z_]*)\}")
_BROKEN: Final = re.compile(r"\{[^{}\n]{0,20}\}?|\}")
_CLOCK: Final = r"\b24/7\b|\b\d{1,2}:\d\d\b"
_NUMBER: Final = re.compile(r"(?<![\w{])\+?\d{1,20}(?:[ .,'/-]\d{1,20}){0,8}")
_DATE: Final = re.compile(r"\b(\d{1,2})[-/.]\d{1,2}[-/.](\d{4})\b")  # the month is a word elsewhere
_RANGE: Final = re.compile(r"(?<![\d-])(\d{1,2}|\d{4})-(\d{1,2}|\d{4})(?![\d-])")
_SIGNS: Final = "[€$£%]"


@dataclass(frozen=True)
class Disagreement:
    """One sentence for the editor, the languages to look at, and whether it stops a publish."""

    sentence: str
    languages: tuple[str, ...]
    refused: bool = False


def disagreements(texts: Mapping[str, str], *, is_name: bool = False) -> list[Disagreement]:
    """Name what differs between the columns of one text that ought to be the same.

    With `is_name` the text is the name of something, which may be the same in every language.
    """
    columns = {code: normalise(words) for code, words in texts.items() if words.strip()}
    return [
        *_blanks(columns),
        *_numbers(columns),
        *_links(columns),
        *(() if is_name else _untranslated(columns)),
    ]


def blank_faults(words: str) -> list[str]:
    """Name each brace that is not part of a well-written blank such as {address}."""
    rest = _BLANK.sub(" ", words)
    said = _("“%s” is not a blank; what works is {address}, in small letters and without spaces")
    return list(dict.fromkeys(said % found for found in _BROKEN.findall(rest)))


def stale(old: Mapping[str, str], new: Mapping[str, str]) -> str | None:
    """Say which languages changed since the live version while others, live as well, did not."""
    both = [code for code in new if old.get(code, "").strip()]
    changed = [code for code in both if normalise(old[code]) != normalise(new[code])]
    same = [code for code in both if code not in changed]
    if not changed or not same:
        return None
    said = _("%(changed)s changed since the live version, %(same)s did not")
    return said % {"changed": names(changed), "same": names(same)}


def names(codes: list[str]) -> str:
    """Name languages in the editor's language: "Dutch", "French and English"."""
    said = [str(_name(code)) for code in codes]
    if len(said) < 2:
        return "".join(said)
    return _("%(first)s and %(last)s") % {"first": ", ".join(said[:-1]), "last": said[-1]}


def _name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _blanks(columns: Mapping[str, str]) -> Iterator[Disagreement]:
    for code, words in columns.items():
        for fault in blank_faults(words):
            yield Disagreement(f"{_name(code)}: {fault}", (code,), refused=True)
    found = {
        code: {f"{{{each}}}" for each in _BLANK.findall(words)} for code, words in columns.items()
    }
    yield from _compared(found, refused=True)


def _numbers(columns: Mapping[str, str]) -> Iterator[Disagreement]:
    """Compare phone numbers, amounts, ages, years and percentages, whatever stands between their digits.

    A number agrees with its word ("18", "eighteen"); a time of the day is written in each language's
    own way ("20 h", "8 pm") and need not be found elsewhere.
    """
    shown = {code: _one_line(words) for code, words in columns.items()}
    wanted: dict[str, str] = {}
    known: dict[str, set[str]] = {}
    for code, words in shown.items():
        wanted |= _wanted(words, code)
        known[code] = {_digits(said) for said in _NUMBER.findall(words)} | _spelled(words, code)
    yield from _compared(
        {code: {wanted[digits] for digits in known[code] & set(wanted)} for code in columns}
    )


def _one_line(words: str) -> str:
    lines = " ; ".join(markdown.plain(words).split("\n"))
    return _RANGE.sub(r"\1 ; \2", _DATE.sub(r"\1 ; \2", matching(lines).text))


def _wanted(words: str, code: str) -> dict[str, str]:
    """Give what must agree, by its digits. A single digit is as often a word, unless it is an amount."""
    times = "|".join([_CLOCK, *rules(code).times])
    timeless = re.sub(times, " ; ", words, flags=re.IGNORECASE)
    units = "|".join([_SIGNS, *rules(code).amounts])
    amounts = re.compile(
        rf"{_SIGNS} ?{_NUMBER.pattern}|{_NUMBER.pattern} ?(?:{units})", re.IGNORECASE
    )
    found = {_digits(said): said for said in _NUMBER.findall(timeless) if len(_digits(said)) > 1}
    return found | {_digits(said[0]): said[0].strip() for said in amounts.finditer(timeless)}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _spelled(words: str, code: str) -> set[str]:
    said = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words.lower()))
    return {str(number) for number, word in enumerate(rules(code).numbers) if word in said}


def _links(columns: Mapping[str, str]) -> Iterator[Disagreement]:
    """Compare own pages, numbers to call and, of other sites, the host: each language may have its page."""
    yield from _compared(
        {
            code: {_target(address, columns) for address in markdown.links(words)}
            for code, words in columns.items()
        }
    )


def _target(address: str, columns: Mapping[str, str]) -> str:
    if not address.startswith("https://"):
        return address
    host = re.sub(r"[/?#:].*", "", address.removeprefix("https://")).lower().removeprefix("www.")
    first, _dot, rest = host.partition(".")
    return rest if first in columns and "." in rest else host


def _untranslated(columns: Mapping[str, str]) -> Iterator[Disagreement]:
    where: dict[str, list[str]] = {}
    for code, words in columns.items():
        for said in reading.sentences(markdown.plain(words)):
            if len(said) >= FEWEST_WORDS and not _is_name(said):
                where.setdefault(" ".join(said).lower(), []).append(code)
    for sentence, codes in where.items():
        languages = tuple(dict.fromkeys(codes))
        if len(languages) > 1:
            text = _("“%(sentence)s” is the same in %(languages)s: not translated?")
            values = {"sentence": sentence, "languages": names(list(languages))}
            yield Disagreement(text % values, languages)


def _is_name(words: list[str]) -> bool:
    """Tell names, such as "Take It Down", from sentences: their long words begin with a capital."""
    return all(word[0].isupper() for word in words if len(word) > 3) and words[-1][0].isupper()


def _compared(found: Mapping[str, set[str]], *, refused: bool = False) -> Iterator[Disagreement]:
    """Name each thing that stands in some columns and not in others."""
    for thing in sorted(set().union(*found.values())):
        there = [code for code in found if thing in found[code]]
        lacking = [code for code in found if thing not in found[code]]
        if lacking:
            said = _("%(thing)s stands in %(there)s and not in %(lacking)s")
            values = {"thing": thing, "there": names(there), "lacking": names(lacking)}
            yield Disagreement(said % values, tuple(lacking), refused=refused)

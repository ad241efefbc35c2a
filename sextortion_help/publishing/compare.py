"""What differs between two sources, word by word. Pure, but for the names that models give fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.translation import gettext, pgettext

from sextortion_help.publishing.content import Content, plain_words
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.sources import Source, columns, part_model

# a number with its spaces is one word: two numbers mixed digit group by digit group mislead
_WORDS: Final = re.compile(r"\s+|\+?\d+(?: \d+)+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """One field that differs. Each piece is ("same", "gone" or "new", its text)."""

    field: str
    pieces: tuple[tuple[str, str], ...]


def changes(model: type[Draft], old: Source, new: Source) -> list[Change]:
    """Give every field that differs between two sources of one kind, in the order of the form.

    A source may be {}: then everything of the other is new, or gone.
    """
    before, after = dict(_fields(model, old)), dict(_fields(model, new))
    return [
        Change(label, word_by_word(before.get(label, ""), after.get(label, "")))
        for label in dict.fromkeys([*after, *before])
        if before.get(label, "") != after.get(label, "")
    ]


def word_changes(old: Content, new: Content, language: str) -> Change:
    """Compare all that is read in one language, where a version has no source."""
    words = word_by_word(plain_words(old, language), plain_words(new, language))
    return Change(language, words)


def word_by_word(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Cut two texts into what is the same in both, gone from the first, and new in the second."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[tuple[str, str]] = []
    for operation, a, b, c, d in SequenceMatcher(None, before, after, False).get_opcodes():
        if operation == "equal":
            pieces.append(("same", "".join(before[a:b])))
        else:
            pieces += [("gone", "".join(before[a:b])), ("new", "".join(after[c:d]))]
    return tuple(piece for piece in pieces if piece[1])


def _fields(model: type[Draft], source: Source, before: str = "") -> Iterator[tuple[str, str]]:
    if not source:
        return
    for column in columns(model):
        if column.name in source:
            yield f"{before}{column.verbose_name}", in_words(source[column.name])
    for name in model.parts:
        part = part_model(model, name)
        for row in source.get(name, ()):
            where = f"{before}{part._meta.verbose_name} {row.get('code', '')}, "
            yield from _fields(part, row, where)


def in_words(value: Any) -> str:
    """Give the value of a column as staff read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else pgettext("not yes", "no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)

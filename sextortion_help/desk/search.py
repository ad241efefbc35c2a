"""A search over every draft: names, numbers and words in all languages, written in any way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sextortion_help.desk.models import Summary
from sextortion_help.desk.summaries import folded
from sextortion_help.desk.work import Row, row

MOST: Final = 100
AROUND: Final = 60  # signs shown on each side of what was found


@dataclass(frozen=True)
class Found:
    """A draft with the fields in which the words stand: [(the way to it, what stands around them)]."""

    row: Row
    places: list[tuple[str, str]]


def search(asked: str, kinds: Sequence[str], language: str) -> list[Found]:
    """Give the drafts of these kinds that hold every one of the words, with one query."""
    terms = folded(asked).split()
    if not terms:
        return []
    rows = Summary.objects.filter(kind__in=kinds)
    for term in terms:
        rows = rows.filter(words__contains=term)
    found = []
    for summary in rows.order_by("kind", "code")[:MOST]:
        places = [
            (url, _around(text, terms))
            for url, text in summary.written
            if all(term in folded(text) for term in terms)
        ] or [
            (url, _around(text, terms)) for url, text in summary.written if terms[0] in folded(text)
        ]
        found.append(Found(row(summary, language, ""), places[:3]))
    return found


def _around(text: str, terms: Sequence[str]) -> str:
    """Give what stands around the first of the words; from the start where their spelling differs."""
    flat = " ".join(text.split())
    at = max(flat.casefold().find(terms[0]), 0)
    start, end = max(at - AROUND, 0), at + AROUND
    return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"

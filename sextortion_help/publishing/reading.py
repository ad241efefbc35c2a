"""How hard a text is to read: sentence lengths, and the reading ease of its language.

Pure functions. Syllables come from pyphen's hyphenation patterns (the package textstat builds on),
because textstat itself downloads an English dictionary at run time and this site may never do that.
See docs/decisions/0007-reading-ease.md.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import pyphen

from sextortion_help.publishing.languages import rules

_SENTENCE_END: Final = re.compile(r"(?<=[.?!…:])[\s»”’)]+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True)
class Reading:
    """The measures of one text. Lengths in words; `ease` as `ease()` explains."""

    words: int
    mean_sentence: float
    longest_sentence: int
    share_over_15: float
    ease: float


def sentences(text: str) -> list[list[str]]:
    """Split plain text into sentences, each a list of its words.

    A line break ends a sentence too: headings and list items carry no full stop.
    A colon ends one as well, since what follows it is read after a pause.
    """
    found = (_WORD.findall(part) for part in _SENTENCE_END.split(text))
    return [words for words in found if words]


def ease(words_per_sentence: float, syllables_per_word: float, language: str) -> float:
    """Give the reading ease by the formula of the language, in the language's own scale."""
    return rules(language).formula.value(words_per_sentence, syllables_per_word)


def measure(text: str, language: str) -> Reading:
    """Measure plain text (no Markdown). An empty text measures zero and is as easy as can be."""
    said = sentences(text)
    lengths = [len(words) for words in said]
    if not said:
        return Reading(0, 0, 0, 0, rules(language).formula.easiest)
    total = sum(lengths)
    syllables = sum(_syllables(word, language) for words in said for word in words)
    return Reading(
        words=total,
        mean_sentence=total / len(lengths),
        longest_sentence=max(lengths),
        share_over_15=sum(length > 15 for length in lengths) / len(lengths),
        ease=ease(total / len(lengths), syllables / total, language),
    )


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    # left=right=1: a hyphenation point one letter from the edge is still a syllable when counting.
    return pyphen.Pyphen(lang=rules(language).hyphenation, left=1, right=1)


@lru_cache(maxsize=10_000)  # the words of a site come back on every page
def _syllables(word: str, language: str) -> int:
    return len(_dictionary(language).positions(word.lower())) + 1

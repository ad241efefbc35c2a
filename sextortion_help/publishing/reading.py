"""How hard a text is to read: sentence lengths, and the reading ease of its language.

Pure functions. Syllables come from pyphen's hyphenation patterns (the package textstat builds on),
because textstat itself downloads an English dictionary at run time and this site may never do that.
See docs/decisions/0007-reading-ease.md.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyphen

_SENTENCE_END: Final = re.compile(r"(?<=[.?!…:])[\s»”’)]+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_HYPHENATION: Final = {"nl": "nl_NL", "fr": "fr", "en": "en_GB"}


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
    """Give the reading ease: nl Flesch-Douma, fr Kandel-Moles (both 0 to 100, higher is easier),
    en Flesch-Kincaid grade (school years, lower is easier).

    Coefficients: Douma 1960, Kandel and Moles 1958, Kincaid 1975. Short texts can pass the ends
    of the scale; the value is clipped to it.
    """
    if language == "nl":
        return min(100.0, max(0.0, 206.84 - 0.93 * words_per_sentence - 77 * syllables_per_word))
    if language == "fr":
        return min(100.0, max(0.0, 207 - 1.015 * words_per_sentence - 73.6 * syllables_per_word))
    return max(0.0, 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59)


def measure(text: str, language: str) -> Reading:
    """Measure plain text (no Markdown) in `nl`, `fr` or `en`. An empty text measures zero."""
    lengths = [len(words) for words in sentences(text)]
    if not lengths:
        return Reading(0, 0, 0, 0, 100 if language != "en" else 0)
    total = sum(lengths)
    syllables = sum(_syllables(word, language) for words in sentences(text) for word in words)
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
    return pyphen.Pyphen(lang=_HYPHENATION[language], left=1, right=1)


def _syllables(word: str, language: str) -> int:
    return len(_dictionary(language).positions(word.lower())) + 1

"""What the checks must know of each language of the site: one file per language, `languages/<code>.py`.

A file holds one `RULES`. No other module names a language, so a language is added by writing its file
and naming it in `settings.LANGUAGES`. See docs/decisions/0050-one-file-per-language.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import pyphen
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Formula:
    """A reading formula: a sum over words per sentence and syllables per word, clipped to its scale."""

    constant: float
    per_word: float
    per_syllable: float
    higher_is_easier: bool

    @property
    def easiest(self) -> float:
        """The easy end of the scale: 100, or the lowest school year."""
        return 100 if self.higher_is_easier else 0

    def value(self, words_per_sentence: float, syllables_per_word: float) -> float:
        """Reckon the reading ease. Short simple sentences would pass the end of the scale."""
        ease = (
            self.constant
            + self.per_word * words_per_sentence
            + self.per_syllable * syllables_per_word
        )
        return max(0.0, min(100.0, ease) if self.higher_is_easier else ease)


@dataclass(frozen=True)
class Rules:
    """The rules of one language.

    Patterns are searched in a text as `text.matching()` gives it: one plain space, straight
    apostrophes, plain hyphens; without regard to case. What is quoted after `not_to_say` is an example
    of what others had better not say. `numbers` are the words for 0, 1, 2 and on;
    `times` the language's own ways to write an hour; `amounts` what makes a number a sum or a share.
    """

    code: str
    hyphenation: str
    formula: Formula
    teens: float
    adults: float
    blame: tuple[str, ...]
    absolute: tuple[str, ...]
    gender: tuple[str, ...]
    not_to_say: tuple[str, ...]
    names_with_exclamation: tuple[str, ...]
    numbers: tuple[str, ...]
    times: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()

    def misses_bar(self, ease: float, *, adults: bool) -> bool:
        """Tell whether this reading ease is on the hard side of the bar for these readers."""
        bar = self.adults if adults else self.teens
        return ease < bar if self.formula.higher_is_easier else ease > bar

    def pattern(self, kind: str) -> re.Pattern[str]:
        """Give the patterns of one kind ("blame", "absolute", "gender", "not_to_say") as one."""
        return _compiled(getattr(self, kind))


@cache
def rules(code: str) -> Rules:
    """Load the rules of a language. Stops with a sentence naming the file when there is none."""
    name = code.replace("-", "_")
    module = f"{__name__}.{name}"
    try:
        found = import_module(module).RULES
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        missing = f"The language {code!r} needs a file publishing/languages/{name}.py."
        raise ImproperlyConfigured(missing) from error
    except AttributeError as error:
        raise ImproperlyConfigured(f"publishing/languages/{name}.py needs a RULES.") from error
    if found.code != code or found.hyphenation not in pyphen.LANGUAGES:
        wrong = f"publishing/languages/{name}.py: its code or its hyphenation is not right."
        raise ImproperlyConfigured(wrong)
    return found  # type: ignore[no-any-return]  # a module found by name has no type


def table() -> Mapping[str, Rules]:
    """Give the rules of every language of the settings, in their order. Call it at the start."""
    return {code: rules(code) for code, _name in settings.LANGUAGES}


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)

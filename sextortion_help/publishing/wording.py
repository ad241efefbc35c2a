"""Words and sentences that do not belong on this site: rules of shared/content.md that a machine can see.

Pure functions. A rule here warns the editor; it does not refuse, because a machine can be wrong. The
patterns stand with their language (`languages/`) and are looked for in the folded text: a no-break
space, a line end, another apostrophe or hyphen hides nothing.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from sextortion_help.publishing.languages import Rules, rules
from sextortion_help.publishing.reading import measure, sentences
from sextortion_help.publishing.text import Matching, matching

LONGEST_SENTENCE: Final = 20

_EXCLAMATION: Final = re.compile(r"[!¡❗❕]")
# in every language: "ami·e", "ami•e"
_DOTS: Final = re.compile(r"\w[·•‧∙⋅・⸱]\w+(?:[·•‧∙⋅・⸱]\w+)*")
_QUOTED: Final = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_REACH: Final = 400  # of a heading "do not say this", in characters


def warnings(text: str, language: str) -> list[str]:
    """Say, in the editor's language, what in this plain text of `language` breaks the site's voice."""
    rule, form = rules(language), matching(text)
    found = []
    if _EXCLAMATION.search(_without_names(form.text, rule)):
        found.append(_("there is an exclamation mark"))
    for words in _unique(_gender(form, rule)):
        found.append(_("this marks a gender: “%s”") % words)
    for words in _unique(_blame(form, rule)):
        found.append(_("this may sound like blame: “%s”") % words)
    for words in _unique(_matches(form, rule.pattern("absolute"))):
        found.append(_("nobody can promise what blackmailers do: “%s”") % words)
    return found + _too_long(text)


def is_hard_to_read(text: str, language: str, audience: str) -> bool:
    """Tell whether the text misses the reading ease of its audience (shared/product.md, "Numbers").

    `audience` is "parent" or "school" for adults; anything else is held to the bar for teens.
    Texts under 30 words are too short for the formula and always pass.
    """
    reading = measure(text, language)
    adults = audience in ("parent", "school")
    return reading.words >= 30 and rules(language).misses_bar(reading.ease, adults=adults)


def _too_long(text: str) -> list[str]:
    longest = max(sentences(text), key=len, default=[])
    if len(longest) <= LONGEST_SENTENCE:
        return []
    said = _("a sentence of %(words)d words, at most %(most)d: “%(start)s …”")
    start = " ".join(longest[:6])
    return [said % {"words": len(longest), "most": LONGEST_SENTENCE, "start": start}]


def _without_names(text: str, rule: Rules) -> str:
    for name in rule.names_with_exclamation:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _gender(form: Matching, rule: Rules) -> Iterator[str]:
    for pattern in (_DOTS, rule.pattern("gender")):
        for found in pattern.finditer(form.text):
            start = form.text.rfind(" ", 0, found.start()) + 1
            yield form.written(start, found.end())


def _blame(form: Matching, rule: Rules) -> Iterator[str]:
    examples = [
        quote.span() for quote in _QUOTED.finditer(form.text) if _is_example(form, quote, rule)
    ]
    for found in rule.pattern("blame").finditer(form.text):
        if not any(start < found.start() < end for start, end in examples):
            yield form.written(*found.span())


def _is_example(form: Matching, quote: re.Match[str], rule: Rules) -> bool:
    before = form.text[max(0, quote.start() - _REACH) : quote.start()]
    return bool(rule.pattern("not_to_say").search(before))


def _matches(form: Matching, pattern: re.Pattern[str]) -> Iterator[str]:
    return (form.written(*found.span()) for found in pattern.finditer(form.text))


def _unique(words: Iterator[str]) -> list[str]:
    return list({each.lower(): each for each in words}.values())

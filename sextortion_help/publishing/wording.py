"""Words and sentences that do not belong on this site: rules of shared/content.md that a machine can see.

Pure functions. A rule here warns the editor; it does not refuse, because a machine can be wrong.
"""

import re
from typing import Final

from django.utils.translation import gettext as _

from sextortion_help.publishing.reading import measure, sentences

LONGEST_SENTENCE: Final = 20

_EXCLAMATION: Final = re.compile(r"(?<!Stop it Now)!")
_BRACKETED_GENDER: Final = re.compile(r"\w·\w|\w\((?:e|es|s|in|ster|rice|euse)\)")
_BLAME: Final = {
    "nl": re.compile(
        r"had je (?:maar|niet|moeten)\b|je had .{0,20}moeten|geen goed idee|eigen schuld"
    ),
    "fr": re.compile(
        r"tu (?:aurais|n[’']aurais pas) d[ûu]\b|il ne fallait pas|pas une bonne idée|de ta faute à toi"
    ),
    "en": re.compile(r"you should(?: not|n[’']t)? have|not a good idea|your own fault"),
}
_ABSOLUTE: Final = {
    # about them, not "never share your password" or "we never share"
    "nl": re.compile(
        r"(?<!\bwe )(?<!\bwij )\b(?:zullen|zetten|delen) (?:ze |het )*(?:nooit|altijd|zeker)\b"
    ),
    "fr": re.compile(r"\b(?:publi|diffus|partag)(?:ent|era|eront) (?:jamais|toujours|sûrement)\b"),
    "en": re.compile(
        r"\b(?:they|he|she|who|blackmailers?)\b[^.?!:\n]{0,40}"
        r"\b(?:never|always) (?:publish|post|share|spread)"
    ),
}


def warnings(text: str, language: str) -> list[str]:
    """Say, in the editor's language, what in this plain text of `language` breaks the site's voice."""
    found = []
    if _EXCLAMATION.search(text):
        found.append(_("there is an exclamation mark"))
    if _BRACKETED_GENDER.search(text):
        found.append(_("there is a middle dot or a bracketed gender"))
    if match := _BLAME[language].search(text.lower()):
        found.append(_("this may sound like blame: “%s”") % match.group())
    if match := _ABSOLUTE[language].search(text.lower()):
        found.append(_("nobody can promise what blackmailers do: “%s”") % match.group())
    longest = max(sentences(text), key=len, default=[])
    if len(longest) > LONGEST_SENTENCE:
        found.append(
            _("a sentence of %(words)d words, at most %(most)d: “%(start)s …”")
            % {"words": len(longest), "most": LONGEST_SENTENCE, "start": " ".join(longest[:6])}
        )
    return found


def is_hard_to_read(text: str, language: str, audience: str) -> bool:
    """Tell whether the text misses the reading ease of its audience (shared/product.md, "Numbers").

    `audience` is "parent" or "school" for adults; anything else is held to the bar for teens.
    Texts under 30 words are too short for the formula and always pass.
    """
    reading = measure(text, language)
    adults = audience in ("parent", "school")
    if reading.words < 30:
        return False
    if language == "en":
        return reading.ease > (8 if adults else 5)
    return reading.ease < (60 if adults else 75)

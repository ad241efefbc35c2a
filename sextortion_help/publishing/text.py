"""Text as it seems: one form for what looks the same, and a refusal for what cannot be seen.

Pure functions. `normalise()` runs before a text is checked, compared or frozen; what it cannot clean
without changing what was meant, `faults()` names. See docs/decisions/0051-text-is-what-it-seems.md.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

NO_BREAK_SPACE: Final = "\u00a0"
NARROW_SPACE: Final = "\u202f"

_LINE_ENDS: Final = re.compile(r"\r\n|[\r\v\f\x85\u2028]")
# Nothing is lost with these: they cannot be seen, or say "left to right" where all is so already.
# U+001F is Word's soft hyphen, U+001E its hyphen that may not break.
_INVISIBLE: Final = re.compile(
    "[\x1c\x1d\x1f\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u202a\u202c\u202d\u2060-\u2064\u2066\u2068\u2069\ufeff]"
)
# Parts of an emoji, that cannot be seen anywhere else: what says how a symbol looks, what holds two
# symbols together, and letters that name the flag of a part of a country.
_SYMBOL: Final = (
    "\u2190-\u21ff\u231a-\u2328\u23cf-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
)
_VARIANT: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LONE_VARIANT: Final = re.compile(
    f"(?<![©®‼⁉™ℹ〰〽㊗㊙{_SYMBOL}])[{_VARIANT}](?!\u20e3)|[\ufe00-\ufe0d\U000e0100-\U000e01ef]"
)
_LONE_JOINER: Final = re.compile(f"(?<![\ufe0f{_SYMBOL}])\u200d|\u200d(?![{_SYMBOL}])")
_LONE_TAG: Final = re.compile(
    "(🏴[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)|[\U000e0020-\U000e007f]"
)
_UNREAD: Final = re.compile(f"{_INVISIBLE.pattern}|[{_VARIANT}]")
_LIGATURES: Final = re.compile("[\ufb00-\ufb06]")
_ODD_SPACES: Final = re.compile("[\u1680\u2000-\u2008\u200a\u205f\u3000]")
_HYPHENS: Final = re.compile("[\x1e\u2010\u2011]")
# A space that may not break stays where French wants it, and beside a digit; elsewhere it was pasted.
_NO_BREAK: Final = re.compile(f"[{NO_BREAK_SPACE}{NARROW_SPACE}]")
_BEFORE: Final = re.compile(r"[;:!?»%€$£…\d–]")

# Cannot be seen, but would be taken for a letter or a space.
_BLANKS: Final = "\u115f\u1160\u2800\u3164\uffa0\ufff9\ufffa\ufffb\ufffc"
_REFUSED: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
# UTF-8 read as another encoding: "Ã©" for "é", "â€™" for "’".
_BROKEN: Final = re.compile("[\u00c3\u00c2][\u0080-\u00bf]|\u00e2\u20ac.?|\ufffd+")
_LETTERS_ELSEWHERE: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_STYLED: Final = re.compile(
    "[\uff01-\uff5e\u24b6-\u24e9\U0001d400-\U0001d7ff\U0001f130-\U0001f189]+"
)


def normalise(text: str) -> str:
    """Give the one form of a text: NFC, plain line ends and spaces, nothing that cannot be seen.

    Two texts that look the same have the same form; a normalised text is its own form.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _LONE_TAG.sub(r"\1", _INVISIBLE.sub("", text))
    text = _LONE_JOINER.sub("", _LONE_VARIANT.sub("", text))
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _ODD_SPACES.sub(" ", text.replace("\u2009", NARROW_SPACE))
    text = unicodedata.normalize("NFC", _HYPHENS.sub("-", _without_tabs(text)))
    lines = "\n".join(_spaced(line).rstrip() for line in text.split("\n")).strip("\n")
    return textwrap.dedent(lines).strip()


def faults(text: str) -> list[str]:
    """Name, in the editor's language, each character that cannot stand in a text, and its place."""
    said = _("%(character)s cannot stand in a text, at %(place)s")
    return [*_each(text, _is_refused, said), *_strange_words(text)]


def address_faults(address: str) -> list[str]:
    """Name each character that cannot stand in an address, and its place: what texts lose is among them."""
    said = _("%(character)s cannot stand in an address, at %(place)s")
    return [*_each(address, _is_unseen, said), *_strange_words(address)]


def plain_number(text: str) -> str:
    """Give a phone number with ordinary digits, spaces and hyphens, as pasted from anywhere."""
    ordinary = "".join(_ordinary(character) for character in normalise(text))
    return re.sub(r" +", " ", ordinary).strip()


def name(character: str) -> str:
    """Name a character as Unicode does: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    kinds = {
        "Cc": _("control character"),
        "Co": _("private character"),
        "Cn": _("unknown character"),
    }
    kind = kinds.get(unicodedata.category(character), "")
    return f"U+{ord(character):04X} {unicodedata.name(character, kind)}".strip()


@dataclass(frozen=True)
class Matching:
    """A text in the form in which words are looked for, and where each character of it stands."""

    text: str
    source: str
    places: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """Give the words as written, in one line, that stand from `start` to `end` in this form."""
        last = self.places[end - 1] + 1
        return " ".join(self.source[self.places[start] : last].split())


def matching(text: str) -> Matching:
    """Fold what a reader does not tell apart: spaces and line ends, apostrophes, hyphens, letters."""
    folded, places = list[str](), list[int]()
    source = unicodedata.normalize("NFC", text)
    for place, character in enumerate(source):
        for each in _folded(character):
            if each != " " or (folded and folded[-1] != " "):
                folded.append(each)
                places.append(place)
    return Matching("".join(folded), source, tuple(places))


@lru_cache(maxsize=1024)  # a text is made of a hundred characters, again and again
def _folded(character: str) -> str:
    if character.isspace():
        return " "
    if character in "’‘ʼ´`′＇‛":
        return "'"
    if character in "‐‑‒–—―−﹣－":
        return "-"
    if _UNREAD.match(character) or unicodedata.category(character) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", character)


def _without_tabs(text: str) -> str:
    text = re.sub(r"^[ \t]*\t[ \t]*", lambda found: found.group().expandtabs(4), text, flags=re.M)
    return re.sub(r" *\t[ \t]*", " ", text)


def _spaced(line: str) -> str:
    return _NO_BREAK.sub(
        lambda found: found.group() if _has_reason(line, found.start()) else " ", line
    )


def _has_reason(line: str, place: int) -> bool:
    before, after = line[max(0, place - 1) : place], line[place + 1 : place + 2]
    return before == "«" or before.isdigit() or bool(_BEFORE.match(after))


def _ordinary(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _folded(character)


def _each(text: str, is_wrong: Callable[[str], bool], said: str) -> list[str]:
    found = dict[str, str]()
    for place, character in enumerate(text):
        if character not in found and is_wrong(character):
            found[character] = said % {"character": name(character), "place": _place(text, place)}
    return list(found.values())


def _is_unseen(character: str) -> bool:
    is_seen = character.isalnum() or (character.isascii() and character.isprintable())
    return not is_seen or character in _BLANKS


def _is_refused(character: str) -> bool:
    if character in "\n\u200d" or 0xE0020 <= ord(character) <= 0xE007F:  # these are parts of emoji
        return False
    odd = character in _BLANKS or unicodedata.category(character) in _REFUSED
    return odd and character in normalise(f"a{character}a")


def _place(text: str, place: int) -> str:
    line = text.count("\n", 0, place) + 1
    column = place - (text.rfind("\n", 0, place) + 1) + 1
    if "\n" not in text.strip():
        return _("character %(number)d") % {"number": column}
    return _("line %(line)d, character %(number)d") % {"line": line, "number": column}


def _strange_words(text: str) -> Iterator[str]:
    for found in dict.fromkeys(match.group() for match in _BROKEN.finditer(text)):
        yield _("“%s” is a letter that broke while it was copied") % found
    for found in dict.fromkeys(match.group() for match in _STYLED.finditer(text)):
        yield _("“%s” is not written in ordinary letters") % found
    for found in dict.fromkeys(re.findall(r"[^\W_]+", text)):
        if _LETTERS_ELSEWHERE.search(found) and re.search(r"[a-zA-Z]", found):
            yield _("“%s” mixes letters of two alphabets") % found

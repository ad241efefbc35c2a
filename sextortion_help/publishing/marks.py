"""Marks that did not become anything: found in the words a reader would see, each with the form that works.

Pure functions. What is searched is the text after Markdown was read, with a stand-in for each character
that was escaped on purpose, so a mark that is still there is one that failed.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

# Stand for a character that was escaped, and for a link that works. Neither can stand in a text.
ESCAPED: Final = "\ue000"
LINKED: Final = "\ue001"

_NO_LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\s*\(([^()\n]*)\)")
_LIST: Final = re.compile(
    r"^\s*(?:[•·●○◦▪▫■□►▶‣⁃∙✓✔➢➤❖]|\+(?!\d)|\*(?=[^*\n]*$)|[-–—―]+(?=\s|[^\W\d])|o(?=\s)|\d{1,2}[.)](?=[^\W\d])|[a-z]\)(?=\s))"
    r"[^\n]*|(?<=\n)\s*\d{1,2}[.)](?=\s)[^\n]*",
    re.MULTILINE,
)
# Twice at the beginning of a line, these were meant as a list: (1), a., iv), ①, and what Word's symbols
# for a list are pasted as.
_ITEM: Final = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})[.):/°]|[»›§・Øünqlv])(?=\s)|[①-⓿❶-➓]|\d\ufe0f?\u20e3"
)
_HEADING: Final = re.compile(r"^\s*#{1,6}(?!\d)[^\n]*", re.MULTILINE)
_HTML: Final = re.compile(r"<[a-zA-Z/!?][^\s>]*>?")
_ENTITY: Final = re.compile(r"&#?\w+;")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s)”»\"]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_FAILED: Final = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|~~+|==+|\\|[\[\]|]")


def left_over(shown: str, unlinked: str) -> Iterator[str]:
    """Name each mark that would be seen in the words of one block; `unlinked` are those outside links."""
    for found in _NO_LINK.finditer(shown):
        said = _("“%(written)s” is not a link; what works is %(form)s")
        yield said % {"written": _short(found.group()), "form": _link(*found.groups())}
    shown = _NO_LINK.sub(" ", shown)
    for pattern, said in (
        (_LIST, _("“%s” is not a list; each line begins with “- ” or “1. ”, after an empty line")),
        (_HEADING, _("“%s” is not a heading; what works is “## Title”")),
        (_HTML, _("HTML is not allowed: %s")),
        (_ENTITY, _("write the character itself, not %s")),
    ):
        yield from (said % _short(found.group()) for found in pattern.finditer(shown))
        shown = pattern.sub(" ", shown)
    yield from _same_starts(shown)
    for found in _ADDRESS.finditer(unlinked):
        address = found.group().rstrip(".,;:?")
        said = _("“%(written)s” is not a link; what works is %(form)s")
        yield said % {"written": address, "form": _link(_("words"), address)}
    for mark in dict.fromkeys(_FAILED.findall(_ADDRESS.sub(" ", shown))):
        said = _("“%(mark)s” would be seen as it stands; to show it, write %(form)s")
        yield said % {"mark": mark, "form": "".join(f"\\{each}" for each in mark)}


def _same_starts(shown: str) -> Iterator[str]:
    """Two lines that begin alike were meant as a list: "✅ one", "✅ two", or "a. one", "b. two"."""
    alike: dict[str, list[str]] = {}
    for start in filter(None, (_start(line.strip()) for line in shown.split("\n"))):
        alike.setdefault(re.sub(r"\w+", "1", start), []).append(start)
    for first, *others in alike.values():
        if others:
            said = _("“%s” is not a list; each line begins with “- ” or “1. ”, after an empty line")
            yield said % first


def _start(line: str) -> str:
    """Give what a line begins with, if that may stand for the mark of a list."""
    found = _ITEM.match(line)
    is_symbol = not found and unicodedata.category(line[:1] or " ").startswith("S")
    return found.group() if found else line[:1] if is_symbol else ""


def _link(words: str, address: str) -> str:
    address = re.sub(r"\s", "", address)
    if address.startswith("tel:"):
        address = "tel:" + re.sub(r"[^\d+]", "", address)
    elif re.fullmatch(r"[\w.+-]+@[\w.-]+", address):
        address = f"mailto:{address}"
    elif not address.startswith(("https://", "/", "mailto:")):
        address = "https://" + re.sub(r"^http://", "", address)
    return f"[{words.strip()}]({address})"


def _short(words: str) -> str:
    words = " ".join(words.replace(ESCAPED, "…").replace(LINKED, "…").split())
    return words if len(words) <= 60 else f"{words[:60]}…"

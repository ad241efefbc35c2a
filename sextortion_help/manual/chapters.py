"""The manual of the desk: a folder of chapters for each language, docs/manual/nl/pages.md.

A chapter is Markdown as editors write it, and pictures: a line of its own, ![what it shows](form.webp).
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from sextortion_help.publishing.content import LANGUAGES, Text
from sextortion_help.publishing.markdown import html

FOLDER: Final = Path(settings.BASE_DIR) / "docs" / "manual"
# In the order in which a newcomer reads them.
CHAPTERS: Final = (
    "start", "desk", "texts", "publishing", "second-person", "services", "pages", "self-check",
    "practice-chat", "translating", "people", "moving",
)  # fmt: skip
# What part of the name of an address leads to which chapter; the first that fits counts.
_ABOUT: Final = {
    "publishing": ("publish", "undo", "version", "versions", "retire"),
    "desk": ("desk",),
    "second-person": ("release",),
    "people": ("user", "way", "ways", "factor", "record", "password"),
    "translating": ("texts",),
    "moving": ("document",),
    "services": ("country", "gap", "service", "channel"),
    "pages": ("page", "step", "app", "letter", "message"),
    "self-check": ("selfcheck", "question", "answer", "ending"),
    "practice-chat": ("practice", "contact", "turn", "reply", "tactic", "outcome"),
}
_PICTURE: Final = re.compile(r"^!\[([^\]]+)\]\(([a-z-]+)\.webp\)$", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """Some text of a chapter as safe HTML, or a picture of a screen with what it shows."""

    html: str = ""
    picture: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Chapter:
    """One chapter in one language."""

    name: str
    title: str
    pieces: tuple[Piece, ...]


@cache
def chapter(language: str, name: str) -> Chapter:
    """Read a chapter; in the first language that has a manual, where this one has none."""
    written = language if (FOLDER / language).is_dir() else LANGUAGES[0]
    first, _, rest = (FOLDER / written / f"{name}.md").read_text("utf-8").partition("\n")
    texts = _PICTURE.split(rest)
    pieces = []
    for words, shows, picture in zip(
        texts[::3], [*texts[1::3], ""], [*texts[2::3], ""], strict=True
    ):
        if words.strip():
            pieces.append(Piece(html=html(Text(**{written: words})).within(written)))
        if picture:
            pieces.append(Piece(picture=f"{written}/{picture}.webp", shows=shows))
    return Chapter(name, first.removeprefix("# ").strip(), tuple(pieces))


def about(url_name: str) -> str:
    """Name the chapter about a screen of the desk, by the name of its address: "guidance_page_change"."""
    words = set(url_name.split("_"))
    return next((name for name, known in _ABOUT.items() if words & set(known)), CHAPTERS[0])


def picture(language: str, name: str) -> Path | None:
    """Give the file of a picture, or None when no chapter has it."""
    path = FOLDER / language / f"{name}.webp"
    return path if language in LANGUAGES and path.is_file() else None

"""The frozen, typed content that visitors read. Built from drafts, kept in a Version, held in memory."""

import html
import re
from typing import TYPE_CHECKING, Any, Self

import msgspec
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from sextortion_help.publishing.live import Live

LANGUAGES: tuple[str, ...] = tuple(code for code, _ in settings.LANGUAGES)


class Text(msgspec.Struct, frozen=True):
    """Plain text in the three languages. As a string it is the text in the active language."""

    nl: str = ""
    fr: str = ""
    en: str = ""

    @classmethod
    def of(cls, draft: Any, field: str) -> Self:
        """Read the three columns of a translated field of a draft. An empty column gives ""."""
        return cls(**{code: getattr(draft, f"{field}_{code}") or "" for code in LANGUAGES})

    def __str__(self) -> str:
        return str(getattr(self, get_language() or settings.LANGUAGE_CODE))

    def __bool__(self) -> bool:
        return bool(self.nl or self.fr or self.en)


class Html(Text, frozen=True):
    """Like Text, but sanitised HTML, made by `markdown.html()` when its draft was published."""

    def __str__(self) -> SafeString:
        return mark_safe(super().__str__())  # noqa: S308  sanitised by nh3 before it was frozen

    def __html__(self) -> str:
        return str(self)


def plain_words(part: msgspec.Struct, language: str) -> str:
    """Give all words of this content and its parts in one language, one block a line, without marks."""
    lines = []
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, Text):
            lines.append(_without_marks(getattr(value, language)))
        elif isinstance(value, tuple):
            lines += [
                plain_words(item, language) for item in value if isinstance(item, msgspec.Struct)
            ]
    return "\n".join(lines)


def _without_marks(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|h\d)>|<br>", "\n", markup)))


class Content(msgspec.Struct, frozen=True):
    """What every kind of content has: its code, and its place among others of its kind."""

    code: str
    order: int

    def lacks(self, after: "Live") -> list[str]:
        """Name what this content cannot do without and `after` has not, such as a page it shows."""
        return []

"""The frozen, typed content that visitors read. Built from drafts, kept in a Version, held in memory.

Pure: it knows no model, no database and no address but its own.
"""

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final, Self

import msgspec
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

LANGUAGES: Final[tuple[str, ...]] = tuple(code for code, _ in settings.LANGUAGES)
# Those that visitors see. The others can be written, and publish what is written, but nobody is led there.
OPEN_LANGUAGES: Final[tuple[str, ...]] = tuple(settings.OPEN_LANGUAGES)

_Columns: Any = msgspec.defstruct(
    "_Columns", [(code, str, "") for code in LANGUAGES], frozen=True, module=__name__
)


class Text(_Columns, frozen=True):  # type: ignore[misc,call-arg]  # its fields are settings.LANGUAGES
    """Plain text, one field for each language. As a string it is the text in the active language."""

    @classmethod
    def of(cls, draft: Any, name: str) -> Self:
        """Read the columns of a translated field of a draft. An empty column gives ""."""
        return cls(**{code: getattr(draft, f"{name}_{code}") or "" for code in LANGUAGES})

    def within(self, language: str) -> str:
        """Give the text in one language; "" when it is not written."""
        return str(getattr(self, language))

    def __str__(self) -> str:
        return self.within(get_language() or settings.LANGUAGE_CODE)

    def __bool__(self) -> bool:
        return any(getattr(self, code) for code in LANGUAGES)


class Html(Text, frozen=True):  # type: ignore[call-arg]  # as above
    """Like Text, but sanitised HTML, made by `markdown.html()` when its draft was published."""

    def __str__(self) -> SafeString:
        return mark_safe(super().__str__())  # noqa: S308  sanitised by nh3 before it was frozen

    def __html__(self) -> str:
        return str(self)


class Content(msgspec.Struct, frozen=True):
    """What every kind of content has: its code, and its place among others of its kind."""

    # the name in urls.py of the page whose address is the first of `paths`
    view: ClassVar[str]
    # the shorter address of the first of its kind, where there is one
    first_path: ClassVar[str] = ""

    code: str
    order: int

    @property
    def paths(self) -> tuple[str, ...]:
        """Every address at which visitors meet it, without language, "/steps/paid/"; its own first."""
        raise NotImplementedError

    @property
    def path(self) -> str:
        """Its own address, without language."""
        return self.paths[0]

    @property
    def moved(self) -> dict[str, str]:
        """Addresses that lead on, each with the one of its own that it leads to."""
        return {}

    @property
    def opens(self) -> tuple[str, ...]:
        """The languages in which it opens places: only a country does, and is a place's country."""
        return ()

    @property
    def words(self) -> dict[str, Text]:
        """What placeholders, such as {emergency}, stand for in the places it opens."""
        return {}

    @property
    def choices(self) -> dict[str, str]:
        """What a visitor chooses on the page at `path` to see it; {} when it is there at once."""
        return {}

    @property
    def shows(self) -> tuple[str, ...]:
        """The addresses of other content that it shows, besides the links in its texts."""
        return ()


class Linked(Content, frozen=True):
    """Content that the site itself links to. `entries` says from where: see models.Entry."""

    # how its door looks
    icon: ClassVar[str] = "heart"
    tone: ClassVar[str] = "calm"

    entries: tuple[str, ...] = ()
    entry_title: Text = Text()
    entry_text: Text = Text()


# What is read of contents: (a kind, a code), (a kind, "") for all of it, (Linked, an entry).
type Read = tuple[type[Content], str]

_read: ContextVar[set[Read] | None] = ContextVar("read", default=None)


@contextmanager
def noting() -> Iterator[set[Read]]:
    """Collect what is read of contents while a page is made. Not its addresses: see places.changes()."""
    read: set[Read] = set()
    token = _read.set(read)
    try:
        yield read
    finally:
        _read.reset(token)


def _note(kind: type[Content], name: str) -> None:
    if (read := _read.get()) is not None:
        read.add((kind, name))


@dataclass(frozen=True, eq=False)
class Contents:
    """All content of one revision. `items` is keyed by (kind of content, code).

    With a `country` it is what the places of that country show: see places.at().
    """

    revision: int = 0
    items: dict[tuple[type[Content], str], Content] = field(default_factory=dict)
    country: str = ""

    def get[C: Content](self, kind: type[C], code: str) -> C | None:
        """Give the content of this kind and code, or None."""
        _note(kind, code)
        return self.items.get((kind, code))  # type: ignore[return-value]  # the key names the type

    def all[C: Content](self, kind: type[C]) -> tuple[C, ...]:
        """Give all content of a kind, in the order the editors chose."""
        _note(kind, "")
        return self._sorted.get(kind, ())  # type: ignore[return-value]  # the key names the type

    def whose_address[C: Content](self, kind: type[C], path: str) -> C | None:
        """Give the content of this kind that visitors meet at an address, "/steps/paid/", or None."""
        found = self._owners.get((kind, path))
        return self.get(kind, found.code) if found else None

    def linked(self, entry: str) -> tuple[Linked, ...]:
        """Give what the site links to from one of its places, in the order the editors chose."""
        _note(Linked, entry)
        return self._linked.get(entry, ())

    def address(self, content: Content) -> str:
        """Give the address at which to link to a content, without language."""
        first = content.first_path and self.all(type(content))[0] is content
        return content.first_path if first else content.path

    @cached_property
    def filled_in(self) -> frozenset[str]:
        """Every name that content gives words to, such as "app" of {app}."""
        return frozenset(name for content in self.items.values() for name in content.words)

    @cached_property
    def linking(self) -> frozenset[str]:
        """Those of these names that become a link."""
        return frozenset(
            name
            for content in self.items.values()
            for name, words in content.words.items()
            if isinstance(words, Html)
        )

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every address that is live, without language."""
        return frozenset(path for content in self.items.values() for path in content.paths) | {"/"}

    @cached_property
    def moved(self) -> dict[str, str]:
        """Addresses that lead on to others, without language."""
        return {
            old: new
            for content in self.items.values()
            for old, new in content.moved.items()
            if old not in self.paths
        }

    def has_path(self, path: str) -> bool:
        """Tell whether an address without language, "/steps/paid/#stop", leads to a page that is live."""
        return self.answers(re.split(r"[?#]", path)[0])

    def answers(self, path: str) -> bool:
        """Tell whether a request for this path, as it came, gets a page or is led to one."""
        return path in self.paths or path in self.moved

    def plus(self, contents: Iterable[Content]) -> "Contents":
        """What would be live if these were published too."""
        new = {(type(content), content.code): content for content in contents}
        return Contents(self.revision, {**self.items, **new})

    def minus(self, contents: Iterable[Content]) -> "Contents":
        """What would be live without these."""
        gone = {(type(content), content.code) for content in contents}
        return Contents(self.revision, {k: v for k, v in self.items.items() if k not in gone})

    @cached_property
    def _sorted(self) -> dict[type[Content], tuple[Content, ...]]:
        kinds: dict[type[Content], list[Content]] = {}
        for content in self.items.values():
            kinds.setdefault(type(content), []).append(content)
        return {kind: tuple(sorted(found, key=_order)) for kind, found in kinds.items()}

    @cached_property
    def _owners(self) -> dict[tuple[type[Content], str], Content]:
        return {(type(each), path): each for each in self.items.values() for path in each.paths}

    @cached_property
    def _linked(self) -> dict[str, tuple[Linked, ...]]:
        entries: dict[str, list[Linked]] = {}
        for content in self.items.values():
            if isinstance(content, Linked):
                for entry in content.entries:
                    entries.setdefault(entry, []).append(content)
        return {entry: tuple(sorted(found, key=_order)) for entry, found in entries.items()}


def _order(content: Content) -> tuple[int, str]:
    return (content.order, content.code)


def texts(part: msgspec.Struct) -> Iterator[Text]:
    """Give every text of this content and of its parts, in the order in which they are frozen."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, Text):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, msgspec.Struct):
                    yield from texts(item)


def plain_words(content: Content, language: str) -> str:
    """Give all words of this content and its parts in one language, one block a line, without marks."""
    return "\n".join(_without_marks(text.within(language)) for text in texts(content))


def _without_marks(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|h\d)>|<br>", "\n", markup)))

"""Places: a language in a country. Which there are, and what the content says in one. Pure.

A page is for a place: every number and law on it belongs to that country. In a text, a part between
the lines `::: BE NL` and `:::` is for these countries only (see markdown.py), {emergency} and the like
are filled in, and links to our own pages lead to the same place.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from html import escape
from importlib import import_module
from typing import Any, Final, NamedTuple, cast

import msgspec
from django.conf import settings
from django.urls import get_urlconf, set_urlconf
from django.utils import translation

from sextortion_help.publishing.content import (
    LANGUAGES,
    OPEN_LANGUAGES,
    Content,
    Contents,
    Html,
    Linked,
    Read,
    Text,
)

# What stands between curly brackets in a text: a placeholder, or the blank of a letter.
PLACEHOLDER: Final = re.compile(r"{(\w+)}")
_FOR_SOME: Final = re.compile(r'<div data-for="([A-Z ]+)">\n(.*?)</div>\n?', re.DOTALL)
_OWN_LINK: Final = re.compile(rf'href="/({"|".join(LANGUAGES)})(/[^"?#]*)')


class Place(NamedTuple):
    """A language in a country: "nl", "BE"."""

    language: str
    country: str

    @property
    def prefix(self) -> str:
        """How every address in it begins: "/nl-be"."""
        return f"/{self.language}-{self.country.lower()}"

    @property
    def tag(self) -> str:
        """Its name for browsers and search engines: "nl-BE"."""
        return f"{self.language}-{self.country}"


_here: ContextVar[Place | None] = ContextVar("place", default=None)


def current() -> Place | None:
    """Give the place of the page that is being made, None outside one."""
    return _here.get()


def activate(place: Place | None) -> None:
    """Make pages for this place, in its language."""
    _here.set(place)
    set_urlconf(_urls(place) if place else None)  # type: ignore[arg-type]  # it need not be a name
    if place:
        translation.activate(place.language)


@contextmanager
def within(place: Place) -> Iterator[None]:
    """Make pages for this place for a while."""
    before, urls = current(), get_urlconf()
    with translation.override(place.language):
        _here.set(place)
        set_urlconf(_urls(place))  # type: ignore[arg-type]  # as above
        try:
            yield
        finally:
            _here.set(before)
            set_urlconf(urls)


class _Urls:
    """The addresses of the site for one place: Django remembers a prefix for each of these, and language."""

    def __getattr__(self, name: str) -> Any:
        root: Any = settings.ROOT_URLCONF  # a name; in some tests, a module
        return getattr(import_module(root) if isinstance(root, str) else root, name)


@cache
def _urls(place: Place) -> _Urls:
    # Django takes anything with `urlpatterns`, though its types name a module only
    return _Urls()


@lru_cache(maxsize=8)
def places(contents: Contents) -> tuple[Place, ...]:
    """Give every place that has addresses: the first country's first, then as the editors ordered them."""
    countries = sorted(
        (content for content in contents.items.values() if content.opens),
        key=lambda content: (content.code != settings.FIRST_COUNTRY, content.order, content.code),
    )
    return tuple(
        Place(language, content.code)
        for content in countries
        for language in content.opens
        if language in OPEN_LANGUAGES
    )


def countries(contents: Contents) -> tuple[str, ...]:
    """Give the countries that have places."""
    return tuple(dict.fromkeys(place.country for place in places(contents)))


def first_place(contents: Contents, language: str) -> Place | None:
    """Give the place for somebody of whom only the language is known; the first when nobody speaks it."""
    there = places(contents)
    spoken = (place for place in there if place.language == language)
    return next(spoken, next(iter(there), None))


def sister(contents: Contents, country: str, language: str) -> Place:
    """Give the place of a country in this language, else in the country's first."""
    there = [place for place in places(contents) if place.country == country]
    return next((place for place in there if place.language == language), there[0])


@lru_cache(maxsize=32)
def at(contents: Contents, country: str) -> Contents:
    """Give what the places of a country show: without what is for others only, with the blanks filled in.

    A country that opens no places yet shows everything there is.
    """
    words = _words(contents, country)
    items = {
        key: cast("Content", _local(content, country, words, contents.moved))
        for key, content in contents.items.items()
        if _is_for(content, country)
    }
    return Contents(contents.revision, items, country)


def changes(before: Contents, after: Contents) -> frozenset[Read] | None:
    """Name what reads differently after a publish, as `noting()` collects it; None when anything may.

    That is when a place or a blank that it fills in changed, or an address: a page says of others where
    they are, and whether they are there.
    """
    pairs = [
        (before.items.get(key), after.items.get(key))
        for key in before.items.keys() | after.items.keys()
        if before.items.get(key) is not after.items.get(key)
    ]
    changed = [content for pair in pairs for content in pair if content]
    if any(content.opens or content.words for content in changed) or any(
        _addresses(before, country) != _addresses(after, country) for country in countries(after)
    ):
        return None
    found: set[Read] = set()
    for content in changed:
        found |= {(type(content), content.code), (type(content), "")}
        if isinstance(content, Linked):
            found |= {(Linked, entry) for entry in content.entries}
    return frozenset(found)


def _addresses(contents: Contents, country: str) -> tuple[frozenset[str], dict[str, str]]:
    here = at(contents, country)
    return here.paths, here.moved


def placeholders(contents: Contents) -> set[str]:
    """Name everything that is filled in."""
    return {*contents.filled_in, *_site()}


def _site() -> dict[str, Text]:
    return {
        "organisation": Text(**dict.fromkeys(LANGUAGES, settings.ORGANISATION)),
        "organisation_contact": Text(**dict.fromkeys(LANGUAGES, settings.ORGANISATION_CONTACT)),
    }


def _words(contents: Contents, country: str) -> dict[str, Text]:
    found = (content.words for content in contents.items.values() if content.code == country)
    return _site() | next(filter(None, found), {})


def _is_for(part: Any, country: str) -> bool:
    chosen = getattr(part, "countries", ())
    return not chosen or country in chosen


def _local(
    part: msgspec.Struct, country: str, words: dict[str, Text], moved: dict[str, str]
) -> msgspec.Struct:
    """Give a part as it is in a country; the same object where nothing is different there."""
    changed: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        here: Any = value
        if isinstance(value, Text):
            here = _filled(value, country, words, moved)
        elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
            here = tuple(
                _local(item, country, words, moved) for item in value if _is_for(item, country)
            )
        if here != value:
            changed[name] = here
    return msgspec.structs.replace(part, **changed) if changed else part


def _filled(text: Text, country: str, words: dict[str, Text], moved: dict[str, str]) -> Text:
    is_html = isinstance(text, Html)
    return type(text)(
        **{
            language: _fill(written, Place(language, country), words, moved, is_html=is_html)
            for language in LANGUAGES
            if (written := text.within(language))
        }
    )


def _fill(
    written: str, place: Place, words: dict[str, Text], moved: dict[str, str], *, is_html: bool
) -> str:
    def word(found: re.Match[str]) -> str:
        value = words.get(found[1])
        if value is None:
            return found[0]
        said = value.within(place.language)
        if is_html:
            return said if isinstance(value, Html) else escape(said)
        return re.sub(r"<[^>]+>", "", said) if isinstance(value, Html) else said

    def link(found: re.Match[str]) -> str:
        there = Place(found[1], place.country)
        return f'href="{there.prefix}{moved.get(found[2], found[2])}'

    if is_html and "<" in written:
        written = _FOR_SOME.sub(
            lambda found: found[2] if place.country in found[1].split() else "", written
        )
        written = _OWN_LINK.sub(link, written)
    return PLACEHOLDER.sub(word, written) if "{" in written else written

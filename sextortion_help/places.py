"""How an address names a place, and where an address leads that names none that is there."""

import re
from typing import Final

from django.http import HttpRequest
from django.urls.converters import StringConverter
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation.trans_real import parse_accept_lang_header

from sextortion_help.publishing.content import OPEN_LANGUAGES, Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import (
    Place,
    at,
    countries,
    current,
    first_place,
    places,
    sister,
)

_NAMES_A_PLACE: Final = re.compile(r"([a-z]{2})-([a-z]{2})")
_LONGEST_HEADER: Final = 500  # no browser sends more languages


class PlacePrefix(LocalePrefixPattern):
    """The beginning of every public address: that of the place whose page is being made."""

    @property
    def language_prefix(self) -> str:
        place = current()
        return f"{place.prefix[1:]}/" if place else "no-place/"


def place_of(contents: Contents, path: str) -> Place | None:
    """Give the place that an address names: that of "/nl-be/steps/7/" is nl, BE."""
    first = path[1:].partition("/")[0]
    return next((place for place in places(contents) if place.prefix[1:] == first), None)


def instead_of(contents: Contents, path: str) -> str:
    """Give where an address leads whose place is not there; "" when what it says is nowhere.

    "/nl/…" is from before there were places; "/NL_be/…" was typed; of a country that has no addresses
    of its own, or none in this language, the help is elsewhere on this site.
    """
    first, _, rest = path[1:].partition("/")
    written = first.lower().replace("_", "-")
    if written in OPEN_LANGUAGES:
        return _there(contents, first_place(contents, written), f"/{rest}")
    named = _NAMES_A_PLACE.fullmatch(written)
    if not named:
        return ""
    language, country = named[1], named[2].upper()
    if Place(language, country) in places(contents):
        named_well = written == first
        return "" if named_well else _there(contents, Place(language, country), f"/{rest}")
    if language not in OPEN_LANGUAGES:
        return ""
    if country in countries(contents):
        return _there(contents, sister(contents, country, language), f"/{rest}")
    return _there(contents, first_place(contents, language), f"/lines/{country.lower()}/")


def _there(contents: Contents, place: Place | None, path: str) -> str:
    """Give the address of a path in a place; "" where it is not live: nobody is led to what is not there."""
    if place is None or not at(contents, place.country).answers(path):
        return ""
    return f"{place.prefix}{path}"


class ElsewhereConverter(StringConverter):
    """A whole address that leads elsewhere, as where it leads. No other is one: it is not found at once."""

    regex = ".+"

    def to_python(self, value: str) -> str:
        contents = live()
        address = instead_of(contents, f"/{value}/")
        if contents.revision and not address:
            raise ValueError
        return address


def liked_place(request: HttpRequest, contents: Contents) -> Place | None:
    """Give the place for a browser that says only what it likes to read, as "nl-NL, en;q=0.8"."""
    there = places(contents)
    for code in _liked(request):
        language, _, country = code.partition("-")
        named = Place(language, country.upper())
        if named in there:
            return named
        if any(place.language == language for place in there):
            return first_place(contents, language)
    english = first_place(contents, "en")
    return english if english and english.language == "en" else next(iter(there), None)


def liked_language(request: HttpRequest) -> str:
    """Give the language that this browser likes best among those that visitors see."""
    liked = (code.partition("-")[0] for code in _liked(request))
    return next((code for code in liked if code in OPEN_LANGUAGES), OPEN_LANGUAGES[0])


def _liked(request: HttpRequest) -> list[str]:
    header = request.headers.get("Accept-Language", "")
    if len(header) > _LONGEST_HEADER:
        header = header[:_LONGEST_HEADER].rpartition(",")[0]
    return [code for code, quality in parse_accept_lang_header(header) if quality]

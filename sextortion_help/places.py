"""How an address names a place, and where an address leads that names none that is there."""

import re
from typing import Final

from django.http import HttpRequest
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation.trans_real import parse_accept_lang_header

from sextortion_help.publishing.content import OPEN_LANGUAGES, Contents
from sextortion_help.publishing.places import Place, current, first_place, places, sister

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
    """Give where an address leads whose place is not there; "" when it says nothing we know.

    "/nl/…" is from before there were places; "/NL_be/…" was typed; of a country that has no addresses
    of its own, or none in this language, the help is elsewhere on this site.
    """
    first, _, rest = path[1:].partition("/")
    written = first.lower().replace("_", "-")
    if written in OPEN_LANGUAGES:
        there = first_place(contents, written)
        return f"{there.prefix}/{rest}" if there else ""
    named = _NAMES_A_PLACE.fullmatch(written)
    if not named:
        return ""
    language, country = named[1], named[2].upper()
    if Place(language, country) in places(contents):
        return f"/{written}/{rest}" if written != first else ""
    if any(place.country == country for place in places(contents)):
        known = language in OPEN_LANGUAGES
        return f"{sister(contents, country, language).prefix}/{rest}" if known else ""
    here = first_place(contents, language) if language in OPEN_LANGUAGES else None
    lines = f"/lines/{country.lower()}/"
    return f"{here.prefix}{lines}" if here and contents.has_path(lines) else ""


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

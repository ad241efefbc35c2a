"""The screen that shows a draft as visitors would see it: the public page, with what would be live."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from sextortion_help.publishing.content import (
    LANGUAGES,
    OPEN_LANGUAGES,
    Content,
    Contents,
)
from sextortion_help.publishing.places import Place, at, places, within


def preview(request: HttpRequest, content: Content, after: Contents, place: Place) -> HttpResponse:
    """Answer with the public page at the content's address in a place, as if `after` were live.

    A chat can be played: it posts to this address. What a visitor must choose first, is chosen.
    """
    with within(place):
        here = at(after, place.country)
        match = resolve(f"{place.prefix}{content.path}")
        page: Any = match.func  # made by sextortion_help.public
        if content.choices and request.method == "GET":
            request.method = "POST"
            chosen = QueryDict(mutable=True)
            chosen.update(content.choices)
            request.POST = chosen  # type: ignore[assignment]  # a QueryDict as Django makes it
        request.contents = here  # type: ignore[attr-defined]  # as sextortion_help.public does
        response: HttpResponse = page.view(request, here, **match.kwargs)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def previewed(contents: Contents, chosen: Iterable[str] = ()) -> list[tuple[str, Place]]:
    """Give the places to preview in, by their names in an address; `chosen` countries, else all.

    A language visitors do not see yet has no place: it is looked at in the first country.
    """
    there = [place for place in places(contents) if not chosen or place.country in chosen]
    hidden = [
        Place(code, settings.FIRST_COUNTRY) for code in LANGUAGES if code not in OPEN_LANGUAGES
    ]
    return [(place.prefix[1:], place) for place in [*there, *hidden]]

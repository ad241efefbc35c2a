"""The screen that shows a draft as visitors would see it: the public page, with what would be live.

A banner says that it is a draft, and links to our own pages lead to their previews, with this draft in
them. The way out of the site leads nowhere: who previews wants to stay.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from sextortion_help.publishing.content import (
    LANGUAGES,
    OPEN_LANGUAGES,
    Content,
    Contents,
)
from sextortion_help.publishing.places import Place, at, places, within

# the link that skips everything stays the first of the page
_BODY: Final = re.compile(r'<body[^>]*>(?:.*?<a class="skip"[^>]*>[^<]*</a>)?', re.DOTALL)
_LINK: Final = re.compile(r'(\s(?:href|action|hx-post|hx-get))="/([a-z-]+)(/[^"]*)?"')
_EXIT: Final = re.compile(r'href="/exit/[^"]*"(\s+)data-exit')

# takes the name of a place and a path in it, "steps/7/"; gives the address of the preview
type Address = Callable[[str, str], str]


def preview(request: HttpRequest, content: Content, after: Contents, place: Place, path: str = "") -> HttpResponse:  # fmt: skip
    """Answer with the public page at `path`, else the content's own, in a place, as if `after` were live.

    A chat can be played: it posts to this address. What a visitor must choose first, is chosen. Raises
    Http404 where there is no such page.
    """
    with within(place):
        here = at(after, place.country)
        own = content.path
        try:
            match = resolve(f"{place.prefix}{path or own}")
        except Resolver404 as error:
            raise Http404 from error
        page: Any = match.func  # made by sextortion_help.public
        if not hasattr(page, "view") or (path and not here.has_path(path)):
            raise Http404
        if content.choices and request.method == "GET" and path in ("", own):
            request.method = "POST"
            chosen = QueryDict(mutable=True)
            chosen.update(content.choices)
            request.POST = chosen  # type: ignore[assignment]  # a QueryDict as Django makes it
        request.contents = here  # type: ignore[attr-defined]  # as sextortion_help.public does
        response: HttpResponse = page.view(request, here, **match.kwargs)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def moved(
    after: Contents, place: Place, path: str, address: Address
) -> HttpResponseRedirect | None:
    """Lead on from an address that leads on, within the preview."""
    to = at(after, place.country).moved.get(path)
    return HttpResponseRedirect(address(place.prefix[1:], to)) if to else None


def as_draft(response: HttpResponse, banner: dict[str, Any], there: Iterable[str], address: Address) -> HttpResponse:  # fmt: skip
    """Mark a page of the site as a draft, and keep its links to the places of `there` in the preview."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return response
    known = set(there)

    def inside(found: re.Match[str]) -> str:
        attribute, name, path = found.groups()
        if name not in known:
            return found[0]
        path, hash_, rest = (path or "/").partition("#")
        return f'{attribute}="{address(name, path)}{hash_}{rest}"'

    page = _EXIT.sub(r'href="#main"\1', response.content.decode())
    page = _LINK.sub(inside, page)
    words = render_to_string("admin/publishing/draft_banner.html", banner)
    response.content = _BODY.sub(lambda found: found[0] + words, page, count=1)
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

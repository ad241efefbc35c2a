"""The screen that shows drafts as visitors would see them: a public page, with what would be live.

A banner says that it is a draft, and links to our own pages lead to their previews, with these drafts in
them. The way out of the site leads nowhere: who previews wants to stay. A preview may stand in a frame of
the form, and in no other; it writes nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.csp import CSP

from sextortion_help.publishing.content import LANGUAGES, OPEN_LANGUAGES, Content, Contents
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.places import Place, at, places, within

IN_A_FRAME: Final = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
WITH_A_FRAME: Final = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
STEP: Final = "step"  # what a visitor sends to see a step of a tree, in the address of a preview

# the link that skips everything stays the first of the page
_BODY: Final = re.compile(r'<body[^>]*>(?:.*?<a class="skip"[^>]*>[^<]*</a>)?', re.DOTALL)
_LINK: Final = re.compile(r'(\s(?:href|action|hx-post|hx-get))="/([a-z-]+)(/[^"]*)?"')
_EXIT: Final = re.compile(r'href="/exit/[^"]*"(\s+)data-exit')
_OUTSIDE: Final = re.compile(r'<a(?=\s)([^>]*\shref="https?:)')

# takes the name of a place and a path in it, "steps/7/"; gives the address of the preview
type Address = Callable[[str, str], str]


@dataclass(frozen=True)
class Screen:
    """A preview: what would be live, where its pages stand, and what its banner says.

    `content` is what it is of, and its own page the first; None for several drafts, which begin at home.
    """

    after: Contents
    address: Address
    content: Content | None = None
    banner: Mapping[str, Any] = field(default_factory=dict)


def show(request: HttpRequest, screen: Screen, place: str, path: str = "") -> HttpResponse:
    """Answer with the page at `path` ("/steps/7/"), else the first, in a place by its name.

    Raises Http404 where there is no such page or place.
    """
    own = dict(previewed(screen.after, getattr(screen.content, "countries", ())))
    there = dict(previewed(screen.after)) if path else own
    if place not in there:
        raise Http404
    if led := _moved(screen, there[place], path or "/"):
        return led
    request.languages = [  # type: ignore[attr-defined]  # read by context.site
        (each.language, screen.address(code, path or "/"))
        for code, each in there.items()
        if each.country == there[place].country
    ]
    shown = _page(request, screen, there[place], path)
    links = [(code, screen.address(code, "/")) for code in own]
    if screen.content is None:  # the same page elsewhere
        has = {
            each.country for each in there.values() if at(screen.after, each.country).has_path(path)
        }
        links = [(code, screen.address(code, path)) for code in own if own[code].country in has]
    banner = {"here": place, "places": links, "typed": False, "drafts": [], **screen.banner}
    return framed(as_draft(shown, banner, dict(previewed(screen.after)), screen.address))


def _page(request: HttpRequest, screen: Screen, place: Place, path: str) -> HttpResponse:
    """Make the public page. A chat can be played: it posts to this address. What a visitor must choose
    first, is chosen; so is what leads to a step.
    """
    content = screen.content
    own = content.path if content else "/"
    with within(place):
        here = at(screen.after, place.country)
        try:
            match = resolve(f"{place.prefix}{path or own}")
        except Resolver404 as error:
            raise Http404 from error
        page: Any = match.func  # made by sextortion_help.public
        if not hasattr(page, "view") or (path and not here.has_path(path)):
            raise Http404
        if content and request.method == "GET" and path in ("", own):
            chosen = QueryDict(request.GET.get(STEP, "")[:4000], mutable=True)
            chosen.update(content.choices)
            if chosen:
                request.method = "POST"
                request.POST = chosen  # type: ignore[assignment]  # a QueryDict as Django makes it
        request.contents = here  # type: ignore[attr-defined]  # as sextortion_help.public does
        response: HttpResponse = page.view(request, here, **match.kwargs)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _moved(screen: Screen, place: Place, path: str) -> HttpResponseRedirect | None:
    """Lead on from an address that leads on, within the preview."""
    to = at(screen.after, place.country).moved.get(path)
    return HttpResponseRedirect(screen.address(place.prefix[1:], to)) if to else None


def framed(response: HttpResponse) -> HttpResponse:
    """Let a page of the staff area stand in a frame of the staff area."""
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_config = IN_A_FRAME  # type: ignore[attr-defined]  # as csp_override() does
    return response


def as_draft(response: HttpResponse, banner: Mapping[str, Any], there: Iterable[str], address: Address) -> HttpResponse:  # fmt: skip
    """Mark a page of the site as a draft, and keep its links to the places of `there` in the preview.

    Links to other sites open a window of their own: in the frame there is no room for them.
    """
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
    page = _OUTSIDE.sub(r'<a target="_blank"\1', page)
    words = render_to_string("admin/publishing/draft_banner.html", dict(banner))
    response.content = _BODY.sub(lambda found: found[0] + words, page, count=1)
    return response


def step_of(row: Draft) -> str:
    """Give what follows the address of a preview of the whole, so that it opens where a row is seen."""
    sent, fragment = row.seen_at
    query = f"?{urlencode({STEP: urlencode(sent)})}" if sent else ""
    return query + (f"#{fragment}" if fragment else "")


def previewed(contents: Contents, chosen: Iterable[str] = ()) -> list[tuple[str, Place]]:
    """Give the places to preview in, by their names in an address; `chosen` countries, else all.

    A language visitors do not see yet has no place: it is looked at in the first country.
    """
    there = [place for place in places(contents) if not chosen or place.country in chosen]
    hidden = [
        Place(code, settings.FIRST_COUNTRY) for code in LANGUAGES if code not in OPEN_LANGUAGES
    ]
    return [(place.prefix[1:], place) for place in [*there, *hidden]]

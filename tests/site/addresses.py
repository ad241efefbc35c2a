"""Every public address, and every public page of the URLs, so that a new page cannot escape the guards."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import Place, at, places, within
from tests.site.html import Parsed

# What no visitor reads as a page: it leads on, or it is for machines. All else is a page, or for staff.
NOT_PAGES = {
    "",
    "<elsewhere:to>/",
    "exit/",
    "exit/<slug:language>/",
    "health/",
    "robots.txt",
    "sitemap.xml",
    ".well-known/security.txt",
    "favicon.ico",
}
STAFF = "admin/"
_LINES_OF_A_COUNTRY = re.compile(r"/lines/[a-z]{2}/")


def addresses(place: Place) -> list[str]:
    """Give the address of every page to look at in a place: "/nl-be/steps/paid/". Needs content in memory.

    In the first place every one that is live; elsewhere not the lines of other countries, which are a
    template more with the same rows.
    """
    paths = sorted(at(live(), place.country).paths)
    if place != places(live())[0]:
        paths = [path for path in paths if not _LINES_OF_A_COUNTRY.match(path)]
    return [f"{place.prefix}{path}" for path in paths]


def everywhere() -> Iterator[tuple[Place, str]]:
    """Give every address that is live, with its place."""
    for place in places(live()):
        for address in addresses(place):
            yield place, address


def answered(address: str) -> HttpResponse:
    """Give the answer of a page of live content: made once for all crawls, and without a query."""
    return _answered(live(), address)


@cache
def _answered(contents: Contents, address: str) -> HttpResponse:
    with CaptureQueriesContext(connection) as asked:
        response = Client(headers={"host": "localhost"}).get(address)
    assert (response.status_code, len(asked)) == (200, 0), address
    answer = HttpResponse(response.content, headers=dict(response.headers))
    answer.cookies = response.cookies
    return answer


def parsed(address: str) -> Parsed:
    """Give a page of live content taken apart: once for all crawls, which change nothing."""
    return _parsed(live(), address)


@cache
def _parsed(contents: Contents, address: str) -> Parsed:
    return Parsed(answered(address).content.decode())


def pages_of_urls() -> dict[str, Any]:
    """Give every route that is for visitors, in the first place, with its view."""
    with within(places(live())[0]):
        return {
            route: view
            for route, view in _routes(get_resolver().url_patterns)
            if route not in NOT_PAGES and not route.startswith(STAFF)
        }


def uncrawled() -> list[str]:
    """Name the routes for visitors that no address of live content leads to, or that are no public page."""
    first = places(live())[0]
    with within(first):
        crawled = {resolve(address).route for address in addresses(first)}
    return sorted(
        route
        for route, view in pages_of_urls().items()
        if route not in crawled or not hasattr(view, "view")
    )


def _routes(patterns: Iterable[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback

"""Every public address, and every public page of the URLs, so that a new page cannot escape the guards."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from sextortion_help.publishing.live import live

# What no visitor reads as a page: it leads on, or it is for machines. All else is a page, or for staff.
NOT_PAGES = {
    "",
    "exit/",
    "exit/<slug:language>/",
    "health/",
    "robots.txt",
    "sitemap.xml",
    ".well-known/security.txt",
    "favicon.ico",
}
STAFF = "admin/"


def paths() -> list[str]:
    """Give the path after the language of every page that is live: "steps/paid/". Needs content in memory."""
    return sorted(path.removeprefix("/") for path in live().paths)


def pages_of_urls() -> dict[str, Any]:
    """Give every route that is for visitors, in the active language, with its view."""
    return {
        route: view
        for route, view in _routes(get_resolver().url_patterns)
        if route not in NOT_PAGES and not route.startswith(STAFF)
    }


def uncrawled() -> list[str]:
    """Name the routes for visitors that no address of live content leads to, or that are no public page."""
    crawled = {resolve(f"/{settings.LANGUAGE_CODE}/{path}").route for path in paths()}
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

"""Pages that belong to no single subject: the address without a language, the way out, the health."""

import time
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from guidance.choices import Layout, Purpose
from guidance.content import Page
from guidance.help import help_now
from sextortion_help.addresses import moved
from sextortion_help.errors import not_ready
from sextortion_help.pages import RENDERED
from sextortion_help.places import liked_language, liked_place
from sextortion_help.public import EDGE_SECONDS, PublicRequest, only_read, public_page, show
from sextortion_help.publishing.content import OPEN_LANGUAGES, Contents
from sextortion_help.publishing.live import (
    live,
    seconds_since_database,
    seconds_since_watched,
    unreadable,
)
from sextortion_help.publishing.models import Entry
from sextortion_help.publishing.places import at, places, within
from sextortion_help.sitemap import PublicPages

SECONDS_TO_NOTICE: Final = 10  # what succeeded last before that is said to fail
_SECONDS_BETWEEN_TRIALS: Final = 5  # /health/ costs no more than a page, however often it is asked


@only_read
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the home of the place that the browser's languages name; staff, where they are alone, to
    their desk.
    """
    if settings.ROLE == "staff":
        return redirect("admin:index")
    place = liked_place(request, live())
    return redirect(f"{place.prefix}/") if place else not_ready(request)


@only_read
def elsewhere(request: HttpRequest, to: str) -> HttpResponse:
    """Lead from the address of a place that is not there to where its help is; "" is nowhere yet."""
    if not to:
        return not_ready(request)
    response = redirect(to)
    if request.path_info in moved(live()):
        response["X-Accel-Expires"] = str(EDGE_SECONDS)
    return response


@public_page()
def home(request: PublicRequest, contents: Contents) -> HttpResponse:
    """One question, one big yes, and the doors that are open."""
    # nobody, not even an emergency number, only in the draft of a country
    suicide = help_now(contents, [Purpose.SUICIDE], get_language() or "", timezone.now())
    context = {
        "suicide": next(iter(suicide), None),
        "doors": contents.linked(Entry.DOOR),
        "further": contents.linked(Entry.FURTHER),
        "stories": [page for page in contents.all(Page) if page.layout == Layout.STORY],
    }
    return render(request, "home.html", context)


@only_read
def leave(request: HttpRequest, language: str = "") -> HttpResponse:
    """The way out without JavaScript: empty what the browser holds of us, go to a neutral site.

    In the language of the page it stood on, as the address says; else in the browser's.
    """
    known = language if language in settings.EXIT_TARGETS else liked_language(request)
    response = HttpResponseRedirect(settings.EXIT_TARGETS[known])
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@only_read
def health(request: HttpRequest) -> HttpResponse:
    """For the people who run the site: 200 when visitors get pages, also when the database is away.

    503 without content, or when a page cannot be rendered. The rest is said in words: each thing is
    "ok" only when it succeeded a short while ago. "rendered": how many pages this process made.
    """
    contents = live()
    database, watcher = seconds_since_database(), seconds_since_watched()
    page = _page.fault(request, contents)
    status = {
        "revision": contents.revision,
        "database": "ok" if database < SECONDS_TO_NOTICE else "not answering",
        "seconds_since_database": round(database),
        "watcher": "ok" if watcher < SECONDS_TO_NOTICE else "stopped",
        "seconds_since_watcher": round(watcher),
        "page": page or "ok",
        "unreadable": unreadable(),
        "rendered": request.META.get(RENDERED, 0),
    }
    return JsonResponse(status, status=200 if contents.revision and not page else 503)


class _Trial:
    """Renders the home as visitors get it, at most once in some seconds."""

    def __init__(self) -> None:
        self._last: tuple[float, int, str] | None = None

    def fault(self, request: HttpRequest, contents: Contents) -> str:
        """Give "" when the page of these contents can be rendered, else the kind of error."""
        now = time.monotonic()
        if self._last and self._last[0] > now - _SECONDS_BETWEEN_TRIALS:
            _, revision, fault = self._last
            if revision == contents.revision:
                return fault
        fault = _fault_of_home(request, contents)
        self._last = (now, contents.revision, fault)
        return fault


_page = _Trial()


def _fault_of_home(request: HttpRequest, contents: Contents) -> str:
    view, place = home, next(iter(places(contents)), None)
    if place is None:
        return "no country has addresses"
    try:
        with within(place):
            show(view.view, request, at(contents, place.country))  # type: ignore[attr-defined]  # made by public_page
    except Exception as error:  # whatever it is, it is said
        return type(error).__name__
    return ""


@only_read
def sitemap(request: HttpRequest) -> HttpResponse:
    """For search engines: nothing is better than a list without pages, which would take all of them out."""
    if not live().revision:
        return not_ready(request)
    response: HttpResponse = sitemap_of(request, {"pages": PublicPages})
    return _for_machines(response)


@only_read
def security(request: HttpRequest) -> HttpResponse:
    """Say where faults are reported (RFC 9116). It never expires while the site runs."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-01T00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(OPEN_LANGUAGES)}",
        f"Canonical: {settings.ORIGIN}{request.path}",
    ]
    return _for_machines(HttpResponse("\n".join(lines) + "\n", "text/plain"))


def _for_machines(response: HttpResponse) -> HttpResponse:
    """The same for everybody, in no language of its own."""
    response["Content-Language"] = ", ".join(OPEN_LANGUAGES)
    response["X-Accel-Expires"] = str(EDGE_SECONDS)
    return response


@only_read
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address where a page names no icon, as in the staff area."""
    return redirect(static("favicon.svg"), permanent=True)


@only_read
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the staff area and the way out; of staff's host nothing."""
    if settings.ROLE == "staff":
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /exit/",
            f"Sitemap: {settings.ORIGIN}{reverse('sitemap')}",
        ]
    return _for_machines(HttpResponse("\n".join(lines) + "\n", "text/plain"))

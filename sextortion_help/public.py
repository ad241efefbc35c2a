"""What every public page has in common: it only reads live content, and only answers GET."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from sextortion_help.errors import method_not_allowed, not_ready
from sextortion_help.publishing.content import Content
from sextortion_help.publishing.live import Live, live

# For our own caches only, in wsgi.py and at the edge; browsers are told no-store. See docs/running.md.
EDGE_SECONDS = 10


class HtmxRequest(HttpRequest):
    """A request after django-htmx's middleware."""

    htmx: HtmxDetails


type Key = tuple[type[Content], str]
type View = Callable[..., HttpResponse]


def _nothing(**kwargs: Any) -> Iterable[Key]:
    return ()


def _always(now: Live, **kwargs: Any) -> bool:
    return True


def public_page(
    shows: Callable[..., Iterable[Key]] = _nothing,
    methods: tuple[str, ...] = ("GET", "HEAD"),
    there: Callable[..., bool] = _always,
) -> Callable[[View], View]:
    """Make a view a public page.

    A page that also takes POST changes nothing on the server and reads no cookie, so it has no
    CSRF token: a forged request could only show the forger's victim an ordinary page.

    `shows` takes the arguments of the URL and gives the content the page cannot do without: as long
    as any of it is not live the page is not found, and links to it are refused when publishing.
    `there` takes the live content and the same arguments, for a page that needs more than that.
    """

    def is_there(now: Live, **kwargs: Any) -> bool:
        return all(key in now.contents for key in shows(**kwargs)) and there(now, **kwargs)

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return method_not_allowed(request, methods)
            if not live().revision:
                return not_ready(request)
            if not is_there(live(), **kwargs):
                raise Http404
            response = view(request, **kwargs)
            response["X-Accel-Expires"] = str(0 if request.method == "POST" else EDGE_SECONDS)
            return response

        page.is_there = is_there  # type: ignore[attr-defined]  # read by Live.has_path
        page.csrf_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
        return page

    return decorate

"""What every public page has in common: it only reads live content, and only answers GET."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from sextortion_help.errors import method_not_allowed, not_ready
from sextortion_help.publishing.live import Live, live

# For our own caches only, in wsgi.py and at the edge; browsers are told no-store. See docs/running.md.
EDGE_SECONDS = 10


class HtmxRequest(HttpRequest):
    """A request after django-htmx's middleware."""

    htmx: HtmxDetails


type View = Callable[..., HttpResponse]


def _always(now: Live, **kwargs: Any) -> bool:
    return True


def public_page(
    there: Callable[..., bool] = _always, methods: tuple[str, ...] = ("GET", "HEAD")
) -> Callable[[View], View]:
    """Make a view a public page.

    A page that also takes POST changes nothing on the server and reads no cookie, so it has no
    CSRF token: a forged request could only show the forger's victim an ordinary page.

    `there` takes the live content and the arguments of the URL, and tells whether it holds what the
    page cannot do without. As long as it does not, the page is not found, and links to it are refused
    when publishing.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return method_not_allowed(request, methods)
            if not live().revision:
                return not_ready(request)
            if not there(live(), **kwargs):
                raise Http404
            response = view(request, **kwargs)
            response["X-Accel-Expires"] = str(0 if request.method == "POST" else EDGE_SECONDS)
            return response

        page.there = there  # type: ignore[attr-defined]  # read by Live.has_path
        page.csrf_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
        return page

    return decorate

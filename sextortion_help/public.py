"""What every public page has in common: it only reads live content, and only answers GET."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django_htmx.middleware import HtmxDetails

from sextortion_help.errors import bad_request, method_not_allowed, not_ready, too_large
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import at, current

# For our own caches only, in wsgi.py and at the edge; browsers are told no-store. See docs/running.md.
EDGE_SECONDS = 10
READ: Final = ("GET", "HEAD")
# The longest list of moves has a few hundred.
MOST_BYTES_SENT: Final = 4096
_MOST_DIGITS: Final = 9  # Python reads no number of thousands of them


class PublicRequest(HttpRequest):
    """A request for a public page: after django-htmx's middleware, with the contents it reads."""

    htmx: HtmxDetails
    contents: Contents


# takes the request, the contents, and what the address says
type View = Callable[..., HttpResponse]


def only_read(view: View) -> View:
    """Make a view of no place one that is only read: whatever is sent to it gets our page that says so.

    Before Django's check for forged forms, which would say that something is forbidden.
    """

    @wraps(view)
    def read(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return (
            view(request, **kwargs) if request.method in READ else method_not_allowed(request, READ)
        )

    return csrf_exempt(read)


def public_page(*methods: str) -> Callable[[View], View]:
    """Make a view a public page: a function of the request and of what one revision says in a place.

    Content knows its addresses; one that no content has is not found. `methods` are those it takes
    besides GET and HEAD. A page that takes POST changes nothing on the server and reads no cookie, so
    it has no CSRF token: a forged request could only show the forger's victim an ordinary page.
    """
    taken = (*READ, *methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in taken:
                return method_not_allowed(request, taken)
            if request.method == "POST" and (refused := _refused(request)):
                return refused
            contents, place = live(), current()
            if place is None:  # the prefix that no place has: sextortion_help/places.py
                raise Http404
            if not contents.revision:  # it went after its place was found
                return not_ready(request)
            contents = at(contents, place.country)
            path = request.path_info.removeprefix(place.prefix)
            if path in contents.moved:
                response: HttpResponse = redirect(f"{place.prefix}{contents.moved[path]}")
            elif path in contents.paths:
                response = show(view, request, contents, **kwargs)
            else:
                raise Http404
            response["X-Accel-Expires"] = str(0 if request.method == "POST" else EDGE_SECONDS)
            return response

        page.view = view  # type: ignore[attr-defined]  # what a preview shows with other contents
        page.csrf_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
        return page

    return decorate


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body that no form of ours sends, before any of it is read: no file ever comes in.

    None when it may be read.
    """
    sent = request.META.get("CONTENT_LENGTH", "")
    if request.content_type != "application/x-www-form-urlencoded" or not sent.isdecimal():
        return bad_request(request, ValueError("not a form of ours"))
    if len(sent) > _MOST_DIGITS or int(sent) > MOST_BYTES_SENT:
        return too_large(request)
    return None


def show(view: View, request: HttpRequest, contents: Contents, **kwargs: Any) -> HttpResponse:
    """Answer with a view as if these contents were live: the whole answer reads one revision."""
    request.contents = contents  # type: ignore[attr-defined]  # read by context.site
    return view(request, contents, **kwargs)

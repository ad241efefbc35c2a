"""Headers that no library sends, on every response."""

import threading
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import split_domain_port
from django.middleware.common import CommonMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from sextortion_help.errors import not_found, not_ready
from sextortion_help.places import liked_language, place_of
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import activate, at, current
from sextortion_help.staff_area import is_desk, language_of

# Of the 8 threads that a process has: the others are always there for pages.
MOST_SLOW_AT_ONCE: Final = 4

PERMISSIONS: tuple[str, ...] = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials",
    "payment", "picture-in-picture", "publickey-credentials-create",
    "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip


def speak_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Make the page for the place of its address, or in a language the browser likes where it names none.

    Django's own middleware would lead a wrong address to a page under a language, which is not there
    either; here it is not found at once.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        place = place_of(live(), request.path_info)
        activate(place)
        if place is None:
            staff = request.path_info.startswith("/admin/")
            own = language_of if staff else liked_language
            translation.activate(own(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        try:
            response = get_response(request)
        finally:
            activate(None)
        if place is None:
            patch_vary_headers(response, ("Accept-Language",))
        tag = place.tag if place else request.LANGUAGE_CODE
        response.headers.setdefault("Content-Language", tag)
        return response

    return middleware


class AddSlash(CommonMiddleware):
    """Leads on to an address with a slash at its end where a page is there, and not to another 404."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Tell whether it is the slash alone that is missing. In a place, the content knows."""
        place = current()
        if place is None:
            return bool(super().should_redirect_with_slash(request))
        path = f"{request.path_info.removeprefix(place.prefix)}/"
        return at(live(), place.country).answers(path)


class WithoutNul:
    """Takes NUL out of what the staff area is asked and sent: nobody types it, and PostgreSQL fails on it.

    A view that takes a file reads what was sent itself, and checks it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_desk(request):
            request.GET = _without_nul(request.GET)
            request.COOKIES = {
                name: value.replace("\0", "") for name, value in request.COOKIES.items()
            }
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Clean the form, before anything reads it."""
        if is_desk(request) and not getattr(view, "csrf_exempt", False):
            request.POST = _without_nul(request.POST)


def _without_nul(sent: Any) -> Any:
    if not any("\0" in text for name, values in sent.lists() for text in (name, *values)):
        return sent
    clean = QueryDict(mutable=True)
    for name, values in sent.lists():
        clean.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    return clean


def leave_no_trace(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep pages out of every cache and archive, and let them use nothing of the device."""
    policy = ", ".join(f"{name}=()" for name in PERMISSIONS)

    def middleware(request: HttpRequest) -> HttpResponse:
        staff = request.path_info.startswith("/admin/")
        if not staff:
            # No page for visitors reads a cookie; one that Django does not understand, it would replace.
            request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response["Permissions-Policy"] = policy
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response.setdefault("X-Robots-Tag", "noarchive")
        if staff:
            # with no-referrer a browser sends "Origin: null", which Django's CSRF check refuses
            response["Referrer-Policy"] = "same-origin"
        kind = response.get("Content-Type", "")  # a 304 for a static file has none
        if "Cache-Control" not in response or kind.startswith("text/html"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def leave_room(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let few threads at once do what may take long, so that no page waits for it.

    A body may come slowly, and the staff area waits for the database and reckons passwords. Whoever
    comes when all of them are busy is told to try again.
    """
    room = threading.BoundedSemaphore(MOST_SLOW_AT_ONCE)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not request.path_info.startswith("/admin/"):
            return get_response(request)
        if not room.acquire(blocking=False):
            return not_ready(request)
        try:
            return get_response(request)
        finally:
            room.release()

    return middleware


def keep_apart(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer the staff area on its own host alone, where the settings name one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.STAFF_HOST and request.path_info.startswith("/admin/"):
            host, _ = split_domain_port(request.get_host())
            if host != settings.STAFF_HOST:
                return not_found(request, Http404())
        return get_response(request)

    return middleware

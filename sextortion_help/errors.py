"""The pages shown when something is wrong: one calm sentence, and the way to help all the same."""

from collections.abc import Iterable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from sextortion_help.publishing.content import OPEN_LANGUAGES
from sextortion_help.publishing.places import current


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no page at this address."""
    return _error(request, HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request no browser of ours sends, such as a host name that is not ours."""
    return _error(request, HTTPStatus.BAD_REQUEST)


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """403: staff without the right, or a form of the admin that was open too long."""
    return _error(request, HTTPStatus.FORBIDDEN)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """405: something was sent to a page that only reads."""
    response = _error(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = ", ".join(allowed)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Only words from the template, so that it works when content does not."""
    return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def not_ready(request: HttpRequest) -> HttpResponse:
    """503: this process has no content yet, because the database has not answered since it started."""
    return _error(request, HTTPStatus.SERVICE_UNAVAILABLE)


def _error(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    place = current()
    language = place.language if place else translation.get_language()
    if language not in OPEN_LANGUAGES:
        language = OPEN_LANGUAGES[0]
    with translation.override(language):
        return render(request, "error.html", {"status": int(status)}, status=status)

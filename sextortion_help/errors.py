"""The pages shown when something is wrong: one calm sentence, and the way to help all the same.

Staff at their desk get a page of the desk instead, which says what to do now.
"""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from sextortion_help.people.groups import words
from sextortion_help.publishing.content import OPEN_LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import current, places, within
from sextortion_help.staff_area import is_desk

logger = logging.getLogger(__name__)

SECONDS_TO_TRY_AGAIN: Final = 10
# Without template, static file or catalogue: for when these are what fails.
_BARE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>112</title>
<h1>112</h1>
<p lang="nl">Dit ging mis bij ons. In gevaar? Bel <a href="tel:112">112</a>.</p>
<p lang="fr">Le problème vient de chez nous. En danger ? Appelle le <a href="tel:112">112</a>.</p>
<p lang="en">This went wrong on our side. In danger? Call <a href="tel:112">112</a>.</p>
<p>Bonaire, Sint Eustatius, Saba: <a href="tel:911">911</a>.</p>
</html>"""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no page at this address."""
    return _error(request, HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request no browser of ours sends, such as a host name that is not ours."""
    return _error(request, HTTPStatus.BAD_REQUEST)


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    """403: staff without the right, or a form of the admin that was open too long (then with a reason)."""
    user = getattr(request, "user", None)
    groups = user.groups.all() if user and user.is_authenticated and is_desk(request) else ()
    may = [] if reason else [words(group) for group in groups]
    return _error(request, HTTPStatus.FORBIDDEN, reason, may)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """405: something was sent to a page that only reads."""
    response = _error(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = ", ".join(allowed)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """413: a body longer than any form of ours sends."""
    return _error(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Only words from the template, so that it works when content does not.

    When even that page fails, one that needs nothing: our headers are still put on it.
    """
    try:
        return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:
        logger.exception("the page that says so failed too")
        return HttpResponse(_BARE, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def not_ready(request: HttpRequest) -> HttpResponse:
    """503: this process cannot answer now: it has no content yet, or too much waits for an answer."""
    response = _error(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(SECONDS_TO_TRY_AGAIN)
    return response


def page(language: str, status: HTTPStatus) -> bytes:
    """Give the page of an error in a language of ours, for a web server that answers without us."""
    request = HttpRequest()
    place = next((each for each in places(live()) if each.language == language), None)
    request.path_info = f"{place.prefix}/" if place else f"/{language}/"
    with within(place) if place else translation.override(language):
        return _error(request, status).content


def _error(
    request: HttpRequest, status: HTTPStatus, reason: str = "", may: Iterable[str] = ()
) -> HttpResponse:
    if is_desk(request):
        return _at_the_desk(request, status, reason, may)
    place = current()
    language = place.language if place else translation.get_language()
    if language not in OPEN_LANGUAGES:
        language = OPEN_LANGUAGES[0]
    with translation.override(language):
        context: dict[str, Any] = {"status": int(status)}
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            context |= {"languages": (), "editions": ()}  # the same page could fail there too
        return render(request, "error.html", context, status=status)


def _at_the_desk(
    request: HttpRequest, status: HTTPStatus, reason: str, may: Iterable[str]
) -> HttpResponse:
    """Say to staff what happened. Asks nothing of the database, which may be what is wrong."""
    context: dict[str, Any] = {
        "status": int(status),
        "old_form": bool(reason),
        "may": may,
        "title": gettext("That did not work"),
        "subtitle": "",
        "is_popup": False,
        "has_permission": False,
    }
    return render(request, "admin/error.html", context, status=status)

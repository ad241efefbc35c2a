"""What an editor sent is never thrown away: it stays in the page that says why it was not saved.

A session that ended, a page that was open too long, a database that does not answer: the answer holds
everything that was sent, in fields, and a button that sends it again. Nothing of it is stored on the
server. What comes from another site is not kept: an editor could save it for somebody else.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from sextortion_help.people.login import CODE_NAME

logger = logging.getLogger(__name__)

KEPT: Final = "_kept"
NOT_KEPT: Final = ("csrfmiddlewaretoken", "username", "password", CODE_NAME, "next", KEPT)
ORDINARY: Final = (PermissionDenied, SuspiciousOperation, BadRequest, Http404)

type Pairs = list[tuple[str, str]]
type View = Callable[..., HttpResponse]


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def keeping(view: Any, site: Any) -> View:
    """Wrap the view of a form. `view` checks rights and CSRF itself too."""

    @csrf_exempt  # checked below, so that what was sent is kept, and by the view itself
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not _from_here(request):
            response: HttpResponse = view(request, *args, **kwargs)
            return response
        try:
            return _answer(request, view, site, args, kwargs)
        except ORDINARY:
            raise
        except IntegrityError:
            text = gettext("Somebody saved at the same moment, and nothing of yours was saved yet.")
            return _again(request, text, 409)
        except DatabaseError:
            text = gettext(
                "The database does not answer, so nothing was saved. Try again in a moment."
            )
            return _again(request, text, 503)
        except Exception:
            logger.exception("a form of the admin could not be saved")
            return _again(
                request, gettext("Something went wrong on our side; nothing was saved."), 500
            )

    return kept


def _answer(request: HttpRequest, view: Any, site: Any, args: Any, kwargs: Any) -> HttpResponse:
    fresh = _Check(view).process_view(request, view, (), {}) is None
    if KEPT in request.POST:
        return _log_in(request, site, fresh)
    if not site.has_permission(request):
        return _login_form(request, site)
    if not fresh:
        text = gettext("You are logged in again. Nothing of this is saved yet.")
        return _again(request, text, 200)
    response: HttpResponse = view(request, *args, **kwargs)
    if hasattr(response, "render"):
        response.render()  # here, where a database that fails is noticed
    return response


def _from_here(request: HttpRequest) -> bool:
    """Tell whether a page of ours sent this."""
    here = f"{request.scheme}://{request.get_host()}"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("Origin") == here and site == "same-origin"


def _log_in(request: HttpRequest, site: Any, fresh: bool) -> HttpResponse:
    if not site.has_permission(request):
        if not fresh:
            return _login_form(request, site)
        answer: HttpResponse = site.login(request)
        if answer.status_code != 302:
            return _with_kept(request, answer)
        if not site.has_permission(request):  # a second step of the login, elsewhere
            text = gettext("Go on logging in, in a new window. Then come back here.")
            return _again(request, text, 200, login=answer["Location"])
    return _again(request, gettext("You are logged in again. Nothing of this is saved yet."), 200)


def _login_form(request: HttpRequest, site: Any) -> HttpResponse:
    request.method = "GET"  # to see the form, not to log in with what was typed elsewhere
    try:
        return _with_kept(request, site.login(request))
    finally:
        request.method = "POST"


def _with_kept(request: HttpRequest, answer: Any) -> HttpResponse:
    answer.template_name = "admin/publishing/login.html"
    answer.context_data["kept_name"] = KEPT
    answer.context_data["kept"] = json.dumps(_pairs(request), ensure_ascii=False)
    response: HttpResponse = answer
    return response


def _again(request: HttpRequest, text: str, status: int, login: str = "") -> HttpResponse:
    """Show everything that was sent, and a button that sends it again with a fresh token."""
    pairs = _pairs(request)
    context = {
        "title": gettext("What you wrote is kept here"),
        "subtitle": "",
        "sentence": text,
        "login": login,
        "pairs": pairs,
        "texts": [
            value for name, value in pairs if len(value) > 20 and not name.endswith("opened")
        ],
        "here": request.get_full_path(),
        "is_popup": False,
        "has_permission": False,
    }
    return render(request, "admin/publishing/kept.html", context, status=status)


def _pairs(request: HttpRequest) -> Pairs:
    """Give what was sent, name by name; or what an earlier page kept of it."""
    if KEPT in request.POST:
        try:
            found = json.loads(request.POST[KEPT])
            return [(str(name), str(value)) for name, value in found if name not in NOT_KEPT]
        except (ValueError, TypeError):
            return []
    return [
        (name, value)
        for name in request.POST
        if name not in NOT_KEPT
        for value in request.POST.getlist(name)
    ]

"""What a member of staff sent is never thrown away: it stays in the page that says why it was not done.

A session that ended, a page that was open too long, a right that was taken away, a database that does not
answer, a fault of ours: for every form of the staff area the answer holds everything that was sent, in
fields, and a button that sends it again. What was written for something that a colleague deleted can go
nowhere: it is shown, to be copied. Nothing of it is stored on the server. What comes from another site is not kept: an editor could
save it for somebody else. Nor are passwords, codes, and files: who sent a file is told to choose it again.
"""

import json
import logging
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sextortion_help.people.login import CODE_NAME
from sextortion_help.people.proof import PROOF
from sextortion_help.staff_area import is_desk

logger = logging.getLogger(__name__)

KEPT: Final = "_kept"
NOT_KEPT: Final = ("csrfmiddlewaretoken", "password", CODE_NAME, KEPT, PROOF)
# Nobody need be logged in there, or what is typed is a secret, or it is nothing but one button.
OWN_DOORS: Final = ("login", "logout", "way", "factor", "password_change", "choose_language")
ORDINARY: Final = (SuspiciousOperation, BadRequest)
WRITTEN: Final = ("note", "answer")  # besides what has a language

type Pairs = list[tuple[str, str]]
type View = Callable[..., HttpResponse]


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


class KeepWhatWasSent:
    """Answers in place of a form whose session or token is over, or that failed.

    A middleware, so that no form of the staff area can be left out. It stands before Django's CSRF
    middleware, which would throw away what was sent with an old token, and checks the same first.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Give the page that keeps what was sent, where the view would not take it; else None."""
        if not _is_kept(request):
            return None
        try:
            return _in_place_of(request, view)
        except DatabaseError as error:
            return self.process_exception(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Give the page that keeps what was sent to a view that failed; None for what is no fault."""
        if isinstance(error, ORDINARY) or not _is_kept(request) or _is_file(request):
            return None
        if isinstance(error, PermissionDenied | Http404):
            return _too_late(request, error)
        if isinstance(error, IntegrityError):
            text = gettext("Somebody saved at the same moment, and nothing of yours was saved yet.")
            return _again(request, text, 409)
        if isinstance(error, OperationalError | InterfaceError):  # not, say, a value it refuses
            text = gettext(
                "The database does not answer, so nothing was saved. Try again in a moment."
            )
            return _again(request, text, 503)
        logger.error("a form of the admin could not be saved", exc_info=error)
        return _again(request, gettext("Something went wrong on our side; nothing was saved."), 500)


def _is_kept(request: HttpRequest) -> bool:
    """Tell whether this is a form of the staff area that a page of ours sent."""
    match = request.resolver_match
    if request.method != "POST" or not is_desk(request) or match is None:
        return False
    # a script that asks in the background has its page still, and can show no other
    whole_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return whole_page and match.url_name not in OWN_DOORS and _from_here(request)


def _is_file(request: HttpRequest) -> bool:
    """Tell whether a view takes a file of this. Only that view may read it: here it would be read past."""
    exempt = getattr(request.resolver_match and request.resolver_match.func, "csrf_exempt", False)
    return bool(exempt) and request.content_type == "multipart/form-data"


def _from_here(request: HttpRequest) -> bool:
    here = f"{request.scheme}://{request.get_host()}"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("Origin") == here and site == "same-origin"


def _too_late(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Keep what was written, where there is any, for what is gone or may not be done any more."""
    if not _written(_pairs(request)):
        return None
    if isinstance(error, PermissionDenied):
        text = gettext("Your account may not do this. Ask somebody who manages the accounts.")
        return _again(request, text, 403)
    text = gettext(
        "This is not there any more, so nothing was saved: somebody may have deleted it. "
        "Copy what you want to keep."
    )
    return _again(request, text, 404)


def _in_place_of(request: HttpRequest, view: Any) -> HttpResponse | None:
    inside = admin.site.has_permission(request)
    if _is_file(request):
        return None if inside else _file_again(request)
    fresh = _Check(view).process_view(request, view, (), {}) is None
    if KEPT in request.POST:
        return _log_in(request, fresh)
    if not inside:
        return _login_form(request)
    return None if fresh else _again(request, _back_in(request), 200)


def _file_again(request: HttpRequest) -> HttpResponse:
    text = gettext("You were logged out, so your file was not taken. Log in, and choose it again.")
    messages.warning(request, text)
    return redirect_to_login(request.get_full_path(), reverse("admin:login"))


def _log_in(request: HttpRequest, fresh: bool) -> HttpResponse:
    if not admin.site.has_permission(request):
        if not fresh:
            return _login_form(request)
        answer: HttpResponse = admin.site.login(request)
        if answer.status_code != 302:
            return _with_kept(request, answer)
        if not admin.site.has_permission(request):  # a second step of the login, elsewhere
            text = gettext("Go on logging in, in a new window. Then come back here.")
            return _again(request, text, 200, login=answer["Location"])
    return _again(request, _back_in(request), 200)


def _back_in(request: HttpRequest) -> str:
    if _saves(request):
        return gettext("You are logged in again. Nothing of this is saved yet.")
    return gettext("You are logged in again. Nothing of this was done yet.")


def _saves(request: HttpRequest) -> bool:
    """Tell whether it was sent to be saved, rather than to be done, such as published."""
    match = request.resolver_match
    name = (match and match.url_name) or ""
    return name.endswith(("_add", "_change"))


def _login_form(request: HttpRequest) -> HttpResponse:
    request.method = "GET"  # to see the form, not to log in with what was typed elsewhere
    try:
        return _with_kept(request, admin.site.login(request))
    finally:
        request.method = "POST"


def _with_kept(request: HttpRequest, answer: Any) -> HttpResponse:
    answer.template_name = "admin/people/kept_login.html"
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
        "saves": _saves(request),
        "pairs": pairs,
        "texts": _written(pairs),
        "gone": status == 404,
        "here": request.get_full_path(),
        "is_popup": False,
        "has_permission": False,
    }
    return render(request, "admin/people/kept.html", context, status=status)


def _written(pairs: Pairs) -> list[str]:
    """Give the texts among what was sent: not what was chosen, counted or hidden."""
    languages = dict(settings.LANGUAGES)
    found = [
        value
        for name, value in pairs
        if " " in value or name in WRITTEN or name.rpartition("_")[2] in languages
    ]
    return list(dict.fromkeys(filter(str.strip, found)))


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

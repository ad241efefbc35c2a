"""Who publishes, lets people in or takes content out proves once more who it is.

A helper for any view of the admin:

    if asks := asks_again(request):
        return asks

A proof holds for a quarter of an hour; logging in is one.
"""

from time import time
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from sextortion_help.people import codes, limits
from sextortion_help.people.models import Act, note
from sextortion_help.people.sessions import PROVED

FRESH: Final = 15 * 60
PROOF, READING = "_proof", "_reading"
_NOT_KEPT: Final = ("csrfmiddlewaretoken", PROOF, READING)


def asks_again(request: HttpRequest) -> HttpResponse | None:
    """Give the page that asks for a password or a code; None when it was given lately, or just now.

    What was sent is kept in that page and sent again with the proof, so that the view gets it as if
    nothing had been asked. A file cannot be kept: ask before there is a form with one.
    """
    asked_for_reading = request.method == "POST" and READING in request.POST
    if time() - request.session.get(PROVED, 0) <= FRESH:
        # proved in another tab, or logged in again, while this page asked
        return HttpResponseRedirect(request.get_full_path()) if asked_for_reading else None
    if request.method != "POST" or PROOF not in request.POST:
        return _page(request, "")
    if wrong := _refusal(request, request.POST[PROOF]):
        return _page(request, wrong)
    request.session[PROVED] = int(time())
    note(Act.PROVED, request.user)
    return HttpResponseRedirect(request.get_full_path()) if asked_for_reading else None


def _refusal(request: HttpRequest, typed: str) -> str:
    """Say why this is no proof; "" when it is the password or a code."""
    user: Any = request.user
    where = limits.address(request)
    if limits.NAME.reached(where, user.pk):
        return gettext("Too many wrong attempts from here. Wait five minutes, then try again.")
    if user.check_password(typed):
        return ""
    refusal = gettext("This is not your password.")
    if codes.has_factor(user):
        try:
            codes.device_of(user, typed)
        except ValidationError as wrong:
            refusal = wrong.messages[0]
        else:
            return ""
    limits.NAME.count(where, user.pk)
    note(Act.FAILED, user)
    return refusal


def _page(request: HttpRequest, wrong: str) -> HttpResponse:
    reading = request.method != "POST" or READING in request.POST
    context = {
        **admin.site.each_context(request),
        "title": gettext("Is it you?"),
        "wrong": wrong,
        "proof": PROOF,
        "reading": READING if reading else "",
        "with_code": codes.has_factor(request.user),
        "here": request.get_full_path(),
        "pairs": [
            (name, value)
            for name in request.POST
            if name not in _NOT_KEPT
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "admin/people/proof.html", context)

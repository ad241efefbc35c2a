"""The page where a member of staff sets up the second factor, and makes recovery codes."""

from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django_otp import login

from sextortion_help.people import codes
from sextortion_help.people.models import Act, note
from sextortion_help.people.proof import asks_again

WITHOUT_OLD = "without_old_factor"  # in the session of who came by a link: the old phone is lost


def may_set_up(request: HttpRequest) -> bool:
    """Tell whether this session may choose a second factor: the owner's, and not with a password alone."""
    user: Any = request.user
    if not (user.is_active and user.is_staff):
        return False
    return codes.verified(user) or WITHOUT_OLD in request.session or not codes.has_factor(user)


def factor_view(request: HttpRequest, site: Any) -> HttpResponse:
    """Show what is set up, or set it up: an app by its QR code, then recovery codes, shown once."""
    if not may_set_up(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    user: Any = request.user
    setting_up = not codes.has_factor(user) or WITHOUT_OLD in request.session
    if not setting_up and request.method == "POST":
        if asks := asks_again(request):
            return asks
        if "codes" in request.POST:
            note(Act.CODES, user)
            return _page(request, site, {"recovery": codes.new_recovery_codes(user)})
        setting_up = "another" in request.POST
    if not setting_up:
        return _page(request, site, {"left": codes.recovery_codes_left(user)})
    device = codes.new_device(user)
    typed = request.POST.get("one_time_code", "")
    if typed and codes.confirm(device, typed):
        return _done(request, site, device)
    wrong = codes.why_refused(device, typed) if typed else ""
    return _page(request, site, {"wrong": wrong, **_drawn(device)})


def _done(request: HttpRequest, site: Any, device: Any) -> HttpResponse:
    """Open the desk to this session, and show the recovery codes."""
    request.session.pop(WITHOUT_OLD, None)
    request.session.cycle_key()
    login(request, device)
    note(Act.FACTOR, request.user)
    return _page(request, site, {"recovery": codes.new_recovery_codes(request.user), "new": True})


def _drawn(device: Any) -> dict[str, Any]:
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return {
        "qr": _qr(device.config_url),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }


def _qr(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308  segno writes numbers only, never the address itself


def _page(request: HttpRequest, site: Any, context: dict[str, Any]) -> HttpResponse:
    common = {
        **site.each_context(request),
        "title": gettext("Your second factor"),
        "required": settings.SECOND_FACTOR,
        "has_permission": site.has_permission(request),
    }
    return render(request, "admin/people/factor.html", {**common, **context})

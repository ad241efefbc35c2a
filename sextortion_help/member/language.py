"""The language of the desk: chosen once, kept with the account, and carried by the session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.i18n import JavaScriptCatalog

from sextortion_help.member.models import Member
from sextortion_help.staff_area import LANGUAGE


def remember(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Put the language that a member chose into the new session. A receiver of user_logged_in."""
    member = Member.objects.filter(user=user).first()
    if member is not None:
        request.session[LANGUAGE] = member.language


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that a member chooses, and lead back to where they were."""
    chosen, user = request.POST.get("language", ""), request.user
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        Member.objects.update_or_create(user=user, defaults={"language": chosen})  # type: ignore[misc]  # logged in
        request.session[LANGUAGE] = chosen
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if safe and back.startswith("/admin/") else reverse("admin:index")


class Words(JavaScriptCatalog):
    """What Django's scripts say, with our own catalogue for what its translation lacks."""

    packages = ["django.contrib.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        paths: list[str] = super().get_paths(packages)
        return [*paths, *map(str, settings.LOCALE_PATHS)]

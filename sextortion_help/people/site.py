"""The admin's site: who comes in, and where they prove it."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from sextortion_help.people import codes
from sextortion_help.people.factor import factor_view, may_set_up
from sextortion_help.people.login import LoginForm
from sextortion_help.people.models import Act, note
from sextortion_help.people.ways import way_view


class Desk(AdminSite):
    """Django's admin, for members of staff with a second factor."""

    login_form = LoginForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether this session may work: of active staff, with a second factor where it is asked.

        On a laptop the log-in alone asks for it, of who has one.
        """
        staff = super().has_permission(request)
        return staff and (not settings.SECOND_FACTOR or codes.verified(request.user))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        ours: list[URLPattern | URLResolver] = [
            path("factor/", self.factor, name="factor"),
            path("way/<str:token>/", self.way, name="way"),
        ]
        return ours + super().get_urls()

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Log in; lead who has no second factor yet to where it is set up."""
        sets_up = may_set_up(request) and not self.has_permission(request)
        context = {"set_up": reverse("admin:factor") if sets_up else "", **(extra_context or {})}
        response: Any = super().login(request, context)
        form = getattr(response, "context_data", {}).get("form")
        if form is not None and form.is_bound and form.has_error(NON_FIELD_ERRORS, "limit"):
            response.status_code = 429
        if response.status_code == 302 and not self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:factor"))
        return response  # type: ignore[no-any-return]  # a response

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Change one's own password, and write that down."""
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            note(Act.PASSWORD, request.user)
        return response

    @method_decorator([never_cache, sensitive_post_parameters()])
    def factor(self, request: HttpRequest) -> HttpResponse:
        """Set up the second factor."""
        return factor_view(request, self)

    @method_decorator([never_cache, sensitive_post_parameters()])
    def way(self, request: HttpRequest, token: str) -> HttpResponse:
        """Come in by a link."""
        return way_view(request, token, self)

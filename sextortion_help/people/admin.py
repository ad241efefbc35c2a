"""What of people stands in the admin: members of staff, and the record."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from sextortion_help.people.members import MemberAdmin
from sextortion_help.people.models import Act, Record
from sextortion_help.people.record import KINDS, PUBLISHED, SAVED, rows

# Rights come by group; nobody sees the secrets of another's second factor.
for model in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(model)
admin.site.register(User, MemberAdmin)


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # of records
    """What was done, by whom and when. For every member of staff."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.record_view)
        return [path("", view, name="people_record_changelist")]

    def record_view(self, request: HttpRequest) -> HttpResponse:
        """List the record, searched and filtered."""
        words = request.GET.get("q", "")[:100]
        kind = request.GET.get("kind", "")
        kind = kind if kind in KINDS else ""
        number = request.GET.get("page", "")
        page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        found, more = rows(words, kind, max(page, 1))
        labels = {SAVED: gettext("saved"), PUBLISHED: gettext("published"), **dict(Act.choices)}
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Record"),
            "opts": self.opts,
            "rows": found,
            "words": words,
            "kind": kind,
            "kinds": [(value, labels[value]) for value in KINDS],
            "page": max(page, 1),
            "before": page - 1 if page > 1 else 0,
            "after": page + 1 if more else 0,
        }
        return render(request, "admin/people/record.html", context)

"""The admin of the guidance."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guidance.choices import Purpose
from guidance.models import App, Letter, Message, Page, Service, Step
from sextortion_help.publishing.admin.drafts import DraftInline
from sextortion_help.publishing.admin.forms import DraftForm
from sextortion_help.publishing.admin.ordered import OrderedField
from sextortion_help.publishing.admin.publishable import PublishableAdmin
from sextortion_help.publishing.models import Entry

SPOKEN = [(code, code) for code in ("nl", "fr", "en", "de", "es", "it", "lb", "pap")]


class LinkedForm(DraftForm):
    entries = OrderedField(choices=Entry.choices, required=False, label=_("linked from"))


class PageForm(LinkedForm):
    purposes = OrderedField(choices=Purpose.choices, required=False, label=_("services to show"))


class ServiceForm(DraftForm):
    purposes = OrderedField(choices=Purpose.choices, label=_("purposes"))
    languages = OrderedField(choices=SPOKEN, required=False, label=_("languages"))


class StepInline(DraftInline):
    model = Step


class Overdue(admin.SimpleListFilter):
    """What should have been checked again by today."""

    title = _("review")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(review_by__lt=timezone.localdate()) if self.value() else queryset


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    form = PageForm
    inlines = (StepInline,)
    list_display: Any = ("code", "audience", "state")
    list_filter = ("audience",)


@admin.register(Service)
class ServiceAdmin(PublishableAdmin):
    form = ServiceForm
    first_fields = ("code", "name", "phone", "hours", "chat", "about", "country", "purposes")
    list_display: Any = ("code", "phone", "hours", "verified_on", "review_by", "state")
    list_filter = (Overdue, "country", "confidence")
    readonly_fields = ("fortnight",)

    @admin.display(description=_("the coming two weeks"))
    def fortnight(self, service: Service) -> str:
        """Read the saved hours back."""
        return service.read_back() or "–"


@admin.register(App)
class AppAdmin(PublishableAdmin):
    first_fields = ("code", "name")
    list_display: Any = ("name", "confidence", "verified_on", "review_by", "state")
    list_filter = (Overdue,)


@admin.register(Letter)
class LetterAdmin(PublishableAdmin):
    list_display: Any = ("code", "review_by", "state")
    list_filter = (Overdue,)


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    list_display: Any = ("code", "who", "how", "amount", "state")
    list_filter = ("who", "how", "amount")

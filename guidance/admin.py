"""The admin of the guidance."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guidance.choices import Purpose
from guidance.content import Country as LiveCountry
from guidance.models import App, Channel, Country, Detail, Gap, Letter, Message, Page, Service, Step
from sextortion_help.publishing.admin.drafts import DraftInline
from sextortion_help.publishing.admin.forms import DraftForm
from sextortion_help.publishing.admin.ordered import OrderedField
from sextortion_help.publishing.admin.publishable import PublishableAdmin
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Entry

SPOKEN = [(code, code) for code in ("nl", "fr", "en", "de", "es", "it", "lb", "pap")]


def countries() -> list[tuple[str, str]]:
    """Give the countries to choose from: those that are live, so that no row of a form asks for them."""
    return [(each.code, f"{each.code}: {each.name}") for each in live().all(LiveCountry)]


class LinkedForm(DraftForm):
    entries = OrderedField(choices=Entry.choices, required=False, label=_("linked from"))


class PageForm(LinkedForm):
    purposes = OrderedField(choices=Purpose.choices, required=False, label=_("services to show"))
    countries = OrderedField(choices=countries, required=False, label=_("only for these countries"))


class CountryForm(DraftForm):
    languages = OrderedField(
        choices=settings.LANGUAGES, required=False, label=_("languages of its addresses")
    )


class ServiceForm(DraftForm):
    purposes = OrderedField(choices=Purpose.choices, label=_("purposes"))
    languages = OrderedField(choices=SPOKEN, required=False, label=_("languages"))


class StepForm(DraftForm):
    countries = OrderedField(choices=countries, required=False, label=_("only for these countries"))


class StepInline(DraftInline):
    model = Step
    form = StepForm


class ChannelForm(DraftForm):
    languages = OrderedField(choices=SPOKEN, required=False, label=_("languages"))


class ChannelInline(DraftInline):
    model = Channel
    form = ChannelForm
    usual = 1


class GapInline(DraftInline):
    model = Gap


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
    inlines = (ChannelInline,)
    first_fields = ("code", "name", "about", "country", "purposes")
    list_display: Any = ("code", "verified_on", "review_by", "state")
    list_filter = (Overdue, "country", "confidence")
    readonly_fields = ("fortnight",)

    @admin.display(description=_("the coming two weeks"))
    def fortnight(self, service: Service) -> str:
        """Read the saved hours back."""
        return service.read_back() or "–"


@admin.register(Country)
class CountryAdmin(PublishableAdmin):
    form = CountryForm
    inlines = (GapInline,)
    list_display: Any = ("code", "name", "is_edition", "emergency", "state")
    list_filter = ("is_edition",)


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


@admin.register(Detail)
class DetailAdmin(PublishableAdmin):
    list_display: Any = ("code", "text", "order", "state")

"""The admin of the guidance."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guidance import examples
from guidance.choices import SPOKEN, Purpose
from guidance.content import Country as LiveCountry
from guidance.models import App, Channel, Country, Detail, Gap, Letter, Message, Page, Service, Step
from sextortion_help.publishing.admin.drafts import DraftInline
from sextortion_help.publishing.admin.forms import DraftForm
from sextortion_help.publishing.admin.lists import ReviewFilter, StateFilter, among
from sextortion_help.publishing.admin.ordered import OrderedField
from sextortion_help.publishing.admin.publishable import PublishableAdmin
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Entry


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
    languages = OrderedField(
        choices=[(code, code) for code in SPOKEN], required=False, label=_("languages")
    )


class StepForm(DraftForm):
    countries = OrderedField(choices=countries, required=False, label=_("only for these countries"))


class StepInline(DraftInline):
    model = Step
    examples = examples.STEP
    form = StepForm


class ChannelForm(DraftForm):
    languages = OrderedField(
        choices=[(code, code) for code in SPOKEN], required=False, label=_("languages")
    )


class ChannelInline(DraftInline):
    model = Channel
    examples = examples.CHANNEL
    form = ChannelForm
    usual = 1


class GapInline(DraftInline):
    model = Gap


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    form = PageForm
    examples = examples.PAGE
    inlines = (StepInline,)
    first_fields = ("title", "summary", "code", "body")
    list_display: Any = (
        "named",
        "code",
        "audience",
        "verified_on",
        "review_by",
        "written",
        "state",
    )
    list_filter = (
        StateFilter,
        ReviewFilter,
        among("countries", _("country"), countries, or_none=True),
        among("purposes", _("purpose"), Purpose.choices),
        "audience",
    )


@admin.register(Service)
class ServiceAdmin(PublishableAdmin):
    form = ServiceForm
    examples = examples.SERVICE
    inlines = (ChannelInline,)
    first_fields = ("name", "code", "country", "about", "purposes")
    rows_first = True  # how to reach it
    list_display: Any = ("named", "code", "verified_on", "review_by", "written", "state")
    list_filter = (
        StateFilter,
        ReviewFilter,
        "country",
        among("purposes", _("purpose"), Purpose.choices),
        "confidence",
    )
    readonly_fields = ("fortnight",)

    @admin.display(description=_("the coming two weeks"))
    def fortnight(self, service: Service) -> str:
        """Read the saved hours back."""
        return service.read_back() or "–"


@admin.register(Country)
class CountryAdmin(PublishableAdmin):
    form = CountryForm
    inlines = (GapInline,)
    list_display: Any = ("named", "code", "is_edition", "emergency", "written", "state")
    list_filter = (StateFilter, ReviewFilter, "is_edition")


@admin.register(App)
class AppAdmin(PublishableAdmin):
    examples = examples.APP
    first_fields = ("name", "code")
    list_display: Any = (
        "name",
        "code",
        "confidence",
        "verified_on",
        "review_by",
        "written",
        "state",
    )
    list_filter = (StateFilter, ReviewFilter)


@admin.register(Letter)
class LetterAdmin(PublishableAdmin):
    examples = {key: examples.SERVICE[key] for key in ("source", "confidence")}
    list_display: Any = ("named", "code", "verified_on", "review_by", "written", "state")
    list_filter = (StateFilter, ReviewFilter)


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    examples = examples.MESSAGE
    list_display: Any = ("named", "who", "how", "amount", "written", "state")
    list_filter = (StateFilter, "who", "how", "amount")


@admin.register(Detail)
class DetailAdmin(PublishableAdmin):
    list_display: Any = ("named", "order", "written", "state")
    list_filter = (StateFilter,)

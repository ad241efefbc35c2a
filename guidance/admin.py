"""The admin of the guidance."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from guidance.forms import TellForm
from guidance.models import App, Letter, Message, Page, Service, Step
from guidance.models.choices import Purpose
from guidance.views import letter_context, page_context, service_context, tell_context
from sextortion_help.publishing.admin import DraftForm, PublishableAdmin
from sextortion_help.publishing.live import Live

SPOKEN = [(code, code) for code in ("nl", "fr", "en", "de", "es", "it", "lb", "pap")]


class PageForm(DraftForm):
    purposes = forms.MultipleChoiceField(
        choices=Purpose.choices, required=False, widget=forms.CheckboxSelectMultiple,
        label=_("services to show"),
    )  # fmt: skip


class ServiceForm(DraftForm):
    purposes = forms.MultipleChoiceField(
        choices=Purpose.choices, widget=forms.CheckboxSelectMultiple, label=_("purposes")
    )
    languages = forms.MultipleChoiceField(
        choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple, label=_("languages")
    )


class StepInline(TranslationStackedInline):  # type: ignore[type-arg]  # its stubs name two
    model = Step
    exclude = ("edition",)
    extra = 0


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    form = PageForm
    inlines = (StepInline,)
    list_display: Any = ("code", "audience", "state")
    list_filter = ("audience",)

    def preview(self, now: Live, content: Any) -> tuple[str, dict[str, Any]]:
        return "guidance/page.html", page_context(now, content)


@admin.register(Service)
class ServiceAdmin(PublishableAdmin):
    form = ServiceForm
    list_display: Any = ("code", "phone", "hours", "verified_on", "review_by", "state")
    list_filter = ("country", "confidence", ("review_by", admin.DateFieldListFilter))

    def preview(self, now: Live, content: Any) -> tuple[str, dict[str, Any]]:
        return "guidance/lines.html", service_context(content)


@admin.register(App)
class AppAdmin(PublishableAdmin):
    list_display: Any = ("name", "confidence", "verified_on", "review_by", "state")

    def preview(self, now: Live, content: Any) -> tuple[str, dict[str, Any]]:
        return "guidance/apps.html", {"apps": [content]}


@admin.register(Letter)
class LetterAdmin(PublishableAdmin):
    def preview(self, now: Live, content: Any) -> tuple[str, dict[str, Any]]:
        return "guidance/letter.html", letter_context(content)


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    list_display: Any = ("code", "who", "how", "amount", "state")
    list_filter = ("who", "how", "amount")

    def preview(self, now: Live, content: Any) -> tuple[str, dict[str, Any]]:
        return "guidance/tell.html", tell_context(
            TellForm({"who": content.who, "how": content.how, "amount": content.amount}), [content]
        )

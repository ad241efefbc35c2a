"""The admin of the guidance."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guidance.forms import TellForm
from guidance.models import App, Letter, Message, Page, Service, Step
from guidance.models.choices import Purpose
from guidance.views import (
    apps_context,
    letter_context,
    page_context,
    service_context,
    tell_context,
)
from sextortion_help.publishing.admin import DraftForm, DraftInline, PublishableAdmin
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

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        return render(request, "guidance/page.html", page_context(now, content))


@admin.register(Service)
class ServiceAdmin(PublishableAdmin):
    form = ServiceForm
    list_display: Any = ("code", "phone", "hours", "verified_on", "review_by", "state")
    list_filter = (Overdue, "country", "confidence")

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        return render(request, "guidance/lines.html", service_context(content))


@admin.register(App)
class AppAdmin(PublishableAdmin):
    list_display: Any = ("name", "confidence", "verified_on", "review_by", "state")
    list_filter = (Overdue,)

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        return render(request, "guidance/apps.html", apps_context(now, [content]))


@admin.register(Letter)
class LetterAdmin(PublishableAdmin):
    list_display: Any = ("code", "review_by", "state")
    list_filter = (Overdue,)

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        return render(request, "guidance/letter.html", letter_context(now, content))


@admin.register(Message)
class MessageAdmin(PublishableAdmin):
    list_display: Any = ("code", "who", "how", "amount", "state")
    list_filter = ("who", "how", "amount")

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        choices = {"who": content.who, "how": content.how, "amount": content.amount}
        return render(request, "guidance/tell.html", tell_context(now, TellForm(choices)))

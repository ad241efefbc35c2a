"""The admin of the quizzes: a quiz shows its tree; questions with their answers have their own form."""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.admin import PageForm
from quiz.models import Answer, Contact, Ending, Question, Quiz, Tactic
from quiz.views import check_context, show_chat
from sextortion_help.public import HtmxRequest
from sextortion_help.publishing.admin import DraftAdmin, DraftInline, PublishableAdmin
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.models import Draft


@admin.register(Quiz)
class QuizAdmin(PublishableAdmin):
    list_display: Any = ("code", "kind", "state")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "tree")

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        if content.kind == Quiz.Kind.CHAT:
            return show_chat(cast("HtmxRequest", request), content)
        return render(request, "quiz/check.html", check_context(now, content))

    @admin.display(description=_("questions and endings"))
    def tree(self, quiz: Quiz) -> SafeString:
        """List the questions with their answers and where each leads, all as links to their forms."""
        if not quiz.pk:
            return format_html("{}", gettext("Save the quiz first; then add its questions."))
        models: list[type[Model]] = [Question, Ending]
        listed = _list(quiz.questions.all())
        if quiz.kind == Quiz.Kind.CHAT:
            models = [Contact, Tactic, Ending]
            contacts = quiz.contacts.all()
            chats = ((_link(contact), _list(contact.questions.all())) for contact in contacts)
            listed = format_html_join("", "<li>{}{}</li>", chats)
        others = [*quiz.tactics.all(), *quiz.endings.all()]
        return format_html(
            "<ul>{}</ul><ul>{}</ul><p>{}</p>",
            listed,
            format_html_join("", "<li>{}</li>", ((_link(part),) for part in others)),
            format_html_join(" ", "{}", ((_add(model, quiz=quiz.pk),) for model in models)),
        )


def _link(draft: Draft) -> SafeString:
    return format_html('<a href="{}">{}</a>', draft.edit_url(), draft)


def _add(model: type[Model], **fields: Any) -> SafeString:
    """Give a link to the form that adds a row, with these fields filled in."""
    address = reverse(f"admin:quiz_{model._meta.model_name}_add")
    text = gettext("Add: %s") % model._meta.verbose_name
    return format_html('<a class="addlink" href="{}?{}">{}</a>', address, urlencode(fields), text)


def _list(questions: Iterable[Question]) -> SafeString:
    """List questions, each with its answers and where they lead."""
    return format_html(
        "<ul>{}</ul>",
        format_html_join(
            "",
            "<li>{}<ul>{}</ul></li>",
            ((_link(question), _answers(question)) for question in questions),
        ),
    )


def _answers(question: Question) -> SafeString:
    def leads_to(answer: Answer) -> SafeString:
        target = answer.next_question or answer.ending
        return _link(target) if target else format_html("{}", gettext("end of the chat"))

    return format_html_join(
        "",
        "<li>{}{} → {}</li>",
        (
            (
                answer.label,
                f" ({answer.get_signal_display()})" if answer.signal else "",
                leads_to(answer),
            )
            for answer in question.answers.select_related("next_question", "ending")
        ),
    )


class AnswerInline(DraftInline):
    model = Answer
    fk_name = "question"

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Hide what only the other kind of quiz has."""
        if obj and obj.quiz.kind == Quiz.Kind.CHAT:
            return ("edition", "advice", "tone", "ending")
        return ("edition", "signal", "tactic", "ends_chat") if obj else ("edition",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Offer only questions and endings of the same quiz."""
        formset = super().get_formset(request, obj, **kwargs)
        form: type[ModelForm[Answer]] = formset.form
        for name in ("next_question", "ending", "tactic"):
            if field := form.base_fields.get(name):
                rows = field.queryset  # type: ignore[attr-defined]  # a ModelChoiceField
                field.queryset = rows.filter(quiz=obj.quiz) if obj else rows.none()  # type: ignore[attr-defined]
        return formset


@admin.register(Question)
class QuestionAdmin(DraftAdmin):
    inlines = (AnswerInline,)
    list_display: Any = ("__str__", "quiz", "start")
    list_filter = ("quiz",)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Hide the contact where nobody writes."""
        if obj and obj.quiz.kind == Quiz.Kind.SELF_CHECK:
            return ("edition", "contact")
        return ("edition",)


@admin.register(Ending)
class EndingAdmin(DraftAdmin):
    form = PageForm
    list_display: Any = ("__str__", "quiz", "tone")
    list_filter = ("quiz",)


@admin.register(Contact)
class ContactAdmin(DraftAdmin):
    list_display: Any = ("__str__", "honest", "scene")
    readonly_fields = ("chat",)

    @admin.display(description=_("chat"))
    def chat(self, contact: Contact) -> SafeString:
        """List the contact's messages with the replies to each, and where each leads."""
        if not contact.pk:
            return format_html("{}", gettext("Save the contact first; then add the messages."))
        add = _add(Question, quiz=contact.quiz_id, contact=contact.pk)
        return format_html("{}<p>{}</p>", _list(contact.questions.all()), add)


@admin.register(Tactic)
class TacticAdmin(DraftAdmin):
    list_display: Any = ("__str__",)

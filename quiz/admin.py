"""The admin of the quizzes: a quiz shows its tree; questions with their answers have their own form."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from guidance.admin import PageForm
from quiz.models import Answer, Contact, Ending, Question, Quiz, Tactic
from quiz.views import chat_context, check_context
from sextortion_help.publishing.admin import DraftAdmin, PublishableAdmin
from sextortion_help.publishing.live import Live


@admin.register(Quiz)
class QuizAdmin(PublishableAdmin):
    list_display: Any = ("code", "kind", "state")
    readonly_fields = ("tree",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "tree")

    def preview(self, now: Live, content: Any) -> tuple[str, dict[str, Any]]:
        if content.kind == Quiz.Kind.CHAT:
            return "quiz/chat.html", chat_context(content, [])
        return "quiz/check.html", check_context(now, content)

    @admin.display(description=_("questions and endings"))
    def tree(self, quiz: Quiz) -> SafeString:
        """List the questions with their answers and where each leads, all as links to their forms."""
        if not quiz.pk:
            return format_html("{}", gettext("Save the quiz first; then add its questions."))
        questions = format_html_join(
            "",
            '<li><a href="{}">{}</a><ul>{}</ul></li>',
            (
                (question.edit_url(), question, _answers(question))
                for question in quiz.questions.all()
            ),
        )
        endings = format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            ((ending.edit_url(), ending) for ending in quiz.endings.all()),
        )
        return format_html("<ul>{}</ul><ul>{}</ul>", questions, endings)


def _answers(question: Question) -> SafeString:
    return format_html_join(
        "",
        '<li>{} → <a href="{}">{}</a></li>',
        (
            (answer.label, target.edit_url(), target)
            for answer in question.answers.select_related("next_question", "ending")
            if (target := answer.next_question or answer.ending)
        ),
    )


class AnswerInline(TranslationStackedInline):  # type: ignore[type-arg]  # its stubs name two
    model = Answer
    fk_name = "question"
    exclude = ("edition",)
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Offer only questions and endings of the same quiz."""
        formset = super().get_formset(request, obj, **kwargs)
        form: type[ModelForm[Answer]] = formset.form
        for field, model in (("next_question", Question), ("ending", Ending)):
            same_quiz = (
                model._default_manager.filter(quiz=obj.quiz)
                if obj
                else model._default_manager.none()
            )
            form.base_fields[field].queryset = same_quiz  # type: ignore[attr-defined]  # a ModelChoiceField
        return formset


@admin.register(Question)
class QuestionAdmin(DraftAdmin):
    inlines = (AnswerInline,)
    list_display: Any = ("__str__", "quiz", "start")
    list_filter = ("quiz",)


@admin.register(Ending)
class EndingAdmin(DraftAdmin):
    form = PageForm
    list_display: Any = ("__str__", "quiz", "tone")
    list_filter = ("quiz",)


@admin.register(Contact)
class ContactAdmin(DraftAdmin):
    list_display: Any = ("__str__", "honest", "scene")


@admin.register(Tactic)
class TacticAdmin(DraftAdmin):
    list_display: Any = ("__str__",)

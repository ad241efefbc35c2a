"""The admin of the self-checks: the tree as a list; questions with their answers have their own form."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.admin import LinkedForm
from guidance.choices import Purpose
from quiz import examples
from quiz.drawing import Box, draw, wrong
from quiz.faults import SENTENCES as FAULTS
from quiz.graph import Node
from quiz.outline import add_button, drawn, leads_to, listed, row
from quiz.rewiring import Inserting, Removing, insert_button, remove_link
from quiz.self_check import tree
from quiz.self_check.models import SENTENCES, Answer, Ending, Question, SelfCheck
from sextortion_help.publishing.admin.drafts import DraftAdmin, DraftInline
from sextortion_help.publishing.admin.forms import DraftForm
from sextortion_help.publishing.admin.layout import chosen
from sextortion_help.publishing.admin.ordered import OrderedField
from sextortion_help.publishing.admin.publishable import PublishableAdmin
from sextortion_help.publishing.admin.targets import offer
from sextortion_help.publishing.freezing import freeze


class EndingForm(DraftForm):
    purposes = OrderedField(choices=Purpose.choices, required=False, label=_("services to show"))


@admin.register(SelfCheck)
class SelfCheckAdmin(Inserting, PublishableAdmin):
    form = LinkedForm
    list_display: Any = ("named", "code", "verified_on", "review_by", "written", "state")
    readonly_fields = ("tree",)

    @admin.display(description=_("questions and endings"))
    def tree(self, check: SelfCheck) -> SafeString:
        """List the questions with their answers and where each leads, all as links to their forms."""
        asked: HttpRequest = check.looked_at  # type: ignore[attr-defined]  # by Outlined
        add = format_html(
            "<p>{} {}</p>",
            add_button(asked, "questions", Question),
            add_button(asked, "endings", Ending),
        )
        if not check.pk:
            return add
        return format_html(
            "{}{}{}{}",
            drawn(str(check), "tree", draw(*_boxes(check))),
            listed(
                row(
                    asked,
                    "questions",
                    one,
                    format_html("{}{}", remove_link(asked, one), _answers(asked, one)),
                )
                for one in check.questions.all()
            ),
            listed(row(asked, "endings", one) for one in check.endings.all()),
            add,
        )


def _answers(request: HttpRequest, question: Question) -> SafeString:
    nowhere = gettext("nowhere yet")
    return listed(
        format_html(
            "{}{}",
            leads_to(answer.label, answer.next_question or answer.ending, nowhere),
            insert_button(request, answer),
        )
        for answer in question.answers.all()
    )


def _boxes(check: SelfCheck) -> tuple[Sequence[Node], list[Box]]:
    """Give the nodes of a check and what stands in the box of each, and of each ending."""
    content: Any = freeze(check)
    faults, said = tree.faults(content), {**FAULTS, **SENTENCES}
    boxes = [
        Box(
            one.code,
            "start" if one.start else "question",
            gettext("start") if one.start else gettext("question"),
            str(one.text or ""),
            one.edit_url(),
            wrong(faults, said, "questions", one.code),
        )
        for one in check.questions.all()
    ]
    return tree.nodes(content), boxes + [
        Box(
            one.code,
            "ending",
            f"{gettext('ending')} ({one.get_tone_display()})",
            str(one.title or ""),
            one.edit_url(),
            wrong(faults, said, "endings", one.code),
        )
        for one in check.endings.all()
    ]


class AnswerInline(DraftInline):
    model = Answer
    examples = examples.ANSWER
    fk_name = "question"
    targets = ("next_question", "ending")
    usual = 2

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Offer only questions and endings of the same self-check."""
        formset = super().get_formset(request, obj, **kwargs)
        check = obj.self_check_id if obj else chosen(request, "self_check")
        offer(formset.form.base_fields["next_question"], Question.objects.filter(self_check=check))
        offer(formset.form.base_fields["ending"], Ending.objects.filter(self_check=check))
        return formset


@admin.register(Question)
class QuestionAdmin(Removing, DraftAdmin):
    examples = examples.QUESTION
    inlines = (AnswerInline,)
    list_display: Any = ("__str__", "self_check", "start")
    list_filter = ("self_check",)
    list_select_related = ("self_check",)


@admin.register(Ending)
class EndingAdmin(DraftAdmin):
    form = EndingForm
    examples = examples.ENDING
    list_display: Any = ("__str__", "self_check", "tone")
    list_filter = ("self_check",)
    list_select_related = ("self_check",)

"""Drafts of the self-checks: questions, answers, endings. Their codes never change."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.content import Page as LivePage
from guidance.help import has_human
from guidance.models import Page
from guidance.models.validators import check_purposes
from quiz.faults import in_words
from quiz.self_check import content, tree
from sextortion_help.publishing.codes import (
    choice_code,
    new_choice_code,
    new_place_code,
    place_code,
)
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Draft, Linked
from sextortion_help.publishing.places import at, countries
from sextortion_help.publishing.problems import Problem

SENTENCES: Final = {
    "code twice": _("A question or another ending has the same code."),
    "no advice": _("An answer needs what we say at once, and a tone."),
}
FIELDS: Final = {
    "several starts": "start",
    "same label": "label",
    "no target": "next_question",
    "no advice": "advice_nl",
}


class Tone(models.TextChoices):
    CALM = "calm", _("calm")
    WATCH = "watch", _("watch out")
    STOP = "stop", _("stop")


class SelfCheck(Linked):
    """A self-check: published as a whole, with its questions, answers and endings."""

    content_class = content.SelfCheck
    translated = ("title", "intro", "entry_title", "entry_text")
    parts = ("questions", "endings")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"))

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        ordering = ["order", "code"]

    @classmethod
    def lacking(cls, now: Contents, after: Contents) -> list[str]:
        """Name each ending of a check that goes on being live, and would lead to nobody in a country."""
        known = set(_mute(now))
        text = gettext("somebody to call or chat with in %(country)s, at the ending %(ending)s")
        return [
            text % {"country": country, "ending": f"{code} {ending}"}
            for country, code, ending in _mute(after)
            if (country, code, ending) not in known
            and now.get(content.SelfCheck, code) == after.get(content.SelfCheck, code)
        ]

    @classmethod
    def clashes(cls, name: str, content: Any, after: Contents) -> list[str]:
        text = gettext("%(ending)s: no service here can be called or chatted with in %(country)s.")
        return [
            text % {"ending": f"{name}, {ending}", "country": country}
            for country, code, ending in _mute(after)
            if code == content.code
        ]

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        problems = in_words(self, tree.faults(content), SENTENCES, FIELDS)
        for ending in self.endings.all():
            problems += ending.problems(after)
        return problems


class Question(Draft):
    """A question of a self-check. Its code is the visitor's whole state, so it never changes."""

    natural_fields = ("self_check__code", "code")
    parts = ("answers",)
    translated = ("text", "help")
    part_of = "self_check"
    code_for_life = True

    self_check = models.ForeignKey(
        SelfCheck, models.CASCADE, related_name="questions", verbose_name=_("self-check")
    )
    code = models.CharField(
        _("code"), max_length=4, default=new_place_code, editable=False, validators=[place_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    start = models.BooleanField(
        _("start"), default=False, help_text=_("The self-check begins here.")
    )
    text = models.TextField(_("question"))
    help = models.TextField(_("help"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["self_check", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_check", "code"], name="question_code_once_per_self_check"
            )
        ]

    @property
    def seen_at(self) -> tuple[dict[str, str], str]:
        return {}, self.code

    def __str__(self) -> str:
        return f"{self.code}: {self.text or '…'}"


class Ending(Draft):
    """Where a path ends: advice, steps and services."""

    natural_fields = ("self_check__code", "code")
    part_of = "self_check"
    code_for_life = True
    translated = ("title", "body")
    markdown_fields = ("body",)

    self_check = models.ForeignKey(
        SelfCheck, models.CASCADE, related_name="endings", verbose_name=_("self-check")
    )
    code = models.CharField(
        _("code"), max_length=4, default=new_place_code, editable=False, validators=[place_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    tone = models.CharField(_("tone"), max_length=5, choices=Tone)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    pages = models.ManyToManyField(
        Page, blank=True, verbose_name=_("pages"), help_text=_("Their steps are shown here.")
    )
    purposes = models.JSONField(_("services to show"), default=list, validators=[check_purposes])

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        ordering = ["self_check", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["self_check", "code"], name="ending_code_once_per_self_check"
            )
        ]

    @property
    def seen_at(self) -> tuple[dict[str, str], str]:
        return {}, self.code

    def __str__(self) -> str:
        return f"{self.code}: {self.title or '…'}"

    def problems(self, after: Contents) -> list[Problem]:
        """Say whether somebody can be reached from here, and whether what it shows would be live."""
        problems = []
        for country in countries(after):
            if not has_human(at(after, country), self.purposes):
                text = gettext(
                    "%(ending)s: no service here can be called or chatted with in %(country)s."
                )
                values = {"ending": self, "country": country}
                problems.append(Problem(text % values, self.edit_url("purposes")))
        for page in self.pages.all():
            if not after.get(LivePage, page.code):
                text = gettext("%(ending)s shows the page “%(page)s”, which is not live.")
                values = {"ending": self, "page": page}
                problems.append(Problem(text % values, self.edit_url("pages")))
        return problems


class Answer(Draft):
    """An answer to a question. It leads to exactly one place: another question, or an ending."""

    natural_fields = ("question__self_check__code", "question__code", "code")
    part_of = "question"
    translated = ("label", "advice")
    inline = True
    code_for_life = True

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    code = models.CharField(
        _("code"), max_length=2, default=new_choice_code, editable=False, validators=[choice_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    label = models.CharField(_("answer"), max_length=120)
    advice = models.TextField(_("what we say at once"), blank=True)
    tone = models.CharField(_("tone"), max_length=5, choices=Tone, blank=True)
    next_question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("next question"),
    )  # fmt: skip
    ending = models.ForeignKey(
        Ending, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ending")
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "code"], name="answer_code_once_per_question"
            ),
            models.CheckConstraint(
                condition=models.Q(next_question__isnull=True) | models.Q(ending__isnull=True),
                name="answer_has_one_target",
                violation_error_message=_("Choose one: a next question, or an ending."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question.code}, {self.code}: {self.label or '…'}"

    def clean(self) -> None:
        super().clean()
        if self.next_question_id and self.ending_id:
            text = gettext("Choose one: a next question, or an ending.")
            raise ValidationError({"next_question": text})


def _mute(contents: Contents) -> list[tuple[str, str, str]]:
    """Give each ending at which nobody can be called or chatted with: ("BE", "flirt", "bcdf")."""
    return [
        (country, check.code, ending.code)
        for country in countries(contents)
        for check in at(contents, country).all(content.SelfCheck)
        for ending in check.endings
        if not has_human(at(contents, country), ending.purposes)
    ]

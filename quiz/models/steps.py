"""Drafts of what a quiz is made of: questions, answers, endings. Their codes never change."""

import secrets
from typing import Any, Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.content import Page as PageContent
from guidance.help import has_human
from guidance.models import Page
from guidance.models.choices import check_purposes
from quiz import content
from quiz.models.chat import Contact, PartManager, Tactic
from quiz.models.quizzes import Quiz
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.markdown import html
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.problems import Problem, field_problems, text_problems

# Without vowels no code can be a word, so that none says anything where it might be seen.
CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"


def new_step_code() -> str:
    """Make an opaque code of four letters for a question or ending."""
    return "".join(secrets.choice(CONSONANTS) for _ in range(4))


def new_answer_code() -> str:
    """Make an opaque code of two letters for an answer."""
    return "".join(secrets.choice(CONSONANTS) for _ in range(2))


class Tone(models.TextChoices):
    CALM = "calm", _("calm")
    WATCH = "watch", _("watch out")
    STOP = "stop", _("stop")


class Level(models.TextChoices):
    HIGH = "high", _("two thirds or more")
    LOW = "low", _("less")


class Signal(models.TextChoices):
    """What a reply in the practice chat shows about the visitor's judgement."""

    HIT = "hit", _("hit: sees through a trick")
    MISS = "miss", _("miss: falls for a trick")
    TRUST = "trust", _("trust: rightly trusts somebody honest")
    FALSE_ALARM = "false_alarm", _("false alarm: distrusts somebody honest")
    NEUTRAL = "neutral", _("neutral")


class Question(Draft):
    """A question of a quiz; in the practice chat, what a contact writes, one bubble a line.

    In the self-check its code is the visitor's whole state, so it never changes.
    """

    code_for_life = True

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions", verbose_name=_("quiz"))
    code = models.CharField(
        _("code"), max_length=4, default=new_step_code, editable=False,
        validators=[RegexValidator(f"\\A[{CONSONANTS}]{{4}}\\Z")],
    )  # fmt: skip
    order = models.PositiveIntegerField(_("order"), default=0)
    start = models.BooleanField(_("start"), default=False, help_text=_("The quiz begins here."))
    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, blank=True, related_name="questions",
        verbose_name=_("contact"), help_text=_("Only in the practice chat: who writes this."),
    )  # fmt: skip
    text = models.TextField(
        _("question"), help_text=_("In the practice chat: what they write, one bubble a line.")
    )
    help = models.TextField(_("help"), blank=True)

    objects = PartManager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["quiz", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "code"], name="question_code_once_per_quiz")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text or '…'}"

    def natural_key(self) -> tuple[str, str]:
        return (self.quiz.code, self.code)

    natural_key.dependencies = ["quiz.quiz"]  # type: ignore[attr-defined]  # Django reads it

    def content(self) -> content.Question:
        """Freeze the question with its answers."""
        return content.Question(
            code=self.code,
            start=self.start,
            contact=self.contact.code if self.contact else "",
            text=Text.of(self, "text"),
            help=Text.of(self, "help"),
            answers=tuple(answer.content() for answer in self.answers.all()),
        )


class Ending(Draft):
    """Where a path ends: advice, steps and services."""

    code_for_life = True
    markdown_fields = ("body",)

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="endings", verbose_name=_("quiz"))
    code = models.CharField(
        _("code"), max_length=4, default=new_step_code, editable=False,
        validators=[RegexValidator(f"\\A[{CONSONANTS}]{{4}}\\Z")],
    )  # fmt: skip
    order = models.PositiveIntegerField(_("order"), default=0)
    tone = models.CharField(_("tone"), max_length=5, choices=Tone)
    hits = models.CharField(
        _("tricks seen through"), max_length=4, choices=Level, blank=True,
        help_text=_("Only in the practice chat: for whom this ending is."),
    )  # fmt: skip
    trust = models.CharField(_("honest people trusted"), max_length=4, choices=Level, blank=True)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    pages = models.ManyToManyField(
        Page, blank=True, verbose_name=_("pages"), help_text=_("Their steps are shown here.")
    )
    purposes = models.JSONField(_("services to show"), default=list, validators=[check_purposes])

    objects = PartManager()

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        ordering = ["quiz", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "code"], name="ending_code_once_per_quiz")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title or '…'}"

    def natural_key(self) -> tuple[str, str]:
        return (self.quiz.code, self.code)

    natural_key.dependencies = ["quiz.quiz"]  # type: ignore[attr-defined]  # Django reads it

    def content(self) -> content.Ending:
        """Freeze the ending."""
        return content.Ending(
            code=self.code,
            tone=self.tone,
            hits=self.hits,
            trust=self.trust,
            title=Text.of(self, "title"),
            body=html(Text.of(self, "body")),
            pages=tuple(page.code for page in self.pages.all()),
            purposes=tuple(self.purposes),
        )

    def problems(self, after: Live) -> list[Problem]:
        """Say what is wrong with the ending, seen against what would be live with it."""
        problems = field_problems(self) + list(text_problems(self, after))
        if not has_human(after, self.purposes):
            text = gettext("%s: no service here can be called or chatted with.") % self
            problems.append(Problem(text, self.edit_url("purposes")))
        for page in self.pages.all():
            if not after.get(PageContent, page.code):
                text = gettext("%(ending)s shows the page “%(page)s”, which is not live.")
                values = {"ending": self, "page": page}
                problems.append(Problem(text % values, self.edit_url("pages")))
        return problems


class AnswerManager(models.Manager[Any]):
    """Find an answer by its quiz, its question and its own code."""

    def get_by_natural_key(self, quiz: str, question: str, code: str) -> Any:
        """Give the answer, or raise DoesNotExist."""
        return self.get(question__quiz__code=quiz, question__code=question, code=code)


class Answer(Draft):
    """An answer to a question. It leads to exactly one place: another question, or an ending."""

    code_for_life = True

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    code = models.CharField(
        _("code"), max_length=2, default=new_answer_code, editable=False,
        validators=[RegexValidator(f"\\A[{CONSONANTS}]{{2}}\\Z")],
    )  # fmt: skip
    order = models.PositiveIntegerField(_("order"), default=0)
    label = models.CharField(_("answer"), max_length=120)
    advice = models.TextField(
        _("what we say at once"), blank=True, help_text=_("Not in the practice chat.")
    )
    tone = models.CharField(_("tone"), max_length=5, choices=Tone, blank=True)
    signal = models.CharField(
        _("signal"), max_length=12, choices=Signal, blank=True,
        help_text=_("Only in the practice chat."),
    )  # fmt: skip
    tactic = models.ForeignKey(
        Tactic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tactic"),
        help_text=_("The trick at play, for a hit or a miss."),
    )  # fmt: skip
    next_question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("next question"),
    )  # fmt: skip
    ending = models.ForeignKey(
        Ending, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ending")
    )
    ends_chat = models.BooleanField(
        _("ends the chat"), default=False, help_text=_("Then it is revealed who it was.")
    )

    objects = AnswerManager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "code"], name="answer_code_once_per_question"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    next_question__isnull=False, ending__isnull=True, ends_chat=False
                )
                | models.Q(next_question__isnull=True, ending__isnull=False, ends_chat=False)
                | models.Q(next_question__isnull=True, ending__isnull=True, ends_chat=True),
                name="answer_has_one_target",
                violation_error_message=_(
                    "Choose one: a next question, an ending, or the end of the chat."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question.code}, {self.code}: {self.label or '…'}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.question.natural_key(), self.code)

    natural_key.dependencies = ["quiz.question", "quiz.ending"]  # type: ignore[attr-defined]  # Django reads it

    def content(self) -> content.Answer:
        """Freeze the answer."""
        return content.Answer(
            code=self.code,
            label=Text.of(self, "label"),
            advice=Text.of(self, "advice"),
            tone=self.tone,
            next_question=self.next_question.code if self.next_question else "",
            ending=self.ending.code if self.ending else "",
            signal=self.signal,
            tactic=self.tactic.code if self.tactic else "",
            ends_chat=self.ends_chat,
        )

    def edit_url(self, field: str = "") -> str:
        """Answers are edited on the form of their question."""
        place = [answer.pk for answer in self.question.answers.all()].index(self.pk)
        return self.question.edit_url(f"answers-{place}-{field}" if field else "")

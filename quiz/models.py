"""Drafts of the quizzes: questions, answers and endings. Staff edit them in the admin."""

import secrets
from typing import Any, Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance.content import Page as PageContent
from guidance.help import has_human
from guidance.models import Page
from guidance.models.choices import CodeManager, check_purposes
from quiz import content, tree
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.markdown import html
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem, field_problems, text_problems

# Without vowels no code can be a word, so that none says anything where it might be seen.
CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"

# What each rule of tree.py says to an editor, and which field of the question mends it.
SENTENCES: Final = {
    "no start": _("No question is marked as the start."),
    "several starts": _("There is already a start; only one question can be it."),
    "code twice": _("Another question or ending has the same code."),
    "fewer than two answers": _("A question needs at least two answers."),
    "same label": _("Two answers say the same."),
    "no target": _("This answer leads nowhere."),
    "nobody gets here": _("No path leads here."),
    "loop": _("A path from this question comes back to it."),
    "no ending ahead": _("No path from this question reaches an ending."),
    "too many questions": _("More than %d questions on one path.") % tree.MOST_QUESTIONS,
}
FIELDS: Final = {"several starts": "start", "same label": "label_nl", "no target": "next_question"}


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


class Quiz(Publishable):
    """A quiz: published as a whole, with its questions, answers and endings."""

    content_class = content.Quiz

    class Kind(models.TextChoices):
        SELF_CHECK = "self_check", _("self-check")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SELF_CHECK)
    order = models.PositiveIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"))

    objects = CodeManager()

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.code)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def content(self) -> content.Quiz:
        questions = self.questions.prefetch_related("answers__next_question", "answers__ending")
        endings = self.endings.prefetch_related("pages")
        return content.Quiz(
            code=self.code,
            order=self.order,
            kind=self.kind,
            title=Text.of(self, "title"),
            intro=Text.of(self, "intro"),
            questions=tuple(question.content() for question in questions),
            endings=tuple(ending.content() for ending in endings),
        )

    def problems(self, after: Live) -> list[Problem]:
        problems = field_problems(self) + list(text_problems(self, after))
        for question in self.questions.all():
            problems += text_problems(question, after)
            for answer in question.answers.all():
                problems += text_problems(answer, after)
        for ending in self.endings.all():
            problems += ending.problems(after)
        return problems + [self._in_words(fault) for fault in tree.faults(self.content())]

    def _in_words(self, fault: tree.Fault) -> Problem:
        field = FIELDS.get(fault.rule, "")
        row: Draft = self
        if fault.ending:
            row = self.endings.get(code=fault.ending)
        elif fault.answer:
            row = Answer.objects.get(
                question__quiz=self, question__code=fault.question, code=fault.answer
            )
        elif fault.question:
            row = self.questions.get(code=fault.question)
        return Problem(f"{row}: {SENTENCES[fault.rule]}", row.edit_url(field))


class StepManager(models.Manager[Any]):
    """Find a question or ending by the code of its quiz and its own."""

    def get_by_natural_key(self, quiz: str, code: str) -> Any:
        """Give the question or ending, or raise DoesNotExist."""
        return self.get(quiz__code=quiz, code=code)


class Question(Draft):
    """A question of a quiz. Its code is the visitor's whole state, so it never changes."""

    code_for_life = True

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions", verbose_name=_("quiz"))
    code = models.CharField(
        _("code"), max_length=4, default=new_step_code, editable=False,
        validators=[RegexValidator(f"\\A[{CONSONANTS}]{{4}}\\Z")],
    )  # fmt: skip
    order = models.PositiveIntegerField(_("order"), default=0)
    start = models.BooleanField(_("start"), default=False, help_text=_("The quiz begins here."))
    text = models.CharField(_("question"), max_length=200)
    help = models.TextField(_("help"), blank=True)

    objects = StepManager()

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
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    pages = models.ManyToManyField(
        Page, blank=True, verbose_name=_("pages"), help_text=_("Their steps are shown here.")
    )
    purposes = models.JSONField(_("services to show"), default=list, validators=[check_purposes])

    objects = StepManager()

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
    advice = models.TextField(_("what we say at once"))
    tone = models.CharField(_("tone"), max_length=5, choices=Tone)
    next_question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("next question"),
    )  # fmt: skip
    ending = models.ForeignKey(
        Ending, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ending")
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
                condition=models.Q(next_question__isnull=True) ^ models.Q(ending__isnull=True),
                name="answer_has_one_target",
                violation_error_message=_("Choose a next question or an ending: one of the two."),
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
        )

    def edit_url(self, field: str = "") -> str:
        """Answers are edited on the form of their question."""
        place = list(self.question.answers.values_list("pk", flat=True)).index(self.pk)
        return self.question.edit_url(f"answers-{place}-{field}")

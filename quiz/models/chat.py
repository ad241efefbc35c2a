"""Drafts of who writes to you in the practice chat, and of the tricks they may use."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz import content
from quiz.models.quizzes import Quiz
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.markdown import html
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.problems import Problem, field_problems, text_problems


class PartManager(models.Manager[Any]):
    """Find a part of a quiz by the code of its quiz and its own."""

    def get_by_natural_key(self, quiz: str, code: str) -> Any:
        """Give the part, or raise DoesNotExist."""
        return self.get(quiz__code=quiz, code=code)


class Tactic(Draft):
    """A trick by which somebody gets what they want from you."""

    code_for_life = True

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="tactics", verbose_name=_("quiz"))
    code = models.SlugField(_("code"), max_length=20)
    order = models.PositiveIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=60)
    about = models.TextField(_("how it works"))

    objects = PartManager()

    class Meta:
        verbose_name = _("tactic")
        verbose_name_plural = _("tactics")
        ordering = ["quiz", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "code"], name="tactic_code_once_per_quiz")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name or '…'}"

    def natural_key(self) -> tuple[str, str]:
        return (self.quiz.code, self.code)

    natural_key.dependencies = ["quiz.quiz"]  # type: ignore[attr-defined]  # Django reads it

    def content(self) -> content.Tactic:
        """Freeze the tactic."""
        return content.Tactic(self.code, Text.of(self, "name"), Text.of(self, "about"))


class Contact(Draft):
    """Somebody who writes to you in the practice chat, honest or not, and what is revealed after it."""

    code_for_life = True
    markdown_fields = ("reveal_body",)

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="contacts", verbose_name=_("quiz"))
    code = models.CharField(
        _("code"), max_length=3, validators=[RegexValidator(r"\A[a-z]\d{1,2}\Z")],
        help_text=_("A letter and a number, such as c1."),
    )  # fmt: skip
    order = models.PositiveIntegerField(_("order"), default=0)
    honest = models.BooleanField(_("honest"), default=False)
    scene = models.BooleanField(
        _("threat scene"),
        default=False,
        help_text=_("Comes after the third contact; everybody knows who it is."),
    )
    name = models.CharField(_("name"), max_length=40)
    intro = models.CharField(_("how they come to you"), max_length=200)
    reveal_title = models.CharField(_("who it was"), max_length=120)
    reveal_body = models.TextField(_("what gave it away"), help_text=_("Markdown."))
    real_life = models.TextField(_("one thing to do in real life"))

    objects = PartManager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["quiz", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "code"], name="contact_code_once_per_quiz")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name or '…'}"

    def natural_key(self) -> tuple[str, str]:
        return (self.quiz.code, self.code)

    natural_key.dependencies = ["quiz.quiz"]  # type: ignore[attr-defined]  # Django reads it

    def content(self) -> content.Contact:
        """Freeze the contact; the turns of the chat are frozen as questions of the quiz."""
        return content.Contact(
            code=self.code,
            honest=self.honest,
            scene=self.scene,
            name=Text.of(self, "name"),
            intro=Text.of(self, "intro"),
            reveal_title=Text.of(self, "reveal_title"),
            reveal_body=html(Text.of(self, "reveal_body")),
            real_life=Text.of(self, "real_life"),
        )

    def problems(self, after: Live) -> list[Problem]:
        """Say what is wrong with the contact, seen against what would be live with it."""
        return [*field_problems(self), *text_problems(self, after)]

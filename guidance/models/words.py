"""Drafts of ready-made words: letters to ask for removal, messages to tell somebody."""

import re

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance import content
from guidance.models.choices import CodeManager
from guidance.models.services import Sourced
from sextortion_help.publishing.content import LANGUAGES, Text
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Problem, field_problems, text_problems


class Letter(Sourced):
    """A letter that asks for removal. Its blanks, such as {address}, are filled in by the visitor's browser."""

    content_class = content.Letter

    code = models.SlugField(_("code"), max_length=20, unique=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    recipient = models.CharField(_("recipient"), max_length=100)
    help = models.TextField(_("where to send it"))
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(
        _("letter"),
        help_text=format_lazy(
            _("Blanks: {blanks}."),
            blanks=", ".join(f"{{{blank}}}" for blank in content.BLANKS),
        ),
    )

    objects = CodeManager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.code)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def content(self) -> content.Letter:
        return content.Letter(
            code=self.code,
            order=self.order,
            recipient=Text.of(self, "recipient"),
            help=Text.of(self, "help"),
            subject=Text.of(self, "subject"),
            body=Text.of(self, "body"),
        )

    def problems(self, after: Live) -> list[Problem]:
        problems = [*field_problems(self), *text_problems(self, after, "parent")]
        for language in LANGUAGES:
            column = f"body_{language}"
            for blank in re.findall(r"{(.*?)}", getattr(self, column) or ""):
                if blank not in content.BLANKS:
                    text = gettext("%(letter)s: there is no blank called “%(blank)s”.")
                    values = {"letter": self, "blank": blank}
                    problems.append(Problem(text % values, self.edit_url(column)))
        return problems + self.source_problems()


class Who(models.TextChoices):
    MOTHER = "mother", _("My mother")
    FATHER = "father", _("My father")
    CARER = "carer", _("Another adult who looks after me")
    SIBLING = "sibling", _("My brother or sister")
    FRIEND = "friend", _("A friend")
    TEACHER = "teacher", _("A teacher")
    HELPLINE = "helpline", _("A helpline")


class How(models.TextChoices):
    WRITE = "write", _("In a message")
    ALOUD = "aloud", _("Out loud")


class Amount(models.TextChoices):
    LITTLE = "little", _("Something is wrong")
    SOME = "some", _("I am being threatened")
    ALL = "all", _("Everything")


class Message(Publishable):
    """Words to tell somebody: who, how, and how much of it."""

    content_class = content.Message

    code = models.SlugField(_("code"), max_length=40, unique=True)
    who = models.CharField(_("who"), max_length=10, choices=Who)
    how = models.CharField(_("how"), max_length=10, choices=How)
    amount = models.CharField(_("how much"), max_length=10, choices=Amount)
    text = models.TextField(_("message"))

    objects = CodeManager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["who", "how", "amount"]
        constraints = [
            models.UniqueConstraint(fields=["who", "how", "amount"], name="message_once")
        ]

    def __str__(self) -> str:
        return str(self.code)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def content(self) -> content.Message:
        return content.Message(
            code=self.code,
            order=0,
            who=self.who,
            how=self.how,
            amount=self.amount,
            text=Text.of(self, "text"),
        )

    def problems(self, after: Live) -> list[Problem]:
        return [*field_problems(self), *text_problems(self, after)]

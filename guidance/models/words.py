"""Drafts of ready-made words: letters to ask for removal, messages to tell somebody, and what these may add."""

from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidance import content
from guidance.choices import Amount, How, Who
from guidance.content import BLANKS
from guidance.models.services import Sourced
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Problem


class Letter(Sourced):
    """A letter that asks for removal. Its blanks, such as {address}, are filled in by the visitor's browser."""

    content_class = content.Letter
    translated = ("recipient", "help", "subject", "body")
    blanks = {"body": BLANKS}
    reader = "parent"  # who sends it is often an adult, and who reads it always

    code = models.SlugField(_("code"), max_length=20, unique=True)
    recipient = models.CharField(_("recipient"), max_length=100)
    help = models.TextField(_("where to send it"))
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(
        _("letter"),
        help_text=format_lazy(
            _("Blanks: {blanks}."),
            blanks=", ".join(f"{{{blank}}}" for blank in BLANKS),
        ),
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["order", "code"]


class Message(Publishable):
    """Words to tell somebody: who, how, and how much of it."""

    content_class = content.Message
    translated = ("text",)

    code = models.SlugField(_("code"), max_length=40, unique=True)
    who = models.CharField(_("who"), max_length=10, choices=Who)
    how = models.CharField(_("how"), max_length=10, choices=How)
    amount = models.CharField(_("how much"), max_length=10, choices=Amount)
    text = models.TextField(_("message"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["who", "how", "amount"]
        constraints = [
            models.UniqueConstraint(fields=["who", "how", "amount"], name="message_once")
        ]

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        clashes = self.clashes(str(self), content, after)
        return [Problem(said, self.edit_url("who")) for said in clashes]

    @classmethod
    def clashes(cls, name: str, content: Any, after: Contents) -> list[str]:
        text = gettext("%(message)s: “%(other)s” has the words for this choice already.")
        return [
            text % {"message": name, "other": other.code}
            for other in after.all(type(content))
            if other.choices == content.choices and other.code != content.code
        ]


class Detail(Publishable):
    """A sentence that says what has happened, to add to any message."""

    content_class = content.Detail
    translated = ("text",)

    code = models.SlugField(_("code"), max_length=40, unique=True)
    text = models.CharField(
        _("sentence"),
        max_length=100,
        help_text=_(
            "It is chosen, and follows any of the messages, whoever hears it: “I have paid.”"
        ),
    )

    class Meta:
        verbose_name = _("detail of a message")
        verbose_name_plural = _("details of messages")
        ordering = ["order", "code"]

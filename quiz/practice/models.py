"""Drafts of the practice chats: contacts, their turns, the replies, the tactics, the outcomes."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quiz.faults import in_words
from quiz.graph import way_to
from quiz.practice import content, rules
from sextortion_help.publishing.codes import (
    choice_code,
    new_choice_code,
    new_place_code,
    place_code,
)
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.models import Draft, Linked
from sextortion_help.publishing.problems import Problem

SENTENCES: Final = {
    "no signal": _("A reply needs a signal."),
    "no tactic": _("A hit or a miss needs the trick at play."),
    "wrong signal": _("This signal does not fit: honest people play no tricks."),
    "too few honest": _("At least a third of the contacts must be honest."),
    "no outcome for": _(
        "The outcomes do not fit: one is needed for each pair of levels, and one for each special case."
    ),
}
FIELDS: Final = {
    "several starts": "start",
    "same label": "label",
    "no target": "next_turn",
    "no signal": "signal",
    "wrong signal": "signal",
    "no tactic": "tactic",
}


class Level(models.TextChoices):
    HIGH = "high", _("two thirds or more")
    LOW = "low", _("less")


class Case(models.TextChoices):
    """What the two figures alone would say something untrue about."""

    NOBODY = "nobody", _("let nobody in: no trick worked, nobody honest was trusted")
    EVERYBODY = "everybody", _("trusted everybody")
    UNKNOWN = "unknown", _("said of everybody: I can’t know yet")
    LITTLE = "little", _("too little to say anything")


class Signal(models.TextChoices):
    """What a reply shows about the visitor's judgement."""

    HIT = "hit", _("hit: sees through a trick")
    MISS = "miss", _("miss: falls for a trick")
    TRUST = "trust", _("trust: rightly trusts somebody honest")
    FALSE_ALARM = "false_alarm", _("false alarm: hurts somebody honest")
    NEUTRAL = "neutral", _("neutral")


class Practice(Linked):
    """A practice chat: published as a whole, with everybody who writes in it."""

    content_class = content.Practice
    translated = ("title", "intro", "entry_title", "entry_text")
    parts = ("tactics", "contacts", "outcomes")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"))

    class Meta:
        verbose_name = _("practice chat")
        verbose_name_plural = _("practice chats")
        ordering = ["order", "code"]

    def problems(self, content: Any, after: Contents) -> list[Problem]:
        return in_words(self, rules.faults(content), SENTENCES, FIELDS)


class Tactic(Draft):
    """A trick by which somebody gets what they want from you."""

    natural_fields = ("practice__code", "code")
    translated = ("name", "about")
    part_of = "practice"
    code_for_life = True

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="tactics", verbose_name=_("practice chat")
    )
    code = models.SlugField(_("code"), max_length=20)
    order = models.PositiveIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=60)
    about = models.TextField(_("how it works"))

    class Meta:
        verbose_name = _("tactic")
        verbose_name_plural = _("tactics")
        ordering = ["practice", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "code"], name="tactic_code_once_per_practice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name or '…'}"


class Contact(Draft):
    """Somebody who writes to you, honest or not, and what is revealed after it."""

    natural_fields = ("practice__code", "code")
    parts = ("turns",)
    part_of = "practice"
    code_for_life = True
    translated = ("name", "intro", "reveal_title", "reveal_body", "real_life")
    markdown_fields = ("reveal_body",)

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="contacts", verbose_name=_("practice chat")
    )
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

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["practice", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "code"], name="contact_code_once_per_practice"
            )
        ]

    @property
    def seen_at(self) -> tuple[dict[str, str], str]:
        return {"moves": " ".join(self.moves)}, ""

    @property
    def moves(self) -> list[str]:
        """Give the moves that open this chat: the threat scene comes after some others."""
        if not self.scene:
            return [self.code]
        others = self.practice.contacts.filter(scene=False)[: rules.SCENE_AFTER]
        return [*(move for one in others for move in (one.code, "unknown")), self.code]

    def __str__(self) -> str:
        return f"{self.code}: {self.name or '…'}"


class Turn(Draft):
    """What a contact writes at once, one bubble a line."""

    natural_fields = ("contact__practice__code", "contact__code", "code")
    parts = ("replies",)
    part_of = "contact"
    translated = ("text",)
    code_for_life = True

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="turns", verbose_name=_("contact")
    )
    code = models.CharField(
        _("code"), max_length=4, default=new_place_code, editable=False, validators=[place_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    start = models.BooleanField(
        _("start"), default=False, help_text=_("The contact writes this first.")
    )
    text = models.TextField(_("what they write"), help_text=_("One bubble a line."))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["contact", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "code"], name="turn_code_once_per_contact")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text or '…'}"

    @property
    def seen_at(self) -> tuple[dict[str, str], str]:
        replies = Reply.objects.filter(turn__contact=self.contact_id, next_turn__isnull=False)
        exits = list(replies.values_list("turn__code", "code", "next_turn__code"))
        starts = self.siblings().filter(start=True).values_list("code", flat=True)
        ways = (way_to(exits, start, self.code) for start in starts)
        way = next((way for way in ways if way is not None), [])
        return {"moves": " ".join([*self.contact.moves, *way])}, ""


class Reply(Draft):
    """What the visitor can write back. It leads to another turn, or ends the chat."""

    natural_fields = ("turn__contact__practice__code", "turn__contact__code", "turn__code", "code")
    part_of = "turn"
    translated = ("label",)
    inline = True
    code_for_life = True

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="replies", verbose_name=_("turn"))
    code = models.CharField(
        _("code"), max_length=2, default=new_choice_code, editable=False, validators=[choice_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    label = models.CharField(_("reply"), max_length=120)
    signal = models.CharField(_("signal"), max_length=12, choices=Signal, blank=True)
    tactic = models.ForeignKey(
        Tactic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tactic"),
        help_text=_("The trick at play, for a hit or a miss."),
    )  # fmt: skip
    next_turn = models.ForeignKey(
        Turn, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("next turn")
    )
    ends_chat = models.BooleanField(
        _("ends the chat"), default=False, help_text=_("Then it is revealed who it was.")
    )

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["turn", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "code"], name="reply_code_once_per_turn"),
            models.CheckConstraint(
                condition=models.Q(next_turn__isnull=True) | models.Q(ends_chat=False),
                name="reply_has_one_target",
                violation_error_message=_("Choose one: a next turn, or the end of the chat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn.code}, {self.code}: {self.label or '…'}"

    def clean(self) -> None:
        super().clean()
        if self.next_turn_id and self.ends_chat:
            text = gettext("Choose one: a next turn, or the end of the chat.")
            raise ValidationError({"next_turn": text})


class Outcome(Draft):
    """What is said at the end: to whom reaches a pair of levels, or is a special case."""

    natural_fields = ("practice__code", "code")
    part_of = "practice"
    code_for_life = True
    translated = ("title", "body")
    markdown_fields = ("body",)

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="outcomes", verbose_name=_("practice chat")
    )
    code = models.CharField(
        _("code"), max_length=4, default=new_place_code, editable=False, validators=[place_code]
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    hits = models.CharField(_("tricks seen through"), max_length=4, choices=Level, blank=True)
    trust = models.CharField(
        _("honest people not driven away"), max_length=4, choices=Level, blank=True
    )
    case = models.CharField(
        _("special case"), max_length=9, choices=Case, blank=True,
        help_text=_("Either this, or both levels above."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["practice", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "code"], name="outcome_code_once_per_practice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title or '…'}"

"""Drafts of the quizzes, each published as a whole, and what their rules say to an editor."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from guidance.models.choices import CodeManager
from quiz import chat, content, tree
from sextortion_help.publishing.content import Text
from sextortion_help.publishing.live import Live
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.problems import Problem, field_problems, text_problems

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
    "too many questions": _("This path is too long."),
    "no advice": _("In a self-check an answer needs what we say at once, and a tone."),
    "not in a self-check": _("Only the practice chat has contacts and ends of chats."),
    "no contact": _("In the practice chat somebody must write this."),
    "no signal": _("A reply needs a signal."),
    "no tactic": _("A hit or a miss needs the trick at play."),
    "wrong signal": _("This signal does not fit: honest people play no tricks."),
    "too few honest": _("At least a third of the contacts must be honest."),
    "no ending for": _("An ending is missing: one for each of the four outcomes."),
}
FIELDS: Final = {
    "several starts": "start",
    "same label": "label_nl",
    "no target": "next_question",
    "no advice": "advice_nl",
    "no contact": "contact",
    "no signal": "signal",
    "wrong signal": "signal",
    "no tactic": "tactic",
}


class Quiz(Publishable):
    """A quiz: published as a whole, with its questions, answers and endings."""

    content_class = content.Quiz

    class Kind(models.TextChoices):
        SELF_CHECK = "self_check", _("self-check")
        CHAT = "chat", _("practice chat")

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
        questions = self.questions.select_related("contact").prefetch_related(
            "answers__next_question", "answers__ending", "answers__tactic"
        )
        endings = self.endings.prefetch_related("pages")
        return content.Quiz(
            code=self.code,
            order=self.order,
            kind=self.kind,
            title=Text.of(self, "title"),
            intro=Text.of(self, "intro"),
            questions=tuple(question.content() for question in questions),
            endings=tuple(ending.content() for ending in endings),
            contacts=tuple(contact.content() for contact in self.contacts.all()),
            tactics=tuple(tactic.content() for tactic in self.tactics.all()),
        )

    def problems(self, after: Live) -> list[Problem]:
        problems = field_problems(self) + list(text_problems(self, after))
        for question in self.questions.prefetch_related("answers"):
            problems += text_problems(question, after)
            for answer in question.answers.all():
                problems += text_problems(answer, after)
        for ending in self.endings.all():
            problems += ending.problems(after)
        for contact in self.contacts.all():
            problems += contact.problems(after)
        for tactic in self.tactics.all():
            problems += text_problems(tactic, after)
        rules = chat if self.kind == self.Kind.CHAT else tree
        return problems + [self._in_words(fault) for fault in rules.faults(self.content())]

    def _in_words(self, fault: tree.Fault) -> Problem:
        field = FIELDS.get(fault.rule, "")
        row: Draft = self
        if fault.contact:
            row = self.contacts.get(code=fault.contact)
        elif fault.ending:
            row = self.endings.get(code=fault.ending)
        elif fault.answer:
            row = self.questions.get(code=fault.question).answers.get(code=fault.answer)
        elif fault.question:
            row = self.questions.get(code=fault.question)
        return Problem(f"{row}: {SENTENCES[fault.rule]}", row.edit_url(field))

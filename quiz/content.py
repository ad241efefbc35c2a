"""A quiz as visitors read it: a graph of questions whose answers lead on, or to an ending."""

import msgspec
from django.utils.translation import gettext

from guidance.content import Page
from guidance.help import has_human
from sextortion_help.publishing.content import Content, Html, Text
from sextortion_help.publishing.live import Live


class Answer(msgspec.Struct, frozen=True):
    """What the visitor can say, what we say at once, and where it leads: a question or an ending."""

    code: str
    label: Text
    advice: Text
    tone: str
    next_question: str
    ending: str

    @property
    def target(self) -> str:
        """The code of the question or ending it leads to; "" when the draft gives none."""
        return self.next_question or self.ending


class Question(msgspec.Struct, frozen=True):
    """A question with its answers. `start` marks the first of the quiz."""

    code: str
    start: bool
    text: Text
    help: Text
    answers: tuple[Answer, ...]


class Ending(msgspec.Struct, frozen=True):
    """Where a path ends: advice, the pages whose steps to show, and what kind of services."""

    code: str
    tone: str
    title: Text
    body: Html
    pages: tuple[str, ...]
    purposes: tuple[str, ...]


class Quiz(Content, frozen=True):
    """A whole quiz. `kind` is "self_check"."""

    kind: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]
    endings: tuple[Ending, ...]

    def lacks(self, after: Live) -> list[str]:
        pages = {page for ending in self.endings for page in ending.pages}
        missing = [page for page in sorted(pages) if not after.get(Page, page)]
        return missing + [
            f"{ending.code}: {gettext('a human contact')}"
            for ending in self.endings
            if not has_human(after, ending.purposes)
        ]

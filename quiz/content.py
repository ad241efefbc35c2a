"""A quiz as visitors read it: a graph of questions whose answers lead on, or to an ending."""

import msgspec
from django.utils.translation import gettext

from guidance.content import Page
from guidance.help import has_human
from sextortion_help.publishing.content import Content, Html, Text
from sextortion_help.publishing.live import Live


class Tactic(msgspec.Struct, frozen=True):
    """A trick by which somebody gets what they want from you."""

    code: str
    name: Text
    about: Text


class Contact(msgspec.Struct, frozen=True):
    """Somebody who writes to you in the practice chat, and what is revealed after it."""

    code: str
    honest: bool
    scene: bool
    name: Text
    intro: Text
    reveal_title: Text
    reveal_body: Html
    real_life: Text


class Answer(msgspec.Struct, frozen=True):
    """What the visitor can say, what we say at once, and where it leads: a question or an ending."""

    code: str
    label: Text
    advice: Text
    tone: str
    next_question: str
    ending: str
    # only in the practice chat
    signal: str = ""
    tactic: str = ""
    ends_chat: bool = False

    @property
    def target(self) -> str:
        """The code of the question or ending it leads to; "" at the end of a chat."""
        return self.next_question or self.ending


class Question(msgspec.Struct, frozen=True):
    """A question with its answers. `start` marks the first of the quiz."""

    code: str
    start: bool
    text: Text
    help: Text
    answers: tuple[Answer, ...]
    contact: str = ""  # who writes it, in the practice chat

    @property
    def bubbles(self) -> list[str]:
        """What a contact writes, in the active language, one bubble a line."""
        return str(self.text).splitlines()


class Ending(msgspec.Struct, frozen=True):
    """Where a path ends: advice, the pages whose steps to show, and what kind of services."""

    code: str
    tone: str
    title: Text
    body: Html
    pages: tuple[str, ...]
    purposes: tuple[str, ...]
    # only in the practice chat: for whom it is, each "high" or "low"
    hits: str = ""
    trust: str = ""


class Quiz(Content, frozen=True):
    """A whole quiz. `kind` is "self_check" or "chat"; only a chat has contacts and tactics."""

    kind: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]
    endings: tuple[Ending, ...]
    contacts: tuple[Contact, ...] = ()
    tactics: tuple[Tactic, ...] = ()

    def lacks(self, after: Live) -> list[str]:
        pages = {page for ending in self.endings for page in ending.pages}
        missing = [page for page in sorted(pages) if not after.get(Page, page)]
        return missing + [
            f"{ending.code}: {gettext('a human contact')}"
            for ending in self.endings
            if not has_human(after, ending.purposes)
        ]

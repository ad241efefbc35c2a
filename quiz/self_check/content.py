"""A self-check as visitors read it: questions whose answers lead on, or to an ending."""

from typing import ClassVar

import msgspec

from sextortion_help.publishing.content import Html, Linked, Text


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
        """The code of the question or ending it leads to; "" when it leads nowhere."""
        return self.next_question or self.ending


class Question(msgspec.Struct, frozen=True):
    """A question with its answers. `start` marks the first."""

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


class SelfCheck(Linked, frozen=True, kw_only=True):
    """A whole self-check."""

    view: ClassVar[str] = "check"
    first_path: ClassVar[str] = "/check/"
    icon: ClassVar[str] = "ask"
    tone: ClassVar[str] = "watch"

    title: Text
    intro: Text
    questions: tuple[Question, ...]
    endings: tuple[Ending, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return (f"{self.first_path}{self.code}/", self.first_path)

    @property
    def shows(self) -> tuple[str, ...]:
        return tuple(f"/{page}/" for ending in self.endings for page in ending.pages)

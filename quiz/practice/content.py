"""A practice chat as visitors read it: who writes to you, what you can reply, what it shows of you."""

from typing import ClassVar

import msgspec

from sextortion_help.publishing.content import Html, Linked, Text


class Tactic(msgspec.Struct, frozen=True):
    """A trick by which somebody gets what they want from you."""

    code: str
    name: Text
    about: Text


class Reply(msgspec.Struct, frozen=True):
    """What the visitor can write back, what it shows of them, and where it leads."""

    code: str
    label: Text
    signal: str
    tactic: str
    next_turn: str
    ends_chat: bool


class Turn(msgspec.Struct, frozen=True):
    """What a contact writes at once. `start` marks the first of the contact's turns."""

    code: str
    start: bool
    text: Text
    replies: tuple[Reply, ...]

    @property
    def bubbles(self) -> list[str]:
        """What is written, in the active language, one bubble a line."""
        return [line for line in str(self.text).splitlines() if line.strip()]


class Contact(msgspec.Struct, frozen=True):
    """Somebody who writes to you, and what is revealed after it. `scene`: the threat scene."""

    code: str
    honest: bool
    scene: bool
    name: Text
    intro: Text
    reveal_title: Text
    reveal_body: Html
    real_life: Text
    turns: tuple[Turn, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What is said at the end. `hits` and `trust`, each "high" or "low", tell for whom it is, or `case` does.

    `case` is "" or one of those of `rules.case()`, for whom the two levels would say something untrue.
    """

    code: str
    hits: str
    trust: str
    title: Text
    body: Html
    case: str = ""  # younger than the others: versions from before have none


class Practice(Linked, frozen=True, kw_only=True):
    """A whole practice chat."""

    view: ClassVar[str] = "chat"
    first_path: ClassVar[str] = "/chat/"
    icon: ClassVar[str] = "chat"

    title: Text
    intro: Text
    tactics: tuple[Tactic, ...]
    contacts: tuple[Contact, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        own = f"{self.first_path}{self.code}/"
        return (own, self.first_path, f"{own}class/")

"""The practice chat: its rules, and its replay. Pure functions over frozen content.

The visitor's browser holds all they did as a list of **moves**, and sends it with each new one. A
move is the code of a contact ("c1": choose who writes), of a reply ("kd"), or a verdict ("trust",
"wants", "unknown": I know who this is). Replaying them from the start gives the whole state, so the
server keeps none. What does not fit is left out from there on: the furthest point that exists.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from quiz import tree
from quiz.content import Answer, Contact, Ending, Question, Quiz, Tactic
from quiz.tree import Fault
from sextortion_help.publishing.content import Html, Text

MOST_TURNS: Final = 8
VERDICTS: Final = ("trust", "wants", "unknown")
SCENE_AFTER: Final = 3  # the threat scene comes after this many contacts
_HIGH: Final = 2 / 3  # this share or more of tricks, or of honest people, is "high"


@dataclass(frozen=True)
class Turn:
    """What a contact wrote, and what the visitor replied; None while they choose."""

    question: Question
    reply: Answer | None = None


@dataclass(frozen=True)
class Play:
    """The state after some moves. `moves` are those that fit; `fits` tells whether all did.

    `contact` is who writes now, or wrote last when `closed`; None before the first is chosen.
    """

    moves: tuple[str, ...] = ()
    fits: bool = True
    contact: Contact | None = None
    turns: tuple[Turn, ...] = ()
    verdict: str = ""
    closed: bool = False
    met: tuple[Contact, ...] = ()  # whose chat has ended
    signals: tuple[tuple[str, str, str], ...] = ()  # (contact, signal, tactic) of every chat so far

    @property
    def replies(self) -> tuple[Answer, ...]:
        """What the visitor can write now."""
        return self.turns[-1].question.answers if self.turns and not self.closed else ()


@dataclass(frozen=True)
class Score:
    """The two figures, side by side and never summed; the tactic that worked best; the ending."""

    tricks: int
    seen: int
    honest: int
    trusted: int
    worked: Tactic | None
    ending: Ending | None


def replay(quiz: Quiz, moves: Sequence[str]) -> Play:
    """Play the moves from the start, up to the first that does not fit. Never raises."""
    play = Play()
    for move in moves:
        after = _move(quiz, play, move)
        if after is None:
            return replace(play, fits=False)
        play = replace(after, moves=(*play.moves, move))
    return play


def can_meet(quiz: Quiz, play: Play) -> list[Contact]:
    """Give whom the visitor may choose now, the one proposed first: who was not met yet, in order.

    From the third contact on the threat scene comes first. It can be skipped, so the others stay.
    """
    met = {contact.code for contact in play.met}
    left = [contact for contact in quiz.contacts if contact.code not in met]
    writing = [contact for contact in left if not contact.scene]
    due = len(play.met) >= SCENE_AFTER or not writing
    return [*(contact for contact in left if contact.scene and due), *writing]


def score(quiz: Quiz, play: Play) -> Score:
    """Reckon the two figures from all chats that have ended.

    A trick is seen through at a hit, and not at a miss; a verdict counts as one. An honest contact is trusted when no reply to
    them, and no verdict on them, was a false alarm; a plain refusal is none.
    """
    met = {contact.code for contact in play.met}
    signals = [signal for signal in play.signals if signal[0] in met]
    seen = sum(signal == "hit" for _, signal, _ in signals)
    missed = [tactic for _, signal, tactic in signals if signal == "miss"]
    worked = Counter(filter(None, missed)).most_common(1)
    honest = {contact.code for contact in play.met if contact.honest}
    distrusted = {contact for contact, signal, _ in signals if signal == "false_alarm"}
    tricks, trusted = seen + len(missed), len(honest - distrusted)
    levels = (_level(seen, tricks), _level(trusted, len(honest)))
    return Score(
        tricks=tricks,
        seen=seen,
        honest=len(honest),
        trusted=trusted,
        worked=next(
            (tactic for tactic in quiz.tactics if worked and tactic.code == worked[0][0]), None
        ),
        ending=next(
            (ending for ending in quiz.endings if (ending.hits, ending.trust) == levels), None
        ),
    )


def tactics_used(quiz: Quiz, play: Play) -> list[Tactic]:
    """Give the tactics of the contact's whole chat, met or not, in the editors' order."""
    if play.contact is None:
        return []
    used = {
        answer.tactic
        for question in quiz.questions
        if question.contact == play.contact.code
        for answer in question.answers
    }
    return [tactic for tactic in quiz.tactics if tactic.code in used]


def faults(quiz: Quiz) -> list[Fault]:
    """Find every rule that a practice chat breaks."""
    found: list[Fault] = []
    for contact in quiz.contacts:
        found += [
            fault if fault.question else Fault(fault.rule, contact=contact.code)
            for fault in tree.graph_faults(_chat_of(quiz, contact), MOST_TURNS)
            if not fault.ending  # ours, not an editor's; its turns are dead ends then
        ]
        found += _signal_faults(quiz, contact)
    known = {contact.code for contact in quiz.contacts}
    found += [Fault("no contact", q.code) for q in quiz.questions if q.contact not in known]
    writing = [contact for contact in quiz.contacts if not contact.scene]
    if 3 * sum(contact.honest for contact in writing) < len(writing) or not writing:
        found.append(Fault("too few honest"))
    bands = {(ending.hits, ending.trust) for ending in quiz.endings}
    if bands != {(hits, trust) for hits in ("high", "low") for trust in ("high", "low")}:
        found.append(Fault("no ending for"))
    return found


def _move(quiz: Quiz, play: Play, move: str) -> Play | None:
    if play.contact is None or play.closed:
        chosen = [contact for contact in can_meet(quiz, play) if contact.code == move]
        return _begin(quiz, play, chosen[0]) if chosen else None
    if move in VERDICTS:
        return None if play.contact.scene else _judge(play, play.contact, move)
    reply = next((answer for answer in play.replies if answer.code == move), None)
    if reply is None:
        return None
    signals = (*play.signals, (play.contact.code, reply.signal, reply.tactic))
    turns = (*play.turns[:-1], replace(play.turns[-1], reply=reply))
    following = tree.step(quiz, reply.target)
    if isinstance(following, Question):
        return replace(play, turns=(*turns, Turn(following)), signals=signals)
    return replace(play, turns=turns, signals=signals, closed=True, met=(*play.met, play.contact))


def _begin(quiz: Quiz, play: Play, contact: Contact) -> Play | None:
    first = tree.start(_chat_of(quiz, contact))
    if first is None:
        return None
    return replace(play, contact=contact, turns=(Turn(first),), verdict="", closed=False)


def _judge(play: Play, contact: Contact, verdict: str) -> Play:
    if contact.honest:
        signals = {"trust": "trust", "wants": "false_alarm", "unknown": "neutral"}
    else:
        signals = {"trust": "miss", "wants": "hit", "unknown": "neutral"}
    return replace(
        play,
        verdict=verdict,
        closed=True,
        met=(*play.met, contact),
        signals=(*play.signals, (contact.code, signals[verdict], "")),
    )


def _level(part: int, whole: int) -> str:
    return "high" if part >= _HIGH * whole else "low"


def _chat_of(quiz: Quiz, contact: Contact) -> Quiz:
    """Give one contact's chat as a quiz of its own, whose replies that end the chat reach an ending."""
    end = Ending("end", "", Text(), Html(), (), ())
    questions = tuple(
        msgspec.structs.replace(
            question,
            answers=tuple(
                msgspec.structs.replace(answer, ending=end.code) if answer.ends_chat else answer
                for answer in question.answers
            ),
        )
        for question in quiz.questions
        if question.contact == contact.code
    )
    return msgspec.structs.replace(quiz, questions=questions, endings=(end,))


def _signal_faults(quiz: Quiz, contact: Contact) -> Iterable[Fault]:
    fitting = {"trust", "false_alarm", "neutral"} if contact.honest else {"hit", "miss", "neutral"}
    for question in quiz.questions:
        if question.contact != contact.code:
            continue
        for answer in question.answers:
            if not answer.signal:
                yield Fault("no signal", question.code, answer.code)
            elif answer.signal not in fitting:
                yield Fault("wrong signal", question.code, answer.code)
            elif answer.signal in ("hit", "miss") and not answer.tactic:
                yield Fault("no tactic", question.code, answer.code)

"""The rules of the practice chat, and its replay. Pure functions over frozen content.

The visitor's browser holds all they did as a list of **moves**, and sends it with each new one. A
move is the code of a contact ("c1": choose who writes), of a reply ("kd"), or a verdict ("trust",
"wants", "unknown": I know who this is). Replaying them from the start gives the whole state, so the
server keeps none. What does not fit is left out from there on: the furthest point that exists.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quiz import graph
from quiz.graph import Exit, Fault, Node
from quiz.practice.content import Contact, Outcome, Practice, Reply, Tactic, Turn

MOST_TURNS: Final = 8
VERDICTS: Final = ("trust", "wants", "unknown")
CASES: Final = ("nobody", "everybody", "unknown", "little")
SCENE_AFTER: Final = 3  # the threat scene comes after this many contacts
_HIGH: Final = 2 / 3  # this share or more of tricks, or of honest people, is "high"
END: Final = "the end"  # of a chat, as the target of a reply; no code has a space


@dataclass(frozen=True)
class Said:
    """What a contact wrote, and what the visitor replied; None while they choose."""

    turn: Turn
    reply: Reply | None = None


@dataclass(frozen=True)
class Play:
    """The state after some moves. `moves` are those that fit; `fits` tells whether all did.

    `contact` is who writes now, or wrote last when `closed`; None before the first is chosen.
    """

    moves: tuple[str, ...] = ()
    fits: bool = True
    contact: Contact | None = None
    said: tuple[Said, ...] = ()
    verdict: str = ""
    closed: bool = False
    met: tuple[Contact, ...] = ()  # whose chat has ended
    signals: tuple[tuple[str, str, str], ...] = ()  # (contact, signal, tactic) of every chat so far

    @property
    def replies(self) -> tuple[Reply, ...]:
        """What the visitor can write now."""
        return self.said[-1].turn.replies if self.said and not self.closed else ()


@dataclass(frozen=True)
class Score:
    """The two figures, side by side and never summed; the tactic that worked best; the outcome.

    `seen` of the `tricks` met were seen through; of the `honest` people met, `kept` were not driven away.
    """

    tricks: int
    seen: int
    honest: int
    kept: int
    worked: Tactic | None
    outcome: Outcome | None


def replay(practice: Practice, moves: Sequence[str]) -> Play:
    """Play the moves from the start, up to the first that does not fit. Never raises."""
    play = Play()
    for move in moves:
        after = _move(practice, play, move)
        if after is None:
            return replace(play, fits=False)
        play = replace(after, moves=(*play.moves, move))
    return play


def can_meet(practice: Practice, play: Play) -> list[Contact]:
    """Give whom the visitor may choose now, the one proposed first: who was not met yet, in order.

    From the third contact on the threat scene comes first. It can be skipped, so the others stay.
    """
    met = {contact.code for contact in play.met}
    left = [contact for contact in practice.contacts if contact.code not in met]
    writing = [contact for contact in left if not contact.scene]
    due = len(play.met) >= SCENE_AFTER or not writing
    return [*(contact for contact in left if contact.scene and due), *writing]


def score(practice: Practice, play: Play) -> Score:
    """Reckon the two figures from all chats that have ended.

    A trick is seen through at a hit, and not at a miss; a verdict counts as one. Somebody honest is
    driven away by a false alarm, unless it was mended: what counts is the last they were shown. A plain
    refusal is no false alarm.
    """
    met = {contact.code for contact in play.met}
    signals = [signal for signal in play.signals if signal[0] in met]
    seen = sum(signal == "hit" for _, signal, _ in signals)
    missed = [tactic for _, signal, tactic in signals if signal == "miss"]
    worked = Counter(filter(None, missed)).most_common(1)
    honest = {contact.code for contact in play.met if contact.honest}
    last = {code: signal for code, signal, _ in signals if signal in ("trust", "false_alarm")}
    tricks, kept = seen + len(missed), sum(last.get(code) != "false_alarm" for code in honest)
    special = case(play)
    levels = ("", "") if special else (_level(seen, tricks), _level(kept, len(honest)))
    return Score(
        tricks=tricks,
        seen=seen,
        honest=len(honest),
        kept=kept,
        worked=next(
            (tactic for tactic in practice.tactics if worked and tactic.code == worked[0][0]), None
        ),
        outcome=next(
            (
                each
                for each in practice.outcomes
                if (each.hits, each.trust, each.case) == (*levels, special)
            ),
            None,
        ),
    )


def case(play: Play) -> str:
    """Name whom the two figures would say something untrue about; "" for all others.

    Who refused everybody has kept everybody honest, and who answered nothing has missed no trick. The
    threat scene shows nothing of trust, as everybody knows who that is; but who gave in there did not
    let nobody in.
    """
    shown = [
        {signal for code, signal, _ in play.signals if code == contact.code}
        for contact in play.met
        if not contact.scene
    ]
    if shown and all("unknown" in signals for signals in shown):
        return "unknown"
    telling = [signals - {"neutral", "unknown"} for signals in shown]
    everything = set[str]().union(*telling)
    if 2 * sum(map(bool, telling)) < len(telling) or not everything & {"hit", "miss"}:
        return "little"
    if everything == {"hit"} and not any(signal == "miss" for _, signal, _ in play.signals):
        return "nobody"
    if all(telling) and everything == {"miss", "trust"}:
        return "everybody"
    return ""


def tactics_used(practice: Practice, play: Play) -> list[Tactic]:
    """Give the tactics of the contact's whole chat, met or not, in the editors' order."""
    if play.contact is None:
        return []
    used = {reply.tactic for turn in play.contact.turns for reply in turn.replies}
    return [tactic for tactic in practice.tactics if tactic.code in used]


def faults(practice: Practice) -> list[Fault]:
    """Find every rule that a practice chat breaks."""
    found: list[Fault] = []
    for contact in practice.contacts:
        found += contact_faults(contact)
    writing = [contact for contact in practice.contacts if not contact.scene]
    if 3 * sum(contact.honest for contact in writing) < len(writing) or not writing:
        found.append(Fault("too few honest"))
    levels = {(hits, trust, "") for hits in ("high", "low") for trust in ("high", "low")}
    for_whom = {(outcome.hits, outcome.trust, outcome.case) for outcome in practice.outcomes}
    if for_whom != levels | {("", "", case) for case in CASES}:
        found.append(Fault("no outcome for"))
    return found


def contact_faults(contact: Contact) -> list[Fault]:
    """Find every rule that the chat with one contact breaks."""
    found = [
        replace(fault, where=_where(contact, *fault.where))
        for fault in graph.faults(nodes(contact), [END], MOST_TURNS)
    ]
    return [*found, *_signal_faults(contact)]


def nodes(contact: Contact) -> tuple[Node, ...]:
    """Give a contact's turns as the nodes of a graph; a reply that ends the chat leads to its one end."""
    return tuple(
        Node(
            turn.code,
            turn.start,
            tuple(
                Exit(reply.code, reply.label, END if reply.ends_chat else reply.next_turn)
                for reply in turn.replies
            ),
        )
        for turn in contact.turns
    )


def _move(practice: Practice, play: Play, move: str) -> Play | None:
    if play.contact is None or play.closed:
        chosen = [contact for contact in can_meet(practice, play) if contact.code == move]
        return _begin(play, chosen[0]) if chosen else None
    if move in VERDICTS:
        return None if play.contact.scene else _judge(play, play.contact, move)
    reply = next((reply for reply in play.replies if reply.code == move), None)
    if reply is None:
        return None
    signals = (*play.signals, (play.contact.code, reply.signal, reply.tactic))
    said = (*play.said[:-1], replace(play.said[-1], reply=reply))
    following = next((turn for turn in play.contact.turns if turn.code == reply.next_turn), None)
    if following:
        return replace(play, said=(*said, Said(following)), signals=signals)
    return replace(play, said=said, signals=signals, closed=True, met=(*play.met, play.contact))


def _begin(play: Play, contact: Contact) -> Play | None:
    first = next((turn for turn in contact.turns if turn.start), None)
    if first is None:
        return None
    return replace(play, contact=contact, said=(Said(first),), verdict="", closed=False)


def _judge(play: Play, contact: Contact, verdict: str) -> Play:
    if contact.honest:
        signals = {"trust": "trust", "wants": "false_alarm", "unknown": "unknown"}
    else:
        signals = {"trust": "miss", "wants": "hit", "unknown": "unknown"}
    return replace(
        play,
        verdict=verdict,
        closed=True,
        met=(*play.met, contact),
        signals=(*play.signals, (contact.code, signals[verdict], "")),
    )


def _level(part: int, whole: int) -> str:
    return "high" if part >= _HIGH * whole else "low"


def _signal_faults(contact: Contact) -> Iterator[Fault]:
    fitting = {"trust", "false_alarm", "neutral"} if contact.honest else {"hit", "miss", "neutral"}
    for turn in contact.turns:
        for reply in turn.replies:
            where = _where(contact, turn.code, reply.code)
            if not reply.signal:
                yield Fault("no signal", where)
            elif reply.signal not in fitting:
                yield Fault("wrong signal", where)
            elif reply.signal in ("hit", "miss") and not reply.tactic:
                yield Fault("no tactic", where)


def _where(contact: Contact, turn: str = "", reply: str = "") -> tuple[str, ...]:
    whole = ("contacts", contact.code, "turns", turn, "replies", reply)
    return whole if reply else whole[:4] if turn else whole[:2]

"""A whole practice chat on paper, for the teacher: everybody in it, every turn, where each reply leads."""

from dataclasses import dataclass

from quiz.practice.content import Contact, Practice, Reply, Tactic, Turn


@dataclass(frozen=True)
class SheetReply:
    """A reply, the trick it is about, and the number of the turn it leads to; 0 when the chat ends.

    None in a draft whose reply leads nowhere yet.
    """

    reply: Reply
    tactic: Tactic | None
    leads_to: int | None


@dataclass(frozen=True)
class SheetTurn:
    """A turn with its number in the chat, from 1."""

    number: int
    turn: Turn
    replies: tuple[SheetReply, ...]


@dataclass(frozen=True)
class SheetContact:
    """Somebody who writes, with all that they may write."""

    contact: Contact
    turns: tuple[SheetTurn, ...]


def sheet(practice: Practice) -> tuple[SheetContact, ...]:
    """Give everybody in the practice, in the editors' order; each chat from its first turn on."""
    tactics = {tactic.code: tactic for tactic in practice.tactics}
    return tuple(_contact(contact, tactics) for contact in practice.contacts)


def _contact(contact: Contact, tactics: dict[str, Tactic]) -> SheetContact:
    turns = sorted(contact.turns, key=lambda turn: not turn.start)  # the others stay in their order
    numbers = {turn.code: number for number, turn in enumerate(turns, 1)}
    return SheetContact(
        contact,
        tuple(
            SheetTurn(
                numbers[turn.code],
                turn,
                tuple(
                    SheetReply(
                        reply,
                        tactics.get(reply.tactic),
                        0 if reply.ends_chat else numbers.get(reply.next_turn),
                    )
                    for reply in turn.replies
                ),
            )
            for turn in turns
        ),
    )

"""What keeps a practice chat from being published, on a chat of one trickster and one honest contact."""

from collections.abc import Sequence

import msgspec
import pytest

from quiz.graph import Fault
from quiz.practice import rules
from quiz.practice.content import Turn
from sextortion_help.publishing.content import LANGUAGES
from tests.quiz.builders import chat_of, reply, turn

TRICK = turn("one", reply("mi", "", "miss", "trick"), reply("hi", "", "hit", "trick"), start=True)
HONEST = turn("two", reply("tr", "", "trust"), reply("fa", "", "false_alarm"), start=True)


def at(contact: str, turn: str = "", reply: str = "") -> tuple[str, ...]:
    """Give the place of a contact, a turn or a reply, as a fault names it."""
    place = ("contacts", contact, "turns", turn, "replies", reply)
    return place if reply else place[:4] if turn else place[:2]


def faults(c1: Sequence[Turn] = (TRICK,), c2: Sequence[Turn] = (HONEST,)) -> list[Fault]:
    return rules.faults(chat_of({"c1": c1, "c2h": c2}))


def chain(length: int) -> list[Turn]:
    """Give turns of which each reply leads to the next of `length` turns."""
    return [
        turn(f"t{place}", *(
            reply(code, f"t{place + 1}" if place < length else "", "hit", "trick") for code in ("hi", "ho")
        ), start=place == 1)
        for place in range(1, length + 1)
    ]  # fmt: skip


def test_a_sound_chat_has_no_fault() -> None:
    assert faults() == []


def test_a_chat_of_eight_turns_is_the_longest() -> None:
    assert faults(chain(8)) == []
    assert faults(chain(9)) == [Fault("too long", at("c1", "t9"))]


@pytest.mark.parametrize(
    ("turns", "fault"),
    [
        ((), Fault("no start", at("c1"))),
        ((turn("one", reply("mi", "up", "miss", "trick"), TRICK.replies[1], start=True),
          turn("up", *TRICK.replies, start=True)), Fault("several starts", at("c1", "up"))),
        ((TRICK, turn("up", *TRICK.replies)), Fault("nobody gets here", at("c1", "up"))),
        ((turn("one", TRICK.replies[0], start=True),), Fault("fewer than two", at("c1", "one"))),
        # the turn of somebody else
        ((turn("one", reply("hi", "two", "hit", "trick"), TRICK.replies[0], start=True),),
         Fault("no target", at("c1", "one", "hi"))),
        ((turn("one", TRICK.replies[0],
               msgspec.structs.replace(TRICK.replies[1], ends_chat=False), start=True),),
         Fault("no target", at("c1", "one", "hi"))),
        ((turn("one", TRICK.replies[0],
               msgspec.structs.replace(TRICK.replies[1], label=TRICK.replies[0].label), start=True),),
         Fault("same label", at("c1", "one", "hi"), LANGUAGES[0])),
    ],
)  # fmt: skip
def test_the_turns_of_each_contact_are_a_sound_tree(turns: tuple[Turn, ...], fault: Fault) -> None:
    assert set(faults(turns)) == {fault}


def test_a_contact_whose_chat_never_ends_is_refused_at_its_turns() -> None:
    assert faults([turn("one", start=True)]) == [
        Fault("fewer than two", at("c1", "one")), Fault("no end ahead", at("c1", "one")),
    ]  # fmt: skip
    for_ever = [
        turn("one", *(reply(code, "two", "hit", "trick") for code in "ab"), start=True),
        turn("two", *(reply(code, "one", "hit", "trick") for code in "ab")),
    ]
    assert faults(for_ever) == [
        Fault(rule, at("c1", code)) for code in ("one", "two") for rule in ("loop", "no end ahead")
    ]


@pytest.mark.parametrize(
    ("signal", "tactic", "rule"),
    [
        ("", "", "no signal"),
        ("hit", "", "no tactic"),
        ("miss", "", "no tactic"),
        ("trust", "", "wrong signal"),
        ("false_alarm", "", "wrong signal"),
    ],
)
def test_a_reply_to_a_trickster_needs_a_signal_that_fits(
    signal: str, tactic: str, rule: str
) -> None:
    wrong = turn("one", reply("xx", "", signal, tactic), TRICK.replies[0], start=True)
    assert faults([wrong]) == [Fault(rule, at("c1", "one", "xx"))]


@pytest.mark.parametrize(
    ("signal", "rule"), [("", "no signal"), ("hit", "wrong signal"), ("miss", "wrong signal")]
)
def test_a_reply_to_somebody_honest_needs_a_signal_that_fits(signal: str, rule: str) -> None:
    wrong = turn("two", reply("xx", "", signal, "trick"), HONEST.replies[0], start=True)
    assert faults(c2=[wrong]) == [Fault(rule, at("c2", "two", "xx"))]


def test_a_neutral_reply_fits_everybody() -> None:
    trick = turn("one", reply("nn", "", "neutral"), *TRICK.replies, start=True)
    honest = turn("two", reply("nn", "", "neutral"), *HONEST.replies, start=True)
    assert faults([trick], [honest]) == []


@pytest.mark.parametrize(
    ("contacts", "enough"),
    [
        ("c1", False),
        ("c1 c2h", True),
        ("c1 c2h c3", True),
        ("c1 c2h c3 c4", False),
        ("c1 c2h c3 c4 c5h c6", True),
        ("c1 c2h c3 s1s", True),  # the scene is no contact to trust or not
        ("c1 s1s", False),
        ("", False),
    ],
)
def test_a_third_of_the_contacts_must_be_honest(contacts: str, enough: bool) -> None:
    found = rules.faults(chat_of(dict.fromkeys(contacts.split(), ())))
    assert (Fault("too few honest") not in found) is enough


def test_each_of_the_eight_outcomes_is_needed() -> None:
    whole = chat_of({"c1": (TRICK,), "c2h": (HONEST,)})
    assert len(whole.outcomes) == 8
    for outcome in whole.outcomes:
        rest = tuple(other for other in whole.outcomes if other != outcome)
        lacking = msgspec.structs.replace(whole, outcomes=rest)
        assert rules.faults(lacking) == [Fault("no outcome for")]
    first = whole.outcomes[0]
    for wrong in ({"hits": "", "trust": ""}, {"case": "little"}, {"trust": ""}):
        extra = (*whole.outcomes, msgspec.structs.replace(first, **wrong))
        lacking = msgspec.structs.replace(whole, outcomes=extra)
        assert rules.faults(lacking) == [Fault("no outcome for")]

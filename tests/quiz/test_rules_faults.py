"""What keeps a practice chat from being published, on a chat of one trickster and one honest contact."""

import msgspec
import pytest
from quiz.tree import Fault

from quiz import chat, content
from tests.quiz.builders import chat_of, reply, turn

TRICK = turn("c1", "one", reply("mi", "", "miss", "trick"), reply("hi", "", "hit", "trick"), start=True)  # fmt: skip
HONEST = turn("c2", "two", reply("tr", "", "trust"), reply("fa", "", "false_alarm"), start=True)


def faults(*turns: content.Question, contacts: str = "c1 c2h") -> list[Fault]:
    return chat.faults(chat_of(*turns, contacts=contacts))


def chain(length: int) -> list[content.Question]:
    """Give the turns of c1 in which each reply leads to the next of `length` turns."""
    return [
        turn("c1", f"t{place}", *(
            reply(code, f"t{place + 1}" if place < length else "", "hit", "trick") for code in ("hi", "ho")
        ), start=place == 1)
        for place in range(1, length + 1)
    ]  # fmt: skip


def test_a_sound_chat_has_no_fault() -> None:
    assert faults(TRICK, HONEST) == []


def test_a_chat_of_eight_turns_is_the_longest() -> None:
    assert faults(*chain(8), HONEST) == []
    assert faults(*chain(9), HONEST) == [Fault("too many questions", "t9")]


@pytest.mark.parametrize(
    ("turns", "fault"),
    [
        ((HONEST,), Fault("no start", contact="c1")),
        ((turn("c1", "one", reply("mi", "up", "miss", "trick"), TRICK.answers[1], start=True),
          turn("c1", "up", *TRICK.answers, start=True), HONEST), Fault("several starts", "up")),
        ((TRICK, turn("c1", "up", *TRICK.answers), HONEST), Fault("nobody gets here", "up")),
        ((TRICK, turn("", "up", *TRICK.answers), HONEST), Fault("no contact", "up")),
        ((TRICK, turn("c9", "up", *TRICK.answers), HONEST), Fault("no contact", "up")),
        ((turn("c1", "one", TRICK.answers[0], start=True), HONEST), Fault("fewer than two answers", "one")),
    ],
)  # fmt: skip
def test_the_turns_of_each_contact_are_a_sound_tree(
    turns: tuple[content.Question, ...], fault: Fault
) -> None:
    assert faults(*turns) == [fault]


def test_a_contact_whose_chat_never_ends_is_refused_at_its_turns() -> None:
    dead_end = turn("c1", "one", start=True)
    assert faults(dead_end, HONEST) == [
        Fault("fewer than two answers", "one"), Fault("no ending ahead", "one"),
    ]  # fmt: skip
    for_ever = [
        turn("c1", "one", *(reply(code, "two", "hit", "trick") for code in "ab"), start=True),
        turn("c1", "two", *(reply(code, "one", "hit", "trick") for code in "ab")),
    ]
    assert faults(*for_ever, turn("c2", "new", *HONEST.answers, start=True)) == [
        Fault("loop", "one"), Fault("no ending ahead", "one"),
        Fault("loop", "two"), Fault("no ending ahead", "two"),
    ]  # fmt: skip


def test_a_reply_cannot_lead_to_the_turn_of_somebody_else() -> None:
    astray = turn("c1", "one", reply("hi", "two", "hit", "trick"), *TRICK.answers[:1], start=True)
    assert faults(astray, HONEST) == [Fault("no target", "one", "hi")]


def test_a_reply_cannot_lead_to_an_ending_of_the_quiz() -> None:
    ending = msgspec.structs.replace(TRICK.answers[0], ends_chat=False, ending="HH")
    assert faults(turn("c1", "one", ending, TRICK.answers[1], start=True), HONEST) == [
        Fault("no target", "one", "mi")
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
    wrong = turn("c1", "one", reply("xx", "", signal, tactic), TRICK.answers[0], start=True)
    assert faults(wrong, HONEST) == [Fault(rule, "one", "xx")]


@pytest.mark.parametrize(
    ("signal", "rule"), [("", "no signal"), ("hit", "wrong signal"), ("miss", "wrong signal")]
)
def test_a_reply_to_somebody_honest_needs_a_signal_that_fits(signal: str, rule: str) -> None:
    wrong = turn("c2", "two", reply("xx", "", signal, "trick"), HONEST.answers[0], start=True)
    assert faults(TRICK, wrong) == [Fault(rule, "two", "xx")]


def test_a_neutral_reply_fits_everybody() -> None:
    trick = turn("c1", "one", reply("nn", "", "neutral"), *TRICK.answers, start=True)
    honest = turn("c2", "two", reply("nn", "", "neutral"), *HONEST.answers, start=True)
    assert faults(trick, honest) == []


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
    found = [fault.rule for fault in faults(contacts=contacts)]
    assert ("too few honest" not in found) is enough


def test_each_of_the_four_outcomes_needs_its_ending() -> None:
    whole = chat_of(TRICK, HONEST, contacts="c1 c2h")
    for ending in whole.endings:
        rest = tuple(other for other in whole.endings if other != ending)
        assert chat.faults(msgspec.structs.replace(whole, endings=rest)) == [Fault("no ending for")]
    nobody = msgspec.structs.replace(whole.endings[0], hits="", trust="")
    extra = msgspec.structs.replace(whole, endings=(*whole.endings, nobody))
    assert chat.faults(extra) == [Fault("no ending for")]

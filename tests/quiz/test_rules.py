"""The practice chat replayed from a list of moves, on a small chat: what fits, how far, and the score."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.practice import rules
from quiz.practice.content import Practice, Turn
from tests.quiz.builders import chat_of, reply, text, turn

# c1 and c4 want something; c2 and c3 are honest; s1 is the threat scene. Codes say what they are.
TURNS: dict[str, Iterable[Turn]] = {
    "c1": (
        turn("one", reply("mi", "two", "miss", "trick"), reply("hi", "two", "hit", "trick"),
             reply("no", "", "hit", "trick"), start=True),
        turn("two", reply("ms", "", "miss", "haste"), reply("hs", "", "hit", "haste")),
    ),
    "c2h": (
        turn("new", reply("tr", "ask", "trust"), reply("fa", "ask", "false_alarm"),
             reply("no", "", "neutral"), start=True),
        turn("ask", reply("ts", "", "trust"), reply("fs", "", "false_alarm")),
    ),
    "c3h": (turn("hey", reply("tr", "", "trust"), reply("fa", "", "false_alarm"), start=True),),
    "c4": (turn("hot", reply("mi", "", "miss", "haste"), reply("hi", "", "hit", "haste"), start=True),),
    "s1s": (
        turn("pay", reply("mi", "", "miss", "trick"), reply("hi", "", "hit", "trick"),
             reply("sk", "", "neutral"), start=True),
    ),
}  # fmt: skip
CHAT = chat_of(TURNS)


def only(*names: str) -> Practice:
    """Give the chat with only some of its contacts, in this order."""
    return chat_of({name: TURNS[name] for name in names})


def play(moves: str, practice: Practice = CHAT) -> rules.Play:
    return rules.replay(practice, moves.split())


def codes(rows: Iterable[Any]) -> str:
    return " ".join(row.code for row in rows)


def test_the_small_chat_has_no_fault() -> None:
    assert rules.faults(CHAT) == []


def test_without_moves_nobody_writes_yet() -> None:
    state = play("")
    assert state == rules.Play()
    assert state.fits
    assert codes(rules.can_meet(CHAT, state)) == "c1 c2 c3 c4"


def test_a_chosen_contact_writes_and_can_be_replied_to() -> None:
    state = play("c1")
    assert state.contact == CHAT.contacts[0]
    assert [(said.turn.code, said.reply) for said in state.said] == [("one", None)]
    assert codes(state.replies) == "mi hi no"
    assert not state.closed


def test_a_reply_stands_below_its_turn_and_brings_the_next() -> None:
    first, second = play("c1 hi").said
    assert (first.turn.code, first.reply and first.reply.code) == ("one", "hi")
    assert (second.turn.code, second.reply) == ("two", None)
    assert codes(play("c1 hi").replies) == "ms hs"


def test_everything_that_was_said_stays_to_be_read() -> None:
    longer = chat_of({
        **TURNS,
        "c4": (turn("a", reply("x", "b", "hit"), start=True), turn("b", reply("y", "c", "hit")), turn("c")),
    })  # fmt: skip
    said = [
        (each.turn.code, each.reply and each.reply.code) for each in play("c4 x y", longer).said
    ]
    assert said == [("a", "x"), ("b", "y"), ("c", None)]


@pytest.mark.parametrize("moves", ["c1 no", "c1 mi hs", "c2 tr ts", "c3 fa"])
def test_a_reply_that_ends_the_chat_closes_it(moves: str) -> None:
    state = play(moves)
    assert state.fits
    assert state.closed
    assert state.replies == ()
    assert codes(state.met) == moves[:2]


@pytest.mark.parametrize("verdict", rules.VERDICTS)
@pytest.mark.parametrize("before", ["c1", "c1 mi", "c2", "c2 fa"])
def test_who_it_is_can_be_said_at_any_time(before: str, verdict: str) -> None:
    state = play(f"{before} {verdict}")
    assert state.fits
    assert (state.closed, state.verdict) == (True, verdict)
    assert codes(state.met) == before[:2]
    assert state.said == play(before).said


def test_the_next_chat_begins_without_the_verdict_and_turns_of_the_last() -> None:
    state = play("c1 wants c2")
    assert (state.contact, state.verdict, state.closed) == (CHAT.contacts[1], "", False)
    assert [said.turn.code for said in state.said] == ["new"]


@pytest.mark.parametrize(
    ("moves", "furthest"),
    [
        ("zz", ""),
        ("hi", ""),  # a reply to nobody
        ("trust", ""),  # a verdict on nobody
        ("s1", ""),  # the scene before its time
        ("bbbb bb cccc", ""),  # of a self-check
        ("c1 zz", "c1"),
        ("c1 hs", "c1"),  # of a later turn
        ("c1 tr", "c1"),  # of another contact
        ("c1 c2", "c1"),  # in the middle of a chat
        ("c1 hi hi", "c1 hi"),  # a double click
        ("c1 c1", "c1"),
        ("c1 hi hs hs", "c1 hi hs"),
        ("c1 wants wants", "c1 wants"),
        ("c1 wants hi", "c1 wants"),
        ("c1 wants c1", "c1 wants"),  # a second time
        ("c1 hi zz hs c2 tr", "c1 hi"),  # nothing after the first that does not fit
        ("c1 no c2 no c3 tr s1 trust", "c1 no c2 no c3 tr s1"),  # no verdict on the scene
    ],
)
def test_what_does_not_fit_leaves_the_furthest_point(moves: str, furthest: str) -> None:
    state = play(moves)
    assert not state.fits
    assert " ".join(state.moves) == furthest
    assert state.said == play(furthest).said
    assert (state.contact, state.met) == (play(furthest).contact, play(furthest).met)


def test_of_ten_thousand_moves_nothing_is_tried_after_the_first_that_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    move = rules._move

    def counted(practice: Practice, play: rules.Play, code: str) -> rules.Play | None:
        tried.append(code)
        return move(practice, play, code)

    monkeypatch.setattr(rules, "_move", counted)
    for moves in (["c1", "hi"] * 5000, ["no"] * 10_000, ["c1", *["hs"] * 9999], [""] * 10_000):
        tried.clear()
        state = rules.replay(CHAT, moves)
        assert not state.fits
        assert len(tried) == len(state.moves) + 1 <= 3


@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(
    ["c1", "c2", "c3", "c4", "s1", "mi", "hi", "no", "hs", "tr", "ts", "sk", *rules.VERDICTS]
)), max_size=40))  # fmt: skip
def test_whatever_is_posted_the_moves_that_are_left_fit(moves: list[str]) -> None:
    state = rules.replay(CHAT, moves)
    assert list(state.moves) == moves[: len(state.moves)]
    assert state.fits == (len(state.moves) == len(moves))
    assert rules.replay(CHAT, state.moves) == replace(state, fits=True)
    result = rules.score(CHAT, state)
    assert result.seen <= result.tricks
    assert result.kept <= result.honest <= 2


def test_a_contact_that_was_republished_away_is_the_end_of_what_fits() -> None:
    state = play("c2 tr ts c1 hi hs c3", only("c2h", "c3h", "c4", "s1s"))
    assert not state.fits
    assert " ".join(state.moves) == "c2 tr ts"


def test_a_turn_that_was_republished_away_is_the_end_of_what_fits() -> None:
    shorter = chat_of({**TURNS, "c1": (turn("one", reply("hi", "", "hit", "trick"), start=True),)})
    state = play("c1 hi hs", shorter)
    assert not state.fits
    assert (" ".join(state.moves), state.closed) == ("c1 hi", True)


def test_a_reply_to_a_turn_that_is_not_there_ends_the_chat() -> None:
    astray = chat_of({**TURNS, "c4": (turn("hot", reply("hi", "gone", "hit"), start=True),)})
    state = play("c4 hi", astray)
    assert (state.fits, state.closed, codes(state.met)) == (True, True, "c4")


def test_a_contact_without_a_first_turn_cannot_be_met() -> None:
    state = play("c4", chat_of({**TURNS, "c4": ()}))
    assert not state.fits
    assert state.contact is None


def test_the_scene_is_proposed_first_after_the_third_contact() -> None:
    assert codes(rules.can_meet(CHAT, play("c1 no c2 no"))) == "c3 c4"
    assert codes(rules.can_meet(CHAT, play("c3 tr c1 no c2 no"))) == "s1 c4"


def test_the_scene_may_come_later_or_never() -> None:
    assert play("c1 no c2 no c3 tr c4 hi").fits
    assert codes(rules.can_meet(CHAT, play("c1 no c2 no c3 tr c4 hi"))) == "s1"
    assert rules.can_meet(CHAT, play("c1 no c2 no c3 tr c4 hi s1 sk")) == []


def test_the_scene_comes_earlier_when_there_is_nobody_else() -> None:
    small = only("s1s", "c3h")
    assert codes(rules.can_meet(small, play("", small))) == "c3"
    assert codes(rules.can_meet(small, play("c3 tr", small))) == "s1"


@pytest.mark.parametrize(
    ("moves", "tricks", "trust"),
    [
        ("c1 hi hs c2 tr ts", "2/2", "1/1"),
        ("c1 mi hs c2 fa fs", "1/2", "0/1"),
        ("c1 mi ms c2 tr fs", "0/2", "0/1"),
        ("c1 mi ms c2 fa ts", "0/2", "1/1"),  # doubted, then mended
        ("c1 hi hs c2 fa unknown", "2/2", "0/1"),  # not mended
        ("c1 no c2 no", "1/1", "1/1"),  # plain refusals
        ("c1 wants c2 trust", "1/1", "1/1"),
        ("c1 trust c2 trust", "0/1", "1/1"),  # trusting who wants something is a trick not seen
        ("c1 unknown c2 unknown", "0/0", "1/1"),  # I cannot know yet
        ("c2 wants c3 tr", "0/0", "1/2"),
        ("c1 mi wants c2 tr wants", "1/2", "0/1"),
        ("c1 mi ms c2 fa", "0/2", "0/0"),  # a chat that has not ended does not count
        ("c1 no c2 no c3 tr s1 hi", "2/2", "2/2"),
        ("c1 no c2 no c3 tr s1 sk", "1/1", "2/2"),
        ("", "0/0", "0/0"),
    ],
)
def test_two_figures_stand_side_by_side(moves: str, tricks: str, trust: str) -> None:
    result = rules.score(CHAT, play(moves))
    assert f"{result.seen}/{result.tricks}" == tricks
    assert f"{result.kept}/{result.honest}" == trust


@pytest.mark.parametrize(
    ("moves", "signal"),
    [
        ("c1 trust", "miss"), ("c1 wants", "hit"), ("c1 unknown", "unknown"),
        ("c2 trust", "trust"), ("c2 wants", "false_alarm"), ("c2 unknown", "unknown"),
        ("c2 no", "neutral"), ("c3 tr", "trust"), ("c1 no", "hit"),
    ],
)  # fmt: skip
def test_every_move_leaves_its_signal(moves: str, signal: str) -> None:
    tactic = "trick" if moves == "c1 no" else ""
    assert play(moves).signals == ((moves[:2], signal, tactic),)


@pytest.mark.parametrize(
    ("moves", "outcome"),
    [
        ("c1 hi hs c2 tr ts c3 tr", "HH"),
        ("c1 hi hs c4 mi c2 tr ts", "HH"),  # two thirds are high
        ("c1 mi hs c2 tr ts", "LH"),  # a half is low
        ("c1 hi hs c2 tr ts c3 fa", "HL"),
        ("c1 mi ms c2 tr fs", "LL"),
        ("c1 wants c2 wants c3 wants c4 wants", "HL"),  # takes everybody for false
        # refused everybody
        ("c1 no c2 no", "nobody"),
        ("c1 hi hs c2 no c3 unknown c4 hi", "nobody"),
        ("c1 no c2 no c3 unknown s1 hi c4 hi", "nobody"),
        ("c1 no c2 no c4 hi c3 unknown s1 mi", "HH"),  # not in the scene
        ("c1 no c2 no c3 tr c4 hi", "HH"),
        ("c1 no c2 no c3 fa c4 hi", "HL"),  # a half was driven away
        ("c1 no c2 no c4 mi", "LH"),
        # trusted everybody
        ("c1 mi ms c2 tr ts c3 tr c4 mi", "everybody"),
        ("c1 trust c2 trust c3 trust c4 trust", "everybody"),
        ("c1 trust c2 trust c3 trust s1 hi c4 trust", "everybody"),  # the scene is for all to see
        ("c1 trust c2 no c3 trust c4 trust", "LH"),
        ("c1 trust c2 trust c3 trust c4 wants", "LH"),
        ("c1 mi ms c2 fa ts c3 tr c4 mi", "LH"),
        # cannot know yet, of everybody
        ("c1 unknown c2 unknown c3 unknown c4 unknown", "unknown"),
        ("c1 unknown c2 unknown c3 unknown s1 hi c4 unknown", "unknown"),
        ("c1 hi unknown c2 fa unknown", "unknown"),
        ("c1 unknown c2 unknown c3 tr c4 hi", "HH"),
        # too little to say anything
        ("c1 unknown c2 unknown c3 unknown c4 hi", "little"),
        ("c1 hi hs c2 unknown c3 unknown", "little"),  # one of three
        ("c1 unknown c2 tr ts c3 tr c4 unknown", "little"),  # no trick was met
        ("c2 no", "little"),
        ("s1 hi", "little"),
        ("", "little"),
    ],
)
def test_the_outcome_fits_what_was_done(moves: str, outcome: str) -> None:
    found = rules.score(CHAT, play(moves)).outcome
    assert found
    assert found.code == outcome


@pytest.mark.parametrize(
    ("moves", "worked"),
    [
        ("c1 mi hs", "trick"),
        ("c1 mi ms c4 mi", "haste"),
        ("c1 hi hs", None),
        ("c1 mi", None),
        ("c4 trust c1 mi hs", "trick"),
    ],
)
def test_the_trick_that_worked_best_is_named(moves: str, worked: str | None) -> None:
    tactic = rules.score(CHAT, play(moves)).worked
    assert (tactic and tactic.code) == worked


def test_the_tactics_of_the_whole_chat_are_shown_in_order() -> None:
    assert codes(rules.tactics_used(CHAT, play("c1 no"))) == "trick haste"
    assert codes(rules.tactics_used(CHAT, play("c4 hi"))) == "haste"
    assert rules.tactics_used(CHAT, play("c2 no")) == []
    assert rules.tactics_used(CHAT, play("")) == []


@pytest.mark.parametrize(
    ("words", "bubbles"),
    [("one", ["one"]), ("one\ntwo", ["one", "two"]), ("one\r\n\r\n two \n \n", ["one", " two "])],
)
def test_what_is_written_comes_in_bubbles_without_empty_ones(
    words: str, bubbles: list[str], language: str
) -> None:
    assert Turn("t", True, text(words), ()).bubbles == bubbles

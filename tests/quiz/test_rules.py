"""The practice chat replayed from a list of moves, on a small chat: what fits, how far, and the score."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import chat, content
from tests.quiz.builders import chat_of, reply, turn

# c1 and c4 want something; c2 and c3 are honest; s1 is the threat scene. Codes say what they are.
CHAT = chat_of(
    turn("c1", "one", reply("mi", "two", "miss", "trick"), reply("hi", "two", "hit", "trick"),
         reply("no", "", "hit", "trick"), start=True),
    turn("c1", "two", reply("ms", "", "miss", "haste"), reply("hs", "", "hit", "haste")),
    turn("c2", "new", reply("tr", "ask", "trust"), reply("fa", "ask", "false_alarm"),
         reply("no", "", "neutral"), start=True),
    turn("c2", "ask", reply("ts", "", "trust"), reply("fs", "", "false_alarm")),
    turn("c3", "hey", reply("tr", "", "trust"), reply("fa", "", "false_alarm"), start=True),
    turn("c4", "hot", reply("mi", "", "miss", "haste"), reply("hi", "", "hit", "haste"), start=True),
    turn("s1", "pay", reply("mi", "", "miss", "trick"), reply("hi", "", "hit", "trick"),
         reply("sk", "", "neutral"), start=True),
)  # fmt: skip


def play(moves: str, quiz: content.Quiz = CHAT) -> chat.Play:
    return chat.replay(quiz, moves.split())


def codes(contacts: object) -> str:
    return " ".join(contact.code for contact in contacts)


def test_the_small_chat_has_no_fault() -> None:
    assert chat.faults(CHAT) == []


def test_without_moves_nobody_writes_yet() -> None:
    state = play("")
    assert state == chat.Play()
    assert state.fits
    assert codes(chat.can_meet(CHAT, state)) == "c1 c2 c3 c4"


def test_a_chosen_contact_writes_and_can_be_replied_to() -> None:
    state = play("c1")
    assert state.contact.code == "c1"
    assert [(turn.question.code, turn.reply) for turn in state.turns] == [("one", None)]
    assert codes(state.replies) == "mi hi no"
    assert not state.closed


def test_a_reply_stands_below_its_question_and_brings_the_next() -> None:
    state = play("c1 hi")
    [first, second] = state.turns
    assert (first.question.code, first.reply.code) == ("one", "hi")
    assert (second.question.code, second.reply) == ("two", None)
    assert codes(state.replies) == "ms hs"


@pytest.mark.parametrize("moves", ["c1 no", "c1 mi hs", "c2 tr ts", "c3 fa"])
def test_a_reply_that_ends_the_chat_closes_it(moves: str) -> None:
    state = play(moves)
    assert state.fits
    assert state.closed
    assert state.replies == ()
    assert codes(state.met) == moves[:2]


@pytest.mark.parametrize("verdict", chat.VERDICTS)
@pytest.mark.parametrize("before", ["c1", "c1 mi", "c2", "c2 fa"])
def test_who_it_is_can_be_said_at_any_time(before: str, verdict: str) -> None:
    state = play(f"{before} {verdict}")
    assert state.fits
    assert (state.closed, state.verdict) == (True, verdict)
    assert codes(state.met) == before[:2]
    assert state.turns == play(before).turns


def test_the_next_chat_begins_without_the_verdict_and_turns_of_the_last() -> None:
    state = play("c1 wants c2")
    assert (state.contact.code, state.verdict, state.closed) == ("c2", "", False)
    assert [turn.question.code for turn in state.turns] == ["new"]


@pytest.mark.parametrize(
    ("moves", "furthest"),
    [
        ("zz", ""),
        ("hi", ""),  # a reply to nobody
        ("trust", ""),  # a verdict on nobody
        ("s1", ""),  # the scene before its time
        ("bkfd kd tmrz", ""),  # of the self-check
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
    assert state.turns == play(furthest).turns
    assert (state.contact, state.met) == (play(furthest).contact, play(furthest).met)


def test_ten_thousand_moves_are_cut_off_in_no_time() -> None:
    before = time.process_time()
    for moves in (["c1", "hi"] * 5000, ["no"] * 10_000, ["c1", *["hs"] * 9999], [""] * 10_000):
        state = chat.replay(CHAT, moves)
        assert not state.fits
        assert len(state.moves) <= 2
    assert time.process_time() - before < 1


@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(
    ["c1", "c2", "c3", "c4", "s1", "mi", "hi", "no", "hs", "tr", "ts", "sk", *chat.VERDICTS]
)), max_size=40))  # fmt: skip
def test_whatever_is_posted_the_moves_that_are_left_fit(moves: list[str]) -> None:
    state = chat.replay(CHAT, moves)
    assert list(state.moves) == moves[: len(state.moves)]
    assert state.fits == (len(state.moves) == len(moves))
    assert chat.replay(CHAT, state.moves) == replace(state, fits=True)
    result = chat.score(CHAT, state)
    assert result.seen <= result.tricks
    assert result.trusted <= result.honest <= 2


def test_a_contact_that_was_republished_away_is_the_end_of_what_fits() -> None:
    shorter = chat_of(*CHAT.questions[2:], contacts="c2h c3h c4 s1s")
    state = play("c2 tr ts c1 hi hs c3", shorter)
    assert not state.fits
    assert " ".join(state.moves) == "c2 tr ts"


def test_a_turn_that_was_republished_away_is_the_end_of_what_fits() -> None:
    first = turn("c1", "one", reply("mi", "", "miss", "trick"), reply("hi", "", "hit", "trick"), start=True)  # fmt: skip
    shorter = chat_of(first, *CHAT.questions[2:])
    state = play("c1 hi hs", shorter)
    assert not state.fits
    assert (" ".join(state.moves), state.closed) == ("c1 hi", True)


def test_a_contact_without_a_first_turn_cannot_be_met() -> None:
    state = play("c4", chat_of(*CHAT.questions[:5], contacts="c1 c2h c3h c4"))
    assert not state.fits
    assert state.contact is None


def test_the_scene_is_proposed_first_after_the_third_contact() -> None:
    assert codes(chat.can_meet(CHAT, play("c1 no c2 no"))) == "c3 c4"
    assert codes(chat.can_meet(CHAT, play("c3 tr c1 no c2 no"))) == "s1 c4"


def test_the_scene_may_come_later_or_never() -> None:
    assert play("c1 no c2 no c3 tr c4 hi").fits
    assert codes(chat.can_meet(CHAT, play("c1 no c2 no c3 tr c4 hi"))) == "s1"
    assert chat.can_meet(CHAT, play("c1 no c2 no c3 tr c4 hi s1 sk")) == []


def test_the_scene_comes_earlier_when_there_is_nobody_else() -> None:
    small = chat_of(*CHAT.questions[4:5], *CHAT.questions[6:], contacts="s1s c3h")
    assert codes(chat.can_meet(small, play("", small))) == "c3"
    assert codes(chat.can_meet(small, play("c3 tr", small))) == "s1"


@pytest.mark.parametrize(
    ("moves", "tricks", "trust"),
    [
        ("c1 hi hs c2 tr ts", "2/2", "1/1"),
        ("c1 mi hs c2 fa ts", "1/2", "0/1"),
        ("c1 mi ms c2 tr fs", "0/2", "0/1"),
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
    result = chat.score(CHAT, play(moves))
    assert f"{result.seen}/{result.tricks}" == tricks
    assert f"{result.trusted}/{result.honest}" == trust


@pytest.mark.parametrize(
    ("moves", "ending"),
    [
        ("c1 hi hs c2 tr ts c3 tr", "HH"),
        ("c1 hi hs c4 mi c2 tr ts", "HH"),  # two thirds are high
        ("c1 mi hs c2 tr ts", "LH"),  # a half is low
        ("c1 hi hs c2 tr ts c3 fa", "HL"),
        ("c1 mi ms c2 fa ts", "LL"),
    ],
)
def test_the_ending_fits_both_figures(moves: str, ending: str) -> None:
    assert chat.score(CHAT, play(moves)).ending.code == ending


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
    tactic = chat.score(CHAT, play(moves)).worked
    assert (tactic.code if tactic else None) == worked


def test_the_tactics_of_the_whole_chat_are_shown_in_order() -> None:
    assert codes(chat.tactics_used(CHAT, play("c1 no"))) == "trick haste"
    assert codes(chat.tactics_used(CHAT, play("c4 hi"))) == "haste"
    assert chat.tactics_used(CHAT, play("c2 no")) == []
    assert chat.tactics_used(CHAT, play("")) == []

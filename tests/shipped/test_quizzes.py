"""The shipped self-check and practice chat: the tree of the campaign, and chats that train judgement."""

import random
import time

import msgspec
import pytest
from quiz.content import Contact, Quiz

from quiz import chat, tree
from sextortion_help.publishing.live import live

pytestmark = pytest.mark.django_db

# question: (answer, where it leads). Codes never change; what they ask stands in self_check.yaml.
CAMPAIGN = {
    "bkfd": [("kd", "nstr"), ("wp", "tmrz")],
    "tmrz": [("gn", "pdkw"), ("rv", "wgxc"), ("xt", "wgxc")],
    "wgxc": [("bz", "zfbj"), ("mh", "lcvg"), ("cq", "hqvl"), ("jd", "hqvl")],
    "hqvl": [("fs", "rxhm"), ("vk", "vjtq")],
}
TONES = {
    "nstr": "calm", "pdkw": "calm", "zfbj": "watch", "lcvg": "watch", "rxhm": "stop", "vjtq": "stop",
}  # fmt: skip
# what a visitor writes who only ever refuses
REFUSALS = {
    "c1": "rt pq", "c2": "rt jl", "c3": "mz pq tk fb", "c4": "rt jl", "c5": "mz pq tk", "c6": "rt fb",
    "s1": "mz vw pq",
}  # fmt: skip


@pytest.fixture
def self_check() -> Quiz:
    quiz = live().get(Quiz, "flirt")
    assert quiz
    return quiz


@pytest.fixture
def practice() -> Quiz:
    quiz = live().get(Quiz, "who")
    assert quiz
    return quiz


def test_the_self_check_is_the_tree_of_the_campaign(self_check: Quiz) -> None:
    found = {
        question.code: [(answer.code, answer.target) for answer in question.answers]
        for question in self_check.questions
    }
    assert found == CAMPAIGN
    assert tree.start(self_check) == self_check.questions[0]
    assert {ending.code: ending.tone for ending in self_check.endings} == TONES
    assert tree.faults(self_check) == []


def test_each_path_asks_at_most_four_questions_and_ends(self_check: Quiz) -> None:
    paths = list(tree.paths(self_check))
    # no stranger, just talking; then yes or not sure, each with two ways to an ending
    # and two to the last question with its two
    assert len(paths) == 1 + 1 + 2 * (2 + 2 * 2)
    assert max(len(path) for path, _ending in paths) == 4
    assert {ending.code for _path, ending in paths} == set(TONES)


def test_both_last_endings_bring_steps_and_every_kind_of_help(self_check: Quiz) -> None:
    for code in ("rxhm", "vjtq"):
        ending = tree.step(self_check, code)
        assert ending.pages == ("first",)
        assert {"talk", "remove", "police"} <= set(ending.purposes)
        for words in (ending.body.nl, ending.body.fr, ending.body.en):
            assert "/tell/" in words


def test_a_random_walk_never_leaves_the_tree(self_check: Quiz) -> None:
    chance = random.Random(1)
    ended = 0
    step = tree.start(self_check)
    for _ in range(1000):
        answer = chance.choice(step.answers)
        step = tree.next_step(self_check, step, answer.code)
        assert step is not None
        if step in self_check.endings:
            ended += 1
            step = tree.start(self_check)
    assert ended >= 250


def test_the_practice_chat_has_what_it_trains_with(practice: Quiz) -> None:
    writing = [contact for contact in practice.contacts if not contact.scene]
    assert len(writing) == 6
    assert len(practice.contacts) == 7
    assert sum(contact.honest for contact in writing) == 3
    assert len(practice.tactics) >= 8
    used = {reply.tactic for turn in practice.questions for reply in turn.answers if reply.tactic}
    assert used == {tactic.code for tactic in practice.tactics}
    assert chat.faults(practice) == []


def test_no_chat_has_more_than_eight_turns_or_fewer_than_two_replies(practice: Quiz) -> None:
    for contact in practice.contacts:
        turns = [turn for turn in practice.questions if turn.contact == contact.code]
        assert 2 <= len(turns) <= 8
    assert {len(turn.answers) for turn in practice.questions} == {2, 3}


def test_every_reveal_is_complete_in_each_language(practice: Quiz, language: str) -> None:
    for contact in practice.contacts:
        for text in (contact.name, contact.intro, contact.reveal_title, contact.reveal_body,
                     contact.real_life):  # fmt: skip
            assert getattr(text, language), contact.code


def test_in_every_turn_of_a_chat_some_reply_is_right(practice: Quiz) -> None:
    for turn in practice.questions:
        assert {reply.signal for reply in turn.answers} - {"miss", "false_alarm"}, turn.code


def test_a_double_click_never_answers_the_next_turn(practice: Quiz) -> None:
    for turn in practice.questions:
        for reply in turn.answers:
            following = tree.step(practice, reply.target)
            after = {other.code for other in following.answers} if following else set()
            assert reply.code not in after, f"{turn.code} {reply.code}"


@pytest.mark.parametrize("code", REFUSALS)
def test_plain_refusals_alone_are_right_with_everybody(practice: Quiz, code: str) -> None:
    before = ["c1", "unknown", "c2", "unknown", "c3", "unknown"] if code == "s1" else []
    state = chat.replay(practice, [*before, code, *REFUSALS[code].split()])
    assert state.fits
    assert state.closed
    wrong = {"miss", "false_alarm"}
    assert not [signal for _contact, signal, _tactic in state.signals if signal in wrong]
    result = chat.score(practice, state)
    assert result.seen == result.tricks
    assert result.trusted == result.honest
    assert result.worked is None
    if state.contact.honest:
        assert (result.tricks, result.trusted) == (0, 1)
    else:
        assert result.tricks == len(REFUSALS[code].split())


def test_plain_refusals_through_the_whole_chat_reach_the_best_ending(practice: Quiz) -> None:
    order = ["c1", "c2", "c3", "s1", "c4", "c5", "c6"]
    moves = [move for code in order for move in (code, *REFUSALS[code].split())]
    result = chat.score(practice, chat.replay(practice, moves))
    assert (result.ending.hits, result.ending.trust) == ("high", "high")
    assert result.trusted == result.honest == 3


@pytest.mark.parametrize(
    ("wanted", "hits", "trust"),
    [
        ({"hit", "trust"}, "high", "high"),
        ({"hit", "false_alarm"}, "high", "low"),
        ({"miss", "trust"}, "low", "high"),
        ({"miss", "false_alarm"}, "low", "low"),
    ],
)
def test_each_of_the_four_endings_can_be_reached(
    practice: Quiz, wanted: set[str], hits: str, trust: str
) -> None:
    moves: list[str] = []
    for contact in practice.contacts:
        if contact.scene:
            continue
        moves.append(contact.code)
        step = tree.start(_of(practice, contact))
        while step:
            reply = next((r for r in step.answers if r.signal in wanted), step.answers[0])
            moves.append(reply.code)
            step = tree.step(practice, reply.target)
    state = chat.replay(practice, moves)
    assert state.fits
    ending = chat.score(practice, state).ending
    assert (ending.hits, ending.trust) == (hits, trust)


def test_ten_thousand_random_walks_end_in_a_reveal_and_an_ending(practice: Quiz) -> None:
    chance = random.Random(2)
    chats = {contact.code: _of(practice, contact) for contact in practice.contacts}
    scene = next(contact for contact in practice.contacts if contact.scene)
    before = time.process_time()
    lengths = []
    for _ in range(10_000):
        order = [contact for contact in practice.contacts if contact != scene]
        chance.shuffle(order)
        if chance.random() < 0.8:  # the others skip the scene
            order.insert(chance.randint(chat.SCENE_AFTER, len(order)), scene)
        moves: list[str] = []
        for contact in order:
            moves.append(contact.code)
            step = tree.start(chats[contact.code])
            while step:
                if contact != scene and chance.random() < 0.1:
                    moves.append(chance.choice(chat.VERDICTS))
                    break
                reply = chance.choice(step.answers)
                moves.append(reply.code)
                step = tree.step(practice, reply.target)
        state = chat.replay(practice, moves)
        assert state.fits, moves
        assert state.closed
        assert state.met == tuple(order)
        assert state.contact.reveal_title.nl
        assert chat.score(practice, state).ending in practice.endings
        lengths.append(len(moves))
    assert len(set(lengths)) > 10
    assert time.process_time() - before < 10


def _of(quiz: Quiz, contact: Contact) -> Quiz:
    """Give the quiz with only the turns of one contact."""
    turns = tuple(turn for turn in quiz.questions if turn.contact == contact.code)
    return msgspec.structs.replace(quiz, questions=turns)

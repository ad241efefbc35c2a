"""The shipped self-check and practice chat: the tree of the campaign, and chats that train judgement."""

import random

import pytest

from quiz.practice import rules
from quiz.practice.content import Contact, Practice, Turn
from quiz.self_check import tree
from quiz.self_check.content import Ending, Question, SelfCheck
from quiz.self_check.models import Ending as EndingDraft
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.markdown import own_paths

pytestmark = pytest.mark.django_db

# question: (answer, where it leads). Codes never change; what they ask stands in selfchecks.yaml.
CAMPAIGN = {
    "bkfd": [("kd", "nstr"), ("wp", "tmrz"), ("rz", "nvkp")],
    "tmrz": [("gn", "pdkw"), ("rv", "wgxc"), ("xt", "wgxc")],
    "wgxc": [("bz", "zfbj"), ("mh", "lcvg"), ("cq", "hqvl"), ("jd", "hqvl")],
    "hqvl": [("fs", "rxhm"), ("vk", "vjtq")],
    "nvkp": [("bq", "hrsz"), ("gt", "hqvl"), ("pw", "jwgm"), ("zx", "pdkw")],
}
TONES = {
    "nstr": "calm", "pdkw": "calm", "zfbj": "watch", "lcvg": "watch", "rxhm": "stop", "vjtq": "stop",
    "hrsz": "watch", "jwgm": "stop",
}  # fmt: skip
# what a visitor writes who only ever refuses
REFUSALS = {
    "c1": "rt pq", "c2": "rt jl", "c3": "mz pq tk fb", "c4": "rt jl", "c5": "mz pq tk", "c6": "rt fb",
    "s1": "mz vw pq",
}  # fmt: skip


@pytest.fixture
def self_check() -> SelfCheck:
    check = live().get(SelfCheck, "flirt")
    assert check
    return check


@pytest.fixture
def practice() -> Practice:
    found = live().get(Practice, "who")
    assert found
    return found


def place(check: SelfCheck, code: str) -> Question | Ending:
    places: list[Question | Ending] = [*check.questions, *check.endings]
    return next(each for each in places if each.code == code)


def turns(practice: Practice) -> list[tuple[Contact, Turn]]:
    return [(contact, turn) for contact in practice.contacts for turn in contact.turns]


def first(contact: Contact) -> Turn | None:
    return next(turn for turn in contact.turns if turn.start)


def following(contact: Contact, code: str) -> Turn | None:
    """Give the turn that a reply leads to; None at the end of the chat."""
    return next((turn for turn in contact.turns if turn.code == code), None)


def test_the_self_check_is_the_tree_of_the_campaign(self_check: SelfCheck) -> None:
    found = {
        question.code: [(answer.code, answer.target) for answer in question.answers]
        for question in self_check.questions
    }
    assert found == CAMPAIGN
    assert tree.start(self_check) == self_check.questions[0]
    assert {ending.code: ending.tone for ending in self_check.endings} == TONES
    assert tree.faults(self_check) == []


def test_each_path_asks_at_most_four_questions_and_ends(self_check: SelfCheck) -> None:
    paths = list(tree.paths(self_check))
    # nothing, just talking; then yes or not sure, each with two ways to an ending and two to
    # the last question with its two; somebody known: three ways to an ending, one to that question
    assert len(paths) == 1 + 1 + 2 * (2 + 2 * 2) + (3 + 2)
    assert max(len(path) for path, _ending in paths) == 4
    assert {ending.code for _path, ending in paths} == set(TONES)


def test_every_ending_that_says_stop_brings_steps_and_every_kind_of_help(
    self_check: SelfCheck,
) -> None:
    stops = [ending for ending in self_check.endings if ending.tone == "stop"]
    assert {ending.code for ending in stops} == {"rxhm", "vjtq", "jwgm"}
    for ending in stops:
        assert ending.pages == ("first",)
        assert {"talk", "suicide", "remove", "police"} <= set(ending.purposes)
        draft = EndingDraft.objects.get(self_check__code="flirt", code=ending.code)
        for language in LANGUAGES:
            words = getattr(draft, f"body_{language}")
            assert "{emergency}" in words
            ways = set(own_paths(words))
            for wanted in ("silent", "dying", "remove", "after-report"):
                assert f"/steps/{wanted}/" in ways, (ending.code, language, wanted)
            assert {"/tell/", "/steps/tell/"} & ways


def test_nobody_who_is_blackmailed_is_told_to_be_calm(self_check: SelfCheck) -> None:
    """Neither where a path leads to the last question, nor after it."""
    for path, ending in tree.paths(self_check):
        asked = [question.code for question, _answer in path]
        if "hqvl" in asked:
            told = [answer.tone for _question, answer in path[asked.index("hqvl") - 1 :]]
            assert "calm" not in [*told, ending.tone]


def test_a_random_walk_never_leaves_the_tree(self_check: SelfCheck) -> None:
    chance = random.Random(1)
    ended = 0
    question = tree.start(self_check)
    for _ in range(1000):
        assert question
        reached = place(self_check, chance.choice(question.answers).target)
        if isinstance(reached, Ending):
            ended += 1
            question = tree.start(self_check)
        else:
            question = reached
    assert ended >= 250


def test_the_practice_chat_has_what_it_trains_with(practice: Practice) -> None:
    writing = [contact for contact in practice.contacts if not contact.scene]
    assert len(writing) == 6
    assert len(practice.contacts) == 7
    assert sum(contact.honest for contact in writing) == 3
    assert len(practice.tactics) >= 8
    used = {reply.tactic for _, turn in turns(practice) for reply in turn.replies if reply.tactic}
    assert used == {tactic.code for tactic in practice.tactics}
    assert rules.faults(practice) == []


def test_no_chat_has_more_than_eight_turns_or_fewer_than_two_replies(practice: Practice) -> None:
    for contact in practice.contacts:
        assert 2 <= len(contact.turns) <= 8
    assert {len(turn.replies) for _, turn in turns(practice)} == {2, 3}


def test_every_reveal_is_complete_in_each_language(practice: Practice, language: str) -> None:
    for contact in practice.contacts:
        for text in (contact.name, contact.intro, contact.reveal_title, contact.reveal_body,
                     contact.real_life):  # fmt: skip
            assert getattr(text, language), contact.code


def test_in_every_turn_of_a_chat_some_reply_is_right(practice: Practice) -> None:
    for _, turn in turns(practice):
        assert {reply.signal for reply in turn.replies} - {"miss", "false_alarm"}, turn.code


def test_a_double_click_never_answers_the_next_turn(practice: Practice) -> None:
    for contact, turn in turns(practice):
        for reply in turn.replies:
            next_turn = following(contact, reply.next_turn)
            after = {other.code for other in next_turn.replies} if next_turn else set()
            assert reply.code not in after, f"{turn.code} {reply.code}"


@pytest.mark.parametrize("code", REFUSALS)
def test_plain_refusals_alone_are_right_with_everybody(practice: Practice, code: str) -> None:
    before = ["c1", "unknown", "c2", "unknown", "c3", "unknown"] if code == "s1" else []
    state = rules.replay(practice, [*before, code, *REFUSALS[code].split()])
    assert state.fits
    assert state.closed
    wrong = {"miss", "false_alarm"}
    assert not [signal for _contact, signal, _tactic in state.signals if signal in wrong]
    result = rules.score(practice, state)
    assert result.seen == result.tricks
    assert result.trusted == result.honest
    assert result.worked is None
    assert state.contact
    if state.contact.honest:
        assert (result.tricks, result.trusted) == (0, 1)
    else:
        assert result.tricks == len(REFUSALS[code].split())


def test_plain_refusals_through_the_whole_chat_reach_the_best_ending(practice: Practice) -> None:
    order = ["c1", "c2", "c3", "s1", "c4", "c5", "c6"]
    moves = [move for code in order for move in (code, *REFUSALS[code].split())]
    result = rules.score(practice, rules.replay(practice, moves))
    assert result.outcome
    assert (result.outcome.hits, result.outcome.trust) == ("high", "high")
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
    practice: Practice, wanted: set[str], hits: str, trust: str
) -> None:
    moves: list[str] = []
    for contact in practice.contacts:
        if contact.scene:
            continue
        moves.append(contact.code)
        turn = first(contact)
        while turn:
            reply = next((r for r in turn.replies if r.signal in wanted), turn.replies[0])
            moves.append(reply.code)
            turn = following(contact, reply.next_turn)
    state = rules.replay(practice, moves)
    assert state.fits
    outcome = rules.score(practice, state).outcome
    assert outcome
    assert (outcome.hits, outcome.trust) == (hits, trust)


def test_ten_thousand_random_walks_end_in_a_reveal_and_an_ending(practice: Practice) -> None:
    chance = random.Random(2)
    scene = next(contact for contact in practice.contacts if contact.scene)
    lengths = []
    for _ in range(10_000):
        order = [contact for contact in practice.contacts if contact != scene]
        chance.shuffle(order)
        if chance.random() < 0.8:  # the others skip the scene
            order.insert(chance.randint(rules.SCENE_AFTER, len(order)), scene)
        moves: list[str] = []
        for contact in order:
            moves.append(contact.code)
            turn = first(contact)
            while turn:
                if contact != scene and chance.random() < 0.1:
                    moves.append(chance.choice(rules.VERDICTS))
                    break
                reply = chance.choice(turn.replies)
                moves.append(reply.code)
                turn = following(contact, reply.next_turn)
        state = rules.replay(practice, moves)
        assert state.fits, moves
        assert state.closed
        assert state.met == tuple(order)
        assert state.contact
        assert state.contact.reveal_title.nl
        assert rules.score(practice, state).outcome in practice.outcomes
        lengths.append(len(moves))
    assert len(set(lengths)) > 10

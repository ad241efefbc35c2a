"""The shipped self-check: the tree of the campaign."""

import random

import pytest

from quiz.self_check import tree
from quiz.self_check.content import Ending, Question, SelfCheck
from sextortion_help.publishing.live import live

pytestmark = pytest.mark.django_db

# question: (answer, where it leads). Codes never change; what they ask stands in selfchecks.yaml.
CAMPAIGN = {
    "bkfd": [("kd", "nstr"), ("wp", "tmrz")],
    "tmrz": [("gn", "pdkw"), ("rv", "wgxc"), ("xt", "wgxc")],
    "wgxc": [("bz", "zfbj"), ("mh", "lcvg"), ("cq", "hqvl"), ("jd", "hqvl")],
    "hqvl": [("fs", "rxhm"), ("vk", "vjtq")],
}
TONES = {
    "nstr": "calm", "pdkw": "calm", "zfbj": "watch", "lcvg": "watch", "rxhm": "stop", "vjtq": "stop",
}  # fmt: skip


@pytest.fixture
def self_check() -> SelfCheck:
    check = live().get(SelfCheck, "flirt")
    assert check
    return check


def place(check: SelfCheck, code: str) -> Question | Ending:
    places: list[Question | Ending] = [*check.questions, *check.endings]
    return next(each for each in places if each.code == code)


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
    # no stranger, just talking; then yes or not sure, each with two ways to an ending
    # and two to the last question with its two
    assert len(paths) == 1 + 1 + 2 * (2 + 2 * 2)
    assert max(len(path) for path, _ending in paths) == 4
    assert {ending.code for _path, ending in paths} == set(TONES)


def test_both_last_endings_bring_steps_and_every_kind_of_help(self_check: SelfCheck) -> None:
    for code in ("rxhm", "vjtq"):
        ending = place(self_check, code)
        assert isinstance(ending, Ending)
        assert ending.pages == ("first",)
        assert {"talk", "remove", "police"} <= set(ending.purposes)
        for words in (ending.body.nl, ending.body.fr, ending.body.en):
            assert "/tell/" in words


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

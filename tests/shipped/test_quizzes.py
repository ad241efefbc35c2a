"""The shipped self-check: the tree of the campaign."""

import random

import pytest

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

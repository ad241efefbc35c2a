"""The rules of a self-check, on small trees: upper case is an ending, see tree_of()."""

from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import graph
from quiz.graph import Fault
from quiz.self_check import tree
from quiz.self_check.content import Answer, Question, SelfCheck
from sextortion_help.publishing.content import LANGUAGES, Text
from tests.quiz.builders import answer, ending, text, tree_of

# a asks first; b can be skipped; X and Y are the endings
SMALL = tree_of({"a": "b X", "b": "X Y"})


def at(question: str, answer: str = "") -> tuple[str, ...]:
    """Give the place of a question, or of one of its answers, as a fault names it."""
    place = ("questions", question)
    return (*place, "answers", answer) if answer else place


def chain(length: int) -> SelfCheck:
    """Give a tree whose longest path has `length` questions."""
    names = "abcdefghij"[:length]
    targets = {name: f"{after} X" for name, after in pairwise(names)}
    return tree_of({**targets, names[-1]: "X Y"})


def with_answers(code: str, *answers: Answer) -> SelfCheck:
    """Give SMALL with other answers to one question."""
    questions = tuple(
        msgspec.structs.replace(item, answers=answers) if item.code == code else item
        for item in SMALL.questions
    )
    return msgspec.structs.replace(SMALL, questions=questions)


def test_a_sound_tree_has_no_fault() -> None:
    assert tree.faults(SMALL) == []


@pytest.mark.parametrize(
    ("starts", "first"), [("a", "a"), ("b", "b"), ("", None), ("ab", "a"), ("z", None)]
)
def test_the_start_is_the_first_question_marked_so(starts: str, first: str | None) -> None:
    check = tree_of({"a": "X Y", "b": "a X"}, starts=starts)
    found, node = tree.start(check), graph.start(tree.nodes(check))
    assert (found and found.code) == first
    assert (node and node.code) == first


def test_where_a_question_or_ending_can_be_reached_from() -> None:
    assert [(q.code, a.code) for q, a in tree.came_from(SMALL, "X")] == [("a", "b"), ("b", "a")]
    assert [(q.code, a.code) for q, a in tree.came_from(SMALL, "b")] == [("a", "a")]
    assert tree.came_from(SMALL, "a") == []


def test_the_depth_of_a_question_is_the_most_that_can_have_been_asked() -> None:
    assert tree.depths(tree_of({"a": "b c", "b": "c X", "c": "X Y"})) == {"a": 1, "b": 2, "c": 3}
    assert tree.depths(tree_of({"a": "X Y", "b": "X Y"})) == {"a": 1, "b": 1}


def test_a_long_path_is_no_crash_in_whatever_order_its_questions_come() -> None:
    codes = [f"q{number}" for number in range(600)]
    questions = {code: f"{after} X" for code, after in pairwise(codes)} | {codes[-1]: "X Y"}
    check = tree_of(dict(reversed(questions.items())), starts="q0")
    assert tree.depths(check) == {code: number for number, code in enumerate(codes, 1)}
    assert {fault.rule for fault in tree.faults(check)} == {"too long"}


def test_in_a_loop_nothing_has_a_depth() -> None:
    assert tree.depths(tree_of({"a": "b X", "b": "a Y"})) == {}


def test_every_way_through_is_found_once() -> None:
    found = [
        " ".join(item.code for _question, item in path) + f" {ending.code}"
        for path, ending in tree.paths(SMALL)
    ]
    assert sorted(found) == ["a a X", "a b Y", "b X"]
    assert list(tree.paths(tree_of({"a": "X Y"}, starts=""))) == []


def test_a_way_that_leads_nowhere_is_no_path() -> None:
    assert [end.code for _path, end in tree.paths(tree_of({"a": "X z"}))] == ["X"]


def test_no_start_is_refused() -> None:
    assert tree.faults(tree_of({"a": "X Y"}, starts="")) == [Fault("no start")]


def test_a_second_start_is_refused_where_it_stands() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": "X Y"}, starts="ab"))
    assert faults == [Fault("several starts", at("b"))]


def test_a_question_nobody_can_reach_is_refused() -> None:
    faults = tree.faults(tree_of({"a": "X Y", "b": "X Y"}))
    assert faults == [Fault("nobody gets here", at("b"))]


def test_an_ending_nobody_can_reach_is_refused() -> None:
    faults = tree.faults(tree_of({"a": "X Y"}, endings="X Y Z"))
    assert faults == [Fault("nobody gets here", ("endings", "Z"))]


@pytest.mark.parametrize(
    ("questions", "inside"),
    [
        ({"a": "a X"}, "a"),
        ({"a": "b X", "b": "a Y"}, "ab"),
        ({"a": "b X", "b": "c Y", "c": "b X"}, "bc"),
        ({"a": "b X", "b": "c X", "c": "d X", "d": "a X"}, "abcd"),
    ],
)
def test_a_loop_is_refused_at_each_question_in_it(questions: dict[str, str], inside: str) -> None:
    assert tree.faults(tree_of(questions)) == [Fault("loop", at(code)) for code in inside]


def test_a_loop_without_a_way_out_is_a_dead_end_too() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": "c c2", "c": "b c2", "c2": "b c"}))
    assert {fault.where[1] for fault in faults if fault.rule == "no end ahead"} == {
        "b", "c", "c2",
    }  # fmt: skip


def test_a_question_without_answers_is_a_dead_end() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": ""}))
    assert Fault("no end ahead", at("b")) in faults
    assert Fault("fewer than two", at("b")) in faults


def test_an_answer_that_leads_nowhere_is_refused() -> None:
    nowhere = [Fault("no target", at("a", "b"))]
    assert tree.faults(tree_of({"a": "X Z"}, endings="X")) == nowhere
    assert tree.faults(tree_of({"a": "X z"})) == nowhere
    without = msgspec.structs.replace(answer("b", "Y"), ending="")
    found = tree.faults(with_answers("b", answer("a", "X"), without))
    assert Fault("no target", at("b", "b")) in found


def test_a_single_answer_is_refused() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": "X"}))
    assert faults == [Fault("fewer than two", at("b"))]


@pytest.mark.parametrize("label", ["answer a", " Answer A ", "ANSWER A"])
def test_two_answers_that_say_the_same_are_refused(label: str) -> None:
    faults = tree.faults(with_answers("b", answer("a", "X"), answer("b", "Y", text(label))))
    assert faults == [Fault("same label", at("b", "b"), LANGUAGES[0])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_language_is_enough_to_say_the_same(language: str) -> None:
    label = Text(**{**{code: code for code in LANGUAGES}, language: "answer a"})
    faults = tree.faults(with_answers("b", answer("a", "X"), answer("b", "Y", label)))
    assert faults == [Fault("same label", at("b", "b"), language)]


def test_two_missing_labels_do_not_say_the_same() -> None:
    empty = [Text(**{**dict.fromkeys(LANGUAGES, word), LANGUAGES[1]: ""}) for word in ("yes", "no")]
    check = with_answers("b", answer("a", "X", empty[0]), answer("b", "Y", empty[1]))
    assert tree.faults(check) == []


def test_a_path_of_seven_questions_is_the_longest() -> None:
    assert tree.faults(chain(7)) == []
    assert tree.faults(chain(8)) == [Fault("too long", at("h"))]
    assert tree.faults(chain(10)) == [Fault("too long", at("h"))]


def test_an_ending_with_the_code_of_a_question_is_refused() -> None:
    twin = msgspec.structs.replace(SMALL, endings=(*SMALL.endings, ending("b")))
    assert Fault("code twice", ("endings", "b")) in tree.faults(twin)


@pytest.mark.parametrize("change", [{"advice": Text()}, {"tone": ""}])
def test_an_answer_has_advice_and_a_tone(change: dict[str, Any]) -> None:
    wrong = msgspec.structs.replace(answer("b", "Y"), **change)
    found = tree.faults(with_answers("b", answer("a", "X"), wrong))
    assert found == [Fault("no advice", at("b", "b"))]


@st.composite
def graphs(draw: st.DrawFn) -> SelfCheck:
    """Any small graph: with loops, orphans and dead targets, as an editor could draw it."""
    names = "abcde"[: draw(st.integers(1, 5))]
    target = st.sampled_from([*names, "X", "Y", "Z"])
    questions = {name: " ".join(draw(st.lists(target, min_size=2, max_size=3))) for name in names}
    return tree_of(questions, endings=draw(st.sampled_from(["X", "X Y", "X Y Z"])))


def sound(check: SelfCheck, most: int) -> bool:
    """Tell whether the graph of a self-check has no fault, whatever its texts."""
    nodes, ends = tree.nodes(check), [end.code for end in check.endings]
    return not graph.faults(nodes, ends, most) and not graph.unreached(nodes, ends)


@given(graphs())
def test_a_graph_without_faults_is_one_in_which_every_walk_ends_in_time(check: SelfCheck) -> None:
    places: dict[str, Any] = {q.code: q for q in check.questions}
    places |= {end.code: end for end in check.endings}
    seen: set[str] = set()

    def every_walk_ends(code: str, asked: int) -> bool:
        """Walk on in every way: the rule in other words, without looking at the graph as a whole."""
        seen.add(code)
        place = places.get(code)
        if not isinstance(place, Question):
            return place is not None
        return asked < 3 and all(every_walk_ends(way.target, asked + 1) for way in place.answers)

    ends = every_walk_ends("a", 0)
    assert sound(check, 3) == (ends and seen == places.keys())


@given(graphs())
def test_the_paths_and_depths_of_a_sound_tree_agree(check: SelfCheck) -> None:
    if not sound(check, 5):
        return
    paths, depths = list(tree.paths(check)), tree.depths(check)
    for path, reached in paths:
        assert path[0][0] == tree.start(check)
        following = [asked.code for asked, _answer in path[1:]]
        targets = [given_answer.target for _asked, given_answer in path]
        assert targets == [*following, reached.code]
    for asked in check.questions:
        places = [
            place
            for path, _ending in paths
            for place, (other, _answer) in enumerate(path, 1)
            if other == asked
        ]
        assert max(places) == depths[asked.code]
    assert {reached.code for _path, reached in paths} == {item.code for item in check.endings}


@given(graphs())
def test_where_each_place_was_come_from_are_the_answers_that_lead_there(check: SelfCheck) -> None:
    codes = [*(q.code for q in check.questions), *(end.code for end in check.endings)]
    for code in codes:
        leading = [(q, a) for q in check.questions for a in q.answers if a.target == code]
        assert tree.came_from(check, code) == leading

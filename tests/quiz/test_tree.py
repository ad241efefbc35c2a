"""The rules of a self-check, on small trees: upper case is an ending, see tree_of()."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quiz.tree import Fault

from quiz import content, tree
from sextortion_help.publishing.content import Text
from tests.quiz.builders import answer, ending, question, text, tree_of

# a asks first; b can be skipped; X and Y are the endings
SMALL = tree_of({"a": "b X", "b": "X Y"})


def chain(length: int) -> content.Quiz:
    """Give a tree whose longest path has `length` questions."""
    names = "abcdefghij"[:length]
    targets = {name: f"{after} X" for name, after in pairwise(names)}
    return tree_of({**targets, names[-1]: "X Y"})


def with_answers(code: str, *answers: content.Answer) -> content.Quiz:
    """Give SMALL with other answers to one question."""
    questions = tuple(
        msgspec.structs.replace(item, answers=answers) if item.code == code else item
        for item in SMALL.questions
    )
    return msgspec.structs.replace(SMALL, questions=questions)


def test_a_sound_tree_has_no_fault() -> None:
    assert tree.faults(SMALL) == []


def test_the_start_is_the_question_marked_so() -> None:
    assert tree.start(SMALL) == SMALL.questions[0]
    assert tree.start(tree_of({"a": "X Y", "b": "a X"}, starts="b")).code == "b"
    assert tree.start(tree_of({"a": "X Y"}, starts="")) is None
    assert tree.start(tree_of({"a": "X Y", "b": "X Y"}, starts="ab")).code == "a"


def test_a_code_gives_its_question_or_ending() -> None:
    assert tree.step(SMALL, "b") == SMALL.questions[1]
    assert tree.step(SMALL, "Y") == SMALL.endings[1]
    assert tree.step(SMALL, "z") is None
    assert tree.step(SMALL, "") is None


def test_an_answer_leads_to_a_question_or_an_ending() -> None:
    first, second = SMALL.questions
    assert tree.next_step(SMALL, first, "a") == second
    assert tree.next_step(SMALL, first, "b") == SMALL.endings[0]
    assert tree.next_step(SMALL, first, "z") is None
    assert tree.next_step(SMALL, second, "") is None


def test_where_a_step_can_be_reached_from() -> None:
    assert [(q.code, a.code) for q, a in tree.came_from(SMALL, "X")] == [("a", "b"), ("b", "a")]
    assert [(q.code, a.code) for q, a in tree.came_from(SMALL, "b")] == [("a", "a")]
    assert tree.came_from(SMALL, "a") == []


def test_the_depth_of_a_question_is_the_most_that_can_have_been_asked() -> None:
    assert tree.depths(tree_of({"a": "b c", "b": "c X", "c": "X Y"})) == {"a": 1, "b": 2, "c": 3}


def test_every_way_through_is_found_once() -> None:
    found = {
        " ".join(item.code for _question, item in path) + f" {ending.code}"
        for path, ending in tree.paths(SMALL)
    }
    assert found == {"a a X", "a b Y", "b X"}
    assert len(list(tree.paths(SMALL))) == 3
    assert list(tree.paths(tree_of({"a": "X Y"}, starts=""))) == []


def test_no_start_is_refused() -> None:
    assert tree.faults(tree_of({"a": "X Y"}, starts="")) == [Fault("no start")]


def test_a_second_start_is_refused_where_it_stands() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": "X Y"}, starts="ab"))
    assert faults == [Fault("several starts", "b")]


def test_a_question_nobody_can_reach_is_refused() -> None:
    faults = tree.faults(tree_of({"a": "X Y", "b": "X Y"}))
    assert faults == [Fault("nobody gets here", "b")]


def test_an_ending_nobody_can_reach_is_refused() -> None:
    faults = tree.faults(tree_of({"a": "X Y"}, endings="X Y Z"))
    assert faults == [Fault("nobody gets here", ending="Z")]


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
    assert tree.faults(tree_of(questions)) == [Fault("loop", code) for code in inside]


def test_a_loop_without_a_way_out_is_a_dead_end_too() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": "c c2", "c": "b c2", "c2": "b c"}))
    assert {fault.question for fault in faults if fault.rule == "no ending ahead"} == {
        "b", "c", "c2",
    }  # fmt: skip


def test_a_question_without_answers_is_a_dead_end() -> None:
    faults = tree.faults(tree_of({"a": "b X", "b": ""}))
    assert Fault("no ending ahead", "b") in faults
    assert Fault("fewer than two answers", "b") in faults


def test_an_answer_that_leads_nowhere_is_refused() -> None:
    assert tree.faults(tree_of({"a": "X Z"}, endings="X")) == [Fault("no target", "a", "b")]
    assert tree.faults(tree_of({"a": "X z"})) == [Fault("no target", "a", "b")]


def test_a_single_answer_is_refused() -> None:
    assert tree.faults(tree_of({"a": "b X", "b": "X"})) == [Fault("fewer than two answers", "b")]


@pytest.mark.parametrize("label", ["answer a", " Answer A ", "ANSWER A"])
def test_two_answers_that_say_the_same_are_refused(label: str) -> None:
    faults = tree.faults(with_answers("b", answer("a", "X"), answer("b", "Y", text(label))))
    assert faults == [Fault("same label", "b", "b")] * 3


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_one_language_is_enough_to_say_the_same(language: str) -> None:
    label = Text(**{"nl": "nl", "fr": "fr", "en": "en", language: "answer a"})
    faults = tree.faults(with_answers("b", answer("a", "X"), answer("b", "Y", label)))
    assert faults == [Fault("same label", "b", "b")]


def test_two_missing_labels_do_not_say_the_same() -> None:
    empty = Text(nl="yes", fr="", en="yes"), Text(nl="no", fr="", en="no")
    quiz = with_answers("b", answer("a", "X", empty[0]), answer("b", "Y", empty[1]))
    assert tree.faults(quiz) == []


def test_a_path_of_seven_questions_is_the_longest() -> None:
    assert tree.faults(chain(7)) == []
    assert tree.faults(chain(8)) == [Fault("too many questions", "h")]
    assert tree.faults(chain(10)) == [Fault("too many questions", "h")]


def test_an_ending_with_the_code_of_a_question_is_refused() -> None:
    twin = msgspec.structs.replace(SMALL, endings=(*SMALL.endings, ending("b")))
    assert Fault("code twice", ending="b") in tree.faults(twin)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"advice": Text()}, "no advice"),
        ({"tone": ""}, "no advice"),
        ({"ends_chat": True}, "not in a self-check"),
    ],
)
def test_an_answer_is_complete_and_belongs_in_a_self_check(change: dict, rule: str) -> None:
    wrong = msgspec.structs.replace(answer("b", "Y"), **change)
    assert tree.faults(with_answers("b", answer("a", "X"), wrong)) == [Fault(rule, "b", "b")]


def test_a_question_of_a_contact_does_not_belong_in_a_self_check() -> None:
    spoken = msgspec.structs.replace(question("a", "X Y", start=True), contact="c1")
    quiz = msgspec.structs.replace(tree_of({"a": "X Y"}), questions=(spoken,))
    assert tree.faults(quiz) == [Fault("not in a self-check", "a")]


@st.composite
def graphs(draw: st.DrawFn) -> content.Quiz:
    """Any small graph: with loops, orphans and dead targets, as an editor could draw it."""
    names = "abcde"[: draw(st.integers(1, 5))]
    target = st.sampled_from([*names, "X", "Y", "Z"])
    questions = {name: " ".join(draw(st.lists(target, min_size=2, max_size=3))) for name in names}
    return tree_of(questions, endings=draw(st.sampled_from(["X", "X Y", "X Y Z"])))


@given(graphs())
def test_a_graph_without_faults_is_one_in_which_every_walk_ends_in_time(quiz: content.Quiz) -> None:
    seen: set[str] = set()

    def every_walk_ends(code: str, asked: int) -> bool:
        """Walk on in every way: the rule in other words, without looking at the graph as a whole."""
        step = tree.step(quiz, code)
        if not isinstance(step, content.Question):
            seen.add(code)
            return step is not None
        seen.add(code)
        return asked < 3 and all(every_walk_ends(way.target, asked + 1) for way in step.answers)

    ends = every_walk_ends("a", 0)
    all_seen = seen == {step.code for step in (*quiz.questions, *quiz.endings)}
    assert (tree.graph_faults(quiz, 3) == []) == (ends and all_seen)


@given(graphs())
def test_the_paths_and_depths_of_a_sound_tree_agree(quiz: content.Quiz) -> None:
    if tree.graph_faults(quiz, 5):
        return
    paths, depths = list(tree.paths(quiz)), tree.depths(quiz)
    for path, reached in paths:
        assert path[0][0] == tree.start(quiz)
        following = [asked for asked, _answer in path[1:]]
        for (asked, given_answer), after in zip(path, [*following, reached], strict=True):
            assert tree.next_step(quiz, asked, given_answer.code) == after
    for asked in quiz.questions:
        places = [
            place
            for path, _ending in paths
            for place, (other, _answer) in enumerate(path, 1)
            if other == asked
        ]
        assert max(places) == depths[asked.code]
    assert {reached.code for _path, reached in paths} == {item.code for item in quiz.endings}

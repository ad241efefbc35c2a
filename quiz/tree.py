"""The tree of a quiz: its rules and its paths. Pure functions over frozen content.

A self-check is a graph without memory: the question is the state, no variables, no score. So an
earlier answer can be changed safely, and every rule can be checked before anything is published.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from quiz.content import Answer, Ending, Question, Quiz

MOST_QUESTIONS: Final = 7  # on any path: shared/product.md, "Numbers it is held to"

type Path = list[tuple[Question, Answer]]


@dataclass(frozen=True)
class Fault:
    """A rule broken, and where: the codes of the question and its answer, of an ending or a contact."""

    rule: str
    question: str = ""
    answer: str = ""
    ending: str = ""
    contact: str = ""


def start(quiz: Quiz) -> Question | None:
    """Give the first question; the first of them if a draft has several; None if it has none."""
    return next((question for question in quiz.questions if question.start), None)


def step(quiz: Quiz, code: str) -> Question | Ending | None:
    """Give the question or ending with this code, or None."""
    return next((item for item in _steps(quiz) if item.code == code), None)


def next_step(quiz: Quiz, question: Question, answer_code: str) -> Question | Ending | None:
    """Give where an answer to a question leads; None when the question has no such answer."""
    for answer in question.answers:
        if answer.code == answer_code:
            return step(quiz, answer.target)
    return None


def paths(quiz: Quiz) -> Iterator[tuple[Path, Ending]]:
    """Give every way through a published quiz, from its start to an ending.

    Only for a quiz without faults: a loop would never end.
    """
    first = start(quiz)
    todo: list[tuple[Path, Question]] = [([], first)] if first else []
    while todo:
        path, question = todo.pop()
        for answer in question.answers:
            target = step(quiz, answer.target)
            longer = [*path, (question, answer)]
            if isinstance(target, Ending):
                yield longer, target
            elif target:
                todo.append((longer, target))


def depths(quiz: Quiz) -> dict[str, int]:
    """Give for each question how many have been asked with it, at most: 1 for the start.

    Only for a quiz without loops.
    """

    @cache
    def depth(code: str) -> int:
        return 1 + max((depth(before.code) for before, _ in came_from(quiz, code)), default=0)

    return {question.code: depth(question.code) for question in quiz.questions}


def came_from(quiz: Quiz, code: str) -> list[tuple[Question, Answer]]:
    """Give the answers that lead to a question or ending, each with its question."""
    return [
        (question, answer)
        for question in quiz.questions
        for answer in question.answers
        if answer.target == code
    ]


def faults(quiz: Quiz) -> list[Fault]:
    """Find every rule that a self-check breaks."""
    found = graph_faults(quiz, MOST_QUESTIONS)
    for question in quiz.questions:
        for answer in question.answers:
            if not answer.advice or not answer.tone:
                found.append(Fault("no advice", question.code, answer.code))
            if answer.ends_chat:
                found.append(Fault("not in a self-check", question.code, answer.code))
        if question.contact:
            found.append(Fault("not in a self-check", question.code))
    return found


def graph_faults(quiz: Quiz, most: int) -> list[Fault]:
    """Find every rule of the graph that is broken, whatever kind of quiz. `most` questions on a path."""
    found = [*_start_faults(quiz), *_code_faults(quiz)]
    for question in quiz.questions:
        found += _answer_faults(quiz, question)
    return [*found, *_reach_faults(quiz, most)]


def _steps(quiz: Quiz) -> list[Question | Ending]:
    return [*quiz.questions, *quiz.endings]


def _start_faults(quiz: Quiz) -> Iterator[Fault]:
    starts = [question for question in quiz.questions if question.start]
    if not starts:
        yield Fault("no start")
    for question in starts[1:]:
        yield Fault("several starts", question.code)


def _code_faults(quiz: Quiz) -> Iterator[Fault]:
    codes = Counter(item.code for item in _steps(quiz))
    for ending in quiz.endings:
        if codes[ending.code] > 1:
            yield Fault("code twice", ending=ending.code)


def _answer_faults(quiz: Quiz, question: Question) -> Iterator[Fault]:
    if len(question.answers) < 2:
        yield Fault("fewer than two answers", question.code)
    for language in ("nl", "fr", "en"):
        seen: set[str] = set()
        for answer in question.answers:
            label = getattr(answer.label, language).strip().casefold()
            if label and label in seen:
                yield Fault("same label", question.code, answer.code)
            seen.add(label)
    for answer in question.answers:
        if step(quiz, answer.target) is None:
            yield Fault("no target", question.code, answer.code)


def _reach_faults(quiz: Quiz, most: int) -> Iterator[Fault]:
    first = start(quiz)
    targets = {
        question.code: {answer.target for answer in question.answers} for question in quiz.questions
    }
    endings = {ending.code for ending in quiz.endings}
    reached = _reach(targets, {first.code} if first else set())
    for question in quiz.questions:
        ahead = _reach(targets, targets[question.code])
        if first and question.code not in reached:
            yield Fault("nobody gets here", question.code)
        if question.code in ahead:
            yield Fault("loop", question.code)
        if not ahead & endings:
            yield Fault("no ending ahead", question.code)
    for ending in quiz.endings:
        if first and ending.code not in reached:
            yield Fault("nobody gets here", ending=ending.code)
    if not any(code in _reach(targets, targets[code]) for code in targets):  # a loop has no length
        for code, depth in depths(quiz).items():
            if depth == most + 1:
                yield Fault("too many questions", code)


def _reach(targets: dict[str, set[str]], codes: set[str]) -> set[str]:
    """Give these codes and all that can be reached from them."""
    reached, todo = set(codes), list(codes)
    while todo:
        new = targets.get(todo.pop(), set()) - reached
        reached |= new
        todo += new
    return reached

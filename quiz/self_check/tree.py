"""The tree of a self-check: its rules and its paths. Pure functions over frozen content."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from quiz import graph
from quiz.graph import Exit, Fault, Node
from quiz.self_check.content import Answer, Ending, Question, SelfCheck

MOST_QUESTIONS: Final = 7  # on any path: shared/product.md, "Numbers it is held to"

type Path = list[tuple[Question, Answer]]


def nodes(check: SelfCheck) -> tuple[Node, ...]:
    """Give the questions as the nodes of a graph, whose ends are the endings."""
    return tuple(
        Node(
            question.code,
            question.start,
            tuple(Exit(answer.code, answer.label, answer.target) for answer in question.answers),
        )
        for question in check.questions
    )


def start(check: SelfCheck) -> Question | None:
    """Give the first question; the first of them if a draft has several; None if it has none."""
    return next((question for question in check.questions if question.start), None)


def paths(check: SelfCheck) -> Iterator[tuple[Path, Ending]]:
    """Give every way through a published self-check, from its start to an ending.

    Only for one without faults: a loop would never end.
    """
    places: dict[str, Question | Ending] = {ending.code: ending for ending in check.endings}
    places |= {question.code: question for question in check.questions}
    first = start(check)
    todo: list[tuple[Path, Question]] = [([], first)] if first else []
    while todo:
        path, question = todo.pop()
        for answer in question.answers:
            target = places.get(answer.target)
            longer = [*path, (question, answer)]
            if isinstance(target, Ending):
                yield longer, target
            elif target:
                todo.append((longer, target))


def depths(check: SelfCheck) -> dict[str, int]:
    """Give for each question how many have been asked with it, at most; {} when there is a loop."""
    return {} if graph.has_loop(nodes(check)) else graph.depths(nodes(check))


def came_from(check: SelfCheck, code: str) -> list[tuple[Question, Answer]]:
    """Give the answers that lead to a question or ending, each with its question."""
    return [
        (question, answer)
        for question in check.questions
        for answer in question.answers
        if answer.target == code
    ]


def faults(check: SelfCheck) -> list[Fault]:
    """Find every rule that a self-check breaks."""
    questions, ends = nodes(check), [ending.code for ending in check.endings]
    found = [
        replace(fault, where=_where(*fault.where))
        for fault in graph.faults(questions, ends, MOST_QUESTIONS)
    ]
    found += [Fault("nobody gets here", ("endings", e)) for e in graph.unreached(questions, ends)]
    codes = Counter([*(question.code for question in check.questions), *ends])
    found += [Fault("code twice", ("endings", code)) for code in ends if codes[code] > 1]
    for question in check.questions:
        for answer in question.answers:
            if not answer.advice or not answer.tone:
                found.append(Fault("no advice", _where(question.code, answer.code)))
    return found


def _where(question: str = "", answer: str = "") -> tuple[str, ...]:
    whole = ("questions", question, "answers", answer)
    return whole if answer else whole[:2] if question else ()

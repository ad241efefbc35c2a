"""The fifteen tasks, in their order, with what each took in November 2026 and what it may take now."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.tasks import facts, past, people, trees, words
from tests.tasks.office import Office
from tests.tasks.person import Count

SECOND: Final = 2  # clicks of a second person

type Do = Callable[[Office], None]


@dataclass(frozen=True)
class Task:
    """Something staff do: who does it, in how many clicks at most, and what of it was counted before.

    `before`: clicks / fields / loads / seconds, of findings of November 2026. `first` is what has to be
    there, done uncounted.
    """

    number: int
    name: str
    by: str
    most: int
    before: str
    do: Do
    first: Do | None = None


@dataclass(frozen=True)
class Result:
    """What a task took: of who did it, and of everybody else. `wrong` is empty when all went well."""

    task: Task
    did: Count
    others: Count
    seconds: float
    wrong: str


TASKS: Final = (
    Task(1, "correct a number", "editor", 4, "5 / 1 / 5 / 5.4", facts.number),
    Task(2, "correct hours", "editor", 4, "5 / 1 / 5 / –", facts.hours),
    Task(3, "a question between two, 2 answers", "editor", 8, "20 / 16 / 14 / 6", trees.question),
    Task(4, "a page and the link to it", "editor", 8, "20 / 28 / 15 / 9", words.page),
    Task(5, "French missing, French older", "translator", 8, "impossible", words.translation, words.leave_dutch_alone),
    Task(6, "roll back, in the draft too", "publisher", 4, "4 / 0 / 4 / 5.5, not the draft", past.roll_back),
    Task(7, "take off a linked page", "publisher", 10, "4 / 1 / 4 / 3.4, refused", words.take_off),
    Task(8, "find what is overdue, mark it", "publisher", 2, "11 / 1 / 13 / –", facts.overdue),
    Task(9, "a contact with 4 turns, 8 replies", "editor", 15, "48 / 56 / 32 / 28", trees.contact),
    Task(10, "who changed what last week", "publisher", 4, "impossible", past.history),
    Task(11, "preview in 3 languages, in the middle", "editor", 8, "3 / 0 / 3 / –, not in the middle", trees.preview),
    Task(12, "an account that may edit", "publisher", 4, "45 / 5 / 8 / 7", people.account),
    Task(13, "password, second factor, both lost", "newcomer", 12, "impossible", people.password),
    Task(14, "a new app", "editor", 4, "8 / 13 / 8 / 7.3", facts.app),
    Task(15, "a new country with its lines", "publisher", 25, "impossible", facts.country),
)  # fmt: skip


def run(office: Office, tasks: tuple[Task, ...] = TASKS) -> Iterator[Result]:
    """Do the tasks one after the other, and count."""
    for task in tasks:
        wrong = ""
        started = time.monotonic()
        try:
            if task.first:
                _begin(office)
                task.first(office)
            _begin(office)
            started = time.monotonic()
            task.do(office)
        except Exception as error:  # the other tasks are still to be tried
            wrong = f"{type(error).__name__}: {' '.join(str(error).split())[:600]}"
        seconds = time.monotonic() - started
        faults = [*office.faults]
        office.faults.clear()
        yield _result(office, task, seconds, wrong or "; ".join(faults))


def _begin(office: Office) -> None:
    for role, person in office.people.items():
        if role != "visitor":
            person.begin()


def _result(office: Office, task: Task, seconds: float, wrong: str) -> Result:
    did, others = Count(), Count()
    for role, person in office.people.items():
        if role != "visitor":
            (did if role == task.by else others).add(person.count)
    over = []
    if did.clicks > task.most:
        over.append(f"{did.clicks} clicks, at most {task.most}")
    if task.number not in _MORE_THAN_A_LOOK and others.clicks > SECOND:
        over.append(f"{others.clicks} clicks of a second person")
    return Result(task, did, others, seconds, wrong or "; ".join(over))


# where somebody else does more than confirm: comes in for the first time, gives a way back in
_MORE_THAN_A_LOOK: Final = (12, 13)


def table(results: list[Result]) -> str:
    """Give the results as a table of Markdown."""
    rows = [
        "| task | by | in November 2026: clicks / fields / loads / s | clicks | at most | fields | choices | loads"
        " | s | others' clicks | addresses pasted | |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        did, others, task = one.did, one.others, one.task
        rows.append(
            f"| {task.number} {task.name} | {task.by} | {task.before} | {did.clicks} | {task.most} | {did.fields} "
            f"| {did.choices} | {did.loads} | {one.seconds:.1f} | {others.clicks} "
            f"| {did.addresses + others.addresses} | {one.wrong or 'yes'} |"
        )
    return "\n".join(rows)

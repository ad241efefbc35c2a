"""The fifteen tasks, as `make tasks` prints them."""

import pytest

from tests.tasks.office import fresh_office
from tests.tasks.session import TASKS, run

pytestmark = pytest.mark.long


def test_the_fifteen_tasks_are_possible_in_few_clicks() -> None:
    with fresh_office() as office:
        results = list(run(office))
    assert [one.task.number for one in results] == [task.number for task in TASKS]
    assert {one.task.number: one.wrong for one in results if one.wrong} == {}

"""Fixtures of the tests of the quizzes: they begin with one line to call, and nothing else."""

import pytest

from guidance.models import Service
from tests.publishing.builders import make_service, put_live, take_everything_out


@pytest.fixture(autouse=True)
def bare(request: pytest.FixtureRequest, memory: None) -> None:
    """Start each test of the database with no content at all, whatever the suite seeds."""
    if request.node.get_closest_marker("django_db"):
        take_everything_out()


@pytest.fixture
def line(bare: None) -> Service:
    """A line to talk to that is live: with it, the endings of the builders can be published."""
    service = make_service("the-line")
    put_live(service)
    return service

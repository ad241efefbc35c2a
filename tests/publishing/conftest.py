"""Fixtures of the tests of publishing: they begin with one country, and build what they need."""

import pytest

from guidance.models import Page, Service
from tests.publishing.builders import (
    make_page,
    make_service,
    open_country,
    put_live,
    take_everything_out,
)


@pytest.fixture(autouse=True)
def bare(request: pytest.FixtureRequest, memory: None) -> None:
    """Start each test of the database with one country and no other content, whatever the suite seeds.

    Without a country there would be no address.
    """
    if request.node.get_closest_marker("django_db"):
        take_everything_out()
        open_country(gaps=())


@pytest.fixture
def line(bare: None) -> Service:
    """A line to talk to that is live: with it, the endings of the builders can be published."""
    service = make_service("the-line")
    put_live(service)
    return service


@pytest.fixture
def help_page(bare: None) -> Page:
    """The page that "Help now" leads to, live."""
    page = make_page("test/help", entries=["help"])
    put_live(page)
    return page

"""Fixtures for every test: the shipped content, seeded once and published, and who uses it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from sextortion_help.publishing import live

LANGUAGES = ("nl", "fr", "en")
# The same examples in every run, however slow the machine, and no file left behind.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Seed the test database once; each test's transaction starts from the shipped content."""
    with django_db_blocker.unblock():
        call_command("seed", verbosity=0)


@pytest.fixture(autouse=True)
def memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start each test with the content of its database in memory, or with none if it has no database."""
    live._memory.live = live.Live()
    live._memory.failing_since = None
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        live.refresh()
    translation.activate("nl")
    yield
    translation.deactivate()


@pytest.fixture
def english(memory: None) -> None:
    """Editors who read English, so that the sentences said to them can be compared."""
    translation.activate("en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each of the three languages in turn."""
    return str(request.param)


@pytest.fixture
def editor(db: None) -> User:
    """Somebody on the staff who may edit everything and publish."""
    user = User.objects.create_user("editor", is_staff=True)
    wanted = ("publishing", "guidance", "quiz")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=wanted))
    return user


@pytest.fixture
def editor_client(editor: User) -> Client:
    """A browser in which the editor has logged in. Its admin speaks English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(editor)
    return client

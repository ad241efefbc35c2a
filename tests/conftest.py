"""Fixtures for every test: content of the tests' own, seeded once and published, and who uses it.

The tests run on tests/content, so that an organisation may replace what is shipped. What is shipped
has tests of its own in tests/shipped, which run alone: `pytest --shipped`.
"""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.template import Context, RequestContext
from django.template.base import Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import _TestState
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from whitenoise import WhiteNoise
from whitenoise.middleware import WhiteNoiseMiddleware

from sextortion_help import pages
from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES
from tests.publishing.builders import forget, recall, remember

CONTENT = sorted(map(str, (Path(__file__).parent / "content").glob("*.yaml")))
SHIPPED = Path(__file__).parent / "shipped"
TESTS = Path(__file__).parent
BOTH_DATABASES = (
    "publishing/test_publish.py", "publishing/test_releases.py", "publishing/test_two_at_once.py",
    "publishing/test_two_editors.py", "publishing/test_versions.py", "publishing/test_seed_again.py",
    "publishing/test_fixtures.py", "publishing/test_live.py",
    "quiz/test_migration.py", "desk/test_constraints.py",
    "people/test_record.py", "people/test_ways.py", "people/test_proof.py",
)  # fmt: skip
# The same examples in every run, however slow the machine, and no file left behind.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords and pack pages fast: what is slow there is a promise of Django's and of brotli's.

    And look at the static files once, not anew for each of a thousand clients.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    pages.KEPT = pages.ONCE
    WhiteNoiseMiddleware.update_files_dictionary = _files_once


_files: dict[tuple[str, str], dict[str, Any]] = {}


def _files_once(server: WhiteNoiseMiddleware, root: str, prefix: str) -> None:
    if (root, prefix) not in _files:
        WhiteNoise.update_files_dictionary(server, root, prefix)
        _files[root, prefix] = dict(server.files)
    server.files.update(_files[root, prefix])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs the tests of the shipped content instead of all others."""
    parser.addoption(
        "--shipped", action="store_true", help="run the tests of the shipped content, and no others"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out tests/shipped, or with the option everything else."""
    inside = collection_path.is_relative_to(SHIPPED)
    wanted = inside or SHIPPED.is_relative_to(collection_path)
    return True if (not wanted if config.getoption("--shipped") else inside) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database anything, with or without a transaction: both databases run it.

    Not the tests of public pages, of pure rules and of words said to editors: whichever database a text
    came from, it is the same. Of the others those that write versions, lock, constrain or
    migrate.
    """
    for item in items:
        if not any(item.path.is_relative_to(TESTS / each) for each in BOTH_DATABASES):
            continue
        asked = {"db", "django_db_setup"}.intersection(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def one_context(django_test_environment: None) -> None:
    """Keep the context of the template of an answer for the tests, not a copy for each of its parts."""
    render = _TestState.saved_data.template_render  # type: ignore[attr-defined]  # not in its stubs

    def told(template: Template, context: Context) -> str:
        if isinstance(context, RequestContext) and context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return str(render(template, context))

    Template._render = told  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Seed the test database once; each test's transaction starts from this content."""
    with django_db_blocker.unblock():
        fixtures = [] if request.config.getoption("--shipped") else CONTENT
        call_command("seed", *fixtures, verbosity=0)
        live.refresh()
        remember()
    gc.freeze()  # all this stays: nobody has to look again and again whether it can go


@pytest.fixture(autouse=True)
def memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start each test with the content of its database in memory, or with none if it has no database."""
    forget()
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        recall()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def english(memory: None) -> None:
    """Editors who read English, so that the sentences said to them can be compared."""
    translation.activate("en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each of the languages in turn."""
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

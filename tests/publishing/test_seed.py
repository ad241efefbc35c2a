"""The shipped content: loaded and published into an empty database, and never over what staff wrote."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.serializers.base import DeserializationError
from django.db import connection

from guidance.models import Page
from quiz.models import Answer
from sextortion_help.publishing import live
from sextortion_help.publishing.management.commands import seed
from sextortion_help.publishing.models import Version
from tests.publishing.builders import make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PAGE = """
- model: guidance.page
  fields: {code: small, audience: everyone, sources: a source, title_nl: a, title_fr: b, title_en: c,
    summary_nl: a, summary_fr: b, summary_en: c}
"""


@pytest.fixture
def empty(db: None) -> None:
    """A database with tables and nothing in them. Rolled back with the test, guards included."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER publishing_version_no_delete")
        else:
            cursor.execute("ALTER TABLE publishing_version DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM publishing_version")
    Answer.objects.all().delete()
    for model in live.publishable_models():
        model._default_manager.all().delete()
    live.refresh()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ship one page only. A test may write something else into the file."""
    fixture = tmp_path / "small.yaml"
    fixture.write_text(PAGE)
    monkeypatch.setattr(seed, "FIXTURES", (str(fixture),))
    return fixture


def run() -> str:
    output = StringIO()
    call_command("seed", stdout=output)
    return output.getvalue()


@pytest.mark.usefixtures("empty")
def test_an_empty_database_gets_and_publishes_everything() -> None:
    assert not live.live().contents
    said = run()
    live.refresh()
    drafts = [
        draft for model in live.publishable_models() for draft in model._default_manager.all()
    ]
    assert len(drafts) > 200
    assert said == f"Published {len(drafts)} objects.\n"
    assert Version.objects.count() == len(live.live().contents) == len(drafts)
    assert {draft.state for draft in drafts} == {"live"}
    assert set(Version.objects.values_list("number", "published_by", "note", "retired")) == {
        (1, None, "shipped with the code", False)
    }
    for content in live.live().everything():
        assert live.live().dead_links(content) == []


@pytest.mark.usefixtures("empty", "small")
def test_a_second_run_changes_nothing() -> None:
    assert run() == "Published 1 objects.\n"
    edition = Page.objects.get().edition
    assert run() == "There is content already; nothing was changed.\n"
    assert (Version.objects.count(), Page.objects.get().edition) == (1, edition)


@pytest.mark.usefixtures("empty", "small")
def test_what_staff_wrote_since_is_kept() -> None:
    run()
    Page.objects.update(title_en="ours")
    run()
    assert Page.objects.get().title_en == "ours"
    Page.objects.all().delete()
    run()
    assert not Page.objects.exists()


@pytest.mark.usefixtures("empty", "small")
def test_the_first_draft_of_staff_is_content_already() -> None:
    make_page("ours")
    assert run() == "There is content already; nothing was changed.\n"
    assert [page.code for page in Page.objects.all()] == ["ours"]
    assert not Version.objects.exists()


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (("sources: a source, ", ""), "small: no source is given for what it says."),
        (("summary_fr: b, ", ""), "small: summary [fr] is missing."),
        (
            ("{code", "{body_en: '[x](/gone/)', code"),
            "small: text [en] links to /gone/, which is not live.",
        ),
        (("audience: everyone", "audience: dogs"), "dogs"),
    ],
)
def test_a_broken_text_is_named_and_nothing_is_kept(
    small: Path, break_it: tuple[str, str], sentence: str
) -> None:
    small.write_text(PAGE.replace(*break_it))
    with pytest.raises(CommandError, match="The shipped content cannot be published:") as refused:
        run()
    assert sentence in str(refused.value)
    assert not Version.objects.exists()
    assert not Page.objects.exists()


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("broken", ["- model: guidance.pag", PAGE.replace("code", "cod")])
def test_a_fixture_that_cannot_be_loaded_leaves_nothing(small: Path, broken: str) -> None:
    small.write_text(PAGE.replace("small", "other") + broken)
    with pytest.raises(DeserializationError):
        run()
    assert not Version.objects.exists()
    assert not Page.objects.exists()


def test_a_staff_login_works_and_is_new_each_time() -> None:
    passwords = set()
    for _ in range(2):
        output = StringIO()
        call_command("staff_login", address="http://localhost:1", stdout=output)
        assert "http://localhost:1/admin/" in output.getvalue()
        passwords.add(output.getvalue().split("password: ")[1].strip())
    staff = User.objects.get(username="staff")
    assert staff.is_superuser
    assert [staff.check_password(password) for password in passwords].count(True) == 1
    assert len(passwords) == 2


def test_in_production_no_staff_login_is_made(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("staff_login")
    assert not User.objects.exists()

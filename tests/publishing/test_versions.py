"""A version is never changed; it holds what was written and what is read; an old one stays readable."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client

from guidance.models import Page
from sextortion_help.publishing import live
from sextortion_help.publishing.freezing import as_data, content_of, freeze
from sextortion_help.publishing.models import AppendOnly, Version
from sextortion_help.publishing.planning import read
from sextortion_help.publishing.sources import digest, source_of
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import (
    address,
    again,
    append,
    forget,
    live_title,
    make_message,
    make_page,
    make_service,
    publish_again,
    put_live,
    settle,
    texts,
)
from tests.publishing.builders import read as read_page
from tests.quiz.builders import MAKE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

POSTGRESQL = connection.vendor == "postgresql"


def test_the_orm_refuses_to_change_or_delete_a_version() -> None:
    [version] = put_live(make_page())
    with pytest.raises(AppendOnly):
        version.save()
    with pytest.raises(AppendOnly):
        version.delete()
    with pytest.raises(AppendOnly):
        Version.objects.update(note="other")
    with pytest.raises(AppendOnly):
        Version.objects.all().delete()


STATEMENTS = [
    "UPDATE publishing_version SET note = 'other'",
    "UPDATE publishing_version SET retired = NOT retired",
    "DELETE FROM publishing_version",
    *(["TRUNCATE publishing_version"] if POSTGRESQL else []),
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_or_delete_a_version(statement: str) -> None:
    [version] = put_live(make_page())
    if POSTGRESQL:
        settle()
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        connection.cursor().execute(statement)
    assert version in Version.objects.all()
    assert Version.objects.count() == 2


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
def test_a_version_holds_what_was_written_and_what_is_read(kind: str) -> None:
    draft = MAKE[kind]()
    put_live(draft)
    draft = again(draft)
    version = draft.versions().get()
    assert version.source == source_of(draft)
    assert content_of(version) == freeze(draft)
    assert version.digest == digest(version.source)


def test_the_source_of_markdown_is_markdown() -> None:
    page = make_page(body="**Call** [now](tel:112)")
    put_live(page)
    version = page.versions().get()
    assert version.source
    assert version.source["body_en"] == "**Call** [now](tel:112)"
    assert version.data["body"]["en"].startswith("<p><strong>")


# --- versions from before sources were kept


def before_sources(page: Page, **fields: Any) -> Version:
    """Publish a draft as a program did that kept no sources and no releases."""
    [frozen] = read([page])
    return append("page", page.code, as_data(frozen.content), **fields)


def test_a_version_without_source_is_read_and_its_draft_is_live() -> None:
    page = make_page()
    before_sources(page)
    live.refresh()
    assert live_title(page) == "test/page en"
    assert states([again(page)]) == [State.LIVE]
    Page.objects.update(title_en="other")
    assert states([again(page)]) == [State.DIFFERS]


def test_a_version_without_source_can_be_put_back_but_not_into_the_draft(
    editor_client: Client,
) -> None:
    page = make_page(title_en="old")
    before_sources(page)
    Page.objects.update(title_en="new")
    put_live(page)
    done = editor_client.post(
        address(page, "versions"), {"number": "1", "publish": "1", "draft": "1"}, follow=True
    )
    live.refresh()
    assert live_title(page) == "old"
    assert [str(message) for message in done.context["messages"]] == [
        "Done: page test/page 3.",
        "Version 1 is from before drafts were kept; the draft stays as it is.",
    ]
    assert Page.objects.get().title_en == "new"
    assert states([again(page)]) == [State.DIFFERS]


def test_a_version_without_source_is_compared_by_its_words(editor_client: Client) -> None:
    page = make_page(title_en="Do nothing", body="**Call** now")
    before_sources(page)
    Page.objects.update(title_en="Do something", body_fr="**Appelle** plus tard")
    put_live(page)
    for chosen in ("?old=1&new=2", "?old=1"):
        shown = editor_client.get(address(page, "versions") + chosen)
        changes = {change.field: change.pieces for change in shown.context["changes"]}
        assert changes.keys() == {"fr", "en"}
        assert ("gone", "nothing") in changes["en"]
        assert ("new", "something") in changes["en"]
        assert not any(
            "<" in text or "*" in text for pieces in changes.values() for _, text in pieces
        )


# --- versions that this program cannot read

BROKEN = [
    ("dragon", {"code": "test/page", "order": 0}),
    ("page", {"code": "test/page"}),
    ("page", {"code": 7, "order": "first"}),
    ("page", []),
]


@pytest.fixture
def page() -> Page:
    """A page that is live in its first version."""
    page = make_page()
    put_live(page)
    return page


@pytest.mark.parametrize(("kind", "data"), BROKEN)
def test_what_cannot_be_read_leaves_what_was_live_and_is_named(
    page: Page, kind: str, data: Any, caplog: pytest.LogCaptureFixture
) -> None:
    version = append(kind, page.code, data)
    for start in ("running", "fresh"):
        if start == "fresh":
            forget()
        live.refresh()
        assert live_title(page) == "test/page en"
        assert live.unreadable() == [f"{kind} test/page {version.number}"]
        assert live.live().revision == version.id
    assert f"{kind} test/page {version.number}" in caplog.text
    assert not live._memory.failing
    assert not live.refresh()  # it is not looked at again


def test_the_last_version_that_can_be_read_is_shown_and_not_the_first(page: Page) -> None:
    Page.objects.update(title_en="second")
    put_live(page)
    for _ in range(3):
        append("page", page.code, {})
    forget()
    live.refresh()
    assert live_title(page) == "second"
    assert live.unreadable() == ["page test/page 5"]


def test_what_was_off_the_site_stays_off_it_when_its_newest_cannot_be_read(
    page: Page, editor: User
) -> None:
    from tests.publishing.builders import retire

    retire(page, editor, "")
    live.refresh()
    append("page", page.code, {})
    for _ in range(2):
        live.refresh()
        assert live_title(page) is None
        forget()


def test_an_object_no_version_of_which_can_be_read_is_not_there() -> None:
    append("page", "x", {})
    append("dragon", "x", {"code": "x"})
    live.refresh()
    assert [code for _, code in live.live().items] == ["BE"]
    assert live.unreadable() == ["dragon x 1", "page x 1"]


def test_publishing_goes_on_beside_and_over_it(page: Page) -> None:
    append("page", page.code, {})
    append("dragon", "x", {})
    live.refresh()
    put_live(make_service())
    assert live.live().get(page.content_class, page.code)  # still there
    assert live.unreadable() == ["dragon x 1", "page test/page 2"]
    Page.objects.update(title_en="mended")
    put_live(page)
    assert live_title(page) == "mended"
    assert live.unreadable() == ["dragon x 1"]


def test_staff_see_the_state_and_the_words_where_a_version_cannot_be_read(
    page: Page, editor_client: Client
) -> None:
    append("page", page.code, {})
    assert states([again(page)]) == [State.DIFFERS]
    assert editor_client.get(address(page, "changelist")).status_code == 200
    assert editor_client.get(address(page, "publish")).status_code == 200
    assert editor_client.get(address(page, "versions")).status_code == 200


def test_putting_back_what_cannot_be_read_is_refused_in_words(
    page: Page, editor_client: Client
) -> None:
    append("page", page.code, {})
    put_live(page)
    done = editor_client.post(
        address(page, "versions"), {"number": "2", "publish": "1", "draft": "1"}, follow=True
    )
    assert [str(message) for message in done.context["messages"]] == [
        "Version 2 was published by another version of the program."
    ]
    assert live_title(page) == "test/page en"


@pytest.mark.parametrize("chosen", ["?old=2&new=3", "?old=1&new=2", "?old=2", "?old=2&new=2"])
def test_comparing_with_what_cannot_be_read_is_no_error(
    page: Page, chosen: str, editor_client: Client
) -> None:
    append("page", page.code, {})
    put_live(page)
    assert editor_client.get(address(page, "versions") + chosen).status_code == 200


def test_a_source_that_this_program_does_not_know_is_refused_in_words(
    page: Page, editor_client: Client
) -> None:
    data = page.versions().get().data
    source = {**source_of(again(page)), "colour": "red"}
    append("page", page.code, data, source=source)
    Page.objects.update(title_en="mine")
    done = editor_client.post(address(page, "versions"), {"number": "2", "draft": "1"}, follow=True)
    assert [str(message) for message in done.context["messages"]] == [
        "The draft stays as it is: version 2 does not fit what is here now. colour"
    ]
    assert Page.objects.get().title_en == "mine"


def test_a_version_goes_back_without_the_draft_that_another_draft_keeps_away(
    editor_client: Client,
) -> None:
    message = make_message("a")
    put_live(message)
    message.who = "teacher"
    message.save()
    put_live(message)
    make_message("b")
    sent = {"number": "1", "publish": "1", "draft": "1"}
    done = editor_client.post(address(message, "versions"), sent, follow=True)
    assert [str(said) for said in done.context["messages"]] == [
        "Done: message a 3.",
        "The draft stays as it is: version 1 does not fit what is here now. "
        "Message with this Who, How and How much already exists.",
    ]
    assert done.status_code == 200
    assert again(message).who == "teacher"


def test_the_draft_goes_back_with_the_version(page: Page, editor_client: Client) -> None:
    """So that nobody publishes the mistake again; or alone, to begin anew from what is live."""
    page.steps.create(code="one", **texts(title="One", body="Do"))
    Page.objects.update(title_en="mistake")
    put_live(page)
    editor_client.post(address(page, "versions"), {"number": "1", "publish": "1", "draft": "1"})
    live.refresh()
    assert live_title(page) == "test/page en"
    assert states([again(page)]) == [State.LIVE]
    assert not page.steps.exists()
    Page.objects.update(title_en="draft")
    editor_client.post(address(page, "versions"), {"number": "3", "draft": "1"})
    assert states([again(page)]) == [State.LIVE]
    assert page.versions().count() == 3


def test_the_screen_of_versions_offers_what_fits(page: Page, editor_client: Client) -> None:
    shown = editor_client.get(address(page, "versions"))
    assert read_page(shown).buttons == ["Compare"]
    Page.objects.update(title_en="second")
    shown = editor_client.get(address(page, "versions"))
    assert "Make the draft as it is live" in read_page(shown).buttons
    put_live(page)
    shown = editor_client.get(address(page, "versions"))
    assert read_page(shown).buttons == ["Put version 1 back", "Compare"]


def test_the_versions_of_another_object_are_not_these(page: Page, editor: User) -> None:
    other = make_page("other")
    put_live(other)
    make_service("other")
    assert [version.code for version in page.versions()] == ["test/page"]
    assert [version.kind for version in other.versions()] == ["page"]
    version = other.versions().get()
    assert publish_again(version, editor, "") == []

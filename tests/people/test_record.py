"""The record: everything staff did, append-only, searched by staff, and nothing about a visitor."""

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sextortion_help.people.models import Act, OnlyGrows, Record, note
from tests.people.conftest import browser, log_in, member, said
from tests.publishing.builders import filled_in, make_page, publish_address

pytestmark = pytest.mark.django_db
WHERE = "/admin/people/record/"


def test_log_ins_saves_and_publications_are_in_one_list() -> None:
    user = member("paula", "publisher")
    client = browser()
    log_in(client, "paula", "wrong")
    log_in(client, "paula")
    page = make_page()
    client.post(page.edit_url(), filled_in(client.get(page.edit_url()), title_en="other"))
    seen = client.get(publish_address(page)).context["seen"]
    client.post(publish_address(page), {"seen": seen, "note": "the reason why"})
    note(Act.EXPORT, user, "everything, as JSON")
    rows = client.get(WHERE).context["rows"]
    found = [(row.who, row.what) for row in rows]
    for what in ("took content out", "published", "changed", "logged in", "log-in refused"):
        assert ("paula", what) in found, what
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert "the reason why" in said(client.get(WHERE, {"q": "reason paula"}))
    only = client.get(WHERE, {"q": "test/page", "kind": "saved"}).context["rows"]
    assert {row.what for row in only} == {"changed"}
    assert "Title" in only[0].more or "title" in only[0].more
    assert not client.get(WHERE, {"q": "no-such-word"}).context["rows"]
    for hostile in ({"page": "-1"}, {"page": "99999"}, {"kind": "x"}, {"q": "%_'\x00" * 40}):
        assert client.get(WHERE, hostile).status_code == 200


def test_a_visit_leaves_nothing_in_it(client: Client) -> None:
    client.get("/nl-be/")
    client.post("/admin/login/", {"username": "visitor", "password": "x"})
    assert not Record.objects.exists()


@pytest.mark.parametrize("model", [Record, LogEntry])
def test_the_database_refuses_to_change_or_delete_it(model: Any) -> None:
    user = member("anna")
    note(Act.LOGIN, user)
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, "x")
    rows: Any = QuerySet(model)  # past the manager that refuses first
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(user=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete("default")
    assert rows.get().user == user


def test_the_orm_refuses_first() -> None:
    note(Act.LOGIN, member("anna"))
    row = Record.objects.get()
    for act in (
        row.save,
        row.delete,
        Record.objects.all().delete,
        lambda: Record.objects.update(about=""),
    ):
        with pytest.raises(OnlyGrows):
            act()


def test_the_lists_ask_little_however_long_they_are() -> None:
    client = browser(member("paula", "publisher"))

    def asked(where: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(where).status_code == 200
        return len(captured)

    few = [asked(WHERE), asked("/admin/auth/user/")]
    for number in range(60):
        user = member(f"member-{number}", "editor", "translator") if number < 8 else None
        note(Act.LOGIN, user, f"row {number}")
    many = [asked(WHERE), asked("/admin/auth/user/")]
    assert max(many) <= 12, many
    assert many[1] == few[1]
    assert "page=2" in said(client.get(WHERE))
    assert client.get(WHERE, {"page": 2}).context["rows"]

"""A save changes only what I changed: every form of the database, sent back as it was shown."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client

from guidance.models import Page
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.sources import whole
from tests.desk.builders import forms, make_all, make_page, opened, problems, send

pytestmark = pytest.mark.django_db


def columns(row: Draft) -> dict[str, Any]:
    """Give the columns of a row as they stand in the database, past the languages of the ORM."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(row._meta.db_table)
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [row.pk])  # noqa: S608  our own table
        return dict(zip((name for name, *_ in cursor.description), cursor.fetchone(), strict=True))


def raw(draft: Draft) -> dict[str, dict[str, Any]]:
    """Give every column of a row and of its parts."""
    rows = whole(type(draft)).get(pk=draft.pk).rows()
    found = {f"{row._meta.label} {row.pk}": columns(row) for row in rows}
    many = [field.name for field in draft._meta.many_to_many]
    links = {name: list(getattr(draft, name).values_list("pk", flat=True)) for name in many}
    return {**found, "links": links}


@pytest.mark.parametrize("most", [3, pytest.param(None, marks=pytest.mark.long)])
def test_every_form_sent_back_as_it_was_shown_changes_nothing(me: Client, most: int | None) -> None:
    """A few of each kind in every run; all of them in `make long`."""
    make_all()
    for draft in forms(most):
        before = raw(draft)
        answer = send(me, draft, opened(me, draft))
        assert answer.status_code == 302, (draft.edit_url(), problems(answer))
        assert raw(draft) == before, draft.edit_url()
    assert not LogEntry.objects.exists()


ODD = {
    "order": ["suicide", "talk", "parents"],
    "lines": "one\r\ntwo\n\n\n  three  \n",
    "spaces": "  two  spaces\u202f! ",
}


def test_odd_values_stay_as_they_are(me: Client) -> None:
    page = make_page(purposes=ODD["order"], body_nl=ODD["lines"], title_fr=ODD["spaces"])
    page.steps.create(code="s", body_en=ODD["lines"], title_nl=None)
    Page.objects.filter(pk=page.pk).update(
        body_fr=None, body_en="", layout="gone", entries=["gone", "door"]
    )
    before = raw(page)
    answer = send(me, page, opened(me, page))
    assert problems(answer) == []
    assert raw(page) == before
    send(me, page, opened(me, page), summary_nl="Anders")
    changed = before[f"guidance.Page {page.pk}"]
    changed |= {"summary_nl": "Anders", "edition": changed["edition"] + 1}
    assert raw(page) == before


def test_line_ends_of_browsers_are_not_kept(me: Client) -> None:
    page = make_page()
    send(me, page, opened(me, page), body_nl="one\r\n\r\ntwo")
    page.refresh_from_db()
    assert page.body_nl == "one\n\ntwo"

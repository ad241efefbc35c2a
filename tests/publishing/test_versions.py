"""A version is never changed and never deleted, neither through the ORM nor behind its back."""

import pytest
from django.db import DatabaseError, connection, transaction

from sextortion_help.publishing.models import AppendOnly, Version

pytestmark = pytest.mark.django_db


def test_the_orm_refuses_to_change_or_delete_a_version() -> None:
    version = Version.objects.first()
    with pytest.raises(AppendOnly):
        version.save()
    with pytest.raises(AppendOnly):
        version.delete()
    with pytest.raises(AppendOnly):
        Version.objects.update(note="other")
    with pytest.raises(AppendOnly):
        Version.objects.all().delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE publishing_version SET note = 'other'", "DELETE FROM publishing_version"]
)
def test_the_database_refuses_to_change_or_delete_a_version(statement: str) -> None:
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Version.objects.exists()


@pytest.mark.parametrize("table", ["quiz_question", "quiz_ending", "quiz_answer"])
def test_the_database_refuses_to_change_a_code_a_visitor_may_hold(table: str) -> None:
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        connection.cursor().execute(f"UPDATE {table} SET code = 'zz'")  # noqa: S608  our own table

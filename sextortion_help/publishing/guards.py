"""What the database itself refuses, whoever asks: changing a Version or the record, the code of an answer.

Installed after every `migrate`, not in a migration: on SQLite, Django rebuilds a table to alter it,
and its triggers would be lost without a word.
"""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.models import LogEntry
from django.db import connection

from sextortion_help.publishing.models import Version


def install(sender: AppConfig, **_: Any) -> None:
    """Create the triggers for the tables of one app. A receiver of post_migrate."""
    tables = set(connection.introspection.table_names())
    for model in sender.get_models():
        if model._meta.db_table not in tables:
            continue
        if model in (Version, LogEntry) or getattr(model, "append_only", False):
            for event in ("UPDATE", "DELETE", "TRUNCATE"):
                _refuse(model._meta.db_table, event)
        elif getattr(model, "code_for_life", False):
            _refuse(model._meta.db_table, "UPDATE OF code", "OLD.code <> NEW.code")


def _refuse(table: str, event: str, when: str = "") -> None:
    name = f"{table}_no_{event.split(maxsplit=1)[0].lower()}"
    condition = f"WHEN ({when})" if when else ""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if event != "TRUNCATE":  # which SQLite has not
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{table}: {event} is refused'); END"
                )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION baken_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%: % is refused', TG_TABLE_NAME, TG_OP "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} "
            f"{condition} EXECUTE FUNCTION baken_refuse()"
        )

"""The record as staff read it: log-ins and people, saves, publications, in one list, newest first.

Three tables, each of which only grows: Record, Django's log of the admin, and the versions.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.utils.translation import gettext

from sextortion_help.people.models import Act, Record

PAGE: Final = 50
SAVED, PUBLISHED = "saved", "published"
KINDS: Final = (SAVED, PUBLISHED, *Act.values)


@dataclass(frozen=True)
class Row:
    """One line of the record; `version` is the number of what was published."""

    at: datetime
    who: str
    what: str
    about: str
    more: str
    version: int = 0


def rows(words: str, kind: str, page: int) -> tuple[list[Row], bool]:
    """Give a page of the record, and whether there are more: what holds all of the words, of one kind.

    `kind` is one of KINDS, or "" for all. Four queries, however long the record is.
    """
    tables = _tables(words.split(), kind)
    union, *others = [_numbered(number, table) for number, table in enumerate(tables)]
    start = (page - 1) * PAGE
    found = list(
        union.union(*others, all=True).order_by("-moment", "-pk")[start : start + PAGE + 1]
    )
    whole: dict[tuple[int, int], Any] = {}
    for number, table in enumerate(tables):
        wanted = [pk for _, which, pk in found[:PAGE] if which == number]
        if wanted:
            whole |= {(number, row.pk): row for row in table.filter(pk__in=wanted)}
    lines = [
        (_recorded, _saved, _published)[which](whole[which, pk]) for _, which, pk in found[:PAGE]
    ]
    return lines, len(found) > PAGE


def _tables(words: list[str], kind: str) -> list[QuerySet[Any]]:
    """Give the rows of each table that fit, with what a line of them says."""
    acts = [act.value for act in Act] if not kind else [kind]
    record = Record.objects.filter(_all(words, "about"), act__in=acts).select_related("user")
    saves = LogEntry.objects.filter(_all(words, "object_repr", "change_message"))
    versions = apps.get_model("publishing", "Version")._default_manager.filter(
        _all(words, "code", "kind", "note", "confirmed_by__username", user="published_by")
    )
    return [
        record.order_by(),
        (saves if kind in ("", SAVED) else saves.none())
        .select_related("user", "content_type")
        .order_by(),
        (versions if kind in ("", PUBLISHED) else versions.none())
        .select_related("published_by", "confirmed_by")
        .defer("source", "data")
        .order_by(),
    ]


def _all(words: list[str], *fields: str, user: str = "user") -> Q:
    found = Q()
    for word in words:
        one = Q()
        for field in (*fields, f"{user}__username"):
            one |= Q(**{f"{field}__icontains": word})
        found &= one
    return found


def _numbered(number: int, table: QuerySet[Any]) -> Any:
    moment = {Record: "at", LogEntry: "action_time"}.get(table.model, "published_at")
    numbered = table.select_related(None).annotate(
        moment=F(moment), which=Value(number, IntegerField())
    )
    return numbered.values_list("moment", "which", "pk")


def _recorded(row: Record) -> Row:
    return Row(row.at, str(row.user or ""), str(Act(row.act).label), row.about, "")


def _saved(row: LogEntry) -> Row:
    what = {ADDITION: gettext("added"), DELETION: gettext("deleted")}.get(
        row.action_flag, gettext("changed")
    )
    kind = row.content_type.name if row.content_type else ""
    return Row(
        row.action_time, str(row.user), what, f"{kind} {row.object_repr}".strip(),
        "" if row.is_addition() else str(row.get_change_message()),
    )  # fmt: skip


def _published(row: Any) -> Row:
    """Say who did it: who confirmed it, and then who asked for it as well."""
    what = gettext("took off the site") if row.retired else gettext("published")
    asked = gettext("asked for by %s") % row.published_by if row.confirmed_by else ""
    more = "; ".join(filter(None, [asked, row.note]))
    who = str(row.confirmed_by or row.published_by or "")
    return Row(row.published_at, who, what, str(row), more, row.pk)

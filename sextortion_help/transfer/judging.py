"""What a file of translations would change in the drafts, what is wrong with it, and the change itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from sextortion_help.publishing import text
from sextortion_help.publishing.compare import word_by_word
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.sources import digest
from sextortion_help.transfer.rows import Fault, Moved, Row, Table, Unreadable
from sextortion_help.transfer.texts import Item, items


@dataclass(frozen=True)
class Change:
    """One text that would be another."""

    item: Item
    old: str
    new: str

    @property
    def field(self) -> str:
        """Say which text it is."""
        return self.item.where

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """Give it word by word: see compare.word_by_word()."""
        return word_by_word(self.old, self.new)


@dataclass
class Judged:
    """What a file would change, and what it leaves alone."""

    target: str
    changes: list[Change] = field(default_factory=list)
    same: int = 0
    empty: int = 0
    unsure: list[Row] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Give a digest of what is shown, to be sent back with the confirmation."""
        return digest([[one.item.key, one.old, one.new] for one in self.changes])


def judge(table: Table, models: Sequence[type[Publishable]]) -> Judged:
    """Hold a file beside today's drafts, of the kinds that this member may change.

    Raises Unreadable, with every line that is wrong: one wrong line and nothing of the file is taken.
    """
    known = _known(table, models)
    judged, faults = Judged(table.target), list[Fault]()
    first: dict[str, int] = {}
    for row in table.rows:
        item = known.get(row.key)
        wrong = list(_faults(row, item, table, first))
        faults += [Fault(row.line, said) for said in wrong]
        first.setdefault(row.key, row.line)
        if item and not wrong:
            _take(judged, row, item)
    if faults:
        raise Unreadable(faults)
    return judged


def apply(table: Table, models: Sequence[type[Publishable]], seen: str, user: User) -> Judged:
    """Write a file into the drafts: all of it or nothing. Publishes nothing.

    `seen` is that of what the member was shown. Raises Unreadable as `judge()` does, and Moved when it
    would now change something else than was shown.
    """
    with transaction.atomic():
        for model in _named(table, models):  # so that nobody saves a form in between
            list(model._default_manager.select_for_update().values_list("pk"))
        judged = judge(table, models)
        if judged.seen != seen:
            raise Moved
        rows: dict[tuple[type[Draft], Any], Draft] = {}
        roots: dict[tuple[str, str], tuple[Publishable, list[str]]] = {}
        for change in judged.changes:
            item = change.item
            setattr(item.row, f"{item.field}_{judged.target}", change.new)
            rows[type(item.row), item.row.pk] = item.row
            root = roots.setdefault((item.root.content_kind(), item.root.code), (item.root, []))
            root[1].append(item.within_root)
        with by(user, *rows.values()):
            for row in rows.values():
                row.save()
        for draft, names in roots.values():
            _log(draft, names, judged.target, user)
    return judged


def _known(table: Table, models: Sequence[type[Publishable]]) -> dict[str, Item]:
    return {item.key: item for model in _named(table, models) for item in items(model)}


def _named(table: Table, models: Sequence[type[Publishable]]) -> list[type[Publishable]]:
    kinds = {row.key.partition(":")[0] for row in table.rows}
    return [model for model in models if model.content_kind() in kinds]


def _faults(row: Row, item: Item | None, table: Table, first: dict[str, int]) -> Iterator[str]:
    if row.key in first:
        said = gettext("%(key)s stands on line %(line)d already.")
        yield said % {"key": row.key, "line": first[row.key]}
    if item is None:
        kinds = {model.content_kind() for model in publishable_models()}
        if row.key.partition(":")[0] in kinds:
            said = gettext("There is no text %s here, or you may not change it.")
        else:
            said = gettext("This is no text of this site: %s")
        yield said % (row.key[:80] or "–")
        return
    if row.translation in ("", item.within(table.target)):
        return
    new = item.normal(row.translation)
    if item.normal(row.source) != item.normal(item.within(table.source)):
        said = gettext("Outdated: the text in %(language)s is another by now. %(key)s")
        yield said % {"language": table.source, "key": row.key}
    if item.longest and len(new) > item.longest:
        said = gettext("%(key)s is %(length)d characters long; %(longest)d fit.")
        yield said % {"key": row.key, "length": len(new), "longest": item.longest}
    for said in text.faults(new):
        yield f"{row.key}: {said}"


def _take(judged: Judged, row: Row, item: Item) -> None:
    old, new = item.within(judged.target), row.translation
    if new != old:
        new, old = item.normal(new), item.normal(old)
    if not new:
        judged.empty += 1
    elif new == old:
        judged.same += 1
    elif row.unsure:
        judged.unsure.append(row)
    else:
        judged.changes.append(Change(item, old, new))


def _log(draft: Publishable, names: list[str], target: str, user: User) -> None:
    said = gettext("From a file of translations, %(language)s: %(texts)s")
    values = {"language": target, "texts": ", ".join(dict.fromkeys(names))}
    rows = type(draft)._default_manager.filter(pk=draft.pk)
    LogEntry.objects.log_actions(user.pk, rows, CHANGE, said % values, single_object=True)

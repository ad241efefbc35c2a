"""All content as one JSON document, and what such a document would change in the drafts here.

A document holds the drafts, not what is live: what is taken in becomes drafts, so that out, in and out
again gives the same bytes. Its shape is in shape.py, and as a JSON Schema in content.schema.json.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext

from sextortion_help.publishing import compare
from sextortion_help.publishing.fixtures import name_of
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.sources import (
    Source,
    columns,
    digest,
    is_left_out,
    part_model,
    restore,
    source_of,
    whole,
)
from sextortion_help.publishing.sources import Unreadable as DoesNotFit
from sextortion_help.transfer.rows import Fault, Moved, Unreadable
from sextortion_help.transfer.shape import FORMAT, shape


@dataclass(frozen=True)
class Incoming:
    """One object of a document that is not as its draft here; `old` is {} when there is none."""

    model: type[Publishable]
    old: Source
    new: Source

    @property
    def name(self) -> str:
        """Say which object it is."""
        return f"{self.model._meta.verbose_name} {self.new['code']}"

    @property
    def changes(self) -> list[compare.Change]:
        """Give what differs, word by word; nothing for a new object, of which all is new."""
        return compare.changes(self.model, self.old, self.new) if self.old else []


def written() -> str:
    """Give the document of all drafts: the same bytes for the same drafts."""
    kinds = {
        name_of(model): [source_of(draft) for draft in whole(model).order_by("order", "code")]
        for model in publishable_models()
    }
    return json.dumps({"format": FORMAT, **kinds}, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> list[Incoming]:
    """Give what a document would change, in the order in which it can be written.

    Raises Unreadable, with everything that is wrong: with one wrong object nothing is taken.
    """
    document = _parsed(text)
    incoming, faults = list[Incoming](), list[Fault]()
    for model in publishable_models():
        there = {draft.code: source_of(draft) for draft in whole(model)}
        rows = document.get(name_of(model), [])
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
            where = f"{name_of(model)}[{number}]"
            wrong = list(_faults(model, row, where))
            faults += wrong
            if not wrong:
                new = _complete(model, row)
                if new != there.get(new["code"]):
                    incoming.append(Incoming(model, there.get(new["code"], {}), new))
        faults += _twice(rows, name_of(model))
    if faults:
        raise Unreadable(faults)
    return incoming


def seen(incoming: list[Incoming]) -> str:
    """Give a digest of what is shown, to be sent back with the confirmation."""
    return digest([[one.name, one.old, one.new] for one in incoming])


def rehearse(text: str) -> list[Incoming]:
    """Read a document, and write it as `apply()` would, to see that it can be; then take all of it back."""
    with transaction.atomic():
        incoming = read(text)
        _write(incoming, _drafts(incoming))
        transaction.set_rollback(True)
    return incoming


def apply(text: str, looked_at: str | None, user: User | None) -> list[Incoming]:
    """Write a document into the drafts: all of it or nothing. Publishes nothing, and deletes nothing.

    `looked_at` is `seen()` of what was shown, or None. What is delicate counts as typed by `user`, as if
    they had filled in the forms; as typed by nobody known for None. Raises Unreadable as `read()` does, and Moved
    when it would now change something else.
    """
    with transaction.atomic():
        for model in publishable_models():  # so that nobody saves a form in between
            list(model._default_manager.select_for_update().values_list("pk"))
        incoming = read(text)
        if looked_at is not None and seen(incoming) != looked_at:
            raise Moved
        drafts = _drafts(incoming)
        if user is None:
            _write(incoming, drafts)
            return incoming
        with by(user, *drafts):
            _write(incoming, drafts)
        for one, draft in zip(incoming, drafts, strict=True):
            _log(draft, CHANGE if one.old else ADDITION, user)
    return incoming


def _drafts(incoming: list[Incoming]) -> list[Publishable]:
    """Give the draft of each object, or a new one that is not saved yet."""
    return [
        one.model._default_manager.filter(code=one.new["code"]).first() or one.model()
        for one in incoming
    ]


def _write(incoming: list[Incoming], drafts: list[Publishable]) -> None:
    faults = list[Fault]()
    for one, draft in zip(incoming, drafts, strict=True):
        try:
            with transaction.atomic():
                restore(draft, one.new)
        except (DoesNotFit, DatabaseError) as error:
            faults.append(Fault(0, f"{one.name}: {error}"))
    if faults:
        raise Unreadable(faults)


def _parsed(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise Unreadable([Fault(0, gettext("It is nested too deep."))]) from error
    except json.JSONDecodeError as error:
        said = gettext("This is not JSON (%s).")
        raise Unreadable([Fault(error.lineno, said % error.msg)]) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise Unreadable([Fault(0, gettext("This is not JSON (%s).") % error)]) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Unreadable([Fault(0, gettext("This is not a document of this site (%s).") % FORMAT)])
    known = {"format", *map(name_of, publishable_models())}
    if unknown := document.keys() - known:
        said = gettext("This is no kind of content here: %s")
        raise Unreadable([Fault(0, said % name[:60]) for name in sorted(unknown)])
    return document


def _no_number(constant: str) -> Any:
    raise ValueError(constant)


def _faults(model: type[Publishable], row: Any, where: str) -> Iterator[Fault]:
    try:
        msgspec.convert(row, shape(model))
    except msgspec.ValidationError as error:
        yield Fault(0, f"{where}: {error}")
        return
    for path, kind, part in _rows(model, row, where):
        for column in columns(kind):
            value = part.get(column.name)
            if column.name == "code" and not value:  # nobody can give a row its code later
                yield Fault(0, f"{path}.code: {column.error_messages['blank']}")
            if value and not column.is_relation:
                try:
                    column.clean(column.to_python(value), None)
                except ValidationError as error:
                    yield Fault(0, f"{path}.{column.name}: {' '.join(error.messages)}")


def _rows(model: type[Draft], row: Source, where: str) -> Iterator[tuple[str, type[Draft], Source]]:
    yield where, model, row
    for name in model.parts:
        for number, part in enumerate(row.get(name, ()), 1):
            yield from _rows(part_model(model, name), part, f"{where}.{name}[{number}]")


def _twice(rows: Any, where: str) -> Iterator[Fault]:
    codes = (
        [row.get("code") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    )
    said = gettext("%(where)s: “%(code)s” stands there more than once.")
    for code, times in Counter(map(str, codes)).items():
        if times > 1:
            yield Fault(0, said % {"where": where, "code": code[:60]})


def _complete(model: type[Draft], row: Source) -> Source:
    """Give a row as `source_of()` would: every column, and its parts numbered in their order."""
    full = _tidy(model, msgspec.to_builtins(msgspec.convert(row, shape(model))))
    source: Source = {
        column.name: full[column.name]
        for column in columns(model)
        if not is_left_out(model, column.name, full[column.name])
    }
    for name in model.parts:
        kind = part_model(model, name)
        parts = sorted(row.get(name, ()), key=lambda part: part.get("order", 0))
        rows = [_complete(kind, part) for part in parts]
        source[name] = [part | {"order": 10 * place} for place, part in enumerate(rows, 1)]
    return source


def _tidy(model: type[Draft], full: Source) -> Source:
    """Give the columns of a row with each text as its draft would keep it."""
    texts = [
        column
        for column in columns(model)
        if isinstance(column, models.CharField | models.TextField)
    ]
    draft = model()
    for column in texts:
        setattr(draft, column.name, column.to_python(full[column.name]))
    draft.tidy()
    return full | {column.name: getattr(draft, column.name) for column in texts}


def _log(draft: Publishable, flag: int, user: User) -> None:
    rows = type(draft)._default_manager.filter(pk=draft.pk)
    said = gettext("From a document of all content")
    LogEntry.objects.log_actions(user.pk, rows, flag, said, single_object=True)

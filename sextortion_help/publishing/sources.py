"""The source of an object: what its editor wrote, as plain data, and the way back into the draft.

A source holds every column staff can edit, by the columns' names. A link to another row is that
row's code; the rows that belong to it are lists under their related names. It is kept in each
Version, compared word by word, put back into a draft, and written out as fixtures.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Prefetch, QuerySet

from sextortion_help.publishing.models import Draft, Publishable

type Source = dict[str, Any]


_DOES_NOT_FIT = (FieldDoesNotExist, ObjectDoesNotExist, models.ProtectedError, IntegrityError)


class Unreadable(Exception):
    """This source was written for another version of the program: it names what is not here now."""


def whole(model: type[Draft]) -> QuerySet[Any]:
    """Give a query of drafts with everything that belongs to them: a fixed number of queries."""
    links = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != model.part_of
    ]
    many: list[Any] = [field.name for field in model._meta.many_to_many]
    parts = [Prefetch(name, whole(part_model(model, name))) for name in model.parts]
    drafts = model._default_manager.prefetch_related(*many, *parts)
    return drafts.select_related(*links) if links else drafts


def part_model(model: type[Draft], name: str) -> type[Draft]:
    """Give the model of the rows that stand under a related name."""
    return model._meta.get_field(name).related_model  # type: ignore[return-value]  # a relation to a draft


def columns(model: type[Draft]) -> Iterator[Any]:
    """Give the columns that staff can edit: not the row's number, its edition, or its owner."""
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.name not in {"id", "edition", model.part_of, *model.translated}:
            yield field


def is_left_out(model: type[Draft], name: str, value: Any) -> bool:
    """Tell whether a source leaves this column out: it is empty, and younger than sources that lack it."""
    return name in model.young and value in (None, "", [])


def source_of(draft: Draft) -> Source:
    """Give the source of a draft. Without queries for one that comes from `whole()`."""
    source: Source = {}
    for field in columns(type(draft)):
        value = getattr(draft, field.name)
        if field.many_to_many:
            value = [row.code for row in value.all()]
        elif field.many_to_one:
            value = value and value.code
        elif isinstance(field, models.DateField):
            value = value and value.isoformat()
        elif isinstance(field, models.CharField | models.TextField):
            value = value or ""  # a language that is not written yet is NULL in some columns
        if is_left_out(type(draft), field.name, value):
            continue
        source[field.name] = value
    for name in draft.parts:
        parts = [source_of(part) for part in getattr(draft, name).all()]
        # what counts is which comes after which: the same numbers for the same order
        source[name] = [part | {"order": 10 * place} for place, part in enumerate(parts, 1)]
    return source


def digest(data: Any) -> str:
    """Give the SHA-256 of plain data: equal data, equal digest, whatever the order of its keys."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def restore(draft: Publishable, source: Source) -> None:
    """Write a source into a draft and save it, with all that belongs to it: all of it or nothing.

    Rows keep their numbers where their codes are the same. Raises Unreadable when the source names a
    column, a row or a value that this program does not know; then nothing is changed.
    """
    try:
        with transaction.atomic():
            _fill(draft, source)
            draft.validate_constraints()  # which says in words what the database would not
            _write(draft, source)
            _restore_parts(draft, source)
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (*_DOES_NOT_FIT, KeyError, TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def _restore_parts(root: Draft, source: Source) -> None:
    # Level by level: what a row links to is its elder, or stands on its own level and is there by then.
    # What is gone goes last, from the youngest on, when nothing points to it any more.
    level: list[tuple[Draft, Source]] = [(root, source)]
    gone: list[Draft] = []
    while level:
        rows = [row for draft, written in level for row in _made(draft, written, gone)]
        for part, written in rows:
            _write(part, written)
        level = rows
    for below in [row for part in gone for row in part.rows()]:
        _unlink(below)
    for part in reversed(gone):
        part.delete()


def _unlink(row: Draft) -> None:
    """Let a row that is to go point at nothing, so that what goes with it can go in any order."""
    links = [field.name for field in columns(type(row)) if field.many_to_one]
    if links:
        for name in links:
            setattr(row, name, None)
        row.save(update_fields=links)


def _made(draft: Draft, source: Source, gone: list[Draft]) -> Iterator[tuple[Draft, Source]]:
    for name in draft.parts:
        model = part_model(type(draft), name)
        there = {part.code: part for part in getattr(draft, name).all()}
        for written in source.get(name, ()):
            part = there.pop(written["code"], None)
            yield part or model(**{model.part_of: draft, "code": written["code"]}), written
        gone += there.values()


def _write(draft: Draft, source: Source) -> None:
    _fill(draft, source)
    draft.save()
    for field in columns(type(draft)):
        if field.many_to_many:
            codes = source.get(field.name, ())
            rows = [field.related_model.objects.get(code=code) for code in codes]
            getattr(draft, field.name).set(rows)


def _fill(draft: Draft, source: Source) -> None:
    known = {field.name: field for field in columns(type(draft))}
    if unknown := source.keys() - known.keys() - set(draft.parts):
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    for name, field in known.items():
        value = source.get(name, field.get_default())  # a column that is younger than the source
        if field.many_to_one:
            # "" is no row, nor nothing where there has to be one
            setattr(draft, name, None if value is None else _linked(draft, field, value))
        elif not field.many_to_many:
            setattr(draft, name, field.to_python(value))


def _linked(draft: Draft, field: Any, code: str) -> Any:
    """Find the row that a link names: within the same owner, if rows of that kind have one."""
    model: type[Draft] = field.related_model
    rows = model._default_manager.filter(code=code)
    if model.part_of:
        kind: Any = model._meta.get_field(model.part_of).related_model
        while not isinstance(draft, kind):
            draft = getattr(draft, draft.part_of)
        rows = rows.filter(**{model.part_of: draft})
    return rows.get()

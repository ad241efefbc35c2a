"""What the document of all content looks like, made from the models: one struct for each kind of row.

The same structs judge a document and give its JSON Schema, so that the two cannot differ.
"""

import json
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal

import msgspec
from django.db import models

from sextortion_help.publishing.fixtures import name_of
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import HIGHEST, Draft
from sextortion_help.publishing.sources import columns, part_model

FORMAT: Final = "baken-content-1"
_TYPES: Final[tuple[tuple[Any, Any], ...]] = (
    (models.BooleanField, bool),
    (models.IntegerField, Annotated[int, msgspec.Meta(ge=0, le=HIGHEST)]),
    (models.DateField, date),
    (models.JSONField, list[str]),
)


@cache
def shape(model: type[Draft]) -> type[msgspec.Struct]:
    """Give the struct of one row with all that belongs to it. A column that is left out has its default."""
    fields: list[Any] = [("code", str)]
    fields += [_field(column) for column in columns(model) if column.name != "code"]
    fields += [(name, list[shape(part_model(model, name))], _default([])) for name in model.parts]  # type: ignore[misc]  # made at run time
    # by its app too: an Answer of the quiz is not one of the guidance
    return msgspec.defstruct(model._meta.label, fields, forbid_unknown_fields=True, kw_only=True)


def schema() -> str:
    """Give the JSON Schema of the document, as the repository keeps it."""
    fields: list[Any] = [("format", Literal[FORMAT])]
    fields += [(name_of(model), list[shape(model)], _default([])) for model in publishable_models()]  # type: ignore[misc]  # made at run time
    whole = msgspec.defstruct("Document", fields, forbid_unknown_fields=True, kw_only=True)
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "All content of Baken, as drafts",
        **msgspec.json.schema(whole),
    }
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _field(column: Any) -> tuple[Any, ...]:
    kind = _type(column)
    if column.many_to_many:
        return column.name, kind, _default([])
    if isinstance(column, models.CharField | models.TextField):
        return column.name, kind, _default(column.get_default() or "")
    if column.null:
        return column.name, kind | None, _default(None)
    return (
        (column.name, kind, _default(column.get_default()))
        if column.has_default()
        else (column.name, kind)
    )


def _type(column: Any) -> Any:
    if column.many_to_many:
        return list[str]
    longest = column.max_length if isinstance(column, models.CharField | models.TextField) else None
    if longest:
        return Annotated[str, msgspec.Meta(max_length=longest)]
    return next((kind for field, kind in _TYPES if isinstance(column, field)), str)


def _default(value: Any) -> Any:
    return msgspec.field(default_factory=list) if value == [] else msgspec.field(default=value)

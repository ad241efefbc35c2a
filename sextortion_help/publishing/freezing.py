"""From a draft to what visitors read, and from a version back to it."""

from collections.abc import Iterator
from functools import cache
from typing import Any, cast, get_args, get_type_hints

import msgspec
from django.apps import apps
from django.db.models import Manager, Model

from sextortion_help.publishing.content import Content, Html, Text
from sextortion_help.publishing.markdown import html
from sextortion_help.publishing.models import Draft, Publishable, Version


def freeze(draft: Publishable) -> Content:
    """Freeze a draft with all that belongs to it, field by field, as its content class names them.

    A missing text is frozen as "", so that an unfinished draft can be previewed. Without queries for
    a draft that comes from `sources.whole()`.
    """
    return cast("Content", _freeze(draft, draft.content_class))


def freeze_part[Part: msgspec.Struct](draft: Draft, struct: type[Part]) -> Part:
    """Freeze a row that belongs to a draft, with all that belongs to it, as `freeze()` does."""
    return cast("Part", _freeze(draft, struct))


def as_data(content: Content) -> dict[str, Any]:
    """Give content as the plain values that a Version stores, and as the database gives them back."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(content))
    return data


def content_of(version: Version) -> Content:
    """Read a version back into the content class of its kind.

    Raises KeyError for a kind, and msgspec.ValidationError for data, that this program does not know.
    """
    return msgspec.convert(version.data, _content_classes()[version.kind])


def publishable_models() -> Iterator[type[Publishable]]:
    """Give every model that is published, in the order in which they may name each other."""
    return (model for model in apps.get_models() if issubclass(model, Publishable))


def _content_classes() -> dict[str, type[Content]]:
    return {model.content_kind(): model.content_class for model in publishable_models()}


def _freeze(draft: Draft, struct: type[msgspec.Struct]) -> msgspec.Struct:
    given = draft.frozen()
    for name, kind in _fields(struct).items():
        if name not in given:
            given[name] = _frozen(draft, name, kind)
    return struct(**given)


def _frozen(draft: Draft, name: str, kind: Any) -> Any:
    if kind is Text:
        return Text.of(draft, name)
    if kind is Html:
        return html(Text.of(draft, name))
    value = getattr(draft, name)
    if name in draft.parts:
        return tuple(_freeze(part, get_args(kind)[0]) for part in value.all())
    if isinstance(value, Manager):
        return tuple(row.code for row in value.all())
    if isinstance(value, Model):
        value = cast("Draft", value).code
    if isinstance(value, list):
        value = tuple(value)
    return "" if value is None and kind is str else value


@cache
def _fields(struct: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(struct)
    return {name: hints[name] for name in struct.__struct_fields__}

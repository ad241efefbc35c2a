"""How the form of a draft is laid out: its own fields first, the languages of a text side by side."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest
from django.utils.translation import gettext

from sextortion_help.publishing.admin.rights import may
from sextortion_help.publishing.admin.targets import TargetField
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Draft


class SideBySide:
    """A form that shows the languages of a text beside each other."""

    model: Any
    rows_first: ClassVar[bool] = False  # the rows stand after the first fields, before the others
    first_fields: ClassVar[tuple[str, ...]] = ()  # before the other fields of their model
    examples: ClassVar[Mapping[str, Any]] = {}  # help for fields whose model gives none
    targets: ClassVar[
        tuple[str, ...]
    ] = ()  # the links that may lead to a row that is made with them

    class Media:
        css = {"all": ("staff.css",)}
        js = (
            forms.Script("reading.js", type="module"),
            forms.Script("beside.js", type="module"),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Put the columns of each translated field on one row."""
        found: list[Any] = []
        for name, options in super().get_fieldsets(request, obj):  # type: ignore[misc]  # an admin's
            fields = self._in_order(options["fields"])
            first = [field for field in fields if self.rows_first and self._is_first(field)]
            rest = [field for field in fields if field not in first]
            if first:
                found.append((name, {**options, "fields": _rows(first)}))
            title = gettext("All the rest, and the sources") if first else name
            found.append((title, {**options, "fields": _rows(rest)}))
        return found

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.targets:
            kwargs["form_class"] = TargetField
        if db_field.name == self.model.part_of and chosen(request, db_field.name):
            kwargs["widget"] = forms.HiddenInput  # the address says to what the new row belongs
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]  # an admin's
        if isinstance(field, TargetField):
            field.may_make = may(request, "add", db_field.related_model)
        return field

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # an admin's
        stem = _name(db_field.name)
        first = db_field.name in (
            stem,
            f"{stem}_{LANGUAGES[0]}",
        )  # once for the languages of a text
        if field is not None and not field.help_text and first:
            field.help_text = self.examples.get(stem, "")
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            field.widget = widget.widget  # no windows beside the form, whose typing they would lose
        return field

    def _is_first(self, field: Any) -> bool:
        return _name(field) in self.first_fields

    def _in_order(self, fields: Iterable[Any]) -> list[Any]:
        """What every kind of draft has goes last: it is asked for once, and read seldom."""
        shared = _inherited(self.model)

        def place(field: Any) -> int:
            name = _name(field)
            if name in self.first_fields:
                return self.first_fields.index(name)
            return len(self.first_fields) + (name in shared)

        return sorted(fields, key=place)


def _name(field: Any) -> str:
    """Give the name of a field without its language."""
    stem, _, language = str(field).rpartition("_")
    return stem if language in LANGUAGES else str(field)


def _inherited(model: type[Draft]) -> set[str]:
    bases: Any = [
        base for base in model.__mro__[1:] if hasattr(base, "_meta") and base._meta.abstract
    ]
    return {field.name for base in bases for field in base._meta.local_fields}


def _rows(fields: Iterable[Any]) -> list[Any]:
    rows: list[Any] = []
    for field in fields:
        stem, _, language = str(field).rpartition("_")
        if language not in LANGUAGES:
            rows.append(field)
        elif language == LANGUAGES[0]:
            rows.append(tuple(f"{stem}_{code}" for code in LANGUAGES))
    return rows


def chosen(request: HttpRequest, name: str) -> int | None:
    """Give the whole to which a new row is to be added, as the form or its address says."""
    value = request.POST.get(name) or request.GET.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None

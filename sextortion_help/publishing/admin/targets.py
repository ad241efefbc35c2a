"""Where an answer or a reply leads: to a row that is there, or to one that is made with it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext

from sextortion_help.publishing.admin.codes import with_free_code
from sextortion_help.publishing.models import Draft

NEW: Final = ("new-1", "new-2")


class TargetField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of any rows
    """A choice among rows, or a new one. The same new one may be chosen in several places of a form."""

    may_make = False  # whether who fills in the form may add such a row

    def to_python(self, value: Any) -> Any:
        if value in NEW:
            if not self.may_make:
                raise ValidationError(
                    gettext("You may not add a new one. Choose one that is there.")
                )
            # -1: not made yet, and not nothing, so that two targets are still noticed
            row = self.queryset.model(pk=-1)  # type: ignore[union-attr]  # it has a queryset
            row.new = value
            return row
        return super().to_python(value)


def offer(field: Any, rows: QuerySet[Any]) -> None:
    """Let a field of a form offer these rows, asked for once however many forms show them."""
    if not isinstance(field, forms.ModelChoiceField):
        return
    field.queryset = rows
    named = [(row.pk, _short(row)) for row in rows]
    field.choices = [("", field.empty_label or ""), *_new(field), *named]


def _new(field: Any) -> list[tuple[str, str]]:
    if not (isinstance(field, TargetField) and field.may_make):
        return []
    kind = str(field.queryset.model._meta.verbose_name)  # type: ignore[union-attr]  # it has a queryset
    first, second = gettext("+ new: %s"), gettext("+ a second new one: %s")
    return [(NEW[0], first % kind), (NEW[1], second % kind)]


def _short(row: Draft) -> str:
    text = " ".join(str(row).split())
    return text if len(text) <= 80 else text[:79] + "…"


def make(forms_: list[Any], owner: Draft) -> list[Draft]:
    """Save the new rows that these forms lead to, beside the owner, and let them lead there."""
    made: dict[tuple[str, str], Draft] = {}
    for form in forms_:
        for name in getattr(form, "cleaned_data", {}):
            target = form.cleaned_data[name]
            if not isinstance(form.fields.get(name), TargetField) or getattr(target, "pk", 0) != -1:
                continue
            key = (target._meta.label, target.new)
            if key not in made:
                made[key] = _made(type(target), owner)
            setattr(form.instance, name, made[key])
    return list(made.values())


def _made(model: type[Draft], owner: Draft) -> Draft:
    row = model(**{model.part_of: getattr(owner, model.part_of)})
    with_free_code(row)
    row.save()
    return row

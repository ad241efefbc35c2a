"""The form of any draft row: it may be incomplete, and what the database refuses it says in words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from sextortion_help.publishing.admin.codes import with_free_code
from sextortion_help.publishing.admin.merging import MergingForm
from sextortion_help.publishing.admin.targets import TargetField
from sextortion_help.publishing.models import LAST


class DraftForm(MergingForm):
    """Asks for nothing but the code, and what the database cannot do without. Publishing is strict."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "order" in self.fields and not self.instance.pk:
            self.initial["order"] = None
        for name in self.own_fields:
            self.fields[name].required = _database_needs(self._meta.model, name)
            _keep_choice(self.fields[name], self.initial.get(name))

    def clean_order(self) -> int:
        """Give an empty order the last place, or the place it has."""
        order: int | None = self.cleaned_data["order"]
        if order is None:
            return int(self.initial["order"]) if self.instance.pk else LAST
        return order

    def _get_validation_exclusions(self) -> set[str]:
        # what nobody touched is not judged; what is not made yet cannot be looked up
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in its stubs
        return exclude | self.untouched | {name for name in self.fields if self._is_new(name)}

    def _post_clean(self) -> None:
        if not self.instance.pk and "code" not in self.fields:
            with_free_code(self.instance)
        super()._post_clean()  # type: ignore[misc]  # its stubs leave it out
        if self.cleaned_data.get("order") is LAST:
            self.instance.order = LAST  # validation has made an ordinary number of it

    def validate_unique(self) -> None:
        self._hold(self.instance.validate_unique)

    def validate_constraints(self) -> None:
        """Hold the row against every rule of the database, also about what is not on this form."""
        self._hold(self.instance.validate_constraints)

    def _hold(self, rule: Callable[..., None]) -> None:
        wrong = {name for name in self.errors if name != NON_FIELD_ERRORS}
        try:
            rule(exclude=wrong)
        except ValidationError as error:
            super()._update_errors(_for_form(error, self.fields))  # type: ignore[misc]  # not in its stubs

    def _update_errors(self, errors: ValidationError) -> None:
        """Leave out what a model says about a field that is empty: that is incomplete, not wrong."""
        if hasattr(errors, "error_dict"):
            kept = {
                name: found
                for name, found in errors.error_dict.items()
                if name not in self.fields or not self._excused(name)
            }
            if not kept:
                return
            errors = _for_form(ValidationError(kept), self.fields)
        super()._update_errors(errors)  # type: ignore[misc]  # its stubs leave it out

    def _excused(self, name: str) -> bool:
        if name in self.untouched:
            return True
        empty = self.cleaned_data.get(name) in self.fields[name].empty_values
        return empty and not self.fields[name].required

    def _is_new(self, name: str) -> bool:
        row = self.cleaned_data.get(name)
        return isinstance(self.fields[name], TargetField) and row is not None and row.pk == -1

    def save(self, commit: bool = True) -> Any:
        if not self.instance.pk and "code" not in self.fields:
            with_free_code(self.instance)  # another new row of the same form may have taken it
        return super().save(commit)


def _database_needs(model: type[models.Model], name: str) -> bool:
    field: Any = model._meta.get_field(name)
    storable = (models.CharField, models.TextField, models.JSONField, models.BooleanField)
    optional = field.null or field.many_to_many or isinstance(field, storable) or name == "order"
    return name == "code" or not optional


def _keep_choice(field: forms.Field, value: Any) -> None:
    """Offer the values a row has also where the list of choices no longer has them."""
    if isinstance(field, forms.TypedChoiceField | forms.MultipleChoiceField):
        choices: Any = field.choices
        known = {str(key) for key, _ in choices}
        values = value if isinstance(value, list) else [value]
        if strange := [one for one in values if one and str(one) not in known]:
            field.choices = [*choices, *((one, one) for one in strange)]


def _for_form(error: ValidationError, fields: Any) -> ValidationError:
    """Say of the whole form what is said of a field that is not on it."""
    if not hasattr(error, "error_dict"):
        return error
    found: dict[str, list[ValidationError]] = {}
    for name, errors in error.error_dict.items():
        found.setdefault(name if name in fields else NON_FIELD_ERRORS, []).extend(errors)
    return ValidationError(found)

"""The rows edited on the form of their owner: steps, answers, replies."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext

from sextortion_help.publishing.admin.merging import last_saved
from sextortion_help.publishing.admin.targets import make
from sextortion_help.publishing.models import Draft

type Row = dict[str, list[str]]


class Rows(BaseInlineFormSet):  # type: ignore[type-arg]  # of any rows
    """Rows of a form, some of which somebody else may have deleted or changed meanwhile."""

    instance: Any
    made: list[Draft]
    data: Any  # a QueryDict
    prefix: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made = []
        self.revived: list[int] = []
        if self.is_bound and self.instance.pk:
            self._without_the_deleted()

    def _without_the_deleted(self) -> None:
        """Take out the rows that are not there any more; what was typed in one becomes a new row."""
        there = {str(row.pk) for row in self.get_queryset()}
        total = _number(self.data, f"{self.prefix}-{TOTAL_FORM_COUNT}")
        known = _number(self.data, f"{self.prefix}-{INITIAL_FORM_COUNT}")
        if total is None or known is None or total > self.absolute_max:
            return  # the form says what is wrong with it
        rows = [self._row(number) for number in range(total)]
        stay = [row for row in rows[:known] if row.get("id", [""])[-1] in there]
        gone = [number for number in range(min(known, total)) if rows[number] not in stay]
        if not gone:
            return
        typed = [self._typed(rows[number]) for number in gone if self._is_typed_in(number)]
        self.revived = [len(stay) + place for place in range(len(typed))]
        self._write([*stay, *typed, *rows[known:]], len(stay))

    def _row(self, number: int) -> Row:
        start = f"{self.prefix}-{number}-"
        return {
            key.removeprefix(start): self.data.getlist(key)
            for key in self.data
            if key.startswith(start)
        }

    def _typed(self, row: Row) -> Row:
        return {key: values for key, values in row.items() if key not in ("id", "opened")}

    def _is_typed_in(self, number: int) -> bool:
        prefix = f"{self.prefix}-{number}"
        if self.data.get(f"{prefix}-{DELETION_FIELD_NAME}"):
            return False
        form: Any = self.form(self.data, prefix=prefix, **self.get_form_kwargs(number))
        base = form.base()
        sent = form.posted()
        return not base or any(sent.get(name, then) != then for name, then in base.items())

    def _write(self, rows: list[Row], known: int) -> None:
        data = self.data.copy()
        for key in [key for key in data if re.match(rf"{re.escape(self.prefix)}-\d+-", key)]:
            del data[key]
        for number, row in enumerate(rows):
            for key, values in row.items():
                data.setlist(f"{self.prefix}-{number}-{key}", values)
        data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(known)
        self.data = data

    def clean(self) -> None:
        super().clean()
        for number in self.revived:
            text = gettext(
                "Somebody deleted this row while you were writing in it. Save once more to add it again, "
                "with what you wrote."
            )
            self.forms[number].add_error(None, text)
        for form in self.initial_forms:
            if self.can_delete and self._should_delete_form(form) and form.theirs | form.both:  # type: ignore[attr-defined]  # a MergingForm
                who, when = last_saved(form.instance)
                text = gettext(
                    "%(who)s changed a row that you want to delete (%(when)s): %(row)s. "
                    "Save once more to delete it."
                )
                raise ValidationError(text % {"who": who, "when": when, "row": form.instance})

    def save(self, commit: bool = True) -> Any:
        """Save the rows, after the new rows that they lead to."""
        deleted = self.deleted_forms
        kept: list[forms.BaseForm] = [form for form in self.forms if form not in deleted]
        self.made = make(kept, self.instance)
        return super().save(commit)


def _number(data: Any, name: str) -> int | None:
    value = data.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else None

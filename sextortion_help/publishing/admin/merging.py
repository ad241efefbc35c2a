"""What an editor touched on a form, and what somebody else saved while it was open.

A form carries a short digest of each value it was opened with. What its editor did not touch stays as
the database has it, to the last space; what both touched is shown side by side and saved only once
the editor has seen both.
"""

import hashlib
import json
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.forms.models import InlineForeignKeyField
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sextortion_help.publishing.admin.moving import buttons
from sextortion_help.publishing.models import Draft


def canonical(field: forms.Field, value: Any) -> str:
    """Give a value in one form, whether it comes from a row or from a browser."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        value = sorted(str(key) for key in field.prepare_value(value) or ())
    elif isinstance(field, forms.ModelChoiceField):
        value = str(field.prepare_value(value) or "")
    else:
        try:
            value = field.to_python(value)
        except (ValidationError, ValueError, TypeError, OverflowError):
            value = str(value)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return json.dumps(None if value in ("", []) else value, default=str)


def digest(field: forms.Field, value: Any) -> str:
    """Give what tells one value of a field from another."""
    text = canonical(field, value).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:16]


class MergingForm(forms.ModelForm):  # type: ignore[type-arg]  # one form for every kind of draft
    """Writes only what its editor touched, and never over what somebody else saved meanwhile."""

    instance: Any
    theirs: frozenset[str] = frozenset()  # touched by somebody else only
    both: frozenset[str] = frozenset()
    untouched: frozenset[str] = frozenset()

    @property
    def opened_name(self) -> str:
        """Name the hidden field that carries the digests."""
        return self.add_prefix("opened")

    @property
    def opened(self) -> str:
        """Give the digests of what the database has now: when the form comes back, both were seen."""
        return json.dumps(self._there) if self.instance.pk else ""

    @property
    def move_buttons(self) -> SafeString:
        """Give the buttons that move this row of a form of rows, whose prefix is "answers-0"."""
        return buttons(str(self.prefix).rpartition("-")[0], self.instance.pk, self.instance)

    @cached_property
    def _there(self) -> dict[str, str]:
        return {name: digest(self.fields[name], self.initial.get(name)) for name in self.own_fields}

    @property
    def own_fields(self) -> list[str]:
        """Name the fields of the row that its editor can change here."""
        columns = {field.name for field in (*self._meta.model._meta.get_fields(),)} - {"id"}
        return [
            name
            for name, field in self.fields.items()
            if name in columns and not isinstance(field, InlineForeignKeyField)
        ]

    def posted(self) -> dict[str, str]:
        """Give the digests of what the browser sent. A field that it did not send is not among them."""
        found = {}
        for name in self.own_fields:
            field, key = self.fields[name], self.add_prefix(name)
            if not field.widget.value_omitted_from_data(self.data, self.files, key):
                raw = field.widget.value_from_datadict(self.data, self.files, key)
                found[name] = digest(field, raw)
        return found

    def base(self) -> dict[str, str]:
        """Give the digests that the form was opened with; {} when it carries none."""
        try:
            found = json.loads(self.data.get(self.opened_name) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def changed_data(self) -> list[str]:
        """Name what its editor touched."""
        if not (self.is_bound and self.instance.pk):
            return super().changed_data
        self.errors  # noqa: B018  only then is it known
        return [
            name
            for name in self.fields
            if name in self._mine
            or (name == forms.formsets.DELETION_FIELD_NAME and self.data.get(self.add_prefix(name)))
        ]

    _mine: frozenset[str] = frozenset()
    _errors: Any

    def full_clean(self) -> None:
        if self.is_bound and self.instance.pk:
            self._sort()
        super().full_clean()
        if self.both and hasattr(self, "cleaned_data"):
            for name in self.both:
                self.add_error(name, self._side_by_side(name))

    def _sort(self) -> None:
        """Sort the fields by who touched them."""
        there, posted, base = self._there, self.posted(), self.base()
        if not base and self._same_edition():
            base = there  # opened before forms carried digests, and nobody saved since
        mine, theirs, both = set(), set(), set()
        for name, now in there.items():
            sent, then = posted.get(name, now), base.get(name)
            if sent == now or (base and then is None):
                continue
            if sent == then:
                theirs.add(name)
            elif now == then:
                mine.add(name)
            else:
                both.add(name)
        self._mine, self.theirs, self.both = frozenset(mine), frozenset(theirs), frozenset(both)
        self.untouched = frozenset(there) - mine - both
        for name in theirs:  # if the form is shown again, with theirs
            shown = self.initial.get(name)
            self.fields[name].bound_data = lambda data, initial, shown=shown: shown  # type: ignore[misc,method-assign]  # of this form alone

    def _same_edition(self) -> bool:
        owner = (
            getattr(self.instance, self.instance.part_of) if self.instance.inline else self.instance
        )
        return str(self.data.get("edition", "")) == str(owner.edition)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # its stubs leave it out
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):  # browsers send CR LF
                self.cleaned_data[name] = value.replace("\r\n", "\n").replace("\r", "\n")
        for name in self.untouched:  # not written, so not judged either
            self.cleaned_data.pop(name, None)
            self._errors.pop(name, None)

    def _side_by_side(self, name: str) -> SafeString:
        who, when = last_saved(self.instance)
        return format_html(
            '{} <q class="theirs">{}</q> {}',
            gettext("%(who)s saved this while you were writing (%(when)s):")
            % {"who": who, "when": when},
            shown(self.fields[name], self.initial.get(name)),
            gettext("Yours stands in the field, not saved yet. Save once more to keep yours."),
        )


def shown(field: forms.Field, value: Any) -> str:
    """Give a value as an editor reads it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    words = [
        labels.get(str(getattr(one, "pk", one)), str(one)) for one in values if one is not None
    ]
    return ", ".join(words) or gettext("(empty)")


def last_saved(draft: Draft) -> tuple[str, str]:
    """Give who saved the form of a row last, and when."""
    row = getattr(draft, draft.part_of) if draft.inline else draft
    kind = ContentType.objects.get_for_model(type(row))
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    entry = entries.select_related("user").order_by("-action_time", "-pk").first()
    if entry is None:
        return gettext("Somebody"), gettext("time not known")
    user = entry.user
    moment = formats.date_format(timezone.localtime(entry.action_time), "SHORT_DATETIME_FORMAT")
    return user.get_full_name() or user.get_username(), moment

"""The forms of drafts: the languages of a text side by side, two editors told of each other."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from sextortion_help.publishing.content import LANGUAGES


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]  # one form for every kind of draft
    """Tells the second of two editors, before anything of the first is overwritten."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["edition"] = self.instance.edition

    def clean(self) -> dict[str, Any]:
        """Refuse to save over an edition this editor has not seen. What they wrote stays in the form.

        Saving once more is then taken as: I have compared, mine is the one.
        """
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance.pk:
            drafts = type(self.instance)._default_manager.select_for_update()
            newest = drafts.values_list("edition", flat=True).get(pk=self.instance.pk)
            if cleaned.get("edition") != newest:
                data = cast("QueryDict", self.data).copy()
                data[self.add_prefix("edition")] = str(newest)
                self.data = data
                raise forms.ValidationError(
                    gettext(
                        "Somebody else saved this while you were writing. Nothing of yours is lost: "
                        "it stands below, not saved yet. Open this page in a second window to "
                        "compare, then save again to keep yours."
                    )
                )
        return cleaned


class SideBySide:
    """A form that shows the languages of a text beside each other."""

    class Media:
        css = {"all": ("staff.css",)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Put the columns of each translated field on one row."""
        return [
            (name, {**options, "fields": _rows(options["fields"])})
            for name, options in super().get_fieldsets(request, obj)  # type: ignore[misc]  # an admin's
        ]


def _rows(fields: Iterable[Any]) -> list[Any]:
    rows: list[Any] = []
    for field in fields:
        stem, _, language = str(field).rpartition("_")
        if language not in LANGUAGES:
            rows.append(field)
        elif language == LANGUAGES[0]:
            rows.append(tuple(f"{stem}_{code}" for code in LANGUAGES))
    return rows


class DraftAdmin(SideBySide, TranslationAdmin):  # type: ignore[type-arg]  # of any draft
    """The form of any draft row."""

    form = DraftForm
    save_on_top = True
    exclude = ("edition",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "code") if obj and obj.code_for_life else fields


class DraftInline(SideBySide, TranslationStackedInline):  # type: ignore[type-arg]  # its stubs name two
    """Draft rows in the form of another: the steps of a page, the answers of a question."""

    exclude = ("edition",)
    extra = 0

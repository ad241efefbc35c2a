"""The lists of drafts, for people: names beside codes, what is written in which language, filters that matter."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sextortion_help.bounded import BoundedList
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.sources import columns, part_model
from sextortion_help.publishing.states import State, states


class StateList(BoundedList):
    """A list whose rows know their state, with one query for all of them."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for draft, state in zip(self.result_list, states(self.result_list), strict=True):
            draft.state = state


def searched(model: type[Draft], before: str = "") -> Iterator[str]:
    """Name every column of text of a kind and of its parts, as Django's search takes them."""
    for column in columns(model):
        if isinstance(column, models.CharField | models.TextField):
            yield f"{before}{column.name}"
    for name in model.parts:
        yield from searched(part_model(model, name), f"{before}{name}__")


def missing(draft: Draft) -> dict[str, int]:
    """Count the texts of a draft and its parts that a language lacks and must have."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for row in draft.rows():
        for name in row.translated:
            written = [bool(getattr(row, f"{name}_{code}")) for code in LANGUAGES]
            if any(written) or not row._meta.get_field(name).blank:  # type: ignore[union-attr]  # a column
                for code, there in zip(LANGUAGES, written, strict=True):
                    counts[code] += not there
    return {code: count for code, count in counts.items() if count}


class StateFilter(admin.SimpleListFilter):
    """How drafts stand beside what is live."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in State.values:
            return queryset
        drafts = list(queryset)
        found = zip(drafts, states(drafts), strict=True)
        return queryset.filter(pk__in=[draft.pk for draft, state in found if state == self.value()])


class ReviewFilter(admin.SimpleListFilter):
    """What somebody should look at again, or never looked at."""

    title = _("review")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("overdue")), ("never", _("never verified"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted: dict[str, dict[str, Any]] = {
            "yes": {"review_by__lt": timezone.localdate()},
            "never": {"verified_on__isnull": True},
        }
        return queryset.filter(**wanted.get(self.value() or "", {}))


class Among(admin.SimpleListFilter):
    """What has a value among those of a list, such as a purpose. Made by `among()`."""

    choices_: Any = ()
    or_none = False  # also what has an empty list

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.choices_() if callable(self.choices_) else self.choices_)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        found = models.Q(**{f"{self.parameter_name}__icontains": f'"{value}"'})
        if self.or_none:
            found |= models.Q(**{str(self.parameter_name): []})
        return queryset.filter(found)


def among(field: str, label: Any, choices: Any, *, or_none: bool = False) -> type[Among]:
    """Give a filter for a column that holds a list. `choices` may be a function."""
    given = {
        "title": label,
        "parameter_name": field,
        "choices_": staticmethod(choices) if callable(choices) else choices,
        "or_none": or_none,
    }
    return type(f"Among{field.title()}", (Among,), given)

"""A choice of several values whose order carries meaning, seen and changed without script."""

from collections.abc import Iterable
from typing import Any

from django import forms


class OrderedChoices(forms.Widget):
    """A row for each value: a box to choose it, and a number for its place among the chosen."""

    template_name = "admin/publishing/ordered.html"
    choices: Iterable[tuple[Any, Any]] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen = [str(each) for each in value or []]
        labels = {str(key): label for key, label in self.choices}
        rest = [key for key in labels if key not in chosen]
        context["widget"]["rows"] = [
            (key, labels.get(key, key), chosen.index(key) + 1 if key in chosen else "")
            for key in [*chosen, *rest]
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Give the chosen values by their numbers; equal or missing numbers stay as they stand."""
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        places = {value: data.get(f"{name}-{value}", "") for value in chosen}
        numbers = {v: int(p) if p.isascii() and p.isdecimal() else 9999 for v, p in places.items()}
        return sorted(chosen, key=lambda value: numbers[value])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # no box ticked is an answer too

    def id_for_label(self, id_: str) -> str:
        return ""  # a group has no single field to focus


class OrderedField(forms.MultipleChoiceField):
    """Values of a list, in the order in which the editor wants them."""

    widget = OrderedChoices

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])

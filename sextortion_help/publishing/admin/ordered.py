"""A choice of several values whose order carries meaning, seen and changed without script."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from sextortion_help.publishing.admin.moving import MOVE, buttons, moved


class OrderedChoices(forms.Widget):
    """A box for each value, the chosen ones first and in their order, each with buttons to move it.

    A browser sends the ticked boxes as they stand, so what is ticked newly goes last.
    """

    template_name = "admin/publishing/ordered.html"
    use_fieldset = True
    choices: Iterable[tuple[Any, Any]] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen = [str(each) for each in value or []]
        labels = {str(key): label for key, label in self.choices}
        rest = [key for key in labels if key not in chosen]
        several = len(chosen) > 1

        def move(key: str) -> SafeString:
            return buttons(name, key, labels.get(key, key))

        context["widget"]["rows"] = [
            (key, labels.get(key, key), key in chosen, several and key in chosen and move(key))
            for key in [*chosen, *rest]
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Give the ticked values as they stand, or as they stand after a button was pressed."""
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        values = list(dict.fromkeys(map(str, chosen)))
        return moved(values, str(data.get(MOVE, "")), name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # no box ticked is an answer too

    def id_for_label(self, id_: str) -> str:
        return ""  # a group has no single field to focus


class OrderedField(forms.MultipleChoiceField):
    """Values of a list, in the order in which the editor wants them."""

    widget = OrderedChoices

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])

"""Numbers that anybody may type into an address of the staff area."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList


def is_number(typed: str) -> bool:
    """Tell whether it may be the number of a row: every database has room for it."""
    return typed.isascii() and typed.isdecimal() and len(typed) < 10


class BoundedList(ChangeList):
    """A list that says of a number no row can have that it is no filter: a database would fail on it."""

    def get_filters_params(self, params: Any = None) -> Any:
        found = super().get_filters_params(params)
        for values in found.values():
            for value in [values] if isinstance(values, str) else values:
                if value.lstrip("-").isdecimal() and not is_number(value):
                    raise IncorrectLookupParameters
        return found

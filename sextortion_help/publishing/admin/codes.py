"""Codes that rows get without being asked for."""

from typing import Any

from sextortion_help.publishing.models import Draft


def with_free_code(draft: Draft) -> None:
    """Give a new row a code that none of its siblings has."""
    options: Any = draft._meta  # each kind has a field "code" of its own
    field = options.get_field("code")
    if not field.has_default() or not draft.part_of:
        return
    rows = type(draft)._default_manager.filter(
        **{f"{draft.part_of}_id": getattr(draft, f"{draft.part_of}_id")}
    )
    taken = set(rows.values_list("code", flat=True))
    for _ in range(10_000):
        if draft.code not in taken:
            return
        draft.code = field.get_default()

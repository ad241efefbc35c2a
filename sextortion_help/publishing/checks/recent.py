"""How recent the languages of a text are beside each other."""

from collections.abc import Iterator
from typing import Any

from sextortion_help.publishing import agreement
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.sources import Source


def recent_problems(row: Draft, new: Source, live: Source) -> Iterator[Problem]:
    """Warn of every text that changed in some languages since the live version, and not in the others.

    `new` and `live` are the sources of this row. What is new as a whole is compared with nothing.
    """
    for name in row.translated:
        said = agreement.stale(_columns(live, name), _columns(new, name))
        if said:
            url = row.edit_url(f"{name}_{LANGUAGES[0]}")
            yield Problem(f"{row}: {_label(row, name)}: {said}.", url, warning=True)
    for name in row.parts:
        before = {part["code"]: part for part in live.get(name, ())}
        for part, source in zip(getattr(row, name).all(), new[name], strict=True):
            if part.code in before:
                yield from recent_problems(part, source, before[part.code])


def _columns(source: Source, name: str) -> dict[str, Any]:
    return {code: source.get(f"{name}_{code}") or "" for code in LANGUAGES}


def _label(row: Draft, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return str(field.verbose_name)

"""What the broken rules of a quiz say to its editor."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from quiz.graph import Fault
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.problems import Problem

SENTENCES: Final[Mapping[str, Any]] = {
    "no start": _("Nothing is marked as the start."),
    "several starts": _("There is already a start; only one can be it."),
    "fewer than two": _("There must be at least two choices here."),
    "same label": _("Two choices say the same."),
    "no target": _("This choice leads nowhere."),
    "nobody gets here": _("No path leads here."),
    "loop": _("A path from here comes back to it."),
    "no end ahead": _("No path from here comes to an end."),
    "too long": _("This path is too long."),
}


def in_words(
    draft: Draft, faults: Iterable[Fault], sentences: Mapping[str, Any], fields: Mapping[str, str]
) -> list[Problem]:
    """Say each fault as a problem of the row it is about. `fields` names the field that mends it: of a text
    without its language, where the fault knows it.

    `sentences` are those of the rules that only this kind of quiz has.
    """
    problems = []
    for fault in faults:
        row = _row(draft, fault.where)
        sentence = sentences.get(fault.rule) or SENTENCES[fault.rule]
        field = "_".join(filter(None, [fields.get(fault.rule, ""), fault.language]))
        problems.append(Problem(f"{row}: {sentence}", row.edit_url(field)))
    return problems


def _row(draft: Draft, where: tuple[str, ...]) -> Draft:
    for name, code in zip(where[::2], where[1::2], strict=True):
        draft = next(part for part in getattr(draft, name).all() if part.code == code)
    return draft

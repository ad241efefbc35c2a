"""Up and down: buttons that save the form they stand on, and move one row among its siblings."""

from itertools import pairwise
from typing import Any, Final

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sextortion_help.publishing.admin.recording import besides, done
from sextortion_help.publishing.admin.rights import may
from sextortion_help.publishing.models import HIGHEST, Draft
from sextortion_help.publishing.sources import part_model

MOVE: Final = "_move"  # the name of the buttons; their values: "answers:12:up"
STEPS: Final = {"up": -1, "down": 1}


def buttons(name: str, value: Any, label: object) -> SafeString:
    """Give the two buttons of a row; `label` is what they move, for those who do not see it."""
    return format_html(
        '<span class="move" id="row-{0}-{1}" tabindex="-1">'
        '<button type="submit" name="{2}" value="{0}:{1}:up" title="{3}">'
        '<span aria-hidden="true">↑</span><span class="visually-hidden">{3}: {5}</span></button> '
        '<button type="submit" name="{2}" value="{0}:{1}:down" title="{4}">'
        '<span aria-hidden="true">↓</span><span class="visually-hidden">{4}: {5}</span></button></span>',
        name, value, MOVE, gettext("up"), gettext("down"), _short(label),
    )  # fmt: skip


def moved(values: list[str], asked: str, name: str) -> list[str]:
    """Give the values of a field in their order after its button was pressed."""
    field, _, rest = asked.partition(":")
    value, _, step = rest.rpartition(":")
    if field != name or step not in STEPS or value not in values:
        return values
    place = values.index(value)
    other = place + STEPS[step]
    if 0 <= other < len(values):
        values = [*values]
        values[place], values[other] = values[other], values[place]
    return values


def move_part(request: HttpRequest, owner: Draft, asked: str) -> None:
    """Move a row that belongs to the owner, if the button that was pressed is one of such a row."""
    relation, _, rest = asked.partition(":")
    pk, _, step = rest.partition(":")
    if relation not in owner.parts or step not in STEPS or not (pk.isascii() and pk.isdecimal()):
        return
    model = part_model(type(owner), relation)
    row = next((row for row in getattr(owner, relation).all() if str(row.pk) == pk), None)
    if row is not None and may(request, "change", model) and move(row, STEPS[step]):
        besides(request, done("changed", row, "order"))


def move(row: Draft, step: int) -> bool:
    """Let a row change places with its neighbour, and tell whether it has one. Others keep their numbers
    where these suffice.
    """
    rows = list(row.siblings())
    place = [one.pk for one in rows].index(row.pk)
    other = place + step
    if not 0 <= other < len(rows):
        return False
    numbers = [one.order for one in rows]
    if any(one >= after for one, after in pairwise(numbers)):
        numbers = [min((n + 1) * 10, HIGHEST) for n in range(len(rows))]
    rows[place], rows[other] = rows[other], rows[place]
    for one, number in zip(rows, numbers, strict=True):
        if one.order != number:
            one.order = number
            one.save(update_fields=["order", "edition"])
    return True


def _short(label: object) -> str:
    text = " ".join(str(label).split())
    return text if len(text) <= 60 else text[:59] + "…"

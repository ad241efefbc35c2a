"""The outside addresses of what is live, and those that do not work."""

import html
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sextortion_help.desk.models import OutsideAddress, Summary
from sextortion_help.desk.summaries import OUTSIDE
from sextortion_help.desk.work import Row, kinds, row
from sextortion_help.publishing.content import Contents, Text
from sextortion_help.publishing.live import live

# Why an address does not work: the words that checking.py says.
REASONS: Final[dict[str, Any]] = {
    "name": _("there is no site of this name"),
    "private": _("it leads into a private network"),
    "scheme": _("it is no http or https address"),
    "redirects": _("it redirects too often"),
    "time": _("it did not answer in time"),
    "certificate": _("its certificate is not valid"),
    "connection": _("it could not be reached"),
}


def outside(contents: Contents) -> dict[str, set[tuple[str, str]]]:
    """Give every outside address of live content, with the kind and code of all that names it."""
    named = {model.content_class: kind for kind, model in kinds().items()}
    found: dict[str, set[tuple[str, str]]] = {}
    for content in contents.items.values():
        for words in _strings(content):
            for address in OUTSIDE.findall(html.unescape(words)):
                found.setdefault(address, set()).add((named[type(content)], content.code))
    return found


def dead(summaries: Iterable[Summary], language: str) -> list[Row]:
    """Give each address that did not work when it was last tried, with the field that names it."""
    used = outside(live())
    broken = {one.address: one for one in OutsideAddress.objects.filter(works=False)}
    found = []
    for summary in summaries:
        fields = dict(reversed(summary.outside))
        for address, one in broken.items():
            if (summary.kind, summary.code) in used.get(address, ()):
                day = formats.date_format(timezone.localtime(one.checked_at), "SHORT_DATE_FORMAT")
                said = gettext("%(address)s: %(why)s (tried on %(day)s)")
                values = {"address": address, "why": why(one.said), "day": day}
                found.append(row(summary, language, said % values, fields.get(address, "")))
    return found


def why(said: str) -> str:
    """Say in words what checking.py found."""
    return str(REASONS.get(said) or gettext("it answers with the error %s") % said)


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Text | msgspec.Struct):
        for name in part.__struct_fields__:
            yield from _strings(getattr(part, name))
    elif isinstance(part, tuple):
        for each in part:
            yield from _strings(each)

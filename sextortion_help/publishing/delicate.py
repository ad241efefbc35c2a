"""What in a change needs a second person. Pure, but for the names that models give fields.

A wrong number, chat, address or hour leads a child in danger to nobody, or to somebody else; and what
is taken off the site helps nobody. Issue 15 names them: numbers, chats, addresses, hours, emergency
numbers, and every retirement. (Where the exit leads is no content: only who runs the machine sets it.)

- A model names its own columns of this sort in `delicate`.
- In any text, what can be called or followed is of this sort: the links to other sites, numbers and
  mail addresses, and every number that could be dialled. A text may change around them.
- What is new beside what is live counts, and so does what goes. A draft that says what is live says
  nothing here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext

from sextortion_help.publishing import markdown
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.sources import Source, part_model
from sextortion_help.publishing.text import matching

# At least three digits: 112, 1813, 116 000, +32 2 123 45 67. No amount, percentage, date or year.
_NUMBER: Final = re.compile(
    r"(?<![\w{€$£.,-])(?<![€$£] )\+?\d(?:[ .'/-]?\d){2,19}(?![\w%€$£]|,\d| ?[€$£%])"
)
_NO_NUMBER: Final = re.compile(r"(?:19|20)\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2}")
_OTHERS: Final = re.compile(r"(?:https?|tel|sms|mailto):\S+", re.IGNORECASE)
# bounded: 200,000 letters without an @ would be tried from each of them
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Delicate:
    """One value that differs: where it stands, its name for staff, what is live, what would be."""

    key: str
    name: str
    old: str
    new: str


def delicate(model: type[Draft], old: Source, new: Source) -> list[Delicate]:
    """Give what differs between two sources of one kind and needs a second person.

    {} stands for what is not live: a new object's `old`, a retired object's `new`.
    """
    before, after = values(model, old), values(model, new)
    found = [
        Delicate(key, name, before.get(key, ("", ""))[1], after.get(key, ("", ""))[1])
        for key, (name, _) in {**before, **after}.items()
        if before.get(key, ("", ""))[1] != after.get(key, ("", ""))[1]
    ]
    if old and not new:
        return [Delicate("", gettext("Off the site"), str(old.get("code", "")), ""), *found]
    return found


def values(model: type[Draft], source: Source, where: str = "", name: str = "") -> dict[str, Any]:
    """Give every delicate value of a source that is not empty: {key: (its name for staff, in words)}.

    A key is "address" or, in a part, "channels/bcdf/address": the same for as long as the row is there.
    """
    found = dict[str, tuple[str, str]]()
    for column in _columns(model) if source else ():
        if said := _said(model, column, source.get(column.name)):
            found[where + column.name] = (f"{name}{column.verbose_name}", said)
    for relation in model.parts:
        part = part_model(model, relation)
        for row in source.get(relation, ()):
            code = row.get("code", "")
            label = f"{name}{part._meta.verbose_name} {code}, "
            found |= values(part, row, f"{where}{relation}/{code}/", label)
    return found


def dialled(words: str) -> list[str]:
    """Give everything in a text, plain or Markdown, that can be called, written to, or followed away."""
    shown = f"{matching(words).text}\n{matching(markdown.plain(words)).text}"
    links = [each for each in markdown.links(words) if _OTHERS.match(each)]
    links += [each.rstrip(".,;:!?)»”>") for each in _OTHERS.findall(shown)]
    called = [each[4:] for each in links if each.lower().startswith("tel:")]
    rest = _MAIL.sub(" ", _OTHERS.sub(" ", shown))
    numbers = [each for each in _NUMBER.findall(rest) if not _NO_NUMBER.fullmatch(each)]
    digits = {re.sub(r"[^\d+]", "", each) for each in (*called, *numbers)}
    written = {*links, *_MAIL.findall(_OTHERS.sub(" ", shown))}
    return sorted(digits | {each for each in written if not each.lower().startswith("tel:")})


def _columns(model: type[Draft]) -> Iterator[Any]:
    texts = {f"{name}_{code}" for name in model.translated for code in LANGUAGES}
    for field in model._meta.concrete_fields:
        if field.name in model.delicate or field.name in texts:
            yield field


def _said(model: type[Draft], column: Any, value: Any) -> str:
    """Give a column's value in words: as it is where the model names it, else what it says to call."""
    if not value:
        return ""
    if column.name not in model.delicate:
        return ", ".join(dialled(str(value)))
    if isinstance(column, models.CharField) and column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)

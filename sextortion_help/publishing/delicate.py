"""What in a change needs a second person. Pure, but for the names that models give fields.

A wrong number, chat, address or hour leads a child in danger to nobody, or to somebody else; and what
is taken off the site helps nobody. Issue 15 names them: numbers, chats, addresses, hours, emergency
numbers, and every retirement. (Where the exit leads is no content: only who runs the machine sets it.)

- A model names its own columns of this sort in `delicate`.
- In any text, what can be called or followed is of this sort: the links to other sites, numbers and
  mail addresses, and every number that could be dialled. A text may change around them.
- What is new beside what is live counts, and so does what goes. A draft that says what is live says
  nothing here.
- Columns that say where something is seen, such as a country or a list of purposes, are of this sort
  where a change takes it off the site for somebody: not of a new object, and not for their order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext

from sextortion_help.publishing import markdown
from sextortion_help.publishing.compare import in_words
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
    """One value that differs: where it stands, its name for staff, what is live, what would be.

    `kept` is what would be as `Value` keeps it.
    """

    key: str
    name: str
    old: str
    new: str
    kept: str = ""


@dataclass(frozen=True)
class Value:
    """A delicate value: its name for staff, its column, what tells it from others in any language, its words."""

    name: str
    column: Any
    kept: str
    words: str


def delicate(model: type[Draft], old: Source, new: Source) -> list[Delicate]:
    """Give what differs between two sources of one kind and needs a second person.

    {} stands for what is not live: a new object's `old`, a retired object's `new`.
    """
    before, after = values(model, old), values(model, new)
    found = []
    for key, one in {**before, **after}.items():
        then, now = before.get(key), after.get(key)
        if kept(then) != kept(now) and (old or _is_text(one.column)):
            was, becomes = _words(one, then, now, both=bool(old and new))
            found.append(Delicate(key, one.name, was, becomes, kept(now)))
    if old and not new:
        return [Delicate("", gettext("Off the site"), str(old.get("code", "")), ""), *found]
    return found


def kept(value: Value | None) -> str:
    """Give what tells a value from others, "" for none."""
    return value.kept if value else ""


def values(model: type[Draft], source: Source, where: str = "", name: str = "") -> dict[str, Value]:
    """Give every delicate value of a source that is not empty, by its key.

    A key is "address" or, in a part, "channels/bcdf/address": the same for as long as the row is there.
    """
    found = dict[str, Value]()
    for column in _columns(model) if source else ():
        kept, words = _said(model, column, source.get(column.name))
        if kept:
            found[where + column.name] = Value(f"{name}{column.verbose_name}", column, kept, words)
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


def _said(model: type[Draft], column: Any, value: Any) -> tuple[str, str]:
    """Give what is kept of a value, and its words: all of it where the model names it, else what it says to call."""
    if not value:
        return "", ""
    if column.name not in model.delicate:
        said = ", ".join(dialled(str(value)))
        return said, said
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value))), in_words(value)
    return str(value), str(dict(column.flatchoices or ()).get(value, in_words(value)))


def _words(value: Value, then: Value | None, now: Value | None, *, both: bool) -> tuple[str, str]:
    """Say what was and what would be: of a box that is not ticked "no", where `both` objects are there."""
    box = both and isinstance(value.column, models.BooleanField)
    nothing = in_words(False) if box else ""
    return then.words if then else nothing, now.words if now else nothing


def _is_text(column: Any) -> bool:
    return isinstance(column, models.CharField | models.TextField)

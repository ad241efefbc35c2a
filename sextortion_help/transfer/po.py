"""Texts as a PO file, as Poedit and Weblate open it, and back.

The key of a text is its context, its words in the language translated from are the source string.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import polib
from django.utils import timezone
from django.utils.translation import gettext

from sextortion_help.transfer.history import History
from sextortion_help.transfer.rows import Fault, Row, Table, Unreadable, language_faults
from sextortion_help.transfer.texts import Item

_SOURCE: Final = "X-Source-Language"
# polib takes a string that is the name of a file for that file; this line is the name of none.
_NO_NAME: Final = "# Baken\n"
_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_LINE: Final = re.compile(
    rf"(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+{_STRING}|{_STRING}|)"
)
_PLACE: Final = re.compile(r"line (\d+)")


def write(items: Iterable[Item], source: str, target: str, known: History) -> str:
    """Give a PO file of these texts. What is not written in `source` is left out: nobody can translate it."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "Baken",
        "PO-Revision-Date": timezone.now().strftime("%Y-%m-%d %H:%M+0000"),
        "Language": target,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _SOURCE: source,
    }
    for item in items:
        if words := item.within(source):
            entry = polib.POEntry(msgctxt=item.key, msgid=words, msgstr=item.within(target))
            entry.comment = "\n".join(_said(item, source, target, known))
            if known.is_older(item, target, source):
                entry.flags.append("fuzzy")
            file.append(entry)
    return f"{file}\n"


def _said(item: Item, source: str, target: str, known: History) -> Iterator[str]:
    yield item.where
    if item.is_markdown:
        yield gettext("Markdown: keep its marks, links and blanks.")
    elif blanks := item.row.blanks.get(item.field):
        yield gettext("Keep the blanks: %s.") % ", ".join(f"{{{name}}}" for name in blanks)
    if item.longest:
        yield gettext("At most %d characters.") % item.longest
    for language in (source, target):
        if item.within(language):
            day = known.day(item, language)
            said = day.isoformat() if day else gettext("in the draft, not published yet")
            yield gettext("Last change, %(language)s: %(day)s") % {
                "language": language,
                "day": said,
            }


def read(text: str) -> Table:
    """Read a PO file back. Raises Unreadable, with every line that is wrong."""
    lines = text.splitlines()
    said = gettext("This is not a line of a PO file: %s")
    wrong = [
        Fault(number, said % line.strip()[:60])
        for number, line in enumerate(lines, 1)
        if not _LINE.fullmatch(line.strip())
    ]
    if wrong:
        raise Unreadable(wrong)
    try:
        file = polib.pofile(_NO_NAME + text, encoding="utf-8")
    except (OSError, ValueError, IndexError, AttributeError) as error:
        found = _PLACE.search(str(error))
        said = gettext(
            "The parts of a text do not stand in their order here: msgctxt, msgid, msgstr."
        )
        raise Unreadable([Fault(int(found[1]) - 1 if found else 0, said)]) from error
    source = file.metadata.get(_SOURCE, "")
    target = re.split(r"[_@-]", file.metadata.get("Language", ""))[0]
    faults = [*_charset(file), *language_faults(source, target, 1)]
    rows = []
    for entry in file:
        line = max(1, (entry.linenum or 1) - 1)
        if entry.msgid_plural or entry.msgstr_plural:
            faults.append(Fault(line, gettext("A text has no plural forms here.")))
        if not entry.obsolete:
            unsure = "fuzzy" in entry.flags
            rows.append(Row(line, entry.msgctxt or "", entry.msgid, entry.msgstr, unsure))
    if faults:
        raise Unreadable(faults)
    return Table(source, target, rows)


def _charset(file: polib.POFile) -> Iterator[Fault]:
    found = re.search(r"charset=([\w-]+)", file.metadata.get("Content-Type", ""))
    if found and found[1].lower() not in ("utf-8", "utf8"):
        said = gettext("The file says that it is written in %s. Save it as UTF-8.")
        yield Fault(1, said % found[1])

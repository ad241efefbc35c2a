"""Texts as three columns for a spreadsheet, and back: the key, the source, the translation.

The first line names the languages: "key;nl;fr". A cell that a spreadsheet would reckon gets an
apostrophe before it, which is taken off again: OWASP, "CSV injection".
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext

from sextortion_help.transfer.rows import (
    MOST_BYTES,
    Fault,
    Row,
    Table,
    Unreadable,
    language_faults,
)
from sextortion_help.transfer.texts import Item

_RECKONED: Final = re.compile(r"[=+\-@\t\r＝＋－＠]")
_TAKEN_OFF: Final = re.compile(r"'(?=[=+\-@\t\r＝＋－＠'])")
_KEY: Final = "key"

csv.field_size_limit(MOST_BYTES)  # a cell may hold as much as a file


def write(items: Iterable[Item], source: str, target: str) -> str:
    """Give the columns of these texts, as spreadsheets of our countries open them at once."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow((_KEY, source, target))
    for item in items:
        if words := item.within(source):
            writer.writerow(map(neutral, (item.key, words, item.within(target))))
    return "\ufeff" + file.getvalue()


def neutral(words: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    marked = _RECKONED.match(words) or _TAKEN_OFF.match(words)
    return f"'{words}" if marked else words


def as_written(cell: str) -> str:
    """Give the words that `neutral()` made a cell of; any other cell as it is."""
    return cell[1:] if _TAKEN_OFF.match(cell) else cell


def is_one(text: str) -> bool:
    """Tell whether a text begins as the three columns do."""
    return re.match(r"\s*\"?key\"?\s*[;,\t]", text, re.IGNORECASE) is not None


def read(text: str) -> Table:
    """Read three columns back, between commas, semicolons or tabs. Raises Unreadable, with every line."""
    first = text.splitlines()[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    faults, rows, line = list[Fault](), list[list[str]](), list[int]()
    said = gettext("This line has %d columns; three are needed: key, source, translation.")
    try:
        while True:
            number = reader.line_num + 1
            cells = next(reader)
            if cells and len(cells) != 3:
                faults.append(Fault(number, said % len(cells)))
            elif cells:
                rows.append(cells)
                line.append(number)
    except StopIteration:
        pass
    except csv.Error as error:
        said = gettext("This line cannot be read as columns (%s).")
        faults.append(Fault(number, said % error))
    head = [cell.strip().lower() for cell in rows[0]] if rows else ["", "", ""]
    if head[0] != _KEY:
        said = gettext("The first line must be “key”, then the two languages, such as “key;nl;fr”.")
        faults.insert(0, Fault(1, said))
    else:
        faults[:0] = language_faults(head[1], head[2], 1)
    if faults:
        raise Unreadable(faults)
    found = [
        Row(place, as_written(key), as_written(source), as_written(translation))
        for place, (key, source, translation) in zip(line, rows, strict=True)
    ]
    return Table(head[1], head[2], found[1:])

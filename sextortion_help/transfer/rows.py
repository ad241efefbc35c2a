"""What a file of translations holds once it is read: rows, and what is wrong with its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from sextortion_help.publishing.content import LANGUAGES

MOST_BYTES: Final = 5 * 2**20  # several times all texts of the site in two languages


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, and on which line; line 0 is the file itself."""

    line: int
    text: str


@dataclass(frozen=True)
class Row:
    """One text of a file. `unsure`: the translator's tool marked it as not finished."""

    line: int
    key: str
    source: str
    translation: str
    unsure: bool = False


@dataclass(frozen=True)
class Table:
    """A file of translations: from one language into another."""

    source: str
    target: str
    rows: Sequence[Row]


class Unreadable(Exception):
    """A file that cannot be taken; it has `faults`, and the HTTP status that says so."""

    def __init__(self, faults: Sequence[Fault], status: int = 422) -> None:
        super().__init__("; ".join(fault.text for fault in faults))
        self.faults = sorted(faults, key=lambda fault: fault.line)
        self.status = status


class Moved(Exception):
    """Between looking and confirming, somebody changed what the file changes."""


def decoded(content: bytes) -> str:
    """Give the text of a file. Raises Unreadable for what is no text in UTF-8, or is too large."""
    if len(content) > MOST_BYTES:
        raise too_large()
    if content[:2] in (b"PK", b"\x1f\x8b"):
        raise Unreadable([Fault(0, gettext("This is an archive. Take the file out of it first."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = gettext("This is not written in UTF-8. Save the file as UTF-8.")
        raise Unreadable([Fault(line, said)]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable([Fault(line, gettext("This is not a text: it holds an empty byte."))])
    if not text.strip():
        raise Unreadable([Fault(0, gettext("The file is empty."))])
    return text


def too_large() -> Unreadable:
    """Give what is raised for a file that is larger than it may be."""
    said = gettext("The file is larger than %d MB.") % (MOST_BYTES // 2**20)
    return Unreadable([Fault(0, said)], 413)


def language_faults(source: str, target: str, line: int) -> list[Fault]:
    """Name what is wrong with the languages a file says it is from and into."""
    said = gettext("The file does not say from which language it is translated: %s.")
    faults = [] if source in LANGUAGES else [Fault(line, said % (source or "–"))]
    if target not in LANGUAGES:
        said = gettext("The file does not say into which language it is translated: %s.")
        faults.append(Fault(line, said % (target or "–")))
    elif source == target:
        said = gettext("The file is translated from %s into the same language.")
        faults.append(Fault(line, said % source))
    return faults

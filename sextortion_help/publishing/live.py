"""The published content, in the memory of this process.

`live()` is what every public page reads, once a request; it never touches the database. A thread
looks for newer versions once a second. When the database does not answer, the process goes on with
what it has.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import msgspec
from django.db import Error, close_old_connections, connection
from django.db.models import Max

from sextortion_help.publishing.content import Content, Contents
from sextortion_help.publishing.freezing import content_of
from sextortion_help.publishing.models import Version

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 1.0

type Key = tuple[str, str]  # the kind and the code of an object


@dataclass
class _Memory:
    contents: Contents = field(default_factory=Contents)
    unreadable: dict[Key, str] = field(default_factory=dict)
    failing_since: float | None = None


_memory = _Memory()
_lock = threading.Lock()


def live() -> Contents:
    """Give the content that visitors see now. Empty until the first `refresh()`."""
    return _memory.contents


def unreadable() -> list[str]:
    """Name the newest versions that this code cannot read: "page steps/paid 3". For staff and /health/."""
    return sorted(filter(None, _memory.unreadable.values()))


def database_failing_seconds() -> float:
    """Give for how many seconds the database has not answered; 0 when it did the last time."""
    since = _memory.failing_since
    return 0.0 if since is None else time.monotonic() - since


def from_database() -> Contents:
    """Load what is live from the database, for those who publish."""
    return _read(Contents(), Version.objects.newest())[0]


def refresh() -> bool:
    """Take over what was published since the last time, and tell whether there was anything.

    Reads only the new versions. Never raises because of the database: the content in memory stays,
    and `database_failing_seconds()` counts.
    """
    with _lock:
        try:
            new = _look()
        except Error:
            if _memory.failing_since is None:
                _memory.failing_since = time.monotonic()
                logger.exception("content cannot be refreshed; the last good revision stays")
            return False
        _memory.failing_since = None
        return new


def watch() -> None:
    """Load the content now, then look for newer in a thread for as long as the process lives."""
    refresh()
    threading.Thread(target=_look_for_ever, name="watch-content", daemon=True).start()


def _look_for_ever() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        refresh()
        if database_failing_seconds():
            connection.close()  # else a connection that died stays dead
        else:
            close_old_connections()


def _look() -> bool:
    known = _memory.contents.revision
    newest = Version.objects.aggregate(newest=Max("id"))["newest"] or 0
    if newest == known:
        return False
    if 0 < known < newest:
        _memory.contents, unreadable = _read(
            _memory.contents, Version.objects.filter(id__gt=known).order_by("id")
        )
        _memory.unreadable = {**_memory.unreadable, **unreadable}
    else:  # the first look, or an older database was put in the place of ours
        _memory.contents, _memory.unreadable = _read(Contents(), Version.objects.newest())
    for name in filter(None, _memory.unreadable.values()):
        logger.error("this program cannot read the version: %s", name)
    return True


def _read(contents: Contents, versions: Iterable[Version]) -> tuple[Contents, dict[Key, str]]:
    """Give these contents as these versions change them, and the versions that cannot be read.

    An object whose version cannot be read stays as it was in its last one that can: a page that goes
    dark helps nobody, and the mend is published like any other change. "" for what can be read again.
    """
    revision, unreadable = contents.revision, dict[Key, str]()
    items = dict(contents.items)
    for version in versions:
        revision = max(revision, version.id)
        key = (version.kind, version.code)
        found, content = next(_readable(version), (None, None))
        unreadable[key] = "" if found is version or version.retired else str(version)
        if found and content:
            items.pop((type(content), content.code), None)
            if not (version.retired or found.retired):
                items[type(content), content.code] = content
    return Contents(revision, items), unreadable


def _readable(version: Version) -> Iterator[tuple[Version, Content]]:
    """Give this version and the older ones of the same object, newest first, without the unreadable."""
    older = Version.objects.filter(kind=version.kind, code=version.code, id__lt=version.id)
    for each in chain([version], older.order_by("-id").iterator()):
        with suppress(msgspec.ValidationError, KeyError):
            yield each, content_of(each)

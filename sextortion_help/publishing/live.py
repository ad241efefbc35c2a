"""The published content, in the memory of this process.

`live()` is what every public page reads, once a request; it never touches the database. A thread
looks for newer versions once a second. When the database does not answer, the process goes on with
what it has, and says for how long: see `/health/`.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

import msgspec
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from sextortion_help.publishing.content import Content, Contents, Read
from sextortion_help.publishing.freezing import content_of
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.places import changes

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 1.0
# A connection that is silent for longer is given up: nothing else tells that its other end has gone.
SECONDS_FOR_A_LOOK: Final = 5.0
SECONDS_A_CHANGE_IS_KNOWN: Final = 900.0
# A look takes milliseconds. Who publishes waits no longer for one that hangs: the next look will see it.
_SECONDS_FOR_ANOTHER: Final = 2.0

type Key = tuple[str, str]  # the kind and the code of an object


class Change(NamedTuple):
    """What reads differently since a revision, None for everything; `at` on the clock of time.monotonic()."""

    since: int
    read: frozenset[Read] | None
    at: float


@dataclass
class _Memory:
    contents: Contents = field(default_factory=Contents)
    unreadable: dict[Key, str] = field(default_factory=dict)
    # what changed from each of these revisions to the next: all that was seen in the last minutes
    changes: list[Change] = field(default_factory=list)
    # on the clock of time.monotonic(); from the start of the process until the first time
    answered: float = field(default_factory=time.monotonic)  # when the database last did
    watched: float = field(default_factory=time.monotonic)  # when the watcher last ended a look
    failing: bool = False


_memory = _Memory()
_lock = threading.Lock()


def live() -> Contents:
    """Give the content that visitors see now. Empty until the first `refresh()`."""
    return _memory.contents


def touches(revision: int, read: Set[Read], seconds: float) -> bool:
    """Tell whether what was read of a revision may read differently now.

    Also when that revision was replaced longer ago than these seconds: no page stands on our knowing
    what it read for longer than that.
    """
    since = [change for change in _memory.changes if change.since >= revision]
    if not since or since[0].since != revision:
        return True
    oldest = time.monotonic() - seconds
    return any(
        change.at < oldest or change.read is None or not change.read.isdisjoint(read)
        for change in since
    )


def unreadable() -> list[str]:
    """Name the newest versions that this code cannot read: "page steps/paid 3". For staff and /health/."""
    return sorted(filter(None, _memory.unreadable.values()))


def seconds_since_database() -> float:
    """Give how many seconds ago the database answered last."""
    return time.monotonic() - _memory.answered


def seconds_since_watched() -> float:
    """Give how many seconds ago the thread that looks for new content came to an end of a look."""
    return time.monotonic() - _memory.watched


def from_database() -> Contents:
    """Load what is live from the database, for those who publish."""
    return _read(Contents(), Version.objects.newest())[0]


def refresh() -> bool:
    """Take over what was published since the last time, and tell whether there was anything.

    Reads only the new versions. Never raises: whatever fails, the content in memory stays and
    `seconds_since_database()` counts.
    """
    if not _lock.acquire(timeout=_SECONDS_FOR_ANOTHER):
        return False
    try:
        new = _look()
    except Exception:
        if not _memory.failing:
            _memory.failing = True
            logger.exception("content cannot be refreshed; the last good revision stays")
        return False
    else:
        _memory.failing, _memory.answered = False, time.monotonic()
        return new
    finally:
        _lock.release()


def watch() -> None:
    """Load the content now, then look for newer in a thread for as long as the process lives."""
    _look_once()
    threading.Thread(target=_look_for_ever, name="watch-content", daemon=True).start()


def _look_for_ever() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        _look_once()


def _look_once() -> None:
    """Refresh on the connection of this thread, and hang up when it is silent."""
    connection = connections[DEFAULT_DB_ALIAS]
    patience = threading.Timer(SECONDS_FOR_A_LOOK, _hang_up, [connection])
    patience.daemon = True
    patience.start()
    refresh()
    patience.cancel()
    if _memory.failing:
        connection.close()  # else a connection that died stays dead
    else:
        close_old_connections()
    _memory.watched = time.monotonic()


def _hang_up(connection: BaseDatabaseWrapper) -> None:
    """Close the socket under a connection that another thread waits for, which fails there then.

    The server may be stopped, or a firewall may have forgotten us: then no timeout of the server's
    own ends a query, and its kernel may go on saying that all is well.
    """
    if connection.vendor == "postgresql" and (opened := connection.connection):
        with suppress(Exception), socket.socket(fileno=os.dup(opened.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def _look() -> bool:
    known = _memory.contents.revision
    newest = Version.objects.aggregate(newest=Max("id"))["newest"] or 0
    if newest == known:
        return False
    if 0 < known < newest:
        before = _memory.contents
        after, unreadable = _read(before, Version.objects.filter(id__gt=known).order_by("id"))
        now = time.monotonic()
        seen = [change for change in _memory.changes if now - change.at < SECONDS_A_CHANGE_IS_KNOWN]
        _memory.changes = [*seen, Change(known, changes(before, after), now)]
        _memory.contents = after
        _memory.unreadable = {**_memory.unreadable, **unreadable}
    else:  # the first look, or an older database was put in the place of ours
        _memory.changes = []
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

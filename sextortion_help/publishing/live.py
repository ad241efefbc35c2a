"""The published content, in the memory of this process.

`live()` is what every public view reads; it never touches the database. A thread looks for a newer
revision once a second. When the database does not answer, the process goes on with what it has.
"""

import logging
import re
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import msgspec
from django.apps import apps
from django.db import Error, close_old_connections, connection
from django.db.models import Max
from django.urls import Resolver404, resolve
from django.utils import translation

from sextortion_help.publishing.content import LANGUAGES, Content
from sextortion_help.publishing.models import Publishable, Version

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 1.0
_OWN_PATH: Final = re.compile(rf'href=\\"/(?:{"|".join(LANGUAGES)})(/[^"\\?#]*)')


@dataclass(frozen=True)
class Live:
    """All content of one revision. `contents` is keyed by (kind of content, code)."""

    revision: int = 0
    contents: dict[tuple[type[Content], str], Content] = field(default_factory=dict)

    def get[C: Content](self, kind: type[C], code: str) -> C | None:
        """Give the live content of this kind and code, or None."""
        return self.contents.get((kind, code))  # type: ignore[return-value]  # the key names the type

    def all[C: Content](self, kind: type[C]) -> list[C]:
        """Give all live content of a kind, in the order the editors chose."""
        found = [content for content in self.contents.values() if isinstance(content, kind)]
        return sorted(found, key=lambda content: (content.order, content.code))

    def everything(self) -> list[Content]:
        """Give all live content of every kind."""
        return list(self.contents.values())

    def plus(self, contents: Iterable[Content]) -> "Live":
        """What would be live if these were published too."""
        return Live(
            self.revision,
            {**self.contents, **{(type(content), content.code): content for content in contents}},
        )

    def minus(self, content: Content) -> "Live":
        """What would be live without this one."""
        rest = {key: value for key, value in self.contents.items() if value != content}
        return Live(self.revision, rest)

    def has_path(self, path: str) -> bool:
        """Tell whether a path without language, "/steps/paid/", leads to a page that is live."""
        path = re.split(r"[?#]", path)[0]
        try:
            with translation.override(LANGUAGES[0]):  # only the active language's prefix resolves
                match = resolve(f"/{LANGUAGES[0]}{path}")
        except Resolver404:
            return False
        there = getattr(match.func, "there", None)
        return there is not None and there(self, *match.args, **match.kwargs)

    def dead_links(self, content: Content) -> list[str]:
        """Name everything this content links to or needs that is not live."""
        paths = dict.fromkeys(_OWN_PATH.findall(msgspec.json.encode(content).decode()))
        return [path for path in paths if not self.has_path(path)] + content.lacks(self)


@dataclass
class _Memory:
    live: Live = field(default_factory=Live)
    failing_since: float | None = None


_memory = _Memory()
_lock = threading.Lock()


def live() -> Live:
    """Give the content that visitors see now. Empty until the first `refresh()`."""
    return _memory.live


def database_failing_seconds() -> float:
    """Give for how many seconds the database has not answered; 0 when it did the last time."""
    since = _memory.failing_since
    return 0.0 if since is None else time.monotonic() - since


def content_of(version: Version) -> Content:
    """Read a version back into the content type of its kind."""
    return msgspec.convert(version.data, _content_classes()[version.kind])


def from_database() -> Live:
    """Load the newest version of everything that is not retired. Two queries.

    Raises what `content_of()` raises for a version this code cannot read.
    """
    revision = Version.objects.aggregate(highest=Max("id"))["highest"] or 0
    contents = [content_of(version) for version in Version.objects.newest().filter(retired=False)]
    return Live(revision).plus(contents)


def readable() -> Live:
    """Load the same without what cannot be read, so that staff can still publish the mend of it."""
    contents = []
    for version in Version.objects.newest().filter(retired=False):
        with suppress(msgspec.ValidationError, KeyError):
            contents.append(content_of(version))
    return Live().plus(contents)


def refresh() -> bool:
    """Take over a newer revision if there is one, and tell whether there was.

    Never raises because of the database: the content in memory stays, and `database_failing_seconds()`
    counts. A version this code cannot read is an error of ours: it is logged, and the old stays too.
    """
    with _lock:
        try:
            highest = Version.objects.aggregate(highest=Max("id"))["highest"] or 0
            newer = highest != _memory.live.revision
            if newer:
                _memory.live = from_database()
        except (Error, msgspec.ValidationError, KeyError):
            if _memory.failing_since is None:
                _memory.failing_since = time.monotonic()
                logger.exception("content cannot be refreshed; the last good revision stays")
            return False
        _memory.failing_since = None
        return newer


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


def _content_classes() -> dict[str, type[Content]]:
    return {model.content_kind(): model.content_class for model in publishable_models()}


def publishable_models() -> Iterator[type[Publishable]]:
    """Give every model that is published: the kinds of content this site has."""
    return (model for model in apps.get_models() if issubclass(model, Publishable))

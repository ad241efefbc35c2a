"""A folder that is kept equal to a set of files: only what changed is written, and each file at once."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"
_NEW: Final = ".new"  # how the name of a file ends that is being written


class Taken(Exception):
    """Another process writes in this folder."""


class Folder:
    """Writes files, and remembers what it wrote so that it need not read them again.

    `kept` names the folders in it from which nothing is ever removed.
    """

    def __init__(self, path: Path, kept: tuple[str, ...] = ()) -> None:
        self.path = path
        self._kept = kept
        self._written: dict[str, bytes] = {}
        self._names: set[str] = set()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder if need be, and be the only one that writes in it. Raises Taken."""
        self.path.mkdir(parents=True, exist_ok=True)
        opened = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise Taken(f"another mirror writes in {self.path}") from error
        finally:
            os.close(opened)

    def become(self, files: Iterable[tuple[str, bytes]], revision: int) -> list[str]:
        """Write what differs, remove what is no more, then the manifest; give the names of both.

        `files` is read to its end before anything is removed: when it fails halfway, what is there
        stays. Raises OSError when a file cannot be written; the file before is still whole then.
        """
        changed, names = [], set()
        for name, body in files:
            names.add(name)
            if self._write(name, body):
                changed.append(name)
        if names != self._names:
            changed += self._remove_others(names)
            self._names = names
        if changed or not (self.path / MANIFEST).is_file():
            self._write(MANIFEST, self._manifest(names, revision))
        return changed

    def _write(self, name: str, body: bytes) -> bool:
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise OSError(f"{name!r} is outside of the folder")
        before = self._written.get(name)
        if before is body or before == body:
            return False
        target = self.path / name
        if before is None and target.is_file() and target.read_bytes() == body:
            self._written[name] = body
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}{_NEW}")
        new.write_bytes(body)
        new.chmod(0o644)
        new.replace(target)
        self._written[name] = body
        return True

    def _remove_others(self, names: set[str]) -> list[str]:
        removed = []
        for path in sorted(self.path.rglob("*"), reverse=True):  # what is in a folder before it
            name = str(path.relative_to(self.path))
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif name not in names and name != MANIFEST and not name.startswith(self._kept):
                path.unlink()
                self._written.pop(name, None)
                removed.append(name)
        return removed

    def _manifest(self, names: set[str], revision: int) -> bytes:
        told = {
            "revision": revision,
            "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": {
                name: hashlib.sha256(self._written[name]).hexdigest() for name in sorted(names)
            },
        }
        return json.dumps(told, indent=0).encode()

"""Static files as they are served: named by what is in them, compressed, our own without their comments."""

import re
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_SMALLER: Final = {".css": cssmin, ".js": jsmin}
_IMPORT: Final = re.compile(r'^import "\./([\w-]+\.js)";', re.MULTILINE)


def whole(text: str) -> str:
    """Give a script with those it imports for what they do within it, each in a block of its own.

    A file more is a request more. Raises FileNotFoundError when one is not there.
    """

    def brought(found: re.Match[str]) -> str:
        path = finders.find(found[1])
        if not path:
            raise FileNotFoundError(f"a script imports {found[1]}, which is not there")
        return f"{{\n{whole(Path(path).read_text())}\n}}"

    return _IMPORT.sub(brought, text)


class OurStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Takes comments and spaces out of our own scripts and styles: a third of what a first visit loads.

    What others wrote, in folders, is served as they sent it.
    """

    def file_hash(self, name: str | None, content: Any = None) -> str:
        """Name a script by all that is in it, also what it imports."""
        if content is not None and name and _is_ours(name) and name.endswith(".js"):
            content.seek(0)
            content = ContentFile(whole(content.read().decode()).encode())
        hashed: str = super().file_hash(name, content)
        return hashed

    def _save(self, name: str, content: Any) -> str:
        smaller = _SMALLER.get(PurePosixPath(name).suffix)
        if smaller and _is_ours(name):
            content.seek(0)  # Django has read it already, to name it
            content = ContentFile(smaller(whole(content.read().decode())).encode())
        saved: str = super()._save(name, content)
        return saved


def _is_ours(name: str) -> bool:
    return "/" not in name.replace("\\", "/")

"""The published site as files: what a folder must hold, so that any web server can serve it."""

import gzip
import io
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import brotli
from django.conf import settings

from sextortion_help import errors
from sextortion_help.addresses import addresses, moved
from sextortion_help.pages import Pages
from sextortion_help.publishing.content import OPEN_LANGUAGES, Contents
from sextortion_help.publishing.places import places

type File = tuple[str, bytes]  # its path in the folder, "nl/first/index.html", and what it holds

# What a web server says by itself, and the page of ours it says it with.
_ERRORS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_README: Final = Path(__file__).parent / "README.txt"
# The way out for who has no script, and the way on from an old address: a file cannot redirect.
_ON: Final = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>…</title>'
    '<meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0; url={target}"><a href="{target}">…</a></html>\n'
)


class Failed(Exception):
    """A page could not be had; the sentence says which, and what came instead."""


def page_files(pages: Pages, contents: Contents, before: dict[str, list[File]]) -> Iterator[File]:
    """Give what every address of these contents answers, the compressed files beside the plain one.

    As these pages answer it now. What has not changed since the last time comes from their memory, and
    its files from `before`, which is brought up to date. Raises Failed for a page that is not answered.
    """
    home = f"{places(contents)[0].prefix}/"
    for address in addresses(contents):
        packed = _asked(pages, address, "br")
        files = before.get(address)
        if not files or files[0][1] is not packed:
            files = before[address] = list(_page(pages, address, packed))
        for name, body in files:
            yield name, body
            if address == home:  # where no server reads which place is liked
                yield name.removeprefix(home[1:]), body
    for old, new in moved(contents).items():
        language = new[1:3]
        yield f"{old[1:]}index.html", _ON.format(language=language, target=new).encode()


def fixed_files() -> Iterator[File]:
    """Give every other file of the site: static files first, errors, the way out, the README.

    No clock changes them; with a new revision an error page may link elsewhere.
    """
    yield from _static_files()
    yield from _alone()
    yield "README.txt", _README.read_bytes()


def _static_files() -> Iterator[File]:
    root = Path(settings.STATIC_ROOT)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and name.parts[0] not in ("admin", "modeltranslation"):
            yield f"{settings.STATIC_URL.strip('/')}/{name}", path.read_bytes()


def _page(pages: Pages, address: str, packed: bytes) -> Iterator[File]:
    name = address.removeprefix("/") + ("index.html" if address.endswith("/") else "")
    yield f"{name}.br", packed
    yield f"{name}.gz", _asked(pages, address, "gzip")
    yield name, _asked(pages, address, "")


def _alone() -> Iterator[File]:
    """Give what no address of content answers: the errors, and the way out."""
    for language in OPEN_LANGUAGES:
        for status in _ERRORS:
            page = errors.page(language, status)
            places = ["", f"{language}/"] if language == OPEN_LANGUAGES[0] else [f"{language}/"]
            for place in places:
                yield f"{place}{status.value}.html", page
                yield f"{place}{status.value}.html.br", brotli.compress(page)
                yield f"{place}{status.value}.html.gz", gzip.compress(page, mtime=0)
    for language, target in settings.EXIT_TARGETS.items():
        page = _ON.format(language=language, target=target.replace("&", "&amp;")).encode()
        yield f"exit/{language}/index.html", page
        if language == OPEN_LANGUAGES[0]:
            yield "exit/index.html", page


def _asked(pages: Pages, address: str, encoding: str) -> bytes:
    head: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "mirror",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": settings.ALLOWED_HOSTS[0],
        "HTTP_ACCEPT_ENCODING": encoding,
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
    }
    body = b"".join(pages(environ, lambda *answer: head.extend(answer)))
    told = dict(head[1]).get("Content-Encoding", "")
    if not head[0].startswith("200") or told != encoding:
        raise Failed(f"{address} is not written: it was answered with {head[0]} {told}")
    return body

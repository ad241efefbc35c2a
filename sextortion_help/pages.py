"""Rendered pages in memory, compressed once, answered before Django's middleware runs.

A page is the same bytes for every visitor: a function of its address alone, for as long as `_stamp()`
stays. So is what an address that does not exist gets, and where the root leads, once the language is
known. Everything else goes to Django; answers to a POST are only compressed. See
docs/decisions/0005-pages-from-memory.md.
"""

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from sextortion_help.addresses import is_address, is_of_pages, split
from sextortion_help.middleware import liked_language
from sextortion_help.publishing.live import live

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
type Headers = list[tuple[str, str]]
type Stamp = tuple[int, int]

MOST_BYTES: Final = 128 * 2**20  # of pages kept by one process
_ENCODINGS: Final = ("br", "gzip", "")
_REFUSED_ENCODING: Final = re.compile(r"\b(br|gzip)\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
_LONGEST_HOST: Final = 260  # a name of 253 letters, and a port
_MOST_HOSTS: Final = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in each encoding ("br", "gzip", "" for none), and the stamp it was made under."""

    stamp: Stamp
    status: str
    plain: bytes
    answers: dict[str, tuple[Headers, bytes]]

    @property
    def size(self) -> int:
        """Its bytes."""
        return sum(len(body) for _, body in self.answers.values())


def _stamp() -> Stamp:
    """Give what a kept answer must have been made under to be good still. Nothing else decides it.

    The revision, and the minute, because a page says who is open now.
    """
    return live().revision, int(time.time() // 60)


class Pages:
    """A WSGI application around another, that remembers its public pages."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._kept: dict[str, Kept] = {}
        self._size = 0
        self._storing = threading.Lock()
        self._hosts: set[str] = set()  # as they were sent, port and all, and found to be ours
        self._tls = settings.SECURE_PROXY_SSL_HEADER if settings.SECURE_SSL_REDIRECT else None
        # one rendering of a page at a time; two pages that share a lock only wait for each other
        self._rendering = tuple(threading.Lock() for _ in range(64))

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        method, accepted = environ["REQUEST_METHOD"], environ.get("HTTP_ACCEPT_ENCODING", "")
        host = environ.get("HTTP_HOST", "")
        # what names another host, or came without TLS where it must not, is Django's to refuse or redirect
        if (
            method in ("GET", "HEAD")
            and (host in self._hosts or self._is_ours(host))
            and (self._tls is None or environ.get(self._tls[0]) == self._tls[1])
        ):
            key = environ["PATH_INFO"]  # without the query: no public page reads one
            kept = self._kept.get(key)
            if kept is None or kept.stamp != _stamp():
                key = _key(environ)
                kept = self._page(key, environ) if key else None
            if kept:
                headers, body = kept.answers[_encoding(accepted)]
                start_response(kept.status, headers)
                return [] if method == "HEAD" else [body]
        status, headers, body = self._ask(environ)
        if _is_public(headers):
            headers, body = _encoded(headers, body, _encoding(accepted), quality=5)
        start_response(status, headers)
        return [body]

    def _is_ours(self, host: str) -> bool:
        """Tell whether a host is one of ours, and remember some that are: the port is the visitor's choice."""
        if len(host) > _LONGEST_HOST:
            return False
        ours = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
        if ours and len(self._hosts) < _MOST_HOSTS:
            self._hosts.add(host)
        return ours

    def _page(self, key: str, environ: dict[str, Any]) -> Kept:
        """Give the answer that is kept under a key, made now if it must be.

        Made once, however many ask: who comes meanwhile gets the one before, or waits if there is none.
        """
        stamp, before = _stamp(), self._kept.get(key)
        if before and before.stamp == stamp:
            return before
        rendering = self._rendering[hash(key) % len(self._rendering)]
        if before is None:
            rendering.acquire()
        elif not rendering.acquire(blocking=False):
            return before
        try:
            before = self._kept.get(key)
            if before and before.stamp == stamp:
                return before
            status, headers, body = self._ask({**environ, "REQUEST_METHOD": "GET"})
            if not _is_for_keeping(key, status, headers):  # such as a failure of ours
                self._keep(key, None)
                return Kept(stamp, status, body, dict.fromkeys(_ENCODINGS, (headers, body)))
            if before and (before.status, before.plain) == (status, body):
                answers = before.answers
            else:
                answers = {each: _encoded(headers, body, each, quality=11) for each in _ENCODINGS}
            kept = Kept(stamp, status, body, answers)
            self._keep(key, kept)
            return kept
        finally:
            rendering.release()

    def _keep(self, key: str, kept: Kept | None) -> None:
        """Put an answer in the place of the one before, and drop the oldest beyond the bound."""
        with self._storing:
            before = self._kept.pop(key, None)
            self._size -= before.size if before else 0
            if kept:
                self._kept[key] = kept
                self._size += kept.size
                while self._size > MOST_BYTES and len(self._kept) > 1:
                    self._size -= self._kept.pop(next(iter(self._kept))).size

    def _ask(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes]:
        head: list[Any] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            head[:] = [status, headers]

        response = self._application(environ, start_response)
        try:
            body = b"".join(response)
        finally:
            if close := getattr(response, "close", None):
                close()
        return head[0], head[1], body


def _key(environ: dict[str, Any]) -> str | None:
    """Give under which key the answer may be kept; None when it depends on more than a key could say.

    The address of a page is its own. All that lead nowhere have one for each language, and so has the
    root: these two begin with no slash, so no address is one of them.
    """
    contents, path = live(), environ["PATH_INFO"]
    if not contents.revision:
        return None
    if is_address(path, contents):
        return str(path)
    if path == "/" and settings.ROLE != "staff":
        return f"root {liked_language(WSGIRequest(environ))}"
    if is_of_pages(path):  # Django adds a slash that was forgotten
        return None if is_address(f"{path}/", contents) else f"nowhere {split(path)[0]}"
    return None if _leads_somewhere(path) else f"nowhere {liked_language(WSGIRequest(environ))}"


def _leads_somewhere(path: str) -> bool:
    if path.startswith(settings.STATIC_URL):
        return True
    for each in (path, f"{path}/"):
        try:
            resolve(each)
        except Resolver404:
            continue
        return True
    return False


def _is_for_keeping(key: str, status: str, headers: Headers) -> bool:
    if any(name == "Set-Cookie" for name, _ in headers):
        return False
    if key.startswith("/"):
        return status.startswith("200") and _is_public(headers)
    return status.startswith("302" if key.startswith("root") else "404")


def _is_public(headers: Headers) -> bool:
    names = {name for name, _ in headers}
    return "X-Accel-Expires" in names and "Set-Cookie" not in names


def _encoded(headers: Headers, body: bytes, encoding: str, quality: int) -> tuple[Headers, bytes]:
    kept = [(name, value) for name, value in headers if name not in ("Content-Length", "Vary")]
    kept.append(("Vary", "Accept-Encoding"))
    if encoding == "br":
        body = brotli.compress(body, quality=quality)
    elif encoding == "gzip":
        body = gzip.compress(body, mtime=0)
    if encoding:
        kept.append(("Content-Encoding", encoding))
    return [*kept, ("Content-Length", str(len(body)))], body


def _encoding(accepted: str) -> str:
    if "q=0" in accepted:
        accepted = _REFUSED_ENCODING.sub("", accepted)
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""

"""Rendered pages in memory, compressed once, answered before Django's middleware runs.

A page is the same bytes for every visitor: a function of its address alone, for as long as what it read
of the content and what it says about opening hours stay. So is what an address that does not exist
gets, and where the root leads, once the language is known. Everything else goes to Django; answers to a
POST are only compressed. See docs/decisions/0005-pages-from-memory.md.
"""

import gzip
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from guidance.lines import Asked, Said, listening, still_true
from sextortion_help.addresses import is_address, leads_on, moved
from sextortion_help.places import liked_language, liked_place, place_of
from sextortion_help.publishing.content import Read, noting
from sextortion_help.publishing.live import live, touches

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
type Headers = list[tuple[str, str]]

MOST_BYTES: Final = 128 * 2**20  # of pages kept by one process
# How hard brotli tries for what is kept, and for an answer that is made once. 11 would take three times
# as long as 10, for 2 % of the bytes of a page.
KEPT, ONCE = 10, 5
SECONDS_OF_TRUST: Final = 300.0
# In the environ of what Django answers: how often a page was made.
RENDERED: Final = "baken.rendered"
_ENCODINGS: Final = ("br", "gzip")
_NOT_WANTED: Final = re.compile(r"q=0(\.0*)?")
_LONGEST_HOST: Final = 260  # a name of 253 letters, and a port
_MOST_HOSTS: Final = 100


@dataclass(slots=True)
class Kept:
    """An answer, compressed in each encoding ("br", "gzip"), and under what it was made.

    `said` is what it says about opening hours, which was true at `minute`, counted from the epoch;
    `read` is what it read of the content of its revision.
    """

    revision: int
    read: set[Read]
    minute: int
    said: dict[Asked, Said]
    status: str
    headers: Headers
    digest: bytes
    answers: dict[str, tuple[Headers, bytes]]

    @property
    def size(self) -> int:
        """Its bytes."""
        return sum(len(body) for _, body in self.answers.values())

    @property
    def patience(self) -> float:
        """For how many seconds it may outlive its revision: not all pages are made again at once."""
        return SECONDS_OF_TRUST * (1 + self.digest[0] / 255)

    def answer(self, encoding: str) -> tuple[Headers, bytes]:
        """Give its headers and its body. Without an encoding (""), which hardly anybody asks for, it is
        unpacked: kept as it is, it would take more room than both others.
        """
        if encoding:
            return self.answers[encoding]
        body = gzip.decompress(self.answers["gzip"][1])
        return _headed(self.headers, body, ""), body

    def is_good(self) -> bool:
        """Tell whether the same would be made now. Nothing else decides it.

        Not because a minute has passed or something was published: only when what it read of the
        content changes, or what it says about opening hours does. That is looked at once a minute.
        """
        if self.revision != live().revision and touches(self.revision, self.read, self.patience):
            return False
        minute = _minute()
        if self.minute != minute:
            if not still_true(self.said, datetime.fromtimestamp(60 * minute, UTC)):
                return False
            self.minute = minute
        return True


def _minute() -> int:
    return int(time.time() // 60)


class Pages:
    """A WSGI application around another, that remembers its public pages."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._kept: dict[str, Kept] = {}
        self._size = 0
        self._rendered = 0
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
            if kept is None or not kept.is_good():
                key = _key(environ)
                kept = self._page(key, environ) if key else None
            if kept:
                headers, body = kept.answer(_encoding(accepted))
                start_response(kept.status, headers)
                return [] if method == "HEAD" else [body]
        status, headers, body = self._ask({**environ, RENDERED: self._rendered})
        if _is_public(headers):
            encoding = _encoding(accepted)
            body = _packed(body, encoding, quality=ONCE)
            headers = _headed(headers, body, encoding)
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
        before = self._kept.get(key)
        rendering = self._rendering[hash(key) % len(self._rendering)]
        if before is None:
            rendering.acquire()
        elif not rendering.acquire(blocking=False):
            return before
        try:
            before = self._kept.get(key)
            if before and before.is_good():
                return before
            revision, minute = live().revision, _minute()
            with listening() as said, noting() as read:
                status, headers, body = self._ask({**environ, "REQUEST_METHOD": "GET"})
            digest = hashlib.sha256(body).digest()
            if before and (before.status, before.digest) == (status, digest):
                answers = before.answers
            else:
                answers = {}
                for each in _ENCODINGS:
                    packed = _packed(body, each, quality=KEPT)
                    answers[each] = _headed(headers, packed, each), packed
            kept = Kept(revision, read, minute, said, status, headers, digest, answers)
            if not _is_for_keeping(key, status, headers):  # such as a failure of ours
                self._keep(key, None)
                return kept
            self._keep(key, kept)
            return kept
        finally:
            rendering.release()

    def _keep(self, key: str, kept: Kept | None) -> None:
        """Put an answer in the place of the one before, and drop the oldest beyond the bound."""
        with self._storing:
            self._rendered += 1
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

    The address of a page is its own, and so is one at which a page was before. All that lead nowhere
    have one for each place, and so has the root: these two begin with no slash, so no address is one
    of them.
    """
    contents, path = live(), environ["PATH_INFO"]
    if not contents.revision:
        return None
    if is_address(path, contents) or path in moved(contents):
        return str(path)
    if path == "/" and settings.ROLE != "staff":
        place = liked_place(WSGIRequest(environ), contents)
        return f"root {place.tag}" if place else None
    if place := place_of(contents, path):
        return None if leads_on(path, contents) else f"nowhere {place.tag}"
    if _leads_somewhere(path):
        return None
    return f"nowhere {liked_language(WSGIRequest(environ))}"


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
        return status.startswith(("200", "302")) and _is_public(headers)
    return status.startswith("302" if key.startswith("root") else "404")


def _is_public(headers: Headers) -> bool:
    names = {name for name, _ in headers}
    return "X-Accel-Expires" in names and "Set-Cookie" not in names


def _packed(body: bytes, encoding: str, quality: int) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=quality))
    return gzip.compress(body, mtime=0) if encoding == "gzip" else body


def _headed(headers: Headers, body: bytes, encoding: str) -> Headers:
    kept = [(name, value) for name, value in headers if name not in ("Content-Length", "Vary")]
    kept.append(("Vary", "Accept-Encoding"))
    if encoding:
        kept.append(("Content-Encoding", encoding))
    return [*kept, ("Content-Length", str(len(body)))]


def _encoding(accepted: str) -> str:
    """Give the best of ours that a browser takes, as nginx.conf does for what it keeps; "" when none."""
    taken = set()
    for item in accepted.lower().split(","):
        name, *given = (part.strip() for part in item.split(";"))
        if not any(map(_NOT_WANTED.fullmatch, given)):
            taken.add(name)
    return next((each for each in _ENCODINGS if each in taken), "")

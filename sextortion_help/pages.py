"""Rendered pages in memory, compressed once, answered before Django's middleware runs.

A page is the same bytes for every visitor, so it is rendered once per revision and minute (the
minute, because it may say who is open now). Kept is only what a public page marked with
X-Accel-Expires, as any other cache of ours would; answers to a POST are only compressed. See docs/decisions/0005-pages-from-memory.md.
"""

import gzip
import re
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

import brotli

from sextortion_help.publishing.live import live

type StartResponse = Callable[..., Any]
type Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
type Headers = list[tuple[str, str]]
type Answer = dict[str, tuple[Headers, bytes]]

_REFUSED_ENCODING: Final = re.compile(r"\b(br|gzip)\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
# Keys hold the Host header, of which the port is the visitor's to choose: so the number is bounded.
_MOST_PAGES: Final = 4096


class Pages:
    """A WSGI application around another, that remembers its public pages."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._stamp = (0, 0)
        self._answers: dict[tuple[str, str, str], Answer] = {}

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        method, accepted = environ["REQUEST_METHOD"], environ.get("HTTP_ACCEPT_ENCODING", "")
        if method not in ("GET", "HEAD"):
            status, headers, body = self._ask(environ)
            if _is_public(headers):
                headers, body = _encoded(headers, body, _encoding(accepted), quality=5)
            start_response(status, headers)
            return [body]
        stamp = (live().revision, int(time.time() // 60))
        if stamp != self._stamp or len(self._answers) > _MOST_PAGES:
            self._stamp, self._answers = stamp, {}
        answers = self._answers
        key = (
            environ.get("HTTP_HOST", ""),
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ["PATH_INFO"],  # without the query: no public page reads one
        )
        answer = answers.get(key)
        if answer is None:
            status, headers, body = self._ask(environ)
            if method == "HEAD" or not (status.startswith("200") and _is_public(headers)):
                start_response(status, headers)
                return [body]
            answer = answers[key] = {
                encoding: _encoded(headers, body, encoding, quality=11)
                for encoding in ("br", "gzip", "")
            }
        headers, body = answer[_encoding(accepted)]
        start_response("200 OK", headers)
        return [] if method == "HEAD" else [body]

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

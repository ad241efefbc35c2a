"""A client of the WSGI application, with the pages in memory before Django as in production."""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.test import Client

from sextortion_help.pages import Pages

FORM = "application/x-www-form-urlencoded"  # as a browser sends it, and the only one that is taken

type Answered = tuple[str, dict[str, str], bytes]


def submit(client: Client, address: str, data: dict[str, Any], **given: Any) -> Any:
    """Send a form as a browser does; Django's own client would send it as it sends a file."""
    body = urlencode(data, doseq=True)
    given.update({"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(len(body))})  # also of an empty one
    return client.generic("POST", address, body, FORM, **given)


class Body:
    """The body of an answer, which counts how often it is closed. Empty if it answers a HEAD."""

    closed = 0

    def __init__(self, chunks: Iterable[bytes], method: str) -> None:
        self._chunks = chunks
        self._method = method

    def __iter__(self) -> Iterator[bytes]:
        return iter([] if self._method == "HEAD" else self._chunks)

    def close(self) -> None:
        self.closed += 1
        close: Callable[[], None] = getattr(self._chunks, "close", lambda: None)
        close()


class Browser:
    """Asks; `reached` counts how often Django was asked, `bodies` are its answers."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        django = get_wsgi_application()

        def counted(environ: dict[str, Any], start_response: Any) -> Body:
            self.bodies.append(Body(django(environ, start_response), environ["REQUEST_METHOD"]))
            return self.bodies[-1]

        self.pages = Pages(counted)

    @property
    def reached(self) -> int:
        """How often Django was asked."""
        return len(self.bodies)

    def get(self, path: str, **headers: str) -> Answered:
        """Ask for a page; headers as WSGI names them."""
        return self.ask("GET", path, b"", **headers)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answered:
        """Send a request and give its status, its headers and its body."""
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "CONTENT_TYPE": FORM,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            **headers,
        }
        head: list[Any] = []
        sent = b"".join(self.pages(environ, lambda *answer: head.extend(answer)))
        names = [name for name, _ in head[1]]
        assert len(names) == len(set(names)), "a header is sent twice"
        return head[0], dict(head[1]), sent

"""Visitors of the rehearsed site, over TLS as browsers come; what they got, and how fast."""

import gzip
import http.client
import json
import random
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

SITE = "example.org"
MIRROR = Path("/srv/baken/mirror")


def tls() -> ssl.SSLContext:
    """Give a context that takes the certificate of our own making."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def pages() -> list[str]:
    """Give the address of every page, as the mirror lists them, without those that only lead on."""
    files = json.loads((MIRROR / "manifest.json").read_text())["files"]
    found = [name for name in files if name.endswith("/index.html") and not _leads_on(name)]
    return sorted(f"/{name.removesuffix('index.html')}" for name in found)


def _leads_on(name: str) -> bool:
    with (MIRROR / name).open("rb") as file:
        return b'http-equiv="refresh"' in file.read(300)


class Browser:
    """One connection that is kept, and opened again when the server has closed it meanwhile."""

    def __init__(self, host: str = SITE, timeout: float = 8) -> None:
        self._host, self._timeout, self._context = host, timeout, tls()
        self._line: http.client.HTTPSConnection | None = None

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Give the status, headers and body of an answer. Raises OSError or HTTPException without one."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers.setdefault("Accept-Encoding", "gzip")
        reused = self._line is not None
        try:
            return self._asked(path, method, body, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.close()
            if not reused:
                raise
            return self._asked(path, method, body, headers)  # as every browser does
        except Exception:
            self.close()
            raise

    def _asked(
        self, path: str, method: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        if self._line is None:
            self._line = http.client.HTTPSConnection(
                self._host, timeout=self._timeout, context=self._context
            )
        self._line.request(method, path, body, headers)
        response = self._line.getresponse()
        found = response.read()
        if response.headers.get("Content-Encoding") == "gzip":
            found = gzip.decompress(found)
        return (
            response.status,
            {name.lower(): value for name, value in response.headers.items()},
            found,
        )

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
            self._line = None


@dataclass
class Visits:
    """Visit every page over and over, from several browsers, until the end of the block."""

    addresses: list[str] = field(default_factory=pages)
    browsers: int = 4
    pause: ClassVar[float] = 0.02
    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._visit, args=(number,), daemon=True)
            for number in range(self.browsers)
        ]
        for thread in self._threads:
            thread.start()
        time.sleep(0.3)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(20)

    def _visit(self, number: int) -> None:
        browser, order = Browser(), random.Random(number)
        while not self._stop.is_set():
            address, began = order.choice(self.addresses), time.monotonic()
            try:
                status, _, body = browser.ask(address)
                if status != 200 or b"<h1" not in body or not body.rstrip().endswith(b"</html>"):
                    self.failures.append(f"{address}: {status}, {len(body)} bytes")
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{address}: {type(error).__name__} {error}")
            self.milliseconds.append((time.monotonic() - began) * 1000)
            time.sleep(self.pause)

    @property
    def told(self) -> str:
        """Say how many failed of how many, and how long the slowest took."""
        return f"{len(self.failures)} of {len(self.milliseconds)} visits failed, p95 {self.p95:.0f} ms, slowest {max(self.milliseconds, default=0):.0f} ms"

    @property
    def p95(self) -> float:
        """The milliseconds within which 95 of 100 were answered."""
        return (
            sorted(self.milliseconds)[int(len(self.milliseconds) * 0.95)]
            if self.milliseconds
            else 0
        )


def until(true: Callable[[], bool], seconds: float) -> float | None:
    """Wait until something is so; give after how many seconds, or None if it is not so in time."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if true():
                return time.monotonic() - began
        except (OSError, http.client.HTTPException, ValueError):
            pass
        time.sleep(0.1)
    return None

"""Does an address of others answer? Tried with care: it may be anything that somebody once typed.

A name is resolved here, every address it stands for must be a public one, and the connection goes to the
address that was looked at, not to a name that is resolved again. Each redirect is held to the same. The
answer is not read; the headers of one take at most `SECONDS`. We send no cookie, no referrer, and the
name of an ordinary library, which does not say who asks.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

SECONDS: Final = 10.0  # for each step: a redirect is one more
MOST_REDIRECTS: Final = 5
AGENT: Final = "Mozilla/5.0 (compatible; link check)"
PORTS: Final = {"http": 80, "https": 443}
# Answers to a machine that a person would not get: the page is there.
THERE: Final = frozenset({401, 403, 405, 406, 429, 451, 999})

# takes a name and a port, gives the addresses it stands for
type Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Found:
    """Whether an address works, and its status or the reason why not: a word of dead.REASONS."""

    works: bool
    said: str


class Refused(Exception):
    """We do not go there. Carries the reason."""


def resolve(name: str, port: int) -> list[str]:
    """Ask the system which addresses a name stands for. Raises OSError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet, also when it is written inside another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is None and (teredo := getattr(ip, "teredo", None)):
        inner = teredo[1]
    if inner is None and ip in _NAT64:
        inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast and (inner is None or is_public(str(inner)))


_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Checker:
    """The way to try addresses. Tests give their own resolver, rule, and trust in certificates."""

    resolver: Resolver = resolve
    allowed: Callable[[str], bool] = is_public
    context: ssl.SSLContext | None = None
    seconds: float = SECONDS

    def check(self, address: str) -> Found:
        """Try an address: HEAD, then GET where HEAD gets an error. Never raises."""
        try:
            status = self._status("HEAD", address)
            if status >= 400:  # some answer no HEAD as they answer a person
                status = self._status("GET", address)
        except Refused as refused:
            return Found(works=False, said=str(refused))
        except ssl.SSLError:
            return Found(works=False, said="certificate")
        except TimeoutError:
            return Found(works=False, said="time")
        except (OSError, http.client.HTTPException, ValueError):
            return Found(works=False, said="connection")
        return Found(works=status < 400 or status in THERE, said=str(status))

    def _status(self, method: str, address: str) -> int:
        """Follow redirects, each looked at like the first, and give the status of the last answer."""
        for _ in range(MOST_REDIRECTS + 1):
            status, location = self._ask(method, address)
            if status not in (301, 302, 303, 307, 308) or not location:
                return status
            address = urljoin(address, location)
        raise Refused("redirects")

    def _ask(self, method: str, address: str) -> tuple[int, str]:
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
            raise Refused("scheme")
        name = (
            parts.hostname.encode("idna").decode()
            if not parts.hostname.isascii()
            else parts.hostname
        )
        port = parts.port or PORTS[parts.scheme]
        line = self._connect(parts.scheme, name, port)
        connection = http.client.HTTPConnection(name, port, timeout=self.seconds)
        connection.sock = line
        late = threading.Event()
        ending = threading.Timer(self.seconds, _hang_up, [line, late])  # a drip has no timeout
        ending.daemon = True
        ending.start()
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
            if parts.port is None:
                headers["Host"] = name
            connection.request(method, _quoted(path), headers=headers)
            answer = connection.getresponse()
            if late.is_set():  # headers that were cut off are read as if they had ended
                raise TimeoutError
            return answer.status, answer.headers.get("Location", "")
        finally:
            ending.cancel()
            connection.close()

    def _connect(self, scheme: str, name: str, port: int) -> Any:
        """Connect to an address of this name after all of them were looked at. Raises Refused."""
        try:
            addresses = self.resolver(name, port)
        except (OSError, UnicodeError) as error:
            raise Refused("name") from error
        if not addresses:
            raise Refused("name")
        if not all(map(self.allowed, addresses)):
            raise Refused("private")
        line = socket.create_connection((addresses[0], port), timeout=self.seconds)
        if scheme == "http":
            return line
        try:
            context = self.context or ssl.create_default_context()
            return context.wrap_socket(line, server_hostname=name)
        except BaseException:
            line.close()
            raise


def _quoted(path: str) -> str:
    """Write what is no ASCII, or would end the line, as an address does."""
    return "".join(
        sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in path
    )


def _hang_up(line: Any, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):  # it has ended by itself
        line.shutdown(socket.SHUT_RDWR)

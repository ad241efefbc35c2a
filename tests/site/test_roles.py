"""The two roles of one program, as real servers: what each answers, and what a visitor can do to either."""

import http.client
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.server import CONTENT, Server, running, serving


@pytest.fixture(scope="module")
def public() -> Iterator[Server]:
    """A process for visitors alone."""
    with (
        running(*CONTENT) as both,
        serving({**both.environment, "ROLE": "public"}, both.log.parent) as server,
    ):
        yield server


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_visitors_have_no_staff_area(public: Server) -> None:
    for path in ("admin/", "admin/login/", "admin", "admin/jsi18n/", "admin/guidance/page/"):
        assert status(f"{public.url}/{path}") == 404, path
    for path in ("nl-be/quick/", "en-be/chat/", "health/", "robots.txt", "exit/fr/"):
        request = http.client.HTTPConnection(urlsplit(public.url).netloc, timeout=10)
        request.request("GET", f"/{path}")
        assert request.getresponse().status in (200, 302), path
        request.close()


def test_slow_bodies_and_silent_connections_keep_no_visitor_waiting(public: Server) -> None:
    """Three times as many as there are threads, and `status()` does not wait for their ten seconds."""
    address = (urlsplit(public.url).hostname, urlsplit(public.url).port)
    head = b"POST /nl-be/chat/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nmo"
    with ExitStack() as lines:
        for number in range(24):
            line = lines.enter_context(socket.create_connection(address, timeout=10))
            line.sendall(head if number % 3 else b"GET /nl-be/")
        time.sleep(0.5)
        for path in ("nl-be/quick/", "fr-be/chat/", "nl/none/", "en/do/stop/"):
            assert status(f"{public.url}/{path}") in (200, 404)


def test_the_health_is_read_by_a_machine(public: Server) -> None:
    with urllib.request.urlopen(f"{public.url}/health/", timeout=10) as response:
        told = json.load(response)
    assert (told["database"], told["watcher"], told["page"]) == ("ok", "ok", "ok")
    assert told["unreadable"] == []

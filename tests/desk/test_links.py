"""Dead links: tried with care, against a server of our own, and never against anything private."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from sextortion_help.desk import background
from sextortion_help.desk.background import check_links
from sextortion_help.desk.checking import Checker, Found, is_public
from sextortion_help.desk.dead import REASONS, outside
from sextortion_help.desk.models import OutsideAddress
from sextortion_help.publishing import live
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import make_page, make_service

ANSWERS = {"/ok": 200, "/gone": 404, "/closed": 403, "/broken": 500}


class Site(BaseHTTPRequestHandler):
    """Answers as its path says, and remembers what it was asked."""

    asked: list[tuple[str, str, dict[str, str]]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, dict(self.headers)))
        port = self.connection.getsockname()[1]
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[3:] if self.path[4:5] != "=" else self.path[5:])
        elif self.path == "/round":
            self.send_response(301)
            self.send_header("Location", f"http://site.example:{port}/round")
        elif self.path == "/no-head":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(40):
                self.wfile.write(b"X: y\r\n")
                time.sleep(0.05)
        else:
            self.send_response(ANSWERS[self.path])
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815  the name that the library asks for

    def log_message(self, *args: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError):  # the other end hung up, as it should
            super().handle()


@pytest.fixture
def port() -> Iterator[int]:
    Site.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def resolved(name: str, port: int) -> list[str]:
    """Stand in for the names of the internet: two sites here, one inside a network."""
    names = {"site.example": "127.0.0.1", "inside.example": "10.0.0.7", "both.example": "127.0.0.1"}
    if name not in names:
        raise socket.gaierror
    return [names[name], "192.168.1.1"] if name == "both.example" else [names[name]]


HERE = Checker(resolver=resolved, allowed=lambda ip: ip == "127.0.0.1", seconds=0.5)


@pytest.mark.parametrize(
    ("path", "works", "said"),
    [
        ("/ok", True, "200"), ("/gone", False, "404"), ("/broken", False, "500"),
        ("/closed", True, "403"), ("/no-head", True, "200"), ("/to/ok", True, "200"),
        ("/round", False, "redirects"), ("/to/=http://inside.example/", False, "private"),
        ("/to/=http://both.example/", False, "private"), ("/to/=file:///etc/passwd", False, "scheme"),
        ("/to/=http://me@site.example/", False, "scheme"), ("/to/=http://nobody.example/", False, "name"),
    ],
)  # fmt: skip
def test_an_address_is_tried_and_so_is_where_it_leads(
    path: str, works: bool, said: str, port: int
) -> None:
    assert HERE.check(f"http://site.example:{port}{path}") == Found(works, said)
    assert said in REASONS or said.isdecimal()


def test_an_answer_that_never_ends_is_left(port: int) -> None:
    assert HERE.check(f"http://site.example:{port}/drip") == Found(False, "time")


def test_who_asks_is_not_told(port: int) -> None:
    HERE.check(f"http://site.example:{port}/no-head")
    assert [(method, path) for method, path, _ in Site.asked] == [
        ("HEAD", "/no-head"), ("GET", "/no-head"),
    ]  # fmt: skip
    for _, _, headers in Site.asked:
        assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        words = str(headers).lower()
        assert "baken" not in words
        assert "beacon" not in words


def test_a_site_that_is_not_there_or_shows_no_certificate_says_so(port: int) -> None:
    assert HERE.check(f"https://site.example:{port}/ok").said in ("certificate", "connection")
    assert HERE.check("http://site.example:9/").said == "connection"
    assert HERE.check("http://[::1/").said == "connection"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",  # noqa: S104  it is refused
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::ffff:127.0.0.1",
    ],
)  # fmt: skip
def test_what_is_private_is_never_connected_to(address: str) -> None:
    assert not is_public(address)
    asked = Checker(resolver=lambda name, port: ["93.184.215.14", address])
    assert asked.check("https://rebound.example/") == Found(works=False, said="private")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_what_is_public_may_be_tried(address: str) -> None:
    assert is_public(address)


@pytest.mark.django_db
def test_every_outside_address_of_what_is_live_is_tried_once_an_hour() -> None:
    page = make_page("desk/out", body="[a](https://a.example/x?y=1&z=2) [b](https://b.example/)")
    service = make_service("desk-out", purposes=["info"], url="https://a.example/x?y=1&z=2")
    make_page("desk/draft", body="[d](https://draft.example/)")
    publish([page, service], None, "")
    live.refresh()
    named = outside(live.live())
    assert named["https://a.example/x?y=1&z=2"] == {("page", "desk/out"), ("service", "desk-out")}
    assert "https://b.example/" in named
    assert "https://draft.example/" not in named
    OutsideAddress.objects.create(
        address="https://forgotten.example/",
        checked_at="2026-01-01T00:00Z",
        works=False,
        said="404",
    )
    tried = dict(check_links(lambda address: Found("b.example" not in address, "404")))
    assert tried.keys() == named.keys()
    assert set(OutsideAddress.objects.values_list("address", flat=True)) == named.keys()
    broken = OutsideAddress.objects.filter(works=False)
    assert [one.address for one in broken] == ["https://b.example/"]
    assert dict(check_links(lambda address: Found(True, "200"))) == {}
    assert len(dict(check_links(lambda address: Found(True, "200"), again=True))) == len(named)
    assert not broken.all().exists()


@pytest.mark.django_db
def test_the_command_names_what_does_not_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = make_page("desk/out", body="[a](https://a.example/)")
    publish([page], None, "")
    monkeypatch.setattr(Checker, "check", lambda self, address: Found(False, "name"))
    call_command("check_links")
    assert "https://a.example/: there is no site of this name" in capsys.readouterr().out


def test_one_round_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()

    def run() -> None:
        go.wait(5)
        background._running.release()

    monkeypatch.setattr(background, "_run", run)
    assert background.start()
    assert background.is_running()
    assert not background.start()
    go.set()
    for _ in range(100):
        if not background.is_running():
            break
        time.sleep(0.01)
    assert not background.is_running()

"""Pages answered from memory are what Django would have answered, and are dropped in time."""

import gzip
from dataclasses import replace

import brotli
import pytest
from django.test import Client
from pytest_django import Settings

from sextortion_help import pages
from sextortion_help.publishing import live
from tests.site.browser import Browser

pytestmark = pytest.mark.django_db

PAGE, CHAT, TELL = "/nl-be/quick/", "/nl-be/chat/", "/nl-be/tell/"
MOVE = b"moves=&move=m1"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute ends during a test."""
    at(monkeypatch, 59.0)


def at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr("sextortion_help.pages.time.time", lambda: seconds)


def test_the_second_visit_does_not_reach_django_and_gets_the_same_page(client: Client) -> None:
    browser = Browser()
    first, second = browser.get(PAGE), browser.get(PAGE)
    assert first == second
    assert first[0] == "200 OK"
    assert first[1]["Cache-Control"] == "no-store"
    assert first[2] == client.get(PAGE, headers={"host": "localhost"}).content
    assert browser.reached == 1


def test_a_query_is_not_looked_at() -> None:
    browser = Browser()
    assert browser.get(PAGE) == browser.get(PAGE, QUERY_STRING="a=b")
    assert browser.reached == 1


def test_the_page_comes_in_the_encoding_the_browser_accepts() -> None:
    browser = Browser()
    plain = browser.get(PAGE)[2]
    _, headers, body = browser.get(PAGE, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert headers["Content-Encoding"] == "br"
    assert headers["Content-Length"] == str(len(body))
    assert brotli.decompress(body) == plain
    _, headers, body = browser.get(PAGE, HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Length"] == str(len(body))
    assert gzip.decompress(body) == plain
    assert browser.reached == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""), ("identity", ""), ("deflate", ""), ("br", "br"), ("gzip", "gzip"), ("gzip, br", "br"),
        ("br;q=0", ""), ("br;q=0, gzip", "gzip"), ("br ; q=0.000 ,gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""), ("br;q=0.5, gzip", "br"), ("gzip;q=0", ""), ("br;q=1,gzip;q=0.0", "br"),
    ],
)  # fmt: skip
def test_an_encoding_that_is_refused_is_not_used(accepted: str, encoding: str) -> None:
    browser = Browser()
    for method, path in (("GET", PAGE), ("POST", CHAT)):
        _, headers, _ = browser.ask(method, path, HTTP_ACCEPT_ENCODING=accepted)
        assert headers.get("Content-Encoding", "") == encoding


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
@pytest.mark.parametrize(("method", "path"), [("GET", PAGE), ("HEAD", PAGE), ("POST", TELL)])
def test_every_cache_is_told_that_the_encoding_differs(
    method: str, path: str, accepted: str
) -> None:
    browser = Browser()
    browser.get(PAGE)
    _, headers, _ = browser.ask(method, path, HTTP_ACCEPT_ENCODING=accepted)
    assert headers["Vary"] == "Accept-Encoding"


def test_head_gives_the_headers_of_the_page_without_the_page() -> None:
    browser = Browser()
    kept = browser.get(PAGE)
    status, headers, body = browser.ask("HEAD", PAGE)
    assert (status, headers, body) == (kept[0], kept[1], b"")
    assert browser.reached == 1


def test_a_head_first_leaves_the_page_whole_for_who_comes_next() -> None:
    browser = Browser()
    assert browser.ask("HEAD", PAGE)[2] == b""
    assert browser.get(PAGE) == Browser().get(PAGE)
    assert len(browser.get(PAGE)[2]) > 1000


def test_a_new_revision_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    browser.get(PAGE)
    now = live.live()
    monkeypatch.setattr(live._memory, "contents", replace(now, revision=now.revision + 1))
    browser.get(PAGE)
    assert browser.reached == 2


def test_a_new_minute_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    browser.get(PAGE)
    at(monkeypatch, 59.9)
    browser.get(PAGE)
    assert browser.reached == 1
    at(monkeypatch, 60.0)
    browser.get(PAGE)
    assert browser.reached == 2
    browser.get(PAGE)
    assert browser.reached == 2


@pytest.mark.parametrize(
    "path", ["/nl-be/no-such-page/", "/exit/", "/admin/login/", "/health/", "/", "/sitemap.xml"]
)
def test_only_public_pages_that_exist_are_kept(path: str) -> None:
    browser = Browser()
    browser.get(path)
    browser.get(path)
    assert browser.reached == 2


def test_what_is_no_public_page_goes_through_as_it_is(client: Client) -> None:
    for path in ("/admin/login/", "/nl-be/no-such-page/"):
        status, headers, body = Browser().get(path, HTTP_ACCEPT_ENCODING="br, gzip")
        response = client.get(path, headers={"host": "localhost"})
        assert int(status[:3]) == response.status_code
        assert headers["Content-Type"] == response["Content-Type"]
        assert "Content-Encoding" not in headers
        assert len(body) == int(headers.get("Content-Length", len(body)))


def test_another_host_gets_its_own_answer() -> None:
    browser = Browser()
    browser.get(PAGE)
    assert browser.get(PAGE, HTTP_HOST="evil.example")[0].startswith("400")


def test_another_scheme_gets_its_own_answer(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    browser = Browser()
    for scheme in ("http", "https", "http", "https"):
        _, _, body = browser.get(PAGE, HTTP_X_FORWARDED_PROTO=scheme)
        assert f'hreflang="fr-BE" href="{scheme}://localhost/fr-be/quick/"'.encode() in body
    assert browser.reached == 2


def test_another_path_gets_its_own_answer() -> None:
    browser = Browser()
    assert browser.get(PAGE) != browser.get("/fr-be/quick/") != browser.get("/nl-be/do/stop/")


def test_the_number_of_kept_pages_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_PAGES", 3)
    browser = Browser()
    for port in range(10):
        browser.get(PAGE, HTTP_HOST=f"localhost:{port}")
        assert len(browser.pages._answers) <= 4
    assert browser.reached == 10
    browser.get(PAGE, HTTP_HOST="localhost:9")
    assert browser.reached == 10


def test_every_answer_of_django_is_closed_once() -> None:
    # else connections to the database are kept, and signals of the end of a request are not sent
    browser = Browser()
    for method, path in (
        ("GET", PAGE), ("GET", PAGE), ("HEAD", "/fr-be/quick/"), ("POST", CHAT), ("GET", "/nl-be/none/"),
        ("GET", "/health/"), ("POST", PAGE),
    ):  # fmt: skip
        browser.ask(method, path)
    assert [body.closed for body in browser.bodies] == [1] * 6


def test_an_answer_that_breaks_off_is_closed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()

    def breaks(body: object) -> None:
        raise OSError("broken off")

    monkeypatch.setattr("tests.site.browser.Body.__iter__", breaks)
    with pytest.raises(OSError, match="broken off"):
        browser.get(PAGE)
    assert browser.bodies[0].closed == 1


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_the_answer_to_a_post_is_compressed_and_never_kept(accepted: str) -> None:
    browser = Browser()
    plain = browser.ask("POST", CHAT, MOVE)
    for _ in range(2):
        status, headers, body = browser.ask("POST", CHAT, MOVE, HTTP_ACCEPT_ENCODING=accepted)
        assert status == "200 OK"
        assert headers["X-Accel-Expires"] == "0"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Length"] == str(len(body))
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(accepted, bytes)
        assert unpack(body) == plain[2]
    assert browser.reached == 3
    assert b"m1" in plain[2]
    assert browser.get(CHAT)[2] != plain[2]


def test_htmx_gets_a_part_of_the_page_and_the_next_visitor_the_whole() -> None:
    browser = Browser()
    htmx = {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "partial"}
    part = browser.ask("POST", CHAT, MOVE, **htmx)[2]
    assert b"<html" not in part
    assert b"m1" in part
    whole = browser.ask("POST", CHAT, MOVE)[2]
    assert whole.strip().startswith(b"<!doctype html>")
    assert b"".join(part.split()) in b"".join(whole.split())
    assert browser.get(CHAT, **htmx) == browser.get(CHAT) == Browser().get(CHAT)


def test_another_method_is_refused_and_the_page_stays() -> None:
    browser = Browser()
    kept = browser.get(PAGE)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        status, headers, _ = browser.ask(method, PAGE)
        assert status.startswith("405")
        assert "X-Accel-Expires" not in headers
    assert browser.get(PAGE) == kept

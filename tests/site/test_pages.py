"""Pages answered from memory are what Django would have answered, and are dropped in time."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from sextortion_help import pages
from sextortion_help.addresses import FOR_MACHINES, is_address
from sextortion_help.addresses import addresses as all_addresses
from sextortion_help.pages import Pages
from sextortion_help.publishing import live
from sextortion_help.publishing.places import at as contents_at
from sextortion_help.publishing.places import places
from tests.publishing.builders import make_page, put_live
from tests.site.addresses import everywhere
from tests.site.browser import Browser
from tests.site.test_no_trace import fails

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
    assert body[4:8] == bytes(4)  # gzip can say when it was packed
    assert browser.reached == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""), ("identity", ""), ("deflate", ""), ("br", "br"), ("gzip", "gzip"), ("gzip, br", "br"),
        ("br;q=0", ""), ("br;q=0, gzip", "gzip"), ("br ; q=0.000 ,gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""), ("br;q=0.5, gzip", "br"), ("gzip;q=0", ""), ("br;q=1,gzip;q=0.0", "br"),
        ("br;Q=0", ""), ("gzip;Q=0.0, BR", "br"), ("br;q=0;x=1", ""), ("br;x=1;q=0", ""), ("xbr", ""), ("zebra", ""),
        ("xgzip, gzip-x", ""), ("br;q=0.01", "br"), ("\tgzip\t;\tq=0", ""), ("deflate,\tgzip", "gzip"), (",;,br", "br"),
    ],
)  # fmt: skip
def test_an_encoding_that_is_refused_is_not_used(accepted: str, encoding: str) -> None:
    browser = Browser()
    for method, path in (("GET", PAGE), ("POST", CHAT)):
        _, headers, _ = browser.ask(method, path, HTTP_ACCEPT_ENCODING=accepted)
        assert headers.get("Content-Encoding") == (encoding or None)


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
    "path",
    [
        "/exit/",
        "/admin/login/",
        "/admin/none/",
        "/health/",
        "/nl-be/quick",
        "/admin",
        "/static/none.css",
    ],
)
def test_only_what_depends_on_its_address_is_kept(path: str) -> None:
    browser = Browser()
    browser.get(path)
    browser.get(path)
    assert browser.reached == 2


def test_what_is_no_public_page_goes_through_as_it_is(client: Client) -> None:
    for path in ("/admin/login/", "/static/none.css"):
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


def test_who_comes_without_tls_is_led_to_it_and_gets_no_page(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    browser = Browser()
    kept = browser.get(PAGE, HTTP_X_FORWARDED_PROTO="https")
    assert kept[0] == "200 OK"
    for scheme in ("http", "https" + "a" * 9999, "", "HTTPS"):
        assert browser.get(PAGE, HTTP_X_FORWARDED_PROTO=scheme)[0].startswith("301")
    assert browser.get(PAGE, HTTP_X_FORWARDED_PROTO="https") == kept
    assert len(browser.pages._kept) == 1


def test_a_page_is_the_same_on_every_host_of_ours() -> None:
    browser = Browser()
    hosts = ("localhost", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:1")
    assert len({str(browser.get(PAGE, HTTP_HOST=host)) for host in hosts}) == 1
    assert browser.reached == 1
    assert (
        f'hreflang="fr-BE" href="{settings.ORIGIN}/fr-be/quick/"'.encode() in browser.get(PAGE)[2]
    )


def test_no_page_differs_from_host_to_host(client: Client) -> None:
    """Else one visitor's host would be kept for all. Of every third page: no view reads it."""
    for _, address in [*everywhere()][::3]:
        answers = {
            client.get(address, headers={"host": each}).content
            for each in ("localhost", "127.0.0.1:9")
        }
        assert len(answers) == 1, address


@pytest.mark.parametrize("host", ["", "localhost:" + "0" * 390_000, "evil.example:80", "a b", "localhost:x"])  # fmt: skip
def test_a_host_that_is_not_ours_is_never_a_key(host: str) -> None:
    browser = Browser()
    browser.get(PAGE)
    status = browser.get(PAGE, HTTP_HOST=host)[0]
    assert browser.reached == 2
    assert status.startswith("400") or len(host) > 1000
    assert len(browser.pages._kept) == 1


def test_another_path_gets_its_own_answer() -> None:
    browser = Browser()
    assert browser.get(PAGE) != browser.get("/fr-be/quick/") != browser.get("/nl-be/do/stop/")


def test_the_bytes_of_kept_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    for address in (some := all_addresses(live.live())[:12]):
        browser.get(address)
    whole = sum(kept.size for kept in browser.pages._kept.values())
    assert browser.pages._size == whole
    monkeypatch.setattr(pages, "MOST_BYTES", whole // 2)
    at(monkeypatch, 61.0)
    for address in some:
        browser.get(address)
    assert 0 < browser.pages._size <= whole // 2
    assert browser.pages._size == sum(kept.size for kept in browser.pages._kept.values())
    last = browser.reached
    browser.get(some[-1])  # the newest are still there
    assert browser.reached == last


def test_a_page_that_is_bigger_than_the_bound_is_answered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "MOST_BYTES", 10)
    assert Browser().get(PAGE)[0] == "200 OK"


def test_a_page_that_says_the_same_after_all_is_not_compressed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = Browser()
    path = "/nl-be/chat/"  # says nothing about the clock
    browser.get(path)
    before, now = browser.pages._kept[path].answers, live.live()
    monkeypatch.setattr(live._memory, "contents", replace(now, revision=now.revision + 1))
    browser.get(path)
    assert browser.reached == 2
    assert browser.pages._kept[path].answers is before


def test_however_many_ask_a_page_is_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    browser, entered, go = Browser(), threading.Event(), threading.Event()
    ask = Pages._ask

    def slowly(self: Pages, environ: dict[str, Any]) -> Any:
        entered.set()
        assert go.wait(10)
        return ask(self, environ)

    monkeypatch.setattr(Pages, "_ask", slowly)
    with ThreadPoolExecutor(16) as threads:
        asked = [threads.submit(browser.get, PAGE) for _ in range(16)]
        assert entered.wait(10)
        go.set()
        assert len({str(each.result(10)) for each in asked}) == 1
    assert browser.reached == 1


def test_who_comes_while_a_page_is_renewed_gets_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser, entered, go = Browser(), threading.Event(), threading.Event()
    kept = browser.get(PAGE)
    ask = Pages._ask

    def slowly(self: Pages, environ: dict[str, Any]) -> Any:
        entered.set()
        assert go.wait(10)
        return ask(self, environ)

    monkeypatch.setattr(Pages, "_ask", slowly)
    at(monkeypatch, 61.0)
    with ThreadPoolExecutor(1) as threads:
        renewing = threads.submit(browser.get, PAGE)
        assert entered.wait(10)
        assert browser.get(PAGE) == kept  # at once, in this thread
        go.set()
        assert renewing.result(10)[0] == "200 OK"
    assert browser.reached == 2


NOWHERE = [
    "/nl-be/no-such-page",
    "/nl-be/no-such-page/",
    "/nl-be/x" + "y" * 5000,
    "/nl-be/check/zz/",
    "/nl-be/admin/",
    "/nl-be//",
]


@pytest.mark.parametrize("accepted", ["", "br", "gzip"])
def test_an_address_that_does_not_exist_is_as_cheap_as_a_page(
    client: Client, accepted: str
) -> None:
    browser = Browser()
    told = client.get("/nl-be/no-such-page/", headers={"host": "localhost"})
    for path in NOWHERE:
        status, headers, body = browser.get(path, HTTP_ACCEPT_ENCODING=accepted, QUERY_STRING=path)
        assert status == "404 Not Found"
        assert headers["Cache-Control"] == "no-store"
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(accepted, bytes)
        assert unpack(body) == told.content
    assert browser.reached == 1
    assert b'lang="fr"' in browser.get("/fr-be/no-such-page/")[2]
    assert len(browser.pages._kept) == 2


def test_a_wrong_address_shows_nothing_of_the_one_before() -> None:
    """Nor of itself: what is kept for all of them is the same, whoever came first."""
    put_live(make_page("ours", countries=["NL"]))
    browser = Browser()
    first, other = browser.get("/nl-be/ours/")[2], browser.get("/nl-be/nope/")[2]
    assert first == other == Browser().get("/nl-be/nope/")[2]
    assert browser.reached == 1
    assert b"/ours/" not in first
    assert Browser().get("/nl-be/quick/?x/")[2] == first


def test_an_address_without_a_language_is_as_cheap_and_in_the_language_of_the_browser() -> None:
    browser = Browser()
    for number in range(20):
        for accepted, language in (("fr-BE", "fr"), ("en;q=0.5, nl;q=0.4", "en"), ("xx", "nl")):
            status, headers, body = browser.get(f"/wp-{number}.php", HTTP_ACCEPT_LANGUAGE=accepted)
            assert status == "404 Not Found"
            assert headers["Content-Language"] == language
            assert f'<html lang="{language}'.encode() in body
    assert browser.reached == 3


def test_the_root_leads_to_each_language_without_reaching_django() -> None:
    browser = Browser()
    for _ in range(3):
        for accepted, home in (("fr", "/fr-be/"), ("en", "/en-be/"), ("de", "/en-be/")):
            status, headers, _ = browser.get("/", HTTP_ACCEPT_LANGUAGE=accepted)
            assert (status, headers["Location"]) == ("302 Found", home)
    assert browser.reached == 2  # German is answered as English is


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/nl/do/stop/", "/nl-be/do/stop/"),
        ("/fr/", "/fr-be/"),
        ("/nl-nl/do/heavy/", "/nl-nl/do/3/"),
    ],
)
def test_an_address_on_an_old_poster_is_as_cheap_as_a_page(old: str, new: str) -> None:
    browser = Browser()
    for language in ("fr", "en", ""):
        status, headers, _ = browser.get(old, HTTP_ACCEPT_LANGUAGE=language)
        assert (status, headers["Location"]) == ("302 Found", new)
        assert headers["X-Accel-Expires"] == "10"
    assert browser.reached == 1


@pytest.mark.parametrize("path", ["/NL/quick/", "/NL-be/quick/", "/nl_be/do/stop/"])
def test_what_else_may_be_typed_leads_on_and_is_not_kept(path: str) -> None:
    """There is no end of these."""
    browser = Browser()
    for _ in range(2):
        status, headers, _ = browser.get(path)
        assert status == "302 Found"
        assert "X-Accel-Expires" not in headers
    assert browser.reached == 2


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt"])
def test_what_search_engines_ask_for_is_kept_and_the_same_for_all(path: str) -> None:
    browser = Browser()
    answers = {str(browser.get(path, HTTP_ACCEPT_LANGUAGE=each)) for each in ("fr", "en", "")}
    assert len(answers) == 1
    assert browser.reached == 1
    assert browser.get(path)[1]["Content-Language"] == "nl, fr, en"


def test_a_failure_of_ours_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    monkeypatch.setattr("guidance.views._other_countries", fails)
    assert browser.get("/nl-be/lines/")[0].startswith("500")
    monkeypatch.undo()
    assert browser.get("/nl-be/lines/")[0].startswith("200")


def test_the_list_of_addresses_and_what_is_one_agree() -> None:
    contents = live.live()
    listed = all_addresses(contents)
    pages_of_places = sum(
        len(contents_at(contents, place.country).paths) for place in places(contents)
    )
    assert len(listed) == len(set(listed)) == pages_of_places + len(FOR_MACHINES)
    assert all(is_address(each, contents) for each in listed)
    for other in ("/", "", "/nl", "/xx/", "/nl-be/none/", "/nl", "//", "/nl-be/quick", "/quick/"):
        assert not is_address(other, contents)


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

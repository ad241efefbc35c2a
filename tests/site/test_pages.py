"""Pages answered from memory are what Django would have answered, and are dropped in time."""

import gzip
from typing import Any

import brotli
import pytest
from django.core.wsgi import get_wsgi_application

from sextortion_help import pages
from sextortion_help.publishing import live

pytestmark = pytest.mark.django_db


class Browser:
    """Asks a WSGI application; counts how often Django was reached."""

    def __init__(self) -> None:
        self.reached = 0
        django = get_wsgi_application()

        def counted(environ: dict[str, Any], start_response: Any) -> Any:
            self.reached += 1
            return django(environ, start_response)

        self.application = pages.Pages(counted)

    def get(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[str, dict[str, str], bytes]:
        import io

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": headers.pop("query", ""),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **headers,
        }
        head: list[Any] = []
        body = b"".join(self.application(environ, lambda *answer: head.extend(answer)))
        return head[0], dict(head[1]), body


def test_the_second_visit_does_not_reach_django_and_gets_the_same_page() -> None:
    browser = Browser()
    first, second = browser.get("/nl/first/"), browser.get("/nl/first/")
    assert first == second
    assert first[0] == "200 OK"
    assert first[1]["Cache-Control"] == "no-store"
    assert browser.reached == 1


def test_a_query_is_not_looked_at() -> None:
    browser = Browser()
    assert browser.get("/nl/first/") == browser.get("/nl/first/", query="a=b")
    assert browser.reached == 1


def test_the_page_comes_in_the_encoding_the_browser_accepts() -> None:
    browser = Browser()
    plain = browser.get("/nl/first/")[2]
    _, headers, body = browser.get("/nl/first/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert headers["Content-Encoding"] == "br"
    assert headers["Content-Length"] == str(len(body))
    assert brotli.decompress(body) == plain
    _, headers, body = browser.get("/nl/first/", HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    assert browser.get("/nl/first/", HTTP_ACCEPT_ENCODING="br;q=0, gzip;q=0")[2] == plain


def test_head_gives_the_headers_of_the_page_without_the_page() -> None:
    browser = Browser()
    length = browser.get("/nl/first/")[1]["Content-Length"]
    status, headers, body = browser.get("/nl/first/", method="HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", length, b"")


def test_a_new_revision_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    browser.get("/nl/first/")
    now = live.live()
    monkeypatch.setattr(live._memory, "live", live.Live(now.revision + 1, now.contents))
    browser.get("/nl/first/")
    assert browser.reached == 2


def test_a_new_minute_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    monkeypatch.setattr(pages.time, "time", lambda: 59.0)
    browser.get("/nl/first/")
    monkeypatch.setattr(pages.time, "time", lambda: 60.0)
    browser.get("/nl/first/")
    assert browser.reached == 2


@pytest.mark.parametrize("path", ["/nl/no-such-page/", "/exit/", "/admin/login/", "/health/"])
def test_only_public_pages_that_exist_are_kept(path: str) -> None:
    browser = Browser()
    browser.get(path)
    browser.get(path)
    assert browser.reached == 2


def test_another_host_gets_its_own_answer() -> None:
    browser = Browser()
    browser.get("/nl/first/")
    assert browser.get("/nl/first/", HTTP_HOST="evil.example")[0].startswith("400")


def test_the_number_of_kept_pages_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_PAGES", 3)
    browser = Browser()
    for port in range(10):
        browser.get("/nl/first/", HTTP_HOST=f"localhost:{port}")
        assert len(browser.application._answers) <= 4

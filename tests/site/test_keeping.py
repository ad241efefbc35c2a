"""What is kept in memory before Django, and what never is: the bounds and the refusals."""

import json
from dataclasses import replace

import pytest
from pytest_django import Settings

from sextortion_help import pages
from sextortion_help.publishing import live
from tests.site.browser import Browser
from tests.site.test_no_trace import fails

pytestmark = pytest.mark.django_db

PAGE = "/nl-be/lines/"
PUBLIC = ("X-Accel-Expires", "10")
COOKIE = ("Set-Cookie", "a=b")


@pytest.mark.parametrize(
    ("key", "status", "headers", "kept"),
    [
        ("/nl-be/", "200 OK", [PUBLIC], True),
        ("/nl-be/", "200 OK", [PUBLIC, COOKIE], False),
        ("/nl-be/", "200 OK", [], False),
        ("/nl/", "302 Found", [PUBLIC], True),
        ("/nl/", "302 Found", [], False),
        ("/nl/", "302 Found", [PUBLIC, COOKIE], False),
        ("/nl-be/", "404 Not Found", [PUBLIC], False),
        ("root nl-be", "302 Found", [], True),
        ("root nl-be", "302 Found", [COOKIE], False),
        ("root nl-be", "404 Not Found", [], False),
        ("nowhere nl-be", "404 Not Found", [], True),
        ("nowhere nl-be", "404 Not Found", [COOKIE], False),
        ("nowhere nl-be", "302 Found", [], False),
        ("nowhere nl-be", "500 Internal Server Error", [], False),
    ],
)
def test_only_whole_answers_without_a_cookie_are_kept(
    key: str, status: str, headers: pages.Headers, kept: bool
) -> None:
    assert pages._is_for_keeping(key, status, headers) is kept


def test_a_page_that_fails_is_given_up_and_its_room_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser, now = Browser(), live.live()
    browser.get(PAGE)
    assert browser.pages._size > 0
    monkeypatch.setattr(live._memory, "contents", replace(now, revision=now.revision + 1))
    monkeypatch.setattr("guidance.views._other_countries", fails)
    assert browser.get(PAGE)[0].startswith("500")
    assert (browser.pages._kept, browser.pages._size) == ({}, 0)


def test_ports_are_the_visitors_choice_and_only_so_many_are_remembered() -> None:
    browser = Browser()
    for port in range(1, 151):
        assert browser.get(PAGE, HTTP_HOST=f"localhost:{port}")[0] == "200 OK"
    assert len(browser.pages._hosts) == pages._MOST_HOSTS
    assert browser.reached == 1
    browser.get(PAGE, HTTP_HOST="evil.example")
    assert "evil.example" not in browser.pages._hosts


def test_the_root_of_the_staff_area_is_no_visitors_root(settings: Settings) -> None:
    settings.ROLE = "staff"
    browser = Browser()
    browser.get("/")
    browser.get("/")
    assert browser.reached == 2


def test_the_health_tells_how_often_a_page_was_made() -> None:
    browser = Browser()

    def rendered() -> int:
        return int(json.loads(browser.get("/health/")[2])["rendered"])

    assert rendered() == 0
    for _ in range(3):
        browser.get(PAGE)
    browser.get("/nl-be/none/")
    assert rendered() == 2

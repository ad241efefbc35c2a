"""What is kept in memory before Django, and what never is: the bounds and the refusals."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from sextortion_help import pages
from sextortion_help.publishing import live
from sextortion_help.publishing.content import Contents
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
    assert browser.reached == 2
    assert (browser.pages._kept, browser.pages._size) == ({}, 0)


def test_ports_are_the_visitors_choice_and_only_so_many_are_remembered() -> None:
    browser = Browser()
    for port in range(1, 151):
        assert browser.get(PAGE, HTTP_HOST=f"localhost:{port}")[0] == "200 OK"
    assert len(browser.pages._hosts) == 100
    assert browser.reached == 1
    browser.get(PAGE, HTTP_HOST="evil.example")
    assert "evil.example" not in browser.pages._hosts


@pytest.mark.parametrize(("length", "ours"), [(260, True), (261, False)])
def test_no_host_is_longer_than_a_name_and_a_port(length: int, ours: bool) -> None:
    host = "localhost:".ljust(length, "1")
    assert Browser().pages._is_ours(host) is ours


def test_a_page_that_is_kept_is_found_by_its_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    browser.get(PAGE)
    monkeypatch.setattr(pages, "_key", fails)
    assert browser.get(PAGE)[0] == "200 OK"


def test_without_content_nothing_has_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live._memory, "contents", Contents())
    for path in ("/", PAGE, "/nowhere/"):
        assert pages._key({"PATH_INFO": path}) is None


def kept(**fields: Any) -> pages.Kept:
    """Give an answer that was made now, of what is live now."""
    given = {
        "revision": live.live().revision, "read": set(), "minute": pages._minute(), "said": {},
        "status": "200 OK", "headers": [], "digest": b"\0", "answers": {},
    }  # fmt: skip
    return pages.Kept(**{**given, **fields})


def test_what_nobody_thought_of_is_made_again_after_five_to_ten_minutes() -> None:
    assert [kept(digest=bytes([first])).patience for first in (0, 51, 255)] == [300, 360, 600]


def test_a_page_is_good_while_it_would_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    moments, true = list[datetime](), [True]

    def still_true(said: object, now: datetime) -> bool:
        moments.append(now)
        return true[0]

    monkeypatch.setattr(pages, "still_true", still_true)
    monkeypatch.setattr("sextortion_help.pages.time.time", lambda: 90.0)
    page = kept()
    assert page.is_good() is True
    assert moments == []  # looked at once a minute
    monkeypatch.setattr("sextortion_help.pages.time.time", lambda: 120.0)
    assert page.is_good() is True
    assert page.is_good() is True
    assert moments == [datetime(1970, 1, 1, 0, 2, tzinfo=UTC)]
    true[0] = False
    monkeypatch.setattr("sextortion_help.pages.time.time", lambda: 180.0)
    assert page.is_good() is False
    assert page.is_good() is False
    assert kept(revision=live.live().revision - 1).is_good() is False


def test_the_oldest_pages_make_room_and_the_newest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [f"/nl-be/{path}/" for path in ("lines", "quick", "chat")]
    whole = Browser()
    for path in several:
        whole.get(path)
    sizes = [whole.pages._kept[path].size for path in several]
    for most, stay in ((sum(sizes), 3), (sum(sizes) - 1, 2), (sizes[2], 1), (0, 1)):
        monkeypatch.setattr(pages, "MOST_BYTES", most)
        browser = Browser()
        for path in several:
            browser.get(path)
        assert [*browser.pages._kept] == several[-stay:]
        assert browser.pages._size == sum(sizes[-stay:])


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

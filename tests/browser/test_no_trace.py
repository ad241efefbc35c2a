"""What a visit leaves on the device and on the server, read from the disk of both."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import FLAGS, Visit
from tests.browser.content import HELP, rows
from tests.browser.self_check import HEADINGS, LONGEST, TARGETS, check_place
from tests.server import Server

pytestmark = pytest.mark.browser

# where Chromium keeps what a page stores, and what it has fetched
STORES = ("Local Storage", "Session Storage", "IndexedDB", "WebStorage", "Service Worker")
CACHES = ("Cache", "Code Cache", "Shared Dictionary")
# what the pages of both journeys say, and a number that stands in the self-check
WORDS = (
    HEADINGS[TARGETS[LONGEST[1]]]["nl"], rows("quiz.turn")[0]["text_nl"].splitlines()[0],
    rows("guidance.channel")[0]["address"],
)  # fmt: skip


def take_self_check(page: Page) -> None:
    page.goto("/nl-be/check/")
    for place in LONGEST[1:]:
        page.locator(f'a[href="#{place}"]').click(delay=500)  # a tap sooner than that is ignored
        check_place(page, place, "nl")


def take_chat(page: Page) -> None:
    page.goto("/nl-be/chat/")
    for _ in range(4):
        page.locator("#next button, .replies button").first.click(delay=500)
        page.wait_for_timeout(500)
    assert page.locator("[role=log] .said").count() == 3


JOURNEYS = {
    "check": (take_self_check, "Vragen · Baken"),
    "chat": (take_chat, "Oefenen · Baken"),
}


@pytest.fixture
def profile(
    journey: str, playwright: Playwright, program: str, server: Server, tmp_path: Path
) -> Path:
    """What is on the disk after a browser was opened, used for the journey, and closed.

    Pages come uncompressed, so that their words would be found in a cache.
    """
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=program, args=FLAGS, base_url=server.url,
        extra_http_headers={"Accept-Encoding": "identity"},
    )  # fmt: skip
    take, _title = JOURNEYS[journey]
    take(context.pages[0])
    context.pages[0].wait_for_timeout(500)  # the browser writes its history a little later
    context.close()
    return tmp_path / "Default"


def read(database: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def files(profile: Path, *folders: str) -> Iterator[tuple[Path, bytes]]:
    for folder in folders or (".",):
        for path in (profile / folder).rglob("*"):
            if path.is_file():
                yield path, path.read_bytes()


@pytest.mark.parametrize("journey", JOURNEYS)
def test_one_visit_leaves_little_on_the_device(profile: Path, journey: str, server: Server) -> None:
    host = server.url.removeprefix("http://")
    history = read(profile / "History", "SELECT url, title FROM urls")
    assert history == [(f"{server.url}/nl-be/{journey}/", JOURNEYS[journey][1])]
    assert read(profile / "Cookies", "SELECT * FROM cookies") == []
    for path, content in files(profile, *STORES):
        assert host.encode() not in content, path
    address = re.compile(re.escape(host).encode() + rb"(/[\w./-]*)")
    kept = {found for _, content in files(profile, *CACHES) for found in address.findall(content)}
    assert any(found.startswith(b"/static/") for found in kept), "the test looks in the wrong place"
    assert {found for found in kept if not found.startswith(b"/static/")} <= {b"/"}
    for path, content in files(profile, *CACHES):
        for words in (b"<!doctype html>", *(each.encode() for each in WORDS)):
            assert words not in content, path


@pytest.mark.parametrize("journey", ["check"])
def test_answers_are_on_the_device_only_while_a_tab_can_be_restored(
    profile: Path, journey: str
) -> None:
    """The browser itself keeps the state of open tabs, there the opaque codes; nothing else does."""
    codes = [place.encode() for place in TARGETS.keys() - HEADINGS.keys() if place]
    for path, content in files(profile):
        if path.relative_to(profile).parts[0] not in ("Sessions", "Sessions_Encrypted"):
            for code in codes:
                assert code not in content, (path, code)
                assert code.decode().encode("utf-16-le") not in content, (path, code)


def test_the_server_writes_down_nothing_about_a_visitor(visit: Visit, server: Server) -> None:
    page = visit(user_agent="A browser that can be known again", locale="fr-BE")
    for address in ("/", "/fr-be/", "/nl-be/check/", "/nl-be/lines/be/", f"/en-be/{HELP}?who=me"):
        page.goto(address)
    for wrong in ("/nl-be/no-such-page/", "/fr-be/do/%00/", "/nl-be/check/zzzz/"):
        assert page.request.get(wrong).status == 404
    assert page.request.post("/nl-be/check/").status == 405
    assert page.request.get("/nl-be/", headers={"host": "evil.example"}).status == 400
    assert page.request.get("/exit/", max_redirects=0).status == 302
    log = server.log.read_text()
    for trace in (
        "127.0.0.1",
        "known again",
        "/nl-be/",
        "/fr-be/",
        "/en-be/",
        "exit",
        "evil",
        "GET",
    ):
        assert trace not in log, log

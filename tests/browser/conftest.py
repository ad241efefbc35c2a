"""A real Chromium and a real server. Each visit is by a browser that was never here before."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

from tests.server import CONTENT, Server, running

pytest.register_assert_rewrite("tests.browser.self_check")

FLAGS = [
    "--no-sandbox",  # Chromium's own refuses to run as root
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing here reaches the network
]  # fmt: skip
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "is_mobile": True,
    "has_touch": True,
}

type Visit = Callable[..., Page]


def missing(what: str) -> NoReturn:
    """Say loudly that an engine is not tried, and fail where everything must be."""
    reason = f"there is no {what}; tests/browser/install.sh brings one"
    print(f"\n*** NOT TRIED: {reason} ***", file=sys.__stderr__)
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The site as it is served in production, with the content of the tests."""
    with running(*CONTENT) as server:
        yield server


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Runs an event loop in this thread, so it ends with this folder: Django refuses SQL in one."""
    with sync_playwright() as playwright:
        # python -X dev would note where each wait began, and remark on every one
        asyncio.get_running_loop().set_debug(False)
        yield playwright


LIGHT = (
    "chromium-headless-shell"  # the same engine without windows, of Debian: a page costs it a third
)


def program_of(playwright: Playwright, *first: str) -> str:
    """Give the first of these programs that is here, else the Chromium or Chrome of this machine."""
    names = (*first, "chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), playwright.chromium.executable_path)
    if not Path(found).exists():
        missing("Chromium")
    return found


@pytest.fixture(scope="package")
def program(playwright: Playwright) -> str:
    """The whole Chromium."""
    return program_of(playwright)


@pytest.fixture(scope="package")
def chromium(playwright: Playwright, program: str) -> Iterator[Browser]:
    """One browser for all tests, with the back/forward cache that people have and Playwright has not."""
    browser = playwright.chromium.launch(
        executable_path=program, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def forgetful(playwright: Playwright, program: str) -> Iterator[Browser]:
    """Without that cache, as in browsers that honour no-store there: Back loads the page again."""
    browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def light(playwright: Playwright) -> Iterator[Browser]:
    """The light one for most tests. Back, the disk and a browser's own windows are tried in the whole."""
    browser = playwright.chromium.launch(executable_path=program_of(playwright, LIGHT), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of this test complained of: errors of scripts, refusals by the CSP."""
    return []


@pytest.fixture
def visit(light: Browser, server: Server, faults: list[str]) -> Iterator[Visit]:
    """Open the site in a browser of its own: visit(script=False, color_scheme="dark", **PHONE).

    The test fails when a page had a fault, unless it has emptied `faults`.
    """
    contexts = []

    def said(message: ConsoleMessage) -> None:
        offline = "net::ERR_INTERNET_DISCONNECTED" in message.text
        if message.type in ("error", "warning") and not offline:
            faults.append(f"{message.location['url']}: {message.text}")

    def open_browser(script: bool = True, browser: Browser = light, **options: Any) -> Page:
        context = browser.new_context(base_url=server.url, java_script_enabled=script, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert not faults


def hurry(page: Page) -> None:
    """Make each look at the clock half a second later: our scripts take a tap that comes sooner than
    that for a part of the one before."""
    page.add_init_script("{ let now = 0; performance.now = () => (now += 500) }")

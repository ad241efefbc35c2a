"""An editor at work in one process, visitors at another: the whole way of a change, and back."""

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.self_check import ANSWERS, CHECK, LABELS, LANGUAGES, START
from tests.server import CONTENT, ROOT, Server, running, serving

pytestmark = pytest.mark.browser

OLD = LABELS[ANSWERS[START][0]]
NEW = {"nl": "Nee, dat is niet zo", "fr": "Non, ce n’est pas le cas", "en": "No, that is not so"}
PATIENCE = 10  # seconds for what should take two; a busy machine is no fault of the site


@pytest.fixture
def editors() -> Iterator[Server]:
    """The process in which staff edit, with a database of its own."""
    with running(*CONTENT) as server:
        yield server


@pytest.fixture
def visitors(editors: Server, tmp_path: Path) -> Iterator[Server]:
    """A second process on the same database."""
    with serving(editors.environment, tmp_path) as server:
        yield server


def log_in(page: Page, editors: Server) -> None:
    command = [sys.executable, "manage.py", "staff_login"]
    printed = subprocess.run(
        command, cwd=ROOT, env=editors.environment, capture_output=True, text=True, check=True
    ).stdout
    password = re.search(r"password: (\S+)", printed)
    assert password
    page.goto(f"{editors.url}/admin/")
    page.fill("[name=username]", "staff")
    page.fill("[name=password]", password[1])
    page.press("[name=password]", "Enter")
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()


def label(server: Server, language: str) -> str:
    """Give the first answer of the self-check as a visitor gets it now."""
    with urllib.request.urlopen(f"{server.url}/{language}-be/check/") as response:
        html = response.read().decode()
    found = re.search(rf'<a href="#{ANSWERS[START][0]}">([^<]*)', html)
    assert found
    return found[1]


def wait_for(server: Server, labels: dict[str, str]) -> float:
    """Wait until visitors get these words in all languages, and give how many seconds that took."""
    asked = time.monotonic()
    while {language: label(server, language) for language in LANGUAGES} != labels:
        assert time.monotonic() - asked < PATIENCE, f"not served within {PATIENCE} s"
        time.sleep(0.05)
    return time.monotonic() - asked


def test_what_an_editor_publishes_another_process_serves_and_two_clicks_put_it_back(
    visit: Visit, editors: Server, visitors: Server
) -> None:
    page = visit(locale="en")
    log_in(page, editors)
    wait_for(visitors, OLD)

    page.goto(f"{editors.url}/admin/quiz/selfcheck/")
    page.locator("#result_list").get_by_role("link", name=CHECK).first.click()
    check = page.url
    page.locator("#content a[href*='/quiz/question/']").first.click()
    for language, words in NEW.items():
        page.fill(f"[name=answers-0-label_{language}]", words)
    page.get_by_role("button", name="Save", exact=True).first.click()
    assert label(editors, "nl") == OLD["nl"], "a draft is not public"

    page.goto(check)
    page.get_by_role("button", name="Save and check").first.click()
    page.get_by_label("Name of this release").fill("a clearer no")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(f"Published: selfcheck {CHECK} 2.")).to_be_visible()
    print(f"served by the second process after {wait_for(visitors, NEW):.2f} s")
    wait_for(editors, NEW)

    page.goto(check)
    page.locator("#content").get_by_role("link", name="Versions").first.click()
    expect(page.get_by_role("row", name="a clearer no")).to_be_visible()
    row = page.get_by_role("row", name="Put version 1 back")
    expect(row.get_by_label("into the draft too")).to_be_checked()
    row.get_by_role("button", name="Put version 1 back").click()
    expect(page.get_by_text(f"Done: selfcheck {CHECK} 3.")).to_be_visible()
    print(f"back again after {wait_for(visitors, OLD):.2f} s")
    page.goto(check)
    page.locator("#content a[href*='/quiz/question/']").first.click()
    expect(page.locator("[name=answers-0-label_nl]")).to_have_value(OLD["nl"])

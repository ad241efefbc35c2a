"""What comes between a member of staff and a form, where only a browser shows it: no typed word is lost."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.server import CONTENT, ROOT, Server, running

pytestmark = [pytest.mark.browser, pytest.mark.long]

PASSWORD = "a long enough one"  # noqa: S105  of a test
LINE = "Waarom: é & “x”, met spaties"
# one draft differs from what is live, and is published by the only publisher there is
MADE = (
    "from django.contrib.auth.models import User; from guidance.models import Page;"
    f"User.objects.create_superuser('paula', password={PASSWORD!r});"
    "page = Page.objects.filter(entries=[]).first(); page.title_en = 'Other words'; page.save();"
    "print(page.pk)"
)


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[Server, str]]:
    """A server, and the number of the page that differs."""
    with running(*CONTENT) as server:
        printed = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", MADE], cwd=ROOT, check=True, text=True,
            env=server.environment, capture_output=True,
        ).stdout  # fmt: skip
        yield server, printed.strip()


@pytest.fixture
def asked() -> list[str]:
    """What the browser asked before it left a page, each answered with “stay”."""
    return []


@pytest.fixture
def page(chromium: Browser, made: tuple[Server, str], asked: list[str]) -> Iterator[Page]:
    """A tab in which the publisher is logged in."""
    server, _ = made
    context = chromium.new_context(base_url=server.url, locale="en")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto("/admin/")
    log_in(page)
    expect(page.locator("#user-tools")).to_be_visible()
    stay(page, asked)
    yield page
    context.close()


def log_in(page: Page) -> None:
    page.fill("[name=username]", "paula")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def stay(page: Page, asked: list[str]) -> None:
    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)


def publish_page(made: tuple[Server, str]) -> str:
    return f"/admin/publishing/version/publish/?draft=page:{made[1]}"


def note_forms(made: tuple[Server, str]) -> list[tuple[str, str]]:
    """Give forms outside the drafts, each with a field to type into."""
    return [
        (publish_page(made), "[name=note]"),
        (f"/admin/guidance/page/{made[1]}/retire/", "[name=note]"),
        ("/admin/auth/user/add/", "[name=email]"),
    ]


def test_leaving_any_form_with_words_in_it_asks(
    page: Page, made: tuple[Server, str], asked: list[str]
) -> None:
    for number, (address, field) in enumerate(note_forms(made), start=1):
        page.goto(address)
        page.locator(field).press_sequentially("abc")
        page.locator(".breadcrumbs a").first.click()
        page.wait_for_timeout(200)
        assert page.url.endswith(address)
        expect(page.locator(field)).to_have_value("abc")
        assert asked == ["beforeunload"] * number
        page.fill(field, "")
    page.goto(publish_page(made))
    page.locator("[name=note]").press_sequentially("abc")
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert len(asked) == 4, "closing the tab asks too"
    expect(page.locator("[name=note]")).to_have_value("abc")


def test_a_list_or_a_search_is_left_without_a_question(
    page: Page, made: tuple[Server, str], asked: list[str]
) -> None:
    page.goto("/admin/guidance/page/?all=")
    page.locator(".action-select").first.check()
    page.locator(".breadcrumbs a").first.click()
    page.goto("/admin/password_change/")
    page.fill("[name=old_password]", PASSWORD)
    page.locator(".breadcrumbs a").first.click()
    page.wait_for_url("**/admin/")
    assert asked == []
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    assert PASSWORD not in stored


def test_what_a_reload_or_back_threw_away_is_offered_again(
    chromium: Browser, made: tuple[Server, str], page: Page
) -> None:
    other = page.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    for address, field in note_forms(made):
        other.goto(address)
        other.locator(field).press_sequentially("abc")
        other.reload()
        other.get_by_role("button", name="Put it back").click()
        expect(other.locator(field)).to_have_value("abc")
        other.locator(".breadcrumbs a").first.click()
        other.wait_for_load_state()
        other.go_back()
        if other.locator(field).input_value() != "abc":
            other.get_by_role("button", name="Put it back").click()
        expect(other.locator(field)).to_have_value("abc")
        other.go_forward()
        other.goto(address)
        if other.locator(field).input_value() != "abc":
            other.get_by_role("button", name="Put it back").click()
        expect(other.locator(field)).to_have_value("abc")


def test_what_could_not_be_sent_waits_while_another_form_is_saved(
    made: tuple[Server, str], page: Page
) -> None:
    other = page.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    other.goto(publish_page(made))
    other.fill("[name=note]", LINE)
    other.route("**/publish/**", lambda route: route.abort())
    other.locator("#content [type=submit]").first.click()
    other.wait_for_timeout(500)
    other.unroute_all()
    other.goto(f"/admin/guidance/page/{made[1]}/change/")
    other.fill("[name=summary_en]", "Saved in between")
    other.locator("[name=_save]").first.click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    other.goto(publish_page(made))
    other.get_by_role("button", name="Put it back").click()
    expect(other.locator("[name=note]")).to_have_value(LINE)


def test_a_server_that_starts_again_between_typing_and_saving_takes_what_was_typed(
    made: tuple[Server, str], page: Page
) -> None:
    server, number = made
    page.goto(f"/admin/guidance/page/{number}/change/")
    page.fill("[name=summary_fr]", "Écrit avant le redémarrage")
    workers = subprocess.run(
        ["pgrep", "-P", str(server.pid)], check=True, capture_output=True, text=True
    ).stdout.split()
    for worker in workers:
        os.kill(int(worker), signal.SIGKILL)
    answers = 0
    for _ in range(60):
        try:
            with urllib.request.urlopen(f"{server.url}/health/", timeout=2):
                answers += 1
                break
        except OSError:
            page.wait_for_timeout(500)
    assert answers
    page.locator("[name=_continue]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("[name=summary_fr]")).to_have_value("Écrit avant le redémarrage")


def test_a_note_typed_when_the_session_ends_is_published_after_the_login(
    made: tuple[Server, str], page: Page, asked: list[str]
) -> None:
    page.goto(publish_page(made))
    page.fill("[name=note]", LINE)
    page.context.clear_cookies()
    page.locator("#content [type=submit]").first.click()
    expect(page.get_by_text("kept in this page")).to_be_visible()
    page.click("h1, body")
    page.fill("[name=username]", "x")
    page.locator("#site-name a").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"], "that page holds the only copy"
    log_in(page)
    page.get_by_role("button", name="Go on with what you wrote").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Published")
    page.goto("/admin/publishing/version/")
    expect(page.locator("#content tbody tr").first).to_contain_text(LINE)
    stored: Any = page.evaluate("Object.keys(sessionStorage)")
    assert not [key for key in stored if "publish" in key]

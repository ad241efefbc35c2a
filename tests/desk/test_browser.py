"""The desk in a real browser: what is saved unchanged, what is asked, how many clicks things take."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from tests.browser.conftest import LIGHT, program_of
from tests.browser.content import rows
from tests.server import CONTENT, ROOT, Server, running

pytestmark = pytest.mark.browser

AXE = next((ROOT / "tests/vendor").glob("axe-core-*/axe.min.js"))
KINDS = ("guidance/page", "guidance/country", "guidance/service", "guidance/app", "guidance/letter", "guidance/message", "guidance/detail",
         "quiz/selfcheck", "quiz/question", "quiz/ending", "quiz/practice", "quiz/contact", "quiz/turn",
         "quiz/tactic", "quiz/outcome")  # fmt: skip
LOGGING = (
    "django_admin_log",
    "django_session",
    "auth_user",
    "django_content_type",
    "sqlite_sequence",
)


@pytest.fixture(scope="module")
def desk() -> Iterator[Server]:
    with running(*CONTENT) as server:
        yield server


@pytest.fixture(scope="module")
def password(desk: Server) -> str:
    printed = subprocess.run(
        [sys.executable, "manage.py", "staff_login"], cwd=ROOT, env=desk.environment, capture_output=True,
        text=True, check=True,
    ).stdout  # fmt: skip
    found = re.search(r"password: (\S+)", printed)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        asyncio.get_running_loop().set_debug(False)
        program = program_of(playwright, LIGHT)
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


class Clicks:
    """Counts what somebody presses; typing and choosing in a list are not counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count, self.chosen = page, 0, 0

    def press(self, role: Any, name: str | re.Pattern[str], exact: bool = True) -> None:
        self.count += 1
        self.page.locator("#content").get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state("load")

    def choose(self, field: str, **option: Any) -> None:
        self.chosen += 1
        self.page.select_option(f"[name={field}]", **option)


@pytest.fixture(scope="module")
def logged_in(chromium: Browser, desk: Server, password: str) -> Any:
    """What a browser keeps of somebody who has logged in, so that it need not be done for each test."""
    context = chromium.new_context(base_url=desk.url)
    log_in(context.new_page(), password)
    state = context.storage_state()
    context.close()
    return state


def context(
    chromium: Browser, desk: Server, logged_in: Any, locale: str, **options: Any
) -> BrowserContext:
    context = chromium.new_context(
        base_url=desk.url, locale=locale, storage_state=logged_in, **options
    )
    context.new_page()
    return context


def log_in(page: Page, password: str) -> None:
    page.goto("/admin/")
    page.fill("[name=username]", "staff")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    expect(page.locator("#user-tools")).to_be_visible()


@pytest.fixture
def page(chromium: Browser, desk: Server, logged_in: Any) -> Iterator[Page]:
    opened = context(chromium, desk, logged_in, "en")
    page = opened.pages[0]
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.set_default_timeout(15_000)
    yield page
    opened.close()
    assert not [fault for fault in faults if "net::ERR_" not in fault and "409" not in fault]


def database(desk: Server) -> dict[str, list[Any]]:
    """Give every row of every table, but for who logged in and what was logged."""
    with sqlite3.connect(desk.environment["DATABASE_URL"].removeprefix("sqlite:///")) as rows:
        names = [
            name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            n: list(rows.execute(f'SELECT * FROM "{n}" ORDER BY 1'))  # noqa: S608  our own
            for n in names
            if n not in LOGGING
        }


def addresses(page: Page, kind: str) -> list[str]:
    page.goto(f"/admin/{kind}/?all=")
    links = page.locator("#result_list tbody tr")
    return [
        str(row.locator("a[href*='/change/']").first.get_attribute("href")) for row in links.all()
    ]


@pytest.mark.parametrize(
    "way",
    [
        ("nl", True, False),
        pytest.param(("fr", False, True), marks=pytest.mark.long),
        pytest.param(("nl", True, True), marks=pytest.mark.long),
    ],
    ids=["one of each kind", "all in French without script", "all in Dutch with script"],
)
def test_forms_saved_unchanged_change_nothing(
    chromium: Browser, desk: Server, logged_in: Any, way: tuple[str, bool, bool]
) -> None:
    locale, script, every = way
    editors = context(chromium, desk, logged_in, locale, java_script_enabled=script)
    page, before, count = editors.pages[0], database(desk), 0
    for kind in KINDS:
        found = addresses(page, kind)
        for address in found if every else found[:1]:
            page.goto(address.partition("?")[0])
            page.locator("[name=_save]").first.click()
            expect(page.locator(".messagelist .success")).to_be_visible()
            count += 1
    editors.close()
    after = database(desk)
    assert [name for name in before if before[name] != after[name]] == []
    print(f"{count} forms")


def test_leaving_with_unsaved_typing_asks_and_saving_does_not(page: Page) -> None:
    asked: list[str] = []
    address = addresses(page, "guidance/page")[0]

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(address)
    page.goto(address)
    assert not asked, "nothing was typed"
    page.locator("[name=title_nl]").press_sequentially("x")
    for link in ("Versions", "History", "Take off the site"):
        page.locator("#content .object-tools").get_by_role("link", name=link).click()
        page.wait_for_timeout(200)
        assert address.partition("?")[0] in page.url
    assert asked == ["beforeunload"] * 3
    page.get_by_role("button", name="Save and check").first.click()
    expect(page.get_by_role("heading", name="Check and publish")).to_be_visible()
    assert asked == ["beforeunload"] * 3


def test_what_a_reload_threw_away_is_offered_again(page: Page) -> None:
    address = addresses(page, "quiz/question")[0]
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    page.fill("[name=text_fr]", "Écrit avant la panne")
    page.locator("#answers-group .add-row a").click()
    last = page.locator("[name=answers-TOTAL_FORMS]").input_value()
    page.fill(f"[name=answers-{int(last) - 1}-label_nl]", "Nieuw")
    page.reload()
    expect(page.locator("[name=text_fr]")).not_to_have_value("Écrit avant la panne")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("[name=text_fr]")).to_have_value("Écrit avant la panne")
    expect(page.locator(f"[name=answers-{int(last) - 1}-label_nl]")).to_have_value("Nieuw")
    page.fill(f"[name=answers-{int(last) - 1}-label_nl]", "")  # others publish this self-check
    page.locator("[name=_save]").first.click()
    page.goto(address)
    expect(page.locator("[name=text_fr]")).to_have_value("Écrit avant la panne")
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)


def test_a_session_that_ended_gives_the_text_back_after_login(page: Page, password: str) -> None:
    page.goto(addresses(page, "guidance/letter")[0])
    page.fill("[name=help_nl]", "Geschreven na het einde")
    page.context.clear_cookies()
    page.locator("[name=_continue]").first.click()
    page.fill("[name=username]", "staff")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.get_by_role("button", name="Save what you wrote").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("[name=help_nl]")).to_have_value("Geschreven na het einde")


def test_a_connection_that_broke_while_saving_loses_no_word(page: Page) -> None:
    address = addresses(page, "guidance/app")[0]
    page.goto(address)
    page.fill("[name=report_en]", "Written before the line broke")
    page.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )
    page.locator("[name=_save]").first.click()
    page.wait_for_timeout(500)
    page.unroute_all()
    page.goto(address)
    page.get_by_role("button", name="Put it back").click()
    page.locator("[name=_continue]").first.click()
    expect(page.locator("[name=report_en]")).to_have_value("Written before the line broke")


def test_errors_take_the_focus_and_lead_to_their_field(page: Page) -> None:
    page.goto(addresses(page, "quiz/question")[0])
    page.fill("[name=answers-0-label_fr]", "x")
    page.evaluate(
        "document.querySelector('[name=answers-0-label_fr]').removeAttribute('maxlength')"
    )
    page.fill("[name=answers-0-label_fr]", "x" * 121)
    page.locator("[name=_save]").first.click()
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#errors a").first.click()
    expect(page.locator("[name=answers-0-label_fr]")).to_be_focused()


def test_a_question_between_two_others_takes_five_clicks(page: Page) -> None:
    page.goto("/admin/quiz/selfcheck/")
    clicks = Clicks(page)
    clicks.press("link", rows("quiz.selfcheck")[0]["code"], exact=False)
    page.locator("#content .outline a").first.wait_for()
    clicks.count += 1
    page.locator("#content .outline a").first.click()
    target = page.locator("[name=answers-0-next_question]").input_value()
    end = page.locator("[name=answers-0-ending]").input_value()
    clicks.choose("answers-0-next_question", value="new-1")
    if end:
        clicks.choose("answers-0-ending", value="")
    clicks.press("button", "Save")  # and on to the new one
    for code in ("nl", "fr", "en"):
        page.fill(f"[name=text_{code}]", f"Question {code}?")
        for number, words in ((0, "Yes"), (1, "No")):
            page.fill(f"[name=answers-{number}-label_{code}]", f"{words} {code}")
            page.fill(f"[name=answers-{number}-advice_{code}]", f"You said {code}.")
    for number in (0, 1):
        clicks.choose(f"answers-{number}-tone", value="calm")
    endings = page.locator("[name=answers-1-ending] option").evaluate_all(
        "all => all.map(one => one.value)"
    )
    if target:
        clicks.choose("answers-0-next_question", value=target)
    else:
        clicks.choose("answers-0-ending", value=end)
    clicks.choose("answers-1-ending", value=endings[-1])
    clicks.press("button", "Save and check")
    assert page.locator("#content form").count(), page.locator("#content-main").inner_text()[:900]
    clicks.press("button", "Publish")
    expect(page.locator(".messagelist .success").last).to_contain_text("Published")
    print(f"a question: {clicks.count} clicks, {clicks.chosen} choices")
    assert clicks.count <= 5


def test_a_contact_with_four_turns_takes_ten_clicks(page: Page) -> None:
    page.goto("/admin/quiz/practice/")
    clicks = Clicks(page)
    clicks.press("link", rows("quiz.practice")[0]["code"], exact=False)
    clicks.press("button", "Save, and add: contact")
    page.fill("[name=code]", "z9")
    for name in ("name", "intro", "reveal_title", "reveal_body", "real_life"):
        for code in ("nl", "fr", "en"):
            page.fill(f"[name={name}_{code}]", f"{name} {code}")
    clicks.press("button", "Save, and add: turn")
    for number in range(4):
        for code in ("nl", "fr", "en"):
            page.fill(f"[name=text_{code}]", f"Turn {number} {code}")
            for reply in (0, 1):
                page.fill(f"[name=replies-{reply}-label_{code}]", f"Reply {reply} {code}")
        assert page.locator("[name=start]").is_checked() is (number == 0)
        for reply in (0, 1):
            clicks.choose(f"replies-{reply}-signal", value="neutral")
            if number < 3:
                clicks.choose(f"replies-{reply}-next_turn", value="new-1")
            else:
                clicks.count += 1
                page.check(f"[name=replies-{reply}-ends_chat]")
        if number < 3:
            clicks.press("button", "Save")  # and on to the new one
    clicks.press("button", "Save and check")
    clicks.press("button", "Publish")
    print(f"a contact: {clicks.count} clicks, {clicks.chosen} choices")
    assert clicks.count <= 10
    expect(page.locator(".messagelist .success").last).to_contain_text("Published")


@pytest.mark.parametrize(
    "kind", ["guidance/page", "guidance/service", "quiz/selfcheck", "quiz/question", "quiz/contact"]
)
def test_axe_finds_nothing_new(page: Page, kind: str) -> None:
    page.goto(addresses(page, kind)[0])
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        """async () => (await axe.run("#content", {rules: {"target-size": {enabled: true}}})).violations
        .map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 4)])"""
    )
    assert found == []


@pytest.mark.parametrize("path", ["", "search/?q=1", "guidance/service/?state=live"])
def test_axe_finds_nothing_on_the_desk_and_lists(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/admin/{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        """async () => (await axe.run("#main", {rules: {"target-size": {enabled: true}}})).violations
        .map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 4)])"""
    )
    assert found == []


def test_how_a_text_reads_is_said_while_it_is_typed(page: Page) -> None:
    page.goto(addresses(page, "guidance/page")[0])
    page.locator("#id_summary_nl").fill("Dit is kort. Heel kort.")
    expect(page.locator("output.reading").first).to_contain_text("2")


@pytest.mark.long  # a browser, and two renderings of a page after a pause in typing
def test_the_preview_beside_the_form_shows_what_is_saved_and_what_is_typed(
    page: Page, desk: Server
) -> None:
    address = addresses(page, "guidance/page")[0].partition("?")[0]
    page.set_viewport_size({"width": 1199, "height": 800})
    page.goto(address)
    toggle = page.get_by_role("button", name="Preview beside the form")
    expect(toggle).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("iframe")).to_have_count(0)
    toggle.click()
    shown = page.frame_locator("#beside iframe:not(.beside-coming)")
    expect(shown.get_by_text("Draft: visitors do not see this.")).to_be_visible()
    before, was = database(desk), page.url
    page.get_by_label("Show what I type, before it is saved").check()
    page.fill("[name=title_en]", "Typed a moment ago")
    expect(shown.get_by_text("Not saved: nobody else sees this.")).to_be_visible()
    expect(shown.locator("main")).to_contain_text("Typed a moment ago")
    expect(page.locator("#beside iframe")).to_have_count(1)
    assert (database(desk), page.url) == (before, was)
    field, beside = (page.locator(each).bounding_box() for each in ("[name=title_en]", "#beside"))
    assert field
    assert beside
    assert field["x"] + field["width"] <= beside["x"]
    assert beside["x"] + beside["width"] <= 1280
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run('#content').then(found => found.violations.map(one => one.id))")
    assert found == []
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(shown.get_by_text("Draft: visitors do not see this.")).to_be_visible()
    expect(shown.locator("main")).to_contain_text("Typed a moment ago")


def test_nothing_needs_a_script(chromium: Browser, desk: Server, logged_in: Any) -> None:
    editors = context(chromium, desk, logged_in, "en", java_script_enabled=False)
    page = editors.pages[0]
    page.goto(addresses(page, "guidance/page")[0])
    rows = page.locator(".inline-related.has_original")
    count = rows.count()
    page.locator("[name=_more]").first.click()
    expect(page.locator(".inline-related:not(.empty-form)")).to_have_count(count + 1)
    editors.close()


def test_files_are_small() -> None:
    assert Path(ROOT / "sextortion_help/static/staff.js").stat().st_size < 5000

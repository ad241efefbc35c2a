"""Ready-made words: letters, and words to tell somebody. What is chosen and typed stays in the page."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from guidance.choices import Amount, How, Who
from tests.browser.conftest import PHONE, Visit
from tests.browser.content import CARD, HELP, LETTER, MESSAGES, POSTER, rows

pytestmark = pytest.mark.browser

CHOSEN, OTHERS = MESSAGES[:2]
NOSCRIPT = Path(__file__).parent.parent.parent / "sextortion_help/static/noscript.css"


def choose(page: Page, choices: tuple[str, ...] = CHOSEN) -> None:
    for value in choices:
        page.locator(f"main input[value={value}]").check()


def copied(page: Page, context: BrowserContext) -> str:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-do=copy]:visible").click()
    expect(page.locator("[data-copied]:visible")).not_to_be_empty()
    return str(page.evaluate("navigator.clipboard.readText()"))


def words(page: Page) -> Any:
    return page.locator("[data-words]:visible")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_words_to_tell_somebody_are_shown_without_a_request(visit: Visit, script: bool) -> None:
    page = visit(script, **PHONE)
    page.goto("/nl-be/tell/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(words(page)).to_have_count(0)
    choose(page)
    if script:
        page.get_by_role("button", name="Toon de woorden").click()
        assert page.evaluate("document.activeElement.localName") == "h2"
    expect(words(page)).to_have_count(1)
    expect(words(page)).to_have_attribute("data-words", " ".join(CHOSEN))
    choose(page, OTHERS)
    if script:
        page.get_by_role("button", name="Toon de woorden").click()
    expect(words(page)).to_have_attribute("data-words", " ".join(OTHERS))
    page.locator("[name=detail][value=late]").check()
    if script:
        page.get_by_role("button", name="Toon de woorden").click()
        expect(words(page)).to_contain_text(re.compile(r"\S Het is al laat\.$"))
        page.locator("[name=detail][value='']").check()
        page.get_by_role("button", name="Toon de woorden").click()
        expect(words(page)).not_to_contain_text("laat")
    assert not [address for address in asked if "/static/" not in address]
    page.locator(".dock .help").click()
    page.wait_for_url(f"**/nl-be/{HELP}")
    page.go_back(wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/nl-be/tell/")
    page.reload()
    expect(page.locator("fieldset")).to_have_count(4)


def test_nothing_is_said_before_three_things_are_chosen(visit: Visit) -> None:
    page = visit()
    page.goto("/fr-be/tell/")
    page.locator("main [type=submit]").click()
    assert page.evaluate("document.activeElement.type") == "radio"
    expect(words(page)).to_have_count(0)


def test_without_scripts_each_choice_has_its_rule() -> None:
    rules = set(re.findall(r'\[data-words~="(\w+)"\]', NOSCRIPT.read_text()))
    assert rules == {*Who.values, *How.values, *Amount.values}


def test_a_letter_keeps_its_lines_and_the_language_that_was_chosen(visit: Visit) -> None:
    page = visit()
    no_text = "Object.defineProperty(HTMLElement.prototype, 'innerText', { get: () => '' })"
    page.add_init_script(no_text)
    page.goto(f"/nl-be/{LETTER}")
    lines = words(page).text_content().count("\n")
    assert lines == rows("guidance.letter")[0]["body_nl"].count("\n") > 3
    assert copied(page, page.context).count("\n") == lines
    page.get_by_label("English").check()
    expect(words(page)).to_have_count(1)
    assert copied(page, page.context) == words(page).text_content()
    expect(page.locator(".version:visible")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("path", [LETTER, CARD, POSTER])
def test_where_there_is_no_printing_nothing_offers_it(visit: Visit, path: str) -> None:
    page = visit()
    page.goto(f"/nl-be/{path}")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.add_init_script("window.print = undefined")
    page.reload()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)

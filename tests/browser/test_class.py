"""The practice chat on the board of a class, in a real browser: a teacher plays it by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, hurry
from tests.browser.content import FIRST_CONTACT, PRACTICE, count_moves

pytestmark = pytest.mark.browser

ADDRESS = f"/nl-be/chat/{PRACTICE}/class/"
FIGURES = "#stage .figures li"


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what is wanted has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"no Tab leads to {wanted}")


def choose(page: Page) -> None:
    """Press Enter on what has the focus, and wait until the board shows what follows."""
    chosen = page.evaluate("document.activeElement.value")
    after = f"{page.input_value('[name=moves]')} {chosen}".strip()
    page.keyboard.press("Enter")
    expect(page.locator("[name=moves]")).to_have_value(after)


def test_a_teacher_plays_a_whole_set_by_keyboard(visit: Visit) -> None:
    page, posted = visit(), list[str]()
    page.on("request", lambda request: posted.append(request.post_data or ""))
    hurry(page)
    page.goto(ADDRESS)
    while not page.locator(FIGURES).count():
        if page.locator(".halt").count():
            # the class stops: no reply is seen before it goes on
            assert not page.locator(".vote button").first.is_visible()
            tab_to(page, ".halt > summary")
            page.keyboard.press("Enter")
            fields = page.locator("[data-hands]")
            assert fields.evaluate_all("(all) => all.every((field) => field.value === '')")
            tab_to(page, "[data-hands]")
            page.keyboard.type("17")
            page.keyboard.press("Enter")  # to the reply that won
        else:
            tab_to(page, "#next button")
        choose(page)
    assert len(page.input_value("[name=moves]").split()) == count_moves()
    assert page.locator(FIGURES).count() == 2
    assert page.url.endswith(ADDRESS)
    assert len(list(filter(None, posted))) == count_moves()
    assert not [body for body in posted if "17" in body]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_hands_of_a_class_mark_a_reply_and_a_tie_none(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 720})
    hurry(page)
    page.goto(ADDRESS)
    page.locator("#next button").first.click()
    page.locator(".halt > summary").click()
    fields, said = page.locator("[data-hands]"), page.locator("[data-most]")
    fields.nth(1).fill("12")
    assert page.locator(".vote").nth(1).get_attribute("class") == "vote most"
    expect(said).to_contain_text(page.locator(".vote button").nth(1).inner_text())
    fields.nth(0).fill("12")
    assert page.locator(".most").count() == 0
    expect(said).to_have_text(said.get_attribute("data-tie") or "")
    moves = page.input_value("[name=moves]")
    fields.nth(0).press("Enter")  # chooses nothing
    assert page.input_value("[name=moves]") == moves == FIRST_CONTACT
    # read from the last row: larger than on the page of one reader
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    assert page.locator(".says").first.evaluate(size) >= 24


def test_on_paper_the_board_is_the_sheet_of_the_teacher(visit: Visit) -> None:
    page = visit()
    page.goto(ADDRESS)
    assert not page.locator(".on-paper").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".on-paper > h2").first.is_visible()
    assert not page.locator("#stage").is_visible()


def test_without_scripts_a_reply_is_chosen_by_its_button(visit: Visit) -> None:
    page = visit(script=False)
    page.goto(ADDRESS)
    page.locator("#next button").first.click()
    page.locator(".halt > summary").click()
    assert not page.locator("[data-hands]").first.is_visible()
    page.locator(".vote button").first.click()
    assert len(page.input_value("[name=moves]").split()) == 2

"""The date for a calendar at the end of the practice chat: made in the browser, with a name that says nothing."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ADDRESS = "/nl-be/chat/"


def moves_to_the_end(page: Page) -> str:
    """Give the moves of who always takes the first reply."""
    moves = ""
    while True:
        shown = page.request.post(ADDRESS, form={"moves": moves}).text()
        choice = re.search(r'name="move" value="(\w+)"', shown)
        if not choice:
            return moves
        moves = f"{moves} {choice[1]}".strip()


def made(page: Page) -> tuple[str, list[str]]:
    """Give the name and the lines of the file that the button makes."""
    with page.expect_download() as download:
        page.locator("[data-calendar]").click()
    text = Path(download.value.path()).read_bytes().decode()
    assert text.endswith("END:VCALENDAR\r\n")
    return download.value.suggested_filename, text.split("\r\n")


def test_it_is_a_day_in_a_fortnight_without_a_word_about_us_unless_that_is_ticked(
    visit: Visit,
) -> None:
    page = visit(timezone_id="America/Kralendijk")
    page.goto(ADDRESS)
    expect(page.locator("[data-calendar]")).to_be_hidden()
    moves = moves_to_the_end(page)
    page.evaluate("moves => { window.name = `at:${moves}` }", moves)  # as the language switch does
    page.reload()
    expect(page.locator(".figures")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    name, lines = made(page)
    assert name == "calendar.ics"
    day = page.evaluate("new Date().toLocaleDateString('sv')")  # that of the device
    then = date.fromisoformat(day) + timedelta(days=14)
    stamp = next(line for line in lines if line.startswith("DTSTAMP:")).removeprefix("DTSTAMP:")
    assert re.fullmatch(r"\d{8}T\d{6}Z", stamp)
    assert lines == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//EN", "BEGIN:VEVENT", f"UID:{stamp}",
        f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{then:%Y%m%d}", "SUMMARY:Nog eens proberen",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    page.locator("[data-remind] input").check()
    (address,) = [line for line in made(page)[1] if line.startswith("URL:")]
    assert re.fullmatch(r"URL:http://127\.0\.0\.1:\d+/nl-be/chat/(\w+/)?", address)
    assert not [each for each in asked if not each.startswith("blob:")]


def test_without_script_there_is_no_button(visit: Visit) -> None:
    page = visit(script=False)
    page.goto(ADDRESS)
    moves = moves_to_the_end(page)
    page.set_content(page.request.post(ADDRESS, form={"moves": moves}).text())
    assert page.locator("[data-calendar]").count() == 1
    expect(page.locator("[data-calendar]")).to_be_hidden()

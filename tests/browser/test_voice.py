"""The page read aloud, with a stand-in for the voices of a device: which one reads, what, and until when."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.content import HELP, rows

pytestmark = pytest.mark.browser

# What a browser would do, without a sound: an utterance is over when the test says so.
STAND_IN = """
class Utterance { constructor(text) { this.text = text } }
const spoken = [];
const voices = {
  list: %s, queue: [], cancelled: 0,
  getVoices() { return this.list },
  speak(each) { spoken.push({ text: each.text, lang: each.lang, voice: each.voice.name, local: each.voice.localService }); this.queue.push(each) },
  cancel() { this.cancelled++; const [each] = this.queue.splice(0); if (each) setTimeout(() => each.onerror()) },
  end() { const each = this.queue.shift(); if (each) each.onend() },
};
Object.defineProperty(window, "speechSynthesis", { value: voices });
window.SpeechSynthesisUtterance = Utterance;
window.spoken = spoken;
"""
REMOTE = [
    {"name": f"remote {tag}", "lang": tag, "localService": False} for tag in ("nl-BE", "nl-NL")
]
NETHERLANDS = {"name": "local NL", "lang": "nl_NL", "localService": True}  # as Android writes it
BELGIUM = {"name": "local BE", "lang": "nl-BE", "localService": True}
ENGLISH = {"name": "local EN", "lang": "en-GB", "localService": True}
VICTIM = next(
    row.get("address") or row["code"]
    for row in rows("guidance.page")
    if row["audience"] == "victim" and row.get("layout", "text") == "text"
)


def arrive(visit: Visit, path: str, *voices: dict[str, Any], **options: Any) -> Page:
    page = visit(**options)
    page.add_init_script(STAND_IN % json.dumps(voices))
    page.goto(f"/nl-be/{path}")
    return page


def button(page: Page) -> Any:
    return page.locator("[data-stop]")


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def spoken(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("spoken")
    return found


@pytest.mark.parametrize("path", [f"{VICTIM}/", HELP, "check/"])
def test_a_page_is_read_to_its_end_sentence_by_sentence_by_a_voice_of_the_device(
    visit: Visit, path: str
) -> None:
    page = arrive(visit, path, *REMOTE, ENGLISH, NETHERLANDS, BELGIUM)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.locator("main").inner_html()
    assert spoken(page) == []
    expect(button(page)).to_have_text("Lees voor")
    button(page).click()
    expect(button(page)).to_have_text("Stop met lezen")
    marked = []
    while page.evaluate("speechSynthesis.queue.length"):
        marked.append("".join(page.locator(".heard").all_text_contents()))
        page.evaluate("speechSynthesis.end()")
    read = spoken(page)
    assert len(read) > 3
    assert [bare(each["text"]) for each in read] == [bare(each) for each in marked]
    assert {(each["voice"], each["lang"], each["local"]) for each in read} == {
        ("local BE", "nl-BE", True)
    }
    assert read[0]["text"].strip() == page.locator("main h1").inner_text() or path == HELP
    assert not [each for each in read if len(each["text"].split()) > 40]
    expect(button(page)).to_have_text("Lees voor")
    assert page.locator("main").inner_html() == before
    assert not [each for each in asked if "favicon" not in each]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("voices", [[], REMOTE, [*REMOTE, ENGLISH]])
def test_without_a_voice_of_the_device_in_the_language_there_is_no_button(
    visit: Visit, voices: list[dict[str, Any]]
) -> None:
    page = arrive(visit, f"{VICTIM}/", *voices)
    expect(button(page)).to_be_hidden()
    button(page).evaluate("button => button.click()")
    assert spoken(page) == []


def test_a_voice_that_comes_later_brings_the_button_and_the_language_is_enough(
    visit: Visit,
) -> None:
    page = arrive(visit, f"{VICTIM}/", *REMOTE)
    page.evaluate(
        "each => { speechSynthesis.list.push(each); speechSynthesis.onvoiceschanged() }",
        NETHERLANDS,
    )
    button(page).click()
    assert [each["voice"] for each in spoken(page)] == ["local NL"]
    # and one that goes in the middle is not replaced by one that is far away
    page.evaluate("speechSynthesis.list.pop(); speechSynthesis.end()")
    assert len(spoken(page)) == 1
    expect(button(page)).to_have_text("Lees voor")


def test_any_tap_or_key_ends_it_and_so_does_leaving(visit: Visit) -> None:
    page = arrive(visit, f"{VICTIM}/", BELGIUM)
    hidden = "Object.defineProperty(document, 'hidden', { value: true });"
    ends: dict[str, Callable[[], object]] = {
        "tap": lambda: page.mouse.click(3, 300),
        "key": lambda: page.keyboard.press("ArrowDown"),
        "its own tap": lambda: button(page).click(),
        "its own key": lambda: page.keyboard.press(" "),
        "shift on it": lambda: page.keyboard.press("Shift"),
        "left": lambda: page.evaluate("dispatchEvent(new Event('pagehide'))"),
        "away": lambda: page.evaluate(
            f"{hidden} document.dispatchEvent(new Event('visibilitychange'))"
        ),
    }
    for count, (name, end) in enumerate(ends.items(), 1):
        button(page).focus()
        page.keyboard.press("Enter")
        assert len(spoken(page)) == count, name
        end()
        expect(page.locator(".heard")).to_have_count(0)
        assert page.evaluate("speechSynthesis.cancelled") == count, name
        page.wait_for_timeout(50)  # what was cancelled tells so a moment later
        assert len(spoken(page)) == count, name
        expect(button(page)).to_have_text("Lees voor")


def test_the_self_check_reads_the_question_that_is_seen_and_its_answers(visit: Visit) -> None:
    page = arrive(visit, "check/", BELGIUM)
    button(page).click()
    while page.evaluate("speechSynthesis.queue.length"):
        page.evaluate("speechSynthesis.end()")
    heard = " ".join(" ".join(each["text"] for each in spoken(page)).split())
    seen = page.locator(".now")
    for words in (
        *seen.locator("h2").all_inner_texts(),
        *seen.locator(".choices a").all_inner_texts(),
    ):
        assert " ".join(words.split()) in heard
    unseen = page.locator("[data-step]:not(.now) h2").first.text_content()
    assert unseen
    assert unseen not in heard
    page.wait_for_timeout(450)  # a tap that comes sooner belongs to the step before
    seen.locator(".choices a").first.click()
    button(page).click()
    expect(page.locator(".heard")).not_to_have_count(0)
    page.go_back()
    expect(page.locator(".heard")).to_have_count(0)
    expect(button(page)).to_have_text("Lees voor")


def test_without_script_there_is_no_button(visit: Visit) -> None:
    page = visit(script=False)
    page.goto(f"/nl-be/{VICTIM}/")
    expect(button(page)).to_be_hidden()

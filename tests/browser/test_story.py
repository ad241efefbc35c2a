"""A story in pictures in a real browser: played, paused and stepped by the reader, and never by itself."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.content import page as address_of
from tests.browser.test_access import check_with_axe

pytestmark = pytest.mark.browser

STORY = f"/nl-be/{address_of(layout='story')}"
ALL = 6
RUNNING = """() => document.getAnimations().filter((each) => each.playState === "running"
  && each.effect.target.closest(".picture")).length"""


def seen(page: Page) -> list[int]:
    """Give the numbers of the pictures that are shown, from 1."""
    shown = page.locator(".picture").evaluate_all(
        "(all) => all.map((picture) => picture.checkVisibility())"
    )
    return [number for number, is_shown in enumerate(shown, 1) if is_shown]


def test_the_reader_plays_pauses_and_steps(visit: Visit) -> None:
    page = visit(**PHONE)
    page.clock.install()
    page.goto(STORY)
    everything = list(range(1, ALL + 1))
    page.clock.fast_forward(60_000)
    assert seen(page) == everything
    assert page.evaluate(RUNNING) == 0
    play = page.locator("[data-play]")
    play.tap()
    assert seen(page) == [1]
    assert page.evaluate(RUNNING) > 0
    caption = page.locator(".steps > .now .rich").inner_text()
    assert len(caption.split()) > 2
    page.clock.fast_forward(60_000)
    assert seen(page) == [2]
    play.tap()  # a pause: nothing moves, and nothing goes on
    page.clock.fast_forward(60_000)
    assert seen(page) == [2]
    assert page.evaluate(RUNNING) == 0
    page.locator("[data-step='1']").tap()
    page.locator("[data-step='1']").tap()
    page.locator("[data-step='-1']").tap()
    assert seen(page) == [3]
    expect(page.locator("[data-at]")).to_contain_text(f"3 van {ALL}")
    play.tap()
    for _ in range(ALL):
        page.clock.fast_forward(60_000)
    assert seen(page) == [ALL]
    assert play.inner_text() == "Speel het verhaal af"  # it has ended
    page.locator("[data-all]").tap()
    assert seen(page) == everything
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_story_is_played_by_keyboard_and_nothing_is_requested(visit: Visit) -> None:
    page, asked = visit(), list[str]()
    page.goto(STORY, wait_until="networkidle")  # also its icon
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-play]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert seen(page) == [2]
    assert page.locator(".steps").get_attribute("aria-live") == "polite"
    assert not asked


@pytest.mark.parametrize("options", [{"reduced_motion": "reduce"}, {"script": False}], ids=str)
def test_without_motion_or_script_the_pictures_stand_as_they_are(
    visit: Visit, options: dict[str, str | bool]
) -> None:
    page = visit(**options)
    page.goto(STORY)
    assert seen(page) == list(range(1, ALL + 1))
    assert not page.locator("[data-player]").is_visible()


def test_axe_finds_nothing_at_rest_and_while_it_plays(visit: Visit) -> None:
    page = visit(**PHONE)
    page.clock.install()
    page.goto(STORY)
    found = check_with_axe(page, "at rest")
    page.locator("[data-play]").tap()
    for moment in (1, 2, 3):
        found += check_with_axe(page, f"picture {moment}")
        page.clock.fast_forward(60_000)
    assert not found
    page.emulate_media(media="print")
    assert seen(page) == list(range(1, ALL + 1))

"""The exit: covered at once, and gone for Back and Forward. With what people do to it."""

import re
import time
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.content import FURTHER, HELP
from tests.browser.eye import Eye
from tests.browser.self_check import LONGEST

pytestmark = pytest.mark.browser

NEUTRAL = re.compile(r"^https://(nl|fr|en)\.wikipedia\.org/")


KEPT, AGAIN = "pages kept for Back", "pages loaded again"


@pytest.fixture(params=[KEPT, AGAIN])
def browser(request: pytest.FixtureRequest, chromium: Browser, forgetful: Browser) -> Browser:
    return chromium if request.param == KEPT else forgetful


@pytest.fixture
def light(chromium: Browser) -> Browser:
    """Here always the whole browser: Back shows what it kept, or not, as it does for people."""
    return chromium


def neutral_site(page: Page) -> None:
    """Answer for the neutral site, so that no network is used."""
    page.context.route(
        NEUTRAL,
        lambda route: route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html"),
    )


def hanging_site(page: Page) -> None:
    """Let the neutral site never answer."""
    page.context.route(NEUTRAL, lambda route: None)


def leave(page: Page) -> None:
    page.locator("[data-exit]").click(no_wait_after=True)


def go_back(page: Page) -> None:
    with suppress(Error):  # breaks off what was on its way, or finds no network
        page.go_back(wait_until="commit", timeout=5000)
    page.wait_for_timeout(300)


def arrive_elsewhere(page: Page) -> None:
    for _ in range(100):  # Playwright's own wait ends when a step on the way is broken off
        if NEUTRAL.match(page.url):
            break
        page.wait_for_timeout(100)
    expect(page.locator("body")).to_have_text("Sunny")


def walk_to_check(page: Page) -> None:
    page.goto("/nl-be/check/")
    for place in LONGEST[1:]:
        page.locator(f'a[href="#{place}"]').click(delay=500)


def walk_pages(page: Page) -> None:
    page.goto("/nl-be/")
    page.locator(f"main a[href='/nl-be/{HELP}']").click()
    page.locator(f"main .steps a[href='/nl-be/{FURTHER}']").first.click()
    page.locator(".langs a[hreflang=fr]").click()
    # by a link, not by its address: without the navigation API a page whose address is typed cannot know
    # of those before it, as browsers then empty window.name, and Back after the exit finds them
    last = page.locator(".about a").first
    path = last.get_attribute("href")
    last.click()
    page.wait_for_url(f"**{path}")  # whole, before somebody cuts the line


def walk_to_chat(page: Page) -> None:
    page.goto("/nl-be/chat/")
    for number in range(3):
        page.locator("#next button, .replies button").first.click(delay=500)
        expect(page.locator("[name=moves]")).to_have_value(re.compile(rf"(\S+ ?){{{number + 1}}}$"))


def walk_to_one_page(page: Page) -> None:
    page.goto(f"/en-be/{HELP}")


WALKS = [walk_to_one_page, walk_pages, walk_to_check, walk_to_chat]
# each walk once, and each two of the others once: with what the browser keeps, and whether it is as before
# Chrome 102, Firefox 147 and iOS 26.2, when entries of history could not be counted
FIRST = [
    (walk_to_one_page, KEPT, False), (walk_pages, AGAIN, True), (walk_to_check, AGAIN, False),
    (walk_to_chat, KEPT, True),
]  # fmt: skip
WAYS = [
    pytest.param(*way, marks=[] if way in FIRST else pytest.mark.long)
    for way in product(WALKS, (KEPT, AGAIN), (False, True))
]


@pytest.mark.parametrize(("walk", "browser", "old"), WAYS, indirect=["browser"])
def test_back_and_forward_after_the_exit_show_no_page_of_ours(
    visit: Visit, browser: Browser, old: bool, walk: Any
) -> None:
    page = visit(browser=browser)
    if old:
        page.add_init_script("delete Window.prototype.navigation; delete window.navigation")
    neutral_site(page)
    eye = Eye(page)
    walk(page)
    eye.open()
    leave(page)
    arrive_elsewhere(page)
    eye.check_all_was_covered()
    for _ in range(2):  # Forward finds one entry of ours, which leaves again
        page.go_forward(wait_until="commit", timeout=5000)
        arrive_elsewhere(page)
    for _ in range(3):
        go_back(page)
        assert NEUTRAL.match(page.url) or page.url == "about:blank"
    eye.check_all_was_covered()


def test_the_screen_is_covered_with_the_next_frame_while_the_other_site_hangs(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    hanging_site(page)
    eye = Eye(page)
    delays = []
    for _ in range(5):  # the best of five: another program may keep the machine busy for a moment
        page.goto("about:blank")
        page.goto("/fr-be/lines/")
        eye.open()
        leave(page)
        eye.wait_for(covered=True)
        eye.check_all_was_covered()
        delays.append(eye.frames[0]["delay"])
    print(f"covered {min(delays):.0f} ms after the click")
    assert min(delays) < 100
    assert eye.frames[0]["title"] == "fr.wikipedia.org"
    assert eye.frames[0]["words"] == ["Tu quittes le site"]
    eye.wait_for(words=["Tu quittes le site", "Ferme cet onglet."])
    go_back(page)
    eye.check_all_was_covered()


def test_a_first_page_that_does_not_answer_does_not_hold_the_exit_up(
    visit: Visit, forgetful: Browser
) -> None:
    page = visit(browser=forgetful)
    neutral_site(page)
    eye = Eye(page)
    page.goto("/nl-be/")
    page.goto(f"/nl-be/{HELP}")
    page.context.route("**/nl-be/", lambda route: None)
    eye.open()
    leave(page)
    arrive_elsewhere(page)
    eye.check_all_was_covered()


def test_a_page_on_the_way_out_is_not_painted_before_its_script_has_come(
    visit: Visit, forgetful: Browser
) -> None:
    def slowly(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page = visit(browser=forgetful)
    neutral_site(page)
    eye = Eye(page)
    page.goto("/nl-be/")
    page.goto(f"/nl-be/{HELP}")
    eye.open()
    page.context.route("**/static/exit*.js", slowly)
    leave(page)
    arrive_elsewhere(page)
    eye.check_all_was_covered()


@pytest.mark.parametrize(
    ("walk", "browser"),
    [
        (walk_to_one_page, KEPT),
        (walk_pages, AGAIN),
        pytest.param(walk_to_one_page, AGAIN, marks=pytest.mark.long),
        pytest.param(walk_pages, KEPT, marks=pytest.mark.long),
    ],
    indirect=["browser"],
)
def test_offline_the_cover_stays_and_says_to_close_the_tab(
    visit: Visit, browser: Browser, walk: Any
) -> None:
    page = visit(browser=browser)
    neutral_site(page)
    eye = Eye(page)
    walk(page)
    page.context.set_offline(True)
    eye.open()
    leave(page)
    language = page.url.split("/")[3].partition("-")[0]
    words = {"fr": "Ferme cet onglet.", "en": "Close this tab."}[language]
    expect(page.get_by_text(words)).to_be_visible()
    go_back(page)
    eye.check_all_was_covered()


def test_when_the_network_comes_back_the_exit_goes_on(visit: Visit) -> None:
    page = visit()
    neutral_site(page)
    page.goto(f"/en-be/{HELP}")
    page.context.set_offline(True)
    leave(page)
    expect(page.get_by_text("Close this tab.")).to_be_visible()
    page.context.set_offline(False)
    arrive_elsewhere(page)


def press_shift(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_three_times_shift_leaves_and_is_announced(visit: Visit) -> None:
    page = visit()
    hanging_site(page)
    eye = Eye(page)
    page.goto("/en-be/lines/")
    for words in ("Press Shift 2 more times to leave", "Press Shift once more to leave"):
        press_shift(page, 1)
        eye.wait_for(words=[words], covered=False)
    press_shift(page, 1)
    eye.wait_for(words=["Leaving the site"], covered=True)


def test_three_times_shift_takes_five_seconds_at_most(visit: Visit) -> None:
    page = visit()
    page.clock.install()
    page.goto("/en-be/lines/")
    for _ in range(4):
        press_shift(page, 1)
        page.clock.run_for(3000)
    expect(page.locator(".cover")).to_be_hidden()
    page.clock.run_for(3000)
    expect(page.get_by_role("status")).to_have_text("")


def test_other_uses_of_shift_do_not_leave(visit: Visit) -> None:
    page = visit()
    page.goto("/en-be/lines/")
    for _ in range(3):
        page.locator("h1").click(modifiers=["Shift"])
    for keys in ("Shift+Tab", "Shift+A", "Shift+ArrowDown", "Control+Shift"):
        for _ in range(4):
            page.keyboard.press(keys)
    for keys in ("Shift", "Shift", "a", "Shift", "b"):  # something else in between
        page.keyboard.press(keys)
    expect(page.get_by_role("status")).to_have_text("")
    page.evaluate("document.querySelector('main').prepend(document.createElement('input'))")
    page.locator("main input").focus()
    press_shift(page, 4)
    page.keyboard.type("ABC DEF")
    expect(page.locator(".cover")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("")


def test_a_page_that_is_not_looked_at_is_blank(visit: Visit) -> None:
    """A headless browser never hides a page, so it is told that it did."""
    page = visit()
    page.goto("/en-be/lines/")
    for hidden in (True, False):
        page.evaluate(
            "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
            " document.dispatchEvent(new Event('visibilitychange')) }",
            hidden,
        )
        expect(page.locator(".cover")).to_be_visible(visible=hidden)
        if hidden:
            whole = {"x": 0, "y": 0, "width": 1280, "height": 720}
            assert page.locator(".cover").bounding_box() == whole


def test_without_an_exit_back_shows_the_page_as_it_was(
    visit: Visit, browser: Browser, chromium: Browser
) -> None:
    page = visit(browser=browser)
    page.goto("/en-be/lines/")
    page.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted })")
    page.goto(f"/en-be/{HELP}")
    page.go_back(wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".cover")).to_be_hidden()
    assert page.evaluate("window.kept === true") == (browser is chromium)


def test_without_javascript_the_exit_empties_the_browser_and_leaves(visit: Visit) -> None:
    page = visit(script=False, locale="fr-BE")
    neutral_site(page)
    page.goto("/fr-be/lines/")
    with page.expect_response("**/exit/fr/") as answer:
        page.locator("[data-exit]").click()
    assert answer.value.status == 302
    assert answer.value.all_headers()["clear-site-data"] == '"cache", "storage"'
    arrive_elsewhere(page)
    assert page.url.startswith("https://fr.")


def test_without_javascript_nothing_covers_the_page(visit: Visit) -> None:
    page = visit(script=False)
    page.goto("/nl-be/")
    assert page.locator(".cover").is_hidden()

"""The practice chat in a real browser: to the two figures, by touch, by keyboard, without JavaScript."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Response, Route, expect

from tests.browser.conftest import PHONE, Visit, hurry
from tests.browser.content import FIRST_CONTACT, count_moves
from tests.browser.self_check import IN_TURN

pytestmark = pytest.mark.browser

MOST_BYTES = 4096  # of one reply, compressed
# what to do next: reply, or open the next chat
NEXT = "#stage .replies button, #stage #next button"
JUNK = [
    f"{FIRST_CONTACT} zz", f"{FIRST_CONTACT} " * 500, "😀",
    *(pytest.param(junk, marks=pytest.mark.long) for junk in ("zzzz", "trust", "<b>")),
]  # fmt: skip
FIGURES = "#stage .figures li"
HALF = f'<input name="moves" value="{FIRST_CONTACT}"><sect'


class Chat:
    """The chat as it stands in the page, and what was sent."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.address = page, f"/{language}-be/chat/"
        self.answers: list[Response] = []
        page.goto(self.address)
        page.on("response", self._note)
        self.check()

    def _note(self, response: Response) -> None:
        if "/static/" not in response.url:
            self.answers.append(response)

    @property
    def moves(self) -> str:
        return str(self.page.input_value("[name=moves]"))

    def bubbles(self) -> list[str]:
        return self.page.locator("[role=log] p").all_text_contents()

    def check(self) -> None:
        """Fail unless the address is what it was, and there is one way on or the two figures."""
        assert self.page.url.endswith(self.address)
        choices, figures = self.page.locator(NEXT).count(), self.page.locator(FIGURES).count()
        assert (choices >= 1 and not figures) or (not choices and figures == 2)

    def wait_for(self, moves: str) -> None:
        expect(self.page.locator("[name=moves]")).to_have_value(moves)

    def choose(self, number: int = 0) -> None:
        """Tap a reply, or who writes next; wait until it is there."""
        button = self.page.locator(NEXT).nth(number)
        after = f"{self.moves} {button.get_attribute('value')}".strip()
        button.tap() if self.page.evaluate("navigator.maxTouchPoints") else button.click()
        self.wait_for(after)
        self.check()

    def choose_by_keyboard(self) -> None:
        button = self.page.locator(NEXT).first
        after = f"{self.moves} {button.get_attribute('value')}".strip()
        for _ in range(20):
            self.page.keyboard.press("Tab")
            if button.evaluate("(button) => button === document.activeElement"):
                break
        self.page.keyboard.press("Enter")
        self.wait_for(after)
        self.check()
        assert self.page.evaluate("document.activeElement.matches('#stage [autofocus]')")

    def is_over(self) -> bool:
        return bool(self.page.locator(FIGURES).count())


@pytest.fixture(params=IN_TURN)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_by_touch_every_reply_is_one_small_request(visit: Visit, language: str) -> None:
    page = visit(**PHONE)
    hurry(page)
    chat = Chat(page, language)
    while not chat.is_over():
        chat.choose()
    assert len(chat.answers) == count_moves() > 10
    for answer in chat.answers:
        headers = answer.all_headers()
        assert (answer.status, answer.request.method, answer.url) == (200, "POST", page.url)
        assert headers["content-encoding"] == "br"
        assert headers["cache-control"] == "no-store"
        assert int(headers["content-length"]) <= MOST_BYTES
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_javascript_the_chat_leads_to_the_same_figures(visit: Visit, language: str) -> None:
    page = visit(script=False)
    chat = Chat(page, language)
    while not chat.is_over():
        chat.choose()


def test_by_keyboard_alone_the_chat_leads_to_the_same_figures(visit: Visit, language: str) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, language)
    while not chat.is_over():
        chat.choose_by_keyboard()


def test_back_and_forward_go_one_reply_at_a_time(visit: Visit, language: str) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, language)
    seen = [(chat.moves, chat.bubbles())]
    for number in (1, 0, 1, 0, 1):
        chat.choose(number)
        seen.append((chat.moves, chat.bubbles()))
    page.reload()
    chat.wait_for(seen[-1][0])
    steps = [("history.back()", state) for state in reversed(seen[:-1])]
    steps += [("history.forward()", state) for state in seen[1:]]
    for step, (moves, bubbles) in steps:
        page.evaluate(step)
        chat.wait_for(moves)
        chat.check()
        assert chat.bubbles() == bubbles


def test_after_back_another_reply_starts_another_way(visit: Visit) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, "nl")
    chat.choose()
    chat.choose(0)
    page.go_back()
    chat.wait_for(FIRST_CONTACT)
    chat.choose(1)
    assert chat.moves.startswith(f"{FIRST_CONTACT} ")
    assert page.locator("[role=log] .said").count() == 1


def test_a_double_click_sends_a_reply_once(visit: Visit) -> None:
    page = visit()
    chat = Chat(page, "en")
    page.wait_for_timeout(500)
    for _ in range(2):
        before, button = len(chat.answers), page.locator(NEXT).first
        after = f"{chat.moves} {button.get_attribute('value')}".strip()
        button.dblclick(no_wait_after=True)
        chat.wait_for(after)
        page.wait_for_timeout(500)  # the second would have been answered by now
        assert chat.moves == after
        assert len(chat.answers) == before + 1


def test_a_second_tap_on_the_same_spot_is_no_second_reply(visit: Visit) -> None:
    page = visit(**PHONE)
    page.add_init_script("performance.now = () => 1000")  # no time passes between the taps
    chat = Chat(page, "fr")
    chat.choose()
    moves = chat.moves
    page.locator(NEXT).first.tap()
    page.wait_for_timeout(500)  # an answer would have come by now
    assert chat.moves == moves
    assert len(chat.answers) == 1


def test_the_language_switch_keeps_the_reply(visit: Visit) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, "nl")
    for _ in range(3):
        chat.choose()
    moves, bubbles = chat.moves, chat.bubbles()
    for language in ("fr", "en", "nl"):
        page.locator(f".langs a[hreflang={language}]").click()
        page.wait_for_url(f"**/{language}-be/chat/")
        chat.wait_for(moves)
        assert page.evaluate("window.name") == ""
    assert chat.bubbles() == bubbles
    page.go_back(wait_until="commit")  # to English, kept by the browser; then away and on again
    page.locator(".langs a[hreflang=fr]").click()
    page.wait_for_url("**/fr-be/chat/")
    chat.wait_for(moves)


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_moves_that_do_not_exist_lead_to_the_furthest_point_that_does(
    visit: Visit, junk: str
) -> None:
    page = visit()
    page.goto("/en-be/lines/")
    page.evaluate("(junk) => { window.name = 'at:' + junk }", junk)
    page.goto("/en-be/chat/")
    expect(page.locator("#stage")).to_contain_text("You are at the furthest point")
    assert page.input_value("[name=moves]") == (
        FIRST_CONTACT if junk.startswith(FIRST_CONTACT) else ""
    )
    assert page.locator(NEXT).count()


# what can come instead of an answer: our own error page, one of an edge, nothing, half an answer
FAULTS: dict[str, Callable[[Route], None]] = {
    "our error": lambda route: route.fulfill(status=500, body=whole_page(route)),
    "not found": lambda route: route.fulfill(status=404, body=whole_page(route)),
    "an edge's": lambda route: route.fulfill(status=502, body="<h1>502 Bad Gateway</h1>nginx"),
    "too many": lambda route: route.fulfill(status=429, body=""),
    "empty": lambda route: route.fulfill(status=504, body=""),
    "a portal": lambda route: route.fulfill(status=200, body="<h1>Log in to the Wi-Fi</h1>"),
    "cut off": lambda route: route.fulfill(status=200, body=HALF),
    "dropped": lambda route: route.abort(),
}


def whole_page(route: Route) -> str:
    page = route.fetch(method="GET", url=route.request.url.replace("/chat/", "/no-such-page/"))
    return str(page.text())


@pytest.mark.parametrize(
    "fault",
    # another status than 200 is one case
    [
        pytest.param(
            name,
            marks=pytest.mark.long
            if name in ("not found", "an edge's", "too many", "empty")
            else [],
        )
        for name in FAULTS
    ],
)
def test_an_answer_that_is_none_changes_nothing(
    visit: Visit, faults: list[str], fault: str
) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, "fr")
    for _ in range(2):
        chat.choose()
    before = page.locator("#stage").inner_html(), chat.bubbles(), page.title()
    length = page.evaluate("history.length")
    page.route("**/chat/", FAULTS[fault])
    page.locator(NEXT).first.click()
    expect(page.get_by_role("status").filter(has_text="Essaie encore")).to_be_visible()
    faults.clear()  # Chromium notes errors of the network, and htmx does
    assert (page.locator("#stage").inner_html(), chat.bubbles(), page.title()) == before
    assert page.evaluate("history.length") == length
    assert page.locator("h1, #main, .dock").count() == 3
    page.unroute("**/chat/")
    chat.choose()
    expect(page.get_by_role("status").filter(has_text="Essaie encore")).to_have_count(0)


def test_a_slow_answer_says_so_and_one_that_never_comes_is_given_up(
    visit: Visit, faults: list[str]
) -> None:
    page = visit()
    page.clock.install()
    chat = Chat(page, "nl")
    page.clock.run_for(1000)
    page.route("**/chat/", lambda route: None)
    page.locator(NEXT).first.click()
    expect(page.locator("#stage")).to_have_attribute("aria-busy", "true")
    page.clock.run_for(1500)
    expect(page.get_by_text("Even wachten")).to_be_visible()
    page.clock.run_for(10_000)
    expect(page.get_by_text("Dat lukte niet")).to_be_visible()
    expect(page.locator("#stage")).to_have_attribute("aria-busy", "false")
    faults.clear()
    page.unroute("**/chat/")
    page.clock.resume()
    chat.choose()


def test_back_while_a_reply_is_on_its_way_keeps_page_and_history_in_step(visit: Visit) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, "nl")
    for _ in range(3):
        chat.choose()
    seen = chat.moves

    def late(route: Route) -> None:
        time.sleep(1)
        with suppress(Error):  # nobody waits for it any more
            route.continue_()

    page.route("**/chat/", late)
    page.locator(NEXT).first.click(no_wait_after=True)
    page.evaluate("history.back()")
    before = seen.rsplit(" ", 1)[0]
    chat.wait_for(before)
    page.wait_for_timeout(1500)
    assert chat.moves == before == page.evaluate("history.state.moves")
    page.unroute("**/chat/")
    chat.choose()
    assert chat.moves == page.evaluate("history.state.moves")
    page.evaluate("history.back()")
    chat.wait_for(before)


def test_back_needs_no_server_for_what_was_shown(visit: Visit, faults: list[str]) -> None:
    page = visit()
    hurry(page)
    chat = Chat(page, "nl")
    for _ in range(3):
        chat.choose()
    moves, bubbles = chat.moves, chat.bubbles()
    page.route("**/chat/", lambda route: route.abort())
    page.evaluate("history.back()")
    chat.wait_for(moves.rsplit(" ", 1)[0])
    page.evaluate("history.forward()")
    chat.wait_for(moves)
    assert chat.bubbles() == bubbles
    page.unroute("**/chat/")
    page.reload()
    chat.wait_for(moves)
    page.route("**/chat/", lambda route: route.abort())
    page.evaluate("history.back()")  # not known any more, and not to be had
    expect(page.get_by_text("Dat lukte niet")).to_be_visible()
    faults.clear()
    assert chat.moves == moves == page.evaluate("history.state.moves")


# not in every run: whether this reload posts again or asks for the page anew hangs on how far exit.js
# had come, so that one time in a few the conversation begins again
@pytest.mark.long
def test_a_tap_before_the_scripts_came_can_be_taken_back(visit: Visit) -> None:
    page = visit()
    hurry(page)
    page.route("**/htmx*", lambda route: None)
    page.goto("/nl-be/chat/", wait_until="commit")
    page.locator(NEXT).first.click()
    page.wait_for_selector(f"[name=moves][value={FIRST_CONTACT}]", state="attached")
    page.unroute("**/htmx*")
    page.reload()  # with the form, as a visitor who sees nothing happen may do
    expect(page.locator("[name=moves]")).to_have_value(FIRST_CONTACT)
    page.wait_for_function(f"window.htmx && history.state.moves === '{FIRST_CONTACT}'")
    page.locator(NEXT).first.click()
    expect(page.locator("[name=moves]")).not_to_have_value(FIRST_CONTACT)
    # the entry of history comes a moment after the reply
    page.wait_for_function("history.state.moves === document.querySelector('[name=moves]').value")
    page.evaluate("history.back()")
    expect(page.locator("[name=moves]")).to_have_value(FIRST_CONTACT)

"""What is promised, in Firefox and in WebKit: the other tests of this folder see to Chromium.

Each of them takes as long as all those together. So the suite runs a walk to the exit, a chat that
fails and a letter, and searches Firefox's disk; `make engines` runs everything.
"""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.browser.content import CARD, FOOT, FURTHER, HELP, LETTER, MESSAGES, rows
from tests.browser.engines import Proxy, Visitor, display, firefox, neutral_site, webkit
from tests.browser.self_check import HEADINGS, LONGEST, TARGETS
from tests.browser.test_access import AXE, RULES
from tests.server import CONTENT, Server, running

pytestmark = pytest.mark.browser

MOVES = "return document.querySelector('[name=moves]').value.split(' ').length"
WORDS = [
    HEADINGS[TARGETS[LONGEST[1]]]["nl"], rows("quiz.turn")[0]["text_nl"].splitlines()[0],
    rows("guidance.letter")[0]["subject_nl"],
]  # fmt: skip


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    with neutral_site(tmp_path_factory.mktemp("neutral")) as site:
        yield site


@pytest.fixture(scope="module")
def here(weather: tuple[str, Any]) -> Iterator[Server]:
    """A server of ours whose exit leads to that site."""
    targets = {f"EXIT_TARGET_{code}": f"{weather[0]}/{code}" for code in ("NL", "FR", "EN")}
    with running(*CONTENT, **targets, EXIT_TARGET_SPARE=f"{weather[0]}/spare") as server:
        yield server


@pytest.fixture(scope="module", params=["firefox", "firefox before 147", "webkit"])
def engine(
    request: pytest.FixtureRequest, here: Server, weather: tuple[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visitor]:  # fmt: skip
    """One browser for all tests. The site has an address of its own for each of them."""
    with display():
        if request.param == "webkit":
            browser = webkit(tmp_path_factory.mktemp("webkit"))
        else:
            browser = firefox(dom_navigation_webidl_enabled=request.param == "firefox")
        with browser as driver:
            yield Visitor(driver, Proxy(here.url.removeprefix("http://")), weather[0])


@pytest.fixture
def visitor(engine: Visitor, weather: tuple[str, Any]) -> Iterator[Visitor]:
    """A new window of it, in which nobody was here before."""
    weather[1].hanging = False
    engine.driver.switch_to.new_window("window")
    engine.driver.get(f"{engine.neutral}/search")
    engine.arrive_elsewhere()
    engine.proxy.frames, engine.proxy.fault, engine.proxy.port = [], None, 0
    engine.proxy.start()
    yield engine
    engine.proxy.stop()
    engine.driver.close()
    engine.driver.switch_to.window(engine.driver.window_handles[0])


def walk_to_one_page(visitor: Visitor) -> None:
    visitor.go(f"/nl-be/{HELP}")


def walk_pages(visitor: Visitor) -> None:
    visitor.go("/nl-be/")
    visitor.follow(f"main a[href='/nl-be/{HELP}']")
    visitor.follow(f"main a[href='/nl-be/{FURTHER}']")
    visitor.follow(f".about a[href='/nl-be/{FOOT}']")


def walk_to_check(visitor: Visitor) -> None:
    visitor.go("/nl-be/check/")
    for place in LONGEST[1:]:
        time.sleep(0.5)
        visitor.click(f'a[href="#{place}"]')


def walk_to_chat(visitor: Visitor) -> None:
    visitor.go("/nl-be/chat/")
    for number in range(3):
        time.sleep(0.5)
        visitor.click("#next button, .replies button")
        visitor.wait(partial(has_moved, visitor, number + 1))


def has_moved(visitor: Visitor, times: int) -> bool:
    return bool(visitor.run(MOVES) == times)


by_itself = pytest.mark.engines
WALKS = [
    pytest.param(walk_to_one_page, marks=by_itself), walk_pages,
    pytest.param(walk_to_check, marks=by_itself), pytest.param(walk_to_chat, marks=by_itself),
]  # fmt: skip


@pytest.mark.parametrize("walk", WALKS)
def test_back_and_forward_after_the_exit_show_no_page_of_ours(visitor: Visitor, walk: Any) -> None:
    walk(visitor)
    visitor.open_eye()
    visitor.leave()
    visitor.arrive_elsewhere()
    visitor.check_all_was_covered()
    for _ in range(2):  # Forward finds one entry of ours, which leaves again
        visitor.forward()
        visitor.arrive_elsewhere()
    for _ in range(3):
        visitor.back()
        assert visitor.nothing_of_ours(), visitor.where()
    visitor.check_all_was_covered()


@pytest.mark.engines
def test_a_dead_server_of_ours_does_not_stop_the_exit(visitor: Visitor) -> None:
    walk_pages(visitor)
    visitor.open_eye()
    visitor.proxy.stop()
    visitor.leave()
    visitor.arrive_elsewhere(seconds=2.5)


@pytest.mark.engines
def test_a_server_of_ours_that_hangs_holds_the_exit_up_for_three_seconds(visitor: Visitor) -> None:
    walk_pages(visitor)
    visitor.open_eye()
    visitor.proxy.fault = lambda method, path: 20
    visitor.leave()
    visitor.arrive_elsewhere(seconds=5)
    visitor.check_all_was_covered()


@pytest.mark.engines
def test_when_the_neutral_site_hangs_there_is_another(visitor: Visitor, weather: Any) -> None:
    walk_pages(visitor)
    weather[1].hanging = True
    visitor.leave()
    visitor.wait(lambda: visitor.url.endswith("/spare"), 10)
    visitor.arrive_elsewhere()


@pytest.mark.engines
def test_an_exit_tapped_before_its_script_has_come_holds_for_back(visitor: Visitor) -> None:
    """A script that does not come keeps the page covered for some seconds, not for ever."""
    visitor.proxy.fault = lambda method, path: 8 if path.startswith("/static/exit") else None
    visitor.driver.get(f"{visitor.proxy.url}/nl-be/{HELP}")
    started = time.monotonic()
    visitor.click("[data-exit]")
    visitor.arrive_elsewhere()
    assert time.monotonic() - started < 8, "the script had come"
    visitor.proxy.fault = None
    visitor.open_eye_elsewhere()
    visitor.back()
    visitor.arrive_elsewhere()
    visitor.check_all_was_covered()


def test_a_chat_that_fails_keeps_its_words_and_its_exit(visitor: Visitor) -> None:
    walk_to_chat(visitor)
    moves = "return document.querySelector('[name=moves]').value"
    before = visitor.run(moves)
    time.sleep(0.5)
    visitor.proxy.fault = lambda method, path: ("GET", "/nl-be/none/") if method == "POST" else None
    visitor.click(".replies button")
    visitor.wait(lambda: "lukte niet" in visitor.run("return document.body.innerText"))
    assert visitor.run(moves) == before
    assert visitor.run("return document.querySelectorAll('h1, #main, .dock').length") == 3
    visitor.run("history.back()")
    visitor.wait(lambda: visitor.run(moves) == before.rsplit(" ", 1)[0])
    visitor.proxy.fault = lambda method, path: 20 if method == "POST" else None
    visitor.click(".replies button")
    visitor.leave()
    visitor.arrive_elsewhere()
    for _ in range(3):
        visitor.back()
        assert visitor.nothing_of_ours(), visitor.where()


@pytest.mark.engines
def test_words_to_tell_somebody_are_there_after_a_link_and_back(visitor: Visitor) -> None:
    visitor.go("/nl-be/tell/")
    for value in MESSAGES[0]:
        visitor.click(f"main input[value={value}]")
    visitor.click("main [type=submit]")
    assert visitor.find("[data-words]").get_attribute("data-words") == " ".join(MESSAGES[0])
    visitor.follow(".dock .help")
    visitor.back()
    visitor.ready("/nl-be/tell/")
    assert visitor.find("h1")
    assert visitor.find("[data-exit]")


def test_a_letter_keeps_its_lines_and_the_language_that_was_chosen(visitor: Visitor) -> None:
    visitor.go(f"/nl-be/{LETTER}")
    script = "window.copied = []; navigator.clipboard.writeText = async (text) => copied.push(text)"
    visitor.run(script)
    visitor.click("[name=version][value=en]")
    visitor.click("[data-do=copy]")
    copied = visitor.wait(lambda: visitor.run("return copied[0]"))
    assert copied.count("\n") == rows("guidance.letter")[0]["body_en"].count("\n") > 3
    assert copied == visitor.find("[data-words]").get_attribute("textContent")
    assert visitor.find(".version").get_attribute("lang") == "en"


@pytest.mark.engines
def test_axe_finds_nothing(visitor: Visitor) -> None:
    for path in ("", HELP, "check/", "chat/", "lines/", LETTER, "tell/", CARD):
        visitor.go(f"/fr-be/{path}")
        visitor.run(AXE)
        found = visitor.driver.execute_async_script(
            "const told = arguments[arguments.length - 1];"
            "axe.run({ runOnly: arguments[0], resultTypes: ['violations'] })"
            ".then(({ violations }) => told(violations.map((rule) => rule.id + rule.nodes[0].html)))",
            RULES,
        )
        assert not found, path


def test_no_word_and_no_answer_is_left_on_the_disk(
    here: Server, weather: tuple[str, Any], tmp_path: Path
) -> None:
    """Of Firefox, closed after a whole visit. Pages come uncompressed, so that words would be found.

    (WebKit that is driven by a test writes nothing down, so it cannot be asked.)
    """
    with firefox(tmp_path) as driver:
        proxy = Proxy(here.url.removeprefix("http://"))
        proxy.start()
        visitor = Visitor(driver, proxy, weather[0])
        walk_to_check(visitor)
        walk_to_chat(visitor)
        visitor.go(f"/nl-be/{LETTER}")
        visitor.find("[data-fill]").send_keys("quixotic")
        visitor.leave()
        visitor.arrive_elsewhere()
    proxy.stop()
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    address = proxy.url.removeprefix("http://").encode()
    assert any(address in each for each in files.values()), "the test looks in the wrong place"
    for path, content in files.items():
        for words in ("quixotic", *WORDS, *LONGEST[1:]):
            assert words.encode() not in content, (path, words)
            assert words.encode("utf-16-le") not in content, (path, words)

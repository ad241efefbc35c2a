"""The self-check in a real browser: every path of its tree, by keyboard, with JavaScript and without."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Visit, hurry
from tests.browser.content import rows
from tests.browser.self_check import (
    ANSWERS,
    HEADINGS,
    IN_TURN,
    LANGUAGES,
    LONGEST,
    PATHS,
    STEPS,
    TARGETS,
    TONES,
    check_place,
    seen,
)

pytestmark = pytest.mark.browser

FIRST, SECOND = LONGEST[1:3]
# what a browser may find behind the # of an address: old codes, ids of other things, junk
JUNK = [
    "zzzz", FIRST[:-2] + "zz", "nstrkd", FIRST.upper(), "start", "main", "icon-chat", "__proto__", "constructor",
    "%00%ff", "<script>alert(1)</script>", "'\"];*", f"{FIRST} {FIRST}", "🕯" * 50, "a" * 8192,
]  # fmt: skip


@pytest.fixture(scope="module")
def suicide_lines() -> set[str]:
    lines = {
        row["code"]
        for row in rows("guidance.service")
        if row["country"] == ["BE"] and "suicide" in row["purposes"]
    }
    numbers = [row["address"] for row in rows("guidance.channel") if row["service"][0] in lines]
    return {"tel:" + number.replace(" ", "") for number in numbers}


def tab_to(page: Page, selector: str, most: int = 20) -> int:
    """Press Tab until this element has the focus, and give how often that took."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return presses
    raise AssertionError(f"{most} times Tab do not lead to {selector}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", IN_TURN)
def test_every_path_ends_on_its_ending_by_keyboard_alone(
    visit: Visit, language: str, script: bool, suicide_lines: set[str]
) -> None:
    page = visit(script)
    hurry(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto("about:blank")  # else going to the same address is a reload, which keeps the step
        page.goto(f"/{language}-be/check/")
        asked.clear()
        check_place(page, "", language)
        for before, place in pairwise(path):
            tabs = tab_to(page, f'a[href="#{place}"]')
            if before:  # the answers come next after the heading
                assert tabs == 1 + ANSWERS[TARGETS[before]].index(place)
            page.keyboard.press("Enter")
            check_place(page, place, language)
            if script:
                assert seen(page)["focus"] == "h2"
                assert page.url.endswith(f"/{language}-be/check/")
        ending = TARGETS[path[-1]]
        if TONES[ending] == "stop":
            assert page.locator(".steps > li:visible").count() == STEPS[ending]
            assert page.locator(".state.open:visible").count()
            lines = page.locator("a[href^='tel:']:visible").evaluate_all(
                "all => all.map(a => a.href)"
            )
            assert suicide_lines & set(lines)
        # the icon may come late; answering itself asks the server for nothing
        assert not [address for address in asked if "/static/" not in address]


def test_the_language_switch_keeps_the_step(visit: Visit) -> None:
    page = visit()
    for number, place in enumerate(sorted(TARGETS.keys() - HEADINGS.keys())):
        page.goto("about:blank")
        page.goto(f"/en-be/check/#{place}")
        check_place(page, place, "en")
        # the first place goes round, the others to one language, each in turn
        for other in LANGUAGES if number == 0 else LANGUAGES[number % 2 :][:1]:
            page.press(f".langs a[hreflang={other}]", "Enter")
            page.wait_for_url(f"**/{other}-be/check/")
            check_place(page, place, other)
            assert page.evaluate("window.name") == ""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_unknown_code_shows_the_start(visit: Visit, script: bool) -> None:
    page = visit(script)
    for junk in JUNK:
        page.goto("about:blank")
        page.goto(f"/fr-be/check/#{junk}")
        check_place(page, "", "fr")
        if script:
            assert page.url.endswith("/fr-be/check/"), "the address forgets the fragment"
        page.evaluate("(junk) => { location.hash = junk }", junk + "x")
        check_place(page, "", "fr")


def test_an_unknown_step_from_the_other_language_shows_the_start(visit: Visit) -> None:
    page = visit()
    for junk in JUNK:
        page.goto("/nl-be/check/")
        page.evaluate("(junk) => { window.name = 'at:' + junk }", junk)
        page.goto("/en-be/check/")
        check_place(page, "", "en")
        assert page.evaluate("window.name") == ""


def test_a_second_tap_on_the_same_spot_does_not_answer_the_next_question(visit: Visit) -> None:
    page = visit()
    page.clock.install()
    page.goto("/nl-be/check/")
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.locator(f'a[href="#{FIRST}"]').click()
    page.locator(f'a[href="#{SECOND}"]').click()
    check_place(page, FIRST, "nl")
    page.clock.fast_forward(500)
    page.locator(f'a[href="#{SECOND}"]').click()
    check_place(page, SECOND, "nl")


class Walk:
    """A visitor who wanders at random, beside a model of the browser's history to compare with.

    An entry is (language, place, how many steps of this document led here).
    """

    def __init__(self, page: Page, seed: int) -> None:
        self.page, self.random = page, random.Random(seed)
        self.entries: list[tuple[str, str, int]] = [("nl", "", 0)]
        self.at = 0

    def step(self) -> None:
        """Do one thing that is possible here, and compare."""
        language, place, steps = self.entries[self.at]
        code = TARGETS[place]
        acts: list[Callable[[str, str, int], None]] = [self.reload, self.other_language]
        acts += [self.answer] * 12 if code in ANSWERS else [self.start_again] * 6
        acts += [self.back] * 4 if self.at else []
        acts += [self.forward] * 4 if self.at + 1 < len(self.entries) else []
        acts += [self.previous] * 6 if code != TARGETS[""] else []
        self.random.choice(acts)(language, place, steps)
        after, place, _ = self.entries[self.at]
        if after != language:
            self.page.wait_for_url(f"**/{after}-be/check/", wait_until="commit")
            self.page.wait_for_selector(".stepping")
        check_place(self.page, place, after)

    def push(self, language: str, place: str, steps: int) -> None:
        self.at += 1
        self.entries[self.at :] = [(language, place, steps)]

    def answer(self, language: str, place: str, steps: int) -> None:
        chosen = self.random.choice(ANSWERS[TARGETS[place]])
        self.page.press(f'a[href="#{chosen}"]', "Enter")
        self.push(language, chosen, steps + 1)

    def start_again(self, language: str, place: str, steps: int) -> None:
        self.page.press('a[href="#start"]:visible', "Enter")
        self.push(language, "", steps + 1)

    def previous(self, language: str, place: str, steps: int) -> None:
        """Back to the answer that led here; when there is no such entry, to a question before."""
        self.page.press("[data-back]:visible", "Enter")
        if steps:
            self.at -= 1
            return
        shown = seen(self.page)["steps"][0]
        assert TARGETS[place] in [TARGETS[answer] for answer in ANSWERS[shown]]
        self.push(language, shown, 0)

    def back(self, *_: object) -> None:
        self.at -= 1
        self.page.go_back(wait_until="commit")  # from the back/forward cache a page does not load

    def forward(self, *_: object) -> None:
        self.at += 1
        self.page.go_forward(wait_until="commit")

    def reload(self, *_: object) -> None:
        self.page.reload()

    def other_language(self, language: str, place: str, steps: int) -> None:
        other = self.random.choice([code for code in LANGUAGES if code != language])
        self.page.press(f".langs a[hreflang={other}]", "Enter")
        self.push(other, place, 0)


@pytest.mark.parametrize("steps", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_a_random_walk_never_leaves_the_tree(visit: Visit, steps: int) -> None:
    page = visit()
    hurry(page)
    page.goto("/nl-be/check/")
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    walk = Walk(page, seed)
    for _ in range(steps):
        walk.step()


IN_SIGHT = """() => {
  const { top: edge } = document.querySelector(".dock").getBoundingClientRect();
  const targets = [...document.querySelectorAll(".now .choices a, .now .below > *")].map((node) => node.getBoundingClientRect());
  return {
    first: targets[0].bottom <= edge && targets[0].top >= 0,
    question: document.querySelector(".now h2").getBoundingClientRect().top >= 0,
    cut: targets.filter((box) => box.top < edge && box.bottom > edge).length,
  };
}"""
# the places of every question but the start: the question's code, and each answer that leads to it
QUESTIONS = """() => [...document.querySelectorAll("[data-step]")]
  .filter((part) => part.querySelector(".choices"))
  .flatMap((part) => [part.dataset.step, ...[...part.querySelectorAll(".from")].map((from) => from.id)])"""
SMALL = [
    (320, 568),
    *(pytest.param(size, marks=pytest.mark.long) for size in [(390, 664), (360, 640)]),
]


@pytest.mark.parametrize("size", SMALL)
def test_the_first_answer_is_in_sight_when_a_question_appears(
    visit: Visit, size: tuple[int, int]
) -> None:
    page = visit(**{**PHONE, "viewport": {"width": size[0], "height": size[1]}})
    page.goto("/fr-be/check/")
    places = page.evaluate(QUESTIONS)
    assert len(places) > 3
    for place in ("", *places):
        page.goto("about:blank")
        page.goto("/fr-be/check/" + (f"#{place}" if place else ""))
        assert page.evaluate(IN_SIGHT) == {"first": True, "question": True, "cut": 0}, place


LATE_FONT = """{
  const ready = new Promise((resolve) => { window.fontCame = resolve });
  Object.defineProperty(document.fonts, "ready", { value: ready });
}"""


def test_a_font_that_makes_a_line_more_still_leaves_the_first_answer_in_sight(visit: Visit) -> None:
    page = visit(**{**PHONE, "viewport": {"width": 320, "height": 568}})
    page.add_init_script(LATE_FONT)
    page.goto("/fr-be/check/")
    cut = 0
    for place in ("", *page.evaluate(QUESTIONS)):
        for scrolled in (False, True):
            page.goto("about:blank")
            page.goto("/fr-be/check/" + (f"#{place}" if place else ""))
            page.evaluate("document.querySelector('.now h2').style.paddingBottom = '28px'")
            cut += page.evaluate(IN_SIGHT)["cut"]
            if scrolled:
                page.evaluate("scrollBy(0, 3)")
            before = page.evaluate("scrollY")
            page.evaluate("window.fontCame()")
            if scrolled:  # whoever moved the page is not moved
                assert page.evaluate("scrollY") == before, place
            else:
                assert page.evaluate(IN_SIGHT) == {"first": True, "question": True, "cut": 0}, place
    assert cut


def test_what_we_say_to_an_answer_is_heard_before_the_question(visit: Visit) -> None:
    page = visit()
    hurry(page)
    page.goto("/en-be/check/")
    page.locator(f'a[href="#{FIRST}"]').click()
    heading = HEADINGS[TARGETS[FIRST]]["en"]
    said = page.locator(f"#{FIRST}").inner_text().splitlines()[0]
    name = page.locator(".now h2").aria_snapshot()
    assert said in name
    assert name.index(said) < name.index(heading)
    page.go_back()
    assert page.locator(".now h2").get_attribute("aria-labelledby") is None

"""For every hand, eye and phone: axe on every page, targets, narrow screens, focus, the first minute."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, hurry
from tests.browser.content import SKIPPED
from tests.browser.self_check import IN_TURN, LANGUAGES, TARGETS
from tests.server import ROOT, Server, kinds

pytestmark = pytest.mark.browser

AXE = (ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = [
    "home", "first_minute", "text", "card", "lines_first", "story", "easy", "poster", "check list", "check",
    "chat list", "chat", "class", "lines list", "lines", "apps", "letter list", "letter", "tell",
]  # fmt: skip
SMALL_TARGETS = """() => {
  const found = [];
  for (const node of document.querySelectorAll("a[href], button, input, select, summary")) {
    const { width, height } = (node.closest("label") ?? node).getBoundingClientRect();
    const { display, clipPath } = getComputedStyle(node);
    if (!node.checkVisibility() || clipPath !== "none" || (width >= 44 && height >= 44)) continue;
    // WCAG 2.5.8 lets a link be as high as the line of text it stands in
    const sentence = node.closest("p, li")?.textContent.replace(node.textContent, "") ?? "";
    if (display === "inline" && /\\p{L}/u.test(sentence)) continue;
    found.push(`${node.outerHTML.slice(0, 80)} is ${Math.round(width)} x ${Math.round(height)}`);
  }
  return found;
}"""
FOCUS = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const { x, y, width, height } = node.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return {
    what: node.outerHTML.slice(0, 80),
    marked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    uncovered: node.contains(top) || top?.contains(node),
  };
}"""


# where words stand narrow, in columns, in boxes and in buttons
NARROW = ["home", "first_minute", "card", "check", "class", "lines list", "letter"]

# the others have no element that these have not
DIFFERENT = [
    "home",
    "first_minute",
    "text",
    "lines_first",
    "check",
    "chat",
    "lines list",
    "letter",
    "tell",
]


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, list[str]]:
    """Every public address by the kind of page, asked of the server's database."""
    found = kinds(server)
    assert found.keys() == set(KINDS)
    return found


@pytest.fixture(scope="module")
def whole_pages(addresses: dict[str, list[str]]) -> list[str]:
    """Without those that are a part of another: lines/2/ of lines/, lines/be/2/ of lines/be/."""
    part = re.compile(r"lines/(\w+/)?\d+/")
    return [path for paths in addresses.values() for path in paths if not part.fullmatch(path)]


@pytest.fixture(scope="module")
def one_of_each(addresses: dict[str, list[str]]) -> dict[str, str]:
    return {kind: paths[0] for kind, paths in addresses.items()}


def axe(page: Page, tags: list[str]) -> list[str]:
    """Give what axe finds wrong in the page as it is shown now: the rule, and where."""
    violations: list[dict[str, Any]] = page.evaluate(
        "(tags) => axe.run({ runOnly: tags, resultTypes: ['violations'] }).then((all) => all.violations)",
        tags,
    )
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in violations]


def check_with_axe(page: Page, address: str, dark: bool = True) -> list[str]:
    """Every rule in the light; in the dark those about colour. The HTML is the same."""
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE)
    found = [f"{address} {fault}" for fault in axe(page, RULES)]
    if dark:
        page.emulate_media(color_scheme="dark")
        found += [f"{address} in the dark {fault}" for fault in axe(page, ["cat.color"])]
    return found


@pytest.mark.parametrize("language", IN_TURN)
def test_axe_finds_nothing_on_any_kind_of_page(
    visit: Visit, one_of_each: dict[str, str], language: str
) -> None:
    page, found = visit(**PHONE), []
    for path in one_of_each.values():
        page.goto(f"/{language}-be/{path}")
        # no colour depends on the language
        found += check_with_axe(page, page.url, dark=language == "nl")
    assert not found


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(
    visit: Visit, addresses: dict[str, list[str]], whole_pages: list[str], language: str
) -> None:
    page, found = visit(**PHONE), []
    parts = [path for path in addresses["lines list"] if path not in whole_pages]
    third = LANGUAGES.index(language)  # the languages share what is a part of another page
    for path in [*whole_pages, *parts[third::3]]:
        page.goto(f"/{language}-be/{path}")
        wrong = check_with_axe(page, page.url)
        # the writer skipped a level: see that this is noticed, and nothing else
        skipped = path in SKIPPED and [fault for fault in wrong if "heading-order" in fault]
        found += [fault for fault in wrong if fault not in (skipped or ())]
    assert not found


@pytest.mark.parametrize("language", IN_TURN)
def test_axe_finds_nothing_on_any_step_of_the_self_check(visit: Visit, language: str) -> None:
    page, found = visit(**PHONE), []
    for step in dict.fromkeys(TARGETS.values()):
        place = next(place for place in reversed(TARGETS) if TARGETS[place] == step)
        page.goto("about:blank")
        page.goto(f"/{language}-be/check/#{place}")
        found += check_with_axe(page, f"{page.url} {step}", dark=language == "nl")
    assert not found


@pytest.mark.parametrize("language", IN_TURN)
def test_axe_finds_nothing_while_a_chat_is_played(visit: Visit, language: str) -> None:
    page, found = visit(reduced_motion="reduce", **PHONE), []  # a bubble that fades in is pale
    hurry(page)
    page.goto(f"/{language}-be/chat/")
    while not page.locator("#stage .reveal").count():
        moves = page.input_value("[name=moves]")
        page.locator("#next button, .replies button").first.tap()
        expect(page.locator("[name=moves]")).not_to_have_value(moves)
        found += check_with_axe(page, f"{page.url} {moves}")
    assert not found


def test_axe_finds_nothing_on_a_page_that_does_not_exist(visit: Visit, faults: list[str]) -> None:
    page = visit(**PHONE)
    page.goto("/nl-be/no-such-page/")
    assert not check_with_axe(page, page.url)
    faults.clear()  # Chromium notes that the answer was 404


def test_targets_are_large_enough_for_a_thumb(visit: Visit, whole_pages: list[str]) -> None:
    page, found = visit(**PHONE), []
    for path in whole_pages:
        page.goto(f"/fr-be/{path}")
        found += [f"{path}: {small}" for small in page.evaluate(SMALL_TARGETS)]
    assert not found


@pytest.mark.parametrize(
    ("height", "every"),
    [(640, False), (256, False), pytest.param(640, True, marks=pytest.mark.long)],
    ids=["a small phone", "a laptop at 400 %", "every page"],
)
def test_nothing_is_wider_than_320_pixels(
    visit: Visit, whole_pages: list[str], one_of_each: dict[str, str], height: int, every: bool
) -> None:
    page, found = visit(viewport={"width": 320, "height": height}), []
    for path in whole_pages if every else one_of_each.values():
        page.goto(f"/fr-be/{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        dock = page.evaluate("document.querySelector('.dock').getBoundingClientRect().height")
        if width > 320 or dock > height / 2:
            found.append(f"{path} is {width} wide, its dock {dock} high")
    assert not found


# WCAG 1.4.12: the spacing a reader may set
SPACING = """for (const node of document.querySelectorAll("*")) {
  node.style.lineHeight = "1.5";
  node.style.letterSpacing = "0.12em";
  node.style.wordSpacing = "0.16em";
}"""


@pytest.mark.parametrize(
    "some", [NARROW, pytest.param(KINDS, marks=pytest.mark.long)], ids=["narrow", "all"]
)
@pytest.mark.parametrize(
    ("width", "change"),
    [(360, "document.documentElement.style.fontSize = '225%'"), (320, SPACING)],
    ids=["text twice as large", "wide spacing"],
)
def test_large_or_wide_text_makes_no_page_wider(
    visit: Visit, one_of_each: dict[str, str], width: int, change: str, some: list[str]
) -> None:
    page, found = visit(viewport={"width": width, "height": 640}), []
    for kind in some:
        for language in ("nl", "fr"):
            page.goto(f"/{language}-be/{one_of_each[kind]}")
            page.evaluate(change)
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{page.url} is {wide} wide"] if wide > width else []
    assert not found


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=[] if kind in DIFFERENT else pytest.mark.long) for kind in KINDS],
)
def test_where_the_focus_is_can_always_be_seen(
    visit: Visit, one_of_each: dict[str, str], kind: str
) -> None:
    page = visit(viewport={"width": 360, "height": 640})
    page.goto(f"/nl-be/{one_of_each[kind]}")
    stops: list[dict[str, Any]] = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or len(stops) > 400:
            break
        stops.append(stop)
    assert len(stops) > 8
    assert not [stop for stop in stops if not (stop["marked"] and stop["uncovered"])]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", IN_TURN)
def test_the_first_minute_shows_help_without_scrolling(
    visit: Visit, one_of_each: dict[str, str], language: str, script: bool
) -> None:
    page = visit(script, **PHONE)
    page.goto(f"/{language}-be/{one_of_each['first_minute']}")
    edge = page.locator(".dock").bounding_box()
    assert edge
    words = {"nl": "dag en nacht", "fr": "jour et nuit", "en": "day and night"}[language]
    for help_now in (page.locator("a.call", has_text=words), page.locator(".dying a").last):
        box = help_now.bounding_box()
        assert box
        assert box["y"] + box["height"] <= edge["y"]
    message = page.locator("main h1, main .minute > .lead, main .flow > .rich:first-child")
    assert len(" ".join(message.all_inner_texts()).split()) <= 27
    assert 3 <= page.locator(".steps > li").count() <= 6

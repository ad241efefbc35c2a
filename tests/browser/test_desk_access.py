"""Every page of the staff area: axe, at a desk and on a phone, in each language, under the same CSP.

Minutes, so it is `long`. A page is opened once a language and looked at in both widths: nothing on it is
loaded anew when the window is made narrower.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.desk_pages import unopened
from tests.browser.self_check import LANGUAGES
from tests.browser.test_access import AXE, RULES
from tests.server import CONTENT, ROOT, Server, running

pytestmark = [pytest.mark.browser, pytest.mark.long]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TELL_TALES = """
addEventListener("securitypolicyviolation", event =>
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
"""
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
LOOK = """async (tags) => {
  const found = (await axe.run({runOnly: tags, resultTypes: ["violations"]})).violations
    .map(rule => `${rule.id}: ${rule.nodes.length} x ${rule.nodes[0].html.slice(0, 140)}`)
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id)
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`twice on the page: #${id}`)
  const over = document.documentElement.scrollWidth - innerWidth
  if (over > 0) {
    const out = [...document.querySelectorAll("body *")].filter(one => one.checkVisibility()
      && one.getBoundingClientRect().right > innerWidth + 1 && ![...one.children].some(child =>
      child.getBoundingClientRect().right > innerWidth + 1))
    found.push(`${over} pixels too wide: ${out[0]?.outerHTML.slice(0, 140)}`)
  }
  return found
}"""


@pytest.fixture(scope="module")
def prepared() -> Iterator[tuple[Server, dict[str, Any]]]:
    """A server in whose database something waits on every page, who is logged in, and what to open."""
    with running(*CONTENT) as server:
        code = "from tests.browser.desk_pages import prepare; prepare()"
        printed = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, check=True, text=True,
            env=server.environment, capture_output=True,
        ).stdout  # fmt: skip
        yield server, json.loads(printed)


class Eyes:
    """Opens pages as each member in one language, and writes down what is wrong with them."""

    def __init__(self, chromium: Browser, server: Server, sessions: Any, language: str) -> None:
        self.found: list[str] = []
        self.language = language
        self.pages = {
            who: self._page(chromium, server, key, language) for who, key in sessions.items()
        }

    def _page(self, chromium: Browser, server: Server, key: str, language: str) -> Page:
        context: BrowserContext = chromium.new_context(
            base_url=server.url,
            locale=language,
            viewport=WIDE,  # type: ignore[arg-type]  # a size
        )
        context.add_init_script(TELL_TALES)
        if key:
            context.add_cookies([
                {"name": "sessionid", "value": key, "url": f"{server.url}/admin/"}
            ])  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: self._said(page, said))
        page.on("pageerror", lambda error: self.found.append(f"{page.url} {error}"))
        return page

    def _said(self, page: Page, said: Any) -> None:
        # what a browser remarks on every answer that is an error
        if (
            said.type in ("error", "warning")
            and "the server responded with a status" not in said.text
        ):
            self.found.append(f"{page.url} {said.text[:200]}")

    def open(self, who: str, address: str, status: int) -> None:
        """Open a page, and look at it."""
        page = self.pages[who]
        try:
            response = page.goto(address)
        except Error as error:
            self.found.append(f"{address} is no page: {error.message[:200]}")
            return
        assert response
        there = f"/admin/{page.url.partition('/admin/')[2]}"
        right = (response.status, there) == (status, address)
        if status == 302:  # leads on
            right = response.status == 200 and there != address
        if not right:
            self.found.append(f"{address} answered {response.status} at {page.url}")
        self.look(page, address)

    def look(self, page: Page, name: str) -> None:
        """Look at a page as it is now: wide, in the dark, narrow."""
        page.evaluate(AXE)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a size
            for fault in page.evaluate(LOOK, {"type": "tag", "values": RULES}):
                self.found.append(f"{name} {size['width']} {fault}")
        if self.language == LANGUAGES[0]:  # no colour depends on the language
            page.emulate_media(color_scheme="dark")
            page.wait_for_timeout(200)  # a link takes 0.15 s to change its colour
            for fault in page.evaluate(LOOK, CONTRAST):
                self.found.append(f"{name} in the dark {fault}")
            page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a size


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_of_the_staff_area(
    chromium: Browser, prepared: tuple[Server, dict[str, Any]], language: str
) -> None:
    server, waits = prepared
    began, eyes = time.monotonic(), Eyes(chromium, server, waits["sessions"], language)
    addresses = [address for _, address, _ in waits["pages"]]
    assert unopened(addresses) == []
    for who, address, status in waits["pages"]:
        eyes.open(who, address, status)
    _answers(eyes)
    for page in eyes.pages.values():
        page.context.close()
    print(f"{len(addresses)} pages in {language}: {time.monotonic() - began:.0f} s")
    assert not eyes.found, "\n".join(dict.fromkeys(eyes.found))


def _answers(eyes: Eyes) -> None:
    """Look at the pages that only answer a form."""
    page = eyes.pages["anna"]
    page.goto("/admin/guidance/page/add/")
    page.locator("[name=_save]").first.click()
    eyes.look(page, "a form with what is wrong")

    page.goto("/admin/guidance/page/?all=")
    page.locator(".action-select").last.check()
    page.select_option("[name=action]", "delete_selected")
    page.locator("[name=index]").click()
    eyes.look(page, "deleting the chosen")

    page.goto("/admin/auth/user/add/")
    page.fill("[name=username]", f"new-{eyes.language}")
    page.locator("[name=_save]").first.click()
    eyes.look(page, "the link of an invitation")

    page = eyes.pages["bert"]
    page.goto("/admin/factor/")
    page.locator("[name=another]").click()
    eyes.look(page, "setting up another phone")
    page.goto("/admin/factor/")
    page.locator("[name=codes]").click()
    eyes.look(page, "recovery codes")

    page = eyes.pages["eve"]
    page.goto("/admin/guidance/page/add/")
    page.fill("[name=title_nl]", "Niet verliezen, ook dit niet")
    token = [cookie for cookie in page.context.cookies() if cookie["name"] == "csrftoken"]
    page.context.clear_cookies(name="csrftoken")
    page.locator("[name=_save]").first.click()
    eyes.look(page, "what was kept")
    assert token
    page.goto("/admin/guidance/page/add/")
    page.fill("[name=title_nl]", "Niet verliezen, ook dit niet")
    page.context.clear_cookies()
    page.locator("[name=_save]").first.click()
    eyes.look(page, "logging in, with what was kept")


TABBABLE = """() => {
  const groups = new Set()
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
    .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]"))
    .filter(one => one.type !== "radio" || (one.form.elements[one.name].value ? one.checked
      : !groups.has(one.name) && groups.add(one.name)))
  all.forEach((one, number) => { one.dataset.stop = number })
  return all.map(one => one.outerHTML.slice(0, 100))
}"""
FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const { top, bottom, left } = one.getBoundingClientRect()
  return [+(one.dataset.stop ?? -1), top + scrollY, bottom + scrollY, left, one.outerHTML.slice(0, 100)]
}"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_tab_reaches_every_control_in_the_order_of_the_page(
    chromium: Browser, prepared: tuple[Server, dict[str, Any]], size: dict[str, int]
) -> None:
    """On one form of each kind; no control keeps the focus to itself."""
    server, waits = prepared
    eyes = Eyes(chromium, server, {"anna": waits["sessions"]["anna"]}, "en")
    page, found = eyes.pages["anna"], list[str]()
    forms = [address for _, address, _ in waits["pages"] if address.endswith("/change/")]
    assert len(forms) > 15
    page.set_viewport_size(size)  # type: ignore[arg-type]  # a size
    for address in forms:
        page.goto(address)
        controls = page.evaluate(TABBABLE)
        reached: list[Any] = []
        for _ in range(len(controls) + 5):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused is None or (reached and focused[0] == reached[0][0]):
                break
            reached.append(focused)
        order = [stop for stop, *_ in reached]
        found += [
            f"{address} not by Tab: {controls[n]}" for n in set(range(len(controls))) - {*order}
        ]
        found += [
            f"{address} upwards: {after[4]} after {before[4]}"
            for before, after in pairwise(reached)
            if after[0] < before[0] or (after[2] < before[1] and after[3] <= before[3])
        ]
    page.context.close()
    assert not found, "\n".join(found)

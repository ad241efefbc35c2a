"""A member of staff in a browser of their own: whatever they press, type, choose and load is counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page

TEXTS: Final = ("nl", "fr", "en")
SCREEN: Final[Any] = {"width": 1280, "height": 800}


@dataclass
class Count:
    """What somebody did. A choice in a list is no click: it is typed too, by its first letter.

    `addresses` are those that were written by hand, or pasted: a link in an invitation.
    """

    clicks: int = 0
    fields: int = 0
    choices: int = 0
    loads: int = 0
    addresses: int = 0

    def add(self, other: "Count") -> None:
        """Count what somebody else did too."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


class Person:
    """Works as people do: on what is visible, by its words in the language of their desk."""

    def __init__(
        self, browser: Browser, url: str, name: str, language: str, faults: list[str]
    ) -> None:
        self.name, self.language, self.faults = name, language, faults
        self.count = Count()
        self.context = browser.new_context(base_url=url, locale=language, viewport=SCREEN)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("load", self._loaded)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: faults.append(f"{name}: {error}"))
        self.page.on("dialog", self._asked)

    def _loaded(self, page: Page) -> None:
        self.count.loads += 1

    def _said(self, message: ConsoleMessage) -> None:
        """Errors of scripts, and what the CSP refuses, are said here."""
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.name}, {message.location['url']}: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        """Nobody here leaves a form unsaved, so nobody may be asked."""
        self.faults.append(f"{self.name} was asked: {dialog.message or dialog.type}")
        dialog.accept()

    def say(self, words: str | Promise) -> str:
        """Give words of the desk in the language of this person."""
        with translation.override(self.language):
            return translation.gettext(words) if isinstance(words, str) else str(words)

    def open(self, address: str) -> None:
        """Go to an address that was typed or pasted."""
        self.count.addresses += 1
        with self.loading():
            self.page.goto(address)

    def begin(self) -> None:
        """Stand on the desk, with nothing counted yet."""
        home = self.page.locator("#site-name a")
        with self.loading():
            if home.count():
                home.click()
            else:  # a task failed on a page of the public site
                self.page.goto("/admin/")
        self.count = Count()

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Wait for the page that comes."""
        with self.page.expect_event("load"):
            yield

    def click(self, target: Locator, loads: bool = True) -> None:
        """Click what is there; by default it leads to another page."""
        self.count.clicks += 1
        if not loads:
            return target.click()
        with self.loading():
            return target.click()

    def press(self, words: str, within: str = "#content") -> None:
        """Press the button with these words of the desk."""
        name = self.say(words)
        self.click(self.page.locator(within).get_by_role("button", name=name, exact=True).first)

    def follow(self, words: str, within: str = "#content") -> None:
        """Follow the link with these words of the desk."""
        name = self.say(words)
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def follow_to(self, text: str, within: str = "#content") -> None:
        """Follow the first link that holds this text, which is content."""
        self.click(self.page.locator(within).get_by_role("link").filter(has_text=text).first)

    def field(self, name: str) -> Locator:
        """Give the field of this name."""
        return self.page.locator(f"[name='{name}']")

    def field_by_id(self, name: str) -> Locator:
        """Give the field of this id."""
        return self.page.locator(f"#{name}")

    def write(self, name: str, text: str) -> None:
        """Type into a field."""
        self.count.fields += 1
        self.field(name).fill(text)

    def write_all(self, name: str, *texts: str) -> None:
        """Type a text in Dutch, French and English."""
        for code, text in zip(TEXTS, texts, strict=True):
            self.write(f"{name}_{code}", text)

    def choose(self, name: str, **option: Any) -> None:
        """Choose in a list, by its label, value or index."""
        self.count.choices += 1
        self.field(name).select_option(**option)

    def tick(self, name: str, value: str = "") -> None:
        """Tick a box."""
        self.count.clicks += 1
        box = self.field(name)
        (box.and_(self.page.locator(f"[value='{value}']")) if value else box).check()

    def open_section(self, words: str) -> None:
        """Open what is folded away."""
        self.click(self.page.locator("summary", has_text=self.say(words)).first, loads=False)

    def reads(self, text: str, within: str = "#content") -> None:
        """Read a text on the page; raises AssertionError when it is not there."""
        shown = " ".join(self.page.locator(within).inner_text().split())
        assert text in shown, f"{self.name} does not read “{text}” in: {shown[:1500]}"

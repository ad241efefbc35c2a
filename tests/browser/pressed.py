"""The report button put into a real Chromium, and pressed there: what its popup shows, and what a tap does."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

from tests.browser.conftest import FLAGS


class Popup:
    """The page that stands under the button while it is pressed. Playwright does not know it as a page."""

    def __init__(self, browser: CDPSession, target: str) -> None:
        self._browser, self._numbers, self._answers = browser, count(1), dict[int, Any]()
        self._session = browser.send(
            "Target.attachToTarget", {"targetId": target, "flatten": False}
        )["sessionId"]
        browser.on("Target.receivedMessageFromTarget", self._hear)

    def _hear(self, event: dict[str, Any]) -> None:
        if event.get("sessionId") == self._session:
            answer = json.loads(event["message"])
            self._answers[answer.get("id", 0)] = answer

    def send(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self._browser.send(
            "Target.sendMessageToTarget", {"sessionId": self._session, "message": message}
        )
        for _ in range(100):
            if number in self._answers:
                return self._answers.pop(number).get("result", {})
            self._browser.send("Target.getTargets")  # which lets the answer come in
            time.sleep(0.02)
        raise AssertionError(f"no answer to {method}")

    def run(self, script: str) -> Any:
        """Give what an expression is in the popup, once that is something."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        return self.send("Runtime.evaluate", **asked).get("result", {}).get("value")

    def text(self, selector: str) -> str:
        return str(self.run(f"document.querySelector({json.dumps(selector)}).textContent"))

    def kind(self) -> str:
        """Tell of what kind the address is: the popup says so when it is ready."""
        for _ in range(100):
            if kind := self.run("document.documentElement.dataset.kind || ''"):
                return str(kind)
        raise AssertionError("the popup is never ready")

    def tap(self, selector: str) -> None:
        """Tap it as a hand does."""
        script = (
            "{ const node = document.querySelector(%s); node.scrollIntoView({ block: 'center' });"
        )
        script += " const { x, y, width, height } = node.getBoundingClientRect();"
        script += " [x + width / 2, y + height / 2] }"
        x, y = self.run(script % json.dumps(selector))
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


class Button:
    """A Chromium with the report button in it."""

    def __init__(self, context: BrowserContext, browser: CDPSession, code: str) -> None:
        self.context, self._browser, self.code = context, browser, code

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def _targets(self, kind: str) -> list[dict[str, Any]]:
        found = self._browser.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        return [target for target in found if target["type"] == kind]

    def press(self, address: str) -> Popup:
        """Go to an address and press the button there."""
        self.page.goto(address)
        self.page.bring_to_front()
        tab = next(
            target
            for target in self._targets("tab")
            if not target["url"].startswith("chrome-extension:")
        )
        pressed = {"id": self.code, "targetId": tab["targetId"]}
        self._browser.send("Extensions.triggerAction", pressed)
        for _ in range(100):
            for target in self._targets("page"):
                if target["url"].startswith(f"chrome-extension://{self.code}/"):
                    return Popup(self._browser, target["targetId"])
            time.sleep(0.05)
        raise AssertionError("the button opened nothing")

    def close(self) -> None:
        """Close the popup that is open, if there is one."""
        for target in self._targets("page"):
            if target["url"].startswith("chrome-extension:"):
                self._browser.send("Target.closeTarget", {"targetId": target["targetId"]})


@contextmanager
def button(playwright: Playwright, program: str, profile: Path, folder: Path) -> Iterator[Button]:
    """Put the extension in this folder into a new Chromium, whose words are Dutch."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=program,
        args=[*FLAGS, "--enable-unsafe-extension-debugging", "--lang=nl"],
        ignore_default_args=["--disable-extensions"],
        env={**os.environ, "LANGUAGE": "nl", "TZ": "Europe/Brussels"},
    )
    assert context.browser
    browser = context.browser.new_browser_cdp_session()
    code = browser.send("Extensions.loadUnpacked", {"path": str(folder)})["id"]
    yield Button(context, browser, code)
    context.close()

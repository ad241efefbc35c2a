"""The report button put into a real Chromium or Firefox, and pressed there: what its popup shows, and what a tap does."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.conftest import FLAGS


def wait_for(what: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait until this is something, and give it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := what():
            return answer
        time.sleep(0.05)
    raise AssertionError("never true")


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
        return str(wait_for(lambda: self.run("document.documentElement.dataset.kind || ''")))

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

    def _open(self) -> dict[str, Any] | None:
        mine = f"chrome-extension://{self.code}/"
        return next((each for each in self._targets("page") if each["url"].startswith(mine)), None)

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
        return Popup(self._browser, wait_for(self._open)["targetId"])

    def close(self) -> None:
        """Close the popup that is open, if there is one."""
        if target := self._open():
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


# In the parts of Firefox that no page sees: press the button of the window, and answer from its popup.
_PRESS = """
const [name, told] = arguments;
(async () => {
  for (const open of document.querySelectorAll("panel[panelopen]")) open.hidePopup();
  await new Promise((done) => setTimeout(done, 300));
  const { extension } = WebExtensionPolicy.getByID(name);
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
})().then(told, (fault) => told(String(fault)));
"""
# what the switch among the extensions of Firefox does
_ALLOW = """
const [name, told] = arguments;
(async () => {
  const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
  const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
  await ExtensionPermissions.add(name, { permissions: ["internal:privateBrowsingAllowed"], origins: [] });
  await (await AddonManager.getAddonByID(name)).reload();
})().then(told, (fault) => told(String(fault)));
"""
_IS_ALLOWED = """
const [name, told] = arguments;
const policy = WebExtensionPolicy.getByID(name);
told(Boolean(policy && policy.active && policy.extension && policy.privateBrowsingAllowed));
"""
_RUN = """
const [script, told] = arguments;
const inside = (script) => `
  const page = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
  const answer = (data) => sendAsyncMessage("answer", JSON.stringify({ data }));
  Promise.resolve().then(() => Cu.evalInSandbox(${JSON.stringify(script)}, page)).then(answer, () => answer(null));`;
const [popup] = document.querySelectorAll("browser[webextension-view-type=popup]");
if (!popup) told(null);
else {
  const { messageManager } = popup;
  setTimeout(told, 1000, null); // a popup that is still loading answers nothing
  messageManager.addMessageListener("answer", function hear({ data }) {
    messageManager.removeMessageListener("answer", hear);
    told(JSON.parse(data).data);
  });
  messageManager.loadFrameScript("data:," + encodeURIComponent(`{${inside(script)}}`), false);
}
"""
_TAP = """
const [selector, told] = arguments;
const [popup] = document.querySelectorAll("browser[webextension-view-type=popup]");
popup.messageManager.loadFrameScript("data:," + encodeURIComponent(`{
  const node = content.document.querySelector(${JSON.stringify(selector)});
  content.document.notifyUserGestureActivation();
  node.click();
}`), false);
told();
"""


class FirefoxButton:
    """A Firefox with the report button in it, and the popup that a press opens."""

    def __init__(self, driver: WebDriver, file: Path) -> None:
        self.driver = driver
        driver.set_script_timeout(20)
        assert not isinstance(driver.command_executor, str)
        for name, way in (("addon/install", "install"), ("context", "context")):
            driver.command_executor.add_command(way, "POST", f"/session/$sessionId/moz/{name}")  # type: ignore[no-untyped-call]  # selenium has no types
        self.name = driver.execute("install", {"path": str(file), "temporary": True})["value"]

    def inside(self, script: str, *arguments: Any) -> Any:
        """Run a script in Firefox itself, which tells its last argument what there is to tell."""
        self.driver.execute("context", {"context": "chrome"})
        try:
            return self.driver.execute_async_script(script, *arguments)
        finally:
            self.driver.execute("context", {"context": "content"})

    def allow_in_private_windows(self) -> None:
        assert self.inside(_ALLOW, self.name) is None
        wait_for(lambda: self.inside(_IS_ALLOWED, self.name))

    def press(self, address: str) -> "FirefoxButton":
        """Go to an address and press the button there."""
        self.driver.get(address)
        wait_for(lambda: self.driver.current_url == address)
        assert self.inside(_PRESS, self.name) is None
        return self

    def run(self, script: str) -> Any:
        return self.inside(_RUN, script)

    def text(self, selector: str) -> str:
        return str(self.run(f"document.querySelector({json.dumps(selector)}).textContent"))

    def kind(self) -> str:
        return str(wait_for(lambda: self.run("document.documentElement.dataset.kind || ''")))

    def tap(self, selector: str) -> None:
        self.inside(_TAP, selector)

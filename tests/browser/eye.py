"""An eye on the page: what of ours is painted while somebody leaves."""

import json
from typing import Any

from playwright.sync_api import Page

# Tells whenever what one of our pages shows will be different in the next frame: callbacks of
# requestAnimationFrame run just before it is painted. (Playwright itself cannot look at a page that is
# on its way to another.)
EYE = """if (location.hostname === "127.0.0.1") {
  let last, clicked;
  addEventListener("click", (event) => { clicked = event.timeStamp }, true);
  addEventListener("pageshow", () => { last = undefined });
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }));
  const look = (now) => {
    const frame = {
      path: location.pathname,
      covered: seen(".cover").length > 0,
      title: document.title,
      words: seen(".cover p, [role=status]").map((node) => node.textContent).filter(Boolean),
    };
    const text = JSON.stringify(frame);
    // the first in the body is empty: until the next has come, there is nothing to see
    if (document.body && document.body.children.length > 1 && text !== last) {
      console.log("eye " + JSON.stringify({ ...frame, at: Date.now(), delay: now - clicked }));
    }
    if (document.body && document.body.children.length > 1) last = text;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


class Eye:
    """What is painted of our pages from the moment it is opened."""

    def __init__(self, page: Page) -> None:
        self.page, self.opened = page, 0
        self.frames: list[dict[str, Any]] = []
        page.add_init_script(EYE)
        page.on("console", lambda message: self.look(message.text))

    def look(self, text: str) -> None:
        if text.startswith("eye "):
            frame = json.loads(text.removeprefix("eye "))
            # a page that is shown again by Back has its old messages repeated
            if frame["at"] >= self.opened:
                self.frames.append(frame)

    def open(self) -> None:
        self.wait_for(covered=False, path=self.page.evaluate("location.pathname"))
        # what was painted before is told by now
        frames = "new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(told)))"
        self.page.evaluate(frames)
        self.opened = self.page.evaluate("Date.now()")
        self.frames.clear()

    def wait_for(self, **wanted: Any) -> None:
        """Wait until a frame is as wanted: covered=True, words=["Close this tab."]."""
        for _ in range(200):
            if self.frames and wanted.items() <= self.frames[-1].items():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never seen: {wanted}, only {self.frames}")

    def check_all_was_covered(self) -> None:
        assert self.frames, "the eye sees nothing"
        assert all(frame["covered"] for frame in self.frames), self.frames

"""Pictures of every kind of page at three widths, in two themes, in Belgium's languages and on the islands.

`make screenshots` writes build/screenshots/<place>/<page>-<width>-<theme>.png; with
`make screenshots ONLY=fr-be` one place.
"""

import os
import sys
from pathlib import Path
from shutil import which

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.server import ROOT, Server, kinds, running

WIDTHS = {360: 740, 768: 1024, 1280: 800}


def take(browser: Browser, server: Server, place: str, folder: Path) -> int:
    """Photograph every kind of page in one place; give how many pictures there are."""
    taken = 0
    for theme in ("light", "dark"):
        for width, height in WIDTHS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=theme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            for kind, paths in kinds(server, place[3:].upper()).items():
                page.goto(f"{server.url}/{place}/{paths[0]}")
                page.evaluate("document.fonts.ready")
                page.screenshot(
                    path=folder / f"{kind.replace(' ', '-')}-{width}-{theme}.png", full_page=True
                )
                taken += 1
            context.close()
    return taken


def play(browser: Browser, server: Server, place: str, folder: Path) -> int:
    """Photograph the story while it is played, at three moments; give how many pictures there are."""
    taken = 0
    for theme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=theme)
        page = context.new_page()
        page.goto(f"{server.url}/{place}/{kinds(server)['story'][0]}")
        page.locator("[data-play]").click()
        for moment in ("one", "two", "three"):
            page.wait_for_timeout(2200)  # in the middle of what moves
            page.screenshot(path=folder / f"story-played-{moment}-{theme}.png")
            page.locator("[data-step='1']").click()
            taken += 1
        context.close()
    return taken


def main() -> int:
    """Take all pictures and say where they are."""
    chosen = (
        [os.environ["ONLY"]] if os.environ.get("ONLY") else ["fr-be", "nl-be", "en-be", "nl-bq"]
    )
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        for place in chosen:
            folder = ROOT / "build" / "screenshots" / place
            folder.mkdir(parents=True, exist_ok=True)
            taken = take(browser, server, place, folder) + play(browser, server, place, folder)
            print(f"{taken} pictures in {folder}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

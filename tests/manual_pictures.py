"""The pictures of the manual, from the real screens with the shipped content: `make manual`.

Writes docs/manual/<language>/<name>.webp. Each is at most 60 kB.
"""

import base64
import re
import secrets
import subprocess
import sys
from pathlib import Path
from shutil import which

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.server import ROOT, Server, running

LANGUAGES = ("nl", "fr", "en")
MOST_BYTES = 60_000
SIZE = {"width": 1100, "height": 760}
PASSWORD = secrets.token_urlsafe(12)
CHANGED = (
    "from guidance.models import Service; s = Service.objects.get(code='be-childfocus');"
    "c = s.channels.first(); c.address = '116 001'; c.save();"
    "from django.contrib.auth.models import User;"
    f"User.objects.create_superuser('anna', password='{PASSWORD}');"
    "from guidance.models import Page; from quiz.models import SelfCheck;"
    "print(s.pk, Page.objects.get(code='first').pk, SelfCheck.objects.first().pk)"
)


def addresses(server: Server) -> dict[str, str]:
    """Change a number, make an account, and give the address of each screen to photograph."""
    printed = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", CHANGED], cwd=ROOT, check=True,
        text=True, env=server.environment, capture_output=True,
    ).stdout  # fmt: skip
    service, page, check = printed.split()
    return {
        "desk": "/admin/",
        "form": f"/admin/guidance/page/{page}/change/",
        "publish": f"/admin/publishing/version/publish/?draft=service:{service}",
        "service": f"/admin/guidance/service/{service}/change/",
        "self-check": f"/admin/quiz/selfcheck/{check}/change/",
        "translations": "/admin/texts/",
    }


def log_in(page: Page, server: Server) -> None:
    """Log in as the one member of staff there is."""
    page.goto(f"{server.url}/admin/login/")
    page.fill("#id_username", "anna")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")


def review(page: Page, server: Server, language: str) -> str:
    """Send a file in that changes one text, and give the address that shows what."""
    target = "en" if language == "fr" else "fr"
    query = f"what=page:first&source=nl&target={target}&format=po"
    text = page.request.get(f"{server.url}/admin/texts/out/?{query}").text()
    text = re.sub(r'(#title"\nmsgid "[^"]+"\nmsgstr "[^"]+)"', r'\1 (2)"', text, count=1)
    page.goto(f"{server.url}/admin/texts/")
    file = {"name": "a.po", "mimeType": "text/plain", "buffer": text.encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]  # as its stubs have it
    page.click("#content-main form[method=post] [type=submit]")
    return "/admin/texts/review/"


def take(page: Page, url: str, path: Path) -> int:
    """Photograph the top of a screen; give how many bytes that is."""
    page.goto(url)
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    for quality in (60, 40, 25, 15):
        settings = {"format": "webp", "quality": quality, "optimizeForSpeed": False}
        shot = base64.b64decode(session.send("Page.captureScreenshot", settings)["data"])
        if len(shot) <= MOST_BYTES:
            break
    path.write_bytes(shot)
    return len(shot)


def main() -> int:
    """Take all pictures and say how large they are."""
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        screens = addresses(server)
        for language in LANGUAGES:
            page = browser.new_context(viewport=SIZE, locale=language).new_page()  # type: ignore[arg-type]  # a size
            log_in(page, server)
            folder = ROOT / "docs" / "manual" / language
            shown = {**screens, "translations-review": review(page, server, language)}
            for name, address in shown.items():
                size = take(page, f"{server.url}{address}", folder / f"{name}.webp")
                print(f"{size:6} {language}/{name}.webp")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What each kind of page costs on the wire: bytes and requests of a first visit. Run by `make sizes`.

Of each kind the heaviest page. HTML, stylesheets and scripts as the server sends them in brotli, and
the icon as a request. The font is apart: it comes after the first paint, and not at all on the first-minute page.
"""

import re
import sys
import urllib.request
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.server import kinds, running

MOST = {
    "check": (20_000, 5), "check list": (20_000, 5), "chat": (26_000, 6), "chat list": (26_000, 6),
    "class": (32_000, 9),  # a chat, and the whole of it once more for the printer
}  # fmt: skip
PLACES = ("nl-be", "fr-be", "en-be", "nl-nl", "fr-bq")
FONT = re.compile(r"url\([\"']?([^)\"']*\.woff2)")
MOST_FONT = 24_000


@cache
def fetch(url: str) -> tuple[bytes, str]:
    """Give the bytes as sent, and the text they hold."""
    import brotli

    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as response:
        sent = response.read()
        encoded = response.headers.get("Content-Encoding") == "br"
    return sent, (brotli.decompress(sent) if encoded else sent).decode("utf-8", "replace")


def measure(server: str, path: str) -> tuple[int, int, int]:
    """Give (bytes of HTML, CSS and JavaScript; bytes of fonts; requests) of a first visit."""
    sent, page = fetch(server + path)
    total, requests, fonts = len(sent), 1, 0
    files = re.findall(r'<script[^>]* src="([^"]+)"', page)
    files += re.findall(r'<link rel="(?:stylesheet|modulepreload)" href="([^"]+)"', page)
    for file in dict.fromkeys(files):
        sent, text = fetch(server + file)
        total, requests = total + len(sent), requests + 1
        if file.endswith(".css") and "system-font" not in page:
            for font in FONT.findall(text):
                fonts += len(fetch(f"{server}/static/{font}")[0])
    return total, fonts, requests + len(re.findall(r'<link rel="icon"', page))


def main() -> int:
    """Print a table; give 1 when a page is over its budget."""
    over = 0
    with running() as server:
        for place in PLACES:
            for kind, paths in kinds(server, place[3:].upper()).items():
                total, fonts, requests, path = max(
                    (*measure(server.url, f"/{place}/{path}"), path) for path in paths
                )
                most, most_requests = MOST.get(kind, (14_000, 6))
                bad = total > most or requests > most_requests or fonts > MOST_FONT
                over += bad
                print(
                    f"{kind:12} {place}  {total:6} of {most} bytes  font {fonts:5}"
                    f"  {requests} of {most_requests} requests  {path}{'  OVER' if bad else ''}"
                )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())

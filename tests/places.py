"""What every place costs: how often pages are made in an hour, the memory of a process, its start, a publish.

Prints a line for each. Exits with 1 when a bar of the product is missed. The hour is a made one: the
clock of the process is moved, minute by minute, and every page of every place is asked for each time.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="baken-places-")
os.environ["DJANGO_SETTINGS_MODULE"] = "sextortion_help.settings"
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/db.sqlite3"

import django

django.setup()

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from guidance import lines
from guidance.models import Page
from sextortion_help import pages as kept_pages
from sextortion_help.addresses import addresses
from sextortion_help.pages import Pages
from sextortion_help.publishing import live
from sextortion_help.publishing.freezing import freeze
from sextortion_help.publishing.publish import publish
from tests.server import serving

MOST_MEGABYTES, MOST_SECONDS = 150, 2
START = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)  # lines open and close in the hour from then on
MINUTES = 60


class Clock:
    """Stands in for the clock of the process."""

    def __init__(self) -> None:
        self.now = START.timestamp()

    def time(self) -> float:
        return self.now

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now, UTC)

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


def ask(pages: Pages, path: str) -> None:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http", "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "HTTP_ACCEPT_ENCODING": "br",
    }  # fmt: skip
    list(pages(environ, lambda status, headers: None))


def hour() -> tuple[int, int, int]:
    """Ask for every page once a minute for an hour; give addresses, renderings, and changes of what is said."""
    application, made, clock = get_wsgi_application(), Counter[str](), Clock()

    def counted(environ: dict[str, Any], start_response: Any) -> Any:
        made[environ["PATH_INFO"]] += 1
        return application(environ, start_response)

    pages, known, changes = Pages(counted), dict[Any, Any](), 0
    paths = [path for path in addresses(live.live()) if path.endswith("/")]
    with (
        mock.patch.object(kept_pages, "time", clock),
        mock.patch("django.utils.timezone.now", clock.moment),
    ):
        for minute in range(MINUTES):
            clock.now = START.timestamp() + 60 * minute
            for path in paths:
                ask(pages, path)
            said = {
                key: lines._say(*key, datetime.fromtimestamp(clock.now, UTC))
                for kept in pages._kept.values()
                for key in kept.said
            }
            changes += sum(known.get(key, value) != value for key, value in said.items())
            known = said
    return len(paths), sum(made.values()), changes


def served() -> tuple[float, float, float]:
    """Serve it all for real: seconds to the first page, megabytes after every page, seconds of a publish."""
    environment = {**os.environ, "SECRET_KEY": "places"}
    began = time.monotonic()
    with serving(environment, Path(FOLDER.name)) as server:
        read(f"{server.url}/nl-be/")
        first = time.monotonic() - began
        for path in addresses(live.live()):
            read(server.url + path)
        memory = memory_of(server.pid)
        page = Page.objects.order_by("order")[0]
        page.title_nl = "Dit is nu anders"
        page.save()
        published = time.monotonic()
        publish([page], None, "")
        content = freeze(page)
        while b"Dit is nu anders" not in read(f"{server.url}/nl-be{content.path}"):
            time.sleep(0.02)
        return first, memory, time.monotonic() - published


def read(url: str) -> bytes:
    """Give what a visitor gets at an address."""
    with urllib.request.urlopen(url) as response:
        body: bytes = response.read()
        return body


def memory_of(pid: int) -> float:
    """Give the resident megabytes of a process and of those it started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,ppid=,rss=", "-A"], capture_output=True, text=True, check=True
    )
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    children = [rss for own, parent, rss in rows if parent == pid]
    return max(children, default=sum(rss for own, _, rss in rows if own == pid)) / 1024


def main() -> int:
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    live.refresh()
    count, made, changes = hour()
    print(f"{count} addresses in all places, each asked for {MINUTES} times in an hour")
    print(
        f"{made} renderings, {made - count} more than one a page; {changes} changes of opening state"
    )
    first, memory, visible = served()
    print(f"{first:.1f} s from the start of a process to its first page")
    print(f"{memory:.0f} MB after it has shown every page (at most {MOST_MEGABYTES})")
    print(f"{visible:.1f} s from a publish until it is visible (at most {MOST_SECONDS})")
    return int(memory > MOST_MEGABYTES or visible > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())

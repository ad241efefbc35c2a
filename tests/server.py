"""A real server for tests that need one: granian, its own seeded database, the production path."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
# the content of the tests' own, on which every test runs that is not about what is shipped
CONTENT = sorted(map(str, (ROOT / "tests/content").glob("*.yaml")))


@dataclass(frozen=True)
class Server:
    """Where a running server is: its address, its database, the file of everything it printed."""

    url: str
    environment: dict[str, str]
    log: Path
    pid: int


def kinds(server: Server, country: str = "BE") -> dict[str, list[str]]:
    """Give the addresses of each kind of page of a country, after the place: "card": ["steps/7/", …]."""
    code = (
        "import json; from guidance.content import Page; from sextortion_help.publishing import live;"
        "from sextortion_help.publishing.places import at;"
        f"live.refresh(); now = at(live.live(), {country!r}); items = now.items.values();"
        "layouts = {path: each.layout for each in now.all(Page) for path in each.paths};"
        "views = {path: each.view for each in items for path in each.paths};"
        "own = {each.path for each in items};"
        "name = lambda p: 'class' if p.endswith('/class/') else layouts.get(p) or views.get(p, 'home') + ('' if p in own or p == '/' else ' list');"
        "print(json.dumps([(name(path), path[1:]) for path in sorted(now.paths)]))"
    )
    printed = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, check=True, text=True,
        env=server.environment, capture_output=True,
    ).stdout  # fmt: skip
    found: dict[str, list[str]] = {}
    for kind, path in json.loads(printed):
        found.setdefault(kind, []).append(path)
    return found


def _environment(database: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PYTHONDEVMODE": "0"}


@cache
def _seeded(fixtures: tuple[str, ...]) -> bytes:
    """Give the file of a database with this seed, made once: it takes ten seconds."""
    with tempfile.TemporaryDirectory(prefix="baken-seed-") as folder:
        database = Path(folder) / "db.sqlite3"
        for command in (["migrate", "-v0"], ["seed", *fixtures, "-v0"]):
            subprocess.run(
                [sys.executable, "manage.py", *command], check=True, cwd=ROOT,
                env=_environment(database), stdout=subprocess.DEVNULL,
            )  # fmt: skip
        with closing(
            sqlite3.connect(database)
        ) as connection:  # what is in its log goes into the file
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return database.read_bytes()


@contextmanager
def running(*fixtures: str, **variables: str) -> Iterator[Server]:
    """Seed a fresh SQLite database and serve it with one worker, until the end of the block.

    The seed is what is shipped, or these fixtures: running(*CONTENT).
    """
    with tempfile.TemporaryDirectory(prefix="baken-server-") as folder:
        database = Path(folder) / "db.sqlite3"
        database.write_bytes(_seeded(fixtures))
        environment = {**_environment(database), **variables}
        with serving(environment, Path(folder)) as server:
            yield server


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Iterator[Server]:
    """Serve a database that exists. The second process of a test starts here."""
    port = free_port()
    log = folder / f"log-{port}"
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--port", str(port),
        "--workers", "1", "--blocking-threads", "8", "--no-access-log", "--log-level", "warning",
        "--http", "1", "--respawn-failed-workers",
        "sextortion_help.wsgi:application",
    ]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/health/", log)
            yield Server(url, environment, log, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(url: str, log: Path) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server does not answer:\n{log.read_text()}")

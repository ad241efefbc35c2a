"""What is rehearsed: each row does something to the running site, and tells the bar and the figure."""

import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.rehearse.machine import ROOT, follow, run
from tests.rehearse.systemctl import STATE, pid
from tests.rehearse.visitors import MIRROR, SITE, Browser, Visits, pages, tls, until

STAFF = "staff.example.org"
RELEASE = "/srv/baken/current/deploy/release.sh"
PUBLIC = ("baken-public@8001", "baken-public@8002")
MARKER = "zq7marker"
PASSWORD = secrets.token_urlsafe(12)
FORM = "application/x-www-form-urlencoded"


@dataclass
class Table:
    """The rows so far: what was done, the bar, the figure, whether it was met."""

    rows: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def row(self, done: str, bar: str, figure: str, met: bool) -> None:
        """Add a row, and print it so that one sees how far it is."""
        self.rows.append((done, bar, figure, met))
        print(f"{'ok  ' if met else 'MISS'} {done}: {figure} ({bar})", flush=True)

    def visits(self, done: str, visits: Visits, seconds: float | None, most: float) -> None:
        """Add a row of a fault: no visit fails, and all is well within some seconds of its end."""
        well = "not well" if seconds is None else f"well after {seconds:.1f} s"
        met = not visits.failures and seconds is not None and seconds <= most
        self.row(done, f"0 visits fail, well in {most:.0f} s", f"{visits.told}, {well}", met)
        for failure in visits.failures[:3]:
            print(f"     {failure}")

    @property
    def missed(self) -> int:
        """How many bars were missed."""
        return sum(not met for *_, met in self.rows)

    def show(self) -> None:
        """Print the table."""
        print("\n| what was done | bar | figure | |\n|---|---|---|---|")
        for done, bar, figure, met in self.rows:
            print(f"| {done} | {bar} | {figure} | {'met' if met else '**missed**'} |")


# --- the site


def site_is_set_up(table: Table, venv: Path, short: bool) -> None:
    """Follow docs/running.md on a fresh clone."""
    name = run("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD").strip()
    release = Path("/srv/baken/releases") / name
    release.mkdir(parents=True)
    (release / ".venv").symlink_to(venv)
    key = run("age-keygen", "-o", "/root/baken.key") or Path("/root/baken.key").read_text()
    public = Path("/root/baken.key").read_text().partition("public key: ")[2].split()[0]
    assert key is not None
    content = sorted((ROOT / "tests/content").glob("*.yaml"))  # less of it, for the short form
    began = time.monotonic()
    told = follow(
        ROOT / "docs/running.md",
        SOURCE=str(ROOT),
        FIRST_PASSWORD=PASSWORD,
        BACKUP_RECIPIENT=public,
        CONTENT=" ".join(f"/srv/baken/source/{each.relative_to(ROOT)}" for each in content)
        if short
        else "",
    )
    assert until((MIRROR / "manifest.json").is_file, 300) is not None, "no mirror"
    found = health(8001)
    well = found["page"] == found["database"] == found["watcher"] == "ok"
    languages = {page.split("/")[1].partition("-")[0] for page in pages()}
    browser = Browser()
    answered = [browser.ask(page)[0] for page in pages()]
    table.row(
        "docs/running.md followed on a fresh clone", "three languages, every page 200",
        f"{len(answered)} pages in {sorted(languages)}, {answered.count(200)} of them 200, {time.monotonic() - began:.0f} s",
        well and languages >= {"nl", "fr", "en"} and answered.count(200) == len(answered) > 100
        and '"page": "ok"' in told,
    )  # fmt: skip
    released = [Browser(STAFF).ask("/admin/login/")[0], Browser().ask("/admin/login/")[0]]
    table.row(
        "staff area on its host, and on the site's",
        "200, 404",
        str(released),
        released == [200, 404],
    )


def health(port: int) -> dict[str, object]:
    """Ask one process how it is."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/health/", headers={"Host": SITE, "X-Forwarded-Proto": "https"})
        found: dict[str, object] = json.loads(line.getresponse().read())
        return found
    finally:
        line.close()


def both_well() -> bool:
    return all(
        health(port)[thing] == "ok"
        for port in (8001, 8002)
        for thing in ("database", "watcher", "page")
    )


def manage(*command: str) -> str:
    return run("bash", RELEASE, "manage", *command, cwd="/")


def publish(words: str) -> float:
    """Publish a new title of one page, in Dutch; give when it was committed, on the clock."""
    code = (
        "import time; from guidance.models import Page; from sextortion_help.publishing.publish import publish;"
        f"page = Page.objects.get(code={some_page()[0]!r}); page.title_nl = {words!r}; page.save();"
        "publish([page], None, 'rehearsed'); print('at', time.time())"
    )
    return float(manage("shell", "-v0", "-c", code).split("at ")[-1])


@cache
def some_page() -> tuple[str, str]:
    """Give the code and the Dutch address of a page whose title is changed in the rehearsal.

    One that the site itself does not name on every other page, if there is one.
    """
    rows = psql(
        "SELECT code, coalesce(nullif(address, ''), code) FROM guidance_page WHERE layout = 'text' ORDER BY entries::text <> '[]', code"
    )
    for code, address in (row.split("|") for row in rows.splitlines()):
        if f"/nl-be/{address}/" in pages():
            return code, f"/nl-be/{address}/"
    raise RuntimeError("no page of text is live in Dutch")


def psql(command: str, database: str = "baken") -> str:
    return run(
        "runuser", "-u", "postgres", "--", "psql", "-qXAt", "-d", database, "-c", command, cwd="/"
    ).strip()


def tell_logs() -> None:
    """Print the end of what the processes wrote, for who mends the rehearsal."""
    for log in STATE.glob("*.log"):
        print(f"--- {log.stem}\n{log.read_text(errors='replace')[-1500:]}")


# --- rows of the short form


def errors_of_nginx(table: Table) -> None:
    """nginx's own errors are pages of ours, with every header."""
    wanted = {
        "content-security-policy", "permissions-policy", "referrer-policy", "strict-transport-security",
        "x-content-type-options", "x-frame-options", "x-robots-tag", "cross-origin-opener-policy",
        "cross-origin-embedder-policy", "cross-origin-resource-policy",
    }  # fmt: skip
    asked = {
        "413": ("/fr-be/tell/", "POST", "a" * 5000, {}),
        "414": ("/nl-be/" + "a" * 9000, "GET", None, {}),
        "400": ("/nl-be/", "GET", None, {"X": "a" * 40000}),
        "404": ("/nl-be/none/", "GET", None, {}),
        "405": ("/en-be/first/", "POST", "a=b", {}),
        "400 ": ("/en-be/tell/", "POST", '{"a": 1}', {"Content_Type": "application/json"}),
    }
    wrong = []
    for name, (path, method, body, headers) in asked.items():
        given = {"Content_Type": FORM} if body and not headers else headers
        status, found, page = Browser().ask(path, method, body, **given)
        lacking = wanted - set(found)
        if (
            str(status) != name.strip()
            or lacking
            or found.get("cache-control") != "no-store"
            or b"112" not in page
        ):
            wrong.append(f"{name}: {status} {sorted(lacking)} {page[:60]!r}")
    table.row(
        f"{', '.join(asked)} by nginx or through it",
        "our page, all headers, no-store",
        "; ".join(wrong) or "all",
        not wrong,
    )


def published_everywhere(table: Table) -> None:
    """A change is in both processes, in the mirror and at the edge."""
    words = f"Al betaald {secrets.token_hex(3)}"
    path = some_page()[1]
    with Visits() as visits:
        Browser().ask(path)  # so that the edge keeps it
        committed = publish(words)
        seen: dict[str, float] = {}
        look: dict[str, Callable[[], bool]] = {
            "processes": lambda: all(
                words.encode() in page_of(port, path) for port in (8001, 8002)
            ),
            "edge": lambda: words.encode() in Browser().ask(path)[2],
            "mirror": lambda: words in (MIRROR / path[1:] / "index.html").read_text(),
        }
        while len(seen) < 3 and time.time() - committed < 90:
            for place, there in look.items():
                if place not in seen and there():
                    seen[place] = time.time() - committed
            time.sleep(0.2)
    bars = {"processes": 4, "edge": 20, "mirror": 90}
    table.row(
        "publish to visible", "processes 4 s, edge 20 s, mirror 90 s, 0 visits fail",
        f"{', '.join(f'{place} {seconds:.1f} s' for place, seconds in seen.items())}; {visits.told}",
        all(seen.get(place, 99) < most for place, most in bars.items()) and not visits.failures,
    )  # fmt: skip


def page_of(port: int, path: str) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", path, headers={"Host": SITE, "X-Forwarded-Proto": "https"})
        return line.getresponse().read()
    finally:
        line.close()


def bodies_and_silence(table: Table) -> None:
    """Connections that send slowly or nothing, at the edge and past it; forms that are no forms."""
    head = (
        f"POST /nl-be/chat/ HTTP/1.1\r\nHost: {SITE}\r\nX-Forwarded-Proto: https\r\nContent-Type: {FORM}\r\n"
        "Content-Length: 1000\r\n\r\nmo"
    ).encode()
    with ExitStack() as lines, Visits() as visits:
        for number in range(400):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", 443), timeout=10))
            if number % 4 == 0:
                secure = lines.enter_context(tls().wrap_socket(line, server_hostname=SITE))
                secure.sendall(head)
        for port in (8001, 8002):
            for number in range(60):
                line = lines.enter_context(
                    socket.create_connection(("127.0.0.1", port), timeout=10)
                )
                if number % 2:
                    line.sendall(head)
        time.sleep(2)
    table.visits(
        "400 slow or silent connections at the edge, 120 past it", visits, until(both_well, 20), 20
    )


@contextmanager
def fault(table: Table, done: str, most: float) -> Iterator[Visits]:
    """Visit during a fault; afterwards wait until both processes are well."""
    with Visits() as visits:
        yield visits
        seconds = until(both_well, most + 20)
        time.sleep(0.5)
    table.visits(done, visits, seconds, most)


def database_stopped(table: Table) -> None:
    with fault(table, "database stopped for 4 s", 5):
        run("systemctl", "stop", "postgresql")
        time.sleep(4)
        run("systemctl", "start", "postgresql")


def worker_killed(table: Table) -> None:
    """As when memory runs out: a worker, then a whole process."""
    with fault(table, "a worker killed", 20):
        [worker] = children(pid(PUBLIC[0], "main"))[-1:]
        os.kill(worker, signal.SIGKILL)
    with fault(table, "both processes for visitors killed at once", 20):
        for unit in PUBLIC:
            for process in [pid(unit, "main"), *children(pid(unit, "main"))]:
                os.kill(process, signal.SIGKILL)


def children(parent: int) -> list[int]:
    listed = run("ps", "-eo", "pid=,ppid=").splitlines()
    return [int(child) for child, of in map(str.split, listed) if int(of) == parent]


def release_under_visits(table: Table) -> None:
    """A release that cannot start is taken back by itself; a good one goes in; nobody notices."""
    current = os.readlink("/srv/baken/current").rpartition("/")[2]
    for name, break_it in (("broken", True), ("next", False)):
        copy = Path("/srv/baken/releases") / name
        if not copy.exists():
            shutil.copytree(f"/srv/baken/releases/{current}", copy, symlinks=True)
        if break_it:
            with (copy / "sextortion_help/pages.py").open("a") as file:
                file.write('\nraise RuntimeError("a bad release")\n')
        with fault(
            table,
            f"a {'bad release, taken back by itself' if break_it else 'good release put in use'}",
            20,
        ):
            done = subprocess.run(
                ["bash", RELEASE, "use", name], capture_output=True, text=True, check=False, cwd="/",
                env={**os.environ, "TRIES": "8"},
            )  # fmt: skip
        used = os.readlink("/srv/baken/current").rpartition("/")[2]
        if (done.returncode != 0) != break_it or used != (current if break_it else name):
            table.row(
                f"release {name}",
                "used or taken back",
                f"{done.returncode} {used} {done.stderr[-300:]}",
                False,
            )
        current = used


def application_dead(table: Table) -> None:
    """Every process of ours and the database stopped, nginx with nothing kept: every page all the same.

    As it was, or as the mirror wrote it: when a line has opened or shut since, a page says so, and a
    file does not until a script reads the clock.
    """
    live_ones = {page: Browser().ask(page)[2] for page in pages()}
    written = {page: (MIRROR / page[1:] / "index.html").read_bytes() for page in live_ones}
    with Visits() as visits:
        for unit in (*PUBLIC, "baken-staff", "baken-mirror"):
            run("systemctl", "stop", unit)
        run("systemctl", "stop", "postgresql")
        forget_cache()
        browser = Browser()
        answers = {page: browser.ask(page) for page in live_ones}
        form = browser.ask("/fr-be/tell/", "POST", "who=mother", Content_Type=FORM)
    right = sum(
        answer[0] == 200 and answer[2] in (live_ones[page], written[page])
        for page, answer in answers.items()
    )
    table.row(
        "application and database dead, nothing kept", "every page as it was, 0 visits fail, a form is told so",
        f"{right} of {len(live_ones)} the same; {visits.told}; form {form[0]}",
        right == len(live_ones) and not visits.failures and form[0] == 503 and b'<html lang="fr' in form[2],
    )  # fmt: skip


def forget_cache() -> None:
    for path in Path("/var/cache/nginx/baken").glob("*"):
        path.unlink()


def no_trace(table: Table) -> None:
    """A visit of every kind with a word in every place of it; then the word is looked for everywhere."""
    Path("/var/log/control").write_text(MARKER)
    browser = Browser()
    named = {"User_Agent": MARKER, "Referer": f"https://{SITE}/{MARKER}", "Cookie": f"a={MARKER}", "X_Forwarded_For": MARKER, "Accept_Language": MARKER}  # fmt: skip
    asked = [
        (f"/nl-be/{MARKER}/", "GET", None), (f"/nl-be/?{MARKER}={MARKER}", "GET", None), (f"/{MARKER}", "GET", None),
        ("/nl-be/tell/", "POST", f"who={MARKER}"), ("/nl-be/chat/", "POST", f"moves={MARKER}&move={MARKER}"),
        ("/nl-be/chat/", "POST", MARKER * 900), (f"/nl-be/{'a' * 9000}{MARKER}", "GET", None), ("/nl-be/", MARKER.upper(), None),
        (f"/static/{MARKER}.css", "GET", None), (f"/exit/{MARKER}/", "GET", None),
    ]  # fmt: skip
    for alive in (False, True):
        if alive:
            for unit in ("postgresql", *PUBLIC, "baken-staff", "baken-mirror"):
                run("systemctl", "start", unit)
            until(both_well, 40)
        for path, method, body in asked:
            browser.ask(path, method, body, **named, **({"Content_Type": FORM} if body else {}))
        crooked(f"GET /nl-be/{MARKER} HTTP/9.9\r\n{MARKER}\r\n\r\n".encode())
        crooked(f"{MARKER} " * 9)
    Browser(STAFF).ask(
        "/admin/login/", "POST", f"username={MARKER}&password={MARKER}", Content_Type=FORM
    )
    try:
        bad = ssl.create_default_context()
        with (
            socket.create_connection(("127.0.0.1", 443), timeout=5) as line,
            bad.wrap_socket(line, server_hostname=f"{MARKER}.example"),
        ):
            pass
    except OSError:
        pass
    folders = ["/var", "/srv", "/run", "/etc", "/mnt", "/dev/shm"]  # noqa: S108  searched, not written
    found = subprocess.run(
        ["grep", "-rlai", "--exclude-dir=proc", MARKER, *folders],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    traces = [
        name for name in found if not name.endswith(("/control", "/rows.py", ".pyc", ".pack"))
    ]
    logs = "".join(log.read_text(errors="replace") for log in STATE.glob("*.log"))
    table.row(
        "a word in every part of a request, then searched for on every disk and in every log", "0 traces, the control found",
        f"{len(traces)} traces {traces[:3]}, control {'found' if any('control' in name for name in found) else 'not found'}",
        not traces and MARKER not in logs and any("control" in name for name in found),
    )  # fmt: skip


def crooked(sent: bytes | str) -> None:
    """Send what is no request, over TLS and without, and do not mind what comes back."""
    data = sent.encode() if isinstance(sent, str) else sent
    for port, secure in ((443, True), (443, False), (80, False), (8001, False)):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=3) as line:
                if secure:
                    with tls().wrap_socket(line, server_hostname=SITE) as wrapped:
                        wrapped.sendall(data)
                        wrapped.recv(100)
                else:
                    line.sendall(data)
                    line.recv(100)
        except OSError:
            continue

"""The rows of the full rehearsal: what a database, a disk, staff and an attacker can do."""

import os
import secrets
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.rehearse.machine import run
from tests.rehearse.rows import (
    FORM,
    PUBLIC,
    STAFF,
    Table,
    both_well,
    fault,
    health,
    page_of,
    psql,
    publish,
    some_page,
)
from tests.rehearse.systemctl import version
from tests.rehearse.visitors import SITE, Browser, Visits, until

STANDBY = "5433"


def passwords(table: Table) -> None:
    """Wrong passwords by the hundred, while visitors visit."""
    answers: list[int] = []

    form = Browser(STAFF).ask("/admin/login/")

    def guess() -> None:
        browser = Browser(STAFF, timeout=30)
        token = (
            form[2].partition(b'name="csrfmiddlewaretoken" value="')[2].partition(b'"')[0].decode()
        )
        cookie = form[1]["set-cookie"].partition(";")[0]
        for _ in range(20):
            sent = f"csrfmiddlewaretoken={token}&username=first&password={secrets.token_hex(4)}"
            status, *_ = browser.ask(
                "/admin/login/", "POST", sent, Content_Type=FORM, Cookie=cookie,
                Referer=f"https://{STAFF}/admin/login/",
            )  # fmt: skip
            answers.append(status)

    with Visits() as quiet:
        time.sleep(4)
    with fault(table, "320 wrong passwords from 16 connections", 5) as visits:
        threads = [threading.Thread(target=guess, daemon=True) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    most = max(3 * quiet.p95, 100)
    table.row(
        "a page during those passwords", "p95 at most 3 times that of a quiet moment, or 100 ms",
        f"{visits.p95:.0f} ms beside {quiet.p95:.0f}; answered {({code: answers.count(code) for code in set(answers)})}",
        visits.p95 <= most,
    )  # fmt: skip


@contextmanager
def stopped(pids: list[int]) -> Iterator[None]:
    """Pause processes, and let them go on whatever happens."""
    for each in pids:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in pids:
            os.kill(each, signal.SIGCONT)


def postgres_pids() -> list[int]:
    listed = run("pgrep", "-u", "postgres", "-f", "postgres").split()
    return [int(each) for each in listed]


def application_paused(table: Table) -> None:
    """A process for visitors hangs: nginx asks the other, and its mirror."""
    pids = [int(each) for each in run("pgrep", "-u", "baken_public", "-f", "port 8001").split()]
    with fault(table, "a process for visitors paused for 10 s", 10), stopped(pids):
        time.sleep(10)
    pids += [int(each) for each in run("pgrep", "-u", "baken_public", "-f", "port 8002").split()]
    with fault(table, "both processes for visitors paused for 10 s", 10), stopped(pids):
        time.sleep(10)


def database_paused(table: Table) -> None:
    with fault(table, "database paused for 15 s, a login and eight requests of staff waiting", 8):
        with stopped(postgres_pids()):
            threads = [threading.Thread(target=_staff_asks, daemon=True) for _ in range(8)]
            for thread in threads:
                thread.start()
            time.sleep(15)
            told = health(8001)
        table.row(
            "/health/ meanwhile",
            "says so",
            str(told["database"]),
            told["database"] == "not answering",
        )


def _staff_asks() -> None:
    try:
        Browser(STAFF, timeout=30).ask(
            "/admin/",
            Cookie=f"__Secure-sessionid={secrets.token_hex(16)}; sessionid={secrets.token_hex(16)}",
        )
    except Exception:  # what staff get then is not asked here
        return


def connection_muted(table: Table) -> None:
    """Every connection of the processes goes silent in mid-query; new ones work."""
    words = f"Al betaald {secrets.token_hex(3)}"
    with Visits() as visits:
        pids = [
            int(each)
            for each in psql(
                "SELECT pid FROM pg_stat_activity WHERE usename = 'baken_public'"
            ).split()
        ]
        with stopped(pids):
            began = time.time()
            publish(words)
            seen = until(
                lambda: all(
                    words.encode() in page_of(port, some_page()[1]) for port in (8001, 8002)
                ),
                40,
            )
            seconds = time.time() - began
        well = until(both_well, 20)
    table.visits("connections of visitors' processes silent, others work", visits, well, 10)
    table.row(
        "a publish meanwhile",
        "seen within 15 s",
        f"{seconds:.1f} s" if seen is not None else "not seen",
        seen is not None and seconds < 15,
    )


def table_locked(table: Table) -> None:
    """As by VACUUM FULL: everything staff do waits; visitors and their processes do not notice."""
    command = ["runuser", "-u", "postgres", "--", "psql", "-qX", "-d", "baken", "-c",
               "BEGIN; LOCK TABLE publishing_version, django_session, auth_user IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(12)"]  # fmt: skip
    with fault(table, "versions, sessions and users locked for 12 s, eight requests of staff", 8):
        locker = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
        time.sleep(1)
        threads = [threading.Thread(target=_staff_asks, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        locker.wait(30)


def unreadable_version(table: Table) -> None:
    """A row of a kind that this program does not know: named, and all else goes on."""
    psql(
        "INSERT INTO publishing_version (kind, code, number, data, digest, published_at, note, retired)"
        " VALUES ('dragon', 'd', 1, '{}', 'x', now(), '', false)"
    )
    named = until(lambda: "dragon d 1" in str(health(8001)["unreadable"]), 10)
    words = f"Al betaald {secrets.token_hex(3)}"
    with fault(table, "an unreadable version, then a publish, then a new start of both", 20):
        publish(words)
        seen = until(
            lambda: all(words.encode() in page_of(port, some_page()[1]) for port in (8001, 8002)),
            15,
        )
        for unit in PUBLIC:
            run("systemctl", "restart", unit)
            until(both_well, 20)
    after = words.encode() in page_of(8001, some_page()[1])
    table.row(
        "the unreadable version", "named by /health/, the publish after it seen, also after a start",
        f"named {named is not None}, seen {seen is not None}, after {after}", named is not None and seen is not None and after,
    )  # fmt: skip


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Fill the file system of a folder to the last byte."""
    full = folder / "filling"
    subprocess.run(["dd", "if=/dev/zero", f"of={full}", "bs=1M"], capture_output=True, check=False)
    subprocess.run(["dd", "if=/dev/zero", f"of={full}2", "bs=1k"], capture_output=True, check=False)
    try:
        yield
    finally:
        full.unlink(missing_ok=True)
        full.with_name("filling2").unlink(missing_ok=True)


def disks_full(table: Table) -> None:
    """The disk of the mirror, the logs and the database; the memory in which nginx keeps pages is its own."""
    with fault(table, "every disk full for 8 s, with a publish tried", 25):
        with filled(Path("/mnt")):
            with suppress(RuntimeError):  # the database refuses, and that is said to who publishes
                publish(f"Al betaald {secrets.token_hex(3)}")
            time.sleep(8)
        with suppress(RuntimeError):  # it may have ended: then its unit starts it again (Restart=)
            run("systemctl", "start", "postgresql")
    full = Path("/var/cache/nginx")
    with fault(table, "the memory nginx keeps pages in full for 12 s", 10), filled(full):
        time.sleep(12)


def backup_and_restore(table: Table) -> None:
    """A night's dump, encrypted; restored into an empty database; the site started on it."""
    began = time.monotonic()
    run("systemctl", "start", "baken-backup")
    [dump] = Path("/var/backups/baken/daily").glob("*.age")
    sealed = b"publishing_version" not in dump.read_bytes() and dump.read_bytes().startswith(
        b"age-encryption"
    )
    newest = psql("SELECT max(id) FROM publishing_version")
    psql("CREATE DATABASE restored OWNER baken_owner")
    key = shutil.copy("/root/baken.key", "/run/baken.key")
    Path(key).chmod(0o644)
    copied = shutil.copy(dump, "/run/dump.age")
    Path(copied).chmod(0o644)
    restore = "/srv/baken/current/deploy/backup/restore.sh"
    told = run(
        "runuser",
        "-u",
        "postgres",
        "--",
        restore,
        str(copied),
        str(key),
        "dbname=restored",
        cwd="/",
    )
    again = subprocess.run(
        ["runuser", "-u", "postgres", "--", restore, str(copied), str(key), "dbname=restored"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    with fault(table, "the site put on the restored database", 20):
        for unit in ("baken-staff", *PUBLIC):
            run("systemctl", "stop", unit)
        run("systemctl", "stop", "baken-mirror")
        psql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'baken'",
            "postgres",
        )
        psql("ALTER DATABASE baken RENAME TO lost", "postgres")
        psql("ALTER DATABASE restored RENAME TO baken", "postgres")
        roles = Path("/srv/baken/current/deploy/postgresql/roles.sql").read_text()
        run(
            "runuser",
            "-u",
            "postgres",
            "--",
            "psql",
            "-qX",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            "baken",
            "-c",
            roles,
            cwd="/",
        )
        for unit in (*PUBLIC, "baken-staff", "baken-mirror"):
            run("systemctl", "start", unit)
    time.sleep(2.5)  # so long nginx remembers that a process was away; a form is told so meanwhile
    smoke = [
        Browser().ask("/nl-be/")[0],
        Browser(STAFF).ask("/admin/login/")[0],
        Browser().ask("/en-be/chat/", "POST", "moves=", Content_Type=FORM)[0],
    ]
    browsed = _browsed()
    published = until(lambda: publish(f"Al betaald {secrets.token_hex(3)}") > 0, 1)
    table.row(
        "a night's dump restored into an empty database", "encrypted, the same newest version, refuses a full one, pages, staff, a form, a browser, a publish",
        f"sealed {sealed}, version {newest}: {told.strip().splitlines()[-1]}, second {again.returncode}, answers {smoke}, browser {browsed}, publishes {published is not None}, {time.monotonic() - began:.0f} s",
        sealed and f"version {newest}" in told and again.returncode == 1 and smoke == [200] * 3 and browsed == "well" and published is not None,
    )  # fmt: skip


def _browsed() -> str:
    """Use the site in a browser: a page, the self-check, the chat. Give "well", or what is not."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(ignore_https_errors=True, base_url=f"https://{SITE}")
        page.set_default_timeout(20_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        try:
            page.goto("/fr-be/")
            page.locator("main a[href^='/fr-be/']").first.click()
            page.wait_for_url("**/fr-be/*/**")
            page.goto("/nl-be/check/")
            page.wait_for_timeout(1000)  # a tap that comes sooner is not taken for an answer
            page.locator(".start .choices a").first.click()
            page.locator(".start").wait_for(state="hidden")
            page.goto("/en-be/chat/")
            page.wait_for_timeout(1000)
            page.locator("#next button, .replies button").first.click()
            page.locator("[name=moves]:not([value=''])").first.wait_for(state="attached")
        except Error as error:
            faults.append(f"{page.url}: {error.message[:200]}")
        browser.close()
    return "; ".join(faults) or "well"


def database_promoted(table: Table) -> None:
    """A standby takes over when the database is lost; staff can write again."""
    number = version()
    run("pg_createcluster", number, "standby", "--port", STANDBY)
    data = Path(f"/var/lib/postgresql/{number}/standby")
    shutil.rmtree(data)
    run(
        "runuser",
        "-u",
        "postgres",
        "--",
        "pg_basebackup",
        "-D",
        str(data),
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
        cwd="/",
    )
    data.chmod(0o700)
    run("pg_ctlcluster", number, "standby", "start")
    both = "postgres:///baken?host=/run/postgresql,/run/postgresql&port=5432,5433"
    _replace("/etc/baken/site.env", both)
    with open("/etc/baken/staff.env", "a") as staff:
        staff.write(f'DATABASE_URL="{both}&target_session_attrs=read-write"\n')
    with open("/etc/baken/owner.env", "a") as owner:
        owner.write(f'DATABASE_URL="{both}&target_session_attrs=read-write"\n')
    for unit in (*PUBLIC, "baken-staff", "baken-mirror"):
        run("systemctl", "restart", unit)
        until(both_well, 20)
    words = f"Al betaald {secrets.token_hex(3)}"
    with fault(table, "the database lost, its standby promoted", 10):
        run("pg_ctlcluster", number, "main", "stop", "-m", "immediate")
        began = time.monotonic()
        time.sleep(3)
        run(
            "runuser",
            "-u",
            "postgres",
            "--",
            "psql",
            "-qX",
            "-p",
            STANDBY,
            "-c",
            "SELECT pg_promote()",
            cwd="/",
        )
        written = until(lambda: publish(words) > 0, 60)
        seconds = time.monotonic() - began
        seen = until(
            lambda: all(words.encode() in page_of(port, some_page()[1]) for port in (8001, 8002)),
            20,
        )
    login = Browser(STAFF, timeout=20).ask("/admin/login/")[0]
    table.row(
        "writing after the loss", "within 60 s, seen by both processes",
        f"{seconds:.0f} s, seen {seen is not None}, staff's login {login}", written is not None and seconds < 60 and seen is not None and login == 200,
    )  # fmt: skip


def _replace(file: str, address: str) -> None:
    lines = [
        line for line in Path(file).read_text().splitlines() if not line.startswith("DATABASE_URL")
    ]
    Path(file).write_text("\n".join([*lines, f'DATABASE_URL="{address}"', ""]))

"""A machine of our own for the rehearsal: the folders of this one with nothing written through, and a
network with nothing on it but itself. It is gone, with every process, when its first process ends.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SYSTEMCTL = Path(__file__).parent / "systemctl.py"
PACKAGES = (
    "postgresql", "nginx", "libnginx-mod-http-brotli-static", "age", "wrk", "gettext", "curl", "openssl",
    "git", "python3-venv",
)  # fmt: skip
OURS = ("/etc", "/srv", "/var", "/root", "/opt")  # what is written there stays in memory
HOSTS = ("example.org", "staff.example.org", "files.example.org", "mirror.example.org")


def install() -> str:
    """Bring the Debian packages that running.md names, on the machine itself: inside there is no network.

    Gives "" when they are there, else what apt said.
    """
    there = subprocess.run(["dpkg-query", "-W", *PACKAGES], capture_output=True, check=False)
    if not there.returncode:
        return ""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["sh", "-ec", 'apt-get update -qq; apt-get install -y -qq "$@"', "install", *PACKAGES],
        env=quiet, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return f"apt-get: {done.stderr[-500:]}" if done.returncode else ""


def possible() -> str:
    """Give "" when such a machine can be made here, else the reason."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return "it needs root on Debian or Ubuntu"
    tried = subprocess.run(
        [*UNSHARE, "sh", "-ec", TRIAL], capture_output=True, text=True, check=False
    )
    return (tried.stderr.strip() or "unshare failed") if tried.returncode else ""


TRIAL = """
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work
mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc
"""
UNSHARE = ("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")


def enter(*arguments: str) -> int:
    """Run this program again inside, and give its exit code."""
    command = [*UNSHARE, sys.executable, "-m", "tests.rehearse", "--inside", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def set_up() -> None:
    """Lay memory over the folders that are written to, and put our systemctl in the place of the other."""
    memory = Path("/mnt")
    run("mount", "-t", "tmpfs", "-o", "size=4g,mode=755", "tmpfs", str(memory))
    for folder in OURS:
        upper, work = memory / folder[1:] / "upper", memory / folder[1:] / "work"
        upper.mkdir(parents=True)
        work.mkdir()
        options = f"lowerdir={folder},upperdir={upper},workdir={work}"
        run("mount", "-t", "overlay", "overlay", "-o", options, folder)
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    run("ip", "link", "set", "lo", "up")
    # this Python may live in /root, and every user of the site runs it
    Path("/root").chmod(0o755)
    Path("/run/postgresql").mkdir()
    shutil.chown("/run/postgresql", "postgres", "postgres")
    with open("/etc/hosts", "a") as hosts:
        hosts.write(f"127.0.0.1 {' '.join(HOSTS)}\n")
    programs = Path("/opt/rehearsal")
    programs.mkdir()
    (programs / "systemctl").write_text(f'#!/bin/sh\nexec {sys.executable} {SYSTEMCTL} "$@"\n')
    (programs / "systemctl").chmod(0o755)
    # there is no network: what is to be installed is there already, and the venv is the one we run in
    (programs / "apt-get").write_text(f'#!/bin/sh\nexec {sys.executable} {__file__} "$@"\n')
    (programs / "apt-get").chmod(0o755)
    os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
    clean_cluster()


def clean_cluster() -> None:
    """Start from a PostgreSQL as Debian installs it, whatever this machine's own has been used for."""
    version = max((path.name for path in Path("/usr/lib/postgresql").iterdir()), key=int)
    shutil.rmtree(f"/etc/postgresql/{version}/main", ignore_errors=True)
    shutil.rmtree(f"/var/lib/postgresql/{version}/main", ignore_errors=True)
    run("pg_createcluster", "--locale", "C.UTF-8", version, "main", "--", "--no-sync")


def run(*command: str, **given: object) -> str:
    """Run a command and give what it prints. Raises with what it said when it fails."""
    given.setdefault("timeout", 300)
    done = subprocess.run(command, capture_output=True, text=True, check=False, **given)  # type: ignore[call-overload]  # passed on as it came
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return str(done.stdout)


def steps(page: Path) -> str:
    """Give the blocks of a page that are to be run as they stand: those that say they are sh."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL))


def follow(page: Path, **variables: str) -> str:
    """Do what a page says, to the letter, in one shell; give what it printed."""
    return run(
        "bash", "-euo", "pipefail", "-c", steps(page), env={**os.environ, **variables}, cwd="/"
    )


def no_network(command: str, *names: str) -> None:
    """Stand in for apt-get: everything that is asked for must be in the list that was installed."""
    packages = {name for name in names if not name.startswith("-")}
    if command != "install" or packages - set(PACKAGES):
        sys.exit(f"not rehearsed: apt-get {command} {packages - set(PACKAGES)}")


if __name__ == "__main__":
    no_network(*sys.argv[1:])

#!/usr/bin/env python3
"""What systemctl does with our unit files, as far as the rehearsal needs it, where no systemd runs.

Starts a unit as its file says: user, group, environment, folder, command, and again when it ends. The
sandbox of the units (ProtectSystem and so on) is not made here.
"""

import grp
import os
import pwd
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
STATE = Path("/run/rehearsed-units")
NGINX = [
    "[Service]",
    "ExecStart=/usr/sbin/nginx -g 'daemon off;'",
    "Restart=always",
    "RestartSec=1",
]


def lines(unit: str) -> list[tuple[str, str]]:
    """Give the settings of a unit, with %i filled in, and those of its drop-ins."""
    name, _, instance = unit.partition("@")
    file = UNITS / (f"{name}@.service" if instance else f"{name}.service")
    text = file.read_text().splitlines() if file.exists() else NGINX if name == "nginx" else []
    for extra in sorted((UNITS / f"{name}.service.d").glob("*.conf")):
        text += extra.read_text().splitlines()
    if not text:
        sys.exit(f"Unit {unit}.service could not be found.")
    pairs = (line.partition("=") for line in text if "=" in line and not line.startswith("#"))
    return [(key, value.replace("%i", instance)) for key, _, value in pairs]


def environment(settings: list[tuple[str, str]]) -> dict[str, str]:
    """Give the environment of a unit: files go before single values, as systemd has it."""
    found = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    for key, value in settings:
        if key == "Environment":
            found.update(pair.partition("=")[::2] for pair in shlex.split(value))
    for key, value in settings:
        if key == "EnvironmentFile":
            for line in Path(value).read_text().splitlines():
                name, equals, text = line.partition("=")
                if equals and not line.startswith("#"):
                    found[name] = text.strip('"')
    return found


def run(unit: str) -> subprocess.Popen[bytes]:
    """Start the command of a unit once."""
    settings = lines(unit)
    one = dict(settings)
    user = one.get("User")
    with open(STATE / f"{unit}.log", "ab") as log:
        return subprocess.Popen(
            shlex.split(one["ExecStart"]),
            cwd=one.get("WorkingDirectory", "/"),
            env=environment(settings),
            user=user,
            group=one.get("Group")
            or (grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name if user else None),
            extra_groups=[] if user else None,
            umask=int(one.get("UMask", "0022"), 8),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def mount(unit: str) -> None:
    """Make the file systems in memory that a unit asks for."""
    for key, value in lines(unit):
        if key == "TemporaryFileSystem":
            path, _, options = value.partition(":")
            Path(path).mkdir(parents=True, exist_ok=True)
            if not os.path.ismount(path):
                subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path], check=True)


def keep(unit: str) -> None:
    """Keep a unit running until we are told to stop: what systemd does with Restart=always."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True
        process.terminate()

    settings = dict(lines(unit))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    open_files = min(int(settings.get("LimitNOFILE", "1024")), most)  # the process inherits both
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))
    os.nice(int(settings.get("Nice", "0")))
    process = run(unit)
    signal.signal(signal.SIGTERM, stop)
    while not stopping:
        (STATE / f"{unit}.main").write_text(str(process.pid))
        process.wait()
        if not stopping and settings.get("Restart") == "always":
            time.sleep(float(settings.get("RestartSec", "0.1")))
            process = run(unit)
        else:
            break
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def start(unit: str) -> None:
    if unit == "postgresql":
        subprocess.run(["pg_ctlcluster", version(), "main", "start"], check=True)
    elif unit.endswith(".timer"):
        return
    elif dict(lines(unit)).get("Type") == "oneshot":
        if code := run(unit).wait():
            sys.exit(f"{unit} failed with {code}: {(STATE / f'{unit}.log').read_text()[-2000:]}")
    elif not alive(unit):
        mount(unit)
        with open(
            STATE / f"{unit}.log", "ab"
        ) as log:  # not our own output: who reads that waits for its end
            keeper = subprocess.Popen(
                [sys.executable, __file__, "keep", unit], start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        (STATE / f"{unit}.keeper").write_text(str(keeper.pid))


def stop(unit: str) -> None:
    if unit == "postgresql":
        subprocess.run(["pg_ctlcluster", version(), "main", "stop", "-m", "fast"], check=True)
    elif alive(unit):
        os.kill(keeper := pid(unit, "keeper"), signal.SIGTERM)
        for _ in range(150):
            if not alive(unit):
                return
            time.sleep(0.1)
        sys.exit(f"{unit} ({keeper}) does not stop")


def version() -> str:
    return max((path.name for path in Path("/etc/postgresql").iterdir()), key=int)


def pid(unit: str, kind: str) -> int:
    file = STATE / f"{unit}.{kind}"
    return int(file.read_text()) if file.exists() else 0


def alive(unit: str) -> bool:
    keeper = pid(unit, "keeper")
    try:
        return (
            bool(keeper)
            and Path(f"/proc/{keeper}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        )
    except FileNotFoundError:
        return False


def main(command: str, *units: str) -> None:
    """Do what systemctl does; what we do not know stops, so that the documentation uses nothing else."""
    STATE.mkdir(exist_ok=True)
    names = [unit.removesuffix(".service") for unit in units if unit != "--now"]
    for unit in names:
        if command == "keep":
            keep(unit)
        elif command in ("enable", "start"):
            start(unit)
        elif command == "stop":
            stop(unit)
        elif command == "restart":
            stop(unit)
            start(unit)
        elif command == "reload":
            os.kill(pid(unit, "main"), signal.SIGHUP)
        else:
            sys.exit(f"systemctl {command} is not rehearsed")
    if not names and command != "daemon-reload":
        sys.exit(f"systemctl {command} is not rehearsed")


if __name__ == "__main__":
    main(*sys.argv[1:])

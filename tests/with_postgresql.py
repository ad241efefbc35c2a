"""Run a command with DATABASE_URL set to a throw-away PostgreSQL cluster: with_postgresql.py pytest …

The cluster lives in a temporary folder, listens on a socket there and on nothing else, and is gone
afterwards. PostgreSQL refuses to run as root, so as root its own user "postgres" runs it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote


def programs() -> Path:
    """Give the folder of the newest PostgreSQL server programs; install them if we are root."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folder = Path("/usr/lib/postgresql")
    if not list(folder.glob("*/bin/initdb")) and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=True)
    versions = sorted(folder.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        sys.exit("PostgreSQL's server programs are needed (initdb, postgres); none were found.")
    return versions[-1].parent


def main() -> int:
    """Start the cluster, run the command, stop the cluster; give the command's exit code."""
    binaries, user = programs(), "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="baken-postgresql-") as folder:
        os.chmod(folder, 0o777)  # noqa: S103  the user postgres must write here
        data = f"{folder}/data"

        def run(program: str, *arguments: str) -> None:
            with open(f"{folder}/log", "ab") as log:
                subprocess.run(
                    [str(binaries / program), *arguments],
                    check=True,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    user=user,
                )

        run(
            "initdb",
            "-D",
            data,
            "-U",
            "baken",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-o", options, "start")
        try:
            url = f"postgres://baken@{quote(folder, safe='')}/postgres"
            return subprocess.run(
                sys.argv[1:], check=False, env={**os.environ, "DATABASE_URL": url}
            ).returncode
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


if __name__ == "__main__":
    sys.exit(main())

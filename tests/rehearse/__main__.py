"""The whole site rehearsed: set up as docs/running.md says, used, broken, mended. Run by `make rehearse`.

`--short` is the part that runs in `make test`; `--only=disks_full` does one step; both with our own venv.
Prints one table, ends by itself, leaves nothing behind, and exits with 1 when a bar is missed. Everything
runs inside a machine of its own (machine.py); where none can be made, that is said, and the full form fails.
"""

import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.rehearse import machine


def main() -> int:
    """Prepare outside, then run inside."""
    short = "--short" in sys.argv
    own = short or any(each.startswith("--only=") for each in sys.argv)
    preparing = "--install" in sys.argv  # two programs of `make test` cannot both ask apt
    if "--inside" not in sys.argv:
        if reason := machine.possible() or machine.install():
            print(f"THE SITE IS NOT REHEARSED HERE: {reason}.")
            return 0 if short or preparing else 1
        if preparing:
            return 0
        with tempfile.TemporaryDirectory(
            prefix="baken-rehearsal-", ignore_cleanup_errors=True
        ) as folder:
            return machine.enter(*sys.argv[1:], f"--venv={_venv(Path(folder), own)}")
    machine.set_up()
    from tests.rehearse import load, more, rows, visitors

    only = [each.partition("=")[2] for each in sys.argv if each.startswith("--only=")]
    brief = short and not only
    # the short form does those that take seconds
    steps: list[Callable[[rows.Table], None]] = [
        rows.errors_of_nginx, rows.published_everywhere, rows.bodies_and_silence, rows.database_stopped,
        rows.worker_killed, *([] if brief else [
            rows.release_under_visits, more.passwords, more.application_paused, more.database_paused,
            more.connection_muted, more.table_locked, more.unreadable_version, more.disks_full,
            load.ratios, load.evenings, more.backup_and_restore,
        ]), rows.application_dead, rows.no_trace, *([] if brief else [more.database_promoted]),
    ]  # fmt: skip
    venv = next(each for each in sys.argv if each.startswith("--venv=")).partition("=")[2]
    if brief:
        visitors.Visits.pause = 0.1  # beside other tests, on two cores
    began = time.monotonic()
    table = rows.Table()
    try:
        rows.site_is_set_up(table, Path(venv), short)
        for step in steps:
            if not only or step.__name__ in only:
                step(table)
    except Exception:
        traceback.print_exc()
        rows.tell_logs()
        table.row("the rehearsal itself", "ends", "broke off", False)
    table.show()
    print(
        f"{time.monotonic() - began:.0f} seconds; {table.missed} of {len(table.rows)} bars missed."
    )
    return 1 if table.missed else 0


def _venv(folder: Path, own: bool) -> Path:
    """Give the environment the site runs in: ours, or in the full rehearsal one as running.md makes it."""
    if own:
        return Path(sys.prefix)
    Path(folder).chmod(0o755)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    subprocess.run(
        [folder / "venv/bin/pip", "install", "--quiet", "--require-hashes", "-r", "requirements.txt"],
        check=True, cwd=machine.ROOT,
    )  # fmt: skip
    return folder / "venv"


if __name__ == "__main__":
    sys.exit(main())

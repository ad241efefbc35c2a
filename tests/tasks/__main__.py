"""The fifteen tasks of staff in one browser session against a fresh installation: `make tasks`.

Prints one table, and ends with 1 when a task failed, took more clicks than it may, or a page complained.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextortion_help.settings")
django.setup()

from tests.tasks.office import fresh_office  # noqa: E402  Django is set up before
from tests.tasks.session import TASKS, run, table  # noqa: E402  as above


def main(chosen: list[str]) -> int:
    """Do the tasks, or those of the numbers chosen."""
    tasks = tuple(task for task in TASKS if not chosen or str(task.number) in chosen)
    with fresh_office() as office:
        results = list(run(office, tasks))
    print(table(results))
    return int(any(one.wrong for one in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

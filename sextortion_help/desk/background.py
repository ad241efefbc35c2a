"""Trying every outside address: a few at a time, by a command or in a thread of the staff area."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from django.db import close_old_connections, connection
from django.utils import timezone

from sextortion_help.desk.checking import Checker, Found
from sextortion_help.desk.dead import outside
from sextortion_help.desk.models import OutsideAddress
from sextortion_help.publishing.live import live

logger = logging.getLogger(__name__)

AT_ONCE: Final = 4
FRESH: Final = timedelta(hours=1)  # who presses twice does not ask others twice

_running = threading.Lock()

type Check = Callable[[str], Found]


def try_all(check: Check, addresses: Iterable[str]) -> Iterator[tuple[str, Found]]:
    """Try these addresses, a few at a time, and give what was found of each as it becomes known."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links") as pool:
        yield from zip(addresses, pool.map(check, addresses), strict=True)


def check_links(check: Check, *, again: bool = False) -> Iterator[tuple[str, Found]]:
    """Try every outside address of what is live, and write down what was found.

    What was tried within the hour is left out, unless `again`. What no live content names any more is
    forgotten.
    """
    there = outside(live())
    OutsideAddress.objects.exclude(address__in=there).delete()
    recent = OutsideAddress.objects.filter(checked_at__gt=timezone.now() - FRESH)
    done = set() if again else set(recent.values_list("address", flat=True))
    wanted = sorted(address for address in there if address not in done and len(address) <= 500)
    for address, found in try_all(check, wanted):
        values = {"checked_at": timezone.now(), "works": found.works, "said": found.said}
        OutsideAddress.objects.update_or_create(address=address, defaults=values)
        yield address, found


def is_running() -> bool:
    """Tell whether this process is trying addresses now."""
    return _running.locked()


def start() -> bool:
    """Begin to try every address in a thread, and tell whether it did: not while one is at it."""
    if not _running.acquire(blocking=False):
        return False
    threading.Thread(target=_run, name="check-links", daemon=True).start()
    return True


def _run() -> None:
    try:
        for _ in check_links(Checker().check):
            close_old_connections()
    except Exception:
        logger.exception("the links could not all be tried")
    finally:
        connection.close()
        _running.release()

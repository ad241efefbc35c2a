"""The services held against a file of facts: all that may be shown, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse


def compare(facts: Path) -> Iterator[tuple[str, list[str]]]:
    """Give (what is wrong, the codes of which) for each way in which services and facts can differ."""
    import yaml

    from guidance.content import Service
    from sextortion_help.publishing.live import live

    listed = [row for part in yaml.safe_load_all(facts.read_text()) for row in part]
    services = live().all(Service)
    codes = {service.code for service in services}
    reached = set[str]().union(*(_reached(service) for service in services))
    wanted = [row for row in listed if row["show"] is True]
    missing = [
        row["id"] for row in wanted if row["id"] not in codes and not _ways_of(row) & reached
    ]
    yield f"of {len(wanted)} services to show, not shown", missing
    allowed = set[str]().union(*(_ways_of(row) for row in wanted))
    shown = [
        row["id"]
        for row in listed
        if row["show"] is not True and (row["id"] in codes or (_ways_of(row) - allowed) & reached)
    ]
    yield "services to check first, shown", shown
    claimed = [service.code for service in services if _strange(service, allowed)]
    yield "services with a number or site that the facts do not have", claimed


def _ways_of(row: dict[str, Any]) -> set[str]:
    written = " ".join(
        str(row.get(key) or "") for key in ("phone", "url", "other_channels", "verify_at")
    )
    numbers = {_digits(number) for number in re.findall(r"\+?\d[\d .\-/]+\d", written)}
    hosts = {
        host.removeprefix("www.") for host in re.findall(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", written)
    }
    return numbers | hosts


def _reached(service: Any) -> set[str]:
    """Give the numbers and the hosts by which a service is reached."""
    numbers = {_digits(way.address) for way in service.channels if way.kind in ("call", "text")}
    sites = [way.address for way in service.channels if way.address.startswith("https:")]
    return numbers | {_host(address) for address in (service.url, *sites) if address}


def _strange(service: Any, allowed: set[str]) -> bool:
    numbers = [_digits(way.address) for way in service.channels if way.kind in ("call", "text")]
    return not all(_is_known(number, allowed) for number in numbers)


def _is_known(number: str, allowed: set[str]) -> bool:
    ends = tuple(number[-length:] for length in (6, 7, 8, 9)) if len(number) > 6 else (number,)
    return number in allowed or any(way.endswith(ends) for way in allowed)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _host(address: str) -> str:
    return (urlparse(address).hostname or "").removeprefix("www.")

"""What tests/content holds, read from its fixtures: addresses, codes and words to expect of the site."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.server import CONTENT


@cache
def rows(model: str) -> list[dict[str, Any]]:
    """Give the fields of every row of a model, by order: rows("guidance.page")."""
    written = [row for path in CONTENT for row in yaml.safe_load(Path(path).read_text())]
    found = [row["fields"] for row in written if row["model"] == model]
    return sorted(found, key=lambda row: row.get("order", 0))


def page(**wanted: str) -> str:
    """Give the address of the first page that is so, after the language: page(layout="card")."""
    is_so = (
        row.get("address") or row["code"]
        for row in rows("guidance.page")
        if all(value in row.get(name, ()) for name, value in wanted.items())
    )
    return f"{next(is_so)}/"


HELP = page(entries="help")
FURTHER = page(entries="further")
FOOT = page(entries="footer")
CARD, POSTER = page(layout="card"), page(layout="poster")
LETTER = f"letters/{rows('guidance.letter')[0]['code']}/"
# the pages in which a heading skips a level, right under the title
SKIPPED = [
    f"{row.get('address') or row['code']}/"
    for row in rows("guidance.page")
    if row.get("body_nl", "").startswith("### ")
]
# whom the practice lets one meet first, and how many moves the first reply each time takes through it
PRACTICE = rows("quiz.practice")[0]["code"]
FIRST_CONTACT = next(row["code"] for row in rows("quiz.contact") if row["practice"] == [PRACTICE])
# two messages in writing, each by what is chosen to get it
MESSAGES = [
    (row["who"], row["how"], row["amount"])
    for row in rows("guidance.message")
    if row["how"] == "write"
]


def count_moves() -> int:
    """Count the moves of who always takes the first reply, in every chat of the practice."""
    replies = rows("quiz.reply")
    count = 0
    for contact in (row for row in rows("quiz.contact") if row["practice"] == [PRACTICE]):
        count += 1
        turn = next(
            [PRACTICE, contact["code"], row["code"]]
            for row in rows("quiz.turn")
            if row["contact"] == [PRACTICE, contact["code"]] and row.get("start")
        )
        while turn:
            count += 1
            turn = next(row for row in replies if row["turn"] == turn).get("next_turn", [])
    return count

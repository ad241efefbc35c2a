"""The shipped texts as they are written in the fixtures: no database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parent.parent.parent
MARKDOWN = {
    "guidance.page": ("body", "after"),
    "guidance.step": ("body",),
    "quiz.ending": ("body",),
    "quiz.contact": ("reveal_body",),
    "quiz.outcome": ("body",),
}


class Written(NamedTuple):
    """One field of one row, in every language in which it is written."""

    where: str
    texts: dict[str, str]
    is_markdown: bool


def written() -> Iterator[Written]:
    """Give every translated field of every fixture."""
    for fixture in sorted(ROOT.glob("*/fixtures/*.yaml")):
        for row in yaml.safe_load(fixture.read_text()):
            yield from _fields(row["model"], row["fields"])


def _fields(model: str, fields: dict[str, Any]) -> Iterator[Written]:
    for name in dict.fromkeys(
        field.rpartition("_")[0] for field in fields if field.endswith("_nl")
    ):
        texts = {code: fields.get(f"{name}_{code}") or "" for code in ("nl", "fr", "en")}
        is_markdown = name in MARKDOWN.get(model, ())
        yield Written(f"{model} {fields.get('code')} {name}", texts, is_markdown)

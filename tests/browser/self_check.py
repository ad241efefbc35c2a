"""The shipped self-check, read from its fixture: what to expect of the site without asking it.

A place is where a visitor can be: "" at the start, the code of a step, or the code of a question and
of the answer to it that led here.
"""

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

LANGUAGES = ("nl", "fr", "en")

_fixture = Path(__file__).parent.parent.parent / "quiz/fixtures/self_check.yaml"
_rows: list[dict[str, Any]] = yaml.safe_load(_fixture.read_text())


def _all(model: str) -> list[dict[str, Any]]:
    rows = [row["fields"] for row in _rows if row["model"] == f"quiz.{model}"]
    return sorted(rows, key=lambda row: row["order"])


def _words(row: dict[str, Any], field: str) -> dict[str, str]:
    return {language: row[f"{field}_{language}"].strip() for language in LANGUAGES}


START = next(row["code"] for row in _all("question") if row["start"])
TONES = {row["code"]: row["tone"] for row in _all("ending")}
# the heading of each step, by language
HEADINGS = {row["code"]: _words(row, "text") for row in _all("question")} | {
    row["code"]: _words(row, "title") for row in _all("ending")
}
# the places that the answers to each question lead to; and which step each place shows
ANSWERS: dict[str, list[str]] = {row["code"]: [] for row in _all("question")}
TARGETS = {"": START} | {code: code for code in HEADINGS}
for _row in _all("answer"):
    _question = _row["question"][1]
    ANSWERS[_question].append(_question + _row["code"])
    TARGETS[_question + _row["code"]] = (_row["next_question"] or _row["ending"])[1]
# every way through: its places, from the start to an ending
PATHS: list[list[str]] = []
_todo = [[""]]
while _todo:
    _path = _todo.pop()
    for _place in ANSWERS[TARGETS[_path[-1]]]:
        (PATHS if TARGETS[_place] in TONES else _todo).append([*_path, _place])

_SEEN = """() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
  return {
    steps: seen("[data-step]").map((part) => part.dataset.step),
    froms: seen(".from").map((from) => from.id),
    headings: seen("[data-step] h2").map((heading) => heading.textContent.trim()),
    language: document.documentElement.lang,
    focus: document.activeElement.localName,
    address: location.href,
  };
}"""


def seen(page: Page) -> dict[str, Any]:
    """Give what a visitor sees of the self-check now."""
    return dict(page.evaluate(_SEEN))


def check_place(page: Page, place: str, language: str) -> None:
    """Fail unless the one step of this place is seen, with its words, after the answer given."""
    now = seen(page)
    code = TARGETS[place]
    assert now["steps"] == [code]
    assert now["headings"] == [HEADINGS[code][language]]
    assert now["froms"] == ([place] if place and place not in HEADINGS else [])
    assert now["language"] == language

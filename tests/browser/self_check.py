"""The first self-check of tests/content, read from its fixture: what to expect without asking the site.

A place is where a visitor can be: "" at the start, the code of a step, or the code of a question and
of the answer to it that led here.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.content import rows

LANGUAGES = ("nl", "fr", "en")
# in the other languages there are the same elements, with other words in them
IN_TURN = ["nl", *(pytest.param(code, marks=pytest.mark.long) for code in LANGUAGES[1:])]
CHECK = str(rows("quiz.selfcheck")[0]["code"])


def _of_check(model: str) -> list[dict[str, Any]]:
    return [row for row in rows(f"quiz.{model}") if row["self_check"] == [CHECK]]


def _words(row: dict[str, Any], field: str) -> dict[str, str]:
    return {language: row[f"{field}_{language}"].strip() for language in LANGUAGES}


_questions, _endings = _of_check("question"), _of_check("ending")
_answers = [row for row in rows("quiz.answer") if row["question"][0] == CHECK]
START = next(row["code"] for row in _questions if row.get("start"))
TONES = {row["code"]: row["tone"] for row in _endings}
# the steps to take that each ending shows: those of its pages
STEPS = {
    row["code"]: sum(step["page"] in row.get("pages", []) for step in rows("guidance.step"))
    for row in _endings
}
# the heading of each step, by language
HEADINGS = {row["code"]: _words(row, "text") for row in _questions} | {
    row["code"]: _words(row, "title") for row in _endings
}
# the places that the answers to each question lead to; and which step each place shows
ANSWERS: dict[str, list[str]] = {row["code"]: [] for row in _questions}
TARGETS = {"": START} | {code: code for code in HEADINGS}
LABELS: dict[str, dict[str, str]] = {}
for _row in _answers:
    _place = _row["question"][1] + _row["code"]
    ANSWERS[_row["question"][1]].append(_place)
    TARGETS[_place] = (_row.get("next_question") or _row["ending"])[1]
    LABELS[_place] = _words(_row, "label")
# every way through: its places, from the start to an ending
PATHS: list[list[str]] = []
_todo = [[""]]
while _todo:
    _path = _todo.pop()
    for _place in ANSWERS[TARGETS[_path[-1]]]:
        (PATHS if TARGETS[_place] in TONES else _todo).append([*_path, _place])
LONGEST = max(PATHS, key=len)

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
    assert now["language"] == f"{language}-BE"

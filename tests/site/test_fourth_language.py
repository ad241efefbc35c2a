"""German is added as somebody would: in the settings, with one file of rules, on one page. Nobody sees it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


def collected(settings: str, folder: Path) -> Any:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": f"sqlite:///{folder}/{settings}.sqlite3",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "tests/german/collect.py"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("languages")
    return collected("sextortion_help.settings", folder), collected("tests.german.settings", folder)


def test_no_public_page_changes(both: tuple[Any, Any]) -> None:
    without, with_german = both
    assert with_german["before"].keys() == without["before"].keys()
    for moment in ("before", "after"):
        for address, page in without[moment].items():
            assert with_german[moment][address] == page, f"{address} {moment} the page was written"


def test_what_is_missing_in_german_is_no_problem_and_what_is_written_is_checked(
    both: tuple[Any, Any],
) -> None:
    without, with_german = both
    new = [text for text in with_german["problems"] if text not in without["problems"]]
    assert len(new) == 1
    assert "du hättest" in new[0].lower()

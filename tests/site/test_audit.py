"""The audit says what it was told, and never that all is well when it could not ask."""

import json
import stat
from pathlib import Path

import pytest

from tests.audit import FILES, audit

CLEAN = {"name": "django", "version": "6.1.3", "vulns": []}
FAULTY = {**CLEAN, "vulns": [{"id": "CVE-1", "fix_versions": ["6.1.4"]}]}
UNASKED = {"name": "django", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("printed", "code", "words"),
    [
        (json.dumps({"dependencies": [CLEAN]}), 0, "1 packages asked about"),
        (json.dumps({"dependencies": [CLEAN, FAULTY]}), 1, "CVE-1, mended in 6.1.4"),
        (json.dumps({"dependencies": [CLEAN, UNASKED]}), 2, "NOT audited"),
        (json.dumps({"dependencies": []}), 2, "NOT audited"),
        ("", 2, "could not be asked. no network"),
        ("<html>", 2, "could not be asked"),
    ],
)
def test_it_says_what_it_was_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], printed: str, code: int, words: str
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\necho 'no network' >&2\ncat <<'END'\n{printed}\nEND\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert audit(str(program)) == code
    assert capsys.readouterr().out.count(words) == len(FILES)

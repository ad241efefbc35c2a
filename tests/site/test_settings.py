"""The settings run with nothing set, and refuse to start in production with a bad value."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    "ALLOWED_HOSTS": "baken.example",
    "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3",
}


def start(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *(command or ("check",))],
        env={**keep, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_no_variable_is_needed_on_a_laptop() -> None:
    assert start({}).returncode == 0


def test_production_starts_and_passes_the_deploy_check() -> None:
    result = start(GOOD, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_a_missing_value_stops_production_and_is_named(name: str) -> None:
    result = start({key: value for key, value in GOOD.items() if key != name})
    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("DEBUG", "1"),
        ("DEBUG", "perhaps"),
        ("PRODUCTION", "perhaps"),
        ("FIRST_COUNTRY", "ZZ"),
        ("EXIT_TARGET_FR", "http://example.org/"),
        ("SECURE_SSL_REDIRECT", "maybe"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(name: str, value: str) -> None:
    result = start({**GOOD, name: value})
    assert result.returncode != 0
    assert name in result.stderr

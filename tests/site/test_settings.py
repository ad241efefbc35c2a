"""The settings run with nothing set, and refuse to start in production with a bad value."""

import os
import runpy
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from guidance.checks import content_is_ready
from sextortion_help import settings

GOOD = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    "ALLOWED_HOSTS": "baken.example",
    "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3",
    "SECURITY_CONTACT": "mailto:security@baken.example",
    "ORGANISATION": "Baken",
    "ORGANISATION_CONTACT": "info@baken.example",
}


def start(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *(command or ("check",))],
        env={**keep, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def read(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> dict[str, Any]:
    """Read the settings as a start does, without starting anything: that takes a second each time."""
    monkeypatch.setattr(os, "environ", dict(variables))
    return runpy.run_path(settings.__file__)


def test_no_variable_is_needed_on_a_laptop() -> None:
    assert start({}).returncode == 0


def test_production_starts_and_the_deploy_check_asks_for_content_alone() -> None:
    result = start(GOOD, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 1
    assert "identified 1 issue" in result.stderr
    assert "guidance.E001" in result.stderr  # there is no database yet


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "SECURITY_CONTACT"]
)
def test_a_missing_value_stops_production_and_is_named(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read(monkeypatch, {key: value for key, value in GOOD.items() if key != name})


def test_a_start_says_which_value_is_bad_and_nothing_of_a_password() -> None:
    result = start({**GOOD, "DATABASE_URL": "postgres://user:hidden@host"})
    assert result.returncode != 0
    assert "DATABASE_URL" in result.stderr.rpartition("ImproperlyConfigured")[2]
    assert "hidden" not in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ","),
        ("ALLOWED_HOSTS", "."),
        ("ALLOWED_HOSTS", ".example.org"),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("ALLOWED_HOSTS", "example.org:443"),
        ("ALLOWED_HOSTS", "example.org,a b"),
        ("ALLOWED_HOSTS", "example..org"),
        ("ALLOWED_HOSTS", "exa_mple.org/"),
        ("ROLE", "visitor"),
        ("SECOND_PERSON", "off"),
        ("SECURITY_CONTACT", "security@baken.example"),
        ("SECURITY_CONTACT", "mailto:a@b\nExpires: never"),
        ("STAFF_HOST", "staff.example"),
        ("EMAIL", "mail.example"),
        ("EMAIL", "smtps://user:hidden@:465"),
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "postgres://user:hidden@host"),
        ("DATABASE_URL", "postgres://user:hidden@one:1,two:2/name"),
        ("DATABASE_URL", "mysql://user:hidden@host/name"),
        ("DEBUG", "1"),
        ("DEBUG", "perhaps"),
        ("PRODUCTION", "perhaps"),
        ("FIRST_COUNTRY", "B1"),
        ("EXIT_TARGET_FR", "http://example.org/"),
        ("EXIT_TARGET_NL", "https://"),
        ("EXIT_TARGET_EN", "https:///weather"),
        ("EXIT_TARGET_SPARE", "https://exa mple.org/"),
        ("EXIT_TARGET_NL", "https://example.org/\r\nSet-Cookie: a=b"),
        ("EXIT_TARGET_NL", "https://example.org:port/"),
        ("EXIT_TARGET_NL", "https://[::1/"),
        ("EXIT_TARGET_NL", "https://example.org/\u0085"),
        ("EXIT_TARGET_NL", "https://u@example.org/"),
        ("EXIT_TARGET_NL", 'https://example.org/"><b>'),
        ("ALLOWED_HOSTS", "[:::]"),
        ("ALLOWED_HOSTS", "[1.2.3.4]"),
        ("SECURE_SSL_REDIRECT", "maybe"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        read(monkeypatch, {**GOOD, name: value})
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "example.org, www.example.org, [::1], xn--caf-dma.example"),
        ("EXIT_TARGET_NL", "https://nl.wikipedia.org/wiki/M%C3%A9t%C3%A9o?x=1"),
        ("EXIT_TARGET_NL", "https://xn--caf-dma.example:8443/"),
        ("STAFF_HOST", "baken.example"),
        ("ROLE", "public"),
        ("ROLE", "staff"),
        ("ROLE", ""),
        ("DATABASE_URL", "postgres://u:p@one,two/name?target_session_attrs=read-write"),
        ("DATABASE_URL", "postgres://u:p@/name?host=one,two&port=5432,5433"),
    ],
)
def test_a_good_value_starts(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read(monkeypatch, {**GOOD, name: value})


def test_a_host_is_the_same_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers send it in small letters."""
    hosts = {"ALLOWED_HOSTS": "Baken.Example,STAFF.example", "STAFF_HOST": "Staff.EXAMPLE"}
    found = read(monkeypatch, {**GOOD, **hosts})
    assert found["ALLOWED_HOSTS"] == ["baken.example", "staff.example"]
    assert found["STAFF_HOST"] == "staff.example"
    assert found["ORIGIN"] == "https://baken.example"
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://baken.example", "https://staff.example"]


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "named"), [("BE", False), ("ZZ", True)])
def test_a_first_country_without_addresses_is_named_before_it_is_deployed(
    country: str, named: bool, settings: Settings
) -> None:
    settings.FIRST_COUNTRY = country
    found = [message.msg for message in content_is_ready(None) if message.id == "guidance.E004"]
    assert any("FIRST_COUNTRY is ZZ" in said for said in found) is named


def test_postgresql_is_never_waited_for_long() -> None:
    """Over several hosts, each with its time; what the address itself says goes before ours."""
    address = "postgres://u:p@one,two/name?target_session_attrs=read-write&connect_timeout=1"
    options = settings.database(address)["OPTIONS"]
    assert options["target_session_attrs"] == "read-write"
    assert options["connect_timeout"] == 1
    assert options["keepalives_idle"] + 2 * options["keepalives_interval"] <= 10
    assert options["tcp_user_timeout"] <= 10_000
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        settings.database("postgres://u:p@one:1,two:2/name")


def test_a_server_bounds_each_statement_and_a_command_none() -> None:
    code = "import os, sextortion_help.wsgi; print(os.environ['PGOPTIONS'])"
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "DATABASE_URL": "sqlite://:memory:"},
    )  # fmt: skip
    for bound in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert f"-c {bound}=" in result.stdout
    assert "PGOPTIONS" not in start(GOOD, "diffsettings").stdout

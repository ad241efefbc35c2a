"""The table of the HTTP Observatory (MDN, 2024), held for every address: the most a site without cookies gets.

130 of 135: five points are for cookies that are set well, and there are none. Another five of these
are given once the host is in the browsers' preload list, for which `preload` in the header asks.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.site.addresses import everywhere, parsed
from tests.site.browser import submit
from tests.site.html import Parsed
from tests.site.test_no_trace import WRONG, fails

pytestmark = pytest.mark.django_db

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
SIX_MONTHS = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@pytest.fixture
def production(client: Client, settings: Settings) -> Client:
    """A browser that comes over TLS to a site in production."""
    settings.SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    client.raise_request_exception = False
    return client


def policy_of(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";") if part.strip())
    return {name: sources for name, *sources in parts}


def points(response: Any) -> dict[str, int]:
    """Give the modifier of each row of the table for one answer."""
    policy = policy_of(response.get("Content-Security-Policy", ""))
    unsafe = re.search(r"unsafe-|data:|https?:|\*", str(policy))
    hsts = response.get("Strict-Transport-Security", "")
    found = re.search(r"max-age=(\d+)", hsts)
    age = int(found[1]) if found else 0
    html = response.get("Content-Type", "").startswith("text/html")
    scripts = Parsed(response.content.decode()).all("script") if html else []
    return {
        "cookies": 0 if not response.cookies else -40,
        "cors": 0 if "Access-Control-Allow-Origin" not in response else -50,
        "csp": 10 if policy.get("default-src") == ["'none'"] and not unsafe else -25,
        "hsts": (5 if "preload" in hsts and "includeSubDomains" in hsts else 0)
        if age >= SIX_MONTHS
        else -20,
        "referrer": 5 if response.get("Referrer-Policy") in PRIVATE else -5,
        "integrity": (5 if all(script.get("integrity") for script in scripts) else -5)
        if scripts
        else 0,
        "nosniff": 0 if response.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": 5 if policy.get("frame-ancestors") == ["'none'"] else -20,
        "resources": 0 if response.get("Cross-Origin-Resource-Policy") == "same-origin" else -5,
    }


def score(response: Any) -> int:
    """Add it up as the Observatory does: bonuses only from 90 on."""
    given = points(response)
    base = 100 + sum(value for value in given.values() if value < 0)
    return base + sum(value for value in given.values() if value > 0) if base >= 90 else base


def test_every_page_has_the_most_a_site_without_cookies_gets(production: Client) -> None:
    for _, address in everywhere():
        response = production.get(address)
        assert score(response) == 130, (address, points(response))


def test_so_has_every_error(production: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (*WRONG, "/none", "/wp-login.php"):
        assert score(production.get(path, follow=True)) == 130, path
    assert score(production.get("/nl-be/", headers={"host": "evil.example"})) == 130
    assert score(production.put("/nl-be/check/")) == 130
    assert score(submit(production, "/nl-be/tell/", {"who": "a" * 9000})) == 130
    monkeypatch.setattr("guidance.views._other_countries", fails)
    response = production.get("/en-be/lines/")
    assert (response.status_code, score(response)) == (500, 130)


def test_what_is_no_page_loses_nothing(production: Client) -> None:
    """Without a script there is none to be checked: five points fewer to be had."""
    for path in ("/", "/robots.txt", "/sitemap.xml", "/exit/nl/", "/health/", "/favicon.ico"):
        assert score(production.get(path)) == 125, path


def test_the_table_finds_what_is_wrong(production: Client) -> None:
    response = production.get("/nl-be/quick/")
    for header, value, most in (
        ("Content-Security-Policy", "default-src *", 75), ("Strict-Transport-Security", "max-age=1", 80),
        ("Referrer-Policy", "unsafe-url", 120), ("Access-Control-Allow-Origin", "*", 50),
        ("X-Content-Type-Options", "x", 125),
    ):  # fmt: skip
        before = response.get(header)
        response[header] = value
        assert score(response) <= most, header
        if before is None:
            del response[header]
        else:
            response[header] = before
    assert score(response) == 130


def test_a_browser_uses_no_style_sheet_but_the_one_we_wrote(client: Client) -> None:
    for _, address in everywhere():
        for link in parsed(address).all("link"):
            if link.get("rel") == "stylesheet":
                assert link["integrity"].startswith("sha256-"), address


def test_nginx_sends_the_headers_that_the_application_sends(production: Client) -> None:
    listed = (DEPLOY / "nginx/headers.conf").read_text()
    ours = dict(re.findall(r'^add_header (\S+) "(.*)" always;$', listed, re.MULTILINE))
    sent = production.get("/nl-be/quick/").headers
    assert len(ours) == 10
    for name, value in ours.items():
        if name == "Content-Security-Policy":
            assert policy_of(value) == policy_of(sent[name])
        else:
            assert sent[name] == value, name
    left = set(sent) - set(ours)
    assert left <= {
        "Content-Type",
        "Content-Length",
        "Content-Language",
        "Vary",
        "Cache-Control",
        "X-Accel-Expires",
    }


def test_nginx_and_the_units_write_nothing_about_a_visitor() -> None:
    nginx = (DEPLOY / "nginx/nginx.conf").read_text()
    assert re.findall(r"^\s*access_log (.*);", nginx, re.MULTILINE) == ["off"]
    main, http = re.findall(r"^\s*error_log (.*);", nginx, re.MULTILINE)
    assert (main, http) == ("/var/log/nginx/error.log emerg", "/dev/null emerg")
    assert "log_format" not in nginx
    for unit in (DEPLOY / "systemd").glob("baken-*.service"):
        command = unit.read_text()
        assert "granian" not in command or "--no-access-log" in command


def test_the_threads_of_the_units_leave_room_for_pages() -> None:
    from sextortion_help.middleware import MOST_SLOW_AT_ONCE

    for unit in ("baken-public@.service", "baken-staff.service"):
        command = (DEPLOY / "systemd" / unit).read_text()
        [threads] = re.findall(r"--blocking-threads (\d+)", command)
        assert int(threads) >= 2 * MOST_SLOW_AT_ONCE
        assert "--respawn-failed-workers" in command
        assert "--http 1 " in command
        assert "Restart=always" in command

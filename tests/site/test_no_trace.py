"""The guard of the site: every public page, in every language, leaves nothing and asks nobody."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from pytest_django import Settings

from sextortion_help import tags
from sextortion_help.public import EDGE_SECONDS
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import at, places
from tests.site.addresses import addresses, answered, everywhere, parsed
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

NUMBERS = {"tel:112", "tel:116000", "tel:08000113", "tel:911"}
WRONG = ["/xx/", "/nl-be/no-such-page/", "/fr-be/do/nothing/", "/fr-nl/lines/zz/", "/nl-be/letters/zz/", "/en-bq/lines/be/mail/", "/en-be/check/zz/", "/nl-be/chat/zz/"]  # fmt: skip
LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background"}


def check_headers(response: Any) -> None:
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "no-store"
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Robots-Tag"] == "noarchive"
    assert "camera=()" in response["Permissions-Policy"]


def check_html(page: str, tag: str, parsed: Parsed | None = None) -> Parsed:
    parsed = parsed or Parsed(page)
    assert parsed.all("html")[0]["lang"] == tag
    assert len(parsed.all("h1")) == 1
    assert parsed.inside["title"][0]
    assert "csrfmiddlewaretoken" not in page
    assert not parsed.all("style", "iframe", "object", "embed", "base")
    for element, attributes in parsed.tags:
        for name, value in attributes.items():
            assert name != "style", f"inline style on <{element}>"
            assert not name.startswith("on"), f"inline script on <{element}>"
            loaded = element == "link" and name == "href" and attributes.get("rel") != "alternate"
            if name in LOADING or loaded:
                assert not re.match(r"[a-z]+:|//", value), (
                    f"<{element} {name}={value}> asks somebody else"
                )
        if element == "script":
            assert attributes.get("src"), "inline script"
        if element in ("input", "textarea") and attributes.get("type") not in (
            "radio",
            "hidden",
            "submit",
        ):
            # whatever can be typed must never be sent: no name, or outside of any form
            assert "name" not in attributes, f"free text that reaches the server: {attributes}"
        if element == "input":
            assert attributes.get("type") != "file"
    return parsed


def test_every_page_in_every_place_leaves_no_trace() -> None:
    for place in places(live()):
        titles: dict[str, str] = {}
        for address in addresses(place):
            response = answered(address)
            check_headers(response)
            assert response["Content-Language"] == place.tag
            assert response["X-Accel-Expires"] == str(EDGE_SECONDS), "no cache of ours keeps it"
            page = check_html(response.content.decode(), place.tag, parsed(address))
            titles[address.removeprefix(place.prefix)] = page.inside["title"][0]
        # the quizzes of a kind have one neutral title, so that the history does not say which it was
        here = at(live(), place.country).items.values()
        kinds = {each.first_path: each.paths for each in here if each.first_path}
        for others in kinds.values():
            assert len({titles[path] for path in others}) == 1
        quizzes = {path for each in here if each.first_path for path in each.paths}
        # the lines of its own country have two addresses
        own = f"/lines/{place.country.lower()}/"
        named = [
            title
            for path, title in titles.items()
            if title != settings.SITE_NAMES[place.language]
            and path not in quizzes
            and not path.startswith(own)
        ]
        assert len(named) == len(set(named)), "two pages have the same title"


def check_error(response: Any, tag: str) -> list[str]:
    """Hold an error page against the rules, and give its links to our own pages."""
    check_headers(response)
    links = [link["href"] for link in check_html(response.content.decode(), tag).all("a")]
    assert set(links) >= NUMBERS
    assert {link for link in links if not link.startswith("/")} <= {*NUMBERS, "#main"}
    return [link for link in links if link.startswith("/") and not link.startswith("/exit/")]


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_address_leaves_no_trace_and_says_so(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    tag = f"{address[1:3]}-{address[4:6].upper()}" if address[3] == "-" else "nl-BE"
    links = check_error(response, tag)
    assert f"/{tag.lower()}/" in links
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
@pytest.mark.parametrize(
    "address",
    ["/", "/exit/", "/exit/nl/", "/nl/", "/robots.txt", "/sitemap.xml", "/health/", "/favicon.ico",
     "/.well-known/security.txt"],
)  # fmt: skip
def test_what_belongs_to_no_place_refuses_other_methods_too(address: str, method: str) -> None:
    """Before anything is said about cookies and forged forms."""
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    response = getattr(client, method)(address)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response["Vary"] == "Accept-Language"
    check_error(response, "nl-BE")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_a_page_that_only_reads_refuses_other_methods(client: Client, method: str) -> None:
    response = getattr(client, method)("/fr-nl/check/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    check_error(response, "fr-NL")


def test_a_host_that_is_not_ours_is_refused_in_a_sentence(client: Client) -> None:
    response = client.get("/nl-bq/", headers={"host": "evil.example"})
    assert response.status_code == 400
    check_error(response, "nl-BQ")


def fails(*_: object) -> None:
    raise RuntimeError("a fault of ours")


def test_a_failure_of_ours_leaves_no_trace_and_leads_to_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("guidance.views._other_countries", fails)
    response = client.get("/fr-nl/lines/")
    assert response.status_code == 500
    assert check_error(response, "fr-NL") == []


def test_without_content_a_page_says_so_and_shows_the_way_to_help(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory._memory, "contents", Contents())
    for address in ("/", "/fr-be/check/", "/nl/"):
        response = client.get(address, headers={"accept-language": "fr"})
        assert response.status_code == 503, address
        assert check_error(response, "fr") == []


def test_the_root_leads_to_the_language_of_the_browser(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "fr-BE,fr;q=0.9"})
    assert response.status_code == 302
    assert response["Location"] == "/fr-be/"
    assert not response.cookies


def test_the_exit_empties_the_browser_and_leads_to_a_neutral_site(client: Client) -> None:
    response = client.get("/exit/", headers={"accept-language": "fr"})
    assert response.status_code == 302
    assert response["Location"] == settings.EXIT_TARGETS["fr"]
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    check_headers(response)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_exit_of_a_page_leads_to_a_site_in_its_language(client: Client, language: str) -> None:
    assert f'href="/exit/{language}/"' in client.get(f"/{language}-be/first/").content.decode()
    response = client.get(f"/exit/{language}/", headers={"accept-language": "de, nl;q=0.5"})
    assert response["Location"] == settings.EXIT_TARGETS[language]


def test_a_static_file_the_browser_has_already_is_not_sent_again(client: Client) -> None:
    address = staticfiles_storage.url("site.css")
    first = client.get(address)
    second = client.get(
        address,
        headers={"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]},
    )
    assert second.status_code == 304
    assert "immutable" in first["Cache-Control"]
    first.close()
    second.close()


def test_a_browser_runs_no_script_but_the_one_we_wrote(client: Client) -> None:
    seen = {}
    for _, address in everywhere():
        for script in parsed(address).all("script"):
            seen[script["src"]] = script["integrity"]
    assert len(seen) > 3
    for file, integrity in seen.items():
        served = b"".join(client.get(file).streaming_content)  # type: ignore[attr-defined]  # of whitenoise
        digest = base64.b64encode(hashlib.sha256(served).digest()).decode()
        assert integrity == f"sha256-{digest}", file


def test_the_digest_is_of_the_file_that_is_served_not_of_its_source(
    tmp_path: Path, settings: Settings
) -> None:
    """After a change of the source, until the files are collected again, the old script still runs."""
    served, source = tmp_path / "served", tmp_path / "source"
    for folder, words in ((served, b"old()"), (source, b"new()")):
        folder.mkdir()
        (folder / "exit.js").write_bytes(words)
    (served / "exit.0123456789ab.js").write_bytes(b"old()")
    manifest = {"version": "1.1", "hash": "", "paths": {"exit.js": "exit.0123456789ab.js"}}
    (served / "staticfiles.json").write_text(json.dumps(manifest))
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = served
    settings.STORAGES = {**settings.STORAGES}  # so that the storage is made anew
    tags.integrity.cache_clear()
    try:
        digest = base64.b64encode(hashlib.sha256(b"old()").digest()).decode()
        assert tags.integrity("exit.js") == f"sha256-{digest}"
        with pytest.raises(ValueError, match="no-such"):
            tags.integrity("no-such.js")
    finally:
        tags.integrity.cache_clear()


def test_staff_can_send_their_forms(client: Client) -> None:
    # with no-referrer a browser names no origin, and Django's CSRF check refuses the form
    assert client.get("/admin/login/")["Referrer-Policy"] == "same-origin"

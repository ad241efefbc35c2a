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
from pytest_django import DjangoAssertNumQueries, Settings

from sextortion_help import tags
from sextortion_help.public import EDGE_SECONDS
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.live import live
from tests.site.addresses import paths
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

WRONG = ["/xx/", "/nl-be/no-such-page/", "/fr-be/do/nothing/", "/en-be/lines/zz/", "/nl-be/letters/zz/", "/fr-be/lines/gb/", "/en-be/check/zz/", "/nl-be/chat/zz/"]  # fmt: skip
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


def check_html(page: str, language: str) -> Parsed:
    parsed = Parsed(page)
    assert parsed.all("html")[0]["lang"] == language
    assert len(parsed.all("h1")) == 1
    assert parsed.inside["title"][0]
    assert "csrfmiddlewaretoken" not in page
    assert not parsed.all("style", "iframe", "object", "embed", "base")
    for tag, attributes in parsed.tags:
        for name, value in attributes.items():
            assert name != "style", f"inline style on <{tag}>"
            assert not name.startswith("on"), f"inline script on <{tag}>"
            loaded = tag == "link" and name == "href" and attributes.get("rel") != "alternate"
            if name in LOADING or loaded:
                assert not re.match(r"[a-z]+:|//", value), (
                    f"<{tag} {name}={value}> asks somebody else"
                )
        if tag == "script":
            assert attributes.get("src"), "inline script"
        if tag in ("input", "textarea") and attributes.get("type") not in (
            "radio",
            "hidden",
            "submit",
        ):
            # whatever can be typed must never be sent: no name, or outside of any form
            assert "name" not in attributes, f"free text that reaches the server: {attributes}"
        if tag == "input":
            assert attributes.get("type") != "file"
    return parsed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leaves_no_trace(
    client: Client, language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    titles: dict[str, str] = {}
    for path in paths():
        address = f"/{language}-be/{path}"
        with django_assert_num_queries(0):
            response = client.get(address)
        assert response.status_code == 200, address
        check_headers(response)
        assert response["X-Accel-Expires"] == str(EDGE_SECONDS), "no cache of ours keeps it"
        parsed = check_html(response.content.decode(), language)
        titles[address] = parsed.inside["title"][0]
    assert not client.cookies
    # the quizzes of a kind have one neutral title, so that the history does not say which it was
    kinds = {each.first_path: each.paths for each in live().items.values() if each.first_path}
    for others in kinds.values():
        assert len({titles[f"/{language}{path}"] for path in others}) == 1
    quizzes = {path for each in live().items.values() if each.first_path for path in each.paths}
    neutral = settings.SITE_NAMES[language]
    named = [
        title
        for address, title in titles.items()
        if title != neutral and address.removeprefix(f"/{language}") not in quizzes
    ]
    assert len(named) == len(set(named)), "two pages have the same title"


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_address_leaves_no_trace_and_says_so(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.status_code == 404
    check_headers(response)
    prefix = address[1:3]
    check_html(response.content.decode(), prefix if prefix in LANGUAGES else "nl")
    links = {tag["href"] for tag in Parsed(response.content.decode()).all("a")}
    help_page = live().linked("help")[0].path
    assert f"/{prefix if prefix in LANGUAGES else 'nl'}{help_page}" in links


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_a_page_that_only_reads_refuses_other_methods(client: Client, method: str) -> None:
    response = getattr(client, method)("/fr-be/check/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    check_headers(response)
    check_html(response.content.decode(), "fr")


def test_a_host_that_is_not_ours_is_refused_in_a_sentence(client: Client) -> None:
    response = client.get("/nl-be/", headers={"host": "evil.example"})
    assert response.status_code == 400
    check_headers(response)
    check_html(response.content.decode(), "nl")


def fails(*_: object) -> None:
    raise RuntimeError("a fault of ours")


def test_a_failure_of_ours_leaves_no_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("guidance.views._other_countries", fails)
    response = client.get("/en-be/lines/")
    assert response.status_code == 500
    check_headers(response)
    check_html(response.content.decode(), "en")


def test_without_content_a_page_says_so_and_shows_the_way_to_help(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory._memory, "contents", Contents())
    response = client.get("/nl-be/check/")
    assert response.status_code == 503
    check_headers(response)
    check_html(response.content.decode(), "nl")


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
    for path in paths():
        for script in Parsed(client.get(f"/nl-be/{path}").content.decode()).all("script"):
            seen[script["src"]] = script["integrity"]
    assert len(seen) > 3
    for address, integrity in seen.items():
        served = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]  # of whitenoise
        digest = base64.b64encode(hashlib.sha256(served).digest()).decode()
        assert integrity == f"sha256-{digest}", address


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

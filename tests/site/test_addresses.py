"""Nothing that visitors can read escapes the crawl: the URLs and the content know the same addresses."""

from collections.abc import Callable
from types import ModuleType

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, resolve
from pytest_django import Settings

from sextortion_help import urls
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import Content, Contents
from sextortion_help.publishing.live import live
from tests.site.addresses import pages_of_urls, paths, uncrawled
from tests.site.html import Parsed
from tests.site.test_no_trace import check_html

pytestmark = pytest.mark.django_db

TERMS = '<!doctype html><html lang="nl"><title>Terms</title><h1>Terms</h1><script>read()</script>'


@public_page()
def terms(request: PublicRequest, contents: Contents) -> HttpResponse:
    return HttpResponse(TERMS)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TERMS)


class Terms(Content, frozen=True):
    """A kind of content of these tests."""

    view = "terms"

    @property
    def paths(self) -> tuple[str, ...]:
        return ("/terms/",)


def with_view(view: Callable[..., HttpResponse], name: str = "terms") -> ModuleType:
    """Give the URLs of the site with one more page for visitors."""
    module = ModuleType("urls_of_a_test")
    module.__dict__.update(vars(urls))
    more = i18n_patterns(path("terms/", view, name=name))
    module.__dict__["urlpatterns"] = [*more, *urls.urlpatterns]
    return module


def test_every_public_page_is_reached_from_the_addresses_of_content() -> None:
    assert len(pages_of_urls()) > 10
    assert uncrawled() == []


@pytest.mark.parametrize("view", [terms, bare])
def test_the_guard_sees_a_page_that_no_content_has(
    view: Callable[..., HttpResponse], settings: Settings
) -> None:
    settings.ROOT_URLCONF = with_view(view)
    assert uncrawled() == ["nl/terms/"]


def test_the_guard_sees_a_page_that_is_no_public_page(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = with_view(bare)
    monkeypatch.setattr(memory._memory, "contents", live().plus([Terms("terms", 0)]))
    assert "terms/" in paths()
    assert uncrawled() == ["nl/terms/"]


def test_a_page_that_is_crawled_is_held_to_the_rules(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = with_view(terms)
    monkeypatch.setattr(memory._memory, "contents", live().plus([Terms("terms", 0)]))
    assert uncrawled() == []
    with pytest.raises(AssertionError, match="inline script"):
        check_html(client.get("/nl-be/terms/").content.decode(), "nl")


def test_every_address_of_content_leads_to_a_public_page_and_its_own_to_its_view() -> None:
    contents = live().items.values()
    assert len(contents) > 40
    for content in contents:
        for address in content.paths:
            match = resolve(f"/{settings.LANGUAGE_CODE}{address}")
            assert hasattr(match.func, "view"), address
        assert resolve(f"/{settings.LANGUAGE_CODE}{content.path}").url_name == content.view


def test_no_page_is_an_island(client: Client, language: str) -> None:
    linked = set()
    for path_ in paths():
        page = client.get(f"/{language}-be/{path_}").content.decode()
        links = {tag.get("href", "").partition("#")[0] for tag in Parsed(page).all("a")}
        linked |= links - {f"/{language}-be/{path_}"}
    # the first of its kind is linked at its shorter address
    contents = live().items.values()
    longer = {each.path for each in contents if live().address(each) != each.path}
    assert len(longer) == 2
    ours = {f"/{language}-be/{path_}" for path_ in paths() if f"/{path_}" not in longer}
    assert ours - linked == set()


def test_the_help_on_every_page_is_the_page_the_editors_chose(
    client: Client, language: str
) -> None:
    [help_page] = live().linked("help")
    for path_ in paths():
        page = client.get(f"/{language}-be/{path_}").content.decode()
        links = [tag.get("href", "") for tag in Parsed(page).all("a")]
        assert f"/{language}{help_page.path}" in links or f"/{path_}" == help_page.path
        for page_ in live().linked("footer"):
            assert f"/{language}{live().address(page_)}" in links

"""Nothing that visitors can read escapes the crawl: the URLs and the content know the same addresses."""

from collections.abc import Callable
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, path, resolve
from pytest_django import Settings

from sextortion_help import urls
from sextortion_help.places import PlacePrefix
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import Content, Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import at, places, within
from tests.site.addresses import addresses, everywhere, pages_of_urls, parsed, uncrawled
from tests.site.test_no_trace import check_html

pytestmark = pytest.mark.django_db

TERMS = (
    '<!doctype html><html lang="nl-BE"><title>Terms</title><h1>Terms</h1><script>read()</script>'
)


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
    more = URLResolver(PlacePrefix(), [path("terms/", view, name=name)])
    module.__dict__["urlpatterns"] = [more, *urls.urlpatterns]
    return module


def test_every_public_page_is_reached_from_the_addresses_of_content() -> None:
    assert len(pages_of_urls()) > 10
    assert uncrawled() == []


@pytest.mark.parametrize("view", [terms, bare])
def test_the_guard_sees_a_page_that_no_content_has(
    view: Callable[..., HttpResponse], settings: Settings
) -> None:
    settings.ROOT_URLCONF = with_view(view)
    assert uncrawled() == ["nl-be/terms/"]


def test_the_guard_sees_a_page_that_is_no_public_page(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = with_view(bare)
    monkeypatch.setattr(memory._memory, "contents", live().plus([Terms("terms", 0)]))
    assert "/nl-be/terms/" in addresses(places(live())[0])
    assert uncrawled() == ["nl-be/terms/"]


def test_a_page_that_is_crawled_is_held_to_the_rules(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = with_view(terms)
    monkeypatch.setattr(memory._memory, "contents", live().plus([Terms("terms", 0)]))
    assert uncrawled() == []
    with pytest.raises(AssertionError, match="inline script"):
        check_html(client.get("/nl-be/terms/").content.decode(), "nl-BE")


def test_every_address_of_content_leads_to_a_public_page_and_its_own_to_its_view() -> None:
    assert len(live().items) > 40
    for place in places(live()):
        with within(place):
            for content in at(live(), place.country).items.values():
                for address in content.paths:
                    assert hasattr(resolve(f"{place.prefix}{address}").func, "view"), address
                assert resolve(f"{place.prefix}{content.path}").url_name == content.view


def test_no_page_is_an_island() -> None:
    for place in places(live()):
        linked = set()
        for address in addresses(place):
            links = {tag.get("href", "").partition("#")[0] for tag in parsed(address).all("a")}
            linked |= links - {address}
        # the first of its kind is linked at its shorter address
        here = at(live(), place.country)
        longer = {each.path for each in here.items.values() if here.address(each) != each.path}
        assert len(longer) == 2
        # the lines of its own country are at the short address
        own = f"/lines/{place.country.lower()}/"
        longer |= {path for path in here.paths if path.startswith(own)}
        assert (
            set(addresses(place)) - {f"{place.prefix}{path}" for path in longer} - linked == set()
        )


def test_a_page_leads_to_no_address_that_is_not_live_or_of_another_place() -> None:
    live_ones = {
        f"{place.prefix}{path}"
        for place in places(live())
        for path in at(live(), place.country).paths
    }
    homes = {f"{place.prefix}/" for place in places(live())}
    for place, address in everywhere():
        links = {tag.get("href", "").partition("#")[0] for tag in parsed(address).all("a")}
        ours = {link for link in links if link.startswith("/") and not link.startswith("/exit/")}
        assert ours <= live_ones, address
        path = address.removeprefix(place.prefix)
        same = {f"{other.prefix}{path}" for other in places(live())}
        assert {link for link in ours if not link.startswith(place.prefix)} <= same | homes, address


def test_the_help_on_every_page_is_the_page_the_editors_chose() -> None:
    for place, address in everywhere():
        here = at(live(), place.country)
        [help_page] = here.linked("help")
        links = [tag.get("href", "") for tag in parsed(address).all("a")]
        assert f"{place.prefix}{help_page.path}" in [*links, address]
        for page_ in here.linked("footer"):
            assert f"{place.prefix}{here.address(page_)}" in links

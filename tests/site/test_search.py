"""What search engines and shared links show: what people search for, and never the subject in a card."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from guidance.content import Country, Page
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import at, places
from tests.site.addresses import addresses, answered, everywhere, parsed
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

SPACES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def listed(client: Client) -> dict[str, dict[str, str]]:
    """Give each address of the sitemap with its alternates by language."""
    response = client.get("/sitemap.xml", headers={"host": "localhost"})
    assert response.status_code == 200
    assert not response.cookies
    root = ET.fromstring(response.content)  # noqa: S314  our own answer
    return {
        str(url.findtext("map:loc", namespaces=SPACES)): {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in url.findall("xhtml:link", SPACES)
        }
        for url in root.findall("map:url", SPACES)
    }


def searched(country: str) -> set[str]:
    """Give the paths of a country's places that people search for."""
    here = at(live(), country)
    paths = {page.path for page in here.all(Page) if not page.neutral}
    paths |= {each.path for each in here.all(Country)}
    return {"/", "/lines/", "/apps/", *paths}


def test_the_sitemap_lists_what_people_search_for_in_every_place(client: Client) -> None:
    found = listed(client)
    there = places(live())
    assert len(there) == 7
    for place in there:
        wanted = searched(place.country)
        assert len(wanted) > 10
        for path in wanted:
            alternates = {
                other.tag: f"http://localhost{other.prefix}{path}"
                for other in there
                if path in searched(other.country)
            }
            assert found.pop(f"http://localhost{place.prefix}{path}") == alternates
    assert found == {}


def test_the_sitemap_leaves_out_what_has_a_neutral_title(client: Client) -> None:
    found = listed(client)
    neutral = {"/check/", "/chat/", "/tell/", "/letters/", "/lines/1/", "/lines/be/1/"}
    for place in places(live()):
        here = at(live(), place.country)
        hidden = neutral | {
            path for page in here.all(Page) if page.neutral for path in (*page.paths, *page.moved)
        }
        assert neutral <= here.paths
        assert len(hidden) > 10
        assert found.keys().isdisjoint(f"http://localhost{place.prefix}{path}" for path in hidden)


def test_a_page_names_itself_in_every_place_that_has_it_and_a_first() -> None:
    for place, address in everywhere():
        path = address.removeprefix(place.prefix)
        links = [tag for tag in parsed(address).all("link") if tag.get("rel") == "alternate"]
        named = {tag["hreflang"]: tag["href"] for tag in links}
        assert len(named) == len(links)
        wanted = {
            other.tag: f"http://localhost{other.prefix}{path}"
            for other in places(live())
            if path in at(live(), other.country).paths
        }
        assert place.tag in wanted
        first = next(iter(wanted.values()))
        assert named == {**wanted, "x-default": first}


def test_every_address_of_the_sitemap_is_a_page(client: Client) -> None:
    for address in listed(client):
        assert answered(address.removeprefix("http://localhost"))


def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    text = client.get("/robots.txt", headers={"host": "localhost"}).content.decode()
    assert "Sitemap: http://localhost/sitemap.xml\n" in text
    assert "Disallow: /admin/\n" in text


def test_who_finds_a_fault_is_told_where_to_report_it(client: Client) -> None:
    response = client.get("/.well-known/security.txt", headers={"host": "localhost"})
    assert response["Content-Type"].startswith("text/plain")
    told = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert told["Contact"] == settings.SECURITY_CONTACT
    assert told["Canonical"] == f"{settings.ORIGIN}/.well-known/security.txt"
    left = datetime.fromisoformat(told["Expires"]) - timezone.now()
    assert timedelta(days=100) < left < timedelta(days=365)


def test_a_shared_link_shows_the_name_of_the_site_and_not_the_subject() -> None:
    for place in places(live()):
        cards = set()
        for address in addresses(place):
            metas = [tag for tag in parsed(address).all("meta") if "property" in tag]
            card = {tag["property"]: tag["content"] for tag in metas}
            assert card["og:title"] == settings.SITE_NAMES[place.language], address
            assert not [tag for tag in metas if "image" in tag["property"]]
            cards.add(tuple(sorted(card.items())))
        assert len(cards) == 1, "one card for every page"


@pytest.mark.parametrize(
    "path",
    ["", "grown-ups/", "mate/", "class/", "class/plan/", "tale/", "house/", "lines/", "apps/"],
)
def test_a_page_people_search_for_describes_itself(
    client: Client, language: str, path: str
) -> None:
    metas = Parsed(client.get(f"/{language}-be/{path}").content.decode()).all("meta")
    described = [tag["content"] for tag in metas if tag.get("name") == "description"]
    card = [tag["content"] for tag in metas if tag.get("property") == "og:description"]
    assert len(described) == 1
    assert described != card


@pytest.mark.parametrize(
    "path", ["quick/", "check/", "tell/", "letters/", "do/stop/", "lines/be/2/"]
)
def test_a_neutral_page_says_of_itself_no_more_than_its_card(
    client: Client, language: str, path: str
) -> None:
    page = Parsed(client.get(f"/{language}-be/{path}").content.decode())
    said = {
        tag.get("name", tag.get("property")): tag["content"]
        for tag in page.all("meta")
        if "content" in tag
    }
    assert said["description"] == said["og:description"]

"""What search engines and shared links show: what people search for, and never the subject in a card."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from guidance.content import Page
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from tests.site.addresses import paths
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


def test_the_sitemap_lists_what_people_search_for_in_three_languages(client: Client) -> None:
    found = listed(client)
    wanted = {"", "lines/", "apps/"} | {
        f"{page.code}/" for page in live().all(Page) if not page.neutral
    }
    for path in wanted:
        alternates = {language: f"http://localhost/{language}/{path}" for language in LANGUAGES}
        for address in alternates.values():
            assert found[address] == alternates


def test_the_sitemap_leaves_out_what_has_a_neutral_title(client: Client) -> None:
    found = listed(client)
    neutral = {"check/", "chat/", "tell/", "letters/", "lines/talk/", "lines/be/talk/"} | {
        f"{page.code}/" for page in live().all(Page) if page.neutral
    }
    assert neutral <= set(paths())
    assert len(neutral) > 10
    for path in neutral:
        assert f"http://localhost/nl/{path}" not in found


def test_every_address_of_the_sitemap_is_a_page(client: Client) -> None:
    for address in listed(client):
        path = address.removeprefix("http://localhost")
        assert client.get(path, headers={"host": "localhost"}).status_code == 200, path


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


def test_a_shared_link_shows_the_name_of_the_site_and_not_the_subject(
    client: Client, language: str
) -> None:
    cards = set()
    for path in paths():
        parsed = Parsed(client.get(f"/{language}/{path}").content.decode())
        card = {tag["property"]: tag["content"] for tag in parsed.all("meta") if "property" in tag}
        assert card["og:title"] == settings.SITE_NAMES[language], path
        assert not [tag for tag in parsed.all("meta") if "image" in tag.get("property", "")]
        cards.add(tuple(sorted(card.items())))
    assert len(cards) == 1, "one card for every page"


@pytest.mark.parametrize(
    "path",
    ["", "grown-ups/", "mate/", "class/", "class/plan/", "tale/", "house/", "lines/", "apps/"],
)
def test_a_page_people_search_for_describes_itself(
    client: Client, language: str, path: str
) -> None:
    metas = Parsed(client.get(f"/{language}/{path}").content.decode()).all("meta")
    described = [tag["content"] for tag in metas if tag.get("name") == "description"]
    card = [tag["content"] for tag in metas if tag.get("property") == "og:description"]
    assert len(described) == 1
    assert described != card


@pytest.mark.parametrize(
    "path", ["quick/", "check/", "tell/", "letters/", "do/stop/", "lines/be/suicide/"]
)
def test_a_neutral_page_says_of_itself_no_more_than_its_card(
    client: Client, language: str, path: str
) -> None:
    parsed = Parsed(client.get(f"/{language}/{path}").content.decode())
    said = {
        tag.get("name", tag.get("property")): tag["content"]
        for tag in parsed.all("meta")
        if "content" in tag
    }
    assert said["description"] == said["og:description"]

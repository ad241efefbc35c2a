"""A page for a place: what the device's clock offers, the way to another country, what stands first."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit

pytestmark = pytest.mark.browser

OFFER = "[data-here] b"


@pytest.mark.parametrize(
    ("zone", "offered"),
    [
        ("Europe/Brussels", ""),
        ("Europe/Amsterdam", "/nl-nl/do/stop/"),
        ("America/Kralendijk", "/nl-bq/do/stop/"),
        ("Asia/Tokyo", ""),
    ],
)
def test_a_device_set_to_another_country_is_offered_that_one(
    zone: str, offered: str, visit: Visit
) -> None:
    page = visit(timezone_id=zone)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/nl-be/do/stop/")
    page.wait_for_load_state("networkidle")
    offer = page.locator(OFFER).first
    expect(offer).to_be_visible() if offered else expect(offer).to_be_hidden()
    links = offer.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == ([offered] if offered else [])
    assert page.url.endswith("/nl-be/do/stop/")  # nobody is led there unasked
    assert not [url for url in asked if "/nl-nl/" in url or "/nl-bq/" in url]


@pytest.mark.parametrize("path", ["quick/", "do/stop/", "lines/"])
def test_a_page_read_after_its_hours_were_over_says_since_when(path: str, visit: Visit) -> None:
    page = visit(timezone_id="Europe/Amsterdam")
    page.goto(f"/nl-nl/{path}")
    expect(page.locator("[data-old]").first).to_be_hidden()
    times = page.locator("main time")
    ends = times.evaluate_all("all => all.map(one => Date.parse(one.dateTime))")
    page.clock.set_fixed_time((min(ends) + 24 * 3600 * 1000) / 1000)
    page.reload()
    line = page.locator("[data-old]").first
    expect(line).to_be_visible()
    told = page.evaluate("end => new Date(end).toLocaleString('nl-NL')", min(ends))
    expect(line).to_have_text(
        f"Deze pagina kan oud zijn. Wie open is, kan veranderd zijn sinds: {told}"
    )


def test_without_script_the_ways_to_other_countries_are_links(visit: Visit) -> None:
    page = visit(script=False)
    page.goto("/fr-be/do/stop/")
    expect(page.locator(OFFER).first).to_be_hidden()
    page.locator("[data-here] a").first.click()
    assert page.url.endswith("/fr-nl/do/stop/")
    expect(page.locator("html")).to_have_attribute("lang", "fr-NL")
    page.locator(".langs a").first.click()
    assert page.url.endswith("/nl-nl/do/stop/")


@pytest.mark.parametrize("place", ["nl-be", "fr-be", "en-be", "nl-nl", "fr-nl", "nl-bq", "en-bq"])
def test_the_first_screen_has_a_human_two_numbers_and_the_emergency_number(
    place: str, visit: Visit
) -> None:
    page = visit(**PHONE)
    page.goto(f"/{place}/quick/")
    dock = page.locator(".dock").bounding_box()
    assert dock
    emergency = "tel:911" if place.endswith("bq") else "tel:112"
    dying = page.locator(".dying a")
    hrefs = dying.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs[-1] == emergency
    assert len(set(hrefs)) == 3
    for link in [page.locator("a.call"), *dying.all()]:
        box = link.bounding_box()
        assert box
        assert box["y"] + box["height"] <= dock["y"]

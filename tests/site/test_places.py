"""Places: what an address names, where it leads when that is not there, and what a page says in each."""

from typing import Any

import msgspec
import pytest
from django.test import Client

from guidance.content import Country
from guidance.content import Page as LivePage
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import Place, places
from tests.publishing.builders import make_page, put_live, same, texts
from tests.site.addresses import addresses
from tests.site.html import Parsed
from tests.site.test_no_trace import check_headers

pytestmark = pytest.mark.django_db


def asked(address: str, accepted: str = "") -> Any:
    """Ask as a browser does that has a cookie of somebody's, and see that it stays out of the answer."""
    client = Client(headers={"host": "localhost", "accept-language": accepted, "cookie": "a=b"})
    response = client.get(address)
    check_headers(response)
    return response


def closed(country: str, *languages: str) -> Contents:
    """Give what is live with other languages in a country, or without addresses of its own there."""
    now = live().get(Country, country)
    assert now
    changed = msgspec.structs.replace(now, languages=languages, is_edition=bool(languages))
    return live().plus([changed])


def test_the_places_are_those_of_the_countries_the_first_one_first() -> None:
    assert [place.tag for place in places(live())] == [
        "nl-BE", "fr-BE", "en-BE", "nl-NL", "fr-NL", "nl-BQ", "en-BQ",
    ]  # fmt: skip


LED = {
    # from before there were places
    "/nl/": "/nl-be/",
    "/fr/quick/": "/fr-be/quick/",
    "/en/lines/be/talk/": "/en-be/lines/be/talk/",
    # typed
    "/NL-BE/": "/nl-be/",
    "/nl_BE/quick/": "/nl-be/quick/",
    "/FR-nl/lines/": "/fr-nl/lines/",
    "/NL/": "/nl-be/",
    # a country without addresses of its own: its lines
    "/nl-ie/": "/nl-be/lines/ie/",
    "/fr-lu/quick/": "/fr-be/lines/lu/",
    "/en-US/": "/en-be/lines/us/",
}
NOWHERE = [
    "/nl-xx/", "/xx-be/", "/de-be/", "/de-fr/", "/xx/", "/de/", "/nl-be-x/", "/nlbe/", "/nl-b/", "/-/",
    "/nl-be/../", "/nl-be/%2e%2e/", "/nl-be//", "/nl-be/./quick/", "/nl/a%0D%0ASet-Cookie:a=b/", "/nl-be/QUICK/", "/n\u0142-be/",
    "/nl-be\0/", "/nl-" + "b" * 3000 + "/", "/be-nl/", "/lines/", "/quick/", "/nl-be/nl-be/",
    # what would lead there, if it were there
    "/nl/no-such-page/", "/nl//evil.example/", "/nl/nope", "/nl/quick/index.html", "/en/wp-login.php",
    "/NL/QUICK/", "/fr-bq/nope/", "/nl-BE/nope/", "/de/quick", "/static/nope.css", "/nl-be/nope",
    "/nl-be/quick/%3Fx", "/nl/quick/%3Fx/", "/nl-zz/quick/",
]  # fmt: skip


@pytest.mark.parametrize("address", LED)
def test_an_address_of_no_place_leads_to_where_its_help_is(address: str) -> None:
    response = asked(address)
    assert (response.status_code, response["Location"]) == (302, LED[address])


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_names_nothing_says_so(address: str) -> None:
    assert asked(address).status_code == 404


@pytest.mark.parametrize("address", ["/nope", "/nope/", "/nl/nope", "/nl/nope/", "/nl-BE/nope/"])
def test_what_is_sent_to_such_an_address_is_not_led_on_either(client: Client, address: str) -> None:
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(("address", "led"), [("/nl-be", "/nl-be/"), ("/nl", "/nl/"), ("/fr-nl/quick", "/fr-nl/quick/")])  # fmt: skip
def test_a_missing_slash_is_added(address: str, led: str) -> None:
    response = asked(address)
    assert (response.status_code, response["Location"]) == (301, led)


@pytest.mark.parametrize(
    ("languages", "led"),
    [
        ((), {"/nl-bq/": "/nl-be/lines/bq/", "/en-bq/quick/": "/en-be/lines/bq/"}),
        (("nl",), {"/en-bq/": "/nl-bq/", "/en-bq/quick/": "/nl-bq/quick/"}),
    ],
)
def test_a_place_that_was_there_and_is_not_any_more_leads_to_what_is(
    languages: tuple[str, ...], led: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in led:
        assert asked(address).status_code == 200
    monkeypatch.setattr(memory._memory, "contents", closed("BQ", *languages))
    for address, to in led.items():
        response = asked(address)
        assert (response.status_code, response["Location"]) == (302, to)
        assert asked(to).status_code == 200
        assert asked(to.replace("/nl-", "/fr-").replace("-bq", "-be")).status_code == 200


LIKED = {
    "nl-NL": "/nl-nl/", "nl-NL,nl;q=0.9,en;q=0.8": "/nl-nl/", "nl-BE": "/nl-be/", "nl": "/nl-be/",
    "NL-nl": "/nl-nl/", "nl-XX": "/nl-be/", "nl-BQ, nl;q=0.5": "/nl-bq/", "fr": "/fr-be/",
    "fr-CA, en;q=0.5": "/fr-be/", "fr-NL": "/fr-nl/", "en-GB": "/en-be/", "de, fr;q=0.4": "/fr-be/",
    # what nobody here speaks: English
    "de": "/en-be/", "de-BE": "/en-be/", "*": "/en-be/", "": "/en-be/", "xx": "/en-be/", ";": "/en-be/",
    # what a browser refuses is not spoken to it
    "fr;q=0": "/en-be/", "nl-NL;q=0, fr;q=0.1": "/fr-be/", "nl;q=0.1, nl-NL;q=0.9": "/nl-nl/",
    # no browser sends so much
    "x" * 8000: "/en-be/", "nl-NL," + "x" * 8000: "/nl-nl/", "fr;q=1," * 1200: "/fr-be/",
    "a," * 4000 + "fr": "/en-be/",
}  # fmt: skip


@pytest.mark.parametrize("accepted", LIKED, ids=lambda accepted: accepted[:30] or "nothing")
def test_the_root_leads_to_the_place_that_the_browser_likes_best(accepted: str) -> None:
    response = asked("/", accepted)
    assert (response.status_code, response["Location"]) == (302, LIKED[accepted])
    assert response["Vary"] == "Accept-Language"


def test_what_a_browser_likes_changes_nothing_where_the_address_names_a_place() -> None:
    for address in ("/nl-nl/", "/nl-nl/quick/"):
        pages = {asked(address, accepted).content for accepted in ("", "fr-BE", "en-NL;q=0.1")}
        assert len(pages) == 1
        assert "Accept-Language" not in asked(address).get("Vary", "")


def test_without_a_first_country_in_english_the_first_place_is_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contents = closed("BE", "nl", "fr")
    for other in ("NL", "BQ"):
        monkeypatch.setattr(memory._memory, "contents", contents)
        contents = closed(other)
    monkeypatch.setattr(memory._memory, "contents", contents)
    assert [place.tag for place in places(live())] == ["nl-BE", "fr-BE"]
    assert asked("/", "de")["Location"] == "/nl-be/"
    assert asked("/en/")["Location"] == "/nl-be/"


# --- what a page says in a place


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_neutral_page_is_at_an_address_that_says_nothing_and_its_path_leads_there(
    client: Client,
) -> None:
    hidden = make_page("steps/worst", neutral=True, address="steps/7", **texts(title="Seven"))
    put_live(hidden, make_page("pointer", body="[go](/steps/worst/#now)"))
    for place in places(live()):
        assert f"{place.prefix}/steps/7/" in addresses(place)
        assert f"{place.prefix}/steps/worst/" not in addresses(place)
        response = client.get(f"{place.prefix}/steps/worst/")
        assert (response.status_code, response["Location"]) == (302, f"{place.prefix}/steps/7/")
        check_headers(response)
        assert "steps/worst" not in body(client, f"{place.prefix}/steps/7/")
        pointer = body(client, f"{place.prefix}/pointer/")
        assert f'href="{place.prefix}/steps/7/#now"' in pointer
        assert "steps/worst" not in pointer
    led = client.get("/fr/steps/worst/", follow=True)
    assert [address for address, _ in led.redirect_chain] == [
        "/fr-be/steps/worst/", "/fr-be/steps/7/",
    ]  # fmt: skip
    assert "steps/worst" not in client.get("/sitemap.xml").content.decode()


def test_a_page_for_one_country_is_nowhere_else(client: Client) -> None:
    put_live(make_page("ours", countries=["NL"]))
    for place in places(live()):
        status = 200 if place.country == "NL" else 404
        assert client.get(f"{place.prefix}/ours/").status_code == status
    parsed = Parsed(body(client, "/nl-nl/ours/"))
    links = {link["href"] for link in parsed.all("a")}
    assert {"/fr-nl/ours/", "/nl-be/", "/nl-bq/"} <= links
    tags = {link.get("hreflang") for link in parsed.all("link")} - {None}
    assert tags == {"nl-NL", "fr-NL", "x-default"}


WORDS = """Call {emergency} {in_country}. This is {country}, says {organisation}.

::: BE NL
For the two.
:::

::: BQ
For the *islands*, [here](/apps/).
:::

For all."""


def test_a_page_says_what_its_country_has(client: Client) -> None:
    page = make_page("words", body=WORDS, **same(title="Call {emergency}"))
    page.steps.create(code="a", **same(title="For BQ", body="One"), countries=["BQ"])
    page.steps.create(code="b", **same(title="For BE", body="Two"), countries=["BE"])
    put_live(page)
    said = {
        "en-BE": ("tel:112", "in Belgium", "Belgium", "For the two.", "For BE", "For BQ"),
        "fr-NL": ("tel:112", "aux Pays-Bas", "Pays-Bas", "For the two.", "", "For BE"),
        "nl-BQ": ("tel:911", "op Bonaire", "Bonaire, Sint", "/nl-bq/apps/", "For BQ", "For BE"),
    }
    for tag, (number, within, name, part, step, not_said) in said.items():
        place = Place(tag[:2], tag[3:])
        page_ = body(client, f"{place.prefix}/words/")
        main = page_[page_.index("<main") : page_.index("</main>")]
        digits = number.removeprefix("tel:")
        assert f'Call <a href="{number}">{digits}</a> {within}' in main
        assert f"This is {name}" in main
        assert f"Call {digits}</h1>" in main
        assert f"<title>Call {digits}" in page_
        for words in (part, step, "For all.", "says Baken."):
            assert words in main
        assert not_said not in main
        assert ("For the two." in main) is (place.country != "BQ")
        assert "{" not in main
        assert "data-for" not in main
        assert ":::" not in main


def test_the_same_content_is_kept_once_for_every_place() -> None:
    from sextortion_help.publishing.places import at

    one, other = at(live(), "BE"), at(live(), "NL")
    assert at(live(), "BE") is one
    alike = [page for page in one.all(LivePage) if page is other.get(LivePage, page.code)]
    assert alike, "what says nothing of a country is not copied"

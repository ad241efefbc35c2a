"""Every page in every place: its numbers are of its country, and somebody there can be reached."""

import re

import pytest

from guidance.content import Country, Service
from guidance.help import country_of
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import Place, at, places
from tests.site.addresses import answered

pytestmark = pytest.mark.django_db
_NUMBERS = re.compile(r'href="((?:tel|sms):[^"]+)"')
# where the reader chose to look at another country
_COMPARES = re.compile(r"^/lines/[a-z]{2}/")


def each_place() -> list[Place]:
    return list(places(live()))


def numbers_of(country: str) -> set[str]:
    """Give every number that belongs to a country: its services' and the emergency number."""
    contents = live()
    own = {
        channel.href
        for service in contents.all(Service)
        if service.country == country
        for channel in service.channels
    }
    return own | {country_of(contents, country).emergency_call}


def test_there_are_nine_places() -> None:
    assert [place.prefix for place in each_place()] == [
        "/nl-be", "/fr-be", "/en-be", "/nl-nl", "/en-nl", "/fr-nl", "/nl-bq", "/en-bq", "/fr-bq",
    ]  # fmt: skip
    assert {country.code for country in live().all(Country) if country.is_edition} == {
        "BE",
        "NL",
        "BQ",
    }


@pytest.mark.parametrize("country", ["BE", "NL", "BQ"])
def test_every_number_on_a_page_is_of_its_country(country: str) -> None:
    own, wrong, without = numbers_of(country), [], []
    for place in each_place():
        if place.country != country:
            continue
        for path in sorted(at(live(), country).paths):
            html = answered(f"{place.prefix}{path}").content.decode()
            found = set(_NUMBERS.findall(html))
            if not _COMPARES.match(path):
                wrong += [f"{place.prefix}{path}: {number}" for number in found - own]
            # the dock leads to the first minute, which has a number at every hour
            if not found & own and f'href="{place.prefix}/first/"' not in html:
                without.append(f"{place.prefix}{path}")
    assert wrong == []
    assert without == []

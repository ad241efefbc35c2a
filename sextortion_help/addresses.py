"""Every address at which visitors get an answer that depends on nothing but that address."""

from functools import lru_cache
from typing import Final

from sextortion_help.places import place_of
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.places import at, first_place, places

FOR_MACHINES: Final = ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt")


def addresses(contents: Contents) -> list[str]:
    """Give each in full, "/nl-be/steps/7/", those of pages first."""
    pages = [
        f"{place.prefix}{path}"
        for place in places(contents)
        for path in at(contents, place.country).paths
    ]
    return [*sorted(pages), *FOR_MACHINES]


@lru_cache(maxsize=2)
def moved(contents: Contents) -> dict[str, str]:
    """Give what printed and kept addresses lead to: of pages that moved, and of before there were places.

    All that a visitor may still have; what else may be typed leads on too: see places.instead_of().
    """
    on: dict[str, str] = {}
    for place in places(contents):
        here = at(contents, place.country)
        old = {was: now for item in here.items.values() for was, now in item.moved.items()}
        on |= {place.prefix + was: place.prefix + now for was, now in old.items()}
        if place == first_place(contents, place.language):
            every = {**{path: path for path in here.paths}, **old}
            on |= {f"/{place.language}{was}": place.prefix + now for was, now in every.items()}
    return on


def is_address(path: str, contents: Contents) -> bool:
    """Tell whether it is one of these, without reckoning them all."""
    place = place_of(contents, path)
    if place is None:
        return path in FOR_MACHINES
    return path.removeprefix(place.prefix) in at(contents, place.country).paths


def leads_on(path: str, contents: Contents) -> bool:
    """Tell whether an address that is none of them leads to one: of a page that moved, or without its slash."""
    place = place_of(contents, path)
    if place is None:
        return False
    here, rest = at(contents, place.country), path.removeprefix(place.prefix)
    return here.answers(rest) or here.answers(f"{rest}/")

"""Frozen services and countries for the pure functions; drafts are built by tests/publishing/builders.py."""

from typing import Any

from guidance.choices import Way
from guidance.content import Channel, Country, Gap, Service
from sextortion_help.publishing.content import Contents, Text

ADDRESSES = {
    Way.CALL: "0123",
    Way.TEXT: "0450",
    Way.CHAT: "https://a.example/chat",
    Way.MAIL: "a@b.example",
    Way.FORM: "https://a.example/form",
    Way.APP: "https://a.example/app",
}


def same(words: str) -> Text:
    """Give the same words in each language."""
    return Text(nl=words, fr=words, en=words)


def channel(
    kind: str = Way.CALL, hours: str = "", address: str = "", languages: tuple[str, ...] = ()
) -> Channel:
    """Give a channel of a kind, at an address that it could have; hours unknown."""
    return Channel(kind, kind, address or ADDRESSES[Way(kind)], hours, languages, Text())


def service(
    code: str = "line",
    *channels: Channel,
    kind: str = Way.CALL,
    hours: str = "",
    reached: bool = True,
    **fields: Any,
) -> Service:
    """Give a Belgian line to talk to that speaks three languages.

    Without `channels` it has one, of a `kind` and with `hours`; or none, if it is not `reached`.
    """
    given: dict[str, Any] = {
        "order": 0, "country": "BE", "regions": Text(), "purposes": ("talk",), "audience": "everyone",
        "name": same(code), "about": same(code), "cost": Text(), "url": "",
        "languages": ("nl", "fr", "en"), "age_min": None, "age_max": None, "key": False,
        "verified_on": None,
        "channels": channels or ((channel(kind, hours),) if reached else ()),
    }  # fmt: skip
    return Service(code=code, **{**given, **fields})


def country(code: str = "BE", **fields: Any) -> Country:
    """Give a country on the clock of Brussels with the emergency number 112: Belgium is an edition."""
    given: dict[str, Any] = {
        "order": 0, "name": same(f"<{code}>"), "within": same(f"in <{code}>"), "emergency": "112",
        "emergency_silent": Text(), "zone": "Europe/Brussels", "holidays": "BE",
        "languages": ("nl", "fr", "en"), "is_edition": code == "BE", "gaps": (),
    }  # fmt: skip
    return Country(code=code, **{**given, **fields})


def gap(need: str, words: str = "Nobody.") -> Gap:
    """Give a need nobody serves with its sentence."""
    return Gap(need, same(words))


def having(*contents: Service | Country) -> Contents:
    """Give content with Belgium in it, as the places of Belgium show it."""
    items = Contents(1).plus([country(), *contents]).items
    return Contents(1, items, "BE")

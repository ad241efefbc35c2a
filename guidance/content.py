"""Guidance as visitors read it: pages with their steps, and the services that can help."""

import re
from datetime import date
from html import escape
from typing import ClassVar, Final

import msgspec

from guidance.choices import NEEDS, Way
from guidance.hours.clocks import Clock
from sextortion_help.publishing.content import LANGUAGES, Content, Html, Linked, Text

# What a visitor can fill in, in a letter; {address} is a web address, never a place.
BLANKS: Final = ("address", "account", "date", "amount", "reference", "name")

# How the path of a page begins that says another one in easy words: "easy/steps/dying".
EASY: Final = "easy/"

# A need in an address: the history of a browser keeps it, so it says nothing.
NUMBERS: Final = {str(need): f"{number}/" for number, need in enumerate(NEEDS, 1)}
# The kinds of channels on which a person answers at once.
AT_ONCE: Final = (Way.CALL, Way.TEXT, Way.CHAT)


class Step(msgspec.Struct, frozen=True):
    """One thing to do, or one thing to know, on a page."""

    code: str
    title: Text
    body: Html
    countries: tuple[str, ...] = ()
    picture: str = ""  # younger than the others: versions from before have none


class Page(Linked, frozen=True, kw_only=True):
    """A page of guidance. Its code is its path under the language: "steps/paid"."""

    view: ClassVar[str] = "page"

    audience: str
    neutral: bool
    layout: str
    title: Text
    summary: Text
    body: Html
    after: Html
    steps: tuple[Step, ...]
    purposes: tuple[str, ...]
    address: str = ""
    countries: tuple[str, ...] = ()
    references: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        return (f"/{self.address or self.code}/",)

    @property
    def cited(self) -> list[tuple[str, str]]:
        """Who says so, for visitors: each name, and the address to read it at, or ""."""
        lines = (line.partition("https://") for line in self.references.splitlines())
        return [(name.strip(), start + rest) for name, start, rest in lines if name.strip()]

    @property
    def moved(self) -> dict[str, str]:
        return {f"/{self.code}/": self.path} if self.address not in ("", self.code) else {}

    @property
    def twin(self) -> str:
        """The code of the same page in easy words, or of the one that it says in easy words."""
        return self.code.removeprefix(EASY) if self.is_easy else f"{EASY}{self.code}"

    @property
    def is_easy(self) -> bool:
        """It says another page in easy words: its path begins so."""
        return self.code.startswith(EASY)


class Gap(msgspec.Struct, frozen=True):
    """A need for which a country has nobody, or not always, and what its visitors are told."""

    need: str
    text: Text


class Country(Content, frozen=True, kw_only=True):
    """A country: its numbers and its clock. An edition has addresses of its own, one a language."""

    view: ClassVar[str] = "lines"

    name: Text
    within: Text
    emergency: str
    emergency_silent: Text
    zone: str
    holidays: str
    languages: tuple[str, ...]
    is_edition: bool
    gaps: tuple[Gap, ...]

    @property
    def clock(self) -> Clock:
        return Clock(self.zone, self.holidays)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(f"{here}{rest}" for here in self._here for rest in ("", *NUMBERS.values()))

    @property
    def moved(self) -> dict[str, str]:
        return {
            f"{here}{need}/": f"{here}{number}"
            for here in self._here
            for need, number in NUMBERS.items()
        }

    @property
    def _here(self) -> tuple[str, ...]:
        """Where its lines stand: under its code, and without it for its own readers."""
        own = f"/lines/{self.code.lower()}/"
        return (own, "/lines/") if self.is_edition else (own,)

    @property
    def opens(self) -> tuple[str, ...]:
        return self.languages if self.is_edition else ()

    @property
    def words(self) -> dict[str, Text]:
        link = f'<a href="{self.emergency_call}">{escape(self.emergency)}</a>'
        emergency = Html(**dict.fromkeys(LANGUAGES, link if self.emergency else ""))
        return {"emergency": emergency, "country": self.name, "in_country": self.within}

    @property
    def emergency_call(self) -> str:
        """The address that dials the emergency number: "tel:112"."""
        return _dial(self.emergency)

    def gap(self, need: str) -> Gap | None:
        """Give what visitors are told about a need for which there is nobody, or not always."""
        return next((gap for gap in self.gaps if gap.need == need), None)


class Channel(msgspec.Struct, frozen=True):
    """One way to reach a service, with hours of its own. `languages`: () for those of the service."""

    code: str
    kind: str
    address: str
    hours: str
    languages: tuple[str, ...]
    note: Text

    @property
    def href(self) -> str:
        """The address of the link: "tel:116000", "sms:…", "mailto:…" or that of a website."""
        if self.kind == Way.CALL:
            return _dial(self.address)
        if self.kind == Way.TEXT:
            return "sms:" + re.sub(r"[^\d+]", "", self.address)
        return f"mailto:{self.address}" if self.kind == Way.MAIL else self.address

    @property
    def shown(self) -> str:
        """The number as it is read, which no line break tears apart; any other address as it is."""
        return "\N{NO-BREAK SPACE}".join(self.address.split())


class Service(Content, frozen=True):
    """A helpline, police line, hotline or removal service. It is met on the page of its country."""

    view: ClassVar[str] = "lines"

    country: str
    regions: Text
    purposes: tuple[str, ...]
    audience: str
    name: Text
    about: Text
    cost: Text
    channels: tuple[Channel, ...]
    url: str
    languages: tuple[str, ...]
    age_min: int | None
    age_max: int | None
    key: bool
    verified_on: date | None

    @property
    def paths(self) -> tuple[str, ...]:
        return (f"/lines/{self.country.lower()}/",)

    @property
    def for_adults(self) -> bool:
        """It is not for minors, whatever its audience is called."""
        return self.audience in ("adults", "parents") or (self.age_min or 0) >= 18

    @property
    def can_be_reached(self) -> bool:
        """A person can be called, or written with at once."""
        return any(channel.kind in AT_ONCE for channel in self.channels)

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every language that is spoken on one of its channels; () when nobody told us."""
        own = [code for channel in self.channels for code in channel.languages or self.languages]
        return tuple(dict.fromkeys(own or self.languages))


def _dial(number: str) -> str:
    return "tel:" + re.sub(r"[^\d+]", "", number)


class App(Content, frozen=True):
    """An app or platform: how to report there, how to block, what that does to the proof."""

    view: ClassVar[str] = "apps"

    name: str
    report_url: str
    report: Text
    block: Text
    evidence: Text
    usual: bool
    verified_on: date | None

    @property
    def paths(self) -> tuple[str, ...]:
        return ("/apps/",)


class Letter(Content, frozen=True):
    """A letter that asks for removal, in three languages whatever the page's."""

    view: ClassVar[str] = "letter"

    recipient: Text
    help: Text
    subject: Text
    body: Text

    @property
    def paths(self) -> tuple[str, ...]:
        return (f"/letters/{self.code}/", "/letters/")


class Message(Content, frozen=True):
    """Words to tell somebody."""

    view: ClassVar[str] = "tell"

    who: str
    how: str
    amount: str
    text: Text

    @property
    def paths(self) -> tuple[str, ...]:
        return ("/tell/",)

    @property
    def choices(self) -> dict[str, str]:
        return {"who": self.who, "how": self.how, "amount": self.amount}


class Detail(Content, frozen=True):
    """A sentence that says what has happened, to add to any words to tell somebody."""

    view: ClassVar[str] = "tell"

    text: Text

    @property
    def paths(self) -> tuple[str, ...]:
        return ("/tell/",)

"""Guidance as visitors read it: pages with their steps, and the services that can help."""

import re
from datetime import date
from typing import ClassVar, Final

import msgspec

from guidance.choices import FIRST_COUNTRIES, NEEDS
from sextortion_help.publishing.content import Content, Html, Linked, Text

# What a visitor can fill in, in a letter; {address} is a web address, never a place.
BLANKS: Final = ("address", "account", "date", "amount", "reference", "name")


class Step(msgspec.Struct, frozen=True):
    """One thing to do, or one thing to know, on a page."""

    code: str
    title: Text
    body: Html


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

    @property
    def paths(self) -> tuple[str, ...]:
        return (f"/{self.code}/",)


class Service(Content, frozen=True):
    """A helpline, police line, hotline or removal service."""

    view: ClassVar[str] = "lines"

    country: str
    purposes: tuple[str, ...]
    audience: str
    name: Text
    about: Text
    cost: Text
    phone: str
    sms: bool
    email: str
    chat: str
    url: str
    languages: tuple[str, ...]
    hours: str
    always_web: bool
    age_min: int | None
    age_max: int | None
    verified_on: date | None

    @property
    def paths(self) -> tuple[str, ...]:
        here = f"/lines/{self.country.lower()}/"
        needs = [need for need in NEEDS if need in self.purposes]
        paths = (here, *(f"{here}{need}/" for need in needs))
        if self.country not in FIRST_COUNTRIES:
            return paths
        return (*paths, "/lines/", *(f"/lines/{need}/" for need in needs))

    @property
    def call(self) -> str:
        """The address that starts a call or a text message: "tel:116000"."""
        return ("sms:" if self.sms else "tel:") + re.sub(r"[^\d+]", "", self.phone)

    @property
    def for_adults(self) -> bool:
        """Nobody under 18 may use it, whatever its audience is called."""
        return self.audience == "adults" or (self.age_min or 0) >= 18

    @property
    def shown_phone(self) -> str:
        """The number as it is read, which no line break tears apart."""
        return "\N{NO-BREAK SPACE}".join(self.phone.split())

    @property
    def can_be_reached(self) -> bool:
        """A person can be called, or written with in a chat."""
        return bool(self.phone or self.chat)


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

"""Guidance as visitors read it: pages with their steps, and the services that can help."""

import re
from datetime import date
from typing import Final

import msgspec

from sextortion_help.publishing.content import Content, Html, Text

# What a visitor can fill in, in a letter; {address} is a web address, never a place.
BLANKS: Final = ("address", "account", "date", "amount", "reference", "name")


class Step(msgspec.Struct, frozen=True):
    """One thing to do, or one thing to know, on a page."""

    code: str
    title: Text
    body: Html


class Page(Content, frozen=True):
    """A page of guidance. Its code is its path under the language: "steps/paid"."""

    audience: str
    age_band: str
    neutral: bool
    layout: str
    title: Text
    summary: Text
    body: Html
    after: Html
    steps: tuple[Step, ...]
    purposes: tuple[str, ...]
    sources: tuple[str, ...]


class Service(Content, frozen=True):
    """A helpline, police line, hotline or removal service."""

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
    source: str
    confidence: str
    verified_on: date | None
    review_by: date

    @property
    def call(self) -> str:
        """The address that starts a call or a text message: "tel:116000"."""
        return ("sms:" if self.sms else "tel:") + re.sub(r"[^\d+]", "", self.phone)


class App(Content, frozen=True):
    """An app or platform: how to report there, how to block, what that does to the proof."""

    name: str
    report_url: str
    report: Text
    block: Text
    evidence: Text
    usual: bool
    source: str
    verified_on: date | None


class Letter(Content, frozen=True):
    """A letter that asks for removal, in three languages whatever the page's."""

    recipient: Text
    help: Text
    subject: Text
    body: Text


class Message(Content, frozen=True):
    """Words to tell somebody."""

    who: str
    how: str
    amount: str
    text: Text

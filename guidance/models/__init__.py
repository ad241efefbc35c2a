"""Drafts of the guidance. Staff edit them in the admin."""

from guidance.models.countries import Country, Gap
from guidance.models.pages import Page, Step
from guidance.models.services import App, Channel, Service
from guidance.models.words import Detail, Letter, Message

__all__ = [
    "App",
    "Channel",
    "Country",
    "Detail",
    "Gap",
    "Letter",
    "Message",
    "Page",
    "Service",
    "Step",
]

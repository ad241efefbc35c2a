"""Drafts of the guidance. Staff edit them in the admin."""

from guidance.models.pages import Page, Step
from guidance.models.services import App, Service
from guidance.models.words import Letter, Message

__all__ = ["App", "Letter", "Message", "Page", "Service", "Step"]

"""Frozen services for the pure functions; drafts are built by tests/publishing/builders.py."""

from typing import Any

from guidance.content import Service
from sextortion_help.publishing.content import Text


def service(code: str = "line", **fields: Any) -> Service:
    """Give a Belgian line that can be called and speaks three languages; hours unknown."""
    words = Text(nl=code, fr=code, en=code)
    given: dict[str, Any] = {
        "order": 0, "country": "BE", "purposes": ("talk",), "audience": "everyone",
        "name": words, "about": words, "cost": Text(), "phone": "0123", "sms": False, "email": "",
        "chat": "", "url": "", "languages": ("nl", "fr", "en"), "hours": "", "always_web": False,
        "age_min": None, "age_max": None, "verified_on": None,
    }  # fmt: skip
    return Service(code=code, **{**given, **fields})

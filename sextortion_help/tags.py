"""What templates may use besides Django's own tags."""

import base64
import hashlib
from functools import cache
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from sextortion_help.manual.chapters import about
from sextortion_help.publishing.content import Content
from sextortion_help.publishing.live import unreadable

register = template.Library()


@register.simple_tag
@cache
def integrity(name: str) -> str:
    """Give the digest by which a browser sees that a script is the one we wrote: "sha256-…".

    `name` is that of a static file. Read once, and from where it is served: a digest of another copy
    would make browsers refuse the file. Raises an error when there is none.
    """
    stored = getattr(staticfiles_storage, "stored_name", str)(name)
    with staticfiles_storage.open(stored) as file:
        return "sha256-" + base64.b64encode(hashlib.sha256(file.read()).digest()).decode()


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], content: Content) -> str:
    """Give the address of a content in the page's place: "/nl-be/steps/7/"."""
    return f"{context['place'].prefix}{context['contents'].address(content)}"


@register.simple_tag(takes_context=True)
def help_address(context: dict[str, Any]) -> str:
    """Give the address that “Help now” leads to: the page that editors chose, else all lines."""
    page = context["help_page"]
    return address(context, page) if page else reverse("lines")


@register.simple_tag
def unreadable_versions() -> list[str]:
    """Name the versions that this program cannot read, for every page of the staff area."""
    return unreadable()


@register.simple_tag(takes_context=True)
def manual_address(context: dict[str, Any]) -> str:
    """Give the address of the chapter of the manual about this screen of the desk."""
    match = getattr(context["request"], "resolver_match", None)
    return reverse("manual", args=[about(match.url_name or "" if match else "")])

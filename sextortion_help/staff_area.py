"""What tells the desk, the staff area, from the pages for visitors: its addresses, and its language."""

from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import translation

LANGUAGE: Final = "language"  # in the session of a member who chose one


def is_desk(request: HttpRequest) -> bool:
    """Tell whether an address belongs to the staff area, on this process and this host."""
    if settings.ROLE == "public" or not request.path_info.startswith("/admin/"):
        return False
    host, _ = split_domain_port(request.META.get("HTTP_HOST", ""))
    return settings.STAFF_HOST in ("", host)


def language_of(request: HttpRequest) -> str:
    """Give the language a member chose, or that of the browser while nobody is logged in."""
    try:
        chosen = request.session.get(LANGUAGE, "")
    except DatabaseError:  # the page that says so is in the language of the browser
        chosen = ""
    known = chosen in dict(settings.LANGUAGES)
    return chosen if known else translation.get_language_from_request(request)

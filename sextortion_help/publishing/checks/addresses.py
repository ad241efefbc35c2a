"""Does the address of a content show this content?"""

from collections.abc import Iterator

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from sextortion_help.publishing.content import OPEN_LANGUAGES, Content
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.places import Place, within
from sextortion_help.publishing.problems import Problem


def address_problems(draft: Publishable, content: Content) -> Iterator[Problem]:
    """Refuse an address that another page of the site answers, or that no page can have.

    So too one that leads on: it would lead away from that other page, or never be reached.
    """
    for path in (content.path, *content.moved):
        if answers(path) != content.view:
            text = gettext("%(draft)s: the address %(path)s belongs to another page of this site.")
            yield Problem(text % {"draft": draft, "path": path}, draft.edit_url("code"))


def answers(path: str) -> str:
    """Name the view that answers an address without language, "/steps/paid/"; "" when none does."""
    place = Place(OPEN_LANGUAGES[0], settings.FIRST_COUNTRY)
    try:
        with within(place):  # only the prefix of the place that is active resolves
            match = resolve(f"{place.prefix}{path}")
            return match.url_name or "" if hasattr(match.func, "view") else ""
    except Resolver404:
        return ""

"""What every template may use besides its own context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from sextortion_help.publishing.content import OPEN_LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Entry


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name and the way out in the active language, and this page in the others.

    `languages` holds (code, address) for each language: the same path with another prefix. A page
    without a language prefix, such as a wrong address, leads to the homes. `origin` is what search
    engines want before such an address, `host` what a person reads there. `help_page` and `foot` are
    what every page links to.
    """
    language = get_language() or settings.LANGUAGE_CODE
    prefix, _, path = request.path_info.removeprefix("/").partition("/")
    if prefix not in OPEN_LANGUAGES:
        path = ""
    contents = getattr(request, "contents", None) or live()
    return {
        "site_name": settings.SITE_NAMES.get(language, settings.SITE_NAMES[settings.LANGUAGE_CODE]),
        "exit_target": settings.EXIT_TARGETS.get(language),
        "exit_spare": settings.EXIT_SPARE,
        "language": language,
        "languages": getattr(request, "languages", None)
        or [(code, f"/{code}/{path}") for code in OPEN_LANGUAGES],
        "origin": settings.ORIGIN,
        "host": settings.ORIGIN.partition("://")[2],
        "contents": contents,
        "help_page": next(iter(contents.linked(Entry.HELP)), None),
        "foot": contents.linked(Entry.FOOTER),
    }

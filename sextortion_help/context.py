"""What every template may use besides its own context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from guidance.editions import on_trial
from guidance.help import country_of
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Entry
from sextortion_help.publishing.places import (
    Place,
    at,
    countries,
    current,
    first_place,
    places,
    sister,
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the site's name and the way out in the active language, and this page in other places.

    `languages` holds (code, address) for each language of the country, `editions` (country, address)
    for each other country: the same path with another prefix, or the home where it is not there.
    `alternates` holds (name, address) of every place that has the page, for search engines, which want
    `origin` before it; `host` is what a person reads there. A page that belongs to no place leads to the
    homes of the first country. A wrong address is the same page as any other in its place, whatever other
    places have there: it leads to homes. `help_page` and `foot` are what every page links to.
    """
    language = get_language() or settings.LANGUAGE_CODE
    everywhere, place = live(), current()
    home = place or first_place(everywhere, language)
    path = request.path_info.removeprefix(place.prefix) if place else "/"
    contents = getattr(request, "contents", None) or (
        at(everywhere, home.country) if home else everywhere
    )
    if not contents.answers(path):
        path = ""
    there = places(everywhere)
    return {
        "site_name": settings.SITE_NAMES.get(language, settings.SITE_NAMES[settings.LANGUAGE_CODE]),
        "exit_target": settings.EXIT_TARGETS.get(language),
        "exit_spare": settings.EXIT_SPARE,
        "language": language,
        "place": home,
        "country": country_of(contents, home.country) if home else None,
        "languages": getattr(request, "languages", None)
        or [
            (one.language, _in(one, path)) for one in there if home and one.country == home.country
        ],
        "editions": [
            (country_of(everywhere, code), _in(sister(everywhere, code, language), path))
            for code in countries(everywhere)
            if home and code != home.country
        ],
        "alternates": [
            (one.tag, f"{one.prefix}{path}")
            for one in there
            if at(everywhere, one.country).has_path(path)
        ],
        "trial": home is not None and on_trial(everywhere, home.country),
        "organisation": settings.ORGANISATION,
        "origin": settings.ORIGIN,
        "host": settings.ORIGIN.partition("://")[2],
        "contents": contents,
        "help_page": next(iter(contents.linked(Entry.HELP)), None),
        "foot": contents.linked(Entry.FOOTER),
    }


def _in(place: Place, path: str) -> str:
    here = at(live(), place.country).has_path(path)
    return f"{place.prefix}{path if here else '/'}"

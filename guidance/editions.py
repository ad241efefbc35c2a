"""What an edition, a country with addresses of its own, owes its visitors. Pure.

Publishing compares this before and after: what would be lacking for the first time is refused,
whatever it was that changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext

from guidance.choices import AT_EVERY_HOUR, NEEDED, NEEDS, Purpose
from guidance.content import AT_ONCE, Country, Page, Service
from guidance.help import OTHERS, country_of, has_human, services_for
from guidance.hours import first_gap
from guidance.hours.saying import say_time
from sextortion_help.publishing.content import Contents
from sextortion_help.publishing.places import Place, at, countries, places

AHEAD: Final = 366  # days for which somebody must be there at every hour


@dataclass(frozen=True)
class Lack:
    """Something that visitors of an edition lack: what, in words, and from when on."""

    what: tuple[str, ...]
    text: str
    begins: tuple[date, int] | None = None  # a day, and minutes after its 00:00

    def is_worse_than(self, before: "Lack | None") -> bool:
        """Tell whether it was not lacking before, or only from later on."""
        if before is None:
            return True
        return bool(self.begins and before.begins and self.begins < before.begins)


def lacking(now: Contents, after: Contents, today: date) -> list[str]:
    """Name what visitors would lack for the first time: the place, the need, the hour."""
    if places(now) and not places(after):
        return [gettext("any country with addresses of its own")]
    known = {lack.what: lack for lack in _owed(now, today)}
    text = gettext("%(need)s, in %(where)s")
    return [
        lack.text for lack in _owed(after, today) if lack.is_worse_than(known.get(lack.what))
    ] + [
        text % {"need": Purpose(need).label, "where": _where(after, country, language)}
        for need, country, language in sorted(_served(now) - _served(after))
        if (not language or Place(language, country) in places(after))
        and not country_of(after, country).gap(need)
    ]


def key_contacts(contents: Contents) -> dict[str, tuple[list[Service], list[Service]]]:
    """Give the contacts each edition stands on, and those of them that a person has verified."""
    found = {}
    for code in countries(contents):
        named = [each for each in contents.all(Service) if each.country == code and each.key]
        found[code] = (named, [each for each in named if each.verified_on])
    return found


def on_trial(contents: Contents, country: str) -> bool:
    """Tell whether an edition stands on contacts that nobody has verified, or names none at all."""
    named, verified = key_contacts(contents).get(country, ([], []))
    return not named or len(verified) < len(named)


def _owed(contents: Contents, today: date) -> list[Lack]:
    found = list(_homeless(contents))
    for code in countries(contents):
        here = at(contents, code)
        country = country_of(here)
        found += [*_needs(here, country), *_hours(here, country, today), *_pages(here, country)]
    return [*found, *_homeless(contents)]


def _homeless(contents: Contents) -> Iterator[Lack]:
    text = gettext("the country of “%(service)s”, %(country)s")
    for service in contents.all(Service):
        if not contents.get(Country, service.country):
            values = {"service": service.code, "country": service.country}
            yield Lack(("country", service.code), text % values)


def _needs(contents: Contents, country: Country) -> Iterator[Lack]:
    if not country.emergency:
        text = gettext("the emergency number of %s") % country.name
        yield Lack(("emergency", country.code), text)
    for need in NEEDED:
        if not services_for(contents, need) and not country.gap(need):
            text = gettext("%(need)s, in %(country)s: no service, and no sentence that says so")
            values = {"need": need.label, "country": country.name}
            yield Lack(("need", need, country.code), text % values)


def _hours(contents: Contents, country: Country, today: date) -> Iterator[Lack]:
    for need in AT_EVERY_HOUR:
        if country.gap(need):
            continue
        purposes = (need, *OTHERS[need])
        hours = [
            channel.hours
            for purpose in purposes
            for service in services_for(contents, purpose)
            for channel in service.channels
            if channel.kind in AT_ONCE
        ]
        if gap := first_gap(hours, country.clock, today, AHEAD):
            day, minutes = gap
            text = gettext("%(need)s, in %(country)s: nobody on %(day)s at %(time)s")
            values = {
                "need": need.label,
                "country": country.name,
                "day": date_format(day, "l j F Y"),
                "time": say_time(minutes),
            }
            yield Lack(("hours", need, country.code), text % values, begins=gap)


def _pages(contents: Contents, country: Country) -> Iterator[Lack]:
    for page in contents.all(Page):
        there = [
            service
            for purpose in page.purposes
            for service in services_for(contents, purpose, adults=True)
        ]
        if there and all(service.for_adults for service in there):
            text = gettext("the page “%(page)s”, in %(country)s: its only help is for adults")
            values = {"page": page.code, "country": country.name}
            yield Lack(("page", page.code, country.code), text % values)


def _served(contents: Contents) -> set[tuple[str, str, str]]:
    """Give each need somebody serves: by language where there are places, else by country alone."""
    spoken = {
        (need.value, place.country, place.language)
        for place in places(contents)
        for need in Purpose
        if has_human(at(contents, place.country), [need], place.language)
    }
    return spoken | {
        (need, service.country, "")
        for service in contents.all(Service)
        for need in service.purposes
        if need in NEEDS
    }


def _where(contents: Contents, country: str, language: str) -> str:
    name = str(country_of(contents, country).name)
    return f"{name}, {get_language_info(language)['name_local']}" if language else name

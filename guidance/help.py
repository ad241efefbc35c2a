"""Which services to show beside a text, and who of them answers now. Pure, but for the clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, gettext

from guidance import hours
from guidance.choices import FIRST_COUNTRIES, NEEDS, Purpose
from guidance.content import Service
from sextortion_help.publishing.content import OPEN_LANGUAGES, Contents


@dataclass(frozen=True)
class Group:
    """The lines for one purpose, who answers now first."""

    purpose: str
    heading: str
    lines: list[hours.Line]

    @property
    def first_call(self) -> hours.Line | None:
        """The first that can be called."""
        return next((line for line in self.lines if line.service.phone), None)


def services_for(contents: Contents, purpose: str) -> list[Service]:
    """Give the services of the first country for a purpose, in the editors' order.

    Services for adults only are left out: who reads this is under 18 or helps somebody who is.
    """
    return [
        service
        for service in contents.all(Service)
        if service.country == settings.FIRST_COUNTRY
        and purpose in service.purposes
        and not service.for_adults
    ]


def has_human(contents: Contents, purposes: Iterable[str], language: str = "") -> bool:
    """Tell whether these purposes bring somebody who can be called or chatted with, in this language."""
    return any(
        service.can_be_reached and (not language or language in service.languages)
        for purpose in purposes
        for service in services_for(contents, purpose)
    )


def lacking_lines(contents: Contents) -> list[str]:
    """Name each need for which there is no line: by language in the first country, else by country.

    This is what the site needs of its services: publish and retire compare it before and after.
    """
    humans = [
        gettext("%(need)s, in %(language)s")
        % {"need": purpose.label, "language": get_language_info(language)["name_local"]}
        for purpose in Purpose
        for language in OPEN_LANGUAGES
        if not has_human(contents, [purpose], language)
    ]
    there = {
        (service.country, purpose)
        for service in contents.all(Service)
        for purpose in service.purposes
    }
    return humans + [
        gettext("%(need)s, in %(country)s") % {"need": need.label, "country": country.label}
        for country in FIRST_COUNTRIES
        for need in (*NEEDS, Purpose.HOTLINE)
        if (country, need) not in there
    ]


def help_now(contents: Contents, purposes: Iterable[str]) -> list[Group]:
    """Give the lines for each purpose that has any.

    Lines that speak the visitor's language; where there is none, all of them.
    """
    minute, language, groups = timezone.now(), get_language() or "", []
    for purpose in purposes:
        services = services_for(contents, purpose)
        spoken = [service for service in services if language in service.languages]
        if services:
            lines = hours.lines(spoken or services, minute, language)
            groups.append(Group(purpose, str(Purpose(purpose).label), lines))
    return groups


def with_suicide_line(purposes: Iterable[str]) -> list[str]:
    """Give these purposes with the suicide lines last, unless they are there already."""
    return list(dict.fromkeys([*purposes, Purpose.SUICIDE]))

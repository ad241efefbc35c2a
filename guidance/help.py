"""Which services to show beside a text, and who of them answers now."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from guidance import hours
from guidance.content import Service
from guidance.models.choices import Purpose
from sextortion_help.publishing.live import Live


def services_for(now: Live, purpose: str) -> list[Service]:
    """Give the services of the first country for a purpose, in the editors' order.

    Services for adults only are left out: who reads this is under 18 or helps somebody who is.
    """
    return [
        service
        for service in now.all(Service)
        if service.country == settings.FIRST_COUNTRY
        and purpose in service.purposes
        and service.audience != "adults"
    ]


def has_human(now: Live, purposes: Iterable[str]) -> bool:
    """Tell whether these purposes bring at least one service that can be called or chatted with."""
    return any(
        service.phone or service.chat
        for purpose in purposes
        for service in services_for(now, purpose)
    )


def help_now(now: Live, purposes: Iterable[str]) -> list[tuple[str, list[hours.Line]]]:
    """Give the lines for each purpose, as (heading, lines), who answers now first.

    Lines that speak the visitor's language; where there is none, all of them.
    """
    minute, language, groups = timezone.now(), get_language() or "", []
    for purpose in purposes:
        services = services_for(now, purpose)
        spoken = [service for service in services if language in service.languages]
        if services:
            groups.append(
                (str(Purpose(purpose).label), hours.lines(spoken or services, minute, language))
            )
    return groups

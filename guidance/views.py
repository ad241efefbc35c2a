"""The guidance: the first minute, who can help now, and every other page."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from guidance import hours
from guidance.content import BLANKS, App, Letter, Message, Page, Service
from guidance.forms import TellForm
from guidance.help import help_now
from guidance.hours import Line
from guidance.models.choices import Country, Purpose
from sextortion_help.public import public_page
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import Live, live

FIRST_COUNTRIES = sorted(["BE", "NL", "BQ"], key=lambda code: code != settings.FIRST_COUNTRY)
# What the lines can be filtered by.
NEEDS = (
    Purpose.TALK, Purpose.REMOVE, Purpose.POLICE, Purpose.SUICIDE, Purpose.PARENTS, Purpose.WORRIED,
)  # fmt: skip
SOMEBODY = (Purpose.TALK, Purpose.SUICIDE)  # beside every tool


def page_context(now: Live, page: Page) -> dict[str, Any]:
    """Give what the template of a page needs. Also used to preview a draft."""
    purposes = list(page.purposes)
    if page.audience in ("victim", "friend", "parent") and Purpose.SUICIDE not in purposes:
        purposes.append(Purpose.SUICIDE)
    return {"page": page, "groups": help_now(now, purposes)}


@public_page(lambda now: (Page, "first") in now.contents)
def first(request: HttpRequest) -> HttpResponse:
    """The first minute: one sentence, one line to call, the six steps."""
    now = live()
    talk = [line for _heading, lines in help_now(now, [Purpose.TALK]) for line in lines]
    context = {
        "page": now.get(Page, "first"),
        "call": next((line for line in talk if line.service.phone), None),
        "suicide": help_now(now, [Purpose.SUICIDE]),
        "countries": _other_countries(now, [settings.FIRST_COUNTRY]),
    }
    return render(request, "guidance/first.html", context)


def _has_lines(now: Live, country: str = "", purpose: str = "") -> bool:
    codes = [country] if country else FIRST_COUNTRIES
    return any(
        service.country in codes and (not purpose or purpose in service.purposes)
        for service in now.all(Service)
    )


@public_page(_has_lines)
def lines(request: HttpRequest, country: str = "", purpose: str = "") -> HttpResponse:
    """Who can help now: the three countries this site is made for, or one; for all needs, or one."""
    now, minute = live(), timezone.now()
    codes = [country] if country else FIRST_COUNTRIES
    sections = [(Country(code), _lines_by_purpose(now, code, purpose, minute)) for code in codes]
    context = {
        "sections": [(name, groups) for name, groups in sections if groups],
        "countries": _other_countries(now, codes),
        "country": Country(country) if country else None,
        "needs": [need for need in NEEDS if _has_lines(now, country, need)],
        "need": Purpose(purpose) if purpose else None,
    }
    return render(request, "guidance/lines.html", context)


def service_context(service: Service) -> dict[str, Any]:
    """Give what the template of the lines needs to show one service. Used to preview a draft."""
    group = (Purpose(service.purposes[0]).label, hours.lines([service], timezone.now()))
    country = Country(service.country)
    return {
        "sections": [(country, [group])], "countries": [], "country": country,
        "needs": [], "need": None,
    }  # fmt: skip


@public_page(lambda now, code: (Page, code) in now.contents)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Any other page of the guidance."""
    now = live()
    context = page_context(now, now.contents[Page, code])  # type: ignore[arg-type]  # the key names the type
    return render(request, "guidance/page.html", context)


@public_page()
def apps(request: HttpRequest) -> HttpResponse:
    """Each app: how to report, how to block, what happens to the proof."""
    return render(request, "guidance/apps.html", apps_context(live(), live().all(App)))


def apps_context(now: Live, apps: list[App]) -> dict[str, Any]:
    """Give what the template of the apps needs. Also used to preview a draft."""
    return {"apps": apps, "groups": help_now(now, SOMEBODY)}


@public_page()
def letters(request: HttpRequest) -> HttpResponse:
    """Choose whom to write to."""
    now = live()
    context = {"letters": now.all(Letter), "groups": help_now(now, [*SOMEBODY, Purpose.REMOVE])}
    return render(request, "guidance/letters.html", context)


@public_page(lambda now, code: (Letter, code) in now.contents)
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """One letter in three languages. Its blanks are filled in by the browser; nothing is sent here."""
    now = live()
    context = letter_context(now, now.contents[Letter, code])
    return render(request, "guidance/letter.html", context)


def letter_context(now: Live, letter: Any) -> dict[str, Any]:
    """Give what the template of a letter needs. Also used to preview a draft.

    Each body is cut into (text, blank) pairs: the text, then the blank after it, "" after the last.
    """
    used = {blank for language in LANGUAGES for _, blank in _pieces(getattr(letter.body, language))}
    versions = [
        (code, name, getattr(letter.subject, code), _pieces(getattr(letter.body, code)))
        for code, name in settings.LANGUAGES
    ]
    return {
        "letter": letter,
        "versions": sorted(versions, key=lambda version: version[0] != get_language()),
        "blanks": [blank for blank in BLANKS if blank in used],
        "groups": help_now(now, SOMEBODY),
    }


def _pieces(body: str) -> list[tuple[str, str]]:
    parts = [*re.split(r"{(\w+)}", body), ""]
    return list(zip(parts[::2], parts[1::2], strict=True))


@public_page(methods=("GET", "HEAD", "POST"))
def tell(request: HttpRequest) -> HttpResponse:
    """Words to tell somebody. The three choices are posted, so that no address and no log holds them."""
    form = TellForm(request.POST if request.method == "POST" else None)
    return render(request, "guidance/tell.html", tell_context(live(), form))


def tell_context(now: Live, form: TellForm) -> dict[str, Any]:
    """Give what the template of the words needs: the form, and the message its choices lead to.

    Also used to preview a draft.
    """
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else None
    found = [
        message
        for message in now.all(Message)
        if {"who": message.who, "how": message.how, "amount": message.amount} == chosen
    ]
    return {
        "form": form,
        "message": found[0] if found else None,
        "messages": [] if form.is_bound else now.all(Message),
        "nothing": form.is_bound and not found,
        "groups": help_now(now, SOMEBODY),
    }


def _lines_by_purpose(
    now: Live, country: str, need: str, minute: datetime
) -> list[tuple[str, list[Line]]]:
    """Give every service of a country once, under the heading of the first thing it is for.

    With a need: all that serve it, also those that are for something else first, in one group.
    """
    services = [service for service in now.all(Service) if service.country == country]
    if need:
        found = [service for service in services if need in service.purposes]
        groups = [(str(Country(country).label), found)]
    else:
        groups = [
            (str(purpose.label), [each for each in services if each.purposes[0] == purpose])
            for purpose in Purpose
        ]
    language = get_language() or ""
    return [(heading, hours.lines(found, minute, language)) for heading, found in groups if found]


def _other_countries(now: Live, shown: list[str]) -> list[Country]:
    """Give the countries with services, other than those shown, in the order of the list of countries."""
    codes = {service.country for service in now.all(Service)}
    return [country for country in Country if country in codes and country not in shown]

"""The guidance: its pages, who can help now, and the tools."""

import re
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from guidance import hours
from guidance.choices import FIRST_COUNTRIES, NEEDS, Country, Purpose
from guidance.content import BLANKS, App, Letter, Message, Page, Service
from guidance.forms import TellForm
from guidance.help import Group, help_now, with_suicide_line
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import LANGUAGES, OPEN_LANGUAGES, Contents

SOMEBODY = (Purpose.TALK, Purpose.SUICIDE)  # beside every tool


@public_page()
def page(request: PublicRequest, contents: Contents, code: str) -> HttpResponse:
    """A page of guidance, laid out as its editor chose."""
    page = contents.get(Page, code)
    if page is None:
        raise Http404
    purposes: list[str] = list(page.purposes)
    if page.audience in ("victim", "friend", "parent"):
        purposes = with_suicide_line(purposes)
    groups = help_now(contents, purposes)
    by_purpose = {group.purpose: group for group in groups}
    context = {
        "page": page,
        "groups": groups,
        "talk": by_purpose.get(Purpose.TALK),
        "suicide": by_purpose.get(Purpose.SUICIDE),
        "countries": _other_countries(contents, [settings.FIRST_COUNTRY]),
    }
    return render(request, f"guidance/layouts/{page.layout}.html", context)


@public_page()
def lines(
    request: PublicRequest, contents: Contents, country: str = "", purpose: str = ""
) -> HttpResponse:
    """Who can help now: the three countries this site is made for, or one; for all needs, or one."""
    minute = timezone.now()
    first = sorted(FIRST_COUNTRIES, key=lambda code: code != settings.FIRST_COUNTRY)
    codes: list[str] = [country] if country else list(first)
    sections = [(Country(code), _by_purpose(contents, code, purpose, minute)) for code in codes]
    here = f"/lines/{country.lower()}/" if country else "/lines/"
    context = {
        "sections": [(name, groups) for name, groups in sections if groups],
        "countries": _other_countries(contents, codes),
        "country": Country(country) if country else None,
        "needs": [need for need in NEEDS if contents.has_path(f"{here}{need}/")],
        "need": Purpose(purpose) if purpose else None,
    }
    return render(request, "guidance/lines.html", context)


@public_page()
def apps(request: PublicRequest, contents: Contents) -> HttpResponse:
    """Each app: how to report, how to block, what happens to the proof."""
    context = {"apps": contents.all(App), "groups": help_now(contents, SOMEBODY)}
    return render(request, "guidance/apps.html", context)


@public_page()
def letters(request: PublicRequest, contents: Contents) -> HttpResponse:
    """Choose whom to write to."""
    context = {
        "letters": contents.all(Letter),
        "groups": help_now(contents, [*SOMEBODY, Purpose.REMOVE]),
    }
    return render(request, "guidance/letters.html", context)


@public_page()
def letter(request: PublicRequest, contents: Contents, code: str) -> HttpResponse:
    """One letter in each language. Its blanks are filled in by the browser; nothing is sent here.

    Each body is cut into (text, blank) pairs: the text, then the blank after it, "" after the last.
    """
    letter = contents.get(Letter, code)
    if letter is None:
        raise Http404
    pieces = {language: _pieces(letter.body.within(language)) for language in LANGUAGES}
    used = {blank for found in pieces.values() for _, blank in found}
    versions = [
        (language, name, letter.subject.within(language), pieces[language])
        for language, name in settings.LANGUAGES
        if language in OPEN_LANGUAGES
    ]
    context = {
        "letter": letter,
        "versions": sorted(versions, key=lambda version: version[0] != get_language()),
        "blanks": [blank for blank in BLANKS if blank in used],
        "groups": help_now(contents, SOMEBODY),
    }
    return render(request, "guidance/letter.html", context)


@public_page("POST")
def tell(request: PublicRequest, contents: Contents) -> HttpResponse:
    """Words to tell somebody. The three choices are posted, so that no address and no log holds them."""
    form = TellForm(request.POST if request.method == "POST" else None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else None
    found = next((each for each in contents.all(Message) if each.choices == chosen), None)
    context = {
        "form": form,
        "message": found,
        "messages": () if form.is_bound else contents.all(Message),
        "nothing": form.is_bound and not found,
        "groups": help_now(contents, SOMEBODY),
    }
    return render(request, "guidance/tell.html", context)


def _pieces(body: str) -> list[tuple[str, str]]:
    parts = [*re.split(r"{(\w+)}", body), ""]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _by_purpose(contents: Contents, country: str, need: str, minute: datetime) -> list[Group]:
    """Give every service of a country once, under the heading of the first thing it is for.

    With a need: all that serve it, also those that are for something else first, in one group.
    """
    services = [service for service in contents.all(Service) if service.country == country]
    if need:
        found = [service for service in services if need in service.purposes]
        groups = [(need, str(Country(country).label), found)]
    else:
        groups = [
            (
                purpose,
                str(purpose.label),
                [each for each in services if each.purposes[0] == purpose],
            )
            for purpose in Purpose
        ]
    language = get_language() or ""
    return [
        Group(purpose, heading, hours.lines(found, minute, language))
        for purpose, heading, found in groups
        if found
    ]


def _other_countries(contents: Contents, shown: list[str]) -> list[Country]:
    """Give the countries with services, other than those shown, in the order of the list of countries."""
    codes = {service.country for service in contents.all(Service)}
    return [country for country in Country if country in codes and country not in shown]

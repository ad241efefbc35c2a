"""The guidance: its pages, who can help now, and the tools."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from guidance.choices import NEEDS, Purpose
from guidance.content import BLANKS, App, Country, Detail, Letter, Message, Page
from guidance.forms import TellForm
from guidance.help import Group, Silent, country_of, help_now, silent, with_suicide_line
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import LANGUAGES, OPEN_LANGUAGES, Contents

SOMEBODY = (Purpose.TALK, Purpose.SUICIDE)  # beside every tool


@public_page()
def page(request: PublicRequest, contents: Contents, path: str) -> HttpResponse:
    """A page of guidance, laid out as its editor chose."""
    page = contents.whose_address(Page, f"/{path}/")
    if page is None:
        raise Http404
    purposes: list[str] = list(page.purposes)
    if page.audience in ("victim", "friend", "parent"):
        purposes = with_suicide_line(purposes)
    adults = page.audience in ("parent", "school")
    groups = _help(contents, purposes, adults=adults)
    by_purpose = {group.purpose: group for group in groups}
    context = {
        "page": page,
        "twin": contents.get(Page, page.twin),
        "groups": groups,
        "silent": None if adults else _silent(contents),
        "talk": by_purpose.get(Purpose.TALK),
        "suicide": by_purpose.get(Purpose.SUICIDE),
        "countries": _other_countries(contents, contents.country),
    }
    return render(request, f"guidance/layouts/{page.layout}.html", context)


@public_page()
def lines(
    request: PublicRequest, contents: Contents, country: str = "", purpose: str = ""
) -> HttpResponse:
    """Who can help now in the reader's country, or in another; for all needs, or one."""
    there = country_of(contents, country)
    purposes = list(Purpose)
    if purpose:
        # somebody to talk to stands with every need: it may be one that nobody serves
        purposes = [Purpose(purpose), Purpose.TALK] if purpose != Purpose.TALK else [Purpose.TALK]
    groups = _help(contents, purposes, country=there.code, adults=True, whole=True)
    context = {
        "groups": groups,
        "silent": _silent(contents),
        "there": there,
        "away": there.code != contents.country,
        "countries": _other_countries(contents, there.code),
        "needs": NEEDS,
        "need": Purpose(purpose) if purpose else None,
    }
    return render(request, "guidance/lines.html", context)


@public_page()
def apps(request: PublicRequest, contents: Contents) -> HttpResponse:
    """Each app: how to report, how to block, what happens to the proof."""
    context = {"apps": contents.all(App), "groups": _help(contents, SOMEBODY)}
    return render(request, "guidance/apps.html", context)


@public_page()
def letters(request: PublicRequest, contents: Contents) -> HttpResponse:
    """Choose whom to write to."""
    context = {
        "letters": contents.all(Letter),
        "groups": _help(contents, [*SOMEBODY, Purpose.REMOVE]),
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
        "groups": _help(contents, SOMEBODY),
    }
    return render(request, "guidance/letter.html", context)


@public_page("POST")
def tell(request: PublicRequest, contents: Contents) -> HttpResponse:
    """Words to tell somebody. What is chosen is posted, so that no address and no log holds it."""
    form = TellForm(request.POST if request.method == "POST" else None, contents.all(Detail))
    chosen = form.cleaned_data if form.is_valid() else {}
    added = contents.get(Detail, chosen.pop("detail", ""))
    found = next((each for each in contents.all(Message) if each.choices == chosen), None)
    context = {
        "form": form,
        "message": found,
        "added": added,
        "messages": () if form.is_bound else contents.all(Message),
        "nothing": form.is_bound and not found,
        "groups": _help(contents, SOMEBODY),
    }
    return render(request, "guidance/tell.html", context)


def _pieces(body: str) -> list[tuple[str, str]]:
    parts = [*re.split(r"{(\w+)}", body), ""]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _help(contents: Contents, purposes: Iterable[str], **chosen: Any) -> list[Group]:
    return help_now(contents, purposes, get_language() or "", timezone.now(), **chosen)


def _silent(contents: Contents) -> Silent:
    return silent(contents, get_language() or "", timezone.now())


def _other_countries(contents: Contents, shown: str) -> list[Country]:
    """Give the countries other than the one shown, those that speak the reader's language first."""
    language = get_language() or ""
    others = [country for country in contents.all(Country) if country.code != shown]
    return sorted(others, key=lambda country: language not in country.languages)

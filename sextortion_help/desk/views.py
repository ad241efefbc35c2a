"""The desk: the first page of the staff area. What there is to do, and a search over everything."""

from itertools import groupby
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from sextortion_help.desk import work
from sextortion_help.desk.acting import act, may
from sextortion_help.desk.background import is_running, start
from sextortion_help.desk.dead import dead
from sextortion_help.desk.models import Summary
from sextortion_help.desk.search import search
from sextortion_help.desk.summaries import summaries
from sextortion_help.publishing.admin.choosing import open_releases
from sextortion_help.publishing.admin.rights import may_ask
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.places import countries
from sextortion_help.publishing.sources import whole
from sextortion_help.publishing.states import State, states

SHOWN: Final = 12  # of a section, before one asks for all of it
RELEASES: Final = 8
IN_RELEASE: Final = 4  # of its objects, by name
LOOKED_BACK: Final = 1000  # saves, to find who made a draft differ


def desk(request: HttpRequest) -> HttpResponse:
    """Show what there is to do, for everything or for one country and one language."""
    if request.method == "POST":
        return act(request)
    country, wanted = request.GET.get("country", ""), request.GET.get("language", "")
    everything = [one for one in summaries() if may(request, "view", one.kind)]
    chosen = [
        one for one in everything if not country or not one.countries or country in one.countries
    ]
    newest = {
        (one.kind, one.code): one
        for one in Version.objects.newest()
        .annotate(sourceless=Q(source__isnull=True))
        .defer("source", "data")
        .select_related("published_by")
    }
    known = _states(chosen, newest)
    there = [one for one in chosen if known[one.kind, one.draft] != State.RETIRED]
    language = get_language() or LANGUAGES[0]
    languages = [wanted] if wanted in LANGUAGES else LANGUAGES
    savers = _savers(there)
    found = {
        **work.due(there, timezone.localdate(), language),
        "drafts": work.waiting(there, known, savers, language),
        "translations": work.translations(there, language, languages),
        "dead": dead(chosen, language),
    }
    return _page(
        request,
        "admin/desk/desk.html",
        gettext("Desk"),
        {
            "sections": _sections(found, request.GET.get("all", "")),
            "releases": _releases(everything, language),
            "asked": open_releases(request),
            "countries": countries(live()),
            "country": country,
            "languages": LANGUAGES,
            "wanted": wanted,
            "may_publish": request.user.has_perm("publishing.add_version"),
            "may_ask": may_ask(request),
            "links_running": is_running(),
            "app_list": admin.site.get_app_list(request),
        },
    )


def search_view(request: HttpRequest) -> HttpResponse:
    """Show where some words, a name or a number stand, whatever the kind and the language."""
    asked = request.GET.get("q", "")[:200]
    summaries()  # so that what was saved a moment ago is found
    seen = [kind for kind in work.kinds() if may(request, "view", kind)]
    found = search(asked, seen, get_language() or LANGUAGES[0])
    return _page(
        request, "admin/desk/search.html", gettext("Search"), {"asked": asked, "found": found}
    )


def links_view(request: HttpRequest) -> HttpResponse:
    """Begin to try every outside address; what was tried stands on the desk as it becomes known."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{reverse('admin:index')}#dead")  # from a login, or a reload
    if not request.user.has_perm("publishing.add_version"):
        raise PermissionDenied
    began = start()
    text = gettext("The links are being tried. Come back in a few minutes.")
    messages.info(request, text if began else gettext("The links are being tried already."))
    return HttpResponseRedirect(f"{reverse('admin:index')}#dead")


def _states(rows: list[Summary], newest: work.Newest) -> dict[tuple[str, int], State]:
    """Give the state of each draft by its kind and number. A version from before sources were kept has no
    digest of one: its draft is read, and there are few.
    """
    known = {(one.kind, one.draft): work.state(one, newest) for one in rows}
    for kind, model in work.kinds().items():
        old = [
            one.draft
            for one in rows
            if one.kind == kind
            and known[kind, one.draft] == State.DIFFERS
            and newest[kind, one.code].sourceless  # type: ignore[attr-defined]  # annotated above
        ]
        drafts = list(whole(model).filter(pk__in=old)) if old else []
        known |= {
            (kind, draft.pk): state for draft, state in zip(drafts, states(drafts), strict=True)
        }
    return known


def _savers(rows: list[Summary]) -> dict[tuple[str, int], str]:
    """Give who saved each draft, or a part of it, last."""
    owner = dict(work.part_of(rows))
    entries = LogEntry.objects.select_related("user", "content_type").order_by(
        "-action_time", "-pk"
    )
    found: dict[tuple[str, int], str] = {}
    for entry in entries[:LOOKED_BACK]:
        kind, number = entry.content_type, entry.object_id or ""
        if kind and number.isdecimal():
            key = owner.get((f"{kind.app_label}.{kind.model}", int(number)))
            if key:
                found.setdefault(key, entry.user.get_full_name() or entry.user.get_username())
    return found


def _releases(everything: list[Summary], language: str) -> list[dict[str, Any]]:
    """Give what was published last, release by release, each object by its name and its number."""
    versions = Version.objects.select_related("published_by").defer("source", "data")
    groups = groupby(
        versions.order_by("-id")[: RELEASES * 30], key=lambda one: one.release or one.id
    )
    titles = {(one.kind, one.code): one.titles.get(language, "") for one in everything}
    found = []
    for _, group in groups:
        rows = list(group)
        shown = [(one, titles.get((one.kind, one.code), "")) for one in rows[:IN_RELEASE]]
        found.append({"first": rows[0], "shown": shown, "count": len(rows)})
    return found[:RELEASES]


def _sections(found: dict[str, list[work.Row]], everything: str) -> list[dict[str, Any]]:
    titles = {
        "overdue": gettext("Overdue"),
        "soon": gettext("Due within 30 days"),
        "drafts": gettext("Drafts that visitors do not see yet"),
        "translations": gettext("Translations that are missing or older than their source"),
        "dead": gettext("Links to other sites that do not work"),
        "never": gettext("Never verified"),
    }
    return [
        {
            "name": name,
            "title": title,
            "count": len(found[name]),
            "rows": found[name] if everything == name else found[name][:SHOWN],
            "more": everything != name and len(found[name]) > SHOWN,
            "dated": name in ("overdue", "soon", "never"),
        }
        for name, title in titles.items()
    ]


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    common = {**admin.site.each_context(request), "title": title, "subtitle": ""}
    return render(request, template, {**common, **context})

"""The screen of one release: who asked for what, what it changes; confirm, decline, ask again."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.admin.reporting import Outcome, report
from sextortion_help.publishing.admin.rights import may_publish, require_kinds
from sextortion_help.publishing.compare import Change, changes
from sextortion_help.publishing.delicate import Delicate, delicate
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Publishable, Release, Version
from sextortion_help.publishing.releases import (
    OPEN,
    ask_again,
    confirm,
    decline,
    may_confirm,
    since_asked,
    stamp,
    why_not,
)
from sextortion_help.publishing.sources import whole


@dataclass(frozen=True)
class Shown:
    """One object of a release, as it was asked for, beside what was live then."""

    name: str
    draft: Publishable | None
    off: bool
    changes: list[Change]
    delicate: list[Delicate]


def release_view(admin: Any, request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a release to those who may see all of it, and do what they decide."""
    release = Release.objects.select_related("asked_by", "decided_by").filter(pk=pk).first()
    if release is None:
        messages.error(request, gettext("This release does not exist."))
        return HttpResponseRedirect(reverse("admin:publish"))
    require_kinds(request, (row["kind"] for row in release.rows))
    if request.method == "POST":
        if asks := asks_again(request):
            return asks
        done = _decide(request, release)
        answer = {} if done else {"answer": request.POST.get("answer", "")[:200]}
        return HttpResponseRedirect(f"{release.page_url()}?{urlencode(answer)}".removesuffix("?"))
    is_open = release.state in OPEN
    since = since_asked(release) if is_open else []
    user: Any = request.user
    context = {
        "release": release,
        "is_open": is_open,
        "waits": release.state == Release.State.WAITING,
        "objects": _shown(release),
        "since": since,
        "problems": why_not(release) if is_open and not since else [],
        "may_confirm": is_open and may_confirm(release, user),
        "may_decline": is_open and (may_publish(request) or release.asked_by == user),
        "may_undo": release.state == Release.State.PUBLISHED,
        "stamp": stamp(release),
        "answer": request.GET.get("answer", "")[:200],
    }
    return admin.page(request, "release", str(release), context)  # type: ignore[no-any-return]  # a response


def _decide(request: HttpRequest, release: Release) -> bool:
    """Do what was decided; tell whether it was done."""
    user: Any = request.user
    answer = request.POST.get("answer", "")
    outcome: Outcome | None = None
    if "confirm" in request.POST:
        looked_at = request.POST.get("stamp", "")
        outcome = report(
            request,
            lambda: confirm(release.pk, user, looked_at, answer),
            gettext("Published: %s."),
        )
    elif "again" in request.POST:
        outcome = report(request, lambda: ask_again(release.pk, user))
    elif "decline" in request.POST:
        outcome = report(request, lambda: decline(release.pk, user, answer))
    return outcome is not None


def _shown(release: Release) -> list[Shown]:
    live = Version.objects.in_bulk([row["live"] for row in release.rows if row["live"]])
    shown = []
    for model in publishable_models():
        rows = [row for row in release.rows if row["kind"] == model.content_kind()]
        codes = [row["code"] for row in rows]
        drafts = (
            {draft.code: draft for draft in whole(model).filter(code__in=codes)} if rows else {}
        )
        for row in rows:
            before = live.get(row["live"])
            old = (before.source or {}) if before and not before.retired else {}
            new = {} if row["off"] else row["source"] or {}
            draft = drafts.get(row["code"])
            differs, found = changes(model, old, new), delicate(model, old, new)
            shown.append(Shown(str(draft or row["code"]), draft, row["off"], differs, found))
    return shown

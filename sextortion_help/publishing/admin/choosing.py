"""The screen of what goes live together: choose drafts of any kinds, check them, publish or ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.admin.reporting import report
from sextortion_help.publishing.admin.rights import (
    drafts_of,
    is_theirs,
    kinds,
    may_publish,
    require_kinds,
)
from sextortion_help.publishing.compare import Change, changes
from sextortion_help.publishing.content import LANGUAGES, plain_words
from sextortion_help.publishing.hands import publishers
from sextortion_help.publishing.languages import rules
from sextortion_help.publishing.models import Publishable, Release, Version
from sextortion_help.publishing.planning import (
    Frozen,
    Together,
    check,
    newest_versions,
    read,
    rows_of,
    seen,
)
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import alone, delicate_changes, lacking_second, leaving
from sextortion_help.publishing.reading import measure
from sextortion_help.publishing.releases import submit
from sextortion_help.publishing.sources import whole
from sextortion_help.publishing.states import State, states

# Checks reckon a year ahead: of what goes live later nobody could say that somebody can be reached. And a
# moment at the end of all time cannot be shown on every clock.
FARTHEST: Final = timedelta(days=366)


def publish_key(draft: Publishable) -> str:
    """Name a draft in the address of the publish screen: "page:12"."""
    return f"{draft.content_kind()}:{draft.pk}"


def publish_view(admin: Any, request: HttpRequest) -> HttpResponse:
    """Show what is wrong with the chosen drafts, and what they change; publish them, or ask for it.

    With `more` in the address, what was chosen is ticked, and more can be chosen.
    """
    require_kinds(request)
    leave = _chosen(request, "gone")
    drafts = [draft for draft in _chosen(request, "draft") if draft not in leave]
    if request.method == "POST" and not (drafts or leave):
        raise Http404  # deleted meanwhile: people/kept.py shows the note
    page: HttpResponse
    if not (drafts or leave) or "more" in request.GET:
        rows = [(model, _rows(model)) for model in kinds(request)]
        context: dict[str, Any] = {
            "waiting": _in(rows, State.NEVER, State.DIFFERS),
            "live": _in(rows, State.LIVE, State.DIFFERS),
            "asked": open_releases(request),
            "ticked": {publish_key(draft) for draft in drafts},
            "going": {publish_key(draft) for draft in leave},
        }
        page = admin.page(request, "choose", gettext("Publish together"), context)
    elif request.method == "POST":
        page = asks_again(request) or _submit(request, drafts, leave)
    else:
        context = _checked(request, drafts, leave)
        page = admin.page(request, "publish", gettext("Check and publish"), context)
    return page


def open_releases(request: HttpRequest) -> list[Release]:
    """Give the releases that wait for somebody or for their time, of the kinds this member may see."""
    found = [*Release.objects.waiting(), *Release.objects.scheduled()]
    return [
        release for release in found if is_theirs(request, (row["kind"] for row in release.rows))
    ]


def _checked(
    request: HttpRequest, drafts: list[Publishable], leave: list[Publishable]
) -> dict[str, Any]:
    frozen = read(drafts)
    gone, problems = _leaving(leave)
    problems += check(frozen, gone)
    rows = rows_of(frozen, Together(gone=gone))
    found = delicate_changes(rows)
    user: Any = request.user
    return {
        "drafts": _with_changes(frozen),
        "leaving": leave,
        "more": choose_more(request.GET.getlist("draft"), request.GET.getlist("gone")),
        "delicate": [
            replace(each, name=f"{code}: {each.name}")
            for (_, code), changed in found.items()
            for each in changed
        ],
        "asks": bool(lacking_second(rows, user)) or not may_publish(request),
        "may_publish": may_publish(request),
        "nobody_else": bool(found) and may_publish(request) and publishers().count() < 2,
        "seen": seen(frozen),
        "note": request.GET.get("note", ""),
        "due": request.GET.get("due", ""),
        "refusals": [problem for problem in problems if not problem.warning],
        "warnings": [problem for problem in problems if problem.warning],
        "readings": [
            (one.draft, rules(language), measure(plain_words(one.content, language), language))
            for one in frozen
            for language in LANGUAGES
        ],
    }


def choose_more(drafts: Sequence[str], gone: Sequence[str]) -> str:
    """Give the address where these are ticked, and what belongs to them can be chosen too."""
    query = urlencode({"more": 1, "draft": drafts, "gone": gone}, doseq=True)
    return f"{reverse('admin:publish')}?{query}"


def staying(draft: Publishable) -> list[Problem]:
    """Say what keeps an object from being taken off the site by itself."""
    gone, problems = _leaving([draft])
    return problems + (check([], gone) if gone else [])


def _leaving(leave: list[Publishable]) -> tuple[list[Version], list[Problem]]:
    gone, problems = list[Version](), list[Problem]()
    for draft in leave:
        try:
            gone.append(leaving(draft))
        except Refused as refused:
            problems += refused.problems
    return gone, problems


def _submit(
    request: HttpRequest, drafts: list[Publishable], leave: list[Publishable]
) -> HttpResponse:
    note, written = request.POST.get("note", "")[:200], request.POST.get("due", "")[:40]
    looked_at = request.POST.get("seen", "") or "nothing"
    try:
        due = _moment(written)
        with alone():
            together = Together(drafts=drafts, gone=[leaving(draft) for draft in leave])
            outcome = submit(together, request.user, note, due=due, looked_at=looked_at)  # type: ignore[arg-type]  # logged in
    except Refused as refused:
        if len(refused.problems) == 1:
            messages.warning(request, refused.problems[0].text)
        again = request.GET.copy()
        again["note"], again["due"] = note, written
        return HttpResponseRedirect(f"{request.path}?{again.urlencode()}")
    report(request, lambda: outcome, gettext("Published: %s."))
    one = len([*drafts, *leave]) == 1
    releases = reverse("admin:publishing_version_changelist")
    if isinstance(outcome, Release):
        return HttpResponseRedirect(outcome.page_url())
    return HttpResponseRedirect([*drafts, *leave][0].edit_url() if one else releases)


def _moment(written: str) -> datetime | None:
    """Read the time of a release, on the clock of the site. Raises Refused."""
    if not written.strip():
        return None
    try:
        moment = parse_datetime(written.strip())
    except ValueError:  # such as 31 February
        moment = None
    if moment is None:
        raise Refused([Problem(gettext("“%s” is no date and time.") % written)])
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment <= timezone.now():
        text = gettext("This moment is past. Leave it empty to publish now.")
        raise Refused([Problem(text)])
    if moment - timezone.now() > FARTHEST:
        text = gettext("This moment is more than a year ahead. Choose an earlier one.")
        raise Refused([Problem(text)])
    return moment


def _chosen(request: HttpRequest, name: str) -> list[Publishable]:
    """Give the drafts that the address names, of those kinds this member of staff may see."""
    return drafts_of(kinds(request), request.GET.getlist(name))


type _Rows = list[tuple[str, Any, State]]


def _rows(model: type[Publishable]) -> _Rows:
    """Give every draft of a kind, by its key, with its state."""
    drafts = list(whole(model))
    return [
        (publish_key(draft), draft, state)
        for draft, state in zip(drafts, states(drafts), strict=True)
    ]


def _in(rows: list[tuple[type[Publishable], _Rows]], *wanted: State) -> list[tuple[str, _Rows]]:
    """Give the drafts in one of these states, by the name of their kind."""
    found = [
        (str(model._meta.verbose_name_plural), [row for row in drafts if row[2] in wanted])
        for model, drafts in rows
    ]
    return [(kind, drafts) for kind, drafts in found if drafts]


def _with_changes(frozen: Iterable[Frozen]) -> list[tuple[Publishable, list[Change] | None]]:
    """Give each draft with what it changes; None where there is nothing to compare it with."""
    keys = [(one, (one.draft.content_kind(), one.content.code)) for one in frozen]
    live = newest_versions(key for _, key in keys)
    rows: list[tuple[Publishable, list[Change] | None]] = []
    for one, key in keys:
        version = live.get(key)
        source = version.source if version and not version.retired else None
        rows.append((one.draft, source and changes(type(one.draft), source, one.source)))
    return rows

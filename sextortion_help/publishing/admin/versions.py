"""The screen of an object's versions: read them, compare any two, put one back, reset the draft."""

from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from sextortion_help.publishing.admin.reporting import Outcome, report
from sextortion_help.publishing.compare import Change, changes, word_changes
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.freezing import content_of, freeze
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Publishable, Release, Version
from sextortion_help.publishing.planning import Together
from sextortion_help.publishing.releases import submit
from sextortion_help.publishing.sources import Unreadable, restore, source_of
from sextortion_help.publishing.states import State, states


def versions_view(admin: Any, request: HttpRequest, draft: Publishable) -> HttpResponse:
    """Show the versions of a draft that comes from `whole()`, and what differs between two of them."""
    may_change = admin.has_change_permission(request, draft)
    if request.method == "POST":
        asked = _act(request, draft, may_change=may_change)
        return HttpResponseRedirect(asked.page_url() if asked else request.path)
    versions = list(draft.versions().select_related("published_by"))
    old = _chosen(versions, request.GET.get("old", ""))
    new = _chosen(versions, request.GET.get("new", ""))
    state = states([draft])[0]
    context = {
        "draft": draft,
        "versions": versions,
        "state": state,
        "differs": state == State.DIFFERS,
        "may_publish": admin.has_publish_permission(request),
        "may_change": may_change,
        "old": old,
        "new": new,
        "changes": [],
    }
    try:
        context["changes"] = _changes(draft, old, new) if old else []
    except (msgspec.ValidationError, KeyError):
        text = gettext("This version was published by another version of the program.")
        messages.error(request, text)
        context["old"] = None
    return admin.page(request, "versions", gettext("Versions"), context)  # type: ignore[no-any-return]  # a response


def _act(request: HttpRequest, draft: Publishable, *, may_change: bool) -> Release | None:
    """Put a version back, into the draft, or both. Gives the release that waits now, if one does."""
    version = _chosen(list(draft.versions()), request.POST.get("number", ""))
    if version is None:
        messages.error(request, gettext("This version does not exist."))
        return None
    outcome: Outcome | None = ()
    if "publish" in request.POST:
        note = gettext("version %d put back") % version.number
        together = Together(back=[version])
        outcome = report(request, lambda: submit(together, request.user, note))  # type: ignore[arg-type]  # logged in
    if outcome is not None and may_change and "draft" in request.POST:
        _into_draft(request, draft, version)
    return outcome if isinstance(outcome, Release) else None


def _into_draft(request: HttpRequest, draft: Publishable, version: Version) -> None:
    if version.source is None:
        text = gettext("Version %d is from before drafts were kept; the draft stays as it is.")
        messages.warning(request, text % version.number)
        return
    try:
        with by(request.user, draft):
            restore(draft, version.source)
    except Unreadable as unreadable:
        text = gettext(
            "The draft stays as it is: version %(number)d does not fit what is here now. %(what)s"
        )
        messages.error(request, text % {"number": version.number, "what": unreadable})
        return
    messages.success(request, gettext("The draft is as in version %d.") % version.number)


def _chosen(versions: list[Version], number: str) -> Version | None:
    return next((version for version in versions if str(version.number) == number), None)


def _changes(draft: Publishable, old: Version, new: Version | None) -> list[Change]:
    """Compare two versions, or one with the draft; by what is read where there is no source."""
    after_source = new.source if new else source_of(draft)
    if old.source is not None and after_source is not None:
        return changes(type(draft), old.source, after_source)
    before, after = content_of(old), content_of(new) if new else freeze(draft)
    words = [word_changes(before, after, language) for language in LANGUAGES]
    return [change for change in words if any(kind != "same" for kind, _ in change.pieces)]

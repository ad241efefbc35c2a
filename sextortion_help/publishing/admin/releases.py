"""The screens of what goes live together: choose and check drafts of any kinds, publish, undo."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.admin.publishable import publish_key
from sextortion_help.publishing.admin.reporting import report
from sextortion_help.publishing.compare import Change, changes
from sextortion_help.publishing.content import LANGUAGES, plain_words
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.languages import rules
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import (
    Frozen,
    check,
    newest_versions,
    publish,
    read,
    roll_back,
    seen,
)
from sextortion_help.publishing.reading import measure
from sextortion_help.publishing.sources import whole
from sextortion_help.publishing.states import State, states

RELEASES_SHOWN = 50


@admin.register(Version)
class VersionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # of versions
    """What was published, newest first; and the way to publish."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_publish(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.releases_view), name="publishing_version_changelist"),
            path("publish/", view(self.publish_view), name="publish"),
            path("<uuid:release>/undo/", view(self.undo_view), name="undo"),
        ]

    def releases_view(self, request: HttpRequest) -> HttpResponse:
        """List what was published together, newest first."""
        _require(request)
        versions = Version.objects.select_related("published_by").defer("source", "data")
        recent = versions.order_by("-id")[: RELEASES_SHOWN * 10]
        # a version from before releases was published by itself
        groups = groupby(recent, key=lambda version: version.release or version.id)
        releases = [list(group) for _, group in groups][:RELEASES_SHOWN]
        title = gettext("What was published")
        return self._page(request, "releases", title, {"releases": releases})

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Show what is wrong with the chosen drafts, and what they change; publish them."""
        _require(request)
        drafts = _chosen(request)
        if not drafts:
            waiting = {"waiting": _waiting(request)}
            return self._page(request, "choose", gettext("Publish together"), waiting)
        if request.method == "POST":
            return asks_again(request) or self._publish(request, drafts)
        frozen = read(drafts)
        problems = check(frozen)
        context = {
            "drafts": _with_changes(frozen),
            "seen": seen(frozen),
            "refusals": [problem for problem in problems if not problem.warning],
            "warnings": [problem for problem in problems if problem.warning],
            "readings": [
                (one.draft, rules(language), measure(plain_words(one.content, language), language))
                for one in frozen
                for language in LANGUAGES
            ],
        }
        return self._page(request, "publish", gettext("Check and publish"), context)

    def _publish(self, request: HttpRequest, drafts: list[Publishable]) -> HttpResponse:
        note, looked_at = request.POST.get("note", "")[:200], request.POST.get("seen", "")
        try:
            versions = publish(drafts, request.user, note, looked_at or "nothing")  # type: ignore[arg-type]  # logged in
        except Refused as refused:
            if len(refused.problems) == 1:
                messages.warning(request, refused.problems[0].text)
            return HttpResponseRedirect(request.get_full_path())
        text = gettext("Published: %s.") % ", ".join(map(str, versions))
        messages.success(request, text if versions else gettext("Nothing differed."))
        one = len(drafts) == 1
        releases = reverse("admin:publishing_version_changelist")
        return HttpResponseRedirect(drafts[0].edit_url() if one else releases)

    def undo_view(self, request: HttpRequest, release: UUID) -> HttpResponse:
        """Ask once, then undo all that was published together."""
        _require(request)
        versions = list(Version.objects.filter(release=release).defer("source", "data"))
        if not versions:
            messages.error(request, gettext("This release does not exist."))
            return HttpResponseRedirect(reverse("admin:publishing_version_changelist"))
        if request.method == "POST":
            if asks := asks_again(request):
                return asks
            note = request.POST.get("note", "")[:200]
            report(request, lambda: roll_back(release, request.user, note))  # type: ignore[arg-type]  # logged in
            return HttpResponseRedirect(reverse("admin:publishing_version_changelist"))
        return self._page(request, "undo", gettext("Undo a release"), {"versions": versions})

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return render(request, f"admin/publishing/{name}.html", {**common, **context})


def _may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm("publishing.add_version")


def _require(request: HttpRequest) -> None:
    if not _may_publish(request):
        raise PermissionDenied


def _chosen(request: HttpRequest) -> list[Publishable]:
    """Give the drafts that the address names, of those kinds this member of staff may see."""
    keys = request.GET.getlist("draft")
    return [
        draft
        for model in _models(request)
        for draft in model._default_manager.filter(pk__in=_numbers(model, keys))
    ]


def _numbers(model: type[Publishable], keys: Iterable[str]) -> list[int]:
    pairs = (key.partition(":") for key in keys)
    wanted = model.content_kind()
    return [
        int(pk)
        for kind, _, pk in pairs
        if kind == wanted and pk.isascii() and pk.isdecimal() and len(pk) < 10
    ]


def _models(request: HttpRequest) -> list[type[Publishable]]:
    return [
        model
        for model in publishable_models()
        if request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]


def _waiting(request: HttpRequest) -> list[tuple[str, list[tuple[str, Any, State]]]]:
    """Give the drafts that are not as they are live, by kind."""
    waiting: list[tuple[str, list[tuple[str, Any, State]]]] = []
    for model in _models(request):
        drafts = list(whole(model))
        rows: list[tuple[str, Any, State]] = [
            (publish_key(draft), draft, state)
            for draft, state in zip(drafts, states(drafts), strict=True)
            if state in (State.NEVER, State.DIFFERS)
        ]
        if rows:
            waiting.append((str(model._meta.verbose_name_plural), rows))
    return waiting


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

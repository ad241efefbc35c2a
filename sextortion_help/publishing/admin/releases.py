"""The screens of what was published, and what waits: one list, one page a release, and the way to undo it."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.admin.choosing import open_releases, publish_view
from sextortion_help.publishing.admin.release import release_view
from sextortion_help.publishing.admin.reporting import Outcome, report
from sextortion_help.publishing.admin.rights import (
    is_theirs,
    may_ask,
    may_publish,
    require_kinds,
)
from sextortion_help.publishing.admin.together import choose_view, together_view
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.hands import publishers
from sextortion_help.publishing.models import Release, Version
from sextortion_help.publishing.publish import alone, undone
from sextortion_help.publishing.releases import submit

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
        return may_ask(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_ask(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.releases_view), name="publishing_version_changelist"),
            path("changed/<int:pk>/", view(self.version_view), name="version"),
            path("publish/", view(self.publish_view), name="publish"),
            path("preview/", view(choose_view), name="preview_chosen"),
            # a chat is played by posting; it changes nothing, and public templates hold no CSRF token
            path("preview/<str:chosen>/", view(together_view), name="together"),
            path(
                "preview/<str:chosen>/<slug:place>/",
                view(csrf_exempt(together_view)),
                name="together",
            ),
            path(
                "preview/<str:chosen>/<slug:place>/<path:path>",
                view(csrf_exempt(together_view)),
                name="together",
            ),
            path("<uuid:release>/", view(self.release_view), name="release"),
            path("<uuid:release>/undo/", view(self.undo_view), name="undo"),
        ]

    def releases_view(self, request: HttpRequest) -> HttpResponse:
        """List what waits, and what was published together, newest first, of the kinds of who asks."""
        require_kinds(request)
        versions = Version.objects.select_related("published_by", "confirmed_by")
        recent = versions.defer("source", "data").order_by("-id")[: RELEASES_SHOWN * 10]
        # a version from before releases was published by itself
        groups = groupby(recent, key=lambda version: version.release or version.id)
        together = [list(group) for _, group in groups]
        releases = [
            versions
            for versions in together
            if is_theirs(request, (version.kind for version in versions))
        ][:RELEASES_SHOWN]
        context = {"releases": releases, "asked": open_releases(request)}
        return self.page(request, "releases", gettext("What was published"), context)

    def version_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the versions of an object, and to what this one changed."""
        version = get_object_or_404(Version.objects.defer("source", "data"), pk=pk)
        require_kinds(request, [version.kind])
        models = (one for one in publishable_models() if one.content_kind() == version.kind)
        model = next(models, None)
        draft = model and model._default_manager.filter(code=version.code).first()
        if draft is None:
            raise Http404
        name = f"admin:{draft._meta.app_label}_{draft._meta.model_name}_versions"
        number = version.number
        query = f"?old={number - 1}&new={number}" if number > 1 else ""
        return HttpResponseRedirect(reverse(name, args=[draft.pk]) + query)

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Choose and check drafts; publish them, or ask for it."""
        return publish_view(self, request)

    def release_view(self, request: HttpRequest, release: UUID) -> HttpResponse:
        """Look at what was asked for, and decide."""
        return release_view(self, request, release)

    def undo_view(self, request: HttpRequest, release: UUID) -> HttpResponse:
        """Ask once, then undo all that was published together, or ask somebody who may."""
        versions = list(Version.objects.filter(release=release).defer("source", "data"))
        require_kinds(request, (version.kind for version in versions))
        if not versions:
            messages.error(request, gettext("This release does not exist."))
            return HttpResponseRedirect(reverse("admin:publishing_version_changelist"))
        if request.method == "POST":
            if asks := asks_again(request):
                return asks
            note = request.POST.get("note", "")[:200]

            def undo() -> Outcome:
                with alone():
                    return submit(undone(release), request.user, note)  # type: ignore[arg-type]  # logged in

            outcome = report(request, undo)
            if isinstance(outcome, Release):
                return HttpResponseRedirect(outcome.page_url())
            if outcome is None and note:
                return HttpResponseRedirect(f"{request.path}?{urlencode({'note': note})}")
            return HttpResponseRedirect(reverse("admin:publishing_version_changelist"))
        context = {
            "versions": versions,
            "others": publishers().count() > 1,
            "note": request.GET.get("note", "")[:200],
            "may_publish": may_publish(request),
        }
        return self.page(request, "undo", gettext("Undo a release"), context)

    def page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        """Render one of the screens of this folder."""
        common = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return render(request, f"admin/publishing/{name}.html", {**common, **context})

"""The form of what is published as a whole, with everything that leads to the public."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.admin.choosing import choose_more, publish_key, staying
from sextortion_help.publishing.admin.drafts import DraftAdmin
from sextortion_help.publishing.admin.lists import StateList, missing
from sextortion_help.publishing.admin.preview import Screen, show
from sextortion_help.publishing.admin.reporting import Outcome, report
from sextortion_help.publishing.admin.versions import versions_view
from sextortion_help.publishing.checks.addresses import answers
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.freezing import freeze, publishable_models
from sextortion_help.publishing.hands import publishers
from sextortion_help.publishing.live import from_database
from sextortion_help.publishing.models import Publishable, Release
from sextortion_help.publishing.planning import Together
from sextortion_help.publishing.publish import alone, leaving
from sextortion_help.publishing.releases import submit
from sextortion_help.publishing.sources import whole


class PublishableAdmin(DraftAdmin):
    """A kind of draft that is published: its list, its form, and the screens behind it."""

    actions = ("check_and_publish", "take_off")
    show_full_result_count = False  # it would be counted twice
    list_display: Any = ("named", "code", "written", "state")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        order: Any = self.get_ordering(request) or self.opts.ordering
        return whole(self.model).order_by(*order)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> list[Any]:
        """Let the name and the code lead to the form."""
        return [name for name in list_display if name in ("named", "name", "code")]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StateList

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "code") if obj and obj.versions().exists() else fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the draft of what was published: only with it can it be taken off the site."""
        published = obj is not None and obj.versions().exists()
        return not published and super().has_delete_permission(request, obj)

    @admin.display(description=_("name"))
    def named(self, draft: Any) -> str:
        """The name in the editor's language, the first column of the list."""
        return Truncator(draft.called(get_language() or "")).chars(80)

    @admin.display(description=_("languages"))
    def written(self, draft: Any) -> str:
        """Which languages lack a text, and how many."""
        lacking = (f"{code} −{count}" for code, count in missing(draft).items())
        return ", ".join(lacking) or gettext("complete")

    @admin.display(description=_("state"))
    def state(self, draft: Any) -> str:
        """The column of the list."""
        return str(draft.state.label)

    @admin.action(description=_("Check and publish"), permissions=["ask"])
    def check_and_publish(
        self, request: HttpRequest, queryset: QuerySet[Publishable]
    ) -> HttpResponse:
        """Lead to the page that checks the chosen drafts and publishes them together."""
        chosen = "&".join(f"draft={publish_key(draft)}" for draft in queryset)
        return HttpResponseRedirect(f"{reverse('admin:publish')}?{chosen}")

    @admin.action(description=_("Take off the site"), permissions=["ask"])
    def take_off(self, request: HttpRequest, queryset: QuerySet[Publishable]) -> HttpResponse:
        """Lead to the same page, which takes the chosen objects off the site."""
        chosen = "&".join(f"gone={publish_key(draft)}" for draft in queryset)
        return HttpResponseRedirect(f"{reverse('admin:publish')}?{chosen}")

    def has_ask_permission(self, request: HttpRequest) -> bool:
        """Who may change this kind may ask for it to be published, put back, or taken off the site."""
        return self.has_publish_permission(request) or self.has_change_permission(request)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Only staff who may add versions, and see this kind, publish, put back, or take off the site."""
        return request.user.has_perm("publishing.add_version") and self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        ours: list[tuple[str, Any, str]] = [
            # a chat is played by posting; it changes nothing, and public templates hold no CSRF token
            ("<int:pk>/preview/<slug:place>/", csrf_exempt(self.preview_view), "preview"),
            (
                "<int:pk>/preview/<slug:place>/<path:path>",
                csrf_exempt(self.preview_view),
                "preview",
            ),
            ("<int:pk>/versions/", self.versions_view, "versions"),
            ("<int:pk>/retire/", self.retire_view, "retire"),
        ]
        urls = [
            path(route, self.admin_site.admin_view(view), name=self.url_name(name))
            for route, view, name in ours
        ]
        return urls + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = {
            "may_publish": self.has_publish_permission(request),
            "may_ask": self.has_ask_permission(request),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def preview_view(
        self, request: HttpRequest, pk: int, place: str, path: str = ""
    ) -> HttpResponse:
        """Show a page of the site as a visitor would see it with this draft: its own, or that at `path`."""
        draft = get_object_or_404(whole(self.model), pk=pk)
        return self.preview_of(request, draft, place, path and f"/{path}")

    def preview_of(
        self, request: HttpRequest, draft: Any, place: str, path: str = "", *, typed: bool = False
    ) -> HttpResponse:
        """Show a draft that comes from `whole()`, as it is saved, or as `typed` and not saved."""
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        content = freeze(draft)
        if answers(content.path) != content.view:
            text = gettext("%(draft)s: the address %(path)s belongs to another page of this site.")
            messages.error(request, text % {"draft": draft, "path": content.path})
            return HttpResponseRedirect(draft.edit_url())

        def address(code: str, path: str) -> str:
            return self.preview_url(draft, code) + path[1:]

        language = place.partition("-")[0]
        name = draft.called(language if language in LANGUAGES else LANGUAGES[0])
        banner = {"name": name, "back": draft.edit_url(), "typed": typed}
        screen = Screen(from_database().plus([content]), address, content, banner)
        return show(request, screen, place, path)

    def preview_url(self, draft: Any, place: str) -> str:
        """Give the address of the preview of a draft in a place."""
        return reverse(f"admin:{self.url_name('preview')}", args=[draft.pk, place])

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List every version, compare them, and put an old one back, or ask for it."""
        self.require_ask(request)
        if request.method == "POST" and (asks := asks_again(request)):
            return asks
        return versions_view(self, request, get_object_or_404(whole(self.model), pk=pk))

    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, then take the object off the site, or ask somebody who may."""
        self.require_ask(request)
        draft = get_object_or_404(self.model, pk=pk)
        if request.method == "POST":
            if asks := asks_again(request):
                return asks
            note = request.POST.get("note", "")[:200]

            def leave() -> Outcome:
                with alone():
                    return submit(Together(gone=[leaving(draft)]), request.user, note)  # type: ignore[arg-type]  # logged in

            outcome = report(request, leave)
            if isinstance(outcome, Release):
                return HttpResponseRedirect(outcome.page_url())
            if outcome is None and note:
                return HttpResponseRedirect(f"{request.path}?{urlencode({'note': note})}")
            return HttpResponseRedirect(draft.edit_url())
        context = {
            "draft": draft,
            "others": publishers().count() > 1,
            "note": request.GET.get("note", "")[:200],
            "problems": staying(draft),
            "more": choose_more([], [publish_key(draft)]),
            "may_publish": self.has_publish_permission(request),
        }
        return self.page(request, "retire", gettext("Take off the site"), context)

    def require_ask(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for those who may neither publish this kind nor ask others to."""
        if not self.has_ask_permission(request):
            raise PermissionDenied

    def page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        """Render one of the screens of this folder."""
        common = self.admin_site.each_context(request)
        context = {**common, "title": title, "opts": self.opts, **context}
        return render(request, f"admin/publishing/{name}.html", context)

    def url_name(self, name: str) -> str:
        """Give the name of one of the screens' addresses, without "admin:"."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"


def register_rest() -> None:
    """Give every kind of content that has no admin of its own a list, a form and the screens."""
    for model in publishable_models():
        if not admin.site.is_registered(model):
            admin.site.register(model, PublishableAdmin)

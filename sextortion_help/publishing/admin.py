"""The editor's way from a draft to the public: check, preview, publish, versions, back, off the site."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from sextortion_help.publishing.content import LANGUAGES, plain_words
from sextortion_help.publishing.live import Live, readable
from sextortion_help.publishing.models import Publishable, digest
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import check, publish, publish_again, retire
from sextortion_help.publishing.reading import measure


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]  # one form for every kind of draft
    """Tells the second of two editors, before anything of the first is overwritten."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["edition"] = self.instance.edition

    def clean(self) -> dict[str, Any]:
        """Refuse to save over an edition this editor has not seen. What they wrote stays in the form.

        Saving once more is then taken as: I have compared, mine is the one.
        """
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance.pk:
            drafts = type(self.instance)._default_manager.select_for_update()
            newest = drafts.values_list("edition", flat=True).get(pk=self.instance.pk)
            if cleaned.get("edition") != newest:
                data = cast("QueryDict", self.data).copy()
                data[self.add_prefix("edition")] = str(newest)
                self.data = data
                raise forms.ValidationError(
                    gettext(
                        "Somebody else saved this while you were writing. Nothing of yours is lost: "
                        "it stands below, not saved yet. Open this page in a second window to "
                        "compare, then save again to keep yours."
                    )
                )
        return cleaned


class SideBySide:
    """A form that shows the three languages of a text beside each other."""

    class Media:
        css = {"all": ("staff.css",)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Put the columns of each translated field on one row."""
        return [
            (name, {**options, "fields": _rows(options["fields"])})
            for name, options in super().get_fieldsets(request, obj)  # type: ignore[misc]  # an admin's
        ]


def _rows(fields: Iterable[Any]) -> list[Any]:
    rows: list[Any] = []
    for field in fields:
        stem, _, language = str(field).rpartition("_")
        if language not in LANGUAGES:
            rows.append(field)
        elif language == LANGUAGES[0]:
            rows.append(tuple(f"{stem}_{code}" for code in LANGUAGES))
    return rows


class DraftAdmin(SideBySide, TranslationAdmin):  # type: ignore[type-arg]  # of any draft
    """The form of any draft row."""

    form = DraftForm
    save_on_top = True
    exclude = ("edition",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "code") if obj and getattr(obj, "code_for_life", False) else fields


class DraftInline(SideBySide, TranslationStackedInline):  # type: ignore[type-arg]  # its stubs name two
    """Draft rows in the form of another: the steps of a page, the answers of a question."""

    exclude = ("edition",)
    extra = 0


class PublishableAdmin(DraftAdmin):
    """The form of what is published as a whole, with everything that leads to the public."""

    change_form_template = "admin/publishing/change_form.html"
    actions = ("check_and_publish",)
    list_display: Any = ("__str__", "state")

    def preview(self, request: HttpRequest, now: Live, content: Any) -> HttpResponse:
        """Show this content with the public template, as if `now` were live."""
        raise NotImplementedError

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj and obj.versions().exists() else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the draft of what was published: only with it can it be taken off the site."""
        published = obj is not None and obj.versions().exists()
        return not published and super().has_delete_permission(request, obj)

    @admin.display(description=_("state"))
    def state(self, draft: Publishable) -> str:
        """The column of the list."""
        return draft.state

    @admin.action(description=_("Check and publish"), permissions=["publish"])
    def check_and_publish(
        self, request: HttpRequest, queryset: QuerySet[Publishable]
    ) -> HttpResponse:
        """Lead to the page that checks the chosen drafts and publishes them together."""
        chosen = ",".join(str(draft.pk) for draft in queryset)
        return HttpResponseRedirect(f"{self._url('publish')}?ids={chosen}")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Only staff who may add versions publish, go back, or take something off the site."""
        return request.user.has_perm("publishing.add_version")

    def get_urls(self) -> list[URLPattern]:
        ours: list[tuple[str, Any, str]] = [
            ("publish/", self.publish_view, "publish"),
            # a chat is played by posting; it changes nothing, and public templates hold no CSRF token
            ("<int:pk>/preview/<slug:language>/", csrf_exempt(self.preview_view), "preview"),
            ("<int:pk>/versions/", self.versions_view, "versions"),
            ("<int:pk>/retire/", self.retire_view, "retire"),
        ]
        urls = [
            path(route, self.admin_site.admin_view(view), name=self._url_name(name))
            for route, view, name in ours
        ]
        return urls + super().get_urls()

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Show what is wrong with the chosen drafts; publish them when nothing is."""
        self._require_publish(request)
        ids = [_number(pk) for pk in request.GET.get("ids", "").split(",")]
        drafts = list(self.model._default_manager.filter(pk__in=ids))
        if not drafts:
            messages.warning(request, gettext("Nothing was chosen."))
            return HttpResponseRedirect(self._url("changelist"))
        if request.method == "POST":
            return self._publish(request, drafts)
        problems = check(drafts)
        return self._page(
            request,
            "publish",
            gettext("Check and publish"),
            {
                "drafts": drafts,
                "seen": _seen(drafts),
                "refusals": [problem for problem in problems if not problem.warning],
                "warnings": [problem for problem in problems if problem.warning],
                "readings": [
                    (draft, language, measure(plain_words(draft.content(), language), language))
                    for draft in drafts
                    for language in LANGUAGES
                ],
            },
        )

    def _publish(self, request: HttpRequest, drafts: list[Publishable]) -> HttpResponse:
        again = HttpResponseRedirect(request.get_full_path())
        if _seen(drafts) != request.POST.get("seen"):
            text = gettext("A draft was saved since you looked. Look again, then publish.")
            messages.warning(request, text)
            return again
        try:
            versions = publish(drafts, _user(request), request.POST.get("note", "")[:200])
        except Refused:
            return again
        text = gettext("Published: %s.") % ", ".join(map(str, versions))
        messages.success(request, text if versions else gettext("Nothing differed."))
        one = len(drafts) == 1
        return HttpResponseRedirect(drafts[0].edit_url() if one else self._url("changelist"))

    def preview_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Show the draft as a visitor would see it, in one language."""
        draft = get_object_or_404(self.model, pk=pk)
        if language not in LANGUAGES or not self.has_view_permission(request, draft):
            raise PermissionDenied
        content = draft.content()
        with translation.override(language):
            now = readable().plus([content])
            response = self.preview(request, now, content)
        response["X-Robots-Tag"] = "noindex, noarchive"
        return response

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List every version; one button puts an old one back."""
        self._require_publish(request)
        draft = get_object_or_404(self.model, pk=pk)
        if request.method == "POST":
            version = get_object_or_404(
                draft.versions(), number=_number(request.POST.get("number", ""))
            )
            note = gettext("version %d put back") % version.number
            self._do(request, lambda: publish_again(version, _user(request), note))
            return HttpResponseRedirect(request.path)
        versions = draft.versions().select_related("published_by")
        return self._page(
            request, "versions", gettext("Versions"), {"draft": draft, "versions": versions}
        )

    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once, then take the object off the site."""
        self._require_publish(request)
        draft = get_object_or_404(self.model, pk=pk)
        if request.method == "POST":
            note = request.POST.get("note", "")[:200]
            self._do(request, lambda: retire(draft, _user(request), note))
            return HttpResponseRedirect(draft.edit_url())
        return self._page(request, "retire", gettext("Take off the site"), {"draft": draft})

    def _do(self, request: HttpRequest, act: Any) -> None:
        try:
            versions = act()
        except Refused as refused:
            for problem in refused.problems:
                messages.error(request, problem.text)
            return
        text = gettext("Done: %s.") % ", ".join(map(str, versions))
        messages.success(request, text if versions else gettext("Nothing differed."))

    def _require_publish(self, request: HttpRequest) -> None:
        if not self.has_publish_permission(request):
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = self.admin_site.each_context(request)
        return render(
            request,
            f"admin/publishing/{name}.html",
            {**common, "title": title, "opts": self.opts, **context},
        )

    def _url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _url(self, name: str) -> str:
        return reverse(f"admin:{self._url_name(name)}")


def _seen(drafts: Iterable[Publishable]) -> str:
    """Tell drafts apart from what they were, whichever row of them was saved since."""
    return ",".join(digest(draft.as_data()) for draft in drafts)


def _number(text: str) -> int:
    """Read a number of an address or a form; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _user(request: HttpRequest) -> Any:
    return request.user

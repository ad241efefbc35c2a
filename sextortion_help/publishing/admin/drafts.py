"""The form of any draft row, and of rows within it: what is saved, and where its editor goes then."""

from typing import Any, ClassVar, Final

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.csp import csp_override
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from sextortion_help.bounded import BoundedList, is_number
from sextortion_help.publishing.admin.deleting import Deleting, link
from sextortion_help.publishing.admin.forms import DraftForm
from sextortion_help.publishing.admin.layout import SideBySide
from sextortion_help.publishing.admin.lists import searched
from sextortion_help.publishing.admin.moving import MOVE, move_part
from sextortion_help.publishing.admin.panel import panel
from sextortion_help.publishing.admin.preview import WITH_A_FRAME
from sextortion_help.publishing.admin.recording import besides, done, said_besides
from sextortion_help.publishing.admin.rows import Rows
from sextortion_help.publishing.admin.surroundings import problem_links, surroundings
from sextortion_help.publishing.admin.typed import typed_view
from sextortion_help.publishing.admin.ways import next_address, only_ours
from sextortion_help.publishing.hands import standing, touched
from sextortion_help.publishing.models import Draft


class DraftAdmin(Deleting, SideBySide, TranslationAdmin):  # type: ignore[type-arg]  # of any draft
    """The form of any draft row."""

    form = DraftForm
    save_on_top = True
    exclude = ("edition",)
    change_form_template = "admin/publishing/change_form.html"
    delete_confirmation_template = "admin/publishing/delete.html"
    delete_selected_confirmation_template = "admin/publishing/delete_selected.html"

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()
        for url in urls:
            if str(url.name).endswith(("_add", "_change")):
                url.callback = csp_override(WITH_A_FRAME)(url.callback)
        typed = self.admin_site.admin_view(self.typed_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_typed"
        return [path("<int:pk>/typed/<slug:place>/", typed, name=name), *urls]

    def typed_view(self, request: HttpRequest, pk: int, place: str) -> HttpResponse:
        """Show what stands in the form and is not saved."""
        return typed_view(self, request, pk, place)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedList

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Do what was chosen above a list, with those of the chosen rows whose number may be one."""
        post = request.POST.copy()
        chosen = filter(is_number, post.getlist(ACTION_CHECKBOX_NAME))
        post.setlist(ACTION_CHECKBOX_NAME, list(chosen))
        request.POST = post  # type: ignore[assignment]  # a QueryDict as Django makes it
        return super().response_action(request, *args, **kwargs)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return list(searched(self.model))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        if obj and obj.part_of:
            fields = (*fields, obj.part_of)
        return (*fields, "code") if obj and obj.code_for_life else fields

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        # a part has its place by the buttons on the form of its owner
        exclude = tuple(super().get_exclude(request, obj) or ())
        return (*exclude, "order") if self.model.part_of else exclude

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "",
        extra_context: Any = None,
    ) -> Any:  # fmt: skip
        """Show the form, or save it: all of it or nothing, one editor after the other."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        only_ours(request)
        with transaction.atomic():
            if object_id and not self._lock(
                object_id
            ):  # deleted: people/kept.py shows what was sent
                raise Http404
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _lock(self, object_id: str) -> bool:
        """Let others wait who save this row. Tells whether it is there."""
        try:
            pk = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return False
        rows = self.model._default_manager.select_for_update().filter(pk=pk)
        return bool(rows.values_list("pk"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        request.before = standing(obj)  # type: ignore[attr-defined]  # for save_related
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        made = [row for formset in formsets for row in getattr(formset, "made", ())]
        request.made = made  # type: ignore[attr-defined]  # for where the button leads
        besides(request, *(done("added", row) for row in made))
        if asked := request.POST.get(MOVE):
            move_part(request, form.instance, asked)
        touched(request.user, request.before, form.instance)  # type: ignore[attr-defined]  # of save_model
        forms = [form, *(one for formset in formsets for one in formset.initial_forms)]
        if any(getattr(one, "theirs", ()) for one in forms):
            text = gettext("What somebody else saved while you were writing was kept too.")
            messages.info(request, text)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Say what was changed on the form, and by its buttons."""
        said = super().construct_change_message(request, form, formsets, add)
        return [*said, *said_besides(request)]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write down what was changed; nothing, where nothing was."""
        request.unchanged = not message  # type: ignore[attr-defined]  # for the sentence that follows
        return super().log_change(request, obj, message) if message else None

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        return self._after(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._after(request, obj)

    def _after(self, request: HttpRequest, obj: Draft) -> HttpResponse:
        """Say what was saved, and that it is not live, and lead to where the button says."""
        name = f"{self.opts.verbose_name} “{str(obj)[:80]}”"
        if MOVE in request.POST:
            text = gettext("Moved, and saved as a draft: %s. Visitors see it once it is published.")
        elif getattr(request, "unchanged", False):
            text = gettext("Nothing was changed: %s.")
        else:
            text = gettext("Saved as a draft: %s. Visitors see it once it is published.")
        messages.success(request, text % name)
        address = next_address(request, self, obj)
        for row in getattr(request, "made", ()):
            if row.edit_url() == address:
                text = gettext("This is the new one, still empty: %s.")
            else:
                text = gettext("New, and still empty: %s. Open it to fill it in.")
            messages.info(request, format_html(text % "{}", link(row)))
        return HttpResponseRedirect(address)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """Show around the form to what its row belongs, what can be done, and what is wrong, by links."""
        around = surroundings(request, self, kwargs.get("obj"))
        saved, root = kwargs.get("obj"), around["whole"]
        if request.method == "GET" and saved is not None and root is not None:
            around["panel"] = panel(request, root, saved)
        around["rows_first"] = self.rows_first
        context = {"panel": None, **around, **context, "problem_links": problem_links(context)}
        return super().render_change_form(request, context, *args, **kwargs)


MOST_ROWS: Final = 100


class DraftInline(SideBySide, TranslationStackedInline):  # type: ignore[type-arg]  # its stubs name two
    """Draft rows in the form of another: the steps of a page, the answers of a question."""

    form = DraftForm
    formset = Rows
    template = "admin/publishing/rows.html"
    exclude = ("edition", "order")
    extra = 0
    max_num = MOST_ROWS
    usual: ClassVar[int] = 0  # so many rows are offered at least

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Make no more rows than anybody has: Django would draw 2,000 of them to refuse a number."""
        return super().get_formset(request, obj, **{"absolute_max": MOST_ROWS, **kwargs})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load each row with its owner, whose code is part of the row's name."""
        return super().get_queryset(request).select_related(self.model.part_of)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        owner: Any = self.model._meta.get_field(self.model.part_of)
        name = owner.remote_field.related_name
        there = getattr(obj, name).count() if obj else 0
        asked = request.method == "GET" and request.GET.get("more") == name
        return max(int(asked), self.usual - there)

"""What stands around the form of a draft: to what it belongs, its previews, its check, what is wrong."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sextortion_help.publishing.admin.layout import chosen
from sextortion_help.publishing.admin.preview import previewed, step_of
from sextortion_help.publishing.admin.rights import kinds
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Draft, Publishable

type Link = tuple[str, str]


def surroundings(request: HttpRequest, admin: Any, draft: Draft | None) -> dict[str, Any]:
    """Give the owner of a row and the whole that is published with it, with what can be done with that."""
    owner = _owner(request, admin.model, draft)
    root = draft or owner
    while root is not None and root.part_of:
        root = getattr(root, root.part_of)
    whole = root if isinstance(root, Publishable) else None
    model = type(whole) if whole else admin.model
    may = issubclass(model, tuple(kinds(request)))
    return {
        "owner": owner,
        "whole": whole,
        "text_languages": LANGUAGES,
        "reader": whole.reader if whole else "",
        "previews": _previews(model, whole, draft or whole)
        if issubclass(model, Publishable)
        else [],
        "typed": _typed(draft) if whole and draft and draft.pk else "",
        "check_url": _check_url(whole) if may else "",
    }


def _owner(request: HttpRequest, model: type[Draft], draft: Draft | None) -> Draft | None:
    if not model.part_of:
        return None
    if draft is not None and draft.pk:
        return getattr(draft, model.part_of)  # type: ignore[no-any-return]  # a draft
    field: Any = model._meta.get_field(model.part_of)
    pk = chosen(request, model.part_of)
    found: Draft | None = field.related_model._default_manager.filter(pk=pk).first()
    return found


def _check_url(whole: Publishable | None) -> str:
    """Give where a whole is checked. What is still to be added has its button too: it saves first."""
    query = f"?draft={whole.content_kind()}:{whole.pk}" if whole else ""
    return reverse("admin:publish") + query


def _previews(model: type[Publishable], whole: Publishable | None, row: Draft | None) -> list[Link]:
    """Give the previews of the whole, each open where the row is seen; those in the reader's language first."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_preview"
    step = step_of(row) if row and row.pk else ""
    there = previewed(live(), getattr(whole, "countries", ()))
    there.sort(key=lambda place: place[1].language != get_language())
    return [
        (code, reverse(name, args=[whole.pk, code]) + step if whole else "") for code, _ in there
    ]


def _typed(row: Draft) -> str:
    """Give the address that shows what is typed in the form of a row, without the place at its end."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_typed"
    return reverse(name, args=[row.pk, "place"]).removesuffix("place/")


def problem_links(context: Any) -> list[Link]:
    """Give every problem of the form and of its rows, with the id of the field it is about."""
    found: list[Link] = list(_of_form(context["adminform"].form))
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        if formset.is_bound:
            group = f"{formset.prefix}-group"
            found += [(group, str(error)) for error in formset.non_form_errors()]
            for form in formset.forms:
                found += _of_form(form, f"{form.prefix}")
    return found


def _of_form(form: Any, otherwise: str = "errors") -> Iterator[Link]:
    if not form.is_bound:
        return
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        label = f"{field.label}: " if field else ""
        target = (field.id_for_label or field.auto_id) if field else otherwise
        for error in errors:
            words = unescape(strip_tags(error)) if isinstance(error, SafeString) else error
            yield target, f"{label}{words}"

"""What the admin of a quiz shows of its graph: lists of links to the forms of its rows."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sextortion_help.publishing.models import Draft


def link(draft: Draft) -> SafeString:
    """Give a link to the form of a row, named as the row is."""
    return format_html('<a href="{}">{}</a>', draft.edit_url(), draft)


def add_link(model: type[Model], **fields: Any) -> SafeString:
    """Give a link to the form that adds a row, with these fields filled in."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    text = gettext("Add: %s") % model._meta.verbose_name
    return format_html('<a class="addlink" href="{}?{}">{}</a>', address, urlencode(fields), text)


def listed(items: Iterable[Any]) -> SafeString:
    """Give a list of what is ready to be shown."""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((i,) for i in items)))


def leads_to(label: str, target: Draft | None, otherwise: str) -> SafeString:
    """Give one choice and the row it leads to; `otherwise` says it where there is no row."""
    return format_html("{} → {}", label, link(target) if target else otherwise)


def offer(field: Any, rows: QuerySet[Any]) -> None:
    """Let a field of a form offer these rows, asked for once however many forms show them."""
    if isinstance(field, ModelChoiceField):
        field.queryset = rows
        field.choices = [("", field.empty_label or ""), *((row.pk, str(row)) for row in rows)]


def chosen(request: HttpRequest, name: str) -> int | None:
    """Give the whole to which a new row is to be added, as the form or its address says."""
    value = request.POST.get(name) or request.GET.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None

"""Deleting drafts: with all that belongs to them, unless something else still leads there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import PROTECT, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sextortion_help.publishing.admin.recording import done, log
from sextortion_help.publishing.admin.rights import may
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Draft


def link(draft: Draft) -> SafeString:
    """Give a link to the form of a row, named as the row is."""
    return format_html('<a href="{}">{}</a>', draft.edit_url(), draft)


def leading_into(rows: Iterable[Draft]) -> Iterator[tuple[Any, Draft, Draft]]:
    """Give each (link, row, target) by which a row leads to one of these rows."""
    kinds: dict[type[Draft], list[Draft]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    for model, targets in kinds.items():
        by_pk = {row.pk: row for row in targets}
        for relation in model._meta.get_fields(include_hidden=True):
            kind: Any = relation.related_model
            if not (relation.auto_created and isinstance(kind, type) and issubclass(kind, Draft)):
                continue
            field: Any = relation.remote_field
            if relation.many_to_many:
                for source in kind._default_manager.filter(
                    **{f"{field.name}__in": by_pk}
                ).distinct():
                    yield from (
                        (field, source, by_pk[target.pk])
                        for target in getattr(source, field.name).all()
                        if target.pk in by_pk
                    )
            elif getattr(relation, "on_delete", None) is PROTECT:
                for source in kind._default_manager.filter(**{f"{field.name}__in": by_pk}):
                    yield field, source, by_pk[getattr(source, field.attname)]


def with_parts(drafts: Iterable[Draft]) -> list[Draft]:
    """Give the drafts and all rows that belong to them."""
    return list({(type(row), row.pk): row for draft in drafts for row in draft.rows()}.values())


def delete(drafts: Iterable[Draft]) -> None:
    """Delete drafts with all that belongs to them, whatever leads where among them."""
    drafts = list(drafts)
    rows = with_parts(drafts)
    inner = {(type(row), row.pk) for row in rows}
    with transaction.atomic():
        for field, source, _ in list(leading_into(rows)):
            if not field.many_to_many and (type(source), source.pk) in inner:
                type(source)._default_manager.filter(pk=source.pk).update(**{field.name: None})
        for draft in drafts:
            draft.delete()


class Deleting:
    """What an admin of drafts says and does before it deletes."""

    opts: Any

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Give what would be deleted, how much, which rights are lacking, and what leads there."""
        drafts = list(objs)
        rows = with_parts(drafts)
        inner = {(type(row), row.pk) for row in rows}
        counts = Counter(str(row._meta.verbose_name_plural) for row in rows)
        lacking = {
            str(row._meta.verbose_name) for row in rows if not may(request, "delete", type(row))
        }
        if any(not self.has_delete_permission(request, draft) for draft in drafts):  # type: ignore[attr-defined]  # an admin's
            lacking.add(str(self.opts.verbose_name))
        protected = [
            format_html("{} → {}", link(source), str(target))
            for _, source, target in leading_into(rows)
            if (type(source), source.pk) not in inner
        ]
        return [str(row) for row in rows], counts, lacking, protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if obj.part_of:
            request.owner = getattr(obj, obj.part_of)  # type: ignore[attr-defined]  # for response_delete
            self._delete_parts(request, [obj])
        else:
            delete([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        rows = list(queryset)
        self._delete_parts(request, [row for row in rows if row.part_of])
        delete(row for row in rows if not row.part_of)

    def _delete_parts(self, request: HttpRequest, rows: list[Draft]) -> None:
        """Delete rows, and write down with what they belonged to who did."""
        owners = [getattr(row, row.part_of) for row in rows]
        said = [(owner, done("deleted", row)) for owner, row in zip(owners, rows, strict=True)]
        with transaction.atomic(), by(request.user, *owners):
            delete(rows)
            for owner in dict.fromkeys(owners):
                log(request.user, owner, *(act for of, act in said if of == owner))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Delete, unless somebody let something lead there in the very same moment."""
        try:
            return super().delete_view(request, object_id, extra_context)  # type: ignore[misc]  # an admin's
        except ProtectedError:
            messages.error(
                request, gettext("Something leads there since a moment ago. Look again.")
            )
            return HttpResponseRedirect(request.get_full_path())

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        response: HttpResponse = super().response_delete(request, obj_display, obj_id)  # type: ignore[misc]  # an admin's
        owner = getattr(request, "owner", None)
        return HttpResponseRedirect(owner.edit_url()) if owner else response

"""What buttons do besides saving a form, written into Django's log as its forms are: the record reads it there."""

from typing import Any, Literal

from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest
from django.utils.translation import override

from sextortion_help.publishing.models import Draft

type Act = dict[str, dict[str, Any]]


def done(what: Literal["added", "changed", "deleted"], row: Draft, *fields: str) -> Act:
    """Say what was done with a row, as Django's log keeps it: it is translated when it is read."""
    with override(None):
        said: dict[str, Any] = {"name": str(row._meta.verbose_name), "object": str(row)}
        if fields:
            said["fields"] = [str(_label(row, name)) for name in fields]
    return {what: said}


def besides(request: HttpRequest, *acts: Act) -> None:
    """Let the log say this too of the form that is being saved."""
    request.besides = [*said_besides(request), *acts]  # type: ignore[attr-defined]  # until it is logged


def said_besides(request: HttpRequest) -> list[Act]:
    """Give what was done besides saving the form."""
    return getattr(request, "besides", [])


def log(user: Any, draft: Draft, *acts: Act) -> None:
    """Write down that somebody changed a draft, without a form of it."""
    rows = type(draft)._default_manager.filter(pk=draft.pk)
    LogEntry.objects.log_actions(user.pk, rows, CHANGE, list(acts), single_object=True)


def _label(row: Draft, name: str) -> Any:
    return row._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column

"""The ways on from a form: each button saves first, and then leads to where it says."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from sextortion_help.publishing.admin.moving import MOVE
from sextortion_help.publishing.admin.rights import may
from sextortion_help.publishing.admin.surroundings import surroundings
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.sources import part_model

PREVIEW: Final = "_preview"  # its value: a language
CHECK: Final = "_check"
PART: Final = "_part"  # its value: the related name of the rows to add one to
MORE: Final = "_more"  # its value: the rows on this form to show one more of
OURS: Final = (MOVE, PREVIEW, CHECK, PART, MORE)
NOT_OURS: Final = ("_saveasnew", "_popup", "_to_field")


def only_ours(request: HttpRequest) -> None:
    """Leave out what no form of ours sends; each of our buttons saves and goes on."""
    post = request.POST.copy()
    for name in NOT_OURS:
        post.pop(name, None)
    if any(name in post for name in OURS):
        post["_continue"] = "1"
    request.POST = post  # type: ignore[assignment]  # a QueryDict as Django makes it


def next_address(request: HttpRequest, admin: Any, obj: Draft) -> str:
    """Give where the button leads that was pressed, now that the draft is saved."""
    post = request.POST
    ways: dict[str, Callable[[HttpRequest, Any, Draft], str]] = {
        PREVIEW: _preview,
        CHECK: _check,
        PART: _part,
        MOVE: _moved,
        MORE: _more,
        "_addanother": _another,
        "_continue": lambda request, admin, obj: obj.edit_url(),
    }
    for name, way in ways.items():
        if name in post and (address := way(request, admin, obj)):
            return address
    if made := getattr(request, "made", ()):  # what the saved row leads to is to be filled in next
        return str(made[0].edit_url())
    if obj.part_of:
        return str(getattr(obj, obj.part_of).edit_url())
    opts = obj._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def _preview(request: HttpRequest, admin: Any, obj: Draft) -> str:
    previews = dict(surroundings(request, admin, obj)["previews"])
    return str(previews.get(request.POST[PREVIEW], ""))


def _check(request: HttpRequest, admin: Any, obj: Draft) -> str:
    return str(surroundings(request, admin, obj)["check_url"])


def _part(request: HttpRequest, admin: Any, obj: Draft) -> str:
    relation = request.POST[PART]
    model = part_model(type(obj), relation) if relation in obj.parts else None
    return _add_url(model, obj) if model and may(request, "add", model) else ""


def _moved(request: HttpRequest, admin: Any, obj: Draft) -> str:
    row = request.POST[MOVE].rpartition(":")[0].replace(":", "-")
    return f"{obj.edit_url()}#row-{row}"


def _more(request: HttpRequest, admin: Any, obj: Draft) -> str:
    rows = request.POST[MORE]
    return f"{obj.edit_url()}?{urlencode({'more': rows})}#{rows}-group" if rows in obj.parts else ""


def _another(request: HttpRequest, admin: Any, obj: Draft) -> str:
    return _add_url(type(obj), getattr(obj, obj.part_of) if obj.part_of else None)


def _add_url(model: type[Draft], owner: Draft | None) -> str:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return f"{url}?{urlencode({model.part_of: owner.pk})}" if owner else url

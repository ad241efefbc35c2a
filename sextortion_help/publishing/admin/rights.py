"""Who may publish, who may ask for it, and of which kinds of content."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sextortion_help.bounded import is_number
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Draft, Publishable


def may(request: HttpRequest, what: str, model: type[Draft]) -> bool:
    """Tell whether who asks may "view", "add", "change" or "delete" rows of a kind."""
    return request.user.has_perm(f"{model._meta.app_label}.{what}_{model._meta.model_name}")


def may_publish(request: HttpRequest) -> bool:
    """Tell whether who asks may publish."""
    return request.user.has_perm("publishing.add_version")


def kinds(request: HttpRequest) -> list[type[Publishable]]:
    """Give the kinds that who asks may publish, or ask others to: those they see, or else change."""
    right = "view" if may_publish(request) else "change"
    return [model for model in publishable_models() if may(request, right, model)]


def may_ask(request: HttpRequest) -> bool:
    """Tell whether who asks may publish anything, or ask others to."""
    return may_publish(request) or bool(kinds(request))


def require_kinds(request: HttpRequest, names: Iterable[str] = ()) -> None:
    """Raise PermissionDenied for those who may neither publish nor ask for anything, or not all of `names`."""
    if not (may_ask(request) and is_theirs(request, names)):
        raise PermissionDenied


def is_theirs(request: HttpRequest, names: Iterable[str]) -> bool:
    """Tell whether all of these kinds, by their names, are of those of who asks."""
    return {model.content_kind() for model in kinds(request)}.issuperset(names)


def drafts_of(models: Iterable[type[Publishable]], keys: Iterable[str]) -> list[Any]:
    """Give the drafts of these kinds that keys name, such as "page:7". What is no key names none."""
    named = [(kind, number) for kind, _, number in (key.partition(":") for key in keys)]
    return [
        draft
        for model in models
        for draft in model._default_manager.filter(
            pk__in=[
                int(number)
                for kind, number in named
                if kind == model.content_kind() and is_number(number)
            ]
        )
    ]

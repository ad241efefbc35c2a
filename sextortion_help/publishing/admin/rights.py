"""Who may publish, who may ask for it, and of which kinds of content."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Publishable


def may_publish(request: HttpRequest) -> bool:
    """Tell whether who asks may publish."""
    return request.user.has_perm("publishing.add_version")


def require_publish(request: HttpRequest) -> None:
    """Raise PermissionDenied for those who may not publish."""
    if not may_publish(request):
        raise PermissionDenied


def kinds(request: HttpRequest) -> list[type[Publishable]]:
    """Give the kinds that who asks may publish, or ask others to: those they see, or else change."""
    right = "view" if may_publish(request) else "change"
    return [
        model
        for model in publishable_models()
        if request.user.has_perm(f"{model._meta.app_label}.{right}_{model._meta.model_name}")
    ]


def require_kinds(request: HttpRequest) -> None:
    """Raise PermissionDenied for those who may neither publish nor ask for anything."""
    if not (may_publish(request) or kinds(request)):
        raise PermissionDenied

"""Who may send files out and in. The one place that says so."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sextortion_help.people.models import Act, note
from sextortion_help.people.proof import asks_again
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Publishable

type View = Callable[..., HttpResponse]


def changeable(request: HttpRequest) -> list[type[Publishable]]:
    """Give the kinds of content that this member may change."""
    return [model for model in publishable_models() if _may(request, "change", model)]


def is_publisher(request: HttpRequest) -> bool:
    """Tell whether this member may publish, and change and add every kind of content."""
    return request.user.has_perm("publishing.add_version") and all(
        _may(request, what, model) for model in publishable_models() for what in ("change", "add")
    )


def for_translators(view: View) -> View:
    """Let in who may change content of any kind."""
    return _for(lambda request: bool(changeable(request)), view)


def for_publishers(view: View) -> View:
    """Let in who may publish and change everything."""
    return _for(is_publisher, view)


def sends_out(view: View) -> View:
    """Ask once more who it is before content goes out as a file, and write down that it went."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if asks := asks_again(request):
            return asks
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK:
            note(Act.EXPORT, request.user, request.get_full_path())
        return response

    return guarded


def _for(allowed: Callable[[HttpRequest], bool], view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not allowed(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _may(request: HttpRequest, what: str, model: type[Publishable]) -> bool:
    return request.user.has_perm(f"{model._meta.app_label}.{what}_{model._meta.model_name}")

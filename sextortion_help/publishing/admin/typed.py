"""The preview of what stands in a form and is not saved: it is saved, shown, and all of it taken back.

So what is shown is what a save would give, by the same rules. Nothing of it stays: no row, no line of the
record, no message.
"""

from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from sextortion_help.publishing.admin.preview import framed
from sextortion_help.publishing.admin.surroundings import problem_links
from sextortion_help.publishing.hands import wholes


def typed_view(admin: Any, request: HttpRequest, pk: int, place: str) -> HttpResponse:
    """Answer the form of a draft, sent as it stands, with its preview; or say why it cannot be shown."""
    if request.method != "POST":
        raise Http404
    get_object_or_404(admin.model, pk=pk)
    kept: Any = request._messages  # type: ignore[attr-defined]  # of Django's middleware
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # said to nobody
    try:
        with transaction.atomic():
            answer = _saved(admin, request, pk, place)
            transaction.set_rollback(True)
    except DatabaseError:
        answer = _refused(request, [gettext("This cannot be shown now.")])
    except Http404:
        answer = _refused(request, [gettext("It would not be shown in this place.")])
    finally:
        request._messages = kept  # type: ignore[attr-defined]  # as above
    return answer


def _saved(admin: Any, request: HttpRequest, pk: int, place: str) -> HttpResponse:
    """Save the form, and show the whole to which its draft belongs."""
    saved = admin.changeform_view(request, str(pk))
    if not isinstance(saved, HttpResponseRedirect):
        return _refused(request, [said for _, said in problem_links(saved.context_data)])
    [draft] = wholes([admin.model._default_manager.get(pk=pk)])
    owner = admin.admin_site.get_model_admin(type(draft))
    request.method, request.POST = "GET", QueryDict()  # it is looked at
    request.path = request.path_info = owner.preview_url(draft, place)
    answer: HttpResponse = owner.preview_of(request, draft, place, typed=True)
    if answer.status_code != 200:
        return _refused(request, [gettext("It would not be shown in this place.")])
    return answer


def _refused(request: HttpRequest, problems: list[str]) -> HttpResponse:
    context = {"problems": problems}
    return framed(render(request, "admin/publishing/not_shown.html", context, status=422))

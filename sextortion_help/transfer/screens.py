"""What the screens of both kinds of file have in common."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sextortion_help.transfer.models import Upload
from sextortion_help.transfer.rows import Unreadable

MOST_FAULTS = 500  # shown; the others are counted


def page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the screens."""
    common = {**admin.site.each_context(request), "title": title, "subtitle": ""}
    return render(request, f"admin/transfer/{name}.html", {**common, **context}, status=status)


def refused(request: HttpRequest, back: str, unreadable: Unreadable) -> HttpResponse:
    """List every fault of a file, with its line. Nothing was changed."""
    found = unreadable.faults
    context = {
        "faults": found[:MOST_FAULTS],
        "more": max(0, len(found) - MOST_FAULTS),
        "back": back,
    }
    title = gettext("Nothing was changed")
    return page(request, "refused", title, context, unreadable.status)


def download(text: str, name: str, kind: str) -> HttpResponse:
    """Give a text as a file to keep."""
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8", headers=headers)


def keep(request: HttpRequest, kind: Upload.Kind, text: str) -> None:
    """Keep a file until its member has seen what it changes."""
    user: Any = request.user
    Upload.objects.update_or_create(user=user, defaults={"kind": kind, "text": text})


def own(request: HttpRequest, *kinds: Upload.Kind) -> QuerySet[Upload]:
    """Give the file of these kinds that this member sent and did not apply yet."""
    user: Any = request.user
    return Upload.objects.filter(user=user, kind__in=kinds)


def kept(request: HttpRequest, *kinds: Upload.Kind) -> Upload | None:
    """Give the file that this member sent last, if it is of these kinds; say so when there is none."""
    upload = own(request, *kinds).first()
    if upload is None:
        messages.warning(request, gettext("There is no file to look at. Send it again."))
    return upload


def moved(request: HttpRequest) -> None:
    """Say that what was confirmed is not what would be done now."""
    text = gettext("Somebody changed these drafts a moment ago. Look once more; nothing was done.")
    messages.warning(request, text)

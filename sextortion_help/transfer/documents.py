"""The screens for publishers: everything out as one document, and a document in again, as drafts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from sextortion_help.transfer import screens, shape
from sextortion_help.transfer.document import apply, read, rehearse, seen, written
from sextortion_help.transfer.models import Upload
from sextortion_help.transfer.rows import Moved, Unreadable, decoded
from sextortion_help.transfer.uploads import received

_KIND = Upload.Kind.DOCUMENT


def document(request: HttpRequest) -> HttpResponse:
    """Offer everything as one document, and take one in."""
    waiting = screens.own(request, _KIND).exists()
    title = gettext("Everything as one document")
    return screens.page(request, "document", title, {"waiting": waiting})


def out(request: HttpRequest) -> HttpResponse:
    """Give all drafts as one JSON document."""
    return screens.download(written(), "baken-content.json", "application/json")


def schema(request: HttpRequest) -> HttpResponse:
    """Give the JSON Schema of the document."""
    return screens.download(shape.schema(), "content.schema.json", "application/schema+json")


def come_in(request: HttpRequest) -> HttpResponse:
    """Take a document in, and lead to what it would change; or name everything that is wrong with it."""
    if request.method != "POST":
        return redirect("document")  # from a page of faults, or a login
    try:
        text = decoded(received(request))
        rehearse(text)
    except Unreadable as unreadable:
        return screens.refused(request, reverse("document"), unreadable)
    screens.keep(request, _KIND, text)
    return redirect("document_review")


def review(request: HttpRequest) -> HttpResponse:
    """Show what the document would change, word by word; apply it when that is confirmed."""
    upload = screens.kept(request, _KIND)
    if upload is None:
        return redirect("document")
    try:
        if request.method == "POST":
            return _apply(request, upload)
        incoming = read(upload.text)
    except Unreadable as unreadable:
        return screens.refused(request, reverse("document"), unreadable)
    context = {
        "new": [one for one in incoming if not one.old],
        "changed": [one for one in incoming if one.old],
        "seen": seen(incoming),
    }
    return screens.page(request, "document_review", gettext("What the document changes"), context)


def _apply(request: HttpRequest, upload: Upload) -> HttpResponse:
    user: Any = request.user
    try:
        done = len(apply(upload.text, request.POST.get("seen", ""), user))
    except Moved:
        screens.moved(request)
        return redirect("document_review")
    upload.delete()
    said = ngettext("%d draft is as in the document.", "%d drafts are as in the document.", done)
    messages.success(request, said % done)
    return redirect("document")

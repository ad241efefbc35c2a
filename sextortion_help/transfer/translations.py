"""The screens for translators: texts out as a file, and the file in again, as drafts."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext

from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Publishable
from sextortion_help.transfer import po, screens, table
from sextortion_help.transfer.access import changeable
from sextortion_help.transfer.history import History, history
from sextortion_help.transfer.judging import apply, judge
from sextortion_help.transfer.models import Upload
from sextortion_help.transfer.rows import Moved, Table, Unreadable, decoded
from sextortion_help.transfer.texts import Item, items
from sextortion_help.transfer.uploads import received

_KINDS = (Upload.Kind.PO, Upload.Kind.CSV)


def texts(request: HttpRequest) -> HttpResponse:
    """Offer texts as a file, of one object, of a kind or of everything; and take a file in."""
    models = changeable(request)
    kinds = [(model.content_kind(), model._meta.verbose_name_plural) for model in models]
    one = request.GET.get("what", "")
    named = [item.root for item in _items(models, one)][:1] if ":" in one else []
    context = {
        "kinds": kinds,
        "one": (one, f"{named[0]._meta.verbose_name} {named[0]}") if named else None,
        "languages": settings.LANGUAGES,
        "waiting": screens.own(request, *_KINDS).exists(),
    }
    return screens.page(request, "texts", gettext("Translations as a file"), context)


def out(request: HttpRequest) -> HttpResponse:
    """Give the chosen texts as PO or CSV."""
    source, target = request.GET.get("source", ""), request.GET.get("target", "")
    if source not in LANGUAGES or target not in LANGUAGES or source == target:
        messages.error(request, gettext("Choose two different languages."))
        return redirect("texts")
    what = request.GET.get("what", "")
    models = changeable(request)
    known = history(_named(models, what))
    found = _items(models, what)
    if request.GET.get("only"):
        found = [item for item in found if _is_open(item, target, source, known)]
    name = f"baken-{slugify(re.sub('[:/]', '-', what)) or 'all'}-{source}-{target}"
    if request.GET.get("format") == Upload.Kind.CSV:
        return screens.download(table.write(found, source, target), f"{name}.csv", "text/csv")
    text = po.write(found, source, target, known)
    return screens.download(text, f"{name}.po", "text/x-gettext-translation")


def come_in(request: HttpRequest) -> HttpResponse:
    """Take a file in, and lead to what it would change; or name everything that is wrong with it."""
    if request.method != "POST":
        return redirect("texts")  # from a page of faults, or a login
    try:
        text = decoded(received(request))
        kind = Upload.Kind.CSV if table.is_one(text) else Upload.Kind.PO
        judge(_read(kind, text), changeable(request))
    except Unreadable as unreadable:
        return screens.refused(request, reverse("texts"), unreadable)
    screens.keep(request, kind, text)
    return redirect("texts_review")


def review(request: HttpRequest) -> HttpResponse:
    """Show what the file would change, word by word; apply it when that is confirmed."""
    upload = screens.kept(request, *_KINDS)
    if upload is None:
        return redirect("texts")
    models = changeable(request)
    try:
        if request.method == "POST":
            return _apply(request, upload, models)
        judged = judge(_read(upload.kind, upload.text), models)
    except Unreadable as unreadable:
        return screens.refused(request, reverse("texts"), unreadable)
    title = gettext("What the file changes")
    return screens.page(request, "texts_review", title, {"judged": judged})


def _apply(request: HttpRequest, upload: Upload, models: list[type[Publishable]]) -> HttpResponse:
    user: Any = request.user
    try:
        judged = apply(
            _read(upload.kind, upload.text), models, request.POST.get("seen", ""), user
        )  # fmt: skip
    except Moved:
        screens.moved(request)
        return redirect("texts_review")
    upload.delete()
    done = len(judged.changes)
    said = ngettext("%d text is changed, as a draft.", "%d texts are changed, as drafts.", done)
    messages.success(request, said % done)
    return redirect("texts")


def _read(kind: str, text: str) -> Table:
    return table.read(text) if kind == Upload.Kind.CSV else po.read(text)


def _named(models: Iterable[type[Publishable]], what: str) -> list[type[Publishable]]:
    kind = what.partition(":")[0]
    return [model for model in models if kind in ("", model.content_kind())]


def _items(models: Iterable[type[Publishable]], what: str) -> list[Item]:
    code = what.partition(":")[2]
    return [
        item for model in _named(models, what) for item in items(model, [code] if code else None)
    ]


def _is_open(item: Item, target: str, source: str, known: History) -> bool:
    return not item.within(target) or known.is_older(item, target, source)

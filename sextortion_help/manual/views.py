"""The manual inside the desk, in the language of the desk."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from sextortion_help.manual.chapters import CHAPTERS, chapter, picture


def manual(request: HttpRequest, name: str = CHAPTERS[0]) -> HttpResponse:
    """Show one chapter, and the way to the others."""
    if name not in CHAPTERS:
        raise Http404
    language = get_language() or ""
    context = {
        **admin.site.each_context(request),
        "title": chapter(language, name).title,
        "subtitle": gettext("Manual"),
        "chapter": chapter(language, name),
        "chapters": [chapter(language, each) for each in CHAPTERS],
    }
    return render(request, "admin/manual.html", context)


def show_picture(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give a picture of a screen."""
    path = picture(language, name)
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/webp")

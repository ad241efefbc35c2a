"""The screen that shows a draft as visitors would see it: the public page, with what would be live."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import translation

from sextortion_help.publishing.content import Content, Contents


def preview(request: HttpRequest, content: Content, after: Contents, language: str) -> HttpResponse:
    """Answer with the public page at the content's address, as if `after` were live.

    A chat can be played: it posts to this address. What a visitor must choose first, is chosen.
    """
    with translation.override(language):
        match = resolve(f"/{language}{content.path}")
        page: Any = match.func  # made by sextortion_help.public
        if content.choices and request.method == "GET":
            request.method = "POST"
            chosen = QueryDict(mutable=True)
            chosen.update(content.choices)
            request.POST = chosen  # type: ignore[assignment]  # a QueryDict as Django makes it
        request.contents = after  # type: ignore[attr-defined]  # as sextortion_help.public does
        response: HttpResponse = page.view(request, after, **match.kwargs)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response

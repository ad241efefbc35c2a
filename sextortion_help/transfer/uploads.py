"""How a file comes in: into memory, never larger than it may be, and only where it is asked for.

Everywhere else the site takes no file at all (FILE_UPLOAD_HANDLERS in the settings).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sextortion_help.transfer.rows import MOST_BYTES, Fault, Unreadable, too_large

FIELD = "file"
_OF_THE_FORM = 4096  # what stands around the file


class _InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory; one that is too large is read past and dropped, piece by piece."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any  # noqa: N803  Django's name for it
    ) -> None:  # fmt: skip
        self.activated = content_length <= MOST_BYTES + _OF_THE_FORM


def takes_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take one file. It is still protected against forgery, once the file may be read."""
    protected = csrf_protect(view)

    @csrf_exempt  # the token is read by `protected`: reading it here would read the file past
    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [_InMemory(request)]
        response: HttpResponse = protected(request, *args, **kwargs)
        return response

    return taking


def received(request: HttpRequest) -> bytes:
    """Give the bytes of the file that was sent. Raises Unreadable when there is none, or too much."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _OF_THE_FORM:
        raise too_large()
    file = request.FILES.get(FIELD)
    if file is None:
        raise Unreadable([Fault(0, gettext("Choose a file first."))])
    return bytes(file.read())

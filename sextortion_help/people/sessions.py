"""When a session of staff ends: after an hour without a click, and ten hours after the log-in at the latest.

What was being typed is not lost: people/kept.py gives it back after the next log-in.
"""

from collections.abc import Callable
from contextlib import suppress
from time import time
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from sextortion_help.people.models import Act, note

IDLE: Final = 60 * 60
BETWEEN_NOTES: Final = 60  # seconds; not every click is worth a write
SINCE, SEEN, PROVED = "since", "seen", "proved"


def begin(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    """Start the clocks of a session. A receiver of user_logged_in."""
    now = int(time())
    request.session.update({SINCE: now, SEEN: now, PROVED: now})
    note(Act.LOGIN, user)


def end_sessions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """End a session in the staff area whose time is over, before anybody asks whose it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            with suppress(DatabaseError):  # the view asks it too, and keeps what was sent
                if SESSION_KEY in request.session:
                    _go_on_or_end(request.session, int(time()))
        return get_response(request)

    return middleware


def _go_on_or_end(session: Any, now: int) -> None:
    since, seen = session.get(SINCE, 0), session.get(SEEN, 0)
    if now - seen > IDLE or now - since > settings.SESSION_COOKIE_AGE:
        session.flush()
    elif now - seen > BETWEEN_NOTES:
        session[SEEN] = now

"""The page in the staff area that shows every part of the design in every state, as visitors see it."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guidance.content import Page, Service
from guidance.forms import TellForm
from guidance.hours import Line, State
from quiz.self_check.content import SelfCheck
from sextortion_help.publishing.live import live


def parts(request: HttpRequest) -> HttpResponse:
    """Show the parts, with live content in them. For staff: sextortion_help/urls.py sees to that."""
    now = live()
    service = next(iter(now.all(Service)), None)
    context = {
        "lines": _lines(service) if service else [],
        "page": next(iter(now.all(Page)), None),
        "check": next(iter(now.all(SelfCheck)), None),
        "form": TellForm({"who": "friend"}),
        "tones": ("calm", "watch", "stop"),
        "icons": (
            "chat", "leave", "call", "site", "mail", "ask", "heart", "calm", "watch", "stop",
            "clock", "go", "back", "copy", "print", "share",
        ),
    }  # fmt: skip
    return render(request, "parts.html", context)


def _lines(service: Service) -> list[Line]:
    soon, later = timezone.now() + timedelta(hours=2), timezone.now() + timedelta(days=2)
    states: list[tuple[State, Any, bool]] = [
        (State.ALWAYS, None, False),
        (State.OPEN, soon, True),
        (State.OPEN, None, False),
        (State.WEB, None, False),
        (State.UNKNOWN, None, False),
        (State.HOLIDAY, None, False),
        (State.CLOSED, soon, True),
        (State.CLOSED, later, False),
        (State.CLOSED, None, False),
    ]
    return [
        Line(service, state, changes, today, service if state is State.OPEN else None)
        for state, changes, today in states
    ]

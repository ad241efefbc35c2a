"""The page in the staff area that shows every part of the design in every state, as visitors see it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guidance.choices import Way
from guidance.content import Channel, Page, Service
from guidance.forms import TellForm
from guidance.hours import State
from guidance.lines import Line, Reach, Said
from quiz.self_check.content import SelfCheck
from sextortion_help.publishing.content import Text
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
    said = [
        Said(State.ALWAYS),
        Said(State.OPEN, soon, today=True),
        Said(State.OPEN),
        Said(State.WEB),
        Said(State.UNKNOWN),
        Said(State.HOLIDAY),
        Said(State.CLOSED, soon, today=True),
        Said(State.CLOSED, later),
        Said(State.CLOSED),
    ]
    ways = [
        Channel("", Way.CALL, "116 000", "", (), Text()),
        Channel("", Way.CHAT, "https://example.org/", "", (), Text()),
        Channel("", Way.FORM, "https://example.org/", "", (), Text()),
        Channel("", Way.MAIL, "name@example.org", "", (), Text()),
    ]
    return [
        Line(
            service,
            tuple(Reach(way, each) for way in ways),
            Line(service, (Reach(ways[0], each),)) if each.state is State.OPEN else None,
        )
        for each in said
    ]

"""The self-check, in one document so that no server sees an answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from guidance.content import Page
from guidance.help import help_now, with_suicide_line
from quiz.self_check import tree
from quiz.self_check.content import Ending, SelfCheck
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import Contents


@public_page()
def check(request: PublicRequest, contents: Contents, code: str = "") -> HttpResponse:
    """Show a self-check; without a code the first. Which question is seen is decided in the browser alone.

    A draft with faults is shown too: a loop or a dead end shows as it is.
    """
    checks = contents.all(SelfCheck)
    check = contents.get(SelfCheck, code) if code else next(iter(checks), None)
    if check is None:
        raise Http404
    depths, first = tree.depths(check), tree.start(check)
    context = {
        "check": check,
        "most": max(depths.values(), default=0),
        "questions": [
            {
                "question": question,
                "depth": depths.get(question.code),
                "start": question is first,
                "came_from": tree.came_from(check, question.code),
            }
            for question in check.questions
        ],
        "endings": [_ending(contents, check, ending) for ending in check.endings],
    }
    return render(request, "quiz/check.html", context)


def _ending(contents: Contents, check: SelfCheck, ending: Ending) -> dict[str, Any]:
    stop = ending.tone == "stop"
    purposes = with_suicide_line(ending.purposes) if stop else ending.purposes
    return {
        "ending": ending,
        "came_from": tree.came_from(check, ending.code),
        "pages": [page for code in ending.pages if (page := contents.get(Page, code))],
        "groups": help_now(contents, purposes, get_language() or "", timezone.now()),
    }

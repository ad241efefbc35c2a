"""The self-check: the whole published tree in one document, so that no server sees an answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.content import Page
from guidance.help import help_now
from quiz import tree
from quiz.content import Ending, Quiz
from sextortion_help.public import public_page
from sextortion_help.publishing.live import Live, live

SELF_CHECK = "flirt"


@public_page(lambda: [(Quiz, SELF_CHECK)])
def check(request: HttpRequest) -> HttpResponse:
    """Show the self-check. Which question is seen is decided in the browser alone."""
    now = live()
    quiz = now.get(Quiz, SELF_CHECK)
    assert quiz  # @public_page has looked  # noqa: S101
    return render(request, "quiz/check.html", check_context(now, quiz))


def check_context(now: Live, quiz: Quiz) -> dict[str, Any]:
    """Give what the template of the self-check needs. Also used to preview a draft.

    Raises nothing for a draft with faults; a loop or a dead end shows as it is.
    """
    loops = any(fault.rule == "loop" for fault in tree.faults(quiz))
    depths = {} if loops else tree.depths(quiz)
    first = tree.start(quiz)
    return {
        "quiz": quiz,
        "most": max(depths.values(), default=0),
        "questions": [
            {
                "question": question,
                "depth": depths.get(question.code),
                "start": question is first,
                "came_from": tree.came_from(quiz, question.code),
            }
            for question in quiz.questions
        ],
        "endings": [_ending(now, quiz, ending) for ending in quiz.endings],
    }


def _ending(now: Live, quiz: Quiz, ending: Ending) -> dict[str, Any]:
    purposes = [*ending.purposes, "suicide"] if ending.tone == "stop" else ending.purposes
    return {
        "ending": ending,
        "came_from": tree.came_from(quiz, ending.code),
        "pages": [page for code in ending.pages if (page := now.get(Page, code))],
        "groups": help_now(now, purposes),
    }

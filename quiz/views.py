"""The self-check, in one document so that no server sees an answer; and the practice chat."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.content import Page
from guidance.help import help_now
from quiz import chat as rules
from quiz import tree
from quiz.content import Ending, Quiz
from sextortion_help.public import HtmxRequest, public_page
from sextortion_help.publishing.live import Live, live

SELF_CHECK = "flirt"
PRACTICE_CHAT = "who"


@public_page(lambda now: (Quiz, SELF_CHECK) in now.contents)
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


@public_page(lambda now: (Quiz, PRACTICE_CHAT) in now.contents, methods=("GET", "HEAD", "POST"))
def chat(request: HtmxRequest) -> HttpResponse:
    """Play the practice chat. The browser posts the moves so far and the new one; nothing is kept here."""
    now = live()
    quiz = now.get(Quiz, PRACTICE_CHAT)
    assert quiz  # @public_page has looked  # noqa: S101
    return show_chat(request, quiz)


def show_chat(request: HtmxRequest, quiz: Quiz) -> HttpResponse:
    """Answer with the page, or with its stage alone if htmx asks. Also used to preview a draft."""
    moves = f"{request.POST.get('moves', '')} {request.POST.get('move', '')}".split()
    template = "quiz/chat.html"
    if request.htmx.request_type == "partial":
        template += "#stage"
    return render(request, template, chat_context(quiz, moves))


def chat_context(quiz: Quiz, moves: list[str]) -> dict[str, Any]:
    """Give what the template of the practice chat needs.

    `following` and `others` may be met next; `score` is there once everybody but the scene was met.
    """
    play = rules.replay(quiz, moves)
    waiting = play.closed or play.contact is None
    choice = rules.can_meet(quiz, play) if waiting else []
    following, others = next(iter(choice), None), choice[1:]
    right = play.contact and ("trust" if play.contact.honest else "wants")
    finished = play.closed and (following is None or (following.scene and not others))
    return {
        "quiz": quiz,
        "play": play,
        "moves": " ".join(play.moves),
        "following": following,
        "others": others,
        "tactics": rules.tactics_used(quiz, play) if play.closed else [],
        "guessed_right": play.verdict == right,
        "score": rules.score(quiz, play) if finished else None,
    }

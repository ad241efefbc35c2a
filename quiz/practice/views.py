"""The practice chat, alone or with a class."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render

from quiz.practice import rules
from quiz.practice.content import Practice
from quiz.practice.sheet import sheet
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import Contents

# More than the longest way through any chat of ours; what comes after it is nobody's.
MOST_MOVES: Final = 400


@public_page("POST")
def chat(request: PublicRequest, contents: Contents, code: str = "") -> HttpResponse:
    """Play a practice chat; without a code the first."""
    context = _played(request, contents, code)
    return render(request, _template(request, "quiz/chat.html"), context)


@public_page("POST")
def in_class(request: PublicRequest, contents: Contents, code: str) -> HttpResponse:
    """Play a practice chat with a class, on a board; on paper it is a sheet for the teacher.

    How many hands were raised for a reply is counted in the browser, in fields without a name.
    """
    context = _played(request, contents, code)
    context["sheet"] = sheet(context["practice"])
    return render(request, _template(request, "quiz/class.html"), context)


def _played(request: PublicRequest, contents: Contents, code: str) -> dict[str, Any]:
    """Replay what the browser posts: the moves so far and the new one; nothing is kept here.

    `following` and `others` may be met next; `score` is there once everybody but the scene was met;
    `another` is the practice after this one, if there is one.
    """
    practices = contents.all(Practice)
    practice = contents.get(Practice, code) if code else next(iter(practices), None)
    if practice is None:
        raise Http404
    moves = f"{request.POST.get('moves', '')} {request.POST.get('move', '')}".split()
    play = rules.replay(practice, moves[:MOST_MOVES])
    waiting = play.closed or play.contact is None
    choice = rules.can_meet(practice, play) if waiting else []
    following, others = next(iter(choice), None), choice[1:]
    right = play.contact and ("trust" if play.contact.honest else "wants")
    finished = play.closed and (following is None or (following.scene and not others))
    return {
        "practice": practice,
        "play": play,
        "moves": " ".join(play.moves),
        "following": following,
        "others": others,
        "tactics": rules.tactics_used(practice, play) if play.closed else [],
        "guessed_right": play.verdict == right,
        "score": rules.score(practice, play) if finished else None,
        "another": next(iter(practices[practices.index(practice) + 1 :]), None),
    }


def _template(request: PublicRequest, name: str) -> str:
    """Name the page, or its stage alone if htmx posts. A page that is asked for is never a part of one,
    whatever the headers say: caches keep it.
    """
    part = request.method == "POST" and request.htmx.request_type == "partial"
    return f"{name}#stage" if part else name

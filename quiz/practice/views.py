"""The practice chat."""

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render

from quiz.practice import rules
from quiz.practice.content import Practice
from sextortion_help.public import PublicRequest, public_page
from sextortion_help.publishing.content import Contents

# More than the longest way through any chat of ours; what comes after it is nobody's.
MOST_MOVES: Final = 400


@public_page("POST")
def chat(request: PublicRequest, contents: Contents, code: str = "") -> HttpResponse:
    """Play a practice chat; without a code the first.

    The browser posts the moves so far and the new one; nothing is kept here. The answer is the page,
    or its stage alone if htmx posts. `following` and `others` may be met next; `score` is there once
    everybody but the scene was met; `another` is the practice after this one, if there is one.
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
    context = {
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
    # a page that is asked for is never a part of one, whatever the headers say: caches keep it
    part = request.method == "POST" and request.htmx.request_type == "partial"
    return render(request, "quiz/chat.html#stage" if part else "quiz/chat.html", context)

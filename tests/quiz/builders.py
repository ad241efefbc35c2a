"""Small quizzes: as frozen content for the pure functions, and as drafts in the database."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from quiz.models import (
    Answer,
    Contact,
    Ending,
    Outcome,
    Practice,
    Question,
    Reply,
    SelfCheck,
    Tactic,
    Turn,
)
from quiz.practice import content as practice_content
from quiz.practice import rules
from quiz.self_check import content as check_content
from sextortion_help.publishing.content import LANGUAGES, Html, Text
from sextortion_help.publishing.models import Publishable
from tests.publishing.builders import (
    make_app,
    make_country,
    make_detail,
    make_letter,
    make_message,
    make_page,
    make_service,
    texts,
)


def text(words: str) -> Text:
    """Give the same words in each language."""
    return Text(**dict.fromkeys(LANGUAGES, words))


def html(words: str) -> Html:
    """Give the same HTML in each language."""
    return Html(**dict.fromkeys(LANGUAGES, words))


def answer(code: str, to: str, label: Text | None = None) -> check_content.Answer:
    """Give an answer that leads to a question, or, if `to` is upper case, to an ending."""
    return check_content.Answer(
        code=code,
        label=label or text(f"answer {code}"),
        advice=text("advice"),
        tone="calm",
        next_question="" if to.isupper() else to,
        ending=to if to.isupper() else "",
    )


def question(code: str, targets: str = "", *, start: bool = False) -> check_content.Question:
    """Give a question whose answers a, b, c … lead to each of the targets."""
    answers = tuple(answer(chr(ord("a") + place), to) for place, to in enumerate(targets.split()))
    return check_content.Question(code, start, text(f"question {code}"), text(""), answers)


def ending(code: str) -> check_content.Ending:
    """Give an ending."""
    return check_content.Ending(code, "calm", text(code), html("b"), (), ("talk",))


def tree_of(
    questions: dict[str, str], *, starts: str = "a", endings: str | None = None
) -> check_content.SelfCheck:
    """Give a self-check from {question: targets}: tree_of({"a": "b X", "b": "X Y"}).

    Upper case is an ending. All questions named in `starts` are the start. Without `endings` it has
    those that are a target.
    """
    if endings is None:
        targets = " ".join(questions.values()).split()
        endings = " ".join(sorted({target for target in targets if target.isupper()}))
    return check_content.SelfCheck(
        code="small",
        order=0,
        title=text("small"),
        intro=text("intro"),
        questions=tuple(
            question(code, targets, start=code in starts) for code, targets in questions.items()
        ),
        endings=tuple(ending(code) for code in endings.split()),
    )


def reply(code: str, to: str, signal: str, tactic: str = "") -> practice_content.Reply:
    """Give a reply that leads to the next turn, or, to "", ends the chat."""
    return practice_content.Reply(
        code=code,
        label=text(f"reply {code}"),
        signal=signal,
        tactic=tactic,
        next_turn=to,
        ends_chat=not to,
    )


def turn(code: str, *replies: practice_content.Reply, start: bool = False) -> practice_content.Turn:
    """Give what a contact writes, and what can be replied."""
    return practice_content.Turn(code, start, text(f"{code} is written"), replies)


def contact(name: str, *turns: practice_content.Turn) -> practice_content.Contact:
    """Give somebody who writes: "c2h" is c2, who is honest; "s1s" is s1, the threat scene."""
    code, kind = name[:2], name[2:]
    words = text(f"about {code}")
    return practice_content.Contact(
        code, kind == "h", kind == "s", words, words, words, html("b"), words, turns
    )


def chat_of(
    turns: dict[str, Iterable[practice_content.Turn]],
) -> practice_content.Practice:
    """Give a practice chat from {contact: turns}, the contacts named as `contact()` takes them.

    Its tactics are trick and haste, its outcomes are named after hits and trust: HH, HL, LH, LL, or
    after their case.
    """
    levels = {"H": "high", "L": "low"}
    return practice_content.Practice(
        code="chat",
        order=0,
        title=text("chat"),
        intro=text("intro"),
        contacts=tuple(contact(name, *written) for name, written in turns.items()),
        tactics=tuple(
            practice_content.Tactic(code, text(code), text(code)) for code in ("trick", "haste")
        ),
        outcomes=tuple(
            practice_content.Outcome(
                hits + trust, levels[hits], levels[trust], text(hits + trust), html("b")
            )
            for hits in levels
            for trust in levels
        )
        + tuple(
            practice_content.Outcome(case, "", "", text(case), html("b"), case)
            for case in rules.CASES
        ),
    )


def make_question(check: SelfCheck, code: str, **fields: Any) -> Question:
    """Save the draft of a question without answers."""
    given = {"order": check.questions.count(), **texts(text=f"Question {code}")}
    made: Question = Question.objects.create(self_check=check, code=code, **{**given, **fields})
    return made


def make_ending(check: SelfCheck, code: str, **fields: Any) -> Ending:
    """Save the draft of an ending with somebody to talk to."""
    given = {"order": check.endings.count(), "tone": "calm", "purposes": ["talk"]}
    words = texts(title=f"Ending {code}", body="Advice")
    made: Ending = Ending.objects.create(
        self_check=check, code=code, **{**given, **words, **fields}
    )
    return made


def make_answer(of: Question, code: str, to: Question | Ending | None, **fields: Any) -> Answer:
    """Save the draft of an answer that leads to a question or an ending, or nowhere."""
    target = {} if to is None else {"next_question" if isinstance(to, Question) else "ending": to}
    given = {"order": of.answers.count(), "tone": "calm", **target}
    words = texts(label=f"Answer {code}", advice="Advice")
    made: Answer = Answer.objects.create(question=of, code=code, **{**given, **words, **fields})
    return made


def make_self_check(code: str = "small", *, purposes: Any = (), **fields: Any) -> SelfCheck:
    """Save the draft of a self-check that can be published where somebody to talk to is live.

    Question bbbb: answer bb leads to question cccc, answer cc to ending ffff.
    Question cccc: answer bb leads to ending ffff, answer cc to ending gggg.
    """
    words = texts(title="Small", intro="Two questions")
    check: SelfCheck = SelfCheck.objects.create(code=code, **{**words, **fields})
    first, second = make_question(check, "bbbb", start=True), make_question(check, "cccc")
    endings = [
        make_ending(check, name, purposes=list(purposes) or ["talk"]) for name in ("ffff", "gggg")
    ]
    make_answer(first, "bb", second)
    make_answer(first, "cc", endings[0])
    make_answer(second, "bb", endings[0])
    make_answer(second, "cc", endings[1])
    return check


def make_tactic(practice: Practice, code: str, **fields: Any) -> Tactic:
    """Save the draft of a tactic."""
    given = {"order": practice.tactics.count(), **texts(name=code, about="It presses you")}
    made: Tactic = Tactic.objects.create(practice=practice, code=code, **{**given, **fields})
    return made


def make_contact(practice: Practice, code: str, **fields: Any) -> Contact:
    """Save the draft of a contact without turns."""
    words = texts(
        name="Kim",
        intro="A request",
        reveal_title="It was Kim",
        reveal_body="This",
        real_life="Do that",
    )
    given = {"order": practice.contacts.count(), **words}
    made: Contact = Contact.objects.create(practice=practice, code=code, **{**given, **fields})
    return made


def make_turn(contact: Contact, code: str, **fields: Any) -> Turn:
    """Save the draft of a turn without replies."""
    given = {"order": contact.turns.count(), **texts(text=f"Turn {code}")}
    made: Turn = Turn.objects.create(contact=contact, code=code, **{**given, **fields})
    return made


def make_reply(of: Turn, code: str, to: Turn | None, signal: str, **fields: Any) -> Reply:
    """Save the draft of a reply that leads to another turn, or ends the chat."""
    given = {"order": of.replies.count(), "next_turn": to, "ends_chat": to is None}
    words = texts(label=f"Reply {code}")
    made: Reply = Reply.objects.create(
        turn=of, code=code, signal=signal, **{**given, **words, **fields}
    )
    return made


def make_outcome(practice: Practice, code: str, hits: str, trust: str, **fields: Any) -> Outcome:
    """Save the draft of an outcome."""
    words = texts(title=f"Outcome {code}", body="Well done")
    given = {"order": practice.outcomes.count(), "hits": hits, "trust": trust, **words}
    made: Outcome = Outcome.objects.create(practice=practice, code=code, **{**given, **fields})
    return made


def make_practice(code: str = "small", **fields: Any) -> Practice:
    """Save the draft of a practice chat that can be published: a trickster, and somebody honest.

    c1, turn bbbb: reply bb (hit) leads to turn cccc, reply cc (miss) ends the chat.
    c1, turn cccc: replies bb (hit) and cc (neutral) end it. The trick is "trick".
    c2 is honest, turn bbbb: replies bb (trust) and cc (false alarm) end the chat.
    """
    words = texts(title="Practice", intro="Two people")
    practice: Practice = Practice.objects.create(code=code, **{**words, **fields})
    trick = make_tactic(practice, "trick")
    trickster, honest = make_contact(practice, "c1"), make_contact(practice, "c2", honest=True)
    first, second = make_turn(trickster, "bbbb", start=True), make_turn(trickster, "cccc")
    make_reply(first, "bb", second, "hit", tactic=trick)
    make_reply(first, "cc", None, "miss", tactic=trick)
    make_reply(second, "bb", None, "hit", tactic=trick)
    make_reply(second, "cc", None, "neutral")
    only = make_turn(honest, "bbbb", start=True)
    make_reply(only, "bb", None, "trust")
    make_reply(only, "cc", None, "false_alarm")
    for place, (hits, trust) in enumerate(
        (hits, trust) for hits in ("high", "low") for trust in ("high", "low")
    ):
        make_outcome(practice, "bcdf"[place] * 4, hits, trust)
    for place, case in enumerate(rules.CASES):
        make_outcome(practice, "ghjk"[place] * 4, "", "", case=case)
    return practice


def _make_country(code: str = "LU", **fields: Any) -> Publishable:
    return make_country(code, **{"is_edition": False, **fields})


# a draft of each kind that is published, by the name of its kind
MAKE: Final[dict[str, Callable[..., Publishable]]] = {
    "country": _make_country,
    "page": make_page,
    "service": make_service,
    "app": make_app,
    "letter": make_letter,
    "message": make_message,
    "detail": make_detail,
    "selfcheck": make_self_check,
    "practice": make_practice,
}

"""Small quizzes: as frozen content for the pure functions, and as drafts in the database."""

from typing import Any

import msgspec

from quiz import content
from quiz.models import Answer, Ending, Question, Quiz
from sextortion_help.publishing.content import Html, Text
from tests.publishing.builders import texts


def text(words: str) -> Text:
    """Give the same words in three languages."""
    return Text(nl=words, fr=words, en=words)


def answer(code: str, to: str, label: Text | None = None) -> content.Answer:
    """Give an answer that leads to a question, or, if `to` is upper case, to an ending."""
    return content.Answer(
        code=code,
        label=label or text(f"answer {code}"),
        advice=text("advice"),
        tone="calm",
        next_question="" if to.isupper() else to,
        ending=to if to.isupper() else "",
    )


def question(code: str, targets: str = "", *, start: bool = False) -> content.Question:
    """Give a question whose answers a, b, c … lead to each of the targets."""
    answers = tuple(answer(chr(ord("a") + place), to) for place, to in enumerate(targets.split()))
    return content.Question(code, start, text(f"question {code}"), text(""), answers)


def ending(code: str) -> content.Ending:
    """Give an ending."""
    return content.Ending(code, "calm", text(code), Html("b", "b", "b"), (), ("talk",))


def tree_of(
    questions: dict[str, str], *, starts: str = "a", endings: str | None = None
) -> content.Quiz:
    """Give a quiz from {question: targets}: tree_of({"a": "b X", "b": "X Y"}).

    Upper case is an ending. All questions named in `starts` are the start. Without `endings` the quiz
    has those that are a target.
    """
    if endings is None:
        targets = " ".join(questions.values()).split()
        endings = " ".join(sorted({target for target in targets if target.isupper()}))
    return content.Quiz(
        code="small",
        order=0,
        kind="self_check",
        title=text("small"),
        intro=text("intro"),
        questions=tuple(
            question(code, targets, start=code in starts) for code, targets in questions.items()
        ),
        endings=tuple(ending(code) for code in endings.split()),
    )


def reply(code: str, to: str, signal: str, tactic: str = "") -> content.Answer:
    """Give a reply of a practice chat that leads to the next turn, or, to "", ends the chat."""
    return content.Answer(
        code=code,
        label=text(f"reply {code}"),
        advice=Text(),
        tone="",
        next_question=to,
        ending="",
        signal=signal,
        tactic=tactic,
        ends_chat=not to,
    )


def turn(
    contact: str, code: str, *replies: content.Answer, start: bool = False
) -> content.Question:
    """Give what a contact writes, and what can be replied."""
    return content.Question(code, start, text(f"{contact} writes"), Text(), replies, contact)


def contact(code: str, *, honest: bool = False, scene: bool = False) -> content.Contact:
    """Give somebody who writes."""
    words = text(f"about {code}")
    return content.Contact(code, honest, scene, words, words, words, Html("b", "b", "b"), words)


def chat_of(*turns: content.Question, contacts: str = "c1 c2h c3h c4 s1s") -> content.Quiz:
    """Give a practice chat of these turns. Contacts: "h" after the code means honest, "s" the scene.

    Its tactics are trick and haste, its endings are named after hits and trust: HH, HL, LH, LL.
    """
    levels = {"H": "high", "L": "low"}
    return content.Quiz(
        code="chat",
        order=0,
        kind="chat",
        title=text("chat"),
        intro=text("intro"),
        questions=turns,
        endings=tuple(
            msgspec.structs.replace(ending(hits + trust), hits=levels[hits], trust=levels[trust])
            for hits in levels
            for trust in levels
        ),
        contacts=tuple(
            contact(name[:2], honest=name.endswith("h"), scene=name.endswith("s"))
            for name in contacts.split()
        ),
        tactics=tuple(content.Tactic(code, text(code), text(code)) for code in ("trick", "haste")),
    )


def make_question(quiz: Quiz, code: str, **fields: Any) -> Question:
    """Save the draft of a question without answers."""
    given = {"order": quiz.questions.count(), **texts(text=f"Question {code}")}
    return Question.objects.create(quiz=quiz, code=code, **{**given, **fields})


def make_ending(quiz: Quiz, code: str, **fields: Any) -> Ending:
    """Save the draft of an ending with a human contact."""
    given = {"tone": "calm", "purposes": ["talk"], **texts(title=f"Ending {code}", body="Advice")}
    return Ending.objects.create(quiz=quiz, code=code, **{**given, **fields})


def make_answer(of: Question, code: str, to: Question | Ending, **fields: Any) -> Answer:
    """Save the draft of an answer that leads to a question or an ending."""
    target = {"next_question" if isinstance(to, Question) else "ending": to}
    given = {"order": of.answers.count(), "tone": "calm", **target}
    words = texts(label=f"Answer {code}", advice="Advice")
    return Answer.objects.create(question=of, code=code, **{**given, **words, **fields})


def make_quiz(code: str = "small", *, purposes: list[str] | None = None) -> Quiz:
    """Save the draft of a quiz that can be published: two questions, two endings, three paths.

    Question bbbb: answer bb leads to question cccc, answer cc to ending ffff.
    Question cccc: answer bb leads to ending ffff, answer cc to ending gggg.
    """
    quiz = Quiz.objects.create(code=code, **texts(title="Small", intro="Two questions"))
    first, second = make_question(quiz, "bbbb", start=True), make_question(quiz, "cccc")
    endings = [make_ending(quiz, name, purposes=purposes or ["talk"]) for name in ("ffff", "gggg")]
    make_answer(first, "bb", second)
    make_answer(first, "cc", endings[0])
    make_answer(second, "bb", endings[0])
    make_answer(second, "cc", endings[1])
    return quiz

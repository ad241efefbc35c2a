"""Small quizzes: as frozen content for the pure functions, and as drafts in the database."""

from typing import Any

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

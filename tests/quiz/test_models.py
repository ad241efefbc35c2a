"""Drafts of quizzes: what the database refuses, whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from quiz.models import Answer, Contact, Ending, Question, Quiz, Tactic
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import texts
from tests.quiz.builders import make_answer, make_ending, make_question, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def quiz() -> Quiz:
    """A self-check that can be published."""
    return make_quiz()


def test_the_quizzes_of_the_builders_can_be_published(quiz: Quiz) -> None:
    assert [version.code for version in publish([quiz], None, "")] == ["small"]


@pytest.mark.parametrize("targets", ["", "qe", "qx", "ex", "qex"])
def test_the_database_holds_each_answer_to_exactly_one_target(quiz: Quiz, targets: str) -> None:
    first, second = quiz.questions.all()
    given = {
        "next_question": second if "q" in targets else None,
        "ending": quiz.endings.first() if "e" in targets else None,
        "ends_chat": "x" in targets,
    }
    words = texts(label="Other", advice="Advice")
    answer = Answer(question=first, code="zz", tone="calm", **given, **words)
    with pytest.raises(ValidationError, match="Choose one: a next question, an ending, or the end"):
        answer.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(question=first, code="bb").update(**given)


@pytest.mark.parametrize("target", ["next_question", "ending", "ends_chat"])
def test_each_single_target_is_allowed(quiz: Quiz, target: str) -> None:
    first, second = quiz.questions.all()
    value = {"next_question": second, "ending": quiz.endings.first(), "ends_chat": True}[target]
    words = texts(label="Other", advice="Advice")
    Answer(question=first, code="zz", tone="calm", **{target: value}, **words).full_clean()
    Answer.objects.create(question=first, code="zz", tone="calm", **{target: value}, **words)


TWINS: dict[str, Callable[[Quiz], Any]] = {
    "question": lambda quiz: make_question(quiz, "bbbb"),
    "ending": lambda quiz: make_ending(quiz, "ffff"),
    "answer": lambda quiz: make_answer(quiz.questions.first(), "bb", quiz.endings.first()),
    "contact": lambda quiz: [Contact.objects.create(quiz=quiz, code="c1") for _ in "ab"],
    "tactic": lambda quiz: [Tactic.objects.create(quiz=quiz, code="haste") for _ in "ab"],
    "quiz": lambda _quiz: Quiz.objects.create(code="small"),
}


@pytest.mark.parametrize("name", TWINS)
def test_a_code_stands_once(quiz: Quiz, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TWINS[name](quiz)


def test_another_quiz_may_use_the_same_codes(quiz: Quiz) -> None:
    other = make_quiz("other")
    assert {question.code for question in other.questions.all()} == {"bbbb", "cccc"}
    assert quiz.questions.count() == 2


@pytest.mark.parametrize("model", [Question, Ending, Answer, Contact, Tactic])
def test_the_database_keeps_each_code_for_life(model: Any) -> None:
    row = model.objects.first()
    row.code = "zz"
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        connection.cursor().execute(f"UPDATE {model._meta.db_table} SET code = 'zz'")  # noqa: S608
    row.refresh_from_db()
    row.order += 1
    row.save()


def test_the_code_of_a_quiz_may_change_until_it_was_published(quiz: Quiz) -> None:
    quiz.code = "smaller"
    quiz.full_clean(exclude=["title", "intro"])
    quiz.save()
    publish([quiz], None, "")
    quiz.code = "smallest"
    with pytest.raises(ValidationError, match="it stays “smaller” for ever"):
        quiz.full_clean(exclude=["title", "intro"])


@pytest.mark.parametrize(("model", "code"), [(Question, "abcd"), (Question, "bcd"), (Ending, "word"), (Answer, "no"), (Answer, "b")])  # fmt: skip
def test_a_code_has_no_vowel_and_its_own_length(model: Any, code: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        model(code=code).clean_fields()
    assert "code" in wrong.value.message_dict


def test_new_codes_are_valid(quiz: Quiz) -> None:
    for row in (Question(quiz=quiz), Ending(quiz=quiz), Answer(question=quiz.questions.first())):
        with pytest.raises(ValidationError) as wrong:
            row.clean_fields()
        assert "code" not in wrong.value.message_dict
    assert len({Question().code for _ in range(50)}) > 40


def test_what_an_answer_leads_to_cannot_be_deleted(quiz: Quiz) -> None:
    with pytest.raises(ProtectedError):
        quiz.questions.get(code="cccc").delete()
    with pytest.raises(ProtectedError):
        quiz.endings.first().delete()

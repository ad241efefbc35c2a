"""Codes that mean nothing: made anew when a sibling has them, and never changed."""

import pytest

from quiz.models import Answer
from tests.quiz.builders import make_self_check

pytestmark = pytest.mark.django_db


def test_a_new_answer_takes_a_code_that_no_other_answer_to_its_question_has() -> None:
    question = make_self_check().questions.get(code="bbbb")
    taken = {answer.code for answer in question.answers.all()}
    answer = Answer(question=question)
    answer.code = min(taken)  # as chance would have it
    answer.save()
    assert answer.code not in taken
    assert question.answers.count() == len(taken) + 1


def test_an_answer_that_is_there_keeps_its_code() -> None:
    answer = make_self_check().questions.get(code="bbbb").answers.first()
    assert answer is not None
    code = answer.code
    answer.save()
    assert answer.code == code

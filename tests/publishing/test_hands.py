"""Who takes something out of a tree counts as who typed that it is gone, by whichever button."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quiz.models import Question
from sextortion_help.publishing.models import Touch
from tests.publishing.builders import address
from tests.quiz.builders import make_answer, make_question, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def question(bare: None) -> Question:
    """A question to which nothing leads, and which names a number."""
    check = make_self_check()
    question: Question = make_question(check, "zzzz", text_en="Did you call 0900 11 111?")
    make_answer(question, "zz", check.endings.first())
    return question


@pytest.mark.parametrize("way", ["remove", "delete", "delete from the list"])
def test_who_takes_a_number_out_of_a_tree_is_known(
    way: str, question: Question, editor: User, editor_client: Client
) -> None:
    check = question.self_check
    if way == "remove":
        to = check.endings.get(code="ffff")
        editor_client.post(address(question, "remove"), {"to": f"end-{to.pk}"})
    elif way == "delete":
        editor_client.post(address(question, "delete"), {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"}
        editor_client.post(address(question, "changelist"), chosen)
    assert not Question.objects.filter(pk=question.pk).exists()
    touch = Touch.objects.get()
    assert (touch.kind, touch.draft, touch.key, touch.value, touch.user) == (
        "selfcheck", check.pk, "questions/zzzz/text_en", "", editor,
    )  # fmt: skip

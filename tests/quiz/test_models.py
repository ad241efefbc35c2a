"""Drafts of quizzes: what the database refuses, whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

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
from tests.publishing.builders import problems, put_live, texts
from tests.quiz.builders import (
    make_answer,
    make_contact,
    make_ending,
    make_outcome,
    make_practice,
    make_question,
    make_reply,
    make_self_check,
    make_tactic,
    make_turn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "line")]


@pytest.fixture
def check() -> SelfCheck:
    """A self-check that can be published."""
    return make_self_check()


@pytest.fixture
def practice() -> Practice:
    """A practice chat that can be published."""
    return make_practice()


def test_the_quizzes_of_the_builders_can_be_published(check: SelfCheck, practice: Practice) -> None:
    assert problems(check, practice) == []
    assert {str(version) for version in put_live(check, practice)} == {
        "selfcheck small 1", "practice small 1",
    }  # fmt: skip


def test_an_answer_with_two_targets_is_refused_by_form_and_database(check: SelfCheck) -> None:
    first, second = check.questions.all()
    two = {"next_question": second, "ending": check.endings.first()}
    answer = Answer(question=first, code="zz", tone="calm", **two, **texts(label="x", advice="x"))
    with pytest.raises(ValidationError, match="Choose one: a next question, or an ending") as told:
        answer.full_clean(validate_constraints=False)
    assert "next_question" in told.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(question=first, code="bb").update(**two)


def test_a_reply_with_two_targets_is_refused_by_form_and_database(practice: Practice) -> None:
    first, second = Turn.objects.filter(contact__practice=practice, contact__code="c1")
    two = {"next_turn": second, "ends_chat": True}
    reply = Reply(turn=first, code="zz", signal="neutral", **two, **texts(label="x"))
    with pytest.raises(ValidationError, match="Choose one: a next turn, or the end") as told:
        reply.full_clean(validate_constraints=False)
    assert "next_turn" in told.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        reply.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(turn=first, code="bb").update(**two)


@pytest.mark.parametrize("target", ["", "next_question", "ending"])
def test_a_draft_of_an_answer_has_one_target_or_none_yet(check: SelfCheck, target: str) -> None:
    first, second = check.questions.all()
    values = {"next_question": second, "ending": check.endings.first(), "": None}
    given = {target: values[target]} if target else {}
    words = texts(label="Other", advice="Advice")
    answer = Answer(question=first, code="zz", tone="calm", **given, **words)
    answer.full_clean()
    answer.save()
    assert first.answers.count() == 3


@pytest.mark.parametrize("given", [{}, {"ends_chat": True}, {"next_turn": True}])
def test_a_draft_of_a_reply_has_one_target_or_none_yet(
    practice: Practice, given: dict[str, Any]
) -> None:
    first, second = Turn.objects.filter(contact__practice=practice, contact__code="c1")
    target = {"next_turn": second} if "next_turn" in given else given
    reply = Reply(turn=first, code="zz", **target, **texts(label="Other"))
    reply.full_clean()
    reply.save()
    assert first.replies.count() == 3


CHECK_TWINS: dict[str, Callable[[SelfCheck], Any]] = {
    "question": lambda check: make_question(check, "bbbb"),
    "ending": lambda check: make_ending(check, "ffff"),
    "answer": lambda check: make_answer(check.questions.get(code="bbbb"), "bb", None),
    "self-check": lambda check: SelfCheck.objects.create(code=check.code),
}
PRACTICE_TWINS: dict[str, Callable[[Practice], Any]] = {
    "contact": lambda practice: make_contact(practice, "c1"),
    "turn": lambda practice: make_turn(practice.contacts.get(code="c1"), "bbbb"),
    "reply": lambda practice: make_reply(
        Turn.objects.get(contact__practice=practice, code="cccc"), "bb", None, "hit"
    ),
    "tactic": lambda practice: make_tactic(practice, "trick"),
    "outcome": lambda practice: make_outcome(practice, "bbbb", "low", "low"),
    "practice chat": lambda practice: Practice.objects.create(code=practice.code),
}


@pytest.mark.parametrize("name", CHECK_TWINS)
def test_a_code_stands_once_in_a_self_check(check: SelfCheck, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CHECK_TWINS[name](check)


@pytest.mark.parametrize("name", PRACTICE_TWINS)
def test_a_code_stands_once_in_a_practice_chat(practice: Practice, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PRACTICE_TWINS[name](practice)


def test_another_of_the_kind_may_use_the_same_codes(check: SelfCheck, practice: Practice) -> None:
    others = make_self_check("other"), make_practice("other")
    assert {question.code for question in others[0].questions.all()} == {"bbbb", "cccc"}
    assert {contact.code for contact in others[1].contacts.all()} == {"c1", "c2"}
    assert (check.questions.count(), practice.contacts.count()) == (2, 2)
    assert len(put_live(check, practice, *others)) == 4


@pytest.mark.parametrize("model", [Question, Ending, Answer, Contact, Turn, Reply, Tactic, Outcome])
@pytest.mark.usefixtures("check", "practice")
def test_the_database_keeps_each_code_for_life(model: Any) -> None:
    row = model.objects.first()
    row.code = "zz"
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        connection.cursor().execute(f"UPDATE {model._meta.db_table} SET code = 'zz'")  # noqa: S608  our own table
    row.refresh_from_db()
    row.order += 1
    row.save()


def test_the_code_of_the_whole_may_change_until_it_was_published(check: SelfCheck) -> None:
    draft = SelfCheck.objects.get(pk=check.pk)
    draft.code = "smaller"
    draft.full_clean()
    draft.save()
    put_live(draft)
    published = SelfCheck.objects.get(pk=check.pk)
    published.code = "smallest"
    with pytest.raises(ValidationError, match="it stays “smaller” for ever"):
        published.full_clean()


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (Question, "abcd"), (Question, "bcd"), (Question, "bcdfg"), (Ending, "word"), (Turn, "word"),
        (Outcome, "word"), (Answer, "no"), (Answer, "b"), (Reply, "yes"), (Contact, "C1"),
        (Contact, "11"), (Contact, "c"), (Tactic, "a trick"), (SelfCheck, "a b"), (Practice, "a/b"),
        (Question, "BCDF"), (Question, "bcdf\n"), (Contact, "c1\n"),
    ],
)  # fmt: skip
def test_a_code_is_of_its_own_shape(model: Any, code: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        model(code=code).clean_fields()
    assert "code" in wrong.value.message_dict


@pytest.mark.parametrize(("model", "length"), [
    (Question, 4), (Ending, 4), (Turn, 4), (Outcome, 4), (Answer, 2), (Reply, 2),
])  # fmt: skip
def test_new_codes_are_valid_and_mean_nothing(model: Any, length: int) -> None:
    row = model()
    assert len(row.code) == length
    assert not set(row.code) & set("aeiouy")
    with pytest.raises(ValidationError) as wrong:
        row.clean_fields()
    assert "code" not in wrong.value.message_dict
    assert len({model().code for _ in range(50)}) > 25


def test_what_is_led_to_cannot_be_deleted(check: SelfCheck, practice: Practice) -> None:
    reply = Reply.objects.get(turn__contact__practice=practice, next_turn__isnull=False)
    for row in (check.questions.get(code="cccc"), check.endings.get(code="ffff"), reply.next_turn,
                reply.tactic):  # fmt: skip
        with pytest.raises(ProtectedError):
            row.delete()


@pytest.mark.parametrize(("model", "field"), [
    (Answer, "tone"), (Ending, "tone"), (Reply, "signal"), (Outcome, "hits"), (Outcome, "trust"),
    (Outcome, "case"),
])  # fmt: skip
def test_a_choice_is_one_of_those_there_are(model: Any, field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        model(**{field: "x"}).clean_fields()
    assert "not a valid choice" in str(wrong.value.message_dict[field])

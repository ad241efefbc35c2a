"""The forms of questions and turns: drafts may be unfinished, nothing is lost, nothing is a 500."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from quiz.models import Answer, Practice, Reply, SelfCheck, Turn
from tests.publishing.builders import address, filled_in, read, texts
from tests.quiz.builders import make_practice, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def check() -> SelfCheck:
    """A self-check, beside another with the same codes."""
    make_self_check("other")
    return make_self_check()


@pytest.fixture
def practice() -> Practice:
    """A practice chat, beside another with the same codes."""
    make_practice("other")
    return make_practice()


def errors(response: Any) -> str:
    """Give what the form says is wrong with its rows."""
    assert response.status_code == 200
    return " ".join(
        str(message)
        for formset in response.context["inline_admin_formsets"]
        for row in formset.formset.errors
        for messages in row.values()
        for message in messages
    )


def offered(response: Any, field: str) -> set[str]:
    """Give the codes of the rows that a list of the form of new rows offers."""
    [formset] = response.context["inline_admin_formsets"]
    queryset = formset.formset.empty_form.fields[field].queryset
    return {f"{owner(row)} {row.code}" for row in queryset}


def owner(row: Any) -> str:
    """Name the quiz that a row belongs to."""
    while row.part_of:
        row = getattr(row, row.part_of)
    return str(row.code)


def new_row(name: str, place: int, **fields: Any) -> dict[str, Any]:
    """Give what a browser sends of a row added to the form."""
    return {f"{name}-{place}-{field}": value for field, value in fields.items()}


@pytest.mark.parametrize("emptied", [{"next_question": ""}, {"ending": ""}])
def test_an_answer_without_a_target_is_saved_as_a_draft(
    check: SelfCheck, emptied: dict[str, str], editor_client: Client
) -> None:
    question = check.questions.get(code="bbbb")
    place = 0 if "next_question" in emptied else 1
    form = editor_client.get(question.edit_url())
    sent = filled_in(form, **new_row("answers", place, **emptied))
    assert editor_client.post(question.edit_url(), sent).status_code == 302
    answer = question.answers.all()[place]
    assert (answer.next_question, answer.ending) == (None, None)


def test_an_answer_with_two_targets_is_a_sentence_at_its_field_and_nothing_is_lost(
    check: SelfCheck, editor_client: Client
) -> None:
    question = check.questions.get(code="bbbb")
    end = str(check.endings.get(code="ffff").pk)
    form = editor_client.get(question.edit_url())
    typed = {"answers-0-ending": end, "answers-1-label_fr": "Typed"}
    told = editor_client.post(question.edit_url(), filled_in(form, **typed))
    assert errors(told) == "Choose one: a next question, or an ending."
    [row, *_] = told.context["inline_admin_formsets"][0].formset.errors
    assert row
    kept = filled_in(told)
    assert (kept["answers-0-ending"], kept["answers-1-label_fr"]) == ([end], ["Typed"])
    assert Answer.objects.get(question=question, code="bb").ending is None


def test_a_reply_with_two_targets_is_a_sentence_at_its_field(
    practice: Practice, editor_client: Client
) -> None:
    turn = Turn.objects.get(contact__practice=practice, contact__code="c1", code="bbbb")
    form = editor_client.get(turn.edit_url())
    told = editor_client.post(turn.edit_url(), filled_in(form, **{"replies-0-ends_chat": "on"}))
    assert errors(told) == "Choose one: a next turn, or the end of the chat."
    assert not Reply.objects.get(turn=turn, code="bb").ends_chat


def test_a_reply_without_a_target_is_saved_as_a_draft(
    practice: Practice, editor_client: Client
) -> None:
    turn = Turn.objects.get(contact__practice=practice, contact__code="c1", code="bbbb")
    form = editor_client.get(turn.edit_url())
    sent = filled_in(form, **{"replies-0-next_turn": ""})
    assert editor_client.post(turn.edit_url(), sent).status_code == 302
    reply = Reply.objects.get(turn=turn, code="bb")
    assert (reply.next_turn, reply.ends_chat) == (None, False)


def test_a_new_question_is_added_with_answers_that_lead_somewhere(
    check: SelfCheck, editor_client: Client
) -> None:
    where = f"{reverse('admin:quiz_question_add')}?self_check={check.pk}"
    form = editor_client.get(where)
    assert offered(form, "next_question") == {"small bbbb", "small cccc"}
    assert offered(form, "ending") == {"small ffff", "small gggg"}
    following, end = check.questions.get(code="cccc"), check.endings.get(code="ffff")
    rows = {
        **new_row("answers", 0, next_question=following.pk, order=0, **texts(label="One")),
        **new_row("answers", 1, ending=end.pk, order=1, tone="calm", **texts(label="Two")),
        **new_row("answers", 2, order=2, **texts(label="Three")),
    }
    sent = {**filled_in(form, **texts(text="New")), **rows, "answers-TOTAL_FORMS": "3"}
    done = editor_client.post(where, sent)
    assert done.status_code == 302, done.context["errors"]
    question = check.questions.get(text_en="New en")
    assert list(question.answers.values_list("label_fr", "next_question", "ending")) == [
        ("One fr", following.pk, None), ("Two fr", None, end.pk), ("Three fr", None, None),
    ]  # fmt: skip


def test_a_refused_new_question_offers_the_same_targets_again(
    check: SelfCheck, editor_client: Client
) -> None:
    where = reverse("admin:quiz_question_add")
    form = editor_client.get(f"{where}?self_check={check.pk}")
    both = {
        "next_question": check.questions.get(code="cccc").pk,
        "ending": check.endings.get(code="ffff").pk,
    }
    rows = new_row("answers", 0, order=0, **both, **texts(label="One"))
    sent = {**filled_in(form, **texts(text="New")), **rows, "answers-TOTAL_FORMS": "1"}
    told = editor_client.post(where, sent)  # without the self-check in the address
    assert errors(told) == "Choose one: a next question, or an ending."
    assert offered(told, "next_question") == {"small bbbb", "small cccc"}
    assert check.questions.count() == 2


def test_a_new_turn_is_added_with_replies_that_lead_somewhere(
    practice: Practice, editor_client: Client
) -> None:
    contact, trick = practice.contacts.get(code="c1"), practice.tactics.get()
    where = f"{reverse('admin:quiz_turn_add')}?contact={contact.pk}"
    form = editor_client.get(where)
    assert offered(form, "next_turn") == {"small bbbb", "small cccc"}
    assert offered(form, "tactic") == {"small trick"}
    following = contact.turns.get(code="cccc")
    given = {"next_turn": following.pk, "tactic": trick.pk, "signal": "hit", "order": 0}
    rows = {
        **new_row("replies", 0, **given, **texts(label="One")),
        **new_row("replies", 1, ends_chat="on", order=1, **texts(label="Two")),
    }
    sent = {**filled_in(form, **texts(text="New")), **rows, "replies-TOTAL_FORMS": "2"}
    done = editor_client.post(where, sent)
    assert done.status_code == 302, done.context["errors"]
    turn = contact.turns.get(text_en="New en")
    assert list(turn.replies.values_list("label_fr", "next_turn", "tactic", "ends_chat")) == [
        ("One fr", following.pk, trick.pk, False), ("Two fr", None, None, True),
    ]  # fmt: skip


def test_the_form_of_a_row_offers_only_rows_of_its_own_quiz(
    check: SelfCheck, practice: Practice, editor_client: Client
) -> None:
    question = editor_client.get(check.questions.get(code="bbbb").edit_url())
    assert offered(question, "next_question") == {"small bbbb", "small cccc"}
    assert offered(question, "ending") == {"small ffff", "small gggg"}
    honest = editor_client.get(practice.contacts.get(code="c2").turns.get().edit_url())
    assert offered(honest, "next_turn") == {"small bbbb"}
    assert offered(honest, "tactic") == {"small trick"}


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?self_check=",
        "?self_check=x",
        "?self_check=²",
        "?self_check=999999",
        "?self_check=" + "9" * 40,
    ],
)
def test_without_a_self_check_a_new_question_is_offered_no_target(
    asked: str, editor_client: Client
) -> None:
    make_self_check()
    form = editor_client.get(reverse("admin:quiz_question_add") + asked)
    assert form.status_code == 200
    assert offered(form, "next_question") == offered(form, "ending") == set()


@pytest.mark.parametrize(
    ("name", "parameter"), [("turn", "contact"), ("ending", "self_check"), ("contact", "practice")]
)
@pytest.mark.parametrize("value", ["", "x", "999999"])
def test_a_form_to_add_a_row_opens_whatever_its_address_says(
    name: str, parameter: str, value: str, editor_client: Client
) -> None:
    where = f"{reverse(f'admin:quiz_{name}_add')}?{parameter}={value}"
    assert editor_client.get(where).status_code == 200


def test_the_form_of_a_self_check_leads_to_all_that_belongs_to_it(
    check: SelfCheck, editor_client: Client
) -> None:
    check.questions.get(code="cccc").answers.filter(code="bb").update(ending=None)
    form = read(editor_client.get(check.edit_url()))
    links = [link for link, _words in form.links]
    for row in (*check.questions.all(), *check.endings.all()):
        assert row.edit_url() in links
    shown = editor_client.get(check.edit_url()).content.decode()
    assert "Answer bb en → nowhere yet" in shown


def test_the_form_of_a_practice_chat_leads_to_all_that_belongs_to_it(
    practice: Practice, editor_client: Client
) -> None:
    form = read(editor_client.get(practice.edit_url()))
    links = [link for link, _words in form.links]
    turns = Turn.objects.filter(contact__practice=practice)
    for row in (
        *practice.contacts.all(),
        *turns,
        *practice.tactics.all(),
        *practice.outcomes.all(),
    ):
        assert row.edit_url() in links
    contact = practice.contacts.get(code="c1")
    links = [link for link, _words in read(editor_client.get(contact.edit_url())).links]
    assert contact.turns.get(code="bbbb").edit_url() in links


@pytest.mark.usefixtures("check", "practice")
@pytest.mark.parametrize("name", ["question", "ending", "contact", "turn", "outcome", "tactic"])
def test_the_list_of_a_part_names_what_each_row_belongs_to(
    name: str, editor_client: Client
) -> None:
    shown = editor_client.get(reverse(f"admin:quiz_{name}_changelist"))
    listed: ChangeList = shown.context["cl"]
    assert {owner(row) for row in listed.result_list} == {"small", "other"}


PARTS: list[Any] = ["question", "ending", "contact", "turn", "tactic", "outcome"]


@pytest.mark.usefixtures("check", "practice")
@pytest.mark.parametrize("name", PARTS)
def test_saving_a_part_unchanged_changes_nothing(name: str, editor_client: Client) -> None:
    model: type[Model] = apps.get_model("quiz", name)
    row: Any = model._default_manager.first()
    before = list(model._default_manager.filter(pk=row.pk).values())
    answers = list(Answer.objects.values()) + list(Reply.objects.values())
    sent = filled_in(editor_client.get(row.edit_url()))
    assert editor_client.post(address(row, "change"), sent).status_code == 302
    [after] = model._default_manager.filter(pk=row.pk).values()
    assert {**after, "edition": 0} == {**before[0], "edition": 0}
    assert list(Answer.objects.values()) + list(Reply.objects.values()) == answers
    assert isinstance(row, Model)

"""Questions with their answers and targets in one go; back to the owner; deleting with all that belongs."""

import pytest
from django.test import Client

from guidance.models import Page
from quiz.models import Answer, Ending, Question
from quiz.practice.models import Contact, Reply, Tactic, Turn
from sextortion_help.publishing.models import Draft
from tests.desk.builders import (
    add_url,
    first_of,
    last_of,
    make_chat,
    make_check,
    opened,
    problems,
    read,
    send,
)

pytestmark = pytest.mark.django_db


def new_question(me: Client, check_pk: int, **typed: str) -> tuple[str, dict[str, list[str]]]:
    url = add_url(Question, self_check=check_pk)
    return url, opened(me, url)


def test_a_question_is_added_with_its_answers_and_their_targets_in_one_go(me: Client) -> None:
    check = make_check()
    two, ending = last_of(check.questions), first_of(check.endings)
    url, form = new_question(me, check.pk)
    answer = send(me, url, form, text_nl="Nieuw?", **{
        "answers-0-label_nl": "Ja", "answers-0-next_question": str(two.pk),
        "answers-1-label_nl": "Nee", "answers-1-ending": str(ending.pk),
    })  # fmt: skip
    assert answer.status_code == 302, problems(answer)
    assert answer["Location"] == check.edit_url(), "back on the self-check"
    question = last_of(check.questions)
    assert question.text_nl == "Nieuw?"
    assert [(a.label_nl, a.next_question, a.ending) for a in question.answers.all()] == [
        ("Ja", two, None), ("Nee", None, ending),
    ]  # fmt: skip


def test_targets_that_are_made_in_the_same_go(me: Client) -> None:
    check = make_check()
    url, form = new_question(me, check.pk)
    answer = send(me, url, form, text_nl="Nieuw?", **{
        "answers-TOTAL_FORMS": "4",
        "answers-0-label_nl": "a", "answers-0-next_question": "new-1",
        "answers-1-label_nl": "b", "answers-1-next_question": "new-1",
        "answers-2-label_nl": "c", "answers-2-next_question": "new-2", "answers-2-id": "",
        "answers-3-label_nl": "d", "answers-3-ending": "new-1", "answers-3-id": "",
    })  # fmt: skip
    assert answer.status_code == 302, problems(answer)
    question = Question.objects.get(text_nl="Nieuw?")
    one, same, other, end = question.answers.all()
    assert one.next_question == same.next_question != other.next_question
    assert {
        one.next_question.self_check,
        other.next_question.self_check,
        end.ending.self_check,
    } == {check}
    assert answer["Location"] == one.next_question.edit_url(), "what is to be filled in next"
    shown = me.get(answer["Location"]).content.decode()
    assert shown.count("still empty") == 3
    assert all(row.edit_url() in shown for row in (other.next_question, end.ending))
    assert me.get(one.next_question.edit_url()).status_code == 200
    assert me.get(end.ending.edit_url()).status_code == 200


def test_a_turn_is_added_with_replies_that_lead_to_a_new_turn(me: Client) -> None:
    chat = make_chat()
    contact = chat.contacts.get()
    turn = last_of(contact.turns)
    form = opened(me, turn)
    answer = send(me, turn, form, **{"replies-0-ends_chat": [], "replies-0-next_turn": "new-1"})
    assert answer.status_code == 302, problems(answer)
    made = first_of(turn.replies).next_turn
    assert made
    assert made == last_of(contact.turns) != turn
    assert answer["Location"] == made.edit_url(), "what is to be filled in next"


def test_the_first_turn_begins_the_chat_and_no_other(me: Client) -> None:
    contact = make_chat().contacts.get()
    assert "start" not in opened(me, add_url(Turn, contact=contact.pk))
    with_none = Contact.objects.create(practice=contact.practice, code="z9")
    assert opened(me, add_url(Turn, contact=with_none.pk))["start"] == ["on"]
    assert "start" not in opened(me, add_url(Turn))


def test_who_may_not_add_a_row_makes_none_by_leading_there(translator: Client) -> None:
    question = first_of(make_check().questions)
    shown = translator.get(question.edit_url()).content.decode()
    assert 'value="new-1"' not in shown
    count = Question.objects.count()
    form = opened(translator, question)
    answer = send(
        translator, question, form, text_nl="Getypt", **{"answers-0-next_question": "new-1"}
    )
    assert any("You may not add a new one." in text for text in problems(answer))
    assert read(answer).fields["text_nl"] == ["Getypt"]
    assert Question.objects.count() == count


@pytest.mark.parametrize("target", ["there", "new-1"])
def test_two_targets_are_refused_in_words_and_nothing_is_saved(me: Client, target: str) -> None:
    check = make_check()
    question = first_of(check.questions)
    chosen = str(last_of(check.endings).pk) if target == "there" else target
    count = Question.objects.count() + Ending.objects.count()
    answer = send(
        me, question, opened(me, question), text_nl="Weg?", **{"answers-0-ending": chosen}
    )
    assert any("Choose one: a next question, or an ending." in text for text in problems(answer))
    assert read(answer).fields["text_nl"] == ["Weg?"]
    question.refresh_from_db()
    assert question.text_nl != "Weg?"
    assert Question.objects.count() + Ending.objects.count() == count


def test_no_target_and_back_again_is_a_draft(me: Client) -> None:
    question = first_of(make_check().questions)
    assert (
        send(me, question, opened(me, question), **{"answers-0-next_question": ""}).status_code
        == 302
    )
    assert first_of(question.answers).next_question is None


def test_a_reply_cannot_end_the_chat_and_go_on(me: Client) -> None:
    turn = first_of(make_chat().contacts.get().turns)
    answer = send(me, turn, opened(me, turn), **{"replies-0-ends_chat": "on"})
    assert any("Choose one: a next turn" in text for text in problems(answer))


def test_the_form_of_a_part_links_to_its_owner_and_saves_before_every_way_on(me: Client) -> None:
    check = make_check()
    question = first_of(check.questions)
    page = read(me.get(question.edit_url()))
    assert check.edit_url() in page.links
    assert {
        ("_preview", "nl-be"),
        ("_preview", "fr-be"),
        ("_preview", "en-be"),
        ("_check", "1"),
    } <= set(page.buttons)
    for button, value in (("_preview", "fr-be"), ("_check", "1")):
        answer = send(
            me, question, opened(me, question), **{button: value}, text_nl=f"Voor {button}"
        )
        question.refresh_from_db()
        assert question.text_nl == f"Voor {button}"
        shown = me.get(answer["Location"])
        assert shown.status_code == 200
    assert "selfcheck" in answer["Location"]


def test_saving_and_adding_a_part_in_one_press(me: Client) -> None:
    check = make_check()
    answer = send(me, check, opened(me, check), _part="questions", title_nl="Getypt")
    check.refresh_from_db()
    assert check.title_nl == "Getypt"
    assert answer["Location"] == add_url(Question, self_check=check.pk)


def test_a_contact_is_deleted_with_its_turns_and_replies(me: Client) -> None:
    contact = make_chat().contacts.get()
    url = contact.edit_url().replace("change", "delete")
    assert me.get(url).status_code == 200
    answer = me.post(url, {"post": "yes"})
    assert answer["Location"] == contact.practice.edit_url()
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert not Turn.objects.filter(contact_id=contact.pk).exists()


def test_a_question_that_nothing_leads_to_is_deleted_with_its_answers(me: Client) -> None:
    check = make_check()
    one, two = check.questions.all()
    Answer.objects.create(question=two, next_question=two)  # to itself, with the others
    url = one.edit_url().replace("change", "delete")
    me.post(url, {"post": "yes"})
    assert list(check.questions.all()) == [two]


def test_what_still_leads_there_is_said_with_links(me: Client) -> None:
    check, chat = make_check(), make_chat()
    page = Page.objects.create(code="desk/shown")
    first_of(check.endings).pages.add(page)
    reply = first_of(Reply.objects.filter(turn__contact__practice=chat))
    leading: tuple[tuple[Draft, Draft], ...] = (
        (last_of(check.questions), first_of(first_of(check.questions).answers)),
        (last_of(check.endings), last_of(last_of(check.questions).answers)),
        (Tactic.objects.get(practice=chat), reply),
        (last_of(chat.contacts.get().turns), reply),
        (page, first_of(check.endings)),
    )
    for row, source in leading:
        url = row.edit_url().replace("change", "delete")
        for answer in (me.get(url), me.post(url, {"post": "yes"})):
            assert answer.status_code == 200
            assert "cannot be deleted yet" in answer.content.decode()
            assert source.edit_url() in read(answer).links
        assert type(row).objects.filter(pk=row.pk).exists()
        listed = row.edit_url().partition(f"{row.pk}/change")[0]
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        answer = me.post(listed, chosen)
        assert source.edit_url() in read(answer).links
        assert type(row).objects.filter(pk=row.pk).exists()

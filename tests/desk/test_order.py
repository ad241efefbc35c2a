"""An order that carries meaning is seen, and changed by buttons that work without script."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from guidance.models import Page, Service, Step
from quiz.models import Answer, Question
from quiz.practice.models import Contact, Turn
from sextortion_help.publishing.models import Draft
from tests.desk.builders import (
    add_url,
    as_sent,
    first_of,
    make_all,
    make_chat,
    make_check,
    make_page,
    opened,
    problems,
    read,
    send,
    texts,
)
from tests.desk.conftest import logged_in

pytestmark = pytest.mark.django_db


def press(client: Client, draft: Draft, value: str, **typed: str) -> None:
    """Press one of the buttons that stand on the form."""
    form = read(client.get(draft.edit_url()))
    assert ("_move", value) in form.buttons
    answer = send(client, draft, as_sent(form), _move=value, **typed)
    assert answer.status_code == 302, problems(answer)
    assert answer["Location"].partition("#")[0] == draft.edit_url(), "stays on the form"
    shown = client.get(answer["Location"])
    assert "saved as a draft" in shown.content.decode()
    assert answer["Location"].partition("#")[2] in read(shown).ids


def test_the_services_to_show_change_places_and_what_was_typed_is_saved(me: Client) -> None:
    page = make_page(purposes=["suicide", "talk", "police"])
    press(me, page, "purposes:talk:up", title_nl="Getypt")
    page.refresh_from_db()
    assert page.purposes == ["talk", "suicide", "police"]
    assert page.title_nl == "Getypt"
    press(me, page, "purposes:suicide:down")
    page.refresh_from_db()
    assert page.purposes == ["talk", "police", "suicide"]
    press(me, page, "purposes:talk:up")  # is first
    page.refresh_from_db()
    assert page.purposes == ["talk", "police", "suicide"]


def test_a_newly_ticked_value_goes_last(me: Client) -> None:
    page = make_page(purposes=["suicide", "talk"])
    form = opened(me, page)
    boxes = [
        part.partition('"')[0]
        for part in me.get(page.edit_url()).content.decode().split('name="purposes" value="')[1:]
    ]
    ticked = [box for box in boxes if box in (*form["purposes"], "remove")]
    send(me, page, form, purposes=ticked)
    page.refresh_from_db()
    assert page.purposes == ["suicide", "talk", "remove"]


@pytest.mark.parametrize(
    ("field", "before"), [("languages", ["fr", "nl"]), ("purposes", ["talk", "police"])]
)
def test_every_list_of_a_service_has_the_buttons(me: Client, field: str, before: list[str]) -> None:
    make_all()
    service = Service.objects.get(code="desk-line")
    setattr(service, field, before)
    service.save()
    press(me, service, f"{field}:{before[1]}:up")
    service.refresh_from_db()
    assert getattr(service, field) == before[::-1]


def names(rows: Any) -> list[str]:
    return [str(row.pk) for row in rows.all()]


def test_rows_on_the_form_of_their_owner_change_places(me: Client) -> None:
    page, check, chat = make_page(steps=3), make_check(), make_chat()
    contact = chat.contacts.get()
    Contact.objects.create(practice=chat, code="c2", **texts(name="Two"))
    for owner, relation in (
        (page, "steps"), (check, "questions"), (check, "endings"), (first_of(check.questions), "answers"),
        (chat, "contacts"), (contact, "turns"), (first_of(contact.turns), "replies"),
    ):  # fmt: skip
        first, second, *rest = names(getattr(owner, relation))
        press(me, owner, f"{relation}:{second}:up")
        assert names(getattr(owner, relation)) == [second, first, *rest]
        press(me, owner, f"{relation}:{second}:down")
        assert names(getattr(owner, relation)) == [first, second, *rest]
        press(me, owner, f"{relation}:{first}:up")  # is first
        assert names(getattr(owner, relation)) == [first, second, *rest]


def test_equal_numbers_are_told_apart(me: Client) -> None:
    page = make_page(steps=3)
    Step.objects.filter(page=page).update(order=7)
    first, second, third = names(page.steps)
    press(me, page, f"steps:{third}:up")
    assert names(page.steps) == [first, third, second]


def test_a_form_that_cannot_be_saved_moves_nothing_and_keeps_what_was_typed(me: Client) -> None:
    page = make_page(steps=2)
    first, second = names(page.steps)
    form = opened(me, page)
    answer = send(me, page, form, code="No good", title_fr="Tapé", _move=f"steps:{second}:up")
    assert problems(answer)
    assert read(answer).fields["title_fr"] == ["Tapé"]
    assert names(page.steps) == [first, second]


def test_buttons_nobody_made_move_nothing(me: Client) -> None:
    page = make_page(steps=2)
    before = names(page.steps)
    for value in ("steps:999999:up", "steps:x:up", "steps", "", "__class__:1:up", f"steps:{before[0]}:away",
                  "delete:1:up", "purposes:talk:up", "title_nl:1:up", f"steps:{'9' * 400}:up"):  # fmt: skip
        assert send(me, page, opened(me, page), _move=value).status_code == 302
    assert names(page.steps) == before


def test_who_may_not_change_the_rows_does_not_move_them(db: None) -> None:
    check = make_check()
    helper = User.objects.create_user("helper", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename="change_selfcheck"))
    before = names(check.questions)
    client = logged_in(helper)
    send(client, check, opened(client, check), _move=f"questions:{before[1]}:up")
    assert names(check.questions) == before


def test_new_rows_go_last_among_their_siblings(me: Client) -> None:
    check = make_check()
    other = make_check("other")
    question = Question.objects.create(self_check=check)
    assert check.questions.last() == question
    assert question.order == 30
    assert Question.objects.create(self_check=other).order == 30
    for _ in range(5):  # whatever their codes are
        made = Answer.objects.create(question=question)
        assert question.answers.last() == made
    page = make_page("aaa/aaa")
    assert Page.objects.last() == page
    chat = make_chat()
    assert Turn.objects.create(contact=chat.contacts.get()) == chat.contacts.get().turns.last()


def test_a_number_that_is_given_is_kept(db: None) -> None:
    make_page("desk/last")
    assert make_page("desk/first", order=0).order == 0
    page = Page(code="desk/zero")
    page.order = 0
    page.save()
    assert page.order == 0


def test_a_new_page_from_the_form_goes_last(me: Client) -> None:
    last = make_page("desk/last", order=5000)
    form = opened(me, add_url(Page))
    assert form["order"] == [""]
    answer = send(me, add_url(Page), form, code="brand/new")
    assert problems(answer) == []
    assert Page.objects.get(code="brand/new").order > last.order


def test_the_highest_number_of_all_does_not_stop_a_new_row(db: None) -> None:
    make_page("desk/last", order=2_147_483_647)
    assert make_page("desk/after").order == 2_147_483_647

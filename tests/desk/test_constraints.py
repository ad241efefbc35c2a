"""Each rule of the database has its sentence on the form, and what was typed stays."""

import pytest
from django.test import Client

from guidance.choices import Amount, How, Who
from guidance.models import Message, Page
from quiz.models import SelfCheck
from quiz.practice.models import Contact, Tactic
from tests.desk.builders import (
    add_url,
    make_chat,
    make_check,
    make_page,
    opened,
    problems,
    read,
    send,
)

pytestmark = pytest.mark.django_db


def refused(client: Client, url: str, **typed: str) -> list[str]:
    answer = send(client, url, opened(client, url), **typed)
    assert answer.status_code == 200
    kept = read(answer).fields
    assert all(kept[name] == [value] for name, value in typed.items() if not name.startswith("_"))
    return problems(answer)


def test_codes_that_are_taken(me: Client) -> None:
    page, other, check, chat = make_page(), make_page("desk/other"), make_check(), make_chat()
    assert refused(me, add_url(Page), code="desk/page") == [
        "Path: Page with this Path already exists."
    ]
    assert refused(me, other.edit_url(), code="desk/page", title_nl="x")
    assert refused(me, add_url(SelfCheck), code=check.code)
    for model, code in ((Contact, "c1"), (Tactic, "haste")):
        assert refused(me, add_url(model, practice=chat.pk), code=code)
    assert Page.objects.get(pk=page.pk).code == "desk/page"


def test_two_steps_with_one_code(me: Client) -> None:
    page = make_page(steps=2)
    assert refused(me, page.edit_url(), **{"steps-1-code": "s0", "steps-1-title_nl": "x"})


def test_two_messages_for_one_choice(me: Client) -> None:
    Message.objects.all().delete()
    typed = {"who": Who.values[0], "how": How.values[0], "amount": Amount.values[0]}
    Message.objects.create(code="desk-one", **typed)
    assert refused(me, add_url(Message), code="desk-two", **typed)


@pytest.mark.parametrize("bad", ["a\ab", "Bad Code", "x" * 61, "١", "../x", "\u202e"])
def test_codes_that_are_none(me: Client, bad: str) -> None:
    assert refused(me, add_url(Page), code=bad)

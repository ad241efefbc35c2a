"""What the screens of the admin ask of the database: not more for a long list than for a short one."""

from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.choices import Amount, How, Who
from sextortion_help.publishing.models import Publishable
from tests.publishing.builders import (
    address,
    make_page,
    make_service,
    publish_address,
    put_live,
    read,
    texts,
)
from tests.quiz.builders import (
    MAKE,
    make_answer,
    make_practice,
    make_question,
    make_reply,
    make_self_check,
    make_turn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MOST = 12
CHOICES = [
    {"who": who, "how": how, "amount": amount} for who, how, amount in product(Who, How, Amount)
]


def make(kind: str, number: int) -> Publishable:
    """Save the draft of a kind, unlike all others of its kind."""
    given: dict[str, Any] = CHOICES[number] if kind == "message" else {}
    if kind == "country":  # one of those that have no numbers
        given = {"is_edition": False, "emergency": ""}
    code = f"X{chr(ord('A') + number)}" if kind == "country" else f"{kind}-{number}"
    return MAKE[kind](code, **given)


def asked(client: Client, where: str) -> list[str]:
    """Open a screen, and give what it asked of the database, without what logging in asks."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    own = ("django_session", "auth_user", "auth_permission", "SAVEPOINT")
    return [query["sql"] for query in captured if not any(name in query["sql"] for name in own)]


def asked_at_all(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
def test_a_list_asks_the_same_for_three_rows_and_for_twenty_six(
    kind: str, editor_client: Client
) -> None:
    drafts = [make(kind, number) for number in range(3)]
    put_live(drafts[0])
    where = address(drafts[0], "changelist")
    few = asked_at_all(editor_client, where)
    drafts += [make(kind, number) for number in range(3, 26)]
    put_live(*drafts[5:])
    assert len(editor_client.get(where).context["cl"].result_list) >= 26
    assert asked_at_all(editor_client, where) == few <= MOST


@pytest.mark.parametrize("name", ["question", "ending", "contact", "turn", "tactic", "outcome"])
def test_a_list_of_parts_asks_the_same_however_long(name: str, editor_client: Client) -> None:
    where = reverse(f"admin:quiz_{name}_changelist")
    for number in range(2):
        make_self_check(f"check-{number}"), make_practice(f"chat-{number}")
    few = asked_at_all(editor_client, where)
    for number in range(2, 12):
        make_self_check(f"check-{number}"), make_practice(f"chat-{number}")
    assert asked_at_all(editor_client, where) == few <= MOST


def test_checking_forty_pages_together_asks_at_most_forty_times(editor_client: Client) -> None:
    pages = []
    for number in range(40):
        other = f"page-{(number + 1) % 40}"
        page = make_page(f"page-{number}", body=f"[a](/{other}/) [b](/gone/)", title_en="Careful!")
        page.steps.create(code="one", **texts(title="One", body="Do"))
        page.steps.create(code="two", **texts(title="Two", body="Do!"))
        pages.append(page)
    where = publish_address(*pages)
    assert asked_at_all(editor_client, where) <= 40
    assert len(editor_client.get(where).context["refusals"]) == 40 * 3


def test_publishing_forty_pages_asks_hardly_more_than_one(editor_client: Client) -> None:
    pages = [make_page(f"page-{number}") for number in range(40)]
    seen = editor_client.get(publish_address(*pages)).context["seen"]
    with CaptureQueriesContext(connection) as captured:
        editor_client.post(publish_address(*pages), {"seen": seen})
    assert pages[0].versions().exists()
    assert len(captured) <= 40


def big(kind: str) -> Publishable:
    """Give a draft of a kind with many rows that belong to it."""
    draft: Any = MAKE[kind]()
    for number, code in enumerate("bcdfghjklm"):
        if kind == "page":
            draft.steps.create(code=code, order=number, **texts(title=code, body="Do"))
        elif kind == "selfcheck":
            question = make_question(draft, f"zz{code}{code}")
            make_answer(question, "bb", draft.endings.first())
            make_answer(question, "cc", None)
        elif kind == "practice":
            turn = make_turn(draft.contacts.first(), f"zz{code}{code}")
            make_reply(turn, "bb", None, "neutral")
            make_reply(turn, "cc", None, "neutral")
    return draft  # type: ignore[no-any-return]  # of this kind


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("screen", ["preview", "versions"])
def test_a_screen_of_one_draft_asks_at_most_twelve_times(
    kind: str, screen: str, editor_client: Client
) -> None:
    draft = MAKE[kind]()
    for number in range(3):
        draft.order = number
        draft.save()
        put_live(draft)
    where = address(draft, screen, *(["fr-be"] if screen == "preview" else []))
    assert asked_at_all(editor_client, where) <= MOST
    if screen == "versions":
        assert asked_at_all(editor_client, f"{where}?old=1&new=3") <= MOST
        assert asked_at_all(editor_client, f"{where}?old=1") <= MOST


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", ["page", "selfcheck", "practice"])
@pytest.mark.parametrize("screen", ["preview", "versions", "publish", "change"])
def test_a_screen_of_one_draft_asks_the_same_however_much_belongs_to_it(
    kind: str, screen: str, editor_client: Client
) -> None:
    small, large = MAKE[kind]("little"), big(kind)
    if kind == "page":
        small.steps.create(code="one", **texts(title="One", body="Do"))  # type: ignore[attr-defined]  # of its kind
    given = ["fr-be"] if screen == "preview" else []
    few = asked(editor_client, address(small, screen, *given))
    many = asked(editor_client, address(large, screen, *given))
    assert len(many) <= len(few)


def test_the_form_of_a_question_asks_the_same_however_many_answers(editor_client: Client) -> None:
    check = make_self_check()
    question = check.questions.get(code="bbbb")
    few = asked(editor_client, question.edit_url())
    for code in ("dd", "ff", "gg", "hh"):
        make_answer(question, code, check.endings.first())
        make_answer(make_question(check, code * 2), "bb", question)
    many = asked(editor_client, question.edit_url())
    assert len(many) <= len(few)


def test_what_was_published_is_listed_with_the_same_queries_however_much(
    editor_client: Client,
) -> None:
    where = reverse("admin:publishing_version_changelist")
    put_live(make_page())
    few = asked_at_all(editor_client, where)
    for number in range(20):
        put_live(make_page(f"page-{number}"), make_service(f"line-{number}"))
    assert asked_at_all(editor_client, where) == few <= MOST
    assert len(read(editor_client.get(where)).links) > 20


def test_choosing_what_to_publish_asks_the_same_however_many_drafts(editor_client: Client) -> None:
    where = reverse("admin:publish")
    for kind in MAKE:
        make(kind, 0)
    few = asked_at_all(editor_client, where)
    for kind in MAKE:
        for number in range(1, 8):
            make(kind, number)
    assert asked_at_all(editor_client, where) == few <= 40

"""The tree, seen: every box a link to its form, what is wrong by word, and changes of it in one step."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from quiz.drawing import GAP, HEIGHT, WIDTH, Box, draw
from quiz.graph import Exit, Node
from quiz.models import Question
from quiz.rewiring import INSERT
from sextortion_help.publishing.content import LANGUAGES, Text
from tests.desk.builders import make_chat, make_check, opened, read, send
from tests.desk.conftest import logged_in, person

SVG = re.compile(r"<svg width.*?</svg>", re.DOTALL)
TEXT = Text(**dict.fromkeys(LANGUAGES, "words"))


def node(code: str, *targets: str, start: bool = False) -> Node:
    exits = tuple(Exit(str(number), TEXT, to) for number, to in enumerate(targets))
    return Node(code, start, exits)


def laid_out(nodes: list[Node], *ends: str) -> Any:
    codes = [*(each.code for each in nodes), *ends]
    return draw(nodes, [Box(code, "question", "question", code, "/") for code in codes])


def test_each_box_stands_below_what_leads_to_it_and_beside_no_other() -> None:
    nodes = [
        node("a", "b", "c", start=True),
        node("b", "c", "E"),
        node("c", "E", "F"),
        node("x", "E"),
    ]
    drawing = laid_out(nodes, "E", "F")
    at = {one.box.code: (one.x, one.y) for one in drawing.boxes}
    for each in nodes[:3]:
        for exit_ in each.exits:
            assert at[exit_.target][1] > at[each.code][1]
    assert max(y for _, y in at.values()) == at["x"][1]  # nobody gets there
    assert len(set(at.values())) == 6
    for x, y in at.values():
        assert GAP <= x <= drawing.width - WIDTH - GAP
        assert GAP <= y <= drawing.height - HEIGHT
        others = [other for other, row in at.values() if row == y and other != x]
        assert all(abs(other - x) >= WIDTH + GAP for other in others)
    assert len(drawing.arrows) == 7
    assert [arrow.back for arrow in drawing.arrows] == [False] * 6 + [True]  # of what stands last


def test_a_loop_and_a_draft_without_a_start_are_drawn_too() -> None:
    drawing = laid_out([node("a", "b", "b", start=True), node("b", "a", "E")], "E")
    assert [arrow.back for arrow in drawing.arrows] == [False, False, True, False]
    assert len(laid_out([node("a", "b"), node("b", "a", "nowhere")]).boxes) == 2
    assert laid_out([]).boxes == ()


@pytest.mark.django_db
def test_the_drawing_links_every_form_and_says_what_is_wrong(me: Client) -> None:
    check = make_check()
    two: Any = check.questions.last()
    two.answers.first().delete()
    page = me.get(check.edit_url())
    svg = SVG.findall(page.content.decode())
    assert len(svg) == 1
    rows = [*check.questions.all(), *check.endings.all()]
    assert set(re.findall(r'<a href="([^"]+)"', svg[0])) == {one.edit_url() for one in rows}
    assert re.search(rf"{two.code} question\s+– 1 problem", svg[0])
    assert "There must be at least two choices here." in svg[0]
    assert svg[0].count("box-wrong") == 1
    assert "style=" not in svg[0]
    assert {one.edit_url() for one in rows} <= set(read(page).links)  # the same, as a list


@pytest.mark.django_db
def test_each_contact_has_a_drawing_of_its_own(me: Client) -> None:
    chat = make_chat()
    contact: Any = chat.contacts.get()
    for row in (chat, contact):
        svg = SVG.findall(me.get(row.edit_url()).content.decode())
        assert len(svg) == 1
        for turn in contact.turns.all():
            assert turn.edit_url() in svg[0]
        assert "end of the chat" in svg[0]


@pytest.mark.django_db
def test_a_question_is_put_on_an_arrow_in_one_step_and_typing_is_kept(me: Client) -> None:
    check = make_check()
    one: Any = check.questions.get(start=True)
    two: Any = check.questions.get(start=False)
    answer: Any = one.answers.get(next_question=two)
    form = opened(me, check)
    answered = send(me, check, form, _insert=str(answer.pk), title_nl="Andere titel")
    made: Any = check.questions.exclude(pk__in=[one.pk, two.pk]).get()
    assert answered["Location"] == made.edit_url()
    answer.refresh_from_db()
    assert answer.next_question == made
    assert [each.next_question for each in made.answers.all()] == [two, two]
    check.refresh_from_db()
    assert check.title_nl == "Andere titel"


@pytest.mark.django_db
def test_a_turn_is_put_on_the_way_to_the_end(me: Client) -> None:
    contact: Any = make_chat().contacts.get()
    reply = contact.turns.last().replies.first()
    send(me, contact, opened(me, contact), _insert=str(reply.pk))
    reply.refresh_from_db()
    assert not reply.ends_chat
    assert [each.ends_chat for each in reply.next_turn.replies.all()] == [True, True]


@pytest.mark.django_db
def test_a_question_is_removed_and_its_arrows_lead_on(me: Client) -> None:
    check = make_check()
    one: Any = check.questions.get(start=True)
    two: Any = check.questions.get(start=False)
    ending: Any = check.endings.last()
    where = two.edit_url().replace("change", "remove")
    assert where in read(me.get(check.edit_url())).links
    assert str(one.answers.get(next_question=two)) in me.get(where).content.decode()
    assert me.post(where, {"to": f"node-{two.pk}"})["Location"] == where  # not to itself
    assert Question.objects.filter(pk=two.pk).exists()
    assert me.post(where, {"to": f"end-{ending.pk}"})["Location"] == check.edit_url()
    assert not Question.objects.filter(pk=two.pk).exists()
    assert {each.ending for each in one.answers.all()} == {check.endings.first(), ending}


@pytest.mark.django_db
def test_who_may_not_press_a_button_of_a_tree_sees_none(me: Client, translator: Client) -> None:
    chat = make_chat()
    for draft in (make_check(), chat, chat.contacts.get()):
        for who, there in ((me, True), (translator, False)):
            page = read(who.get(draft.edit_url()))
            assert ("_part" in [name for name, _ in page.buttons]) is there
            if draft is not chat:
                assert (INSERT in [name for name, _ in page.buttons]) is there
                assert any("/remove/" in link for link in page.links) is there
            assert "_move" in [name for name, _ in page.buttons]
    check = make_check("another")
    sent = send(translator, check, opened(translator, check), _part="questions", title_nl="Getypt")
    assert sent["Location"] == check.edit_url()
    check.refresh_from_db()
    assert check.title_nl == "Getypt"
    looks = User.objects.create_user("looks", is_staff=True)
    looks.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    seen = logged_in(looks).get(check.edit_url()).content.decode()
    assert "Question 1" in seen
    assert 'name="_move"' not in seen


@pytest.mark.django_db
def test_a_turn_that_is_removed_may_lead_to_the_end(me: Client) -> None:
    contact: Any = make_chat().contacts.get()
    one, two = contact.turns.all()
    me.post(two.edit_url().replace("change", "remove"), {"to": "end"})
    assert {reply.ends_chat for reply in one.replies.all()} == {True}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["question", "answer"])
def test_who_may_not_add_or_delete_changes_no_tree(kind: str) -> None:
    user = person("reads")
    for name in (f"add_{kind}", f"delete_{kind}"):
        user.user_permissions.remove(Permission.objects.get(codename=name))
    client = logged_in(user)
    check = make_check()
    answer: Any = check.questions.get(start=True).answers.first()
    sent = send(client, check, opened(client, check), _insert=str(answer.pk), title_nl="Getypt")
    assert check.questions.count() == 2
    check.refresh_from_db()
    assert check.title_nl == "Getypt"
    assert (
        "You may not put anything new on an arrow." in client.get(sent["Location"]).content.decode()
    )
    two: Any = check.questions.last()
    assert client.get(two.edit_url().replace("change", "remove")).status_code == 403

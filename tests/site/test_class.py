"""A practice chat with a class: a stop at every turn, nothing typed is sent, and a sheet for the teacher."""

import re

import pytest
from django.test import Client

from quiz.practice.content import Practice
from quiz.practice.sheet import sheet
from sextortion_help.publishing.live import live
from tests.site.browser import submit
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return live().all(Practice)[0]


def address(practice: Practice, language: str = "en") -> str:
    return f"/{language}-be/chat/{practice.code}/class/"


def board(page: str) -> str:
    """Give what is on the board, without what is only on paper."""
    return page[page.index('<form class="chat"') : page.index("</form>")]


def test_a_whole_set_is_played_without_scripts_to_the_two_figures_of_the_class(
    client: Client, practice: Practice, language: str
) -> None:
    moves, seen = "", 0
    page = board(client.get(address(practice, language)).content.decode())
    while "figures" not in page:
        if "replies" in page:
            # the stop comes before the replies, which are shown once it is opened
            halt = page[page.index('<details class="halt"') :]
            assert halt.index("<summary") < halt.index("</summary>") < halt.index("<fieldset")
            assert "open" not in halt[: halt.index(">")]
            seen += 1
        choice = re.findall(r'name="move" value="([^"]+)"', page)[0]
        data = {"moves": moves, "move": choice}
        page = board(submit(client, address(practice, language), data).content.decode())
        moves = f"{moves} {choice}".strip()
        assert f'name="moves" value="{moves}"' in page
        if 'class="reveal' in page:
            contact = next(c for c in practice.contacts if f'id="reveal-{c.code}"' in page)
            used = {reply.tactic for turn in contact.turns for reply in turn.replies}
            for tactic in practice.tactics:
                name = getattr(tactic.name, language)
                assert (f"<dt>{name}</dt>" in page) is (tactic.code in used)
    assert seen > 3
    assert page.count("<li><b>") == 2


def test_only_the_moves_are_sent_and_no_field_for_hands_is(
    client: Client, practice: Practice
) -> None:
    first = practice.contacts[0].code
    page = submit(client, address(practice), {"moves": "", "move": first}).content.decode()
    fields = Parsed(board(page)).all("input")
    assert [field["name"] for field in fields if "name" in field] == ["moves"]
    assert len(fields) == 1 + len(practice.contacts[0].turns[0].replies)
    # Enter in such a field presses the first button of the form
    assert "disabled" in Parsed(board(page)).all("button")[0]


def test_the_sheet_has_everybody_every_turn_and_where_each_reply_leads(
    client: Client, practice: Practice, language: str
) -> None:
    page = client.get(address(practice, language)).content.decode()
    paper = page[page.index('class="on-paper"') :]
    texts = [
        getattr(text, language)
        for contact in practice.contacts
        for text in (contact.name, contact.reveal_title, contact.real_life)
    ]
    replies = [r for c in practice.contacts for turn in c.turns for r in turn.replies]
    assert len(replies) > 10
    printed = " ".join("".join(Parsed(paper).texts).split())
    texts += [getattr(reply.label, language) for reply in replies]
    assert [each for each in texts if " ".join(each.split()) not in printed] == []
    for contact in sheet(practice):
        assert contact.turns[0].turn.start
        by_number = {turn.number: turn.turn.code for turn in contact.turns}
        assert list(by_number) == list(range(1, len(contact.turns) + 1))
        for turn in contact.turns:
            for row in turn.replies:
                assert by_number.get(row.leads_to or 0, "") == row.reply.next_turn
                assert (row.tactic.code if row.tactic else "") == row.reply.tactic
    arrows = re.findall(r"→ (\S+?)</li>", paper)
    leads = [row.leads_to for c in sheet(practice) for t in c.turns for row in t.replies]
    assert [int(a) if a.isdecimal() else 0 for a in arrows] == leads


def test_a_practice_that_is_not_there_has_no_board(client: Client) -> None:
    assert client.get("/en-be/chat/no-such/class/").status_code == 404

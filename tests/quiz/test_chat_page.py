"""The practice chat as pages: the fragment is the page's own part, small, and made without the database."""

from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from django.test import Client

from quiz import chat
from quiz.content import Quiz
from sextortion_help.publishing.live import live
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

HTMX = {"hx-request": "true", "hx-request-type": "partial"}
MOST_BYTES = 4096  # of one reply, compressed


def practice_chat() -> Quiz:
    quiz = live().get(Quiz, "who")
    assert quiz
    return quiz


def every_node(quiz: Quiz) -> Iterator[list[str]]:
    """Give moves that lead to each message of each contact, to its reveal, and to the end."""
    honest_first = ["c1", "unknown", "c2", "unknown", "c3", "unknown"]
    yield []
    for contact in quiz.contacts:
        before = [] if not contact.scene else honest_first
        waiting, seen = [[*before, contact.code]], set()
        while waiting:
            moves = waiting.pop()
            play = chat.replay(quiz, moves)
            place = "closed" if play.closed else play.turns[-1].question.code
            if place in seen:
                continue
            seen.add(place)
            yield moves
            waiting += [[*moves, reply.code] for reply in play.replies]
    everybody = [c.code for c in quiz.contacts if not c.scene]
    yield [move for code in everybody for move in (code, "wants")]


def test_the_fragment_is_the_same_part_of_the_full_page(
    client: Client, language: str, django_assert_num_queries: Any
) -> None:
    address = f"/{language}/chat/"
    nodes = list(every_node(practice_chat()))
    assert len(nodes) > 30
    for moves in nodes:
        data = {"moves": " ".join(moves[:-1]), "move": "".join(moves[-1:])}
        page = client.post(address, data).content.decode()
        with django_assert_num_queries(0):
            fragment = client.post(address, data, headers=HTMX).content.decode()
        opening = page.index(">", page.index('<form class="chat"')) + 1
        assert page[opening : page.index("</form>", opening)].strip() == fragment.strip()
        assert f'name="moves" value="{" ".join(moves)}"' in fragment
        assert len(brotli.compress(fragment.encode(), quality=5)) <= MOST_BYTES
        focused = [tag for tag, attributes in Parsed(fragment).tags if "autofocus" in attributes]
        assert len(focused) == (1 if moves else 0)


@pytest.mark.parametrize(
    ("moves", "furthest"),
    [
        ("zz", ""),
        ("kd c1", ""),
        ("c1 c2", "c1"),
        ("c1 no-such kd", "c1"),
        ("c1 unknown unknown", "c1 unknown"),
        ("c1 unknown c1", "c1 unknown"),
        ("s1", ""),
        ("c1 " + "kd " * 10_000, "c1 kd"),
        ("<script>", ""),
    ],
)
def test_what_does_not_fit_shows_the_furthest_point_and_says_so(
    client: Client, moves: str, furthest: str
) -> None:
    response = client.post("/en/chat/", {"moves": moves})
    assert response.status_code == 200
    page = response.content.decode()
    assert f'name="moves" value="{furthest}"' in page
    assert "furthest point" in page
    assert "<script>" not in page


def test_no_moves_at_all_is_the_start(client: Client) -> None:
    start = client.get("/en/chat/").content
    assert client.post("/en/chat/").content == start
    assert b"furthest point" not in start


def test_the_threat_can_be_skipped_and_the_figures_still_come(client: Client) -> None:
    everybody = [c.code for c in practice_chat().contacts if not c.scene]
    moves = [move for code in everybody for move in (code, "unknown")]
    page = client.post("/en/chat/", {"moves": " ".join(moves)}).content.decode()
    assert 'id="score"' in page
    assert 'value="s1"' in page

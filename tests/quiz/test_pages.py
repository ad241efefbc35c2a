"""The quizzes as pages: any number of each kind; the fragment of a chat is the page's own part."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from guidance.models import Service
from quiz.models import Practice, SelfCheck
from quiz.practice import rules
from quiz.practice.content import Practice as LivePractice
from sextortion_help.publishing.live import live
from tests.publishing.builders import make_page, put_live, texts
from tests.quiz.builders import make_contact, make_practice, make_reply, make_self_check, make_turn
from tests.site.browser import submit
from tests.site.html import Parsed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("line")]

HTMX = {"hx-request": "true", "hx-request-type": "partial"}


@pytest.fixture
def practice(line: Service) -> Practice:
    """A practice chat that is live, with a threat scene."""
    practice = make_practice()
    scene = make_contact(practice, "s1", scene=True)
    turn = make_turn(scene, "bbbb", start=True)
    make_reply(turn, "bb", None, "neutral")
    make_reply(turn, "cc", None, "neutral")
    put_live(practice)
    return practice


@pytest.fixture
def check(line: Service) -> SelfCheck:
    """A self-check that is live."""
    check = make_self_check()
    put_live(check)
    return check


def every_state(practice: LivePractice) -> Iterator[list[str]]:
    """Give moves that lead to each turn of each contact, to its reveal, and to the end."""
    everybody = [contact.code for contact in practice.contacts if not contact.scene]
    met = [move for code in everybody for move in (code, "unknown")]
    yield []
    yield met
    for contact in practice.contacts:
        waiting, seen = [[*(met if contact.scene else []), contact.code]], set()
        while waiting:
            moves = waiting.pop()
            play = rules.replay(practice, moves)
            assert play.fits
            place = "closed" if play.closed else play.said[-1].turn.code
            if place not in seen:
                seen.add(place)
                yield moves
                waiting += [[*moves, reply.code] for reply in play.replies]


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("path", ["chat/", "chat/small/class/"])
def test_the_fragment_is_the_same_part_of_the_full_page(
    client: Client, language: str, path: str, django_assert_num_queries: Any
) -> None:
    address = f"/{language}-be/{path}"
    states = list(every_state(live().all(LivePractice)[0]))
    assert len(states) == 1 + 1 + 3 + 2 + 2
    for moves in states:
        data = {"moves": " ".join(moves[:-1]), "move": "".join(moves[-1:])}
        page = submit(client, address, data).content.decode()
        with django_assert_num_queries(0):
            fragment = submit(client, address, data, headers=HTMX).content.decode()
        opening = page.index(">", page.index('<form class="chat"')) + 1
        assert page[opening : page.index("</form>", opening)].strip() == fragment.strip()
        assert f'name="moves" value="{" ".join(moves)}"' in fragment
        focused = [tag for tag, attributes in Parsed(fragment).tags if "autofocus" in attributes]
        assert len(focused) == (1 if moves else 0)


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("headers", [HTMX, {"hx-request-type": "partial"}, {"hx-request": "true"}])
def test_a_fragment_is_only_ever_the_answer_to_a_post(
    client: Client, headers: dict[str, str]
) -> None:
    for address in ("/en-be/chat/", "/en-be/chat/small/"):
        page = client.get(address)
        assert client.get(address, headers=headers).content == page.content
        assert b"<html" in page.content


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize(
    ("moves", "furthest"),
    [
        ("zz", ""),
        ("bb c1", ""),
        ("c1 c2", "c1"),
        ("c1 no-such bb", "c1"),
        ("c1 unknown unknown", "c1 unknown"),
        ("c1 unknown c1", "c1 unknown"),
        ("s1", ""),
        ("c2 " + "bb " * 1_300, "c2 bb"),
        ("<script>", ""),
    ],
)
def test_what_does_not_fit_shows_the_furthest_point_and_says_so(
    client: Client, moves: str, furthest: str
) -> None:
    response = submit(client, "/en-be/chat/", {"moves": moves})
    assert response.status_code == 200
    page = response.content.decode()
    assert f'name="moves" value="{furthest}"' in page
    assert "furthest point" in page
    assert "<script>" not in page


@pytest.mark.usefixtures("practice")
def test_no_moves_at_all_is_the_start(client: Client) -> None:
    start = client.get("/en-be/chat/").content
    assert submit(client, "/en-be/chat/", {}).content == start
    assert b"furthest point" not in start


@pytest.mark.usefixtures("practice")
def test_the_scene_can_be_skipped_and_the_figures_still_come(client: Client) -> None:
    page = submit(client, "/en-be/chat/", {"moves": "c1 unknown c2 unknown"}).content.decode()
    assert 'id="score"' in page
    assert "<b>1 of 1</b> honest people you did not drive away" in page
    assert "tricks you saw through" not in page  # no figure about what was not met
    assert 'value="s1"' in page
    assert (
        'id="score"' not in submit(client, "/en-be/chat/", {"moves": "c1 unknown"}).content.decode()
    )


def test_the_practice_after_this_one_is_proposed_before_and_at_the_end(client: Client) -> None:
    put_live(*(make_practice(f"set-{n}", order=n, **texts(title=f"Set {n}")) for n in (3, 1, 2)))
    end = {"moves": "c1 unknown c2 unknown"}
    for number, proposed in ((1, "set-2"), (2, "set-3"), (3, None)):
        address = f"/en-be/chat/set-{number}/"
        for page in (client.get(address), submit(client, address, end)):
            found = [tag["href"] for tag in Parsed(page.content.decode()).all("a")]
            links = [href for href in found if href.startswith("/en-be/chat/set-")]
            others = set(links) - {address, f"{address}class/"}
            assert others == ({f"/en-be/chat/{proposed}/"} if proposed else set())
        board = submit(client, f"{address}class/", end).content.decode()
        assert (f"/en-be/chat/{proposed}/class/" in board) is bool(proposed)
    middle = submit(client, "/en-be/chat/", {"moves": "c1"}).content.decode()
    assert "set-2" not in middle
    assert "Set 2" in client.get("/en-be/chat/").content.decode()


@pytest.mark.parametrize("kind", ["check", "chat"])
def test_any_number_of_each_kind_is_live_and_the_first_has_the_short_address(
    client: Client, kind: str
) -> None:
    make = make_self_check if kind == "check" else make_practice
    first = make("one", order=5, **texts(title="One 7f3a"))
    second = make("two", order=6, **texts(title="Two 9b1c"))
    put_live(first, second)
    pages = {
        code: client.get(f"/en-be/{kind}/{code}").content.decode() for code in ("", "one/", "two/")
    }
    assert "One 7f3a" in pages[""]
    assert "One 7f3a" in pages["one/"]
    assert "Two 9b1c" in pages["two/"]
    assert "7f3a" not in pages["two/"]
    second.order = 1
    second.save()
    put_live(second)
    assert "Two 9b1c" in client.get(f"/en-be/{kind}/").content.decode()
    assert client.get(f"/en-be/{kind}/three/").status_code == 404


@pytest.mark.parametrize("address", ["check/", "chat/", "check/small/", "chat/small/"])
def test_without_a_quiz_there_is_no_page(client: Client, address: str) -> None:
    assert client.get(f"/en-be/{address}").status_code == 404


def test_a_kind_is_not_shown_at_the_address_of_the_other(client: Client, check: SelfCheck) -> None:
    assert client.get("/en-be/check/small/").status_code == 200
    assert client.get("/en-be/chat/small/").status_code == 404
    assert check.code == "small"


@pytest.mark.usefixtures("check")
def test_the_self_check_is_one_document_that_takes_no_answers(client: Client) -> None:
    page = client.get("/en-be/check/").content.decode()
    for words in ("Question bbbb en", "Question cccc en", "Answer cc en", "Ending gggg en"):
        assert words in page
    assert client.post("/en-be/check/", {"bbbb": "cc"}).status_code == 405


def test_an_ending_shows_its_pages_and_its_lines(client: Client) -> None:
    page, check = make_page(), make_self_check()
    page.steps.create(code="one", **texts(title="Do 7f3a", body="This"))
    check.endings.get(code="gggg").pages.add(page)
    put_live(page, check)
    shown = client.get("/en-be/check/").content.decode()
    assert "Do 7f3a" in shown
    assert "A line en" in shown

"""The lists: names in the editor's language, a search in every text, filters that matter."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sextortion_help.publishing.publish import publish
from tests.desk.builders import make_chat, make_check, make_page
from tests.desk.conftest import logged_in, person
from tests.publishing.builders import make_service

pytestmark = pytest.mark.django_db

PAGES = "/admin/guidance/page/"
SERVICES = "/admin/guidance/service/"


def codes(client: Client, where: str, **asked: str) -> list[str]:
    """Give the codes of the drafts of our own that a list shows."""
    answer = client.get(where, asked)
    assert answer.status_code == 200, answer
    return sorted(one.code for one in answer.context["cl"].result_list if "desk" in one.code)


def test_names_stand_in_the_editors_language_beside_the_code(db: None) -> None:
    make_page(title_nl="Nederlandse naam", title_fr="Nom français")
    words = logged_in(person("anne"), "fr").get(PAGES).content.decode()
    assert "Nom français" in words
    assert "Nederlandse naam" not in words
    assert "desk/page" in words


def test_a_text_of_any_language_or_part_is_found(me: Client) -> None:
    page = make_page("desk/a", steps=1, title_fr="Éclair")
    make_page("desk/b")
    make_service("desk-line", channels=[("call", "0800 32123")])
    page.steps.update(body_en="Zebra")
    assert codes(me, PAGES, q="Éclair") == ["desk/a"]
    assert codes(me, PAGES, q="zebra") == ["desk/a"]
    assert codes(me, SERVICES, q="32123") == ["desk-line"]


def test_the_filters_tell_state_country_purpose_and_what_nobody_verified(me: Client) -> None:
    live = make_page("desk/live", purposes=["talk"], verified_on=date(2026, 1, 1))
    publish([live], None, "")
    make_page("desk/only", countries=["NL"])
    make_page("desk/late", countries=["BE", "NL"], review_by=date(2026, 1, 2))
    assert codes(me, PAGES, state="live") == ["desk/live"]
    assert codes(me, PAGES, state="never") == ["desk/late", "desk/only"]
    assert codes(me, PAGES, countries="BE") == ["desk/late", "desk/live"]
    assert codes(me, PAGES, purposes="talk") == ["desk/live"]
    assert codes(me, PAGES, overdue="never") == ["desk/late", "desk/only"]
    assert codes(me, PAGES, overdue="yes") == ["desk/late"]


def test_a_list_says_which_language_lacks_what(me: Client) -> None:
    make_page(steps=1, title_fr="", summary_fr="")
    words = me.get(PAGES, {"q": "desk/page"}).content.decode()
    assert '<td class="field-written">fr −2</td>' in words


@pytest.mark.parametrize("asked", ["q=page", "q=page&state=never&overdue=never"])
@pytest.mark.parametrize(
    "kind", ["guidance_page", "guidance_service", "quiz_selfcheck", "quiz_practice"]
)
def test_a_list_that_searches_and_filters_asks_at_most_twelve_times(
    kind: str, asked: str, me: Client
) -> None:
    for number in range(4):
        make_page(f"desk/page-{number}", steps=1), make_service(f"desk-page-{number}")
        make_check(f"page-c{number}"), make_chat(f"page-h{number}")
    if kind.startswith("quiz"):
        asked = asked.partition("&")[0]
    with CaptureQueriesContext(connection) as captured:
        answer = me.get(f"{reverse(f'admin:{kind}_changelist')}?{asked}")
    assert len(answer.context["cl"].result_list) >= 4
    assert len(captured) <= 12


@pytest.mark.parametrize(
    "where",
    ["guidance/service/?country=", "guidance/service/?country__exact=", "guidance/page/?id__exact=-",
     "quiz/turn/?contact__id__exact=", "quiz/question/?self_check__id__exact=", "auth/user/?groups__id__exact="],
)  # fmt: skip
def test_a_number_no_row_can_have_is_no_filter_and_no_crash(db: None, where: str) -> None:
    me = logged_in(User.objects.create_superuser("root"))
    for number in ("9" * 40, "9" * 19, "9" * 10):
        answer = me.get(f"/admin/{where}{number}")
        assert answer.status_code in (302, 400)


def test_a_row_of_the_desk_that_no_database_has_room_for_is_refused(me: Client) -> None:
    for number in ("9" * 40, "²", "", "-1"):
        assert me.post("/admin/", {"still": f"page:{number}:fr"}).status_code == 403
        assert me.post("/admin/", {"one": f"page:{number}"}).status_code == 302


@pytest.mark.parametrize("action", ["check_and_publish", "take_off", "delete_selected"])
def test_a_chosen_row_that_is_no_number_is_none(me: Client, action: str) -> None:
    for chosen in (["x"], ["9" * 40], ["", "1.5"]):
        sent = {"action": action, "_selected_action": chosen, "post": "yes"}
        answer = me.post(PAGES, sent, follow=True)
        assert answer.status_code == 200
        assert "Items must be selected" in answer.content.decode()

"""The desk in the language its member chose, and its own pages when something is wrong."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sextortion_help.member.models import Member
from tests.publishing.builders import database_dying

pytestmark = pytest.mark.django_db

HELPLINE = "116&nbsp;000"  # on every page that a teen sees when something is wrong


def choose(client: Client, language: str, back: str = "/admin/password_change/") -> Any:
    return client.post("/admin/language/", {"language": language, "next": back})


def speaks(client: Client) -> str:
    return str(client.get("/admin/")["Content-Language"])


def test_a_member_chooses_the_language_and_keeps_it(editor: User, editor_client: Client) -> None:
    assert speaks(editor_client) == "en"
    answer = choose(editor_client, "fr")
    assert answer["Location"] == "/admin/password_change/"
    assert speaks(editor_client) == "fr"
    elsewhere = Client(headers={"accept-language": "nl"})
    elsewhere.force_login(editor)
    assert speaks(elsewhere) == "fr"
    assert '<html lang="fr"' in elsewhere.get("/admin/").content.decode()


def test_the_page_for_visitors_does_not_know_it(editor_client: Client) -> None:
    choose(editor_client, "fr")
    assert 'lang="nl-BE"' in editor_client.get("/nl-be/").content.decode()


@pytest.mark.parametrize("language", ["", "xx", "../nl", "nl" * 500])
def test_an_unknown_language_changes_nothing(language: str, editor_client: Client) -> None:
    assert choose(editor_client, language).status_code == 302
    assert speaks(editor_client) == "en"
    assert not Member.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/admin/", "//evil.example", "/nl-be/", ""])
def test_nobody_is_led_away_from_the_desk(back: str, editor_client: Client) -> None:
    assert choose(editor_client, "nl", back)["Location"] == "/admin/"


def test_what_only_takes_a_form_leads_on_when_it_is_only_looked_at(editor_client: Client) -> None:
    for where, to in (("language", ""), ("texts/in", "texts/"), ("document/in", "document/")):
        assert editor_client.get(f"/admin/{where}/")["Location"] == f"/admin/{to}"


def test_only_a_member_chooses(client: Client) -> None:
    assert choose(client, "fr")["Location"].startswith("/admin/login/")
    assert not Member.objects.exists()


def test_a_database_that_is_away_speaks_the_language_of_the_browser(editor_client: Client) -> None:
    choose(editor_client, "fr")
    editor_client.raise_request_exception = False
    with database_dying(lambda sql: "django_session" in sql):
        answer = editor_client.get("/admin/")
    assert (answer.status_code, answer["Content-Language"]) == (500, "en")


def test_what_is_wrong_at_the_desk_is_said_to_staff(editor: User, editor_client: Client) -> None:
    editor.user_permissions.clear()
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.force_login(editor)
    long = {"language": "x" * 3_000_000}
    said = {
        "There is nothing at this address": editor_client.get("/admin/nothing/"),
        "Your account may not do this": editor_client.get("/admin/publishing/version/"),
        "This page was open too long": strict.post("/admin/language/"),
        "What was sent could not be read": editor_client.post("/admin/language/", long),
    }
    for words, answer in said.items():
        shown = answer.content.decode()
        assert words in shown
        assert HELPLINE not in shown
        assert 'href="/admin/"' in shown
    assert [answer.status_code for answer in said.values()] == [404, 403, 403, 400]


def test_a_fault_of_ours_at_the_desk_is_said_to_staff(editor_client: Client) -> None:
    editor_client.raise_request_exception = False
    with database_dying(lambda sql: "guidance_page" in sql):
        answer = editor_client.get("/admin/guidance/page/")
    assert answer.status_code == 500
    assert "Something went wrong on our side, and nothing was saved" in answer.content.decode()


def test_where_there_is_no_desk_its_address_is_not_there(settings: Any, client: Client) -> None:
    settings.STAFF_HOST, settings.ALLOWED_HOSTS = "staff.example", ["staff.example", "testserver"]
    answer = client.get("/admin/nothing/")
    assert answer.status_code == 404
    assert HELPLINE in answer.content.decode()
    answer = client.get("/nl-be/nothing/")
    assert HELPLINE in answer.content.decode()

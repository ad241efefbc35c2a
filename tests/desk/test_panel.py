"""Beside every form: the state of what is published with it, what it changes, and what is wrong, by links."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from sextortion_help.publishing.publish import publish
from tests.desk.builders import make_all, make_chat, make_check, make_page, opened, read, send
from tests.desk.conftest import logged_in, person

pytestmark = pytest.mark.django_db


def shown(client: Client, url: str) -> Any:
    return client.get(url).context["panel"]


def test_every_form_shows_how_its_whole_stands_to_editors_who_may_not_publish(db: None) -> None:
    user = person("new")
    user.user_permissions.remove(Permission.objects.get(codename="add_version"))
    client = logged_in(user)
    for row in make_all():
        panel = shown(client, row.edit_url())
        assert panel["state"].label == "never published", row
        assert panel["versions"].endswith("/versions/")  # where they ask
        for said in ("refusals", "warnings", "elsewhere", "elsewhere_warnings"):
            for url, _ in panel[said]:
                assert url.startswith(("#", "/admin/")), (row, url)


def test_what_is_wrong_with_a_part_leads_to_its_field_on_the_same_page(me: Client) -> None:
    check = make_check()
    question: Any = check.questions.first()
    answer = question.answers.first()
    question.text_fr, answer.label_en = "", ""
    question.save(), answer.save()
    page = me.get(question.edit_url())
    said = {text: url for url, text in page.context["panel"]["refusals"]}
    assert said[f"{question}: question [fr] is missing."] == "#id_text_fr"
    assert said[f"{answer}: answer [en] is missing."] == "#id_answers-0-label_en"
    assert {url.removeprefix("#") for url in said.values()} <= read(page).ids
    other: Any = check.questions.last()
    elsewhere = dict(shown(me, other.edit_url())["elsewhere"])
    assert f"{question.edit_url()}#id_text_fr" in elsewhere


def test_blame_is_shown_to_an_editor_on_the_form(me: Client) -> None:
    page = make_page(title_nl="Had je maar niet betaald")
    warnings = dict(shown(me, page.edit_url())["warnings"])
    assert "blame" in warnings["#id_title_nl"]


def test_what_a_draft_changes_stands_on_its_form(me: Client) -> None:
    page = make_page()
    publish([page], None, "")
    assert shown(me, page.edit_url())["changes"] == []
    send(me, page, opened(me, page), title_fr="Autre titre")
    panel = shown(me, page.edit_url())
    assert [change.field for change in panel["changes"]] == ["title [fr]"]
    assert panel["versions"] == page.edit_url().replace("change", "versions")


def test_a_turn_of_a_chat_points_to_its_whole(me: Client) -> None:
    chat = make_chat()
    turn: Any = chat.contacts.get().turns.first()
    page = me.get(turn.edit_url())
    assert chat.edit_url().replace("change", "versions") in read(page).links
    assert ("_check", "1") in read(page).buttons

"""A draft with nothing but its code is saved, previewed and checked without a crash."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from guidance.models import App, Country, Detail, Letter, Message, Page, Service
from quiz.models import Ending, Question, SelfCheck
from quiz.practice.models import Contact, Outcome, Practice, Tactic, Turn
from sextortion_help.publishing.models import Draft
from tests.desk.builders import (
    add_url,
    last_of,
    make_chat,
    make_check,
    opened,
    problems,
    read,
    send,
)

pytestmark = pytest.mark.django_db

WHOLES = [Page, Service, App, Letter, Message, Detail, SelfCheck, Practice]
PARTS = [(Question, "self_check"), (Ending, "self_check"), (Contact, "practice"), (Tactic, "practice"),
         (Outcome, "practice"), (Turn, "contact")]  # fmt: skip


@pytest.mark.parametrize("model", WHOLES)
def test_a_whole(me: Client, model: type[Draft]) -> None:
    typed = {"code": "desk-bare", "review_by": str(localdate() + timedelta(days=90))}
    if model is Service:  # a number means nothing outside its country
        typed["country"] = str(Country.objects.get(code="BE").pk)
    answer = send(me, add_url(model), opened(me, add_url(model)), **typed)
    assert answer.status_code == 302, problems(answer)
    draft = model.objects.get(code="desk-bare")
    assert send(me, draft, opened(me, draft)).status_code == 302
    form = read(me.get(draft.edit_url()))
    assert ("_check", "1") in form.buttons
    checked = send(me, draft, opened(me, draft), _check="1", follow=True)
    assert me.get(checked["Location"]).status_code == 200
    for language in ("nl", "fr", "en"):
        shown = me.get(draft.edit_url().replace("change", f"preview/{language}-be"))
        assert shown.status_code in (200, 302)


def test_a_channel_without_the_country_of_its_service_is_kept_and_the_country_asked_for(
    me: Client,
) -> None:
    url = add_url(Service)
    typed = {"code": "desk-bare", "review_by": str(localdate() + timedelta(days=90))}
    channel = {"kind": "call", "address": "116 000", "hours": "Mo-Fr 09:00-17:00"}
    channel = {f"channels-0-{name}": value for name, value in channel.items()}
    answer = send(me, url, opened(me, url), **typed, **channel)
    assert answer.status_code == 200
    assert problems(answer) == ["Country: This field is required."]
    kept = answer.content.decode()
    assert all(f'value="{channel[f"channels-0-{name}"]}"' in kept for name in ("address", "hours"))


@pytest.mark.parametrize(("model", "owner"), PARTS)
def test_a_part(me: Client, model: type[Draft], owner: str) -> None:
    whole: Any = make_check() if owner == "self_check" else make_chat()
    above = whole.contacts.get() if owner == "contact" else whole
    url = add_url(model, **{owner: above.pk})
    form = opened(me, url)
    typed = {"code": "z7"} if "code" in form else {}
    answer = send(me, url, form, **typed)
    assert answer.status_code == 302, problems(answer)
    assert answer["Location"] == above.edit_url()
    draft = last_of(model.objects.order_by("pk"))
    assert send(me, draft, opened(me, draft)).status_code == 302
    assert me.get(whole.edit_url()).status_code == 200
    assert (
        me.get(
            f"/admin/publishing/version/publish/?draft={whole.content_kind()}:{whole.pk}"
        ).status_code
        == 200
    )

"""What comes in by a file counts as typed by who sent it: they are no second person for it themselves."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidance.models import Page, Service
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Release, Touch
from sextortion_help.publishing.planning import Together
from sextortion_help.publishing.publish import SecondPersonNeeded, publish
from sextortion_help.publishing.releases import confirm, may_confirm, stamp, submit
from sextortion_help.transfer import document
from tests.publishing.builders import again, make_page, make_service, put_live, same
from tests.transfer.conftest import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def other(editor: User) -> User:
    """A second person who may publish, and sends no file."""
    user = User.objects.create_user("other", is_staff=True)
    user.user_permissions.set(editor.user_permissions.all())
    return user


@pytest.fixture
def line(bare: None) -> Service:
    """A line that is live, and names a number in its words too."""
    words: Any = same(about="Call 0900 11 111")
    service = make_service(**words)
    put_live(service)
    return service


def texts(client: Client, line: Service) -> None:
    """Send another number in as three columns, and confirm what is shown."""
    key = f"service:{line.code}#about"
    written = f"key;nl;fr\n{key};Call 0900 11 111;Call 0900 99 999\n"
    looked = send(client, "/admin/texts/in/", written, "a.csv")
    client.post("/admin/texts/review/", {"seen": looked.context["judged"].seen})


def everything(client: Client, line: Service) -> None:
    """Send another number in within a document of everything, and confirm what is shown."""
    written = json.loads(document.written())
    written["services"][0]["channels"][0]["address"] = "116 999"
    looked = send(client, "/admin/document/in/", json.dumps(written), "a.json")
    client.post("/admin/document/review/", {"seen": looked.context["seen"]})


@pytest.mark.parametrize("take_in", [texts, everything])
def test_who_sends_a_number_in_confirms_it_for_nobody(
    take_in: Callable[[Client, Service], None], line: Service, editor_client: Client, other: User
) -> None:
    take_in(editor_client, line)
    editor = User.objects.get(username="editor")
    writer = User.objects.create_user("writer", is_staff=True)  # who asks, and may not publish
    assert {touch.user for touch in Touch.objects.all()} == {editor}
    release = submit(Together(drafts=[line]), writer, "")
    assert isinstance(release, Release)
    assert not may_confirm(release, editor)
    with pytest.raises(SecondPersonNeeded):
        confirm(release.pk, editor, stamp(release))
    assert confirm(release.pk, other, stamp(release))


def test_who_did_not_send_it_publishes_it_alone(
    line: Service, editor_client: Client, editor: User, other: User
) -> None:
    everything(editor_client, line)
    with pytest.raises(SecondPersonNeeded):
        publish([line], editor, "")
    assert publish([line], other, "")


def test_what_a_file_leaves_as_it_is_stays_whose_it_was(
    line: Service, editor_client: Client, editor: User, other: User
) -> None:
    with by(other, line):
        line.channels.update(address="116 111")
    texts(editor_client, line)
    typed = {touch.key: touch.user for touch in Touch.objects.all()}
    assert typed == {f"channels/{line.channels.get().code}/address": other, "about_fr": editor}


def test_what_is_new_by_a_document_is_typed_by_who_sent_it(editor: User) -> None:
    make_page("new", **same(summary="Call 0900 11 111"))
    written = document.written()
    Page.objects.all().delete()
    document.apply(written, None, None)
    assert not Touch.objects.exists()  # a command of who runs the machine: nobody is known
    Page.objects.all().delete()
    document.apply(written, None, editor)
    page = again(Page.objects.get())
    assert set(Touch.objects.values_list("draft", "key", "user")) == {
        (page.pk, f"summary_{code}", editor.pk) for code in ("nl", "fr", "en")
    }


def test_a_file_of_twenty_drafts_asks_the_same_for_their_hands_as_of_one(
    editor: User,
) -> None:
    pages = [make_page(f"p{place}", **same(summary="Call 0900 11 111")) for place in range(20)]
    counts = []
    for chosen in (pages[:1], pages):
        Touch.objects.all().delete()
        with CaptureQueriesContext(connection) as captured, by(editor, *chosen):
            Page.objects.filter(pk__in=[page.pk for page in chosen]).update(
                summary_en=f"0900 {len(chosen)}22"
            )
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert Touch.objects.count() == 20

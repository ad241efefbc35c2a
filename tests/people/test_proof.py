"""Who publishes or lets people in proves once more who it is, and loses nothing by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sextortion_help.people.models import Act, Record
from sextortion_help.people.proof import asks_again
from tests.desk.builders import read
from tests.people.conftest import PASSWORD, browser, member, phone, said, shown
from tests.publishing.builders import address, make_page, publish_address, put_live

pytestmark = pytest.mark.django_db
LATER = 16 * 60


@pytest.fixture
def publisher() -> Client:
    """The browser of a publisher."""
    return browser(member("paula", "publisher"))


def test_publishing_asks_later_and_keeps_the_note(
    publisher: Client, at: Callable[[float], None]
) -> None:
    page: Any = make_page()
    put_live(page)
    page.title_en = "other words"
    page.save()
    seen = publisher.get(publish_address(page)).context["seen"]
    at(LATER)
    asks = publisher.post(publish_address(page), {"seen": seen, "note": "Why: é & “x”"})
    assert "Is it you?" in said(asks)
    assert page.versions().count() == 1
    kept = read(asks).fields
    wrong = publisher.post(publish_address(page), {**kept, "_proof": "wrong"})
    assert "not your password" in said(wrong)
    done = publisher.post(publish_address(page), {**read(wrong).fields, "_proof": PASSWORD})
    assert done.status_code == 302
    assert page.versions().first().note == "Why: é & “x”"
    assert page.versions().count() == 2
    acts = [row.act for row in Record.objects.order_by("id")]
    assert acts[-2:] == [Act.FAILED, Act.PROVED]


def test_a_proof_holds_for_a_quarter_of_an_hour(rf: Any) -> None:
    from time import time

    request = rf.post("/admin/export/")
    request.user, request.LANGUAGE_CODE = member("paula", "publisher"), "en"
    request.session = {"proved": int(time()) - 15 * 60 + 5}
    assert asks_again(request) is None
    for given in ({"proved": int(time()) - 15 * 60 - 2}, {}):
        request.session = given
        assert "Is it you?" in said(asks_again(request))


@pytest.mark.parametrize("screen", ["retire", "versions"])
def test_so_do_the_other_ways_to_change_what_is_live(
    screen: str, publisher: Client, at: Callable[[float], None]
) -> None:
    page = make_page()
    put_live(page)
    at(LATER)
    where = address(page, screen)
    assert publisher.get(where).status_code == 200, "looking is free"
    assert "Is it you?" in said(publisher.post(where, {"number": "1", "publish": "1"}))
    assert page.versions().count() == 1


def test_a_code_of_the_app_is_a_proof_too(at: Callable[[float], None]) -> None:
    user = member("paula", "publisher")
    device = phone(user)
    client = browser(user, device)
    at(LATER)
    form = client.post("/admin/auth/user/add/", {"username": "new", "is_active": "on"})
    code = shown(device)
    sent = {**read(form).fields, "_proof": code}
    assert "/admin/way/" in said(client.post("/admin/auth/user/add/", sent))
    at(2 * LATER)
    for hostile in ("\0", "x" * 9000, "é½", ""):
        sent = {"username": "newer", "_proof": hostile}
        assert "not right" in said(client.post("/admin/auth/user/add/", sent))
    form = client.post("/admin/auth/user/add/", {"username": "newer"})
    assert "used already" in said(
        client.post("/admin/auth/user/add/", {**read(form).fields, "_proof": code})
    )


def test_wrong_proofs_wait(publisher: Client, at: Callable[[float], None]) -> None:
    at(LATER)
    for _ in range(5):
        publisher.post("/admin/auth/user/add/", {"username": "new", "_proof": "wrong"})
    waits = publisher.post("/admin/auth/user/add/", {"username": "new", "_proof": PASSWORD})
    assert "Wait five minutes" in said(waits)


def test_a_page_that_is_read_asks_and_then_shows_itself(
    rf: Any, at: Callable[[float], None]
) -> None:
    """Such as an export, which a link leads to."""
    user: Any = member("paula", "publisher")

    def export(request: Any) -> Any:
        request.user, request.session = user, session
        request.LANGUAGE_CODE = "en"
        return asks_again(request) or HttpResponse("all of it")

    session: dict[str, int] = {"proved": 0}
    form = export(rf.get("/admin/export/?kind=page"))
    fields = {name: values[0] for name, values in read(form).fields.items()}
    done = export(rf.post("/admin/export/?kind=page", {**fields, "_proof": PASSWORD}))
    assert (done.status_code, done["Location"]) == (302, "/admin/export/?kind=page")
    assert export(rf.get("/admin/export/?kind=page")).content == b"all of it"

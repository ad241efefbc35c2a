"""A session ends: when nobody is there, when it has lasted long enough, when its owner is disabled."""

from collections.abc import Callable

import pytest

from sextortion_help.people.models import Record
from tests.people.conftest import browser, log_in, member, said
from tests.publishing.builders import address, make_page

pytestmark = pytest.mark.django_db


def test_an_hour_without_a_click_ends_it(at: Callable[[float], None]) -> None:
    client = browser(member("anna"))
    at(50 * 60)
    assert client.get("/admin/").status_code == 200
    at(105 * 60)
    assert client.get("/admin/").status_code == 200
    at(166 * 60)
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_ten_hours_end_it_however_busy_one_was(at: Callable[[float], None]) -> None:
    client = browser(member("anna"))
    for half_hours in range(20):
        at(half_hours * 1800)
        assert client.get("/admin/").status_code == 200
    at(10 * 3600 + 5)
    assert client.get("/admin/").status_code == 302


def test_what_was_typed_when_it_ended_is_in_the_page_that_asks_to_log_in(
    at: Callable[[float], None],
) -> None:
    page = make_page()
    client = browser(member("anna", "editor"))
    at(2 * 3600)
    sent = client.post(
        page.edit_url(), {"title_nl": "Lang werk"}, headers={"origin": "http://testserver"}
    )
    assert "kept in this page" in said(sent)
    assert "Lang werk" in said(sent)


def test_somebody_disabled_is_out_at_once() -> None:
    user = member("anna", "editor")
    client = browser(user)
    page = make_page()
    assert client.get(page.edit_url()).status_code == 200
    user.is_active = False
    user.save()
    for where in ("/admin/", page.edit_url(), "/admin/factor/", address(page, "preview", "nl-be")):
        assert client.get(where).status_code == 302, where
        assert client.post(where, {"title_nl": "x"}).status_code == 302, where
    assert "login-form" in said(log_in(client, "anna"))


def test_an_editor_at_the_publishers_address_reads_why_in_the_desk() -> None:
    client = browser(member("anna", "editor"))
    page = make_page()
    for answer in (
        client.get("/admin/auth/user/"),
        client.post("/admin/auth/user/", {"note": "x"}),
    ):
        assert answer.status_code == 403
        assert "Your account may not do this" in said(answer)
        assert 'href="/admin/"' in said(answer)
        assert "Editor: adds, changes" in said(answer)
    client.post(address(page, "retire"), {"note": "x"})
    assert page.versions().count() == 0
    assert Record.objects.count() == 1  # the log-in

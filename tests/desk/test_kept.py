"""Nothing typed is lost: a session that ends, a token that is old, a database that stops, long texts."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DataError, OperationalError, connection
from django.test import Client

from guidance.models import Page
from tests.desk.builders import (
    Form,
    Response,
    add_url,
    first_of,
    make_check,
    make_page,
    opened,
    problems,
    read,
    send,
)
from tests.desk.conftest import logged_in

pytestmark = pytest.mark.django_db

HERE = {"origin": "http://testserver"}
PASSWORD = "a long enough one"  # noqa: S105  of a test
TYPED = "Getypt: é “x” <b>&amp;\r\n\r\n  twee"


@pytest.fixture
def browser(me: Client) -> Client:
    """A browser that sends what browsers send, checked as in production; nobody has logged in."""
    user = User.objects.get(username="me")
    user.set_password(PASSWORD)
    user.save()
    me.force_login(user)
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en", **HERE})


def token(response: Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def test_what_was_sent_after_the_session_ended_is_saved_after_the_login(
    me: Client, browser: Client
) -> None:
    page = make_page(steps=2)
    form = opened(me, page)
    shown = send(browser, page, form, body_nl=TYPED)
    assert "kept in this page" in shown.content.decode()
    assert not Page.objects.get(pk=page.pk).body_nl
    wrong = browser.post(page.edit_url(), {
        "csrfmiddlewaretoken": token(shown), "username": "me", "password": "wrong",
        "_kept": read(shown).fields["_kept"],
    })  # fmt: skip
    assert "login-form" in read(wrong).ids
    done = browser.post(page.edit_url(), {
        "csrfmiddlewaretoken": token(wrong), "username": "me", "password": PASSWORD,
        "_kept": read(wrong).fields["_kept"],
    })  # fmt: skip
    assert "You are logged in again" in done.content.decode()
    assert not Page.objects.get(pk=page.pk).body_nl, "one button saves it, not the login"
    again = read(done)
    assert "password" not in again.fields
    saved = browser.post(page.edit_url(), again.fields)
    assert saved.status_code == 302, problems(saved)
    assert Page.objects.get(pk=page.pk).body_nl == TYPED.replace("\r\n", "\n")


def test_a_new_row_is_kept_too(me: Client, browser: Client) -> None:
    form = opened(me, add_url(Page))
    shown = send(browser, add_url(Page), form, code="desk/new", title_nl=TYPED)
    assert TYPED in json.loads(read(shown).fields["_kept"][0])[-2] or TYPED in read(shown).fields[
        "_kept"
    ][0].replace("\\r\\n", "\r\n").replace('\\"', '"')
    assert "login-form" in read(shown).ids


def test_a_login_in_another_tab_makes_the_token_old_and_one_button_saves(browser: Client) -> None:
    page = make_page()
    browser.force_login(User.objects.get(username="me"))
    form = opened(browser, page)
    browser.cookies["csrftoken"] = "x" * 32  # as another login would
    shown = send(browser, page, form, body_nl=TYPED)
    assert "logged in again" in shown.content.decode()
    assert not Page.objects.get(pk=page.pk).body_nl
    saved = browser.post(page.edit_url(), read(shown).fields)
    assert saved.status_code == 302
    assert Page.objects.get(pk=page.pk).body_nl == TYPED.replace("\r\n", "\n")


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"},
    {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    {"origin": "http://testserver", "sec-fetch-site": "same-site"},
])  # fmt: skip
@pytest.mark.parametrize("known", [True, False])
def test_nothing_from_another_site_is_kept_or_saved(
    browser: Client, headers: dict[str, str], known: bool
) -> None:
    page = make_page()
    if known:
        browser.force_login(User.objects.get(username="me"))
        browser.get(page.edit_url())
    answer = browser.post(page.edit_url(), {"title_nl": "kwaad", "_save": "1"}, headers=headers)
    assert answer.status_code in (302, 403)
    assert "kwaad" not in answer.content.decode()
    kept = {"_kept": json.dumps([["title_nl", "kwaad"]]), "username": "me", "password": PASSWORD}
    answer = browser.post(page.edit_url(), kept, headers=headers)
    assert "kwaad" not in answer.content.decode()
    assert Page.objects.get(pk=page.pk).title_nl == "desk/page nl"


def test_who_is_no_staff_gets_the_login_and_nothing_is_saved(browser: Client) -> None:
    page = make_page()
    browser.force_login(User.objects.create_user("visitor"))
    answer = browser.post(page.edit_url(), {"title_nl": "x"})
    assert "login-form" in read(answer).ids
    assert Page.objects.get(pk=page.pk).title_nl == "desk/page nl"


def test_who_may_not_edit_is_refused_as_ever(db: None) -> None:
    page = make_page()
    helper = logged_in(User.objects.create_user("helper", is_staff=True))
    assert helper.post(page.edit_url(), {"title_nl": "x"}, headers=HERE).status_code == 403


@pytest.mark.parametrize(
    "kept", ["", "no json", "{}", "[1]", '[["a"]]', "null", '[["_kept", "x"], ["a", 1]]']
)
def test_a_page_that_nobody_made_is_no_crash(browser: Client, kept: str) -> None:
    page = make_page()
    sent = {"_kept": kept, "username": "me", "password": PASSWORD}
    shown = send(browser, page, {}, title_nl="x")
    answer = browser.post(page.edit_url(), {**sent, "csrfmiddlewaretoken": token(shown)})
    assert answer.status_code == 200


@contextmanager
def failing(at: Callable[[str], bool], error: type[Exception] = OperationalError) -> Iterator[None]:
    """Let each statement fail for which `at(sql)` is true."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if at(sql):
            raise error("the server closed the connection unexpectedly")
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


@pytest.mark.parametrize("words", ["", "UPDATE", "guidance_step", "django_admin_log", "SELECT"])
def test_a_database_that_stops_during_a_save_loses_no_word(me: Client, words: str) -> None:
    page = make_page(steps=1)
    form = opened(me, page)
    typed = {
        "body_nl": TYPED,
        "steps-0-body_nl": "Stap",
        **{k: v for k, v in form.items() if k not in ("body_nl", "steps-0-body_nl")},
    }
    with failing(lambda sql: words in sql):
        shown = me.post(page.edit_url(), {**typed, "_save": "1"}, headers=HERE)
    assert shown.status_code == 503
    assert "nothing was saved" in shown.content.decode()
    assert not Page.objects.get(pk=page.pk).body_nl, "not half of it"
    saved = me.post(page.edit_url(), read(shown).fields, headers=HERE)
    assert saved.status_code == 302
    page.refresh_from_db()
    assert (page.body_nl, page.steps.get().body_nl) == (TYPED.replace("\r\n", "\n"), "Stap")


def test_a_value_that_the_database_refuses_is_not_a_database_that_is_away(me: Client) -> None:
    page = make_page()
    form = opened(me, page)
    with failing(lambda sql: "UPDATE" in sql, DataError):
        shown = me.post(page.edit_url(), {**form, "body_nl": TYPED}, headers=HERE)
    assert shown.status_code == 500
    assert "went wrong on our side" in shown.content.decode()
    assert read(shown).fields["body_nl"] == [TYPED]


def test_two_who_save_the_same_code_at_the_same_moment(
    me: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page("desk/taken")
    monkeypatch.setattr(
        Page, "validate_unique", lambda *a, **k: None
    )  # it was free when it was looked at
    form = opened(me, add_url(Page))
    shown = me.post(add_url(Page), {**form, "code": "desk/taken", "body_nl": TYPED}, headers=HERE)
    assert shown.status_code == 409
    assert read(shown).fields["body_nl"] == [TYPED]


def test_a_fault_of_ours_keeps_what_was_sent(me: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_page()
    form = opened(me, page)
    monkeypatch.setattr(Page, "save", lambda *a, **k: 1 / 0)
    shown = me.post(page.edit_url(), {**form, "body_nl": TYPED}, headers=HERE)
    assert shown.status_code == 500
    assert read(shown).fields["body_nl"] == [TYPED]


def test_200_000_characters_stay_in_the_form(me: Client) -> None:
    page = make_page()
    long = "é" * 200_000
    answer = send(me, page, opened(me, page), title_nl=long, body_nl=long)
    assert problems(answer)
    assert read(answer).fields["title_nl"] == [long]
    assert read(answer).fields["body_nl"] == [long]
    assert send(me, page, opened(me, page), body_nl=long).status_code == 302


def test_problems_are_links_to_their_fields(me: Client) -> None:
    question = first_of(make_check().questions)
    answer = send(me, question, opened(me, question), **{"answers-0-label_fr": "x" * 121})
    page = read(answer)
    [link] = [link for link in page.links if link.startswith("#id_answers")]
    assert link == "#id_answers-0-label_fr"
    assert link[1:] in page.ids
    assert "errors" in page.ids


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_draft_in_one_language_is_saved(me: Client, language: str) -> None:
    form = opened(me, add_url(Page))
    empty = {name: [""] for name in form if re.search("_(nl|fr|en)$", name)}
    words = {"code": [f"desk/{language}"], f"title_{language}": ["Alleen dit"]}
    typed: Form = {**form, **empty, **words}
    answer = send(me, add_url(Page), typed)
    assert answer.status_code == 302, problems(answer)
    page = Page.objects.get(code=f"desk/{language}")
    assert getattr(page, f"title_{language}") == "Alleen dit"
    assert problems(send(me, add_url(Page), {**typed, "code": [""]})), "but not without a code"

"""Whatever comes between a member of staff and a form: no word of what was sent is lost, nothing is half done.

Each way in which a session, a proof or a token ends, and each form of the staff area in which words are
typed. What only a browser shows is in tests/browser/test_interrupted.py; two editors at one form,
a database that stops within a save, and forms from before an upgrade are in tests/desk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unicodedata import category

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from guidance.models import Page
from sextortion_help.publishing.models import Release, Version
from tests.desk.builders import add_url, first_of, make_check, read
from tests.people.conftest import PASSWORD, browser, member, phone, said, shown
from tests.publishing.builders import address, make_page, publish_address, put_live

pytestmark = pytest.mark.django_db

WORDS = "Niet verliezen: é & “x” <b>\r\n\r\n  slot"
SAVED = WORDS.replace("\r\n", "\n")
LINE = "Waarom: é & “x” <b>"
DUE = f"{timezone.localdate() + timedelta(days=300)}T04:05"
CHANGED = f"{PASSWORD} 2"


@dataclass
class Desk:
    """A publisher's browser, whose every form is checked as in production."""

    user: User
    client: Client
    device: Any
    password: str = PASSWORD

    def fill_in(self, where: str, **typed: Any) -> dict[str, Any]:
        """Open a form and give what the browser would send of it, with what was typed."""
        response = self.client.get(where)
        assert response.status_code == 200, where
        fields = read(response).fields
        return {k: v for k, v in fields.items() if "__prefix__" not in k} | typed

    def come_back(self, where: str, kept: Any) -> Any:
        """Log in on the page that keeps what was sent, then press its button."""
        fields = read(kept).fields
        assert "login-form" in read(kept).ids, said(kept)[:2000]
        typed = {"username": self.user.username, "password": self.password}
        typed["one_time_code"] = shown(self.device) if self.device else ""
        again = self.client.post(where, {**fields, **typed})
        assert "You are logged in again" in said(again)
        return self.client.post(where, read(again).fields)


@pytest.fixture
def desk() -> Desk:
    user = member("paula", "publisher")
    client = browser(user, enforce_csrf_checks=True)
    client.defaults["HTTP_ORIGIN"] = "http://testserver"
    return Desk(user, client, None)


type Later = Callable[[float], None]


def idle(desk: Desk, at: Later) -> None:
    at(61 * 60)


def ten_hours(desk: Desk, at: Later) -> None:
    for half_hours in range(20):
        at(half_hours * 1800)
        assert desk.client.get("/admin/parts/").status_code == 200
    at(10 * 3600 + 5)


def logged_out_everywhere(desk: Desk, at: Later) -> None:
    Session.objects.all().delete()


def password_changed_elsewhere(desk: Desk, at: Later) -> None:
    new = {"new_password1": CHANGED, "new_password2": CHANGED}
    changed = browser(desk.user).post("/admin/password_change/", {"old_password": PASSWORD, **new})
    assert changed.status_code == 302
    desk.password = CHANGED


def second_factor_from_now_on(desk: Desk, at: Later) -> None:
    """The session has none, because it began before."""
    from django.conf import settings

    settings.SECOND_FACTOR = True
    desk.device = phone(desk.user)


@pytest.mark.parametrize(
    "ends",
    [idle, ten_hours, logged_out_everywhere, password_changed_elsewhere, second_factor_from_now_on],
)
@pytest.mark.parametrize("form", ["page", "publish"])
def test_however_a_session_ends_what_was_sent_goes_on_after_the_login(
    desk: Desk, ends: Callable[[Desk, Later], None], form: str, at: Later, settings: Any
) -> None:
    settings.SECOND_FACTOR = False  # and put back after the test
    page: Any = make_page()
    put_live(page)
    Page.objects.filter(pk=page.pk).update(title_en="other words")
    where = publish_address(page) if form == "publish" else page.edit_url()
    typed = {"note": LINE} if form == "publish" else {"body_nl": WORDS, "_save": "1"}
    sent = desk.fill_in(where, **typed)
    ends(desk, at)
    kept = desk.client.post(where, sent)
    assert "kept in this page" in said(kept)
    assert page.versions().count() == 1
    done = desk.come_back(where, kept)
    assert done.status_code == 302, said(done)
    page.refresh_from_db()
    found = page.versions().first().note if form == "publish" else page.body_nl
    assert found == (LINE if form == "publish" else SAVED)


def test_somebody_disabled_and_let_in_again_goes_on(desk: Desk) -> None:
    page: Any = make_page()
    sent = desk.fill_in(page.edit_url(), body_nl=WORDS, _save="1")
    User.objects.update(is_active=False)
    kept = desk.client.post(page.edit_url(), sent)
    typed = {"username": "paula", "password": PASSWORD, "one_time_code": ""}
    still = desk.client.post(page.edit_url(), {**read(kept).fields, **typed})
    assert "_kept" in read(still).fields, "refused, and kept all the same"
    User.objects.update(is_active=True)
    assert desk.come_back(page.edit_url(), still).status_code == 302
    page.refresh_from_db()
    assert page.body_nl == SAVED


@dataclass
class Typed:
    """A form with words in it: where, what, and how to see afterwards that they arrived."""

    where: str
    sent: dict[str, Any]
    arrived: Callable[[], bool]


def changed_page(title: str = "other words") -> Any:
    page: Any = make_page()
    put_live(page)
    Page.objects.filter(pk=page.pk).update(title_en=title)
    return page


def new_page(desk: Desk) -> Typed:
    where = add_url(Page)
    sent = desk.fill_in(where, code="desk/new", title_nl="Nieuw", body_fr=WORDS, _save="1")
    return Typed(where, sent, lambda: Page.objects.filter(code="desk/new", body_fr=SAVED).exists())


def part_with_a_new_row(desk: Desk) -> Typed:
    """An answer that was added without script, and typed into."""
    question: Any = first_of(make_check().questions)
    more = desk.client.post(
        question.edit_url(), {**desk.fill_in(question.edit_url()), "_more": "answers"}
    )
    count = question.answers.count()
    row = {f"answers-{count}-label_nl": "Een nieuw antwoord", "_save": "1"}
    sent = desk.fill_in(more["Location"].partition("#")[0], **row)
    assert sent["answers-TOTAL_FORMS"] == [str(count + 1)]
    return Typed(
        question.edit_url(), sent,
        lambda: question.answers.filter(label_nl="Een nieuw antwoord").exists(),
    )  # fmt: skip


def note_of_a_release(desk: Desk) -> Typed:
    page = changed_page()
    where = publish_address(page)
    return Typed(
        where, desk.fill_in(where, note=LINE), lambda: page.versions().first().note == LINE
    )


def time_of_a_release(desk: Desk) -> Typed:
    where = publish_address(changed_page())
    sent = desk.fill_in(where, note=LINE, due=DUE)
    return Typed(
        where, sent, lambda: Release.objects.filter(name=LINE, due__date=DUE[:10]).exists()
    )


def note_of_taking_off(desk: Desk) -> Typed:
    page = changed_page()
    where = address(page, "retire")
    return Typed(
        where, desk.fill_in(where, note=LINE), lambda: page.versions().first().note == LINE
    )


def note_of_undoing(desk: Desk) -> Typed:
    page = changed_page()
    desk.client.post(publish_address(page), desk.fill_in(publish_address(page)))
    where = reverse("admin:undo", args=[page.versions().first().release])
    return Typed(
        where, desk.fill_in(where, note=LINE), lambda: page.versions().first().note == LINE
    )


def why_a_release_is_declined(desk: Desk) -> Typed:
    page, writer = changed_page(), browser(member("anna", "editor"))
    seen = read(writer.get(publish_address(page))).fields["seen"][0]
    writer.post(publish_address(page), {"seen": seen, "note": "Please"})
    where = Release.objects.get().page_url()
    sent = desk.fill_in(where, answer=LINE, decline="1")
    return Typed(where, sent, lambda: Release.objects.get().answer == LINE)


def invitation(desk: Desk) -> Typed:
    where = "/admin/auth/user/add/"
    sent = desk.fill_in(where, username="nieuw", email="nieuw@example.org")
    return Typed(where, sent, lambda: User.objects.filter(email="nieuw@example.org").exists())


FORMS = [
    new_page, part_with_a_new_row, note_of_a_release, time_of_a_release, note_of_taking_off, note_of_undoing,
    why_a_release_is_declined, invitation,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_keeps_its_words_when_the_session_ended(
    desk: Desk, form: Callable[[Desk], Typed]
) -> None:
    typed = form(desk)
    Session.objects.all().delete()
    kept = desk.client.post(typed.where, typed.sent)
    assert not typed.arrived()
    desk.come_back(typed.where, kept)
    assert typed.arrived()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_keeps_its_words_when_its_token_is_old(
    desk: Desk, form: Callable[[Desk], Typed]
) -> None:
    """As after a log-in in another tab."""
    typed = form(desk)
    desk.client.cookies["csrftoken"] = "x" * 32
    kept = desk.client.post(typed.where, typed.sent)
    assert not typed.arrived()
    desk.client.post(typed.where, read(kept).fields)
    assert typed.arrived()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_keeps_its_words_when_the_database_is_away(
    desk: Desk, form: Callable[[Desk], Typed]
) -> None:
    typed = form(desk)

    def away(*args: Any) -> Any:
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        kept = desk.client.post(typed.where, typed.sent)
    assert kept.status_code == 503
    assert not typed.arrived()
    desk.client.post(typed.where, read(kept).fields)
    assert typed.arrived()


@pytest.mark.parametrize("form", FORMS[:-1])
def test_every_form_keeps_its_words_when_a_right_is_taken_away(
    desk: Desk, form: Callable[[Desk], Typed]
) -> None:
    """And goes on with them when it is given back."""
    typed = form(desk)
    groups = list(desk.user.groups.all())
    desk.user.groups.clear()
    kept = desk.client.post(typed.where, typed.sent)
    assert kept.status_code == 403
    assert "Your account may not do this" in said(kept)
    assert not typed.arrived()
    desk.user.groups.set(groups)
    desk.client.post(typed.where, read(kept).fields)
    assert typed.arrived()


@pytest.mark.parametrize("form", ["page", "question", "publish", "retire"])
def test_what_was_written_for_something_deleted_meanwhile_can_be_copied(
    desk: Desk, form: str
) -> None:
    page: Any = make_page()
    question: Any = first_of(make_check().questions)
    where, typed = {
        "page": (page.edit_url(), {"body_nl": WORDS, "title_fr": "Titre"}),
        "question": (question.edit_url(), {"text_fr": LINE}),
        "publish": (publish_address(page), {"note": "waarom"}),
        "retire": (address(page, "retire"), {"note": LINE}),
    }[form]
    sent = {**desk.fill_in(page.edit_url()), **typed}
    page.delete()
    question.delete()
    shown = desk.client.post(where, sent)
    assert shown.status_code == 404
    assert "somebody may have deleted it" in said(shown)
    for words in typed.values():
        assert escape(words) in said(shown)


def test_what_has_no_words_of_anybody_is_refused_as_ever(desk: Desk) -> None:
    page: Any = make_page()
    where = address(page, "delete")
    sent = desk.fill_in(where)
    desk.user.groups.clear()
    refused = desk.client.post(where, sent)
    assert refused.status_code == 403
    assert "kept" not in said(refused)


@pytest.mark.parametrize("form", FORMS[2:])
def test_every_form_that_asks_for_a_fresh_proof_keeps_its_words(
    desk: Desk, form: Callable[[Desk], Typed], at: Later
) -> None:
    """Even when the session ends while the proof is being asked for."""
    typed = form(desk)
    at(16 * 60)
    asks = desk.client.post(typed.where, typed.sent)
    assert "Is it you?" in said(asks)
    Session.objects.all().delete()
    kept = desk.client.post(typed.where, {**read(asks).fields, "_proof": PASSWORD})
    assert PASSWORD not in said(kept), "no password stands in a page"
    desk.come_back(typed.where, kept)
    assert typed.arrived()


def test_a_proof_for_reading_that_came_too_late_shows_the_page(desk: Desk, at: Later) -> None:
    at(16 * 60)
    asks = desk.client.get("/admin/document/out/")
    at(0)  # proved in another tab
    done = desk.client.post("/admin/document/out/", {**read(asks).fields, "_proof": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/admin/document/out/")


@pytest.mark.parametrize("name", ["texts_in", "document_in"])
def test_who_sends_a_file_after_the_session_ended_is_told_to_choose_it_again(
    desk: Desk, name: str
) -> None:
    Session.objects.all().delete()
    file = SimpleUploadedFile("a.po", b'msgid "a"')
    answer = desk.client.post(reverse(name), {"file": file}, follow=True)
    assert "login-form" in read(answer).ids
    assert "your file was not taken" in said(answer)
    logged_in = {"username": "paula", "password": PASSWORD, "one_time_code": ""}
    where = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
    back = desk.client.post(where, {**read(answer).fields, **logged_in}, follow=True)
    assert back.request["PATH_INFO"] == reverse(name.removesuffix("_in"))
    assert "file" in said(back)


def test_a_file_that_waits_to_be_looked_at_waits_through_the_end_of_a_session(desk: Desk) -> None:
    page: Any = make_page()
    where = f"{reverse('texts_out')}?what=page:{page.code}&source=nl&target=fr&format=po"
    text = desk.client.get(where).content.replace(b'msgstr "test/page fr"', b'msgstr "Le titre"')
    form = desk.fill_in(reverse("texts"))
    file = SimpleUploadedFile("a.po", text)
    desk.client.post(reverse("texts_in"), {**form, "file": file})
    sent = desk.fill_in(reverse("texts_review"))
    Session.objects.all().delete()
    kept = desk.client.post(reverse("texts_review"), sent)
    desk.come_back(reverse("texts_review"), kept)
    page.refresh_from_db()
    assert page.title_fr == "Le titre"


@pytest.mark.parametrize(
    "where", ["/admin/search/?q=wat+ik+zocht", "/admin/people/record/?q=wat+ik+zocht&kind="]
)
def test_what_was_searched_for_is_searched_for_after_the_login(desk: Desk, where: str) -> None:
    Session.objects.all().delete()
    asks = desk.client.get(where, follow=True)
    sent = {**read(asks).fields, "username": "paula", "password": PASSWORD, "one_time_code": ""}
    there = desk.client.post("/admin/login/", sent, follow=True)
    assert 'value="wat ik zocht"' in said(there)


def test_a_note_that_was_refused_stands_there_again(desk: Desk) -> None:
    target, page = make_page("target"), make_page(body="[a](/target/)")
    put_live(target, page)
    where = address(target, "retire")
    sent = desk.fill_in(where, note=LINE)
    refused = desk.client.post(where, sent, follow=True)
    assert "which would not be live any more" in said(refused)
    assert escape(LINE) in said(refused), "there is no form while it cannot be taken off"


def test_an_answer_that_was_refused_stands_in_its_form_again(desk: Desk) -> None:
    typed = why_a_release_is_declined(desk)
    # nobody looked at what is there now
    sent = {k: v for k, v in typed.sent.items() if k != "decline"} | {"confirm": "1", "stamp": "x"}
    refused = desk.client.post(typed.where, sent, follow=True)
    assert Release.objects.get().state == Release.State.WAITING
    assert set(read(refused).fields["answer"]) == {LINE}, "in both forms: it may be for either"
    assert Version.objects.filter(note="Please").count() == 0


def test_what_a_script_asks_in_the_background_is_no_page(desk: Desk) -> None:
    headers = {"sec-fetch-dest": "empty"}
    Session.objects.all().delete()
    answer = desk.client.post("/admin/reading/", {"text": WORDS, "language": "nl"}, headers=headers)
    assert answer.status_code in (302, 403)


PASTED = {
    "Word": "·\tEerst\u00a0dit\u2026\r\n·\tDan \u201cdat\u201d \u2013 na\u00adtuur\u00adlijk\u200b\r\n\x0bEn\u2028nog",
    "a spreadsheet": "naam\tnummer\r\nlijn A\t0800 32 123\r\n\tleeg",
    "a chat": "[12:03] K\u0332im: hoi \U0001f642\u200d\r\n\u202e> citaat\u202c",
    "a page": "<p class=MsoNormal><b>Vet</b>&nbsp;woord</p>\r\n<!--[if gte mso 9]>x<![endif]-->",
    "a broken file": "half\x00 en \x07 bel \ufffd",
}


@pytest.mark.parametrize("pasted", PASTED)
def test_a_paste_is_saved_word_for_word_or_stays_in_its_form(desk: Desk, pasted: str) -> None:
    page: Any = make_page()
    sent = desk.fill_in(page.edit_url(), body_nl=PASTED[pasted], title_fr=LINE, _save="1")
    answer = desk.client.post(page.edit_url(), sent)
    page.refresh_from_db()
    if answer.status_code == 302:
        assert visible(page.body_nl) == visible(PASTED[pasted])
        assert page.title_fr == LINE
    else:
        kept = read(answer).fields
        assert visible(kept["body_nl"][0]) == visible(PASTED[pasted])
        assert kept["title_fr"] == [LINE]


def visible(text: str) -> str:
    """Give the signs of a text that anybody sees."""
    return "".join(sign for sign in text if category(sign)[0] not in "ZC")

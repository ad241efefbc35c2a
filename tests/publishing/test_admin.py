"""An editor's way: change a draft, preview it, read what is wrong, publish, go back, take it off."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.models import Page, Service
from quiz.models import Question, Quiz
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Version
from tests.publishing.builders import (
    address,
    filled_in,
    live_title,
    make_page,
    put_live,
    read,
)
from tests.quiz.builders import make_answer, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(response: HttpResponse) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def publish_with_note(client: Client, where: str, note: str = "") -> HttpResponse:
    """Press the button of the page that checks, as it was shown."""
    page = client.get(where)
    assert "Publish" in read(page).buttons
    response = client.post(where, {"seen": page.context["seen"], "note": note}, follow=True)
    live.refresh()  # as the commit would, which no test reaches
    return response


def test_an_editor_changes_an_answer_in_three_languages_and_publishes(
    editor: User, editor_client: Client, client: Client
) -> None:
    quiz = Quiz.objects.get(code="flirt")
    question = quiz.questions.get(start=True)
    form = editor_client.get(question.edit_url())
    new = {f"answers-1-label_{code}": f"Nieuw antwoord {code}" for code in ("nl", "fr", "en")}
    saved = editor_client.post(question.edit_url(), filled_in(form, **new))
    assert saved.status_code == 302
    assert question.answers.last().label_fr == "Nieuw antwoord fr"
    live.refresh()
    assert "Nieuw antwoord" not in client.get("/fr/check/").content.decode()

    done = publish_with_note(editor_client, address(quiz, "publish"), "clearer words")
    assert said(done) == "Published: quiz flirt 2."
    version = quiz.versions().first()
    assert (version.number, version.published_by, version.note) == (2, editor, "clearer words")
    for code in ("nl", "fr", "en"):
        assert f"Nieuw antwoord {code}" in client.get(f"/{code}/check/").content.decode()


def test_rolling_back_takes_two_clicks(editor: User, editor_client: Client) -> None:
    page = make_page(title_en="first")
    put_live(page)
    page.title_en = "second"
    page.save()
    put_live(page)
    form = read(editor_client.get(page.edit_url()))
    [versions] = [link for link, words in form.links if words == "Versions"]
    shown = editor_client.get(versions)  # the first
    assert read(shown).buttons == ["Put version 1 back"]
    done = editor_client.post(versions, {"number": "1"}, follow=True)  # the second
    live.refresh()
    assert live_title(page) == "first"
    assert said(done) == "Done: page test/page 3."
    newest = page.versions().first()
    assert (newest.note, newest.published_by) == ("version 1 put back", editor)
    assert read(done).buttons == ["Put version 2 back", "Put version 1 back"]


def test_all_versions_are_listed_with_who_when_and_why(editor: User, editor_client: Client) -> None:
    page = make_page()
    put_live(page)
    page.title_en = "second"
    page.save()
    publish_with_note(editor_client, address(page, "publish"), "a better title")
    editor_client.post(address(page, "retire"), {"note": "no longer true"})
    shown = editor_client.get(address(page, "versions"))
    assert [(v.number, v.note, v.published_by, v.retired) for v in shown.context["versions"]] == [
        (3, "no longer true", editor, True), (2, "a better title", editor, False), (1, "", None, False),
    ]  # fmt: skip
    words = shown.content.decode()
    assert "a better title" in words
    assert "(retired)" in words
    assert read(shown).buttons == ["Put version 2 back", "Put version 1 back"]


def test_an_old_version_that_is_not_there_changes_nothing(editor_client: Client) -> None:
    page = make_page()
    put_live(page)
    count = Version.objects.count()
    for number in ("7", "", "0", "abc", "9" * 30):
        editor_client.post(address(page, "versions"), {"number": number})
    assert Version.objects.count() == count


def test_problems_are_shown_with_a_link_to_the_field_and_no_button(editor_client: Client) -> None:
    page = make_page(title_fr="", body="[a](/nowhere/)")
    shown = editor_client.get(address(page, "publish"))
    assert "This keeps it from being published" in shown.content.decode()
    links = {words: link for link, words in read(shown).links}
    link = links["test/page: title [fr] is missing."]
    assert link == page.edit_url("title_fr")
    assert "id_title_fr" in read(editor_client.get(link.partition("#")[0])).ids
    assert "test/page: text [en] links to /nowhere/, which is not live." in links
    assert "Publish" not in read(shown).buttons
    answer = editor_client.post(address(page, "publish"), {"seen": shown.context["seen"]})
    assert answer.status_code == 302
    assert not page.versions().exists()


def test_warnings_are_shown_with_a_link_and_the_button(editor_client: Client) -> None:
    page = make_page(title_en="Careful!")
    shown = editor_client.get(address(page, "publish"))
    assert "Worth a second look" in shown.content.decode()
    links = {words: link for link, words in read(shown).links}
    assert links["test/page: title [en]: there is an exclamation mark."] == page.edit_url(
        "title_en"
    )
    publish_with_note(editor_client, address(page, "publish"))
    assert live_title(page) == "Careful!"


def test_what_others_would_lose_is_shown_before_publishing(editor_client: Client) -> None:
    service = Service.objects.get(code="be-cardstop")
    put_live(make_quiz("small", purposes=["money"]))
    service.audience = "adults"
    service.save()
    shown = editor_client.get(address(service, "publish"))
    links = {words: link for link, words in read(shown).links}
    assert links["“small” would be left without ffff: a human contact."] == service.edit_url()
    assert "Publish" not in read(shown).buttons


def test_several_drafts_are_checked_and_published_together(editor_client: Client) -> None:
    one, two = make_page("one", body="[b](/two/)"), make_page("two", body="[a](/one/)")
    chosen = {"action": "check_and_publish", "_selected_action": [one.pk, two.pk]}
    led = editor_client.post(address(one, "changelist"), chosen)
    done = publish_with_note(editor_client, led["Location"], "both")
    assert said(done) == "Published: page one 1, page two 1."
    assert (live_title(one), live_title(two)) == ("one en", "two en")


def test_nothing_chosen_or_nothing_new_is_said(editor_client: Client) -> None:
    page = make_page()
    nothing = editor_client.get(
        reverse("admin:guidance_page_publish") + "?ids=0,x,," + "9" * 30, follow=True
    )
    assert said(nothing) == "Nothing was chosen."
    publish_with_note(editor_client, address(page, "publish"))
    assert said(publish_with_note(editor_client, address(page, "publish"))) == "Nothing differed."
    assert page.versions().count() == 1


def test_looking_publishes_nothing(editor_client: Client) -> None:
    page = make_page()
    count = Version.objects.count()
    for where in (address(page, "publish") + "&note=x&seen=", address(page, "versions"),
                  address(page, "retire"), address(page, "preview", "nl")):  # fmt: skip
        assert editor_client.get(where).status_code == 200
    assert Version.objects.count() == count


def test_a_forged_form_publishes_nothing(editor: User) -> None:
    page = make_page()
    put_live(page)
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(editor)
    count = Version.objects.count()
    for name in ("publish", "versions", "retire"):
        assert forger.post(address(page, name), {"number": "1"}).status_code == 403
    assert Version.objects.count() == count


def test_taking_off_the_site_asks_once_and_is_refused_when_something_links_to_it(
    editor_client: Client,
) -> None:
    target, page = make_page("target"), make_page(body="[a](/target/)")
    put_live(target, page)
    asked = editor_client.get(address(target, "retire"))
    assert read(asked).buttons == ["Take off the site"]
    refused = editor_client.post(address(target, "retire"), {"note": "old"}, follow=True)
    assert said(refused) == "“test/page” still links to it."
    assert target.state == "live"
    done = editor_client.post(address(page, "retire"), {"note": "old"}, follow=True)
    assert said(done) == "Done: page test/page 2."
    editor_client.post(address(target, "retire"), {"note": "old"})
    live.refresh()
    assert (live_title(target), live_title(page)) == (None, None)
    assert target.versions().first().note == "old"


def test_the_draft_of_what_was_published_cannot_be_deleted(editor_client: Client) -> None:
    page, draft = make_page(), make_page("draft")
    put_live(page)
    assert editor_client.post(address(page, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"}
    editor_client.post(address(page, "changelist"), chosen)
    assert Page.objects.filter(pk=page.pk).exists()
    editor_client.post(address(draft, "delete"), {"post": "yes"})
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_the_code_of_what_was_published_cannot_be_changed_in_the_form(
    editor_client: Client,
) -> None:
    page = make_page()
    assert "id_code" in read(editor_client.get(page.edit_url())).ids
    put_live(page)
    for draft in (page, Quiz.objects.get(code="who").contacts.first(),
                  Quiz.objects.get(code="who").tactics.first(), Question.objects.first()):  # fmt: skip
        before, form = draft.code, editor_client.get(draft.edit_url())
        assert "id_code" not in read(form).ids
        sent = editor_client.post(draft.edit_url(), {**filled_in(form), "code": "z9"})
        assert sent.status_code == 302
        draft.refresh_from_db()
        assert draft.code == before


def test_checking_a_quiz_costs_the_same_however_many_answers(
    editor_client: Client, django_assert_num_queries: Any
) -> None:
    quiz = make_quiz()
    where = address(quiz, "publish")
    with CaptureQueriesContext(connection) as before:
        editor_client.get(where)
    for code in ("dd", "ff", "gg"):
        make_answer(quiz.questions.first(), code, quiz.endings.first())
    with django_assert_num_queries(len(before)):
        shown = editor_client.get(where)
    assert "Publish" in read(shown).buttons

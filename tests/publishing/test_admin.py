"""An editor's way: change a draft, preview it, read what is wrong, publish, go back, take it off."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from guidance.choices import Purpose
from guidance.models import Page, Service
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.sources import source_of
from tests.publishing.builders import (
    address,
    again,
    filled_in,
    live_title,
    make_page,
    make_service,
    publish_address,
    put_live,
    read,
    same,
    texts,
)
from tests.quiz.builders import MAKE, make_practice, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def publish_with_note(client: Client, where: str, note: str = "") -> Any:
    """Press the button of the page that checks, as it was shown."""
    page = client.get(where)
    assert "Publish" in read(page).buttons
    response = client.post(where, {"seen": page.context["seen"], "note": note}, follow=True)
    live.refresh()  # as the commit would, which no test reaches
    return response


@pytest.mark.usefixtures("line")
def test_an_editor_changes_an_answer_in_three_languages_and_publishes(
    editor: User, editor_client: Client, client: Client
) -> None:
    check = make_self_check()
    put_live(check)
    question: Any = check.questions.get(start=True)
    form = editor_client.get(question.edit_url())
    new = {f"answers-1-label_{code}": f"Nieuw antwoord {code}" for code in ("nl", "fr", "en")}
    saved = editor_client.post(question.edit_url(), filled_in(form, **new))
    assert saved.status_code == 302
    assert question.answers.get(code="cc").label_fr == "Nieuw antwoord fr"
    live.refresh()
    assert "Nieuw antwoord" not in client.get("/fr-be/check/").content.decode()

    done = publish_with_note(editor_client, address(check, "publish"), "clearer words")
    assert said(done) == "Published: selfcheck small 2."
    version = check.versions().first()
    assert version
    assert (version.number, version.published_by, version.note) == (2, editor, "clearer words")
    for code in ("nl", "fr", "en"):
        assert f"Nieuw antwoord {code}" in client.get(f"/{code}-be/check/").content.decode()


def test_going_back_takes_two_clicks(editor: User, editor_client: Client) -> None:
    page = make_page(title_en="first")
    put_live(page)
    Page.objects.update(title_en="second")
    put_live(page)
    form = read(editor_client.get(page.edit_url()))
    versions = address(page, "versions")
    assert (versions, "Versions") in form.links
    shown = editor_client.get(versions)  # the first
    assert "Put version 1 back" in read(shown).buttons
    done = editor_client.post(versions, {"number": "1", "publish": "1"}, follow=True)  # the second
    live.refresh()
    assert live_title(page) == "first"
    assert said(done) == "Done: page test/page 3."
    newest = page.versions().first()
    assert newest
    assert (newest.note, newest.published_by) == ("version 1 put back", editor)


def test_all_versions_are_listed_with_who_when_and_why(editor: User, editor_client: Client) -> None:
    page = make_page()
    put_live(page)
    Page.objects.update(title_en="second")
    publish_with_note(editor_client, address(page, "publish"), "a better title")
    editor_client.post(address(page, "retire"), {"note": "no longer true"})
    shown = editor_client.get(address(page, "versions"))
    assert [(v.number, v.note, v.published_by, v.retired) for v in shown.context["versions"]] == [
        (3, "no longer true", editor, True), (2, "a better title", editor, False), (1, "", None, False),
    ]  # fmt: skip
    words = shown.content.decode()
    assert "a better title" in words
    assert "(retired)" in words
    assert [button for button in read(shown).buttons if button.startswith("Put")] == [
        "Put version 2 back", "Put version 1 back",
    ]  # fmt: skip


def test_an_old_version_that_is_not_there_changes_nothing(editor_client: Client) -> None:
    page = make_page()
    put_live(page)
    count = Version.objects.count()
    for number in ("7", "", "0", "abc", "9" * 30):
        editor_client.post(
            address(page, "versions"), {"number": number, "publish": "1", "draft": "1"}
        )
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
    service = make_service(purposes=["money"])
    put_live(service)
    Service.objects.update(audience="adults")
    shown = editor_client.get(address(service, "publish"))
    sentences = [problem.text for problem in shown.context["refusals"]]
    assert f"The site would be left without {Purpose.MONEY.label}, in BE en, English." in sentences
    assert sentences[0] in shown.content.decode().replace("&#x27;", "'")
    assert "Publish" not in read(shown).buttons


def test_several_drafts_of_a_list_are_checked_and_published_together(editor_client: Client) -> None:
    one, two = make_page("one", body="[b](/two/)"), make_page("two", body="[a](/one/)")
    chosen = {"action": "check_and_publish", "_selected_action": [one.pk, two.pk]}
    led: Any = editor_client.post(address(one, "changelist"), chosen)
    done = publish_with_note(editor_client, led["Location"], "both")
    assert said(done) == "Published: page one 1, page two 1."
    assert (live_title(one), live_title(two)) == ("one en", "two en")


def test_drafts_of_several_kinds_are_chosen_published_and_undone_together(
    editor_client: Client,
) -> None:
    page, service = make_page(), make_service()
    put_live(make_page("as-it-is"), make_service("another"))
    choose = reverse("admin:publish")
    shown = editor_client.get(choose)
    offered = [str(draft) for _kind, rows in shown.context["waiting"] for _key, draft, _s in rows]
    assert sorted(offered) == ["test-line", "test/page"]
    done = publish_with_note(editor_client, publish_address(page, service), "both")
    assert set(said(done).removeprefix("Published: ").rstrip(".").split(", ")) == {
        "page test/page 1", "service test-line 1",
    }  # fmt: skip
    assert editor_client.get(choose).context["waiting"] == []

    listed = editor_client.get(reverse("admin:publishing_version_changelist"))
    assert [len(versions) for versions in listed.context["releases"]] == [2, 2, 1]
    undo = reverse("admin:undo", args=[listed.context["releases"][0][0].release])
    assert undo in [link for link, _words in read(listed).links]
    asked = editor_client.get(undo)
    assert read(asked).buttons == ["Undo a release"]
    assert live_title(page)
    gone: Any = editor_client.post(undo, {"note": "too early"}, follow=True)
    live.refresh()
    assert said(gone).startswith("Done: ")
    assert live_title(page) is None
    newest = page.versions().first()
    assert newest
    assert newest.note == "too early"
    again = editor_client.post(undo, follow=True)
    assert "was published again since" in said(again)


def test_a_release_that_is_not_there_changes_nothing(editor_client: Client) -> None:
    page = make_page()
    put_live(page)
    nowhere = reverse("admin:undo", args=["00000000-0000-4000-8000-000000000000"])
    for answer in (
        editor_client.get(nowhere, follow=True),
        editor_client.post(nowhere, follow=True),
    ):
        assert said(answer) == "This release does not exist."
    assert page.versions().count() == 1


def test_what_a_publish_changes_is_shown_word_by_word_before_it_happens(
    editor_client: Client,
) -> None:
    page, new = make_page(title_en="Call 116 000 now"), make_page("new")
    put_live(page)
    Page.objects.filter(pk=page.pk).update(title_en="Call 999 now")
    shown = editor_client.get(publish_address(page, new))
    changes = dict(shown.context["drafts"])
    assert [(change.field, change.pieces) for change in changes[page]] == [
        ("title [en]", (("same", "Call "), ("gone", "116 000"), ("new", "999"), ("same", " now")))
    ]
    assert changes[new] is None
    words = shown.content.decode()
    assert "116 000</del>" in words
    assert "999</ins>" in words


@pytest.mark.parametrize(
    "asked", ["?draft=", "?draft=0", "?draft=page:x", "?draft=page:999999", "?draft=dragon:1",
              "?draft=page:" + "9" * 30, "?draft=page:²", "?draft=:1"],
)  # fmt: skip
def test_what_is_not_there_is_not_chosen(asked: str, editor_client: Client) -> None:
    shown = editor_client.get(reverse("admin:publish") + asked)
    assert shown.context["waiting"] == []


def test_nothing_new_is_said(editor_client: Client) -> None:
    page = make_page()
    publish_with_note(editor_client, address(page, "publish"))
    assert said(publish_with_note(editor_client, address(page, "publish"))) == "Nothing differed."
    assert page.versions().count() == 1


def test_looking_publishes_nothing(editor_client: Client) -> None:
    page = make_page()
    count = Version.objects.count()
    for where in (address(page, "publish") + "&note=x&seen=", address(page, "versions"),
                  address(page, "retire"), address(page, "preview", "nl-be")):  # fmt: skip
        assert editor_client.get(where).status_code == 200
    assert Version.objects.count() == count


def test_a_forged_form_publishes_nothing(editor: User) -> None:
    page = make_page()
    put_live(page)
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(editor)
    count = Version.objects.count()
    undo = reverse("admin:undo", args=[page.versions().get().release])
    sent = {"number": "1", "publish": "1", "seen": "x"}
    for where in (*(address(page, name) for name in ("publish", "versions", "retire")), undo):
        assert forger.post(where, sent).status_code == 403
    assert Version.objects.count() == count


def test_taking_off_the_site_asks_once_and_is_refused_when_something_links_to_it(
    editor_client: Client,
) -> None:
    target, page = make_page("target"), make_page(body="[a](/target/)")
    put_live(target, page)
    kept = editor_client.get(address(target, "retire"))
    assert read(kept).buttons == []
    assert "“test/page” links to /target/" in kept.content.decode()
    refused = editor_client.post(address(target, "retire"), {"note": "old"}, follow=True)
    assert said(refused) == "“test/page” links to /target/, which would not be live any more."
    done = editor_client.post(address(page, "retire"), {"note": "old"}, follow=True)
    assert said(done) == "Done: page test/page 2."
    asked = editor_client.get(address(target, "retire"))
    assert read(asked).buttons == ["Take off the site"]
    editor_client.post(address(target, "retire"), {"note": "old"})
    live.refresh()
    assert (live_title(target), live_title(page)) == (None, None)
    newest = target.versions().first()
    assert newest
    assert newest.note == "old"


def test_the_draft_of_what_was_published_cannot_be_deleted(editor_client: Client) -> None:
    page, draft = make_page(), make_page("draft")
    put_live(page)
    assert editor_client.post(address(page, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"}
    editor_client.post(address(page, "changelist"), chosen)
    assert Page.objects.filter(pk=page.pk).exists()
    editor_client.post(address(draft, "delete"), {"post": "yes"})
    assert not Page.objects.filter(pk=draft.pk).exists()


@pytest.mark.usefixtures("line")
def test_the_code_of_what_was_published_cannot_be_changed_in_the_form(
    editor_client: Client,
) -> None:
    page, check, practice = make_page(), make_self_check(), make_practice()
    assert "id_code" in read(editor_client.get(page.edit_url())).ids
    put_live(page, check, practice)
    parts: list[Any] = [practice.contacts.get(code="c1"), practice.tactics.get(),
                        check.questions.get(code="bbbb"), check.endings.get(code="ffff")]  # fmt: skip
    for draft in [page, check, practice, *parts]:
        before, form = draft.code, editor_client.get(draft.edit_url())
        assert "id_code" not in read(form).ids
        sent = editor_client.post(draft.edit_url(), {**filled_in(form), "code": "z9"})
        assert sent.status_code == 302
        draft.refresh_from_db()
        assert draft.code == before


@pytest.mark.parametrize("kind", MAKE)
def test_saving_a_form_unchanged_changes_nothing(kind: str, editor_client: Client) -> None:
    """Not an order, not a line end, not an empty list: what an editor does not touch stays."""
    given: dict[str, Any] = {}
    if kind == "page":
        given = {"purposes": ["suicide", "talk", "police"], "entries": ["footer", "door"]}
        given |= same(body="one\n\n- two\n- three\n")
    if kind == "service":
        given = {"purposes": ["suicide", "talk"], "languages": ["fr", "nl"]}
    if kind == "letter":
        given = same(body="Dear {name},\n\nAt {address}\n\nBye\n")
    draft = MAKE[kind](**given)
    if kind == "page":
        draft.steps.create(code="b", order=1, **texts(title="B"), **same(body="1\n\n2"))  # type: ignore[attr-defined]  # of its kind
        draft.steps.create(code="a", order=1, **texts(title="A"))  # type: ignore[attr-defined]  # of its kind
    before = source_of(again(draft))
    sent = filled_in(editor_client.get(draft.edit_url()))
    assert editor_client.post(draft.edit_url(), sent).status_code == 302
    assert source_of(again(draft)) == before

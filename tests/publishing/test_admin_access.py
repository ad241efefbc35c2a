"""Who may see a draft and who may publish; and a draft as its visitors would see it."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from guidance.models import Page
from quiz.models import Practice, SelfCheck
from sextortion_help.publishing.models import Publishable, Release, Version
from tests.publishing.builders import (
    address,
    filled_in,
    make_country,
    make_page,
    make_service,
    open_country,
    publish_address,
    put_live,
    read,
    texts,
)
from tests.quiz.builders import MAKE, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def everything(draft: Publishable) -> list[str]:
    """Give every address of the admin about a draft."""
    names = ("change", "changelist", "publish", "versions", "retire", "delete", "history")
    return [address(draft, name) for name in names] + [address(draft, "preview", "nl-be")]


def staff(*permissions: str) -> Client:
    """Give a browser in which somebody of the staff has logged in who may do only this."""
    user = User.objects.create_user("helper", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def page() -> Page:
    """A page that is live, whose draft says something else."""
    page: Any = make_page(title_en="live words")
    put_live(page)
    page.title_en = "draft words"
    page.save()
    return page  # type: ignore[no-any-return]  # a page


def test_a_visitor_is_led_to_the_login(page: Page, client: Client) -> None:
    for where in everything(page):
        for answer in (client.get(where), client.post(where, {"number": "1"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/?next=")
    assert page.versions().count() == 1


def test_somebody_logged_in_who_is_not_staff_gets_nothing(page: Page, editor: User) -> None:
    editor.is_staff = False
    editor.save()
    client = Client()
    client.force_login(editor)
    for where in everything(page):
        for answer in (client.get(where), client.post(where, {"number": "1"})):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/?next=")
    assert page.versions().count() == 1


def test_staff_without_any_right_get_nothing(page: Page) -> None:
    client = staff()
    for where in everything(page):
        for answer in (client.get(where), client.post(where, {"number": "1"})):
            assert answer.status_code == 403
            assert "draft words" not in answer.content.decode()
    assert page.versions().count() == 1


def test_who_may_edit_publishes_nothing_and_asks(page: Page) -> None:
    client = staff("view_page", "change_page")
    form = client.get(page.edit_url())
    assert client.post(page.edit_url(), filled_in(form, title_en="edited")).status_code == 302
    assert Page.objects.get(pk=page.pk).title_en == "edited"
    links = {words for _link, words in read(client.get(page.edit_url())).links}
    assert {"Versions", "Ask to take it off the site"} <= links
    assert "Take off the site" not in links
    release = page.versions().get().release
    undo = reverse("admin:undo", args=[release])
    for where in (address(page, "versions"), address(page, "retire"), undo):
        assert "You may not publish." in client.get(where).content.decode()
        client.post(where, {"number": "1", "publish": "1"})
    assert client.get(reverse("admin:publishing_version_changelist")).status_code == 200
    shown = client.get(address(page, "publish"))  # where they ask for it
    assert read(shown).buttons == ["Ask to publish"]
    client.post(address(page, "publish"), {"seen": shown.context["seen"]})
    gone = f"{reverse('admin:publish')}?gone=page:{page.pk}"
    client.post(gone, {"seen": client.get(address(page, "publish")).context["seen"]})
    chosen = {"action": "check_and_publish", "_selected_action": [page.pk]}
    client.post(address(page, "changelist"), {**chosen, "action": "take_off"}, follow=True)
    assert page.versions().count() == 1
    assert {release.state for release in Release.objects.all()} == {"waiting"}
    assert client.get(publish_address(make_service())).context["waiting"][0][0] == "pages"


def test_who_may_only_look_may_preview(page: Page) -> None:
    client = staff("view_page")
    assert "draft words" in client.get(address(page, "preview", "en-be")).content.decode()
    assert client.get(address(make_service(), "preview", "en-be")).status_code == 403


def test_who_may_publish_pages_publishes_nothing_else(page: Page) -> None:
    """A draft of a kind they may not see is left out, however it is asked for."""
    client = staff("view_page", "add_version")
    service = make_service()
    shown = client.get(publish_address(page, service))
    assert [draft for draft, _changes in shown.context["drafts"]] == [page]
    client.post(publish_address(page, service), {"seen": shown.context["seen"]})
    assert (page.versions().count(), service.versions().count()) == (2, 0)
    assert client.get(address(service, "versions")).status_code == 403
    assert client.get(address(service, "retire")).status_code == 403


def test_nobody_edits_a_version_in_the_admin(page: Page, editor_client: Client) -> None:
    number = page.versions().get().pk
    for where in (
        "add/",
        f"{number}/",
        f"{number}/change/",
        f"{number}/delete/",
        f"{number}/history/",
    ):
        answer = editor_client.get(f"/admin/publishing/version/{where}", follow=True)
        assert answer.status_code in (403, 404), where
        answer = editor_client.post(
            f"/admin/publishing/version/{where}", {"note": "x"}, follow=True
        )
        assert answer.status_code in (403, 404), where


FIELDS = {
    "country": "name",
    "service": "name",
    "app": "report",
    "letter": "recipient",
    "message": "text",
    "detail": "text",
}


@pytest.mark.parametrize("name", MAKE)
def test_the_preview_shows_the_draft_in_each_language(
    name: str, language: str, editor_client: Client
) -> None:
    draft, field = MAKE[name](), FIELDS.get(name, "title")
    words = {code: f"Concept {code} 7f3a" for code in ("nl", "fr", "en")}
    for code, text in words.items():
        setattr(draft, f"{field}_{code}", text)
    draft.save()
    count = Version.objects.count()
    shown = editor_client.get(address(draft, "preview", f"{language}-be"))
    html = shown.content.decode()
    assert shown.status_code == 200
    assert words[language] in html
    assert re.search(rf'<html[^>]* lang="{language}-BE"', html)
    assert shown["X-Robots-Tag"].startswith("noindex")
    assert shown["Cache-Control"] == "no-store"
    assert "X-Accel-Expires" not in shown  # else our caches would keep it for visitors
    if name != "letter":  # which is shown in three languages whatever the page's
        assert not [text for code, text in words.items() if code != language and text in html]
    assert Version.objects.count() == count


def test_the_preview_is_linked_from_the_form_in_each_language(
    page: Page, editor_client: Client
) -> None:
    form = editor_client.get(page.edit_url()).content.decode()
    for place in ("nl-be", "fr-be", "en-be"):
        assert f'name="_preview" value="{place}"' in form


def test_a_preview_changes_nothing_for_visitors(
    page: Page, editor_client: Client, client: Client
) -> None:
    assert "draft words" in editor_client.get(address(page, "preview", "en-be")).content.decode()
    visitors = client.get("/en-be/test/page/").content.decode()
    assert "live words" in visitors
    assert "draft words" not in visitors


def test_an_unfinished_draft_can_be_previewed(editor_client: Client) -> None:
    """A missing text, no answers, a loop: an editor looks before everything is written."""
    bare_check = SelfCheck.objects.create(code="bare")
    assert editor_client.get(address(bare_check, "preview", "fr-be")).status_code == 200
    bare_practice = Practice.objects.create(code="bare")
    assert editor_client.get(address(bare_practice, "preview", "fr-be")).status_code == 200
    loop = make_self_check()
    first, second = loop.questions.all()
    second.answers.update(next_question=first, ending=None)
    assert editor_client.get(address(loop, "preview", "fr-be")).status_code == 200
    bare = Page.objects.create(code="bare")
    assert editor_client.get(address(bare, "preview", "fr-be")).status_code == 200


def test_a_draft_is_previewed_in_any_place_it_is_for(editor_client: Client) -> None:
    open_country("NL", languages=["en", "nl"], emergency="911")
    page = make_page(body="{country}, {emergency}", **texts(title="In {country}"))
    said = {"nl-be": "BE nl", "en-be": "BE en", "en-nl": "NL en", "nl-nl": "NL nl"}
    for place, country in said.items():
        shown = editor_client.get(address(page, "preview", place)).content.decode()
        assert f"<h1>In {country} {place[:2]}</h1>" in shown
        assert (f'{country}, <a href="tel:911">911</a>' in shown) is place.endswith("nl")
    assert editor_client.get(address(page, "preview", "fr-nl")).status_code == 404
    Page.objects.filter(pk=page.pk).update(countries=["NL"])
    form = editor_client.get(page.edit_url()).content.decode()
    for place in said:
        status = 200 if place.endswith("-nl") else 404
        assert editor_client.get(address(page, "preview", place)).status_code == status
        assert (f'name="_preview" value="{place}"' in form) is (status == 200)


def test_a_country_that_is_not_live_yet_is_previewed_in_its_own_places(
    editor_client: Client,
) -> None:
    country = make_country("NL", languages=["fr"])
    shown = editor_client.get(address(country, "preview", "fr-nl"))
    assert shown.status_code == 200
    assert '<html lang="fr-NL">' in shown.content.decode()


@pytest.mark.parametrize("place", ["nl", "de-be", "xx-be", "NL-BE", "nl_be", "nl-nl", "nl-xx"])
def test_there_is_no_preview_in_another_place(
    page: Page, place: str, editor_client: Client
) -> None:
    assert editor_client.get(address(page, "preview", place)).status_code == 404


def test_the_cookies_of_staff_stay_in_the_admin(editor_client: Client) -> None:
    editor_client.get("/admin/")
    for cookie in editor_client.cookies.values():
        if cookie.key == "sessionid":
            continue  # set by the test client itself
        assert cookie["path"] == "/admin/"
    client = Client()
    User.objects.create_user("somebody", password="a long password 7", is_staff=True)  # noqa: S106  of a test
    form = {"username": "somebody", "password": "a long password 7", "next": "/admin/"}
    answer = client.post("/admin/login/", form)
    assert answer.status_code == 302
    assert set(answer.cookies) == {"sessionid", "csrftoken"}
    for cookie in answer.cookies.values():
        assert (cookie["path"], cookie["samesite"]) == ("/admin/", "Strict")
        assert not cookie["max-age"]

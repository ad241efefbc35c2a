"""The preview: marked as a draft, and a whole site in which the draft is live."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from guidance.models import Country, Page
from quiz.models import Contact, Question, Reply, Turn
from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Release, Touch, Version
from sextortion_help.publishing.planning import Together
from sextortion_help.publishing.publish import leaving, publish
from sextortion_help.publishing.releases import submit
from tests.desk.builders import make_check, make_page, read
from tests.desk.conftest import logged_in
from tests.publishing.builders import filled_in
from tests.quiz.builders import make_practice

pytestmark = pytest.mark.django_db


def said(words: str) -> dict[str, Any]:
    return {f"body_{code}": words for code in LANGUAGES}


HERE = re.compile(r"^/admin/guidance/page/\d+/preview/[a-z-]+/")


def test_a_preview_says_that_it_is_a_draft_and_leads_back(me: Client) -> None:
    page = make_page("desk/a")
    answer = me.get(page.edit_url().replace("change/", "preview/fr-be/"))
    words = answer.content.decode()
    assert "Draft: visitors do not see this." in words
    assert words.index("draft-banner") < words.index("<main")
    links = read(answer).links
    assert page.edit_url() in links
    assert page.edit_url().replace("change/", "preview/nl-nl/") in links
    assert "data-exit>" not in words


def test_links_of_a_preview_stay_in_it_and_show_the_draft(me: Client) -> None:
    other = make_page("desk/b", **said("[a](/desk/a/)"))
    page = make_page("desk/a", **said("[b](/desk/b/#main)"), title_nl="Oude titel")
    publish([page, other], None, "")
    live.refresh()
    page.title_nl = "Nieuwe titel"
    page.save()
    where = page.edit_url().replace("change/", "preview/nl-be/")
    links = read(me.get(where)).links
    assert f"{where}desk/b/#main" in links
    ours = [link for link in links if link.startswith("/") and not link.startswith("/static/")]
    assert [link for link in ours if not HERE.match(link)] == [page.edit_url()]
    for link in dict.fromkeys(link.partition("#")[0] for link in ours):
        assert me.get(link, follow=True).status_code == 200, link
    back = me.get(f"{where}desk/b/").content.decode()
    assert f'href="{where}desk/a/"' in back
    assert "Nieuwe titel" in me.get(f"{where}desk/a/").content.decode()
    assert me.get(f"{where}desk/nowhere/").status_code == 404
    assert "Nieuwe titel" not in Client().get("/nl-be/desk/a/").content.decode()


def test_the_preview_of_a_self_check_leads_on_within_itself(me: Client) -> None:
    check = make_check()
    where = check.edit_url().replace("change/", "preview/en-be/")
    answer = me.get(where)
    assert "Draft: visitors do not see this." in answer.content.decode()
    assert me.get(f"{where}check/{check.code}/").status_code == 200


# --- beside the form


def typed_at(draft: Any, place: str = "en-be") -> str:
    return str(draft.edit_url().replace("change/", f"typed/{place}/"))


def counted() -> list[int]:
    """Count the rows of every table that a save writes to."""
    tables = (LogEntry, Touch, Version, Release, Page, Question)
    return [model.objects.count() for model in tables]


def test_only_a_preview_stands_in_a_frame_and_only_of_the_staff_area(me: Client) -> None:
    page = make_page("desk/a")
    shown = me.get(page.edit_url().replace("change/", "preview/nl-be/"))
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    form = me.get(page.edit_url())
    assert "frame-src 'self'" in form["Content-Security-Policy"]
    for other in (form, me.get("/admin/"), Client().get("/nl-be/")):
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"
    assert "frame-src" not in Client().get("/nl-be/")["Content-Security-Policy"]


def test_what_is_typed_is_shown_and_nothing_of_it_stays(me: Client) -> None:
    page = make_page("desk/a", title_en="As saved")
    form = me.get(page.edit_url())
    before, edition = counted(), Page.objects.get(pk=page.pk).edition
    sent = filled_in(form, title_en="As typed 0900 11 111")
    shown = me.post(typed_at(page), sent)
    words = shown.content.decode()
    assert shown.status_code == 200
    assert "As typed 0900 11 111" in words
    assert "Not saved: nobody else sees this." in words
    assert counted() == before
    saved = Page.objects.get(pk=page.pk)
    assert (saved.title_en, saved.edition) == ("As saved", edition)
    after = me.get(page.edit_url())
    assert "As typed" not in after.content.decode()
    assert not list(after.context["messages"])
    # the next page is that of what is saved
    where = page.edit_url().replace("change/", "preview/en-be/")
    assert f'href="{where}' in words
    assert typed_at(page) not in words


def test_what_is_typed_in_a_part_is_shown_in_its_whole(me: Client) -> None:
    question = make_check().questions.get(start=True)
    before = counted()
    sent = filled_in(me.get(question.edit_url()), text_en="A question as typed?")
    assert "A question as typed?" in me.post(typed_at(question), sent).content.decode()
    assert counted() == before
    assert not Question.objects.filter(text_en="A question as typed?")


def test_what_cannot_be_saved_is_refused_in_words_and_kept_out(me: Client) -> None:
    page = make_page("desk/a")
    sent = filled_in(me.get(page.edit_url()), review_by="2099-01-01")
    refused = me.post(typed_at(page), sent)
    assert refused.status_code == 422
    assert "Look again within two years." in refused.content.decode()
    assert "frame-ancestors 'self'" in refused["Content-Security-Policy"]
    assert me.post(typed_at(page, "xx-zz"), filled_in(me.get(page.edit_url()))).status_code == 422
    assert me.get(typed_at(page)).status_code == 404


def test_what_is_typed_is_protected_like_the_form(anna: Client) -> None:
    page = make_page("desk/a")
    sent = filled_in(anna.get(page.edit_url()), title_en="typed")
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = anna.cookies
    assert forged.post(typed_at(page), sent).status_code == 200  # with the token of the form
    del sent["csrfmiddlewaretoken"]
    assert forged.post(typed_at(page), sent).status_code == 403
    user = User.objects.create_user("looks", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_page"))
    assert logged_in(user).post(typed_at(page), sent).status_code == 403
    assert Client().post(typed_at(page), sent).status_code == 302


def test_a_preview_opens_where_its_row_is_seen(me: Client) -> None:
    """A question by its fragment; a turn of a chat by a way of replies to it, also in the threat scene."""
    question = make_check().questions.get(start=False)
    assert all(url.endswith(f"#{question.code}") for _, url in previews(me, question))
    practice = make_practice()
    scene = practice.contacts.get(code="c2")
    Contact.objects.filter(pk=scene.pk).update(scene=True)
    for turn in Turn.objects.filter(contact__practice=practice):
        Turn.objects.filter(pk=turn.pk).update(text_en=f"written in {turn.pk}")
        [*_, (_, url)] = [each for each in previews(me, turn) if each[0] == "en-be"]
        shown = me.get(url).content.decode()
        assert "This chat has changed" not in shown
        assert f"written in {turn.pk}" in shown, url


def previews(client: Client, row: Any) -> Any:
    return client.get(row.edit_url()).context["previews"]


# --- several drafts together


def test_several_drafts_are_shown_as_if_live_together(me: Client) -> None:
    one = make_page("desk/a", **said("[b](/desk/b/)"), title_nl="Eerste")
    two = make_page("desk/b", **said("[a](/desk/a/)"), title_nl="Tweede")
    make_page("desk/c", title_nl="Derde")
    chosen = {"draft": [f"page:{one.pk}", f"page:{two.pk}"]}
    before = counted()
    answer = me.get(reverse("admin:preview_chosen"), chosen, follow=True)
    words = answer.content.decode()
    assert answer.request["PATH_INFO"].endswith("/desk/a/")
    assert "Draft: visitors do not see this." in words
    assert "The drafts shown here (2)" in unescape(words)
    where = answer.request["PATH_INFO"].removesuffix("desk/a/").replace("en-be", "nl-be")
    assert "Tweede" in me.get(f"{where}desk/b/").content.decode()
    assert f'href="{where}desk/a/"' in me.get(f"{where}desk/b/").content.decode()
    assert me.get(f"{where}desk/c/").status_code == 404  # not among them
    everything = reverse("admin:together", args=["all", "nl-be"])
    assert "Derde" in me.get(f"{everything}desk/c/").content.decode()
    assert me.get(f"{everything}").status_code == 200
    assert counted() == before
    assert me.get(reverse("admin:together", args=["page:0"])).status_code == 404


def test_a_page_that_no_place_shows_takes_no_other_preview_away(me: Client) -> None:
    """Luxembourg has no addresses of its own, and the form offers it."""
    nowhere = make_page("desk/a", countries=["LU"], title_en="Nowhere")
    make_page("desk/b", title_en="Somewhere")
    shown = me.get(reverse("admin:together", args=["all"]), follow=True)
    assert shown.status_code == 200
    where = reverse("admin:together", args=["all", "nl-be"])
    words = me.get(f"{where}desk/b/").content.decode()
    assert "<li>Nowhere</li>" in words  # named, and no link
    assert f'<li><a href="{where}desk/b/">Somewhere</a></li>' in words
    alone = me.get(reverse("admin:together", args=[f"page:{nowhere.pk}"]), follow=True)
    assert alone.status_code == 200


def test_an_edition_without_an_emergency_number_is_previewed(me: Client) -> None:
    country = Country.objects.create(
        code="AD", is_edition=True, languages=["nl"], name_nl="Andorra"
    )
    where = reverse("admin:together", args=[f"country:{country.pk}", "nl-ad"])
    paths = ["/", "/lines/", "/tell/"]
    paths += [page.path for page in live.live().all(Page.content_class)]
    for path in paths:
        assert me.get(f"{where}{path[1:]}").status_code in (200, 302, 404), path
    assert me.get(where).status_code == 200


def test_a_chat_whose_reply_leads_nowhere_yet_is_previewed_for_a_class(me: Client) -> None:
    practice = make_practice()
    Reply.objects.filter(pk=Reply.objects.filter(turn__contact__practice=practice)[0].pk).update(
        next_turn=None, ends_chat=False
    )
    own = f"{practice.edit_url().replace('change/', 'preview/en-be/')}chat/{practice.code}/class/"
    together = reverse("admin:together", args=[f"practice:{practice.pk}", "en-be"])
    for where in (own, f"{together}chat/{practice.code}/class/"):
        shown = me.get(where)
        assert shown.status_code == 200
        assert "→ nowhere yet" in shown.content.decode()


def test_a_release_is_shown_with_what_leaves_by_it(me: Client) -> None:
    leaves, comes = make_page("desk/a"), make_page("desk/b", title_nl="Komt")
    publish([leaves], None, "")
    live.refresh()
    for name in ("writer", "second"):
        User.objects.create_user(name, is_staff=True, is_superuser=name == "second")
    together = Together(drafts=[comes], gone=[leaving(leaves)])
    release = submit(together, User.objects.get(username="writer"), "both")
    assert isinstance(release, Release)
    link = reverse("admin:together", args=[release.pk])
    assert link in read(me.get(release.page_url())).links
    where = reverse("admin:together", args=[release.pk, "nl-be"])
    assert "Komt" in me.get(f"{where}desk/b/").content.decode()
    assert me.get(f"{where}desk/a/").status_code == 404
    user = User.objects.create_user("services", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_service"))
    assert logged_in(user).get(f"{where}desk/b/").status_code == 403
    assert User.objects.create_user("nobody", is_staff=True)
    assert logged_in(User.objects.get(username="nobody")).get(link).status_code == 403

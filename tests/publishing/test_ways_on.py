"""Where one goes on from a screen: to what belongs to it, to what it links to, to what a version changed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from guidance.models import Detail, Service
from sextortion_help.publishing.models import Release
from tests.publishing.builders import address, again, filled_in, make_page, put_live, read
from tests.publishing.test_asking import logged_in
from tests.publishing.test_second_person import renumber

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_what_else_goes_live_is_chosen_with_what_was_chosen_ticked(editor_client: Client) -> None:
    one, two, three = make_page("one"), make_page("two"), make_page("three")
    put_live(three)
    asked = f"{address(one, 'publish')}&gone=page:{three.pk}"
    links = {words: link for link, words in read(editor_client.get(asked)).links}
    chosen = editor_client.get(links["Choose what else goes live with it"]).content.decode()
    assert "one en <small>one</small>" in chosen
    boxes = {
        f"{name} {draft.code}": f'name="{name}" value="page:{draft.pk}" checked' in chosen
        for name, draft in (("draft", one), ("draft", two), ("gone", three))
    }
    assert boxes == {"draft one": True, "draft two": False, "gone three": True}


def test_what_keeps_a_page_on_the_site_is_said_with_links_before_anything_is_pressed(
    editor_client: Client,
) -> None:
    target, page = make_page("target"), make_page(body="[a](/target/)")
    put_live(target, page)
    asked = read(editor_client.get(address(target, "retire")))
    assert asked.buttons == []
    assert page.edit_url() in [link for link, _ in asked.links]
    together = next(link for link, words in asked.links if "same moment" in words)
    assert (
        f'name="gone" value="page:{target.pk}" checked'
        in editor_client.get(together).content.decode()
    )


def test_what_was_published_leads_to_what_it_changed(editor_client: Client) -> None:
    writer = logged_in(User.objects.create_user("writer", is_staff=True))
    page = make_page(title_en="Before")
    put_live(page)
    page.title_en = "After"  # type: ignore[attr-defined]  # a column of modeltranslation
    page.save()
    [newer] = put_live(page)
    older = page.versions().last()
    assert older
    there = reverse("admin:version", args=[newer.pk])
    for where in (
        "admin:index",
        "admin:publishing_version_changelist",
        "admin:people_record_changelist",
    ):
        assert there in [link for link, _ in read(editor_client.get(reverse(where))).links], where
    led = editor_client.get(there)
    assert led["Location"] == f"{address(page, 'versions')}?old=1&new=2"
    shown = editor_client.get(led["Location"]).content.decode()
    assert "Before" in shown
    assert "After" in shown
    alone = reverse("admin:version", args=[older.pk])
    assert editor_client.get(alone)["Location"] == address(page, "versions")
    for where in ("admin:index", "admin:people_record_changelist"):
        assert there not in writer.get(reverse(where)).content.decode(), where
    assert writer.get(there).status_code == 403
    assert editor_client.get(reverse("admin:version", args=[10**30])).status_code == 404


def test_what_was_asked_for_is_called_as_it_calls_itself() -> None:
    source = {"name_en": "The Line", "code": "a-line"}
    row = {"kind": "service", "code": "a-line", "source": source}
    assert str(Release(rows=[row])) == "The Line (service a-line)"
    assert str(Release(rows=[{**row, "source": {}}])) == "service a-line"
    named = Release(rows=[row], name="New hours")
    assert (str(named), named.objects_named) == ("New hours", "The Line (service a-line)")


def test_what_is_new_is_saved_and_checked_in_one_press(editor_client: Client) -> None:
    add = reverse("admin:guidance_detail_add")
    form = editor_client.get(add)
    assert 'name="_check"' in form.content.decode()
    sent = filled_in(form, code="heard", text_en="I heard only a voice.")
    led = editor_client.post(add, {**sent, "_check": "1"})
    made = Detail.objects.get(code="heard")
    assert led["Location"] == f"{reverse('admin:publish')}?draft=detail:{made.pk}"
    previewed = editor_client.post(add, {**sent, "code": "seen", "_preview": "nl-be"})
    assert previewed["Location"].endswith("/preview/nl-be/")


def test_what_is_put_back_in_the_draft_too_is_found_and_confirmed_by_a_second(
    line: Service, editor: User, editor_client: Client
) -> None:
    renumber(line, "116 111")
    put_live(again(line))
    other = User.objects.create_user("colleague", is_staff=True)
    other.user_permissions.set(editor.user_permissions.all())
    sent = {"number": "1", "publish": "x", "draft": "1"}
    editor_client.post(address(line, "versions"), sent)
    assert line.channels.get().address == "116000"
    [release] = Release.objects.waiting()
    desk = logged_in(other).get(reverse("admin:index")).content.decode()
    assert f"version 1 put back</a>: {line.name_en} (service the-line)" in desk  # type: ignore[attr-defined]  # a column of modeltranslation
    assert "Confirm and publish" in read(logged_in(other).get(release.page_url())).buttons

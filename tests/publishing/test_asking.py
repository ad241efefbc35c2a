"""The screens of a second person: how many clicks, what is shown, and what no address lets through."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.models import Channel, Page, Service
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Release
from tests.publishing.builders import (
    address,
    filled_in,
    live_title,
    make_page,
    make_service,
    publish_address,
    put_live,
    read,
)
from tests.publishing.test_admin import said
from tests.publishing.test_second_person import number, renumber

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def logged_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def colleague(editor: User) -> Client:
    """The browser of a second person who may publish."""
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(editor.user_permissions.all())
    return logged_in(user)


@pytest.fixture
def writer(bare: None) -> Client:
    """The browser of somebody who edits everything and may not publish."""
    user = User.objects.create_user("writer", is_staff=True)
    wanted = Permission.objects.filter(content_type__app_label__in=("guidance", "quiz"))
    user.user_permissions.set(wanted)
    return logged_in(user)


@pytest.fixture
def line(bare: None) -> Service:
    """A line that is live beside another."""
    service = make_service()
    put_live(service, make_service("another"))
    return service


def ask(client: Client, where: str, **fields: str) -> Any:
    """Press the button of the page that checks, as it was shown."""
    shown = client.get(where)
    return client.post(where, {"seen": shown.context["seen"], **fields}, follow=True)


def press(client: Client, release: Release, button: str, **fields: str) -> Any:
    """Press a button on the page of a release, as it was shown."""
    shown = client.get(release.page_url())
    sent = {"stamp": shown.context["stamp"], button: "1", **fields}
    return client.post(release.page_url(), sent, follow=True)


def test_a_number_is_fixed_in_four_clicks_and_two(
    line: Service, editor_client: Client, colleague: Client
) -> None:
    assert editor_client.get(address(line, "changelist")).status_code == 200  # 1: the list
    form = editor_client.get(line.edit_url())  # 2: the line; then a number is typed
    sent = filled_in(form, **{"channels-0-address": "116 111"}) | {"_check": "1"}
    led: Any = editor_client.post(line.edit_url(), sent)  # 3: save and check
    shown = editor_client.get(led["Location"])
    assert read(shown).buttons == ["Ask a second person"]
    words = shown.content.decode()
    assert "116000</del>" in words
    assert "116 111</ins>" in words
    asked = editor_client.post(
        led["Location"], {"seen": shown.context["seen"], "note": "new"}, follow=True
    )  # 4
    assert said(asked) == "Asked for: “new”. Visitors see it once somebody else has confirmed it."
    assert "Confirm and publish" not in read(asked).buttons
    assert number(line) == "116000"

    desk = colleague.get(reverse("admin:publish"))
    [release] = Release.objects.waiting()
    assert (release.page_url(), "new") in read(desk).links
    shown = colleague.get(release.page_url())  # 1: the row on the desk
    assert "116000</del>" in shown.content.decode()
    assert read(shown).buttons == ["Confirm and publish", "Decline"]
    done = press(colleague, release, "confirm")  # 2: confirm
    assert said(done) == f"Published: service {line.code} 2."
    assert (reverse("admin:undo", args=[release.pk]), "Undo a release") in read(done).links
    assert number(line) == "116 111"


def test_whoever_typed_a_number_is_known_by_every_form(
    line: Service, editor_client: Client, colleague: Client
) -> None:
    """Typed by one, published by the other: two people, and nobody else has to be asked."""
    form = editor_client.get(line.edit_url())
    editor_client.post(line.edit_url(), filled_in(form, **{"channels-0-address": "116 111"}))
    assert read(editor_client.get(publish_address(line))).buttons == ["Ask a second person"]
    assert read(colleague.get(publish_address(line))).buttons == ["Publish"]
    ask(colleague, publish_address(line))
    assert number(line) == "116 111"
    # put back into the draft by the colleague: now it is theirs
    colleague.post(address(line, "versions"), {"number": "1", "draft": "1"})
    assert read(colleague.get(publish_address(line))).buttons == ["Ask a second person"]
    assert read(editor_client.get(publish_address(line))).buttons == ["Publish"]


WAYS = ("publish", "put back", "take off", "take off a list", "undo")


@pytest.mark.parametrize("way", WAYS)
def test_no_address_publishes_what_is_delicate_alone(
    way: str, line: Service, editor_client: Client, colleague: Client
) -> None:
    renumber(line, "999")
    [version] = put_live(line)
    renumber(line, "998")
    if way == "publish":
        ask(editor_client, publish_address(line))
    elif way == "put back":
        editor_client.post(address(line, "versions"), {"number": "1", "publish": "1"})
    elif way == "take off":
        editor_client.post(address(line, "retire"), {"note": ""})
    elif way == "take off a list":
        chosen = {"action": "take_off", "_selected_action": [line.pk]}
        led: Any = editor_client.post(address(line, "changelist"), chosen)
        ask(editor_client, led["Location"])
    else:
        editor_client.post(reverse("admin:undo", args=[version.release]))
    assert number(line) == "999"
    [release] = Release.objects.waiting()
    refused = press(editor_client, release, "confirm")
    assert said(refused) == "A second person has to look at this first."
    assert number(line) == "999"
    press(colleague, release, "confirm")
    assert number(line) != "999"


def test_with_nobody_else_the_page_says_that_nobody_looks(
    line: Service, editor_client: Client
) -> None:
    renumber(line, "999")
    shown = editor_client.get(publish_address(line))
    assert read(shown).buttons == ["Publish"]
    assert "nobody will look at this but you" in shown.content.decode()
    ask(editor_client, publish_address(line))
    assert number(line) == "999"


def test_who_may_not_publish_asks_and_somebody_answers(
    writer: Client, editor_client: Client
) -> None:
    page = make_page()
    asked = ask(writer, publish_address(page), note="please")
    assert said(asked).startswith("Asked for: “please”")
    assert read(asked).buttons == ["Decline"]
    [release] = Release.objects.waiting()
    press(writer, release, "confirm")
    assert not page.versions().exists()
    declined = press(editor_client, release, "decline", answer="not yet")
    assert said(declined) == "Declined: “please”. Nothing went live."
    assert "not yet" in writer.get(release.page_url()).content.decode()
    ask(writer, publish_address(page))
    [second] = Release.objects.waiting()
    press(editor_client, second, "confirm")
    live.refresh()
    assert live_title(page) == "test/page en"


ASKED = ("put back", "take off", "take off a list", "undo")


@pytest.mark.parametrize("way", ASKED)
def test_who_may_not_publish_asks_for_every_way_back(
    way: str, line: Service, writer: Client, editor_client: Client
) -> None:
    renumber(line, "999")
    [version] = put_live(line)
    if way == "put back":
        where, sent = address(line, "versions"), {"number": "1", "publish": "1"}
    elif way == "take off":
        where, sent = address(line, "retire"), {"note": "closed"}
    elif way == "take off a list":
        chosen = {"action": "take_off", "_selected_action": [line.pk]}
        led: Any = writer.post(address(line, "changelist"), chosen)
        where = led["Location"]
        shown = writer.get(where)
        sent = {"seen": shown.context["seen"], "note": "closed"}
        assert read(shown).buttons == ["Ask to publish"]
    else:
        where, sent = reverse("admin:undo", args=[version.release]), {"note": "a mistake"}
    assert "You may not publish." in writer.get(where).content.decode()
    asked = writer.post(where, sent, follow=True)
    assert said(asked).startswith("Asked for: “")
    assert number(line) == "999"
    [release] = Release.objects.waiting()
    assert asked.request["PATH_INFO"] == release.page_url()
    refused = press(writer, release, "confirm")
    assert said(refused) == "Only those who may publish can confirm this."
    assert number(line) == "999"
    press(editor_client, release, "confirm")
    assert number(line) == (None if way.startswith("take") else "116000")
    newest = line.versions().first()
    assert newest
    assert (str(newest.published_by), str(newest.confirmed_by)) == ("writer", "editor")
    [row, *_rest] = editor_client.get("/admin/people/record/").context["rows"]
    assert row.who == "editor"
    assert row.more.startswith("asked for by writer")


def test_who_asks_to_put_back_puts_it_into_the_draft_at_once(line: Service, writer: Client) -> None:
    renumber(line, "999")
    put_live(line)
    writer.post(address(line, "versions"), {"number": "1", "publish": "1", "draft": "1"})
    assert Channel.objects.get(service=line).address == "116000"
    assert number(line) == "999"


def test_a_release_of_kinds_one_may_not_change_is_not_theirs_to_undo(line: Service) -> None:
    user = User.objects.create_user("pages only", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=("view_page", "change_page")))
    client = logged_in(user)
    [version] = put_live(make_page())
    assert version.release
    other = line.versions().get().release
    shown = client.get(reverse("admin:publishing_version_changelist"))
    assert [rows[0].code for rows in shown.context["releases"]] == ["test/page"]
    assert client.get(reverse("admin:undo", args=[version.release])).status_code == 200
    for answer in (client.get, client.post):
        assert answer(reverse("admin:undo", args=[other])).status_code == 403
    assert not Release.objects.exists()


def test_who_may_publish_and_not_change_writes_no_draft(line: Service) -> None:
    user = User.objects.create_user("looks", is_staff=True)
    wanted = Permission.objects.filter(codename__in=("view_service", "add_version"))
    user.user_permissions.set(wanted)
    client = logged_in(user)
    renumber(line, "999")
    assert "Make the draft as it is live" not in read(client.get(address(line, "versions"))).buttons
    client.post(address(line, "versions"), {"number": "1", "draft": "1"})
    assert Channel.objects.get(service=line).address == "999"


def test_what_changed_since_stands_on_the_page_and_is_asked_anew(
    line: Service, editor_client: Client, colleague: Client
) -> None:
    renumber(line, "999")
    ask(editor_client, publish_address(line))
    [release] = Release.objects.waiting()
    renumber(line, "998")
    shown = colleague.get(release.page_url())
    assert read(shown).buttons == ["Ask again, as it is now", "Decline"]
    assert "998</ins>" in shown.content.decode()
    press(colleague, release, "again")
    press(colleague, release, "confirm")
    assert number(line) == "116000"
    press(editor_client, release, "confirm")
    assert number(line) == "998"


@pytest.mark.parametrize(
    ("due", "sentence"),
    [("2020-01-01T08:00", "This moment is past. Leave it empty to publish now."),
     ("2030-02-31T08:00", "“2030-02-31T08:00” is no date and time."), ("soon", "“soon” is no date and time."),
     ("9" * 50, f"“{'9' * 40}” is no date and time."),
     ("0001-01-01T00:00+23:59", "This moment is past. Leave it empty to publish now."),
     *((far, "This moment is more than a year ahead. Choose an earlier one.")
       for far in ("9999-12-31T23:59:59Z", "9999-12-31T23:59-05:00", "9999-12-31T23:59-23:59", "9999-12-31T23:59"))],
)  # fmt: skip
def test_a_time_that_is_none_is_refused_and_nothing_typed_is_lost(
    due: str, sentence: str, editor_client: Client
) -> None:
    page = make_page()
    refused = ask(editor_client, publish_address(page), note="at eight & not later", due=due)
    assert said(refused) == sentence
    shown = refused.content.decode()
    assert 'value="at eight &amp; not later"' in shown
    assert f'id="due" name="due" value="{due[:40]}"' in shown.replace("&#x2B;", "+")
    assert not page.versions().exists()
    assert not Release.objects.exists()


def test_a_release_waits_for_its_time(editor_client: Client) -> None:
    page = make_page()
    tomorrow = timezone.localtime() + timedelta(days=1)
    done = ask(editor_client, publish_address(page), note="later", due=f"{tomorrow:%Y-%m-%dT%H:%M}")
    assert said(done).startswith("“later” goes live at ")
    [release] = Release.objects.scheduled()
    assert release.due
    assert abs(release.due - tomorrow) < timedelta(minutes=1)
    assert not page.versions().exists()
    shown = editor_client.get(reverse("admin:publishing_version_changelist"))
    assert (release.page_url(), "later") in read(shown).links
    press(editor_client, release, "decline")
    assert not Release.objects.scheduled()


def test_a_release_of_kinds_one_may_not_see_is_closed(
    line: Service, editor_client: Client, colleague: Client
) -> None:
    renumber(line, "999")
    ask(editor_client, publish_address(line))
    [release] = Release.objects.waiting()
    user = User.objects.create_user("pages only", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("view_page", "change_page", "add_version"))
    )
    client = logged_in(user)
    assert client.get(release.page_url()).status_code == 403
    assert client.post(release.page_url(), {"confirm": "1"}).status_code == 403
    assert client.get(reverse("admin:publish")).context["asked"] == []
    assert Channel.objects.filter(address="999").exists()
    assert number(line) == "116000"


def test_a_release_that_is_not_there_is_said_to_be_so(editor_client: Client) -> None:
    nowhere = reverse("admin:release", args=["00000000-0000-4000-8000-000000000000"])
    assert said(editor_client.get(nowhere, follow=True)) == "This release does not exist."


def test_the_page_of_a_release_asks_the_same_for_one_draft_and_for_ten(
    editor_client: Client, colleague: Client, django_assert_max_num_queries: Any
) -> None:
    pages = [make_page(f"p{place}", title_en=f"bel 0900 {place}0000") for place in range(10)]
    for chosen in (pages[:1], pages):
        ask(editor_client, publish_address(*chosen))
        release = Release.objects.latest("asked_at")
        with django_assert_max_num_queries(45):
            colleague.get(release.page_url())
    assert Page.objects.count() == 10

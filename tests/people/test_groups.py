"""What each group may do, on the real screens; and that the groups keep up with the code."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from guidance.models import Page
from sextortion_help.people import groups
from tests.people.conftest import browser, member
from tests.publishing.builders import address, filled_in, make_page, put_live, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("group", "adds", "changes", "publishes", "lets_in"), [
    ("editor", True, True, False, False),
    ("translator", False, True, False, False),
    ("publisher", True, True, True, True),
])  # fmt: skip
def test_each_group_does_what_its_words_say(
    group: str, adds: bool, changes: bool, publishes: bool, lets_in: bool
) -> None:
    client = browser(member("anna", group))
    page = make_page()
    assert (client.get(reverse("admin:guidance_page_add")).status_code == 200) is adds
    assert (client.get(address(page, "delete")).status_code == 200) is adds
    form = client.get(page.edit_url())
    client.post(page.edit_url(), filled_in(form, title_en="changed"))
    assert (Page.objects.get(pk=page.pk).title_en == "changed") is changes
    put_live(page)
    retiring = read(client.get(address(page, "retire"))).buttons
    assert retiring == ["Take off the site" if publishes else "Ask to take it off the site"]
    assert (client.get("/admin/auth/user/").status_code == 200) is lets_in
    assert client.get("/admin/people/record/").status_code == 200


def test_the_groups_are_made_anew_after_every_migrate() -> None:
    wanted = {(group.name, one) for group in Group.objects.all() for one in group.permissions.all()}
    assert {name for name, _ in wanted} == set(groups.WORDS)
    publisher = Group.objects.get(name="publisher")
    publisher.permissions.add(Permission.objects.get(codename="delete_user"))
    publisher.permissions.remove(Permission.objects.get(codename="add_version"))
    Group.objects.get(name="editor").delete()
    for config in apps.get_app_configs():
        groups.install(config)
    now = {(group.name, one) for group in Group.objects.all() for one in group.permissions.all()}
    assert now == wanted

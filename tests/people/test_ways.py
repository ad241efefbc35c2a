"""Inviting, and a way back for a lost password or phone: two give it, one uses it, once."""

import re
from datetime import timedelta
from io import StringIO
from time import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.test import Client

from sextortion_help.people.models import LINK_LASTS, Act, Record, Way, Why
from tests.people.conftest import (
    PASSWORD,
    browser,
    log_in,
    member,
    new_phone,
    phone,
    phones,
    said,
    shown,
)

pytestmark = pytest.mark.django_db
NEW = "another long one 42"
BOTH = {"new_password1": NEW, "new_password2": NEW}


def link(response: Any) -> str:
    found = re.search(r'value="http://testserver(/admin/way/[^"]+)"', said(response))
    return found[1] if found else ""


def invite(client: Client, name: str = "nora", **more: Any) -> Any:
    from django.contrib.auth.models import Group

    groups = [Group.objects.get(name=group).pk for group in more.pop("groups", ["editor"])]
    sent = {"username": name, "is_active": "on", "groups": groups, **more}
    return client.post("/admin/auth/user/add/", sent)


@pytest.fixture
def paula() -> Client:
    """The browser of a publisher."""
    return browser(member("paula", "publisher"))


@pytest.fixture
def quint(paula: Client) -> Client:
    """The browser of a second publisher."""
    return browser(member("quint", "publisher"))


@pytest.mark.usefixtures("quint")
def test_an_editor_is_invited_by_a_link_that_works_once(paula: Client) -> None:
    made = invite(paula)
    where = link(made)
    nora = User.objects.get(username="nora")
    assert (nora.is_staff, nora.is_superuser, nora.has_usable_password()) == (True, False, False)
    assert where not in said(paula.get("/admin/auth/user/ways/"))
    client = browser()
    assert "Welcome, nora" in said(client.get(where))
    assert "too short" in said(client.post(where, {"new_password1": "x", "new_password2": "x"}))
    assert client.post(where, BOTH)["Location"] == "/admin/factor/"
    assert client.get("/admin/").status_code == 200
    for again in (browser().get(where), browser().post(where, BOTH)):
        assert again.status_code == 410
        assert "used already" in said(again)
    acts = list(Record.objects.filter(user=nora).values_list("act", flat=True))
    assert sorted(acts) == [Act.LOGIN, Act.PASSWORD]
    assert Record.objects.filter(act=Act.PEOPLE, about__contains="nora").count() == 2


def test_a_link_that_is_old_or_forged_or_of_somebody_disabled_opens_nothing(
    paula: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = link(invite(paula))
    way = Way.objects.get()
    assert browser().get(where[:-2] + "x/").status_code == 410
    forged = signing.dumps(way.pk, salt="another")
    assert browser().get(f"/admin/way/{forged}/").status_code == 410
    late = (LINK_LASTS + timedelta(minutes=1)).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: time() + late)
    assert browser().get(where).status_code == 410
    monkeypatch.undo()
    assert browser().get(where).status_code == 200
    User.objects.filter(username="nora").update(is_active=False)
    assert browser().post(where, BOTH).status_code == 410


def test_a_publisher_is_let_in_by_two(paula: Client, quint: Client) -> None:
    made = invite(paula, groups=["publisher"])
    assert not link(made)
    assert "quint" in said(made)
    way = Way.objects.get()
    assert browser().get(f"/admin/way/{way.token()}/").status_code == 410
    for hostile in ("", "x", "9" * 30, "-1", "\0"):
        assert paula.post("/admin/auth/user/ways/", {"way": hostile}).status_code == 404
    refused = paula.post("/admin/auth/user/ways/", {"way": way.pk, "agree": ""}, follow=True)
    assert "Somebody else" in said(refused)
    assert link(quint.post("/admin/auth/user/ways/", {"way": way.pk, "agree": ""}))
    way.refresh_from_db()
    assert str(way.agreed_by) == "quint"


def test_the_first_publisher_may_invite_the_second(paula: Client) -> None:
    assert link(invite(paula, groups=["publisher"]))


def test_becoming_a_publisher_takes_two(paula: Client, quint: Client) -> None:
    from django.contrib.auth.models import Group

    nora = member("nora", "editor")
    both = [group.pk for group in Group.objects.filter(name__in=("editor", "publisher"))]
    sent = {"username": "nora", "is_active": "on", "groups": both}
    answer = paula.post(f"/admin/auth/user/{nora.pk}/change/", sent, follow=True)
    assert "A second person must agree" in said(answer)
    assert [group.name for group in nora.groups.all()] == ["editor"]
    [way] = Way.objects.all()
    quint.post("/admin/auth/user/ways/", {"way": way.pk, "agree": ""})
    assert {group.name for group in nora.groups.all()} == {"editor", "publisher"}


def test_being_rid_of_the_other_publisher_gives_no_power_alone(
    paula: Client, quint: Client
) -> None:
    other = User.objects.get(username="quint")
    where = f"/admin/auth/user/{other.pk}/change/"
    kept = paula.post(where, {"username": "quint", "is_active": "on"}, follow=True)
    assert "stays a publisher" in said(kept)
    assert [group.name for group in other.groups.all()] == ["publisher"]
    publisher = other.groups.get().pk
    paula.post(where, {"username": "quint", "groups": publisher})
    assert quint.get("/admin/").status_code == 302, "disabled at once"
    made = invite(paula, groups=["publisher"], is_active="")
    assert not link(made)
    assert not Way.objects.exists()
    assert link(invite(paula, "ed")), "an editor harms nothing"
    call_command("way_in", "ed", why="publisher", stdout=StringIO())
    assert User.objects.get(username="ed").groups.filter(name="publisher").exists()


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("why", [Why.PASSWORD, Why.FACTOR, Why.BOTH])
def test_two_give_a_way_back(why: Why) -> None:
    people = [member(name, "publisher") for name in ("paula", "quint")]
    paula, quint = [browser(user, phone(user)) for user in people]
    nora = member("nora", "editor")
    old = phone(nora)
    paula.post(f"/admin/auth/user/{nora.pk}/way/", {"why": why})
    [way] = Way.objects.all()
    assert "nora" in said(quint.get("/admin/auth/user/ways/"))
    where = link(quint.post("/admin/auth/user/ways/", {"way": way.pk, "agree": ""}))
    client = browser()
    if why == Why.PASSWORD:
        assert "Type" in said(client.post(where, BOTH)) or "required" in said(
            client.post(where, BOTH)
        )
        assert "not right" in said(client.post(where, {**BOTH, "one_time_code": "000000"}))
        assert client.post(where, {**BOTH, "one_time_code": shown(old)}).status_code == 302
        assert client.get("/admin/").status_code == 200
        return
    proof = {"password": PASSWORD} if why == Why.FACTOR else BOTH
    assert client.post(where, {"password": "wrong", "new_password1": "x"}).status_code == 200
    assert client.post(where, proof)["Location"] == "/admin/factor/"
    assert client.get("/admin/").status_code == 302, "not before the new phone is set up"
    client.get("/admin/factor/")
    new = new_phone(nora)
    client.post("/admin/factor/", {"one_time_code": shown(new)})
    assert client.get("/admin/").status_code == 200
    assert phones(nora) == [new.pk]
    password = PASSWORD if why == Why.FACTOR else NEW
    assert log_in(browser(), "nora", password, shown(new, 30)).status_code == 302


def test_who_is_alone_is_told_of_the_command_and_it_works(paula: Client) -> None:
    nora = member("nora", "editor")
    where = f"/admin/auth/user/{nora.pk}/way/"
    assert "manage.py way_in nora" in said(paula.post(where, {"why": "both"}, follow=True))
    assert not Way.objects.exists()
    output = StringIO()
    call_command("way_in", "nora", stdout=output)
    [found] = re.findall(r"http://localhost(/admin/way/\S+)", output.getvalue())
    assert browser().post(found, BOTH)["Location"] == "/admin/factor/"
    assert Record.objects.filter(act=Act.PEOPLE, user=None).exists()
    with pytest.raises(CommandError, match="nobody"):
        call_command("way_in", "nobody")


def test_an_editor_gives_nobody_a_way_in() -> None:
    client = browser(member("anna", "editor"))
    bob = member("bob", "editor")
    for where in (
        "/admin/auth/user/add/",
        "/admin/auth/user/ways/",
        f"/admin/auth/user/{bob.pk}/way/",
    ):
        assert client.post(where, {"username": "x", "why": "both"}).status_code == 403
    assert not Way.objects.exists()


def test_a_superuser_is_nobodys_to_change_but_a_superusers(paula: Client) -> None:
    boss = member("boss", is_superuser=True)
    assert paula.post(f"/admin/auth/user/{boss.pk}/way/", {"why": "both"}).status_code == 404
    paula.post(f"/admin/auth/user/{boss.pk}/change/", {"username": "boss"})
    boss.refresh_from_db()
    assert boss.is_active


def test_a_link_is_mailed_where_mail_is_set_up(paula: Client, settings: Any) -> None:
    settings.EMAIL = "smtps://mail.example"
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    made = invite(paula, email="nora@example.org")
    assert "was sent to nora@example.org" in said(made)
    [sent] = mail.outbox
    assert (sent.to, link(made) in sent.body) == (["nora@example.org"], True)


def test_the_form_asks_for_no_rights_and_no_password(paula: Client) -> None:
    page = said(paula.get("/admin/auth/user/add/"))
    assert "Translator: changes drafts" in page
    for name in ("password", "user_permissions", "is_superuser", "is_staff"):
        assert f'name="{name}' not in page
    assert paula.get("/admin/auth/group/").status_code == 404
    nora = member("nora", "editor")
    paula.post(
        f"/admin/auth/user/{nora.pk}/change/",
        {"username": "nora", "is_active": "on", "is_superuser": "on"},
    )
    nora.refresh_from_db()
    assert not nora.is_superuser
    assert paula.post(f"/admin/auth/user/{nora.pk}/delete/", {"post": "yes"}).status_code == 403
    assert paula.get(f"/admin/auth/user/{nora.pk}/password/").status_code in (302, 404)

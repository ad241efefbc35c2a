"""Nobody works without a second factor in production, by any address; and no code works twice."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guidance.models import Page
from sextortion_help.people.models import Act, Record
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
from tests.publishing.builders import make_page

pytestmark = pytest.mark.django_db

# What one needs to get one.
OPEN = {"login", "logout", "factor", "way"}


def addresses() -> list[tuple[str, str]]:
    """Give every address of the staff area, with 1, or what fits, where it wants something."""
    found: list[tuple[str, str]] = []

    def walk(patterns: Any, before: str) -> None:
        for one in patterns:
            where = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, where)
            elif isinstance(one, URLPattern) and where.startswith("admin/"):
                filled = where.replace("<uuid:release>", "0" * 8 + "-0000-4000-8000-" + "0" * 12)
                filled = re.sub(r"<(\w+:)?place>", "nl-be", filled)
                filled = re.sub(r"<[^>]+>", "1", filled)
                if "(?P" not in where:  # what has no address
                    found.append((str(one.name), "/" + filled))

    walk(get_resolver().url_patterns, "")
    return found


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("has_one", [True, False])
def test_no_address_opens_with_a_password_alone(has_one: bool) -> None:
    user = member("anna", is_superuser=True)
    if has_one:
        phone(user)
    client = browser(user)
    walked = addresses()
    assert len(walked) > 100
    for name, where in walked:
        if name in OPEN:
            continue
        for answer in (client.get(where), client.post(where, {"username": "x"})):
            refused = answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
            form = answer.status_code == 200 and 'id="login-form"' in said(answer)
            assert refused or form, (name, where, answer.status_code)


@pytest.mark.usefixtures("production")
def test_the_password_alone_does_not_log_in_who_has_a_phone() -> None:
    user = member("anna")
    device = phone(user)
    client = browser()
    assert "Type the code" in said(log_in(client, "anna"))
    for half in (client, browser(user)):
        assert half.get("/admin/").status_code == 302
        assert half.get("/admin/factor/").status_code == 302, "nor lets them choose another phone"
        for sent in ({"another": "1"}, {"codes": "1"}, {"one_time_code": "000000"}):
            assert half.post("/admin/factor/", sent).status_code == 302
    assert phones(user) == [device.pk]


@pytest.mark.usefixtures("production")
def test_a_code_logs_in_once() -> None:
    device = phone(member("anna"))
    code = shown(device)
    client = browser()
    assert log_in(client, "anna", code=f"{code[:3]} {code[3:]}").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert "used already" in said(log_in(browser(), "anna", code=code))


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(("off", "sentence"), [
    (300, r"[456] min too early: here it is \d\d:"), (-300, r"[456] min too late: here it is \d\d:"),
    (5000, "This code is not right"),
])  # fmt: skip
def test_a_clock_that_is_off_is_said(off: int, sentence: str) -> None:
    device = phone(member("anna"))
    answer = log_in(browser(), "anna", code=shown(device, off))
    assert re.search(sentence, said(answer))
    assert log_in(browser(), "anna", code=shown(device, 30)).status_code == 302, (
        "half a minute is not"
    )


@pytest.mark.usefixtures("production")
def test_somebody_new_sets_up_an_app_and_gets_codes_that_work_once() -> None:
    user = member("anna")
    client = browser()
    assert log_in(client, "anna")["Location"] == "/admin/factor/"
    page = client.get("/admin/factor/")
    assert "<svg" in said(page)
    assert "style=" not in said(page).partition('class="qr-box"')[2].partition("</div>")[0]
    wrong = client.post("/admin/factor/", {"one_time_code": "000000"})
    assert "not right" in said(wrong)
    assert client.get("/admin/").status_code == 302
    device = new_phone(user)
    done = client.post("/admin/factor/", {"one_time_code": shown(device)})
    codes = re.findall(r"<code>(\w{4} \w{4})</code>", said(done))
    assert len(set(codes)) == 10
    assert client.get("/admin/").status_code == 200
    again = browser()
    assert log_in(again, "anna", code=codes[0].upper()).status_code == 302
    assert again.get("/admin/").status_code == 200
    assert "not right" in said(log_in(browser(), "anna", code=codes[0]))
    assert "9 recovery codes are left" in said(again.get("/admin/factor/"))
    acts = Record.objects.filter(user=user).values_list("act", flat=True)
    assert {Act.LOGIN, Act.FACTOR, Act.FAILED} <= set(acts)


@pytest.mark.usefixtures("production")
def test_another_phone_takes_the_place_of_the_old_one() -> None:
    user = member("anna")
    old = phone(user)
    client, elsewhere = browser(user, old), browser(user, old)
    shows = client.post("/admin/factor/", {"another": "1"})
    assert "<svg" in said(shows)
    assert client.get("/admin/").status_code == 200, "the old one holds until the new one works"
    new = new_phone(user)
    client.post("/admin/factor/", {"another": "1", "one_time_code": shown(new)})
    assert phones(user) == [new.pk]
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_on_a_laptop_it_is_asked_only_of_who_has_one() -> None:
    member("bob")
    client = browser()
    assert log_in(client, "bob").status_code == 302
    assert client.get("/admin/").status_code == 200
    phone(User.objects.get(username="bob"))
    assert "Type the code" in said(log_in(browser(), "bob"))


@pytest.mark.usefixtures("production")
def test_what_was_typed_is_given_back_after_a_log_in_with_a_code() -> None:
    user = member("anna", "editor")
    device = phone(user)
    page = make_page()
    here = {"origin": "http://testserver"}
    client = Client(headers={"accept-language": "en", **here})
    shows = client.post(page.edit_url(), {"title_nl": "Getypt", "code": "x"})
    assert "kept in this page" in said(shows)
    kept = '[["title_nl", "Getypt"], ["code", "x"], ["one_time_code", "123456"]]'
    sent = {"_kept": kept, "username": "anna", "password": PASSWORD, "one_time_code": shown(device)}
    back = client.post(page.edit_url(), sent)
    assert "You are logged in again" in said(back)
    assert 'name="title_nl" value="Getypt"' in said(back)
    assert 'name="code" value="x"' in said(back)
    assert "one_time_code" not in said(back)
    assert Page.objects.get(pk=page.pk).title_nl != "Getypt"

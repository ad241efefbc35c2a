"""Who is wrong too often waits, and nobody waits for ever or because of somebody else."""

from typing import Any

import pytest
from django.core.cache import cache

from sextortion_help.people import limits
from sextortion_help.people.models import Act, Record
from tests.people.conftest import browser, log_in, member, phone, said, shown

pytestmark = pytest.mark.django_db


def test_after_five_wrong_passwords_that_name_waits_from_there_and_nobody_else() -> None:
    member("anna")
    member("bob")
    for _ in range(5):
        assert log_in(browser(), "anna", "wrong").status_code == 200
    waits = log_in(browser(), "anna")
    assert waits.status_code == 429
    assert "Wait five minutes" in said(waits)
    assert log_in(browser(), "bob").status_code == 302
    assert log_in(browser(), "anna", REMOTE_ADDR="192.0.2.7").status_code == 302
    cache.clear()  # the five minutes are over: the cache forgets by itself
    assert log_in(browser(), "anna").status_code == 302


def test_the_wait_ends_by_itself_and_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NAME", limits.Limit("name", 5, 1))
    for _ in range(9):
        limits.NAME.count("here", "anna")
    assert limits.NAME.reached("here", "anna")
    from time import sleep

    sleep(1.1)
    assert not limits.NAME.reached("here", "anna")


@pytest.mark.parametrize(
    ("limit", "most", "minutes"),
    [(limits.NAME, 5, 5), (limits.ADDRESS, 30, 5), (limits.CODE, 10, 15)],
)
def test_the_minutes_that_somebody_waits_are_those_that_are_said(
    limit: limits.Limit, most: int, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(seconds: float) -> None:
        monkeypatch.setattr("time.time", lambda: 1_800_000_000 + seconds)

    at(0)
    for _ in range(most - 1):
        limit.count("anna")
    assert not limit.reached("anna")
    at(30)
    limit.count("anna")
    assert limit.reached("anna")
    assert not limit.reached("bob")
    at(60 * minutes - 1)
    assert limit.reached("anna")
    at(60 * minutes + 1)  # from the first one
    assert not limit.reached("anna")
    limit.count("anna")
    assert not limit.reached("anna")


def test_many_names_from_one_address_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    member("anna")
    assert limits.ADDRESS.most == 30
    monkeypatch.setattr(limits, "ADDRESS", limits.Limit("address", 6, 300))
    for number in range(6):
        log_in(browser(), f"name-{number}", "wrong")
    assert log_in(browser(), "anna").status_code == 429


def test_wrong_codes_wait_from_everywhere_and_a_recovery_code_still_comes_in() -> None:
    from sextortion_help.people.codes import new_recovery_codes

    user = member("anna")
    device = phone(user)
    [recovery, *_] = new_recovery_codes(user)
    for number in range(10):
        log_in(browser(), "anna", code="000000", REMOTE_ADDR=f"192.0.2.{number}")
    right = shown(device)
    assert "Too many wrong codes" in said(log_in(browser(), "anna", code=right))
    assert log_in(browser(), "anna", code=recovery).status_code == 302


def test_only_names_of_staff_are_written_and_no_address_is() -> None:
    member("anna")
    log_in(browser(), "anna", "wrong", REMOTE_ADDR="192.0.2.7")
    log_in(browser(), "my secret password", "wrong", REMOTE_ADDR="192.0.2.7")
    [row] = Record.objects.all()
    assert (row.act, str(row.user), row.about) == (Act.FAILED, "anna", "")


def test_the_address_is_what_our_nginx_says_in_production_and_nowhere_else(
    settings: Any, rf: Any
) -> None:
    request = rf.get("/", headers={"x-real-ip": "192.0.2.7"})
    assert limits.address(request) == "127.0.0.1"
    settings.PRODUCTION = True
    assert limits.address(request) == "192.0.2.7"

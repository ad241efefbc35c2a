"""An old version goes back only where it goes with what has become live since: refused as a draft would be."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from guidance.models import Page
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Entry, Version
from sextortion_help.publishing.problems import Refused
from tests.publishing.builders import (
    again,
    append,
    make_message,
    make_page,
    make_service,
    open_country,
    publish_again,
    put_live,
    roll_back,
    same,
)
from tests.quiz.builders import make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "line")]


def refused(version: Version, user: User) -> str:
    before = Version.objects.count()
    with pytest.raises(Refused) as caught:
        publish_again(version, user, "back")
    assert Version.objects.count() == before
    return "\n".join(problem.text for problem in caught.value.problems)


def changed(page: Page, **fields: Any) -> Version:
    """Give the version that was live before this change was."""
    [first] = put_live(again(page))
    Page.objects.filter(pk=page.pk).update(**fields)
    put_live(again(page))
    return first


def taken_off(kind: str, code: str) -> None:
    """Take something off the site, whatever needs it."""
    append(kind, code, Version.objects.filter(kind=kind, code=code)[0].data, retired=True)
    live.refresh()


def test_not_to_an_address_that_another_page_has_now(editor: User) -> None:
    first = changed(make_page("t/a", address="t/1"), address="t/2")
    release = Version.objects.get(code="t/a", number=2).release
    assert release
    put_live(make_page("t/b", address="t/1"))
    text = "Version 1 of “t/a”: “t/b” has this address already."
    assert refused(first, editor) == text
    with pytest.raises(Refused, match="has this address already"):
        roll_back(release, editor, "undone")


def test_not_to_a_choice_that_has_other_words_now(editor: User) -> None:
    message = make_message("a")
    [first] = put_live(message)
    message.who = "teacher"
    message.save()
    put_live(message)
    put_live(make_message("b"))
    assert refused(first, editor) == (
        "Version 1 of “a”: “b” has the words for this choice already."
    )


def test_not_to_help_now_when_another_page_is_that(editor: User) -> None:
    page = make_page("t/a", entries=[Entry.HELP])
    [first] = put_live(page)
    other = make_page("t/b", entries=[Entry.HELP])
    Page.objects.filter(pk=page.pk).update(entries=[])
    put_live(again(page), other)
    assert refused(first, editor) == "“Help now” leads to one page, and that is “t/b”."


def test_not_to_an_ending_at_which_nobody_can_be_reached_now(editor: User) -> None:
    money = make_service("bank", purposes=["money"])
    check = make_self_check(purposes=["money"])
    [_, first] = put_live(money, check)
    check.endings.update(purposes=["talk"])
    put_live(again(check))
    taken_off("service", "bank")
    assert "Version 1 of “small”, ffff: no service here can be called or chatted with in BE." in (
        refused(first, editor)
    )


def test_not_with_a_link_that_is_dead_in_one_country(editor: User) -> None:
    open_country("NL")
    target = make_page("target")
    put_live(target)
    first = changed(make_page("t/a", body="[there](/target/)"), **same(body="nothing"))
    Page.objects.filter(pk=target.pk).update(countries=["BE"])
    put_live(again(target))
    assert refused(first, editor) == "In NL, “t/a” links to /target/, which is not for there."


def test_a_page_in_easy_words_goes_back_beside_its_twin_alone(editor: User) -> None:
    step = same(title="One")
    twin, easy = make_page("t/a"), make_page("easy/t/a", layout="easy")
    easy.steps.create(code="s1", picture="lock", **step)
    [_, first] = put_live(twin, easy)
    taken_off("page", "t/a")
    assert "a page in easy words has that layout" in refused(first, editor)


def test_a_line_goes_back_where_its_country_is_live_alone(editor: User) -> None:
    line = make_service("other", country="LU")
    [first] = put_live(line)
    taken_off("country", "LU")
    assert "its country, LU, is not live" in refused(first, editor)

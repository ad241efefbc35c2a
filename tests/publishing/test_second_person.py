"""Nobody publishes what is delicate alone, by no way; releases are confirmed, declined, and published in time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.utils import timezone

from guidance.models import Channel, Country, Page, Service
from sextortion_help.publishing import live, releases
from sextortion_help.publishing.hands import by
from sextortion_help.publishing.models import Publishable, Release, Version
from sextortion_help.publishing.planning import Together
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import SecondPersonNeeded, leaving, publish, undone
from sextortion_help.publishing.releases import confirm, decline, publish_due, stamp, submit
from tests.publishing.builders import (
    database_dying,
    live_title,
    make_page,
    make_service,
    publish_again,
    put_live,
    retire,
    roll_back,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def person(name: str, *, publishes: bool) -> User:
    user = User.objects.create_user(name, is_staff=True)
    wanted = Permission.objects.filter(content_type__app_label__in=("guidance", "quiz"))
    user.user_permissions.set(wanted)
    if publishes:
        user.user_permissions.add(Permission.objects.get(codename="add_version"))
    return user


@pytest.fixture
def one(bare: None) -> User:
    return person("one", publishes=True)


@pytest.fixture
def other(bare: None) -> User:
    return person("other", publishes=True)


@pytest.fixture
def writer(bare: None) -> User:
    """Somebody who edits and may not publish."""
    return person("writer", publishes=False)


@pytest.fixture
def line(bare: None) -> Service:
    """A line that is live with one number and whose draft has another."""
    service = make_service()
    put_live(service, make_service("another"))
    renumber(service, "999")
    return service


def renumber(service: Service, number: str) -> None:
    Channel.objects.filter(service=service).update(address=number)


def number(service: Service) -> str | None:
    """Give the number that visitors see."""
    live.refresh()
    content: Any = live.live().get(Service.content_class, service.code)
    return content.channels[0].address if content else None


def asked(*drafts: Publishable, by: User, **given: Any) -> Release:
    release = submit(Together(drafts=drafts), by, "a release", **given)
    assert isinstance(release, Release)
    return release


def let_come(release: Release) -> Release:
    """Let its time come."""
    Release.objects.filter(pk=release.pk).update(due=timezone.now() - timedelta(minutes=1))
    release.refresh_from_db()
    return release


def soon() -> Any:
    return timezone.now() + timedelta(hours=1)


# --- nobody alone, by no way


def put_back(service: Service, user: User) -> Any:
    put_live(service)
    first = service.versions().last()
    assert first
    return publish_again(first, user, "")


def undo(service: Service, user: User) -> Any:
    [version] = put_live(service)
    assert version.release
    return roll_back(version.release, user, "")


WAYS: dict[str, Callable[[Service, User], Any]] = {
    "publish": lambda service, user: publish([service], user, ""),
    "publish among others": lambda service, user: publish([make_page(), service], user, ""),
    "take off": lambda service, user: retire(service, user, ""),
    "put an old version back": put_back,
    "undo": undo,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_the_public_alone(way: str, line: Service, one: User, other: User) -> None:
    with pytest.raises(SecondPersonNeeded):
        WAYS[way](line, one)
    assert not Version.objects.filter(published_by=one).exists()


@pytest.mark.parametrize("way", WAYS)
def test_with_one_who_publishes_there_is_nobody_to_ask(
    way: str, line: Service, one: User, writer: User
) -> None:
    User.objects.create_user("left", is_staff=True, is_superuser=True, is_active=False)
    User.objects.create_user("elsewhere", is_superuser=True)  # does not work here
    assert WAYS[way](line, one)


def test_nobody_closes_a_language_of_a_country_alone(one: User, other: User) -> None:
    country = Country.objects.get(code="BE")
    put_live(country)
    with by(one, country):
        Country.objects.update(languages=["nl"])
    with pytest.raises(SecondPersonNeeded):
        publish([country], one, "")
    assert publish([country], other, "")


def test_who_typed_it_and_who_looked_are_two(line: Service, one: User, other: User) -> None:
    with by(other, line):
        renumber(line, "998")
    [version] = publish([line], one, "")
    assert (version.published_by, version.confirmed_by) == (one, None)


def test_what_was_overwritten_by_nobody_known_is_the_publishers_own(
    line: Service, one: User, other: User
) -> None:
    with by(other, line):
        renumber(line, "998")
    renumber(line, "997")  # by a file, say
    with pytest.raises(SecondPersonNeeded):
        publish([line], one, "")


def test_words_need_nobody_else_unless_the_organisation_wants_it(
    one: User, other: User, settings: Any
) -> None:
    page = make_page()
    assert publish([page], one, "")
    Page.objects.update(title_en="Other words")
    settings.SECOND_PERSON = "everything"
    with pytest.raises(SecondPersonNeeded):
        publish([page], one, "")
    put_live(page)
    assert publish([page], one, "") == []  # nothing new, nobody to ask
    Page.objects.update(title_en="Yet others")
    settings.SECOND_PERSON = "delicate"
    assert publish([page], one, "")


# --- asked for, confirmed, declined


def test_a_second_person_confirms(line: Service, one: User, other: User) -> None:
    page = make_page()
    release = asked(line, page, by=one)
    assert (release.state, list(Release.objects.waiting())) == ("waiting", [release])
    assert (number(line), live_title(page)) == ("116000", None)
    with pytest.raises(SecondPersonNeeded):
        confirm(release.pk, one, stamp(release))
    assert not releases.may_confirm(release, one)
    assert releases.may_confirm(release, other)
    versions: Any = confirm(release.pk, other, stamp(release), "I called it")
    assert {(each.published_by, each.confirmed_by, each.release, each.note) for each in versions} == {
        (one, other, release.pk, "a release"),
    }  # fmt: skip
    assert (number(line), live_title(page)) == ("999", "test/page en")
    release.refresh_from_db()
    assert (release.state, release.decided_by, release.answer) == (
        "published",
        other,
        "I called it",
    )
    with pytest.raises(Refused, match="other was first: published"):
        confirm(release.pk, other, stamp(release))


def test_what_was_typed_by_the_second_is_confirmed_by_no_second(
    line: Service, one: User, other: User, writer: User
) -> None:
    with by(one, line):
        renumber(line, "998")
    release = asked(line, by=writer)
    assert not releases.may_confirm(release, one)
    with pytest.raises(SecondPersonNeeded):
        confirm(release.pk, one, stamp(release))
    assert confirm(release.pk, other, stamp(release))


def test_who_may_not_publish_asks_and_never_confirms(
    line: Service, writer: User, one: User
) -> None:
    release = asked(line, by=writer)
    with pytest.raises(Refused, match="Only those who may publish"):
        confirm(release.pk, writer, stamp(release))
    [version] = confirm(release.pk, one, stamp(release))  # type: ignore[misc]  # versions
    assert (version.published_by, version.confirmed_by) == (writer, one)


def test_a_release_is_declined_with_a_note_or_taken_back(
    line: Service, writer: User, one: User
) -> None:
    release = asked(line, by=writer)
    with pytest.raises(Refused, match="Only those who may publish can decline"):
        decline(release.pk, person("third", publishes=False), "")
    decline(release.pk, one, "this number is not theirs")
    release.refresh_from_db()
    assert (release.state, release.answer) == ("declined", "this number is not theirs")
    with pytest.raises(Refused, match="one was first: declined"):
        confirm(release.pk, one, stamp(release))
    assert decline(asked(line, by=writer).pk, writer, "my mistake").decided_by == writer
    assert number(line) == "116000"


def overtake(service: Service) -> None:
    """Let somebody publish another number, and type this one again."""
    renumber(service, "997")
    put_live(service)
    renumber(service, "999")


CHANGES: dict[str, Callable[[Service], Any]] = {
    "the draft": lambda line: renumber(line, "998"),
    "what is live": overtake,
    "its retirement": lambda line: retire(line, None, ""),  # type: ignore[arg-type]  # nobody's
    "its deletion": lambda line: line.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_confirmed_is_what_was_asked_for(
    change: str, line: Service, one: User, other: User
) -> None:
    release = asked(line, by=one)
    CHANGES[change](line)
    count = Version.objects.count()
    with pytest.raises(Refused, match="Something changed since this was asked for"):
        confirm(release.pk, other, stamp(release))
    assert Version.objects.count() == count
    assert [name for name, _changes in releases.since_asked(release)] == ["service test-line"]


def test_what_changed_is_shown_and_asked_for_anew(line: Service, one: User, other: User) -> None:
    release = asked(line, by=one)
    old = stamp(release)
    renumber(line, "998")
    [(_name, [change])] = releases.since_asked(release)
    assert change.pieces == (("gone", "999"), ("new", "998"))
    releases.ask_again(release.pk, other)
    with pytest.raises(Refused, match="asked for anew since you looked"):
        confirm(release.pk, one, old)
    release.refresh_from_db()
    with pytest.raises(SecondPersonNeeded):
        confirm(release.pk, other, stamp(release))
    assert confirm(release.pk, one, stamp(release))
    assert number(line) == "998"


def test_what_is_wholly_gone_is_not_asked_for_again(line: Service, one: User, other: User) -> None:
    page = make_page()
    release = asked(page, make_service("third"), by=one)
    page.delete()
    release = releases.ask_again(release.pk, other)
    assert [row["code"] for row in release.rows] == ["third"]
    Service.objects.filter(code="third").delete()
    with pytest.raises(Refused, match="Nothing of it is left"):
        releases.ask_again(release.pk, other)
    release.refresh_from_db()
    assert [row["code"] for row in release.rows] == ["third"]
    with pytest.raises(Refused, match="Something changed since this was asked for"):
        confirm(release.pk, one, stamp(release))


def test_nothing_is_asked_for_that_is_wrong_or_live_already(
    line: Service, writer: User, one: User
) -> None:
    put_live(line)
    assert submit(Together(drafts=[line]), writer, "") == []
    with pytest.raises(Refused, match="nowhere"):
        asked(make_page(body="[a](/nowhere/)"), by=writer)
    assert not Release.objects.exists()


def test_the_link_and_what_it_led_to_go_in_one_step(one: User, other: User) -> None:
    target, page = make_page("target"), make_page(body="[there](/target/)")
    put_live(target, page)
    Page.objects.filter(pk=page.pk).update(body_nl="", body_fr="", body_en="")
    release = submit(Together(drafts=[page], gone=[leaving(target)]), one, "")
    assert isinstance(release, Release)
    confirm(release.pk, other, stamp(release))
    live.refresh()
    assert (live_title(target), live_title(page)) == (None, "test/page en")
    assert submit(undone(release.pk), one, "")  # pages without a number: nobody else has to look
    live.refresh()
    assert live_title(target) == "target en"


# --- at its time


def test_a_release_waits_for_its_second_person_and_for_its_time(
    line: Service, one: User, other: User
) -> None:
    release = asked(line, by=one, due=soon())
    let_come(release)
    assert (list(publish_due()), number(line)) == ([], "116000")  # nobody has looked
    Release.objects.filter(pk=release.pk).update(due=soon())
    scheduled = confirm(release.pk, other, stamp(release))
    assert isinstance(scheduled, Release)
    assert (scheduled.state, list(publish_due()), number(line)) == ("scheduled", [], "116000")
    let_come(release)
    assert [problems for _release, problems in publish_due()] == [[]]
    assert (number(line), list(publish_due())) == ("999", [])
    newest = line.versions().first()
    assert newest
    assert (newest.published_by, newest.confirmed_by, newest.release) == (one, other, release.pk)


def test_what_fails_at_its_time_stays_and_says_why(one: User, other: User) -> None:
    target, page = make_page("target"), make_page(body="[there](/target/)")
    put_live(target)
    release = let_come(asked(page, by=one, due=soon()))
    retire(target, None, "")  # type: ignore[arg-type]  # nobody's
    [(_, [problem, *_others])] = publish_due()
    assert "links to /target/, which is not live" in problem.text
    assert (list(Release.objects.stuck()), live_title(page)) == ([release], None)
    assert releases.why_not(release)[0].text == problem.text
    assert len(list(publish_due())) == 1  # tried again
    put_live(target)
    assert releases.why_not(release) == []
    assert [problems for _release, problems in publish_due()] == [[]]
    live.refresh()
    assert (list(Release.objects.stuck()), live_title(page)) == ([], "test/page en")


def test_what_was_edited_after_it_was_confirmed_does_not_slip_in(
    line: Service, one: User, other: User
) -> None:
    release = asked(line, by=one, due=soon())
    confirm(release.pk, other, stamp(release))
    renumber(line, "998")
    let_come(release)
    [(_, [problem])] = publish_due()
    assert problem.text.startswith("Something changed since")
    assert number(line) == "116000"


def test_who_answered_for_it_must_still_be_here(line: Service, one: User, other: User) -> None:
    release = asked(line, by=one, due=soon())
    confirm(release.pk, other, stamp(release))
    let_come(release)
    User.objects.filter(pk=other.pk).update(is_active=False)
    [(_, [problem])] = publish_due()
    assert problem.text == "other may not publish any more. Somebody else has to confirm this."
    assert (list(Release.objects.waiting()), number(line)) == ([release], "116000")
    third = person("third", publishes=True)
    release.refresh_from_db()
    assert confirm(release.pk, third, stamp(release))
    assert number(line) == "999"


def test_a_second_publisher_who_came_meanwhile_is_asked(line: Service, one: User) -> None:
    release = asked(line, by=one, due=soon())
    assert release.state == "scheduled"  # there is nobody else
    person("new", publishes=True)
    let_come(release)
    assert [problem.text for _, [problem] in publish_due()] == [
        "A second person has to look at this first."
    ]
    assert list(Release.objects.waiting()) == [release]


def test_a_time_that_comes_while_the_database_is_away(
    one: User, capsys: pytest.CaptureFixture[str]
) -> None:
    page = make_page()
    let_come(asked(page, by=one, due=soon()))
    with (
        database_dying(lambda sql: "publishing_" in sql),
        pytest.raises(CommandError, match="published when it is back"),
    ):
        call_command("publish_due")
    assert live_title(page) is None
    call_command("publish_due")
    assert capsys.readouterr().out == "a release: published\n"
    live.refresh()
    assert live_title(page) == "test/page en"


def test_on_a_laptop_the_process_publishes_what_is_due_and_outlives_a_failure(
    one: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = make_page()
    let_come(asked(page, by=one, due=soon()))
    waits: Iterator[AbstractContextManager[None]] = iter(
        [database_dying(lambda sql: "publishing_" in sql), nullcontext()]
    )
    stack = ExitStack()

    def sleep(_seconds: float) -> None:
        stack.close()
        stack.enter_context(next(waits))  # without a third, the loop ends

    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr(releases, "close_old_connections", lambda: None)
    with pytest.raises(StopIteration):
        releases._publish_for_ever()
    assert "what is due cannot be published now" in caplog.text
    live.refresh()
    assert live_title(page) == "test/page en"

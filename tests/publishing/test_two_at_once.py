"""Two people publish at the same moment: neither's work stays unseen, and nothing unchecked goes out."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db import connection, connections, transaction
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker

from guidance.models import Channel, Page, Service
from quiz.models import Answer
from sextortion_help.publishing import live, planning
from sextortion_help.publishing.models import Release, Version
from sextortion_help.publishing.planning import Together, read, seen
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.releases import confirm, decline, publish_due, stamp, submit
from tests.publishing.builders import (
    forget,
    live_title,
    make_page,
    make_service,
    publish_again,
    retire,
    roll_back,
)
from tests.quiz.builders import make_self_check

pytestmark = pytest.mark.usefixtures("english")

POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(
    not POSTGRESQL, reason="SQLite lets only one transaction write, see below"
)


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test commit for good. What it made is taken out again behind Version's back."""
    with django_db_blocker.unblock():
        newest = Version.objects.first()
        known = newest.id if newest else 0
        live.refresh()
        yield
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE publishing_version DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM publishing_version WHERE id > %s", [known])
            cursor.execute("ALTER TABLE publishing_version ENABLE TRIGGER USER")
        Answer.objects.filter(question__self_check__code="test-two").delete()
        for model in (Page, Service):
            model.objects.filter(code__startswith="test-two").delete()
        from quiz.models import SelfCheck

        SelfCheck.objects.filter(code="test-two").delete()
        User.objects.filter(username__startswith="two").delete()
        connection.close()
        forget()


def in_a_thread(act: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Let somebody else do this, with a connection of their own. What came of it is in the list."""
    result: list[Any] = []

    def run() -> None:
        translation.activate("en")
        try:
            result.append(act())
        except Exception as error:  # told to the test, which is in another thread
            result.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


@on_postgresql
@pytest.mark.usefixtures("committing")
def test_a_slow_publish_is_not_lost_behind_a_fast_one() -> None:
    one, two = make_page("test-two-one"), make_page("test-two-two")
    has_written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            publish([one], None, "slow")
            has_written.set()
            may_commit.wait(20)

    first, slow_result = in_a_thread(slow)
    assert has_written.wait(20)
    second, fast_result = in_a_thread(lambda: publish([two], None, "fast"))
    second.join(1)  # it would be long done if nothing held it back
    assert fast_result == []
    live.refresh()
    may_commit.set()
    first.join(20)
    second.join(20)
    assert (slow_result, len(fast_result[0])) == ([None], 1)
    live.refresh()
    assert (live_title(one), live_title(two)) == ("test-two-one en", "test-two-two en")
    assert one.versions().get().id < two.versions().get().id


@on_postgresql
@pytest.mark.usefixtures("committing")
def test_two_who_publish_the_same_draft_make_one_version() -> None:
    page = make_page("test-two")
    may_begin = threading.Barrier(2)

    def both() -> int:
        may_begin.wait(20)
        return len(publish([page], None, ""))

    threads = [in_a_thread(both) for _ in "ab"]
    for thread, _result in threads:
        thread.join(20)
    assert sorted(result[0] for _thread, result in threads) == [0, 1]
    assert page.versions().count() == 1


@on_postgresql
@pytest.mark.usefixtures("committing")
def test_a_link_and_what_it_leads_to_are_not_lost_between_two() -> None:
    """One takes a page off while another publishes a link to it: whoever is second is refused."""
    user = User.objects.create_user("two")
    target, linking = (
        make_page("test-two-target"),
        make_page("test-two-linking", body="[a](/test-two-target/)"),
    )
    publish([target], None, "")
    has_retired, may_commit = threading.Event(), threading.Event()

    def leave() -> None:
        with transaction.atomic():
            retire(target, user, "")
            has_retired.set()
            may_commit.wait(20)

    first, _ = in_a_thread(leave)
    assert has_retired.wait(20)
    second, result = in_a_thread(lambda: publish([linking], None, ""))
    second.join(1)
    may_commit.set()
    first.join(20)
    second.join(20)
    assert isinstance(result[0], Refused)
    assert "links to /test-two-target/, which is not live" in str(result[0])


@on_postgresql
@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize("breaks", [True, False])
def test_what_a_colleague_commits_between_reading_and_checking_changes_nothing(
    breaks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is published is what was read and checked, whatever stands in the database by then."""
    line, check = make_service("test-two"), make_self_check("test-two")
    before, after = ("Conseil", "") if breaks else ("", "Conseil")
    answers = Answer.objects.filter(question__self_check=check, code="cc")
    answers.update(advice_fr=before)
    original = planning._problems

    def after_a_colleague(*arguments: Any) -> list[Problem]:
        thread, result = in_a_thread(lambda: answers.update(advice_fr=after))
        thread.join(20)
        assert result == [2]  # nothing held the colleague back
        return original(*arguments)

    monkeypatch.setattr(planning, "_problems", after_a_colleague)
    if breaks:
        publish([line, check], None, "")
        version = check.versions().get()
        advice = {
            answer["advice"]["fr"]
            for question in version.data["questions"]
            for answer in question["answers"]
        }
        assert advice == {"Conseil", "Advice fr"}
        assert version.source
        assert version.source["questions"][0]["answers"][1]["advice_fr"] == "Conseil"
    else:
        with pytest.raises(Refused, match="what we say at once"):
            publish([line, check], None, "")
        assert not check.versions().exists()


def publisher(name: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_version"))
    return user


@pytest.fixture
def asked(committing: None) -> Iterator[Release]:
    """A number asked for by one of three who may publish."""
    one, *_others = [publisher(f"two {name}") for name in "abc"]
    release = submit(Together(drafts=[make_service("test-two")]), one, "asked")
    assert isinstance(release, Release)
    yield release
    Release.objects.filter(pk=release.pk).delete()


@on_postgresql
def test_of_two_who_confirm_at_once_one_is_told_who_was_first(asked: Release) -> None:
    may_begin = threading.Barrier(2)

    def confirming(name: str) -> Callable[[], Any]:
        def act() -> Any:
            user = User.objects.get(username=name)
            may_begin.wait(20)
            return confirm(asked.pk, user, stamp(asked))

        return act

    threads = [in_a_thread(confirming(f"two {name}")) for name in "bc"]
    for thread, _result in threads:
        thread.join(20)
    [refused] = [result[0] for _, result in threads if isinstance(result[0], Refused)]
    assert "was first: published" in str(refused)
    versions = Version.objects.filter(code="test-two")
    assert [version.release for version in versions] == [asked.pk]


@on_postgresql
@pytest.mark.parametrize("act", ["confirm", "decline", "publish_due"])
def test_a_release_is_read_only_once_nobody_else_decides(act: str, asked: Release) -> None:
    """Who comes second waits, and then sees what the first did."""
    second = User.objects.get(username="two b")
    if act == "publish_due":
        before = timezone.now() - timedelta(minutes=1)
        Release.objects.filter(pk=asked.pk).update(state="scheduled", due=before, decided_by=second)
    acts: dict[str, Callable[[], Any]] = {
        "confirm": lambda: confirm(asked.pk, second, stamp(asked)),
        "decline": lambda: decline(asked.pk, second, ""),
        "publish_due": lambda: list(publish_due()),
    }
    with transaction.atomic():
        decline(asked.pk, User.objects.get(username="two c"), "")
        thread, result = in_a_thread(acts[act])
        thread.join(1)
        assert result == []  # it waits
    thread.join(20)
    assert result == [[]] if act == "publish_due" else "was first: declined" in str(result[0])
    assert not Version.objects.filter(code="test-two").exists()


@on_postgresql
def test_a_colleague_who_saves_while_another_confirms_changes_nothing(asked: Release) -> None:
    """What is confirmed is what was read under the lock, or nothing."""
    channels = Channel.objects.filter(service__code="test-two")
    second = User.objects.get(username="two b")
    with transaction.atomic():
        channels.update(address="110")
        thread, result = in_a_thread(lambda: confirm(asked.pk, second, stamp(asked)))
        thread.join(20)  # nothing holds it back: it reads what was committed
        assert [str(version) for version in result[0]] == ["service test-two 1"]
    version = Version.objects.get(code="test-two")
    assert version.data["channels"][0]["address"] == "116000"


@on_postgresql
@pytest.mark.usefixtures("committing")
def test_what_a_colleague_commits_after_i_looked_is_not_published_unseen() -> None:
    page = make_page("test-two")
    looked_at = seen(read([page]))
    thread, _ = in_a_thread(lambda: Page.objects.filter(pk=page.pk).update(title_fr="autre"))
    thread.join(20)
    with pytest.raises(Refused, match="saved since you looked"):
        publish([page], None, "", looked_at)


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no LOCK TABLE")
@pytest.mark.django_db
@pytest.mark.parametrize("act", ["publish", "publish_again", "roll_back", "retire"])
def test_the_lock_is_taken_before_anything_is_read(
    act: str, editor: User, django_assert_max_num_queries: Any
) -> None:
    page = make_page()
    [version] = publish([page], None, "")
    assert version.release
    acts: dict[str, Callable[[], Any]] = {
        "publish": lambda: publish([page], None, ""),
        "publish_again": lambda: publish_again(version, editor, ""),
        "roll_back": lambda: roll_back(version.release, editor, ""),  # type: ignore[arg-type]  # it has one
        "retire": lambda: retire(page, editor, ""),
    }
    with django_assert_max_num_queries(100) as captured:
        acts[act]()
    statements = [query["sql"] for query in captured.captured_queries]
    assert "SAVEPOINT" in statements[0]
    assert statements[1].startswith("LOCK TABLE publishing_version")


@pytest.mark.skipif(POSTGRESQL, reason="a setting of SQLite")
def test_on_sqlite_a_publish_has_the_write_lock_from_its_start() -> None:
    options: Any = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"

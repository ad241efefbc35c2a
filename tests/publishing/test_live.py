"""What a process holds in memory: it follows the database, and outlives it."""

import socket
import time
from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import msgspec
import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guidance.content import Country as CountryContent
from guidance.content import Page as PageContent
from guidance.models import Page
from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.freezing import freeze, publishable_models
from sextortion_help.publishing.links import dead_links, losses, own_links
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import whole
from tests.publishing.builders import (
    again,
    append,
    database_dying,
    forget,
    live_title,
    make_page,
    make_service,
    put_live,
    take_everything_out,
)
from tests.quiz.builders import MAKE, make_self_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    """A page that is live."""
    page = make_page()
    put_live(page)
    return page


def title(of: Contents, code: str = "test/page") -> str | None:
    content: Any = of.get(PageContent, code)
    return str(content.title.en) if content else None


def test_the_first_look_loads_everything_in_two_queries(
    page: Page, django_assert_num_queries: Any
) -> None:
    forget()
    with django_assert_num_queries(2):
        assert live.refresh()
    assert live_title(page) == "test/page en"


def test_a_newer_revision_reads_only_what_is_new(
    page: Page, django_assert_num_queries: Any
) -> None:
    put_live(*(make_page(f"other-{number}") for number in range(20)))
    known = live.live().get(PageContent, "other-7")
    Page.objects.filter(pk=page.pk).update(title_en="new")
    [version] = publish([page], None, "")
    rows: list[Any] = []
    original = live._readable

    def counted(version: Version) -> Any:
        rows.append(version.id)
        return original(version)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "_readable", counted)
        with django_assert_num_queries(2):
            assert live.refresh()
    assert rows == [version.id]
    assert live.live().revision == version.id
    assert live_title(page) == "new"
    assert live.live().get(PageContent, "other-7") is known  # shared, not built again


def test_several_versions_of_one_object_since_the_last_look(page: Page) -> None:
    for words in ("second", "third"):
        Page.objects.update(title_en=words)
        publish([page], None, "")
    live.refresh()
    assert live_title(page) == "third"


def test_what_was_taken_off_and_put_back_since_the_last_look(page: Page, editor: Any) -> None:
    from tests.publishing.builders import retire

    retire(page, editor, "")
    live.refresh()
    assert live_title(page) is None
    publish([page], None, "")
    retire(page, editor, "")
    publish([page], None, "")
    live.refresh()
    assert live_title(page) == "test/page en"


def test_an_older_database_put_in_the_place_of_ours_is_noticed(page: Page) -> None:
    """A backup: the highest number is lower than what this process has seen."""
    newest = page.versions().get().id
    other = make_page("only-in-ours")
    [frozen] = [freeze(again(other))]
    live._memory.contents = Contents(newest + 10, {(PageContent, other.code): frozen})
    live._memory.unreadable = {("page", "gone"): "page gone 1"}
    assert live.refresh()
    assert live.live().revision == newest
    assert set(live.live().items) == {(CountryContent, "BE"), (PageContent, "test/page")}
    assert live.unreadable() == []


def test_an_emptied_database_is_noticed(page: Page) -> None:
    revision = live.live().revision
    take_everything_out()
    live._memory.contents = Contents(revision, {(PageContent, page.code): freeze(page)})
    assert live.refresh()
    assert (live.live().revision, live.live().items) == (0, {})
    assert live.refresh() is False


def test_a_first_look_changes_nothing_and_a_second_one_all_that_came_since(page: Page) -> None:
    forget()
    live.refresh()
    assert live._memory.changes == []
    live._memory.contents = Contents(1)
    live.refresh()
    assert [change.since for change in live._memory.changes] == [1]


def test_a_change_is_remembered_for_a_quarter_of_an_hour(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as any page stands on it: from five to ten minutes."""
    clock, revisions = [1000.0], []
    live._memory.changes = []
    monkeypatch.setattr("sextortion_help.publishing.live.time.monotonic", lambda: clock[0])
    for seconds in (0, 899, 1):
        clock[0] += seconds
        revisions.append(live.live().revision)
        Page.objects.update(title_en=f"after {seconds}")
        publish([page], None, "")
        live.refresh()
    assert [(change.since, change.at) for change in live._memory.changes] == [
        (revisions[1], 1899.0), (revisions[2], 1900.0),
    ]  # fmt: skip


def test_looking_without_finding_costs_one_query_on_an_index(
    page: Page, django_assert_num_queries: Any
) -> None:
    before = live.live()
    with django_assert_num_queries(1), CaptureQueriesContext(connection) as captured:
        assert not live.refresh()
    assert live.live() is before
    assert page.code
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # else a table this small is read from end to end
            cursor.execute("SET LOCAL enable_seqscan = off")
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {captured[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "SEARCH" in plan or "Index Only Scan" in plan


def test_a_page_is_read_without_any_query(page: Page, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert live.live().all(PageContent)
    assert page.code


def test_content_outlives_the_database(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("sextortion_help.publishing.live.time.monotonic", lambda: clock[0])
    before = live.live()
    live.refresh()
    assert live.seconds_since_database() == 0
    with database_dying(lambda sql: True):
        assert not live.refresh()
        clock[0] += 12
        assert not live.refresh()
    assert live.live() is before
    assert live_title(page)
    assert live.seconds_since_database() == 12
    health = Client().get("/health/")
    assert health.status_code == 200
    told = health.json()
    assert (told["revision"], told["seconds_since_database"]) == (before.revision, 12)
    assert told["database"] == "not answering"
    assert not live.refresh()
    assert live.seconds_since_database() == 0
    assert Client().get("/health/").json()["database"] == "ok"


def test_what_has_not_been_seen_for_a_while_is_never_said_to_be_well(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that hangs or died fails at nothing: only the time since its last success tells."""
    clock = [time.monotonic()]
    monkeypatch.setattr("sextortion_help.publishing.live.time.monotonic", lambda: clock[0])
    told = Client().get("/health/").json()
    assert (told["database"], told["watcher"], told["page"]) == ("ok", "ok", "ok")
    clock[0] += 60
    told = Client().get("/health/").json()
    assert (told["database"], told["watcher"]) == ("not answering", "stopped")
    live.refresh()  # somebody publishes through this process: the watcher is still not there
    told = Client().get("/health/").json()
    assert (told["database"], told["watcher"]) == ("ok", "stopped")
    assert told["seconds_since_watcher"] == 60
    live._look_once()
    assert Client().get("/health/").json()["watcher"] == "ok"


def test_who_publishes_does_not_wait_for_a_look_that_hangs(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SECONDS_FOR_ANOTHER", 0.01)
    with live._lock:
        assert live.refresh() is False
    assert page.code


def test_a_long_failure_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with database_dying(lambda sql: True):
        live.refresh()
        live.refresh()
    assert len(caplog.records) == 1


def test_a_second_failure_is_logged_again(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        with database_dying(lambda sql: True):
            live.refresh()
        live.refresh()
    assert len(caplog.records) == 2


def test_a_database_that_dies_between_two_queries_changes_nothing() -> None:
    publish([make_page()], None, "")
    before = live.live()
    with database_dying(lambda sql: "retired" in sql):
        assert not live.refresh()
    assert live.live() is before
    assert live.refresh()


def test_without_any_content_the_process_says_it_is_not_ready() -> None:
    take_everything_out()
    with database_dying(lambda sql: True):
        live.refresh()
    assert Client().get("/health/").status_code == 503


# --- the thread that looks


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[Any]]:
    """Let the thread's function look so often, and tell how it slept and closed its connection."""

    def run(looks: int) -> list[Any]:
        done: list[Any] = []

        def sleep(seconds: float) -> None:
            if done.count(seconds) == looks:
                raise SystemExit
            done.append(seconds)

        monkeypatch.setattr("sextortion_help.publishing.live.time.sleep", sleep)
        monkeypatch.setattr("sextortion_help.publishing.live.threading.Timer", lambda *_: Mock())
        monkeypatch.setattr(connection, "close", lambda: done.append("closed"))
        monkeypatch.setattr(live, "close_old_connections", lambda: done.append("old closed"))
        with pytest.raises(SystemExit):
            live._look_for_ever()
        return done

    return run


def test_a_change_is_live_within_two_seconds(watched: Callable[[int], list[Any]]) -> None:
    """The promise of product.md: a look and its query well within two seconds of the last one."""
    [slept, *_] = watched(1)
    assert 0 < slept <= 1.5
    assert slept == live.SECONDS_BETWEEN_LOOKS


def test_after_each_look_an_old_connection_is_closed(watched: Callable[[int], list[Any]]) -> None:
    """Else a connection lives for ever, whatever CONN_MAX_AGE says."""
    nap = live.SECONDS_BETWEEN_LOOKS
    assert watched(2) == [nap, "old closed", nap, "old closed"]


def test_after_a_failure_the_connection_is_closed_and_the_next_look_finds_what_is_new(
    watched: Callable[[int], list[Any]],
) -> None:
    page, statements = make_page(), list[str]()
    publish([page], None, "")

    def first(sql: str) -> bool:
        statements.append(sql)
        return len(statements) == 1

    nap = live.SECONDS_BETWEEN_LOOKS
    with database_dying(first):
        assert watched(2) == [nap, "closed", nap, "old closed"]
    assert live_title(page) == "test/page en"


def test_the_thread_looks_once_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []

    class Thread:
        daemon = False

        def __init__(self, **given: Any) -> None:
            started.append(given)

        def start(self) -> None:
            started.append(live_title(Page(code="test/page")))

    monkeypatch.setattr("sextortion_help.publishing.live.threading.Timer", lambda *_: Mock())
    monkeypatch.setattr("sextortion_help.publishing.live.threading.Thread", Thread)
    publish([make_page()], None, "")
    live.watch()
    assert started[0]["target"] is live._look_for_ever
    assert started[0]["daemon"] is True  # else the process never ends
    assert started[1] == "test/page en"


@pytest.mark.parametrize("error", [OperationalError, ZeroDivisionError])
def test_no_failure_ends_the_thread_and_each_is_told(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bool:
        raise error

    monkeypatch.setattr(live, "_look", broken)
    assert live.refresh() is False
    said = "the database does not answer" if error is OperationalError else error.__name__
    assert said in caplog.text
    assert time.monotonic() >= live.seconds_since_database() >= 0


def test_each_look_has_a_timer_of_its_own_that_ends_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[Any] = []

    class Timer:
        daemon = False

        def __init__(self, *given: Any) -> None:
            done.append(given)

        def start(self) -> None:
            done.append(("starts", self.daemon))  # a program that ends waits for no timer

        def cancel(self) -> None:
            done.append("is cancelled")

    monkeypatch.setattr("sextortion_help.publishing.live.threading.Timer", Timer)
    monkeypatch.setattr(live, "refresh", lambda: done.append("looks"))
    live._look_once()
    assert done == [
        (live.SECONDS_FOR_A_LOOK, live._hang_up, [connection]), ("starts", True), "looks",
        "is cancelled",
    ]  # fmt: skip


@pytest.mark.parametrize(("vendor", "hung_up"), [("postgresql", True), ("sqlite", False)])
def test_hanging_up_ends_the_line_to_a_server(vendor: str, hung_up: bool) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        live._hang_up(Mock(vendor=vendor, connection=ours))
        if hung_up:
            assert theirs.recv(1) == b""
        else:
            with pytest.raises(BlockingIOError):
                theirs.recv(1)
        assert ours.fileno() > 0  # whose it is closes it


def test_hanging_up_twice_or_before_anybody_called_is_no_fault() -> None:
    live._hang_up(Mock(vendor="postgresql", connection=None))
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        ours.shutdown(socket.SHUT_RDWR)
        live._hang_up(Mock(vendor="postgresql", connection=ours))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no other end")
def test_a_connection_that_is_silent_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the server is stopped in the middle of a query: only we can end that."""
    own = connections.create_connection("default")
    monkeypatch.setattr(live, "SECONDS_FOR_A_LOOK", 0.3)
    monkeypatch.setattr(live, "connections", {"default": own})

    def asleep() -> bool:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")
        return True

    monkeypatch.setattr(live, "_look", asleep)
    own.connect()
    live._look_once()
    assert (
        live._memory.failing
    )  # it did not wait for the end of that sleep, which would be a success
    assert own.connection is None  # so that the next look opens another
    with connection.cursor() as cursor:  # else the database of the tests cannot be dropped
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
        )


# --- the contents of one revision


def test_plus_shows_what_would_be_live_and_changes_nothing(page: Page) -> None:
    now = live.live()
    after = now.plus([freeze(again(make_page("new")))])
    assert (title(after, "new"), title(after)) == ("new en", "test/page en")
    assert title(now, "new") is None
    Page.objects.filter(pk=page.pk).update(title_en="other")
    changed = after.plus([freeze(again(page))])
    assert title(changed) == "other"
    assert len(changed.items) == len(after.items) == len(now.items) + 1
    assert changed.revision == now.revision


def test_minus_shows_what_would_be_left_and_changes_nothing(page: Page) -> None:
    now = live.live()
    content = now.get(PageContent, page.code)
    assert content
    after = now.minus([content])
    assert after.get(PageContent, page.code) is None
    assert len(after.items) == len(now.items) - 1
    assert now.get(PageContent, page.code) is content
    assert after.paths == now.paths - {content.path}


def test_content_of_a_kind_comes_in_the_order_of_the_editors() -> None:
    put_live(make_page("second", order=2), make_page("last", order=10))
    put_live(make_page("a-tie", order=2), make_service())
    assert [page.code for page in live.live().all(PageContent)] == ["a-tie", "second", "last"]
    assert Contents().all(PageContent) == ()


def test_what_the_site_links_to_comes_in_the_order_of_the_editors_whatever_its_kind(
    line: Any,
) -> None:
    put_live(
        make_page("third", order=3, entries=["door", "footer"]),
        make_self_check(order=2, entries=["door"]),
        make_page("first", order=1, entries=["footer", "door"]),
    )
    assert line.code
    assert [content.code for content in live.live().linked("door")] == ["first", "small", "third"]
    assert [content.code for content in live.live().linked("footer")] == ["first", "third"]
    assert live.live().linked("help") == ()


THERE = (
    "/", "/test/page/", "/check/", "/check/small/", "/chat/", "/chat/small/", "/lines/",
    "/lines/be/", "/lines/be/talk/", "/lines/talk/", "/letters/", "/letters/test-letter/", "/tell/",
    "/apps/", "/test/page/?a=1", "/test/page/#down", "/test/page/?a=/nowhere/#b?c",
)  # fmt: skip
NOT_THERE = (
    "", "test/page/", "/test/page", "/nowhere/", "/nl-be/test/page/", "/admin/", "/health/",
    "/lines/zz/", "/lines/nl/", "/lines/nothing/", "/letters/nobody/", "//evil.example/",
    "/%5Cevil/", "/test/page/../../x/", "/test//page/", "/check/x/", "/chat/x/",
)  # fmt: skip


def test_a_path_of_content_that_is_live_is_known_in_every_language_and_no_other(line: Any) -> None:
    put_live(line, *(make() for make in MAKE.values()))
    for language in LANGUAGES:
        with translation.override(language):
            known = [path for path in (*THERE, *NOT_THERE) if live.live().has_path(path)]
            assert known == [*THERE], language


@pytest.mark.usefixtures("line")
def test_the_first_of_a_kind_is_linked_to_by_its_short_address() -> None:
    put_live(make_self_check("two", order=2), make_self_check("one", order=1))
    one, two = live.live().all(MAKE_CHECK)
    assert live.live().address(one) == "/check/"
    assert live.live().address(two) == "/check/two/"
    put_live(make_page())
    [page] = live.live().all(PageContent)
    assert live.live().address(page) == "/test/page/"


MAKE_CHECK: Any = next(
    model.content_class for model in publishable_models() if model.content_kind() == "selfcheck"
)


# --- links


def test_dead_links_are_found_in_every_text_of_a_page_and_named_once() -> None:
    page = make_page(body_nl="[a](/gone/) [b](/gone/#c)", body_fr="[d](/test/page/)")
    page.steps.create(code="s", title_en="t", body_en="[e](/away/?f=1)")
    content = freeze(whole(Page).get())
    assert own_links(content) == ["/gone/", "/test/page/", "/away/"]
    assert dead_links(content, Contents().plus([content])) == ["/gone/", "/away/"]


@pytest.mark.usefixtures("line")
def test_what_an_ending_shows_is_a_link_too() -> None:
    check = make_self_check()
    check.endings.get(code="ffff").pages.add(make_page())
    content = freeze(again(check))
    assert own_links(content) == ["/test/page/"]
    assert dead_links(content, live.live()) == ["/test/page/"]


def test_a_loss_is_what_is_there_now_and_would_not_be() -> None:
    put_live(make_page("target"), make_page("linking", body="[a](/target/)"))
    now = live.live()
    target, linking = now.get(PageContent, "target"), now.get(PageContent, "linking")
    assert target
    assert linking
    assert losses(now, now) == []
    assert losses(now, now.minus([target])) == [(linking, "/target/")]
    assert losses(now, now.minus([target, linking])) == []
    assert losses(now.minus([target]), now.minus([target])) == []  # it was dead already
    without_link = msgspec.structs.replace(linking, body=linking.after)
    assert losses(now, now.minus([target]).plus([without_link])) == []  # it links there no longer


def test_only_kinds_of_content_with_a_model_are_published() -> None:
    kinds = [model.content_kind() for model in publishable_models()]
    assert sorted(kinds) == sorted(MAKE)


def test_a_version_of_an_unknown_kind_does_not_hide_one_of_the_same_code(page: Page) -> None:
    append("dragon", page.code, {})
    assert live.refresh()
    assert live_title(page) == "test/page en"

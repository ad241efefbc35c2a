"""What a process holds in memory: it follows the database, and outlives it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guidance.models import Page
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import database_dying, live_title, make_page, make_service, put_live
from tests.quiz.builders import make_quiz

pytestmark = pytest.mark.django_db


def append(code: str, data: dict, kind: str = "page", **fields) -> Version:
    """Store a version without any check, as code of another release could have."""
    highest = Version.objects.filter(kind=kind, code=code).first()
    number = highest.number + 1 if highest else 1
    return Version.objects.create(
        kind=kind, code=code, number=number, data=data, digest="0", **fields
    )


def test_a_newer_revision_is_taken_over_in_three_queries(django_assert_num_queries) -> None:
    [version] = publish([make_page()], None, "")
    with django_assert_num_queries(3):
        assert live.refresh()
    assert live.live().revision == version.id
    assert live_title(Page(code="test/page")) == "test/page en"


def test_looking_without_finding_costs_one_query_on_an_index(django_assert_num_queries) -> None:
    before = live.live()
    with django_assert_num_queries(1), CaptureQueriesContext(connection) as captured:
        assert not live.refresh()
    assert live.live() is before
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {captured[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "SEARCH" in plan or "Index Only Scan" in plan
    assert "Seq Scan" not in plan


def test_a_page_is_read_without_any_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert live.live().all(Page.content_class)


def test_content_outlives_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(live.time, "monotonic", lambda: clock[0])
    before = live.live()
    assert live.database_failing_seconds() == 0
    with database_dying(lambda sql: True):
        assert not live.refresh()
        clock[0] += 7
        assert not live.refresh()
    assert live.live() is before
    assert live.database_failing_seconds() == 7
    health = Client().get("/health/")
    assert health.status_code == 200
    assert health.json() == {
        "revision": before.revision, "database": "not answering", "failing_seconds": 7,
    }  # fmt: skip
    assert not live.refresh()
    assert live.database_failing_seconds() == 0
    assert Client().get("/health/").json()["database"] == "ok"


def test_a_long_failure_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with database_dying(lambda sql: True):
        live.refresh()
        live.refresh()
    assert len(caplog.records) == 1


def test_a_database_that_dies_between_two_queries_changes_nothing() -> None:
    publish([make_page()], None, "")
    before = live.live()
    with database_dying(lambda sql: "retired" in sql):
        assert not live.refresh()
    assert live.live() is before
    assert live.refresh()


def test_without_any_content_the_process_says_it_is_not_ready() -> None:
    live._memory.live = live.Live()
    with database_dying(lambda sql: True):
        live.refresh()
    assert Client().get("/health/").status_code == 503


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("dragon", {"code": "x", "order": 0}),
        ("page", {"code": "x"}),
        ("page", {"code": 7, "order": "first"}),
        ("page", []),
    ],
)
def test_content_that_cannot_be_read_leaves_the_old(kind: str, data: dict) -> None:
    before = live.live()
    append("x", data, kind)
    assert not live.refresh()
    assert live.live() is before
    assert live.database_failing_seconds() > 0


def test_a_readable_version_after_a_broken_one_is_taken_over() -> None:
    append("x", {"code": "x"})
    assert not live.refresh()
    append("x", {}, retired=True)
    assert live.refresh()
    assert live.database_failing_seconds() == 0


def test_staff_can_publish_the_mend_of_what_cannot_be_read() -> None:
    page = make_page("x")
    append("x", {"code": "x"})
    put_live(page)
    assert live_title(page) == "x en"


def test_the_watch_looks_again_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    naps, closed = [], []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            raise SystemExit

    monkeypatch.setattr(live.time, "sleep", sleep)
    monkeypatch.setattr(live.connection, "close", lambda: closed.append(True))
    monkeypatch.setattr(live, "close_old_connections", lambda: None)
    publish([make_page()], None, "")
    with pytest.raises(SystemExit):
        with_one_failure(live._look_for_ever)
    assert naps == [live.SECONDS_BETWEEN_LOOKS] * 3
    assert closed == [True]
    assert live_title(Page(code="test/page")) == "test/page en"


def with_one_failure(run) -> None:
    """Run with a database whose first statement fails."""
    statements: list[str] = []

    def first(sql: str) -> bool:
        statements.append(sql)
        return len(statements) == 1

    with database_dying(first):
        run()


def test_plus_shows_what_would_be_live_and_changes_nothing() -> None:
    now, page = live.live(), make_page()
    after = now.plus([page.content()])
    assert after.get(Page.content_class, "test/page").title.en == "test/page en"
    assert now.get(Page.content_class, "test/page") is None
    page.title_en = "other"
    again = after.plus([page.content()])
    assert again.get(Page.content_class, "test/page").title.en == "other"
    assert len(again.contents) == len(after.contents) == len(now.contents) + 1


def test_minus_shows_what_would_be_left_and_changes_nothing() -> None:
    now = live.live()
    page = now.get(Page.content_class, "first")
    after = now.minus(page)
    assert after.get(Page.content_class, "first") is None
    assert len(after.contents) == len(now.contents) - 1
    assert now.get(Page.content_class, "first") is page


def test_content_of_a_kind_comes_in_the_order_of_the_editors() -> None:
    put_live(make_page("second", order=100_001), make_page("last", order=100_002))
    put_live(make_page("a-tie", order=100_001))
    codes = [page.code for page in live.live().all(Page.content_class)]
    assert codes[-3:] == ["a-tie", "second", "last"]


@pytest.mark.parametrize(
    "path",
    ["/", "/check/", "/first/", "/steps/paid/", "/lines/", "/lines/nl/", "/letters/", "/tell/",
     "/steps/paid/?a=1", "/steps/paid/#down", "/first/?a=/nowhere/#b?c"],
)  # fmt: skip
def test_a_path_of_a_page_that_is_live_is_known_in_every_language(path: str, language: str) -> None:
    translation.activate(language)
    assert live.live().has_path(path)


@pytest.mark.parametrize(
    "path",
    ["", "first/", "/first", "/nowhere/", "/nl/first/", "/admin/", "/health/", "/lines/zz/",
     "/letters/nobody/", "//evil.example/", "/%5Cevil/", "/steps/paid/../../x/", "/steps//paid/"],
)  # fmt: skip
def test_a_path_of_no_page_is_not_known(path: str, language: str) -> None:
    translation.activate(language)
    assert not live.live().has_path(path)


def test_a_page_that_is_not_live_has_no_path(editor) -> None:
    make_page("draft-only")
    now = live.live()
    assert not now.has_path("/draft-only/")
    assert not now.minus(now.get(Page.content_class, "first")).has_path("/first/")


def test_a_country_without_services_has_no_path() -> None:
    assert not live.Live(1).has_path("/lines/nl/")


def test_dead_links_are_found_in_every_text_of_a_page_and_named_once() -> None:
    page = make_page(body_nl="[a](/gone/) [b](/gone/#c)", body_fr="[d](/first/)")
    page.steps.create(code="s", title_en="t", body_en="[e](/away/?f=1)")
    assert live.live().dead_links(page.content()) == ["/gone/", "/away/"]


def test_dead_links_name_what_a_quiz_cannot_do_without() -> None:
    quiz = make_quiz(purposes=["money"])
    quiz.endings.first().pages.add(make_page("not-live"))
    now = live.live()
    services = [service for service in now.everything() if hasattr(service, "phone")]
    translation.activate("en")
    assert now.dead_links(quiz.content()) == ["not-live"]
    for service in services:
        now = now.minus(service)
    assert now.dead_links(quiz.content()) == [
        "not-live", "ffff: a human contact", "gggg: a human contact",
    ]  # fmt: skip


def test_only_kinds_of_content_with_a_model_are_published() -> None:
    kinds = [model.content_kind() for model in live.publishable_models()]
    assert sorted(kinds) == ["app", "letter", "message", "page", "quiz", "service"]
    assert make_service().content_kind() == "service"

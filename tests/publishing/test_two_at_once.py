"""Two people publish at the same moment: neither's work stays unseen by a process that looks between."""

import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from guidance.models import Service
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.publish import publish, retire
from tests.publishing.builders import make_page

POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test commit for good. What it published is taken out again behind Version's back."""
    with django_db_blocker.unblock():
        newest = Version.objects.first().id
        live.refresh()
        yield
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE publishing_version DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM publishing_version WHERE id > %s", [newest])
            cursor.execute("ALTER TABLE publishing_version ENABLE TRIGGER USER")
        connection.close()


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite lets only one transaction write, see below")
@pytest.mark.usefixtures("committing")
def test_a_slow_publish_is_not_lost_behind_a_fast_one() -> None:
    has_written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            retire(Service.objects.get(code="be-igvm"), None, "slow")
            has_written.set()
            may_commit.wait(20)
        connections.close_all()

    def fast() -> None:
        retire(Service.objects.get(code="x-stopncii"), None, "fast")
        connections.close_all()

    first, second = threading.Thread(target=slow), threading.Thread(target=fast)
    first.start()
    assert has_written.wait(20)
    second.start()
    second.join(1)  # it would be long done if nothing held it back
    live.refresh()
    may_commit.set()
    first.join(20)
    second.join(20)
    live.refresh()
    assert [code for code in ("be-igvm", "x-stopncii") if _is_live(code)] == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no LOCK TABLE")
@pytest.mark.django_db
def test_the_lock_is_taken_before_anything_is_read(django_assert_max_num_queries) -> None:
    page = make_page()
    with django_assert_max_num_queries(100) as captured:
        publish([page], None, "")
    statements = [query["sql"] for query in captured.captured_queries]
    assert "SAVEPOINT" in statements[0]
    assert statements[1].startswith("LOCK TABLE publishing_version")


@pytest.mark.skipif(POSTGRESQL, reason="a setting of SQLite")
def test_on_sqlite_a_publish_has_the_write_lock_from_its_start() -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def _is_live(code: str) -> bool:
    return live.live().get(Service.content_class, code) is not None

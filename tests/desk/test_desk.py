"""The desk: what there is to do, "I checked this today", and a search over everything."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guidance.models import Page, Service
from quiz.models import Question, SelfCheck
from sextortion_help.desk.models import OutsideAddress, Summary
from sextortion_help.desk.summaries import summaries
from sextortion_help.people import record
from sextortion_help.publishing import live
from sextortion_help.publishing.freezing import as_data
from sextortion_help.publishing.models import Draft, Version
from sextortion_help.publishing.planning import read as read_drafts
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import source_of, whole
from tests.desk.builders import (
    Response,
    first_of,
    last_of,
    make_check,
    make_page,
    opened,
    read,
    send,
)
from tests.desk.conftest import logged_in, person
from tests.publishing.builders import append, make_service

pytestmark = pytest.mark.django_db

DESK = "/admin/"
TODAY = timezone.localdate()


def rows(answer: Response, section: str) -> dict[str, Any]:
    """Give the rows of a section of the desk by the codes of their drafts."""
    found = next(one for one in answer.context["sections"] if one["name"] == section)
    return {row.code: row for row in found["rows"]}


def everything(client: Client, section: str, **asked: str) -> dict[str, Any]:
    return rows(client.get(DESK, {"all": section, **asked}), section)


def line(code: str, **fields: Any) -> Service:
    """Make a service live."""
    service = make_service(code, purposes=["info"], **fields)
    publish([service], None, "")
    live.refresh()
    return service


def test_what_has_dates_stands_where_it_belongs_and_leads_to_its_field(me: Client) -> None:
    late = line("late", review_by=TODAY - timedelta(days=3), verified_on=date(2025, 1, 1))
    line("soon", review_by=TODAY + timedelta(days=30))
    line("far", review_by=TODAY + timedelta(days=31), verified_on=TODAY)
    line("never", review_by=TODAY + timedelta(days=31))
    assert everything(me, "overdue").keys() == {"late"}
    assert everything(me, "soon").keys() == {"soon"}
    assert {"late", "soon", "far"}.isdisjoint(never := everything(me, "never"))
    assert never["never"].url.endswith("#id_verified_on")
    row = everything(me, "overdue")["late"]
    assert row.url == late.edit_url("review_by")
    assert row.said == "3 days late"
    assert "id_review_by" in read(me.get(row.url)).ids
    assert everything(me, "overdue", country="BE").keys() == {"late"}
    assert everything(me, "overdue", country="NL") == {}


def test_checked_today_publishes_the_dates_and_nothing_else(me: Client) -> None:
    same, other, unseen = line("same"), line("other"), make_service("unseen", purposes=["info"])
    Service.objects.filter(pk=other.pk).update(name_nl="Never published", edition=9)
    keys = [f"service:{one.pk}" for one in (same, other, unseen)]
    answer = me.post(DESK, {"row": keys}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said[0] == "Written down as checked today: 3."
    assert said[1].startswith("Visitors do not see the new date of 1 of these yet")
    for service in (same, other):
        new, before = service.versions()[:2]
        dates = {
            "verified_on": TODAY.isoformat(),
            "review_by": (TODAY + timedelta(365)).isoformat(),
        }
        assert new.source == {**before.source, **dates}  # type: ignore[dict-item]  # it has one
        assert new.data == {**before.data, "verified_on": TODAY.isoformat()}
        assert new.published_by == User.objects.get(username="me")
    assert not unseen.versions().exists()
    drafts = {one.code: one for one in whole(Service).filter(code__in=("same", "other", "unseen"))}
    assert {one.verified_on for one in drafts.values()} == {TODAY}
    assert source_of(drafts["same"]) == same.versions()[0].source  # the draft is as it is live
    assert drafts["other"].name_nl == "Never published"
    assert "other" in everything(me, "drafts")
    assert "same" not in everything(me, "drafts")


def test_who_may_not_publish_dates_the_draft_alone(db: None) -> None:
    user = person("new")
    user.user_permissions.remove(Permission.objects.get(codename="add_version"))
    service = line("mine", verified_on=date(2026, 1, 1), review_by=date(2026, 7, 1))
    count = Version.objects.count()
    client = logged_in(user)
    client.post(DESK, {"one": f"service:{service.pk}"})
    service.refresh_from_db()
    assert (service.verified_on, service.review_by) == (TODAY, TODAY + timedelta(days=181))
    assert Version.objects.count() == count
    assert client.post(reverse("desk_links")).status_code == 403


def test_nobody_dates_what_they_may_not_change(db: None) -> None:
    user = User.objects.create_user("reads", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_service"))
    service = line("seen")
    client = logged_in(user)
    assert "seen" in everything(client, "never")
    client.post(DESK, {"one": f"service:{service.pk}"})
    service.refresh_from_db()
    assert service.verified_on is None


def test_a_draft_that_differs_names_who_saved_it_last(me: Client, anna: Client) -> None:
    page = make_page()
    publish([page], None, "")
    assert page.code not in everything(me, "drafts")
    send(anna, page, opened(anna, page), title_nl="Anders")
    assert everything(me, "drafts")[page.code].said == "draft differs, anna"
    check = make_check()
    question = check.questions.first()
    assert question
    send(anna, question, opened(anna, question), text_fr="Autre")
    assert everything(me, "drafts")[check.code].said == "never published, anna"


def test_a_draft_beside_a_version_without_source_is_live_while_it_reads_the_same(
    me: Client,
) -> None:
    page = make_page()
    [frozen] = read_drafts([page])
    append("page", page.code, as_data(frozen.content))
    assert page.code not in everything(me, "drafts")
    Page.objects.filter(pk=page.pk).update(title_en="Other", edition=9)
    assert everything(me, "drafts")[page.code].said == "draft differs"


def _url(row: Draft, way: str) -> str:
    return row.edit_url().replace("/change/", f"/{way}/")


def _from_the_list(client: Client, check: SelfCheck, question: Question) -> None:
    where = reverse("admin:quiz_question_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"}
    client.post(where, chosen)


# what a press does besides saving a form; each is given a question to which nothing leads, the last
PRESSES: dict[str, Callable[[Client, SelfCheck, Question], Any]] = {
    "deleted question": lambda me, check, one: me.post(_url(one, "delete"), {"post": "yes"}),
    "deleted questions": _from_the_list,
    "removed question": lambda me, check, one: me.post(
        _url(one, "remove"), {"to": f"end-{last_of(check.endings).pk}"}
    ),
    "added question": lambda me, check, one: send(
        me, check, opened(me, check), _insert=str(first_of(first_of(check.questions).answers).pk)
    ),
    "changed order": lambda me, check, one: send(
        me, check, opened(me, check), _move=f"questions:{one.pk}:up"
    ),
}


@pytest.mark.parametrize("press", PRESSES)
def test_whatever_a_button_changes_is_recorded_and_names_who_pressed_it(
    press: str, me: Client, anna: Client
) -> None:
    check = make_check()
    unled = Question.objects.create(self_check=check, text_en="Nothing leads here")
    send(me, check, opened(me, check), title_nl="Van mij")
    before = LogEntry.objects.count()
    PRESSES[press](anna, check, unled)
    assert everything(me, "drafts")[check.code].said == "never published, anna"
    written = LogEntry.objects.count() - before
    lines = record.rows("", "saved", 1)[0][:written]
    assert {line.who for line in lines} == {"anna"}
    said = " ".join(f"{line.what} {line.about} {line.more}" for line in lines)
    what, kind = press.split()
    assert {"removed": "Deleted"}.get(what, what.title()) in said
    assert kind.rstrip("s") in said


def test_a_move_that_moves_nothing_is_not_recorded(me: Client) -> None:
    check = make_check()
    before = LogEntry.objects.count()
    send(me, check, opened(me, check), _move=f"questions:{first_of(check.questions).pk}:up")
    assert LogEntry.objects.count() == before


def test_what_leads_to_a_new_row_says_so_in_the_record(me: Client) -> None:
    question = last_of(make_check().questions)
    typed = {"answers-0-ending": "", "answers-0-next_question": "new-1"}
    send(me, question, opened(me, question), **typed)
    [line, *_] = record.rows("", "saved", 1)[0]
    made = first_of(question.answers).next_question
    assert f"Added question “{made}”" in line.more


def test_a_date_that_no_version_tells_of_is_recorded(me: Client) -> None:
    live_, unseen = line("live"), make_service("unseen", purposes=["info"])
    me.post(DESK, {"row": [f"service:{live_.pk}", f"service:{unseen.pk}"]})
    [said] = LogEntry.objects.all()
    assert said.object_id == str(unseen.pk)
    assert "verified on" in said.change_message
    assert everything(me, "drafts")["unseen"].said == "never published, me"


def test_a_translation_that_is_missing_or_older_leads_to_its_field(me: Client) -> None:
    page = make_page(steps=1, title_fr="")
    row = everything(me, "translations")[page.code]
    assert row.said == "French: missing: 1, first “title”"
    assert row.url == page.edit_url("title_fr")
    page.title_fr = "Titre"
    page.save()
    assert page.code not in everything(me, "translations")
    Summary.objects.filter(code=page.code).update(texts=_long_ago(page))
    send(me, page, opened(me, page), summary_nl="Anders")
    assert everything(me, "translations", language="fr")[page.code].said == (
        "French: older than its source: 1, first “summary”"
    )
    me.post(DESK, {"still": f"page:{page.pk}:fr"})
    assert everything(me, "translations", language="fr") == {}
    assert page.code in everything(me, "translations", language="en")


def _long_ago(page: Page) -> Any:
    summaries()
    texts = Summary.objects.get(code=page.code).texts
    return {
        key: {code: [mark, "2026-01-01T00:00:00+00:00"] for code, (mark, _) in languages.items()}
        for key, languages in texts.items()
    }


def test_a_link_that_is_dead_leads_to_the_field_that_names_it(me: Client) -> None:
    service = line("linked", url="https://gone.example/a")
    values = {"checked_at": timezone.now(), "works": False, "said": "404"}
    OutsideAddress.objects.create(address="https://gone.example/a", **values)
    OutsideAddress.objects.create(address="https://unused.example/", **values)
    found = everything(me, "dead")
    assert found.keys() == {"linked"}
    assert found["linked"].url == service.edit_url("url")
    assert "https://gone.example/a: it answers with the error 404" in found["linked"].said


def asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


@pytest.mark.parametrize("where", [DESK, "/admin/search/?q=desk"])
def test_it_asks_the_same_however_much_there_is(where: str, me: Client) -> None:
    me.get(DESK)
    few = asked(me, where)
    for number in range(12):
        make_page(f"desk/p{number}", steps=2, title_fr="")
        line(f"desk-{number}", review_by=TODAY, url=f"https://x{number}.example/a")
    make_check("desk-a"), make_check("desk-b")
    assert asked(me, where) <= few + 21  # each table once more, where something was saved since
    assert asked(me, where) == few <= 12


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("0800 32 12 3", "found"),
        ("eleve", "found"),
        ("EERSTE HULP", "found"),
        ("never written", ""),
    ],
)
def test_everything_is_found_in_any_language_and_spelling(
    words: str, code: str, me: Client
) -> None:
    line(
        "found",
        about_fr="Pour chaque élève",
        about_nl="Eerste  hulp",
        channels=[("call", "0800 32123")],
    )
    found = me.get("/admin/search/", {"q": words}).context["found"]
    assert [one.row.code for one in found] == ([code] if code else [])
    for one in found:
        assert one.places
        for url, _ in one.places:
            assert url.partition("#")[2] in read(me.get(url)).ids


def test_what_was_saved_or_deleted_a_moment_ago_is_known(me: Client) -> None:
    page = make_page(steps=2)
    summaries()
    step = page.steps.last()
    assert step
    step.body_en = "Zebra"
    step.save()
    assert [one.row.code for one in me.get("/admin/search/?q=zebra").context["found"]] == [
        page.code
    ]
    step.delete()
    assert me.get("/admin/search/?q=zebra").context["found"] == []
    page.delete()
    me.get(DESK)
    assert not Summary.objects.filter(code="desk/page").exists()

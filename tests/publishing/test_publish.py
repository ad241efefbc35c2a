"""Publishing: all or nothing, numbered, with who and why, and never anything but what was checked."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from guidance.content import Page as PageContent
from guidance.models import Page
from quiz.models import Answer, Contact, Ending, Outcome, Question, Reply, Tactic, Turn
from sextortion_help.publishing import checks, live, planning, sources
from sextortion_help.publishing.freezing import as_data
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.planning import read, seen
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import (
    again,
    append,
    database_dying,
    live_title,
    make_page,
    make_service,
    problems,
    put_live,
    texts,
)
from tests.quiz.builders import MAKE, make_practice, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_what_is_published_is_what_visitors_read() -> None:
    page = make_page()
    assert live_title(page) is None
    [version] = put_live(page)
    assert live_title(page) == "test/page en"
    assert (version.kind, version.code, version.number) == ("page", "test/page", 1)


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
def test_every_kind_is_published(kind: str) -> None:
    draft = MAKE[kind]()
    assert problems(draft) == []
    [version] = put_live(draft)
    assert (version.kind, version.number, version.retired) == (kind, 1, False)
    assert live.live().get(draft.content_class, draft.code)


def test_drafts_that_need_each_other_go_live_together() -> None:
    one, two = make_page("one", body="[two](/two/)"), make_page("two", body="[one](/one/)")
    with pytest.raises(Refused):
        publish([one], None, "")
    put_live(one, two)
    assert (live_title(one), live_title(two)) == ("one en", "two en")


def test_one_refused_draft_keeps_all_others_back() -> None:
    good, bad = make_page("good"), make_page("bad", sources="")
    before = Version.objects.count()
    with pytest.raises(Refused, match="bad: no source is given") as refused:
        publish([good, bad], None, "")
    assert Version.objects.count() == before
    assert [problem.url for problem in refused.value.problems] == [bad.edit_url("sources")]
    assert str(refused.value) == "; ".join(problem.text for problem in refused.value.problems)


def test_a_refusal_of_one_kind_keeps_drafts_of_other_kinds_back() -> None:
    with pytest.raises(Refused, match="test-line: no source is given"):
        publish([make_page(), make_service(source="")], None, "")
    assert {version.kind for version in Version.objects.all()} == {"country"}


def test_a_warning_keeps_nothing_back() -> None:
    page = make_page(title_en="Careful!")
    assert [problem.warning for problem in problems(page)] == [True]
    put_live(page)
    assert live_title(page) == "Careful!"


def test_a_database_that_dies_half_way_leaves_the_old_state(
    django_capture_on_commit_callbacks: Any,
) -> None:
    one, two = make_page("one"), make_page("two")
    put_live(one, two)
    Page.objects.update(title_en="new")
    before, count = live.live(), Version.objects.count()
    inserts: list[str] = []

    def insert(sql: str) -> bool:
        inserting = sql.startswith('INSERT INTO "publishing_version"')
        inserts.extend([sql] if inserting else [])
        return inserting

    with (
        pytest.raises(DatabaseError),
        database_dying(insert),
        django_capture_on_commit_callbacks(execute=True),
    ):
        publish([one, two], None, "")
    assert len(inserts) == 1  # all in one statement
    assert Version.objects.count() == count
    assert not live.refresh()
    assert live.live() is before
    assert states([again(one), again(two)]) == [State.DIFFERS] * 2


def test_memory_follows_the_commit_and_not_the_statement(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = make_page()
    with django_capture_on_commit_callbacks(execute=True):
        publish([page], None, "")
        assert live_title(page) is None
    assert live_title(page) == "test/page en"


def test_versions_of_each_object_are_counted_from_one() -> None:
    one, two = make_page("one"), make_page("two")
    numbers = []
    for title in ("a", "b", "c"):
        one.title_en = title  # type: ignore[attr-defined]  # modeltranslation's
        one.save()
        numbers += [(version.code, version.number) for version in put_live(one, two)]
    assert numbers == [("one", 1), ("two", 1), ("one", 2), ("one", 3)]


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
def test_an_unchanged_draft_gets_no_new_version(kind: str) -> None:
    draft = MAKE[kind]()
    put_live(draft)
    draft.save()
    assert put_live(draft) == []
    assert draft.versions().count() == 1


def test_what_reads_the_same_but_is_written_otherwise_gets_a_new_version() -> None:
    """Else its source would be lost, and the draft would say for ever that it differs."""
    page = make_page(body="*softly*")
    put_live(page)
    Page.objects.update(body_en="_softly_")
    assert [version.number for version in put_live(page)] == [2]
    assert states([again(page)]) == [State.LIVE]


def test_the_same_draft_named_twice_is_published_once() -> None:
    page = make_page()
    assert len(put_live(page, page)) == 1


def test_a_version_says_who_published_it_and_why(editor: User) -> None:
    [version] = publish([make_page()], editor, "a first try")
    version.refresh_from_db()
    assert (version.published_by, version.note) == (editor, "a first try")


def test_what_is_published_together_is_one_release_and_what_is_not_is_another() -> None:
    one, two = put_live(make_page("one"), make_service())
    [three] = put_live(make_page("three"))
    assert one.release
    assert one.release == two.release
    assert three.release not in (None, one.release)


# a row of each kind that belongs to a draft
PARTS: dict[str, type[Model]] = {
    "step": Page.steps.rel.related_model,
    **{model.__name__.lower(): model for model in (Question, Answer, Ending, Tactic, Contact, Turn, Reply, Outcome)},
}  # fmt: skip


def whole_of(name: str) -> tuple[Publishable, Any]:
    """Give a draft that can be published, and a row of this kind that belongs to it."""
    if name in MAKE:
        draft = MAKE[name]()
        return draft, draft
    if name == "step":
        page = make_page()
        first = page.steps.create(code="one", **texts(title="One", body="Do"))
        page.steps.create(code="two", **texts(title="Two", body="Do"))
        return page, first
    practice = name in ("tactic", "contact", "turn", "reply", "outcome")
    draft = make_practice() if practice else make_self_check()
    return draft, PARTS[name]._default_manager.first()


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("name", [*MAKE, *PARTS])
def test_a_draft_any_row_of_which_was_saved_since_is_not_published_unseen(name: str) -> None:
    draft, row = whole_of(name)
    looked_at = seen(read([draft]))
    translated = next(f.name for f in row._meta.fields if f.name.endswith("_fr") and not f.blank)
    setattr(row, translated, "nouveau")
    row.save()
    with pytest.raises(Refused, match="A draft was saved since you looked"):
        publish([draft], None, "", looked_at)
    assert not draft.versions().exists()
    put_live(draft)
    assert draft.versions().count() == 1


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("name", ["step", "answer", "reply"])
@pytest.mark.parametrize("act", ["added", "deleted", "moved"])
def test_a_row_that_came_went_or_moved_is_noticed_too(name: str, act: str) -> None:
    draft, row = whole_of(name)
    looked_at = seen(read([draft]))
    if act == "deleted":
        row.delete()
    elif act == "moved":
        row.order = 77
        row.save()
    else:
        row.pk, row.code, row._state.adding = None, "zz", True
        row.save()
    assert seen(read([draft])) != looked_at
    with pytest.raises(Refused, match="A draft was saved since you looked"):
        publish([draft], None, "", looked_at)


@pytest.mark.usefixtures("line")
def test_what_nobody_touched_is_published_as_it_was_looked_at() -> None:
    drafts = [make_page(), make_self_check()]
    looked_at = seen(read(drafts))
    make_page("another")
    drafts[0].save()  # unchanged
    assert len(publish(drafts, None, "", looked_at)) == 2
    assert not publish(drafts, None, "", looked_at)


def test_looking_at_one_of_two_is_not_looking_at_both() -> None:
    one, two = make_page("one"), make_page("two")
    with pytest.raises(Refused, match="since you looked"):
        publish([one, two], None, "", seen(read([one])))


def test_an_empty_answer_to_what_was_looked_at_is_not_everything() -> None:
    with pytest.raises(Refused, match="since you looked"):
        publish([make_page()], None, "", "nothing")


@pytest.fixture
def colleague(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Let somebody act between the reading of the drafts and their check; and between check and freeze."""

    def acts(act: Any) -> None:
        original, done = planning._problems, threading.Event()

        def first_somebody_acts(*arguments: Any) -> list[Problem]:
            if not done.is_set():
                done.set()
                act()
            return original(*arguments)

        monkeypatch.setattr(planning, "_problems", first_somebody_acts)

    return acts


@pytest.mark.usefixtures("line")
def test_what_a_colleague_mends_in_between_does_not_help(colleague: Any) -> None:
    """What is checked is what was read: on PostgreSQL a colleague's save could come in between."""
    check = make_self_check()
    broken = Answer.objects.filter(question__self_check=check, code="cc")
    broken.update(advice_fr="")
    colleague(lambda: broken.update(advice_fr="Conseil"))
    with pytest.raises(Refused, match="what we say at once"):
        publish([check], None, "")
    assert not check.versions().exists()


@pytest.mark.usefixtures("line")
def test_what_a_colleague_breaks_in_between_does_no_harm(colleague: Any) -> None:
    page = make_page()
    page.steps.create(code="step", **texts(title="good", body="good"))
    steps = page.steps
    colleague(lambda: steps.update(body_en="<script>alert(1)</script>", title_en=""))
    put_live(page)
    content = live.live().get(PageContent, page.code)
    assert content
    [step] = content.steps
    assert (str(step.title.within("en")), step.body.within("en")) == ("good en", "<p>good en</p>")
    assert states([again(page)]) == [State.DIFFERS]


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
def test_checking_reads_no_row_again(kind: str, django_assert_num_queries: Any) -> None:
    """The guard of the two tests above, for every kind: whatever it checks, it checks what was read."""
    draft = MAKE[kind]()
    if kind == "page":
        draft.steps.create(code="one", **texts(title="One", body="Do"))  # type: ignore[attr-defined]  # of its kind
    if kind == "selfcheck":
        page = make_page("other")
        draft.endings.first().pages.add(page)  # type: ignore[attr-defined]  # of its kind
        put_live(page)
    [frozen] = read([draft])
    after = live.from_database().plus([frozen.content])
    with django_assert_num_queries(0):
        assert checks.problems_of(frozen.draft, frozen.content, after) == []
        sources.source_of(frozen.draft)


def test_reading_drafts_costs_the_same_however_many(django_assert_num_queries: Any) -> None:
    drafts = [make_page(f"page-{number}") for number in range(3)]
    with CaptureQueriesContext(connection) as few:
        read(drafts)
    drafts += [make_page(f"other-{number}") for number in range(20)]
    with django_assert_num_queries(len(few)):
        read(drafts)


@pytest.mark.usefixtures("line")
def test_a_version_from_before_sources_were_kept_gets_no_new_one_when_the_draft_reads_the_same() -> (
    None
):
    page = make_page()
    [frozen] = read([page])
    append("page", page.code, as_data(frozen.content))
    assert put_live(page) == []
    Page.objects.update(title_fr="autre")
    assert [version.number for version in put_live(page)] == [2]

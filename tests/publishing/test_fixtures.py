"""Content as files: out of the database as it went in, byte for byte, and in again without harm."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from guidance.choices import NEEDED
from guidance.models import Country, Page
from sextortion_help.publishing import fixtures
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.sources import source_of, whole
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import (
    again,
    append,
    make_page,
    make_service,
    put_live,
    retire,
    take_everything_out,
    texts,
)
from tests.quiz.builders import MAKE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PAGE = """
- model: guidance.page
  fields: {code: small, audience: everyone, sources: a source, title_nl: a, title_fr: b, title_en: c,
    summary_nl: a, summary_fr: b, summary_en: c}
"""
# words that YAML could write otherwise, or take for something else
HARD = "yes: no #1\n- “Ça\u202f?” 'it''s'\n\n\ttab & 100 %\nEnd "


def everything(line: bool = True) -> None:
    """Build one of each kind with everything that belongs to it, and let all of it go live."""
    made = {kind: make() for kind, make in MAKE.items()}
    drafts, check = list(made.values()), made["selfcheck"]
    page = make_page("shown", purposes=["suicide", "talk"], entries=["help"])
    page.steps.create(code="one", order=10, **texts(title="One", body=HARD))
    page.steps.create(code="two", order=5, **texts(title="Two"))
    other = make_page("not-shown")
    other.steps.create(code="one", **texts(title="Another one"))
    check.endings.first().pages.add(page)  # type: ignore[attr-defined]  # a self-check
    put_live(*drafts, page, other)
    assert line


def all_sources() -> dict[str, list[Any]]:
    return {model.__name__: list(map(source_of, whole(model))) for model in publishable_models()}


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("seed", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.usefixtures("line")
def test_what_is_exported_and_loaded_is_exported_the_same_again(tmp_path: Path) -> None:
    country = Country.objects.get()
    for need in NEEDED:  # a site that begins owes its visitors a line or a sentence
        country.gaps.create(code=need, **texts(text="Nobody"))
    put_live(country)
    everything()
    before = all_sources()
    first = fixtures.export(tmp_path / "first")
    take_everything_out()
    run(*map(str, first))
    assert all_sources() == before
    second = fixtures.export(tmp_path / "second")
    assert [path.name for path in first] == [path.name for path in second]
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes()
    assert {state for model in publishable_models() for state in states(list(whole(model)))} == {
        State.LIVE
    }


def test_a_kind_of_which_nothing_is_left_has_no_file(tmp_path: Path, editor: User) -> None:
    page = make_page()
    put_live(page)
    assert "pages.yaml" in [path.name for path in fixtures.export(tmp_path)]
    retire(page, editor, "")
    left = fixtures.export(tmp_path)
    assert left == [*tmp_path.rglob("*.yaml")]
    assert [path.name for path in left] == ["countries.yaml"]
    run(*map(str, left))


def test_a_database_without_content_takes_no_fixture_away(tmp_path: Path) -> None:
    written = fixtures.export(tmp_path)
    take_everything_out()
    with pytest.raises(CommandError, match="Nothing is live"):
        call_command("content", "--export", str(tmp_path))
    assert written
    assert all(path.exists() for path in written)


@pytest.mark.usefixtures("line")
def test_files_are_loaded_twice_without_error_or_change(tmp_path: Path) -> None:
    everything()
    paths = fixtures.export(tmp_path)
    before = all_sources()
    for _ in range(2):
        for path in paths:  # each alone, too: natural keys need nothing but the rows they name
            call_command("loaddata", str(path), verbosity=0)
    assert all_sources() == before


@pytest.mark.usefixtures("line")
def test_what_is_dumped_is_loaded_too(tmp_path: Path) -> None:
    everything()
    before = all_sources()
    dump = tmp_path / "dump.json"
    call_command(
        "dumpdata", "guidance", "quiz", natural_foreign=True, natural_primary=True, output=str(dump)
    )
    for _ in range(2):
        call_command("loaddata", str(dump), verbosity=0)
    assert all_sources() == before


@pytest.mark.usefixtures("line")
def test_every_row_is_found_by_its_natural_key() -> None:
    everything()
    for model in publishable_models():
        for draft in whole(model):
            for row in draft.rows():
                key = row.natural_key()
                assert all(isinstance(value, str) for value in key)
                assert len(key) == len(row.natural_fields)
                assert type(row).objects.get_by_natural_key(*key) == row


def test_what_is_exported_is_what_is_live_and_not_the_draft(tmp_path: Path, editor: Any) -> None:
    live, gone, old = make_page("live"), make_page("gone"), make_page("old")
    make_page("never")
    put_live(live, gone)
    retire(gone, editor, "")
    append("page", old.code, {"code": old.code})
    Page.objects.filter(pk=live.pk).update(title_en="draft")
    [path] = [path for path in fixtures.export(tmp_path) if path.name == "pages.yaml"]
    rows = yaml.safe_load(path.read_text())
    assert [row["fields"]["code"] for row in rows] == ["live"]
    assert rows[0]["fields"]["title_en"] == "live en"


@pytest.mark.usefixtures("line")
def test_files_stand_where_they_stand_under_the_project_one_for_each_kind(tmp_path: Path) -> None:
    everything()
    output = StringIO()
    call_command("content", "--export", str(tmp_path), stdout=output)
    paths = [Path(line) for line in output.getvalue().split()]
    assert sorted(str(path.relative_to(tmp_path)) for path in paths) == sorted(
        f"{model._meta.app_label}/fixtures/{fixtures.name_of(model)}.yaml"
        for model in publishable_models()
    )
    assert all(path.exists() for path in paths)
    assert settings.BASE_DIR not in [path.parent for path in paths]


def test_rows_stand_in_the_order_of_the_editors(tmp_path: Path) -> None:
    put_live(make_page("b", order=1), make_page("a", order=2), make_page("c", order=1))
    [path] = [path for path in fixtures.export(tmp_path) if path.name == "pages.yaml"]
    rows = yaml.safe_load(path.read_text())
    assert [row["fields"]["code"] for row in rows] == ["b", "c", "a"]
    assert not {"id", "edition", "title", "pk"} & set(rows[0]["fields"])


@pytest.mark.usefixtures("line")
def test_what_belongs_to_a_row_names_it_by_its_codes(tmp_path: Path) -> None:
    everything()
    fixtures.export(tmp_path)
    rows = yaml.safe_load((tmp_path / "quiz/fixtures/practices.yaml").read_text())
    reply = next(row["fields"] for row in rows if row["model"] == "quiz.reply")
    assert reply["turn"] == ["small", "c1", "bbbb"]
    assert reply["next_turn"] == ["small", "c1", "cccc"]
    assert reply["tactic"] == ["small", "trick"]
    rows = yaml.safe_load((tmp_path / "quiz/fixtures/selfchecks.yaml").read_text())
    ending = next(row["fields"] for row in rows if row["model"] == "quiz.ending")
    assert (ending["self_check"], ending["pages"]) == (["small"], [["shown"]])


# --- seeding


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file with one page, for an empty database. A test may write something else into it."""
    take_everything_out()
    fixture = tmp_path / "small.yaml"
    fixture.write_text(PAGE)
    return fixture


def test_an_empty_database_gets_and_publishes_what_is_given(small: Path) -> None:
    assert run(str(small)) == "Published 1 objects.\n"
    [version] = Version.objects.all()
    assert (version.code, version.number, version.published_by) == ("small", 1, None)
    assert (version.note, version.retired) == ("shipped with the code", False)
    assert states(list(whole(Page))) == [State.LIVE]


def test_a_second_run_changes_nothing(small: Path) -> None:
    run(str(small))
    edition = Page.objects.get().edition
    assert run(str(small)).startswith("There is content already; nothing was changed.\n")
    assert (Version.objects.count(), Page.objects.get().edition) == (1, edition)


def test_what_staff_wrote_since_is_kept(small: Path) -> None:
    run(str(small))
    Page.objects.update(title_en="ours")
    run(str(small))
    assert Page.objects.get().title_en == "ours"
    Page.objects.all().delete()
    run(str(small))
    assert not Page.objects.exists()


def test_the_first_draft_of_staff_is_content_already(small: Path) -> None:
    make_service()
    assert run(str(small)).startswith("There is content already; nothing was changed.\n")
    assert not Page.objects.exists()
    assert {version.kind for version in Version.objects.all()} == {"country"}


def test_without_files_it_loads_those_that_come_with_the_code(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sextortion_help.publishing.management.commands import seed

    monkeypatch.setattr(seed, "shipped", lambda: [str(small)])
    assert run() == "Published 1 objects.\n"


BROKEN = [
    (("sources: a source, ", ""), "small: no source is given for what it says."),
    (("summary_fr: b, ", ""), "small: summary [fr] is missing."),
    (("{code", "{body_en: '[x](/gone/)', code"), "small: text [en] links to /gone/, which is not live."),
    (("audience: everyone", "audience: dogs"), "dogs"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), BROKEN)
def test_a_broken_text_is_named_and_nothing_is_kept(
    small: Path, change: tuple[str, str], sentence: str
) -> None:
    small.write_text(PAGE.replace(*change))
    with pytest.raises(CommandError, match="The shipped content cannot be published:") as refused:
        run(str(small))
    assert sentence in str(refused.value)
    assert not Version.objects.exists()
    assert not Page.objects.exists()


@pytest.mark.parametrize("broken", ["- model: guidance.pag", PAGE.replace("code", "cod")])
def test_a_file_that_cannot_be_loaded_leaves_nothing(small: Path, broken: str) -> None:
    small.write_text(PAGE.replace("small", "other") + broken)
    with pytest.raises(CommandError, match="nothing was loaded"):
        run(str(small))
    assert not Version.objects.exists()
    assert not Page.objects.exists()


@pytest.mark.usefixtures("line")
def test_a_text_keeps_every_sign_on_its_way_out_and_in(tmp_path: Path) -> None:
    for code, words in enumerate(
        [HARD, " a", "a ", "~", "null", "1.0", "a #1", "%", "- a: b", "é" * 120, "a\n" * 3]
    ):
        put_live(make_page(f"page-{code}", sources=words, **texts(summary=words)))
    before = [source_of(again(page)) for page in Page.objects.order_by("code")]
    paths = [path for path in fixtures.export(tmp_path) if path.name == "pages.yaml"]
    take_everything_out()
    call_command("loaddata", *map(str, paths), verbosity=0)
    assert [source_of(again(page)) for page in Page.objects.order_by("code")] == before

"""Texts as a PO file or three columns: out, in again as drafts, and everything that may be wrong with a file."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import polib
import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guidance.models import Page
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.sources import source_of
from sextortion_help.transfer import table
from sextortion_help.transfer.models import Upload
from sextortion_help.transfer.rows import MOST_BYTES
from tests.publishing.builders import again, put_live
from tests.transfer.conftest import send, shown, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TITLE = "page:steps/one#title"


def out(client: Client, **query: str) -> str:
    query = {"source": "nl", "target": "fr", "format": "po", **query}
    response = client.get("/admin/texts/out/", query)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response.content.decode()


def translated(text: str, key: str, words: str) -> str:
    """Give a PO file with one text translated, as a tool writes it."""
    file = polib.pofile(text)
    next(entry for entry in file if entry.msgctxt == key).msgstr = words
    return str(file)


def test_a_file_of_one_page_goes_out_and_comes_in_as_a_draft(
    editor_client: Client, page: Page
) -> None:
    file = polib.pofile(out(editor_client, what="page:steps/one"))
    entry = next(entry for entry in file if entry.msgctxt == TITLE)
    assert (entry.msgid, entry.msgstr) == ("Een", "Un")
    assert "/steps/one/" in entry.comment
    assert "Last change, nl: 20" in entry.comment
    assert {entry.msgctxt for entry in file} >= {"page:steps/one/steps:s1#body", TITLE}
    versions = Version.objects.count()
    looked = send(editor_client, "/admin/texts/in/", translated(str(file), TITLE, "Nouveau titre"))
    assert "1 text changes." in looked.content.decode()
    page.refresh_from_db()
    assert page.title_fr == "Un"  # type: ignore[attr-defined]  # a column of modeltranslation
    seen = looked.context["judged"].seen
    done = editor_client.post("/admin/texts/review/", {"seen": seen}, follow=True)
    assert "1 text is changed, as a draft." in done.content.decode()
    page.refresh_from_db()
    assert page.title_fr == "Nouveau titre"  # type: ignore[attr-defined]  # as above
    assert Version.objects.count() == versions
    assert not Upload.objects.exists()
    assert "fr: title" in LogEntry.objects.latest("id").change_message


def test_out_and_in_again_changes_nothing(editor_client: Client, page: Page) -> None:
    for form in ("po", "csv"):
        looked = send(editor_client, "/admin/texts/in/", out(editor_client, format=form))
        assert looked.context["judged"].changes == [], form
        assert looked.context["judged"].same > 3


def test_three_columns_come_in_as_a_draft(editor_client: Client, page: Page) -> None:
    written = out(editor_client, what="page:steps/one", format="csv")
    assert "'- first" in written  # what a spreadsheet would reckon
    written = written.replace("Een;Un", "Een;Trois").replace(";", ",").replace("\ufeff", "")
    looked = send(editor_client, "/admin/texts/in/", written, "a.csv")
    assert [(one.old, one.new) for one in looked.context["judged"].changes] == [("Un", "Trois")]


@given(st.text(max_size=40))
def test_a_cell_is_never_a_formula_and_comes_back_as_it_was(words: str) -> None:
    cell = table.neutral(words)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert table.as_written(cell) == words


@pytest.mark.parametrize("words", ["=1+1", "+32", "- list", "@x", "\tx", "'=1", "''", "'s avonds"])
def test_these_cells_come_back_as_they_were(words: str) -> None:
    assert table.as_written(table.neutral(words)) == words


def test_what_is_older_than_its_source_is_marked(editor_client: Client, page: Any) -> None:
    page.title_nl = "Anders"
    page.save()
    found = polib.pofile(out(editor_client, what="page", only="open"))
    assert [(entry.msgctxt, entry.fuzzy) for entry in found] == [(TITLE, True)]
    text = translated(str(found), TITLE, "Autre")
    looked = send(editor_client, "/admin/texts/in/", text)
    assert looked.context["judged"].changes == []
    assert "Still marked as needing work" in looked.content.decode()


def test_what_became_older_on_the_day_it_was_published_is_marked(
    editor_client: Client, page: Any
) -> None:
    page.title_nl = "Anders"
    page.save()
    put_live(page)
    found = polib.pofile(out(editor_client, what="page", only="open"))
    assert [(entry.msgctxt, entry.fuzzy) for entry in found] == [(TITLE, True)]


def _zip(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.po", text + " " * 50_000_000)
    return file.getvalue()


BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><b>&b;</b>\n' * 9
Spoil = Callable[[str], str | bytes]
# each with the status, and what is said; "fine" is a file that would be taken
SPOILED: dict[str, tuple[Spoil, int, tuple[str, ...]]] = {
    "empty": (lambda fine: " \n", 422, ("The file is empty.",)),
    "not a PO file": (lambda fine: "hello\nworld", 422, ("Line 1: This is not", "Line 2: This is not")),
    "the name of a file": (lambda fine: "/etc/passwd", 422, ("Line 1: This is not a line",)),
    "an entity bomb": (lambda fine: BOMB, 422, ("Line 9: This is not a line of a PO file",)),
    "a zip bomb": (_zip, 422, ("This is an archive",)),
    "gzip": (lambda fine: gzip.compress(fine.encode()), 422, ("This is an archive",)),
    "UTF-16": (lambda fine: fine.encode("utf-16"), 422, ("not written in UTF-8",)),
    "Latin 1": (lambda fine: re.sub("[“”–…’]", "", fine.replace("Deux", "Été")).encode("latin-1"), 422, ("not written in UTF-8",)),
    "another charset": (lambda fine: fine.replace("UTF-8", "latin-1"), 422, ("written in latin-1",)),
    "an empty byte": (lambda fine: fine + "\0", 422, ("it holds an empty byte",)),
    "too large": (lambda fine: fine + "#" * MOST_BYTES, 413, ("larger than 5 MB",)),
    "no language": (lambda fine: fine.replace('"Language: fr\\n"\n', ""), 422, ("into which language",)),
    "unknown languages": (
        lambda fine: fine.replace("Language: fr", "Language: xx").replace("Language: nl", "Language: yy"),
        422, ("from which language", "into which language"),
    ),
    "the same language": (lambda fine: fine.replace("Language: fr", "Language: nl"), 422, ("same language",)),
    "another site's": (lambda fine: fine.replace("page:", "app:django."), 422, ("no text app:django",)),
    "no key": (lambda fine: fine.replace(f'msgctxt "{TITLE}"\n', ""), 422, ("no text of this site",)),
    "outdated": (lambda fine: fine.replace('"Een"', '"Ooit"'), 422, ("Outdated", TITLE)),
    "twice": (lambda fine: fine + fine.partition("\n\n")[2], 422, ("stands on line",)),
    "plural": (
        lambda fine: fine.replace('msgstr "Deux"', 'msgid_plural "Eens"\nmsgstr[0] "Un"\nmsgstr[1] "Deux"'),
        422, ("no plural forms",),
    ),
    "out of order": (lambda fine: fine + '\nmsgstr "a"\nmsgstr "b"\n', 422, ("in their order",)),
    "an open quote": (lambda fine: fine.replace('"Deux"', '"Deux'), 422, ("not a line of a PO file",)),
    "too long": (lambda fine: fine.replace("Deux", "long " * 60), 422, ("120 fit",)),
    "what cannot be seen": (lambda fine: fine.replace("Deux", "De\u202eux"), 422, ("RIGHT-TO-LEFT OVERRIDE",)),
    "two columns": (lambda fine: "key;nl;fr\na;b\n", 422, ("Line 2: This line has 2 columns",)),
    "columns without languages": (lambda fine: "key;a;b\n", 422, ("from which language",)),
    "an open cell": (lambda fine: 'key;nl;fr\na;b;"c\nd\n', 422, ("cannot be read as columns",)),
}  # fmt: skip


def test_a_spoiled_file_changes_nothing_and_every_fault_is_named(
    editor_client: Client, page: Page
) -> None:
    fine = translated(out(editor_client, what="page:steps/one"), TITLE, "Deux")
    before = source_of(again(page))
    for name, (spoil, status, said) in SPOILED.items():
        answer = send(editor_client, "/admin/texts/in/", spoil(fine))
        assert answer.status_code == status, name
        assert [words for words in said if words not in shown(answer)] == [], name
        assert not Upload.objects.exists(), name
    assert source_of(again(page)) == before


def test_nothing_is_written_when_a_draft_changed_after_the_look(
    editor_client: Client, page: Any
) -> None:
    text = translated(out(editor_client, what="page"), TITLE, "Deux")
    seen = send(editor_client, "/admin/texts/in/", text).context["judged"].seen
    page.title_fr = "Entretemps"
    page.save()
    answer = editor_client.post("/admin/texts/review/", {"seen": seen}, follow=True)
    assert "Somebody changed these drafts" in answer.content.decode()
    page.refresh_from_db()
    assert page.title_fr == "Entretemps"


def test_what_is_asked_for_that_is_not_there_is_an_empty_file(editor_client: Client) -> None:
    for what in ("page:nothing", "nothing", 'page:"\r\nX: y', "../../x"):
        assert len(polib.pofile(out(editor_client, what=what))) == 0
        assert editor_client.get("/admin/texts/", {"what": what}).status_code == 200
    wrong = editor_client.get("/admin/texts/out/", {"source": "nl", "target": "nl"}, follow=True)
    assert "Choose two different languages." in wrong.content.decode()


def test_only_who_may_change_a_kind_sees_and_changes_its_texts(page: Page) -> None:
    client = staff("change_app", "view_page")
    assert "page:" not in out(client)
    text = f'msgid ""\nmsgstr "Language: fr\\nX-Source-Language: nl\\n"\n\nmsgctxt "{TITLE}"\nmsgid "Een"\nmsgstr "X"\n'
    answer = send(client, "/admin/texts/in/", text)
    assert answer.status_code == 422
    assert "you may not change it" in answer.content.decode()


def test_who_may_change_nothing_gets_nothing(page: Page) -> None:
    client = staff("view_page")
    for where in ("", "out/", "in/", "review/"):
        assert client.get(f"/admin/texts/{where}").status_code == 403
        assert client.post(f"/admin/texts/{where}").status_code == 403


def test_a_file_from_another_site_is_refused(editor_client: Client, page: Page) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor_client.cookies
    assert send(strict, "/admin/texts/in/", out(editor_client)).status_code == 403

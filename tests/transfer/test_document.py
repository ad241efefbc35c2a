"""Everything as one document: out, in, out again; and what is wrong with one."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from guidance.models import Channel, Page
from quiz.models import Practice, SelfCheck
from sextortion_help.publishing.models import Version
from sextortion_help.transfer import document, shape
from sextortion_help.transfer.models import Upload
from sextortion_help.transfer.rows import Unreadable
from tests.publishing.builders import make_service, take_everything_out
from tests.quiz.builders import make_practice, make_self_check
from tests.transfer.conftest import send, shown, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SCHEMA = Path(document.__file__).parent / "content.schema.json"


def test_the_schema_in_the_repository_is_that_of_the_program() -> None:
    assert SCHEMA.read_text() == shape.schema(), "run manage.py document --schema " + str(SCHEMA)


def test_out_in_and_out_again_is_the_same_bytes(page: Page) -> None:
    make_self_check()
    make_practice()
    written = document.written()
    assert document.read(written) == []
    take_everything_out()
    assert (Page.objects.count(), SelfCheck.objects.count(), Practice.objects.count()) == (0, 0, 0)
    document.apply(written, None, None)
    assert document.written() == written
    assert not Version.objects.exists()


def test_a_full_installation_shows_what_changes_and_takes_it_as_drafts(
    editor_client: Client, page: Any
) -> None:
    written = editor_client.get("/admin/document/out/").content.decode()
    assert written == document.written()
    page.title_en = "Changed here"
    page.save()
    versions = Version.objects.count()
    looked = send(editor_client, "/admin/document/in/", written, "a.json")
    assert "1 changes" in shown(looked)
    assert [one.field for one in looked.context["changed"][0].changes] == ["title [en]"]
    seen = looked.context["seen"]
    wrong = editor_client.post("/admin/document/review/", {"seen": "x"}, follow=True)
    assert "Somebody changed these drafts" in wrong.content.decode()
    done = editor_client.post("/admin/document/review/", {"seen": seen}, follow=True)
    assert "1 draft is as in the document." in done.content.decode()
    assert document.written() == written
    assert Version.objects.count() == versions
    assert not Upload.objects.exists()


def _spoiled(page: dict[str, Any], **changes: Any) -> str:
    return json.dumps({"format": shape.FORMAT, "pages": [page | changes, page | {"code": "b"}]})


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title_nl": 3}, "pages[1]: Expected `str`, got `int` - at `$.title_nl`"),
    ({"title_nl": "x" * 121}, "length <= 120"),
    ({"nonsense": ""}, "unknown field `nonsense`"),
    ({"code": "Bad Code"}, "pages[1].code: Enter a valid value."),
    ({"code": "b"}, "pages: “b” stands there more than once."),
    ({"audience": "nobody"}, "pages[1].audience: Value 'nobody' is not a valid choice."),
    ({"purposes": ["nonsense"]}, "pages[1].purposes: Unknown: nonsense."),
    ({"steps": [{"code": "s"}, {"code": "s"}]}, "page steps/two:"),
]


def test_one_wrong_object_and_nothing_is_taken(page: Page) -> None:
    source = json.loads(document.written())["pages"][0] | {"code": "steps/two"}
    before = document.written()
    for changes, said in WRONG:
        with pytest.raises(Unreadable) as refused:
            document.apply(_spoiled(source, **changes), None, None)
        assert said in str(refused.value)
    assert document.written() == before


def test_a_row_without_a_code_is_refused_and_named(page: Page, editor_client: Client) -> None:
    """No form mends it: the code of a question is for life."""
    make_self_check()
    for path, where in (
        (["pages", 0], "pages[1].code"),
        (["pages", 0, "steps", 0], "pages[1].steps[1].code"),
        (["selfchecks", 0, "questions", 0, "answers", 1], "selfchecks[1].questions[1].answers[2].code"),
    ):  # fmt: skip
        written: Any = json.loads(document.written())
        row = written
        for step in path:
            row = row[step]
        row["code"] = ""
        answer = send(editor_client, "/admin/document/in/", json.dumps(written), "a.json")
        assert answer.status_code == 422
        assert f"{where}: This field cannot be blank." in shown(answer)


def test_a_text_is_read_as_its_draft_will_keep_it(page: Page) -> None:
    written: Any = json.loads(document.written())
    row = written["pages"][0]
    row["title_nl"], row["sources"] = "  Anders ", "one\r\ntwo\r\n"
    step = row["steps"][0]  # as it is, but for the ends of lines
    step["body_nl"] = step["body_nl"].replace("\n", "\r\n") + "\r\n"
    [changed] = document.apply(json.dumps(written), None, None)
    assert {one.field for one in changed.changes} == {"title [nl]", "sources"}
    assert document.read(json.dumps(written)) == []


NO_DOCUMENT = [
    ("{\n\n,", "Line 3: This is not JSON"),
    ("[" * 100_000, "nested too deep"),
    ('{"format": NaN}', "This is not JSON"),
    ('{"format": ' + "9" * 5000 + "}", "This is not JSON"),
    ('{"format": "another"}', "not a document of this site"),
    ("[]", "not a document of this site"),
    ('{"format": "baken-content-1", "users": []}', "no kind of content here: users"),
    ('{"format": "baken-content-1", "pages": {}}', "pages[1]: Object missing"),
    ('{"format": "baken-content-1", "pages": [7]}', "pages[1]: Expected `object`"),
]


def test_what_is_no_document_is_refused_in_words(editor_client: Client) -> None:
    for text, said in NO_DOCUMENT:
        answer = send(editor_client, "/admin/document/in/", text, "a.json")
        assert answer.status_code == 422
        assert said in shown(answer)


def test_a_link_to_what_is_nowhere_is_refused(page: Page) -> None:
    make_self_check()
    written = json.loads(document.written())
    written["selfchecks"][0]["endings"][0]["pages"] = ["nowhere"]
    with pytest.raises(Unreadable, match="Page matching query does not exist"):
        document.rehearse(json.dumps(written))


def test_a_line_of_no_country_is_refused() -> None:
    make_service()
    written = json.loads(document.written())
    written["services"][0]["country"] = ""
    with pytest.raises(Unreadable, match="Country matching query does not exist"):
        document.rehearse(json.dumps(written))


def test_hours_and_numbers_have_their_own_form_whichever_way_they_came() -> None:
    """So that what is published is what the checks read."""
    make_service()
    written = json.loads(document.written())
    [channel] = written["services"][0]["channels"]
    channel.update(address="١١٦\u200b ٠٠٠", hours="Mon-Fri 9am-5pm")
    document.apply(json.dumps(written), None, None)
    channel = Channel.objects.get()
    assert (channel.address, channel.hours) == ("116 000", "Mo-Fr 09:00-17:00")


def test_only_publishers_see_it(page: Page) -> None:
    client = staff("change_page", "add_page", "add_version")
    for where in ("", "out/", "in/", "review/", "schema/"):
        assert client.get(f"/admin/document/{where}").status_code == 403
        assert client.post(f"/admin/document/{where}").status_code == 403


def test_the_command_writes_shows_and_takes(page: Any, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "all.json"
    call_command("document", "--export", str(file))
    page.title_en = "Changed here"
    page.save()
    call_command("document", "--import", str(file))
    assert "changes: page steps/one\n    title [en]\nWould change 1" in capsys.readouterr().out
    page.refresh_from_db()
    assert page.title_en == "Changed here"
    call_command("document", "--import", str(file), "--apply")
    page.refresh_from_db()
    assert page.title_en == "One"
    file.write_text("no")
    with pytest.raises(CommandError, match="line 1: This is not JSON"):
        call_command("document", "--import", str(file))

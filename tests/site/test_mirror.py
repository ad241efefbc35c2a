"""The mirror is the published site, byte for byte, and stays whole whatever fails while it is written."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pytest_django import Settings

from guidance.models import Page
from sextortion_help.addresses import FOR_MACHINES, addresses
from sextortion_help.mirror.folder import Folder, Taken
from sextortion_help.mirror.management.commands import mirror as command
from sextortion_help.mirror.site import Failed, File, fixed_files
from sextortion_help.pages import Pages
from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import forget, make_page, put_live, retire
from tests.site.addresses import everywhere
from tests.site.html import Parsed
from tests.site.test_no_trace import fails

pytestmark = pytest.mark.django_db

HERE = ("/nl-be/", "/fr-be/")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute ends during a test."""
    monkeypatch.setattr("sextortion_help.pages.time.time", lambda: 59.0)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two places are enough: each page more is a rendering and two packings, in every test."""

    def some(contents: Contents) -> list[str]:
        return [each for each in addresses(contents) if each.startswith((*HERE, *FOR_MACHINES))]

    monkeypatch.setattr("sextortion_help.mirror.site.addresses", some)


@pytest.fixture(scope="module")
def fixed(django_db_setup: None, django_db_blocker: Any) -> list[File]:
    """The files that are the same in every test."""
    with django_db_blocker.unblock():
        live.refresh()
    return list(fixed_files())


@pytest.fixture(scope="module")
def warm() -> Pages:
    """Rendered and compressed once for all tests: each starts with what these keep."""
    return Pages(get_wsgi_application())


@pytest.fixture
def mirrored(tmp_path: Path, fixed: list[File], warm: Pages) -> Any:
    """Bring a folder up to date, with the memory of one process."""
    folder, pages = Folder(tmp_path / "mirror", kept=("static/",)), again(warm)

    before: dict[str, list[File]] = {}

    def run() -> list[str]:
        return command.mirror(folder, pages, fixed, before)

    run.path = folder.path  # type: ignore[attr-defined]  # of this test
    run()
    if not warm._kept:
        warm._kept = dict(pages._kept)
    return run


def again(pages: Pages) -> Pages:
    """Give another process that keeps the same."""
    other = Pages(get_wsgi_application())
    other._kept = dict(pages._kept)
    return other


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_every_page_is_the_live_one_in_each_encoding(mirrored: Any, client: Client) -> None:
    for address in (each for _, each in everywhere() if each.startswith(HERE)):
        live_one = client.get(address).content
        file = mirrored.path / address[1:] / "index.html"
        assert file.read_bytes() == live_one
        assert brotli.decompress(file.with_suffix(".html.br").read_bytes()) == live_one
        assert gzip.decompress(file.with_suffix(".html.gz").read_bytes()) == live_one
    assert (mirrored.path / "robots.txt").read_bytes() == client.get("/robots.txt").content
    assert (mirrored.path / "index.html").read_bytes() == client.get("/nl-be/").content


@pytest.mark.parametrize("old", ["/nl/", "/nl/do/stop/", "/nl/do/heavy/", "/nl-be/do/heavy/"])
def test_an_old_address_leads_where_the_live_one_does(
    mirrored: Any, client: Client, old: str
) -> None:
    live_one = client.get(old)
    assert live_one.status_code in (301, 302)
    while live_one.status_code != 200:
        target = live_one["Location"]
        live_one = client.get(target)
    assert f'content="0; url={target}"' in (mirrored.path / old[1:] / "index.html").read_text()


def test_whatever_a_page_loads_or_leads_to_is_there(mirrored: Any) -> None:
    seen = set()
    for file in mirrored.path.rglob("*.html"):
        for tag, attributes in Parsed(file.read_text()).tags:
            for name in ("src", "href", "action"):
                address = attributes.get(name, "").partition("#")[0].partition("?")[0]
                other = re.match(r"/\w\w-\w\w/", address) and not address.startswith(HERE)
                if address.startswith("/") and tag != "form" and not other:
                    seen.add(address)
    assert len(seen) > 100
    for address in seen:
        file = mirrored.path / address[1:]
        assert file.is_file() or (file / "index.html").is_file(), address


def test_what_has_not_changed_is_not_written_again(
    mirrored: Any, fixed: list[File], warm: Pages
) -> None:
    before = times(mirrored.path)
    assert mirrored() == []
    other = Folder(mirrored.path, kept=("static/",))  # as after a new start
    assert command.mirror(other, again(warm), fixed, {}) == []
    assert times(mirrored.path) == before


def test_a_change_is_written_where_it_shows_and_nowhere_else(mirrored: Any) -> None:
    page = Page.objects.get(code="do/stop")
    Page.objects.filter(pk=page.pk).update(title_nl="Een nieuwe titel")
    publish([page], None, "")
    live.refresh()
    changed = mirrored()
    assert "nl-be/do/stop/index.html" in changed
    assert "nl-be/do/stop/index.html.br" in changed
    assert "fr-be/do/stop/index.html" not in changed
    assert not [name for name in changed if name.startswith("static/")]
    assert "Een nieuwe titel" in (mirrored.path / "nl-be/do/stop/index.html").read_text()
    assert (
        json.loads((mirrored.path / "manifest.json").read_text())["revision"]
        == live.live().revision
    )


def test_what_is_taken_off_the_site_is_removed_and_old_static_files_stay(
    mirrored: Any, editor: Any
) -> None:
    old = mirrored.path / "static" / "old.0123456789ab.css"
    old.write_text("of an older release")
    (mirrored.path / "nl-be" / "left").mkdir()
    (mirrored.path / "nl-be" / "left" / ".index.html.new").write_text(
        "of a process that was killed"
    )
    page = make_page("only/here")
    put_live(page)
    assert "fr-be/only/here/index.html.gz" in mirrored()
    retire(page, editor, "")
    live.refresh()
    assert "fr-be/only/here/index.html.gz" in mirrored()
    assert not (mirrored.path / "nl-be" / "only").exists()
    assert not (mirrored.path / "nl-be" / "left").exists()
    assert old.is_file()


def test_the_manifest_names_every_file_as_it_is(mirrored: Any) -> None:
    told = json.loads((mirrored.path / "manifest.json").read_text())
    assert told["revision"] == live.live().revision
    assert told["written_at"].endswith("+00:00")
    for name, digest in told["files"].items():
        assert hashlib.sha256((mirrored.path / name).read_bytes()).hexdigest() == digest
    there = {
        str(path.relative_to(mirrored.path)) for path in mirrored.path.rglob("*") if path.is_file()
    }
    assert there - set(told["files"]) == {"manifest.json"}
    assert "README.txt" in told["files"]


def test_errors_of_a_web_server_have_pages_of_ours(mirrored: Any) -> None:
    for language in LANGUAGES:
        for status in (400, 404, 405, 413, 503):
            page = (mirrored.path / language / f"{status}.html").read_text()
            assert f'<html lang="{language}-BE">' in page
            assert "112" in page
        assert (
            settings.EXIT_TARGETS[language]
            in (mirrored.path / "exit" / language / "index.html").read_text()
        )


def test_a_disk_that_is_full_leaves_every_file_whole(
    mirrored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.objects.get(code="do/stop")
    before = (mirrored.path / "nl-be/do/stop/index.html").read_bytes()
    Page.objects.filter(pk=page.pk).update(title_nl="Een nieuwe titel")
    publish([page], None, "")
    live.refresh()

    def full(path: Path, body: bytes) -> None:
        with path.open("wb") as file:
            file.write(body[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            mirrored()
    assert (mirrored.path / "nl-be/do/stop/index.html").read_bytes() == before
    assert "nl-be/do/stop/index.html" in mirrored()  # as soon as there is room


def test_a_page_that_fails_leaves_everything_as_it_was(
    mirrored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = times(mirrored.path)
    monkeypatch.setattr("guidance.views._other_countries", fails)
    monkeypatch.setattr("sextortion_help.pages.time.time", lambda: 61.0)
    with pytest.raises(Failed, match="is not written: it was answered with 500"):
        mirrored()
    assert set(times(mirrored.path)) == set(before)


def test_without_content_nothing_is_written(mirrored: Any) -> None:
    before = times(mirrored.path)
    forget()
    with pytest.raises(Failed, match="nothing was written"):
        mirrored()
    assert times(mirrored.path) == before


def test_one_folder_has_one_mirror(tmp_path: Path) -> None:
    with Folder(tmp_path).alone(), pytest.raises(Taken), Folder(tmp_path).alone():
        pass
    with Folder(tmp_path).alone():
        pass


@pytest.mark.parametrize("name", ["../outside", "a/../../outside", "/tmp/outside"])  # noqa: S108  no file is made
def test_nothing_is_written_outside_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="outside"):
        Folder(tmp_path / "inside").become([(name, b"x")], 1)
    assert not (tmp_path / "outside").exists()


def test_the_command_writes_once_and_says_how_much(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("mirror", str(tmp_path / "site"))
    told = capsys.readouterr().out
    assert f"Revision {live.live().revision}: " in told
    assert (tmp_path / "site/nl-be/index.html").is_file()
    with Folder(tmp_path / "site").alone(), pytest.raises(CommandError, match="another mirror"):
        call_command("mirror", str(tmp_path / "site"))


def test_it_follows_says_a_failure_once_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            monkeypatch.setattr(command, "page_files", lambda *_: iter([("a", b"b")]))
        if len(naps) == 4:
            raise SystemExit

    def broken(*_: object) -> Any:
        raise Failed("no page")

    monkeypatch.setattr(command.time, "sleep", nap)  # type: ignore[attr-defined]  # of this test
    monkeypatch.setattr(command, "page_files", broken)
    with pytest.raises(SystemExit):
        command.follow(Folder(tmp_path), Pages(fails))  # type: ignore[arg-type]  # never asked
    assert caplog.text.count("the mirror stays as it was: no page") == 1
    assert (tmp_path / "a").read_bytes() == b"b"
    assert (tmp_path / "README.txt").is_file()


def test_a_public_process_needs_no_staff_area_to_write_it(settings: Settings) -> None:
    assert command.Command.requires_system_checks == []
    assert "sextortion_help.mirror" in settings.INSTALLED_APPS

"""What the report button is made of: hotlines of the content, and nothing that could read, send or keep."""

import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from msgspec.structs import replace

from guidance.content import Country, Service
from guidance.report_button import FILES, SOURCE, files, hotlines, languages, packed
from sextortion_help.publishing.content import OPEN_LANGUAGES, Content, Contents
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.wording import is_hard_to_read, warnings
from tests.publishing.builders import take_everything_out
from tests.publishing.test_wording import NO_SPACE

pytestmark = pytest.mark.django_db
WRITTEN = [path for path in SOURCE.rglob("*") if path.suffix in (".js", ".html", ".css", ".json")]


def words(language: str) -> dict[str, str]:
    written = json.loads((SOURCE / "_locales" / language / "messages.json").read_text())
    return {name: each["message"] for name, each in written.items()}


def of(code: str, language: str) -> dict[str, Any]:
    found = hotlines(live(), language)
    return next(country for country in found if country["code"] == code)


def test_it_speaks_the_languages_of_the_site() -> None:
    assert languages() == sorted(OPEN_LANGUAGES)
    assert [words(language)["language"] for language in languages()] == languages()


def test_a_country_has_its_hotlines_with_the_form_of_each_and_its_emergency_number() -> None:
    belgium = of("BE", "fr")
    assert (belgium["name"], belgium["emergency"], belgium["gap"]) == ("Belgique", "112", "")
    assert [each["name"] for each in belgium["hotlines"]] == ["L’Éponge"]
    assert belgium["hotlines"][0]["form"] == "https://wipe.example/form"
    assert belgium["hotlines"][0]["languages"] == []


def test_a_form_in_another_language_says_which() -> None:
    assert of("BQ", "nl")["hotlines"][0]["languages"] == []
    assert of("BQ", "en")["hotlines"][0]["languages"] == ["nl", "pap"]


def test_those_that_speak_the_language_stand_alone_where_there_are_any() -> None:
    wiper = live().get(Service, "wipe-be")
    assert wiper
    french = replace(wiper, code="wipe-fr", order=wiper.order + 1, languages=("fr",))
    dutch = replace(wiper, languages=("nl",))
    both: dict[tuple[type[Content], str], Content] = {
        (Service, each.code): each for each in (dutch, french)
    }
    contents = Contents(live().revision, {**live().items, **both})

    def offered(language: str) -> list[str]:
        belgium = next(each for each in hotlines(contents, language) if each["code"] == "BE")
        return [each["code"] for each in belgium["hotlines"]]

    assert offered("nl") == ["wipe-be"]
    assert offered("fr") == ["wipe-fr"]
    assert offered("en") == ["wipe-be", "wipe-fr"]


def test_a_hotline_without_a_form_is_not_offered() -> None:
    """That of the Netherlands has a chat alone here, and no other country has any."""
    assert [country["code"] for country in hotlines(live(), "nl")] == ["BE", "BQ"]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        call_command("report_button", str(tmp_path / folder), verbosity=0)
    for name in FILES.values():
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        with ZipFile(tmp_path / "one" / name) as archive:  # whatever the clock says
            assert {each.date_time[0] for each in archive.infolist()} == {1980}


def test_the_order_in_which_files_are_found_changes_nothing() -> None:
    found = files(live(), "firefox", "example.org")
    assert packed(dict(reversed(found.items()))) == packed(found)


@pytest.mark.parametrize("browser", FILES)
def test_it_may_know_the_address_of_the_page_it_is_pressed_on_and_nothing_else(
    browser: str,
) -> None:
    manifest = json.loads(files(live(), browser, "example.org")["manifest.json"])
    assert manifest["permissions"] == ["activeTab"]
    assert not manifest.keys() & {
        "background", "content_scripts", "host_permissions", "optional_permissions",
        "optional_host_permissions", "web_accessible_resources", "externally_connectable",
    }  # fmt: skip
    policy = manifest["content_security_policy"]["extension_pages"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "connect-src" not in policy
    assert re.fullmatch(r"1\.\d{1,5}\.\d{1,5}", manifest["version"])
    gecko = manifest.get("browser_specific_settings", {}).get("gecko", {})
    assert gecko.get("id") == ("report-button@example.org" if browser == "firefox" else None)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(SOURCE)))
def test_its_source_has_no_address_no_number_and_no_way_to_send_or_keep(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"https?://\w", text)
    numbers = [each.emergency for each in live().all(Country)]
    numbers += [way.address for each in live().all(Service) for way in each.channels]
    assert [each for each in numbers if each and re.search(rf"\b{re.escape(each)}\b", text)] == []
    assert not re.search(
        r"fetch\(|XMLHttp|sendBeacon|WebSocket|Storage\b|\.storage|indexedDB|cookie|chrome\.history"
        r"|scripting|captureVisible|innerHTML|eval\(",
        text,
    )


@pytest.mark.parametrize("language", sorted(OPEN_LANGUAGES))
def test_its_words_are_those_of_the_site(language: str) -> None:
    own = words(language)
    assert own.keys() == words("en").keys()
    said = set(
        re.findall(r"say\(\"(\w+)\"|data-say=\"(\w+)\"", "".join(map(Path.read_text, WRITTEN)))
    )
    used = {one or other for one, other in said} | {"kind_page", "kind_long", "kind_file"}
    rest = {"kind_browser", "report", "report_offline", "copied", "copied_offline", "description"}
    assert own.keys() == used | rest
    for name, text in own.items():
        assert not warnings(text, language), name
        assert "!" not in text
        assert ("$1" in text) is (name in ("danger", "spoken"))
    assert not is_hard_to_read(" ".join(own.values()), language, "everyone")
    if language == "fr":
        assert not NO_SPACE.search(re.sub(r"https?://", "", " ".join(own.values())))


def test_nothing_is_built_before_anything_is_published(tmp_path: Path) -> None:
    take_everything_out()
    assert not Version.objects.exists()
    with pytest.raises(CommandError, match="Nothing is published yet"):
        call_command("report_button", str(tmp_path))
    assert not list(tmp_path.iterdir())

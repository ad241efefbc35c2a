"""The report button in a real Chromium and, where there is time for it, in a real Firefox."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Playwright

from guidance.report_button import FILES, packed
from tests.browser.content import rows
from tests.browser.engines import firefox
from tests.browser.pressed import Button, FirefoxButton, button, wait_for
from tests.browser.test_access import AXE, RULES
from tests.server import ROOT, Server

pytestmark = pytest.mark.browser

FORM = next(
    row["address"]
    for row in rows("guidance.channel")
    if row["service"] == ["wipe-be"] and row["kind"] == "form"
)
LONG = "x" * 3000
# what is pressed on, what the popup says it is, and how the sentence about it begins
ELSEWHERE = [
    ("chrome://version/", "browser", "Dit is geen pagina van een website."),
    ("data:text/html,hello", "browser", "Dit is geen pagina van een website."),
    ("about:blank", "browser", "Dit is geen pagina van een website."),
    (Path(__file__).as_uri(), "file", "Dit is een bestand op je eigen toestel."),
]


@pytest.fixture(scope="module")
def built(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the command has written both files."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "manage.py", "report_button", str(folder)]
    subprocess.run(command, cwd=ROOT, env=server.environment, check=True, capture_output=True)
    return folder


def unpacked(file: Path, form: str) -> Path:
    """Give a folder with what is in the file, in which the form of the first country is a page of ours."""
    folder = file.with_suffix("")
    with ZipFile(file) as archive:
        archive.extractall(folder)
    hotlines = folder / "hotlines.js"
    assert FORM in hotlines.read_text()
    hotlines.write_text(hotlines.read_text().replace(FORM, form))
    return folder


def packed_again(folder: Path) -> Path:
    """Give the file that these files make: Firefox takes no folder that way."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}
    file = folder.with_suffix(".again.xpi")
    file.write_bytes(packed(found))
    return file


@pytest.fixture(scope="module")
def here(
    playwright: Playwright, program: str, server: Server, built: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Button]:  # fmt: skip
    folder = unpacked(built / FILES["chromium"], f"{server.url}/nl-be/lines/")
    with button(playwright, program, tmp_path_factory.mktemp("profile"), folder) as pressed:
        yield pressed


def test_a_tap_copies_the_address_as_it_was_changed_and_opens_the_form_of_the_hotline(
    here: Button, server: Server
) -> None:
    popup = here.press(f"{server.url}/nl-be/?a=1")
    assert popup.kind() == "page"
    assert popup.run("document.documentElement.lang") == "nl"
    assert popup.run("document.querySelector('#country').value") == "België"
    assert "112" in popup.text("#danger")
    assert "De Wisser" in popup.text("#hotlines")
    value = "document.querySelector('#address').value"
    assert popup.run(value) == f"{server.url}/nl-be/?a=1"
    popup.run(f"{value} = 'not an address'")
    popup.tap("#hotlines button")
    assert popup.text("#done").startswith("Zet hier eerst een adres.")
    popup.run(f"{value} = 'https://me:secret@site.example/changed'")
    with here.context.expect_page() as opened:
        popup.tap("#hotlines button")
    opened.value.wait_for_url(f"{server.url}/nl-be/lines/")
    here.context.grant_permissions(["clipboard-read"])
    assert opened.value.evaluate("navigator.clipboard.readText()") == (
        "https://site.example/changed"
    )
    opened.value.close()
    here.close()


def test_however_soon_the_form_opens_the_address_has_been_copied(
    here: Button, server: Server
) -> None:
    """The form's tab shuts the popup: of thirty taps seven had copied nothing by then."""
    here.context.grant_permissions(["clipboard-read"])
    for number in range(12):
        popup = here.press(f"{server.url}/nl-be/?a={number}")
        popup.kind()
        with here.context.expect_page() as opened:
            popup.tap("#hotlines button")
        opened.value.wait_for_url(f"{server.url}/nl-be/lines/")
        copied = opened.value.evaluate("navigator.clipboard.readText()")
        opened.value.close()
        here.close()
        assert copied == f"{server.url}/nl-be/?a={number}"


@pytest.mark.parametrize(("address", "kind", "words"), ELSEWHERE, ids=lambda each: each[:12])
def test_what_no_hotline_can_open_is_never_offered(
    here: Button, address: str, kind: str, words: str
) -> None:
    popup = here.press(address)
    assert popup.kind() == kind
    assert popup.text("#kind").startswith(words)
    assert popup.run("document.querySelector('#address').value") == ""
    here.close()


def test_a_very_long_address_is_whole_and_says_so_and_offline_it_can_still_be_copied(
    here: Button, server: Server
) -> None:
    popup = here.press(f"{server.url}/nl-be/?{LONG}")
    assert popup.kind() == "long"
    assert popup.run("document.querySelector('#address').value").endswith(LONG)
    assert popup.text("#kind").startswith("Dit adres is erg lang.")
    assert popup.run("document.documentElement.scrollWidth <= innerWidth")
    no_net = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    popup.send("Network.emulateNetworkConditions", **no_net)
    assert popup.run("new Promise(done => setTimeout(done, 100, navigator.onLine))") is False
    assert popup.text("#offline").startswith("Je bent offline.")
    popup.tap("#hotlines button")
    script = "new Promise(done => setTimeout(() => done(document.querySelector('#done').textContent), 200))"
    assert popup.run(script).startswith("Gekopieerd. Open het formulier als")
    assert len(here.context.pages) == 1
    here.close()


def test_axe_finds_nothing_in_the_popup(here: Button, server: Server) -> None:
    popup = here.press(f"{server.url}/nl-be/")
    popup.kind()
    popup.run(AXE)
    script = f"axe.run({{ runOnly: {RULES!r}, resultTypes: ['violations'] }})"
    found = popup.run(f"{script}.then(({{ violations }}) => violations.map((rule) => rule.id))")
    assert found == []
    here.close()


@pytest.mark.long
def test_in_firefox_it_does_the_same(server: Server, built: Path) -> None:
    folder = unpacked(built / FILES["firefox"], f"{server.url}/nl-be/lines/")
    with firefox(within=True) as driver:
        here = FirefoxButton(driver, packed_again(folder))
        pages = [each[:2] for each in ELSEWHERE[1:]]
        for address, kind in [*pages, ("about:config", "browser")]:
            popup = here.press(address)
            assert popup.kind() == kind, address
            assert popup.run("document.querySelector('#address').value") == ""
            assert popup.text("#kind")
        popup = here.press(f"{server.url}/nl-be/?{LONG}")
        assert popup.kind() == "long"
        assert popup.run("document.querySelector('#address').value").endswith(LONG)
        here.inside("Services.io.offline = true; arguments[0]()")
        assert wait_for(lambda: popup.text("#offline"))
        popup.tap("#hotlines button")
        assert wait_for(lambda: popup.text("#done"))
        assert len(driver.window_handles) == 1
        here.inside("Services.io.offline = false; arguments[0]()")
        popup = here.press(f"{server.url}/nl-be/?a=1")
        assert popup.kind() == "page"
        popup.run(
            "{ const { options } = document.querySelector('#country'); options[0].selected = true;"
            " options[0].parentNode.dispatchEvent(new Event('change')) }"
        )
        assert popup.run("document.querySelector('#address').value") == f"{server.url}/nl-be/?a=1"
        popup.tap("#hotlines button")
        wait_for(lambda: len(driver.window_handles) == 2)
        driver.switch_to.window(driver.window_handles[1])
        wait_for(lambda: driver.current_url == f"{server.url}/nl-be/lines/")
        copied = here.inside("navigator.clipboard.readText().then(arguments[0])")
        assert copied == f"{server.url}/nl-be/?a=1"


@pytest.mark.long
def test_in_a_private_window_of_firefox_it_works_where_that_is_allowed(
    server: Server, built: Path
) -> None:
    """The form opens in that window too: there is no other."""
    with firefox(within=True, browser_privatebrowsing_autostart=True) as driver:
        here = FirefoxButton(driver, built / FILES["firefox"])
        here.allow_in_private_windows()
        popup = here.press(f"{server.url}/nl-be/?a=1")
        assert popup.kind() == "page"
        assert popup.run("chrome.extension.inIncognitoContext") is True
        assert popup.run("document.querySelector('#address').value") == f"{server.url}/nl-be/?a=1"
        popup.tap("#hotlines button")
        wait_for(lambda: len(driver.window_handles) == 2)
        windows = "arguments[0]([...Services.wm.getEnumerator('navigator:browser')].length)"
        assert here.inside(windows) == 1

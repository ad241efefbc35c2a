"""An editor gives a country addresses of its own, in the admin alone: refused twice, then live."""

import re
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_publish import editors, log_in
from tests.server import Server

pytestmark = pytest.mark.browser

__all__ = ["editors"]

REVIEW = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
COUNTRIES = {
    # a country that is there and has no addresses yet, and one that is new
    "LU": ("Luxemburg", "Luxembourg", "Luxembourg", "112", "113", "8002 1234"),
    "ES": ("Spanje", "Espagne", "Spain", "112", "091", "900 20 20 10"),
}


def save(page: Page) -> None:
    page.locator("input[name=_save]").first.click()
    expect(page.locator("ul.messagelist .success")).to_be_visible()


def fill_country(page: Page, editors: Server, code: str) -> None:
    nl, fr, en, emergency, _police, _line = COUNTRIES[code]
    page.goto(f"{editors.url}/admin/guidance/country/")
    there = page.get_by_role("link", name=code, exact=True)
    if there.count():
        there.click()
    else:
        page.goto(f"{editors.url}/admin/guidance/country/add/")
        page.fill("[name=code]", code)
        for language, name in (("nl", nl), ("fr", fr), ("en", en)):
            page.fill(f"[name=name_{language}]", name)
            page.fill(f"[name=within_{language}]", f"→ {name}")
        page.fill("[name=emergency]", emergency)
        page.select_option("[name=zone]", "Europe/Madrid")
    page.check("[name=is_edition]")
    for language in ("fr", "en"):
        box = page.locator(f"[name=languages][value={language}]")
        if not box.is_checked():
            box.check()
    save(page)


def add_service(page: Page, editors: Server, code: str, **given: Any) -> None:
    page.goto(f"{editors.url}/admin/guidance/service/add/")
    page.fill("[name=code]", code)
    for language in ("nl", "fr", "en"):
        page.fill(f"[name=name_{language}]", code)
        page.fill(
            f"[name=about_{language}]", {"nl": "Praat.", "fr": "Parle.", "en": "Talk."}[language]
        )
    page.select_option("[name=country]", label=given["country"])
    for purpose in given["purposes"]:
        page.check(f"[name=purposes][value={purpose}]")
    for language in ("fr", "en"):
        page.check(f"[name=languages][value={language}]")
    page.fill("[name=source]", "invented for the tests")
    page.select_option("[name=confidence]", "high")
    page.fill("[name=review_by]", REVIEW)
    page.select_option("[name=channels-0-kind]", given["kind"])
    page.fill("[name=channels-0-address]", given["address"])
    page.fill("[name=channels-0-hours]", given["hours"])
    save(page)


def check_together(page: Page, editors: Server, *names: str) -> None:
    page.goto(f"{editors.url}/admin/publishing/version/publish/")
    for name in names:
        page.locator("label, tr, li").filter(has_text=name).locator(
            "input[type=checkbox]"
        ).first.check()
    page.locator("#content input[type=submit], #content button[type=submit]").first.click()


@pytest.mark.parametrize("code", ["LU", pytest.param("ES", marks=pytest.mark.long)])
def test_an_editor_opens_a_country(code: str, visit: Visit, editors: Server) -> None:
    _nl, fr, en, emergency, police, line = COUNTRIES[code]
    page = visit(locale="en")
    log_in(page, editors)
    fill_country(page, editors, code)

    check_together(page, editors, f"{en} {code}")
    refused = page.locator("#content-main")
    expect(refused).to_contain_text("This keeps it from being published")
    expect(refused).to_contain_text("no service, and no sentence that says so")

    names = [f"{code.lower()}-{name}" for name in ("ear", "night", "law", "wipe")]
    add_service(page, editors, names[0], country=f"{code}: {en}", purposes=["talk", "parents"], kind="call",
                address=line, hours="Mo-Su 08:00-24:00")  # fmt: skip
    add_service(page, editors, names[1], country=f"{code}: {en}", purposes=["suicide"], kind="call",
                address=line, hours="Mo-Fr 18:00-06:00")  # fmt: skip
    add_service(page, editors, names[2], country=f"{code}: {en}", purposes=["police"], kind="call",
                address=police, hours="24/7")  # fmt: skip
    add_service(page, editors, names[3], country=f"{code}: {en}", purposes=["remove", "hotline", "worried"],
                kind="form", address="https://wipe.example/", hours="24/7")  # fmt: skip
    check_together(page, editors, f"{en} {code}", *names)
    expect(refused).to_contain_text("This keeps it from being published")
    expect(refused).to_contain_text(re.compile(r"nobody on \w+ \d+ \w+ \d{4} at \d\d:\d\d"))

    # the night line is there every night, and day and night together leave nobody out
    page.goto(f"{editors.url}/admin/guidance/service/")
    page.get_by_role("link", name=names[1]).first.click()
    page.fill("[name=channels-0-hours]", "24/7")
    save(page)
    check_together(page, editors, f"{en} {code}", *names)
    expect(refused).not_to_contain_text("This keeps it from being published")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("ul.messagelist .success")).to_be_visible()

    page.goto(f"{editors.url}/fr-{code.lower()}/quick/")
    expect(page.locator("html")).to_have_attribute("lang", f"fr-{code}")
    expect(page.locator("main")).to_contain_text(fr)
    assert page.locator(f'a[href="tel:{emergency}"]').count()
    numbers = set(
        page.locator("a[href^='tel:']").evaluate_all(
            "links => links.map(a => a.getAttribute('href'))"
        )
    )
    assert numbers == {f"tel:{emergency}", "tel:" + line.replace(" ", "")}
    with urllib.request.urlopen(f"{editors.url}/en-{code.lower()}/lines/") as response:
        assert names[2] in response.read().decode()

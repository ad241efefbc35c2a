"""The shipped guidance as a whole: sourced, reachable, and somebody to talk to at every hour."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from guidance import help as help_of
from guidance import hours
from guidance.choices import FIRST_COUNTRIES, Amount, Confidence, Country, How, Purpose, Who
from guidance.content import App, Letter, Message, Page, Service
from guidance.models import App as AppDraft
from guidance.models import Page as PageDraft
from guidance.models import Service as ServiceDraft
from sextortion_help.publishing.content import LANGUAGES, Text, texts
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.links import dead_links
from sextortion_help.publishing.live import live
from sextortion_help.publishing.sources import whole
from sextortion_help.publishing.states import State, states
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))


def services(country: str = "", purpose: str = "") -> list[Service]:
    found = [
        service
        for service in live().all(Service)
        if service.country == (country or service.country)
        and (not purpose or purpose in service.purposes)
    ]
    assert found, f"no service in {country} for {purpose}"
    return found


def test_everything_that_is_shipped_is_live() -> None:
    drafts = [list(whole(model)) for model in publishable_models()]
    assert all(set(states(some)) == {State.LIVE} for some in drafts)
    assert sum(map(len, drafts)) == len(live().items) > 200
    assert [content for content in live().items.values() if dead_links(content, live())] == []
    assert len(services()) > 80


def test_every_claim_about_the_world_says_who_says_so_and_when_to_look_again() -> None:
    drafts: list[Any] = [*ServiceDraft.objects.all(), *AppDraft.objects.all()]
    for draft in drafts:
        assert len(draft.source.strip()) > 5, draft
        assert draft.confidence in Confidence.values, draft
        assert isinstance(draft.review_by, date), draft
        assert draft.verified_on is None or draft.verified_on <= timezone.localdate(), draft
    for page in PageDraft.objects.all():
        assert page.sources.strip(), page


def test_what_only_one_source_says_is_looked_at_again_sooner() -> None:
    by_confidence: dict[str, set[date]] = {}
    for draft in ServiceDraft.objects.all():
        by_confidence.setdefault(draft.confidence, set()).add(draft.review_by)
    assert "low" not in by_confidence  # check first: not shown until somebody has
    assert max(by_confidence["medium"]) < max(by_confidence["high"])


def test_every_service_can_be_reached_and_its_address_is_safe() -> None:
    for service in services():
        assert service.phone or service.email or service.chat or service.url, service.code
        for address in (service.chat, service.url):
            assert not address or re.fullmatch(r"https://[a-z0-9.-]+(/[^\s\"<>]*)?", address), (
                address
            )


def test_no_number_is_malformed() -> None:
    for service in services():
        if service.phone:
            assert re.fullmatch(r"\+?\d[\d -]*\d", service.phone), service.code
            assert re.fullmatch(r"(tel|sms):\+?\d{2,15}", service.call), service.code
    assert {service.code for service in services() if service.sms} >= {"uk-shout", "fr-114"}


@pytest.mark.parametrize(
    ("code", "number"),
    [("be-childfocus", "116000"), ("be-1813", "1813"), ("nl-113", "08000113"), ("eu-112", "112")],
)
def test_the_numbers_everybody_depends_on(code: str, number: str) -> None:
    service = live().get(Service, code)
    assert service
    assert service.call == f"tel:{number}"
    assert service.hours == hours.ALWAYS


def test_countries_purposes_and_hours_are_those_the_site_knows() -> None:
    for service in services():
        assert service.country in Country.values, service.code
        assert service.purposes, service.code
        assert set(service.purposes) <= set(Purpose.values), service.code
        assert hours.fault(service.hours, service.country) is None, service.code


def test_adults_only_is_said_where_a_minimum_age_is() -> None:
    for service in services():
        if (service.age_min or 0) >= 18:
            assert service.audience == "adults", service.code
        assert (service.age_max or 99) >= (service.age_min or 0), service.code


@pytest.mark.parametrize("country", FIRST_COUNTRIES)
def test_the_first_countries_have_somebody_to_talk_to_police_and_no_foreign_clock(
    country: str,
) -> None:
    talk = [service for service in services(country, "talk") if service.audience != "adults"]
    assert any(service.phone for service in talk)
    assert any(service.hours == hours.ALWAYS for service in services(country, "police"))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_in_belgium_a_line_to_talk_is_open_at_every_hour_in_each_language(language: str) -> None:
    always = [
        service
        for service in services("BE", "talk")
        if service.hours == hours.ALWAYS and language in service.languages and service.phone
    ]
    assert [service for service in always if service.audience in ("everyone", "minors")]


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_a_suicide_line_is_open_at_every_hour(country: str) -> None:
    assert any(
        service.hours == hours.ALWAYS and service.phone for service in services(country, "suicide")
    )


def test_at_any_minute_of_two_weeks_every_line_has_a_state() -> None:
    start = datetime(2026, 7, 13, tzinfo=ZoneInfo("Europe/Brussels"))  # with a Belgian holiday
    seen: set[str] = set()
    for step in range(0, 14 * 24, 5):
        now = start + timedelta(hours=step)
        found = hours.lines(services(), now)
        assert len(found) == len(services())
        seen |= {line.state for line in found}
        assert all(line.changes is None or line.changes > now for line in found)
    assert seen == set(hours.State)


def test_the_removal_services_for_minors_are_there() -> None:
    takeitdown, stopncii = (live().get(Service, f"x-{code}") for code in ("takeitdown", "stopncii"))
    assert takeitdown
    assert takeitdown.audience == "minors"
    assert "remove" in takeitdown.purposes
    assert stopncii
    assert stopncii.audience == "adults"


def written(text: Text) -> list[str]:
    return [text.within(code) for code in LANGUAGES]


def test_every_text_is_there_in_three_languages_or_in_none() -> None:
    found = [written(text) for content in live().items.values() for text in texts(content)]
    assert len(found) > 1000
    assert [text for text in found if any(text) and not all(text)] == []


def test_three_originals_not_one_text_three_times() -> None:
    bodies = [
        written(text) for page in live().all(Page) for text in (page.title, page.summary, page.body)
    ]
    same = [text for text in bodies if len(set(text)) < 3 and any(text)]
    assert len(same) < len(bodies) / 20, same


def test_there_are_words_for_everybody_and_every_amount() -> None:
    found = {(message.who, message.how, message.amount) for message in live().all(Message)}
    wanted = {
        (who, how, amount) for who in Who.values for how in How.values for amount in Amount.values
    }
    assert found == wanted


def test_each_letter_has_its_blanks_in_three_languages() -> None:
    letters = {letter.code: letter for letter in live().all(Letter)}
    assert set(letters) == {"app", "bank", "school", "search", "website"}
    for letter in letters.values():
        for language in LANGUAGES:
            assert re.search(r"{\w+}", getattr(letter.body, language)), letter.code


def test_the_proof_card_warns_of_snapchat_outside_of_every_list(
    client: Client, language: str
) -> None:
    text = client.get(f"/{language}-be/steps/proof/").content.decode()
    assert re.search(r"</h2>\s*<p><strong>Snapchat</strong>", text)


def test_the_poster_names_the_line_that_answers_day_and_night(client: Client) -> None:
    page = client.get("/nl-be/school/poster/").content.decode()
    assert re.findall(r'<p class="ring">.*?<b>(.*?)</b>', page) == ["116 000"]


def test_there_are_apps_to_report_to(client: Client, language: str) -> None:
    ids = {
        tag.get("id")
        for _, tag in Parsed(client.get(f"/{language}-be/apps/").content.decode()).tags
    }
    assert len(live().all(App)) == 17
    assert {app.code for app in live().all(App)} <= ids


@pytest.mark.parametrize("country", ["BE", "NL"])
@pytest.mark.parametrize("hour", [3, 12, 20])
def test_at_any_hour_somebody_answers_who_thinks_about_dying(
    language: str, country: str, hour: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FIRST_COUNTRY = country
    monkeypatch.setattr("guidance.help.timezone.now", lambda: MONDAY_NOON.replace(hour=hour))
    translation.activate(language)
    [group] = help_of.help_now(live(), ["suicide"])
    assert group.lines[0].reachable
    assert group.lines[0].service.phone


def test_somebody_can_be_talked_to_in_each_language(language: str) -> None:
    assert help_of.has_human(live(), [Purpose.TALK], language)

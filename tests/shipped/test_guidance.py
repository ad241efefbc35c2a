"""The shipped guidance as a whole: sourced, reachable, and somebody to talk to at every hour."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from guidance import hours, lines
from guidance.choices import AT_EVERY_HOUR, NEEDED, Amount, Confidence, How, Purpose, Way, Who
from guidance.content import App, Channel, Country, Letter, Message, Page, Service
from guidance.editions import lacking
from guidance.help import country_of, has_human, help_now
from guidance.models import App as AppDraft
from guidance.models import Page as PageDraft
from guidance.models import Service as ServiceDraft
from sextortion_help.publishing.content import LANGUAGES, Contents, Text, texts
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.links import dead_links
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import Place, at, countries, places
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


def ways() -> list[tuple[Service, Channel]]:
    return [(service, way) for service in services() for way in service.channels]


def of(country: str) -> Contents:
    return at(live(), country)


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
        assert service.channels or service.url, service.code
        sites = [way.address for way in service.channels if way.kind in ("chat", "form", "app")]
        for address in (service.url, *sites):
            assert not address or re.fullmatch(r"https://[a-z0-9.-]+(/[^\s\"<>]*)?", address), (
                address
            )


def test_no_number_is_malformed() -> None:
    for service, way in ways():
        if way.kind in ("call", "text"):
            assert re.fullmatch(r"\+?\d[\d -]*\d", way.address), service.code
            assert re.fullmatch(r"(tel|sms):\+?\d{2,15}", way.href), service.code
        elif way.kind == "mail":
            assert re.fullmatch(r"mailto:[^@\s]+@[a-z0-9.-]+", way.href), service.code
    texted = {service.code for service, way in ways() if way.kind == "text"}
    assert texted >= {"uk-shout", "fr-114"}


@pytest.mark.parametrize(
    ("code", "number"),
    [("be-childfocus", "116000"), ("be-1813", "1813"), ("nl-113", "08000113"), ("eu-112", "112")],
)
def test_the_numbers_everybody_depends_on(code: str, number: str) -> None:
    service = live().get(Service, code)
    assert service
    assert (f"tel:{number}", hours.ALWAYS) in [(way.href, way.hours) for way in service.channels]


def test_countries_purposes_and_hours_are_those_the_site_knows() -> None:
    for service in services():
        assert live().get(Country, service.country), service.code
        assert service.purposes, service.code
        assert set(service.purposes) <= set(Purpose.values), service.code
    for service, way in ways():
        assert way.kind in Way.values, service.code
        clock = country_of(live(), service.country).clock
        assert hours.fault(way.hours, clock) is None, service.code
        assert set(way.languages) <= set(service.languages), service.code


def test_adults_only_is_said_where_a_minimum_age_is() -> None:
    for service in services():
        if (service.age_min or 0) >= 18:
            assert service.audience == "adults", service.code
        assert (service.age_max or 99) >= (service.age_min or 0), service.code


# the clock of each country: at noon UTC in winter and in summer; None where there is more than one
OFFSETS = {
    "BE": (1, 2), "NL": (1, 2), "BQ": (-4, -4), "FR": (1, 2), "LU": (1, 2), "DE": (1, 2), "GB": (0, 1),
    "IE": (0, 1), "CH": (1, 2), "IT": (1, 2),
    "US": None, "CA": None, "AU": None, "EU": None, "WW": None,
}  # fmt: skip


def test_every_country_is_there_with_its_own_clock_and_holidays() -> None:
    found = {country.code: country for country in live().all(Country)}
    assert set(found) == set(OFFSETS)
    for code, offsets in OFFSETS.items():
        clock = found[code].clock
        if offsets is None:
            assert clock == ("", ""), code
            continue
        assert clock.holidays == code
        noons = [datetime(2026, month, 14, 12, tzinfo=ZoneInfo(clock.zone)) for month in (1, 7)]
        found_there = [noon.utcoffset() for noon in noons]
        assert found_there == [timedelta(hours=offset) for offset in offsets], code


@pytest.mark.parametrize(
    ("country", "languages", "emergency"),
    [("BE", "nl fr en", "112"), ("NL", "nl en fr", "112"), ("BQ", "nl en fr", "911")],
)
def test_the_editions_have_their_places_and_emergency_number(
    country: str, languages: str, emergency: str
) -> None:
    own = [place.language for place in places(live()) if place.country == country]
    assert sorted(own) == sorted(languages.split())
    assert country_of(of(country)).emergency == emergency
    assert countries(live()) == ("BE", "NL", "BQ")


def test_no_edition_lacks_anything_it_owes_its_visitors() -> None:
    assert lacking(Contents(), live(), timezone.localdate()) == []


@pytest.mark.parametrize("country", ["BE", "NL", "BQ"])
def test_each_edition_names_the_contacts_it_stands_on(country: str) -> None:
    assert [service for service in services(country) if service.key]


@pytest.mark.parametrize("country", ["BE", "NL", "BQ"])
@pytest.mark.parametrize("need", NEEDED)
def test_for_each_need_an_edition_has_somebody_for_minors_or_says_that_it_has_not(
    country: str, need: Purpose
) -> None:
    found = [each for each in of(country).all(Service) if each.country == country]
    assert country_of(of(country)).gap(need) or [
        each for each in found if need in each.purposes and not each.for_adults
    ]


@pytest.mark.parametrize("country", ["BE", "NL", "BQ"])
def test_the_police_can_be_called_at_every_hour(country: str) -> None:
    found = [way for each in services(country, "police") for way in each.channels]
    assert any(way.hours == hours.ALWAYS and way.kind == "call" for way in found)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_in_belgium_a_line_to_talk_is_open_at_every_hour_in_each_language(language: str) -> None:
    assert [
        service
        for service in services("BE", "talk")
        if language in service.languages and not service.for_adults
        for way in service.channels
        if way.kind == "call" and way.hours == hours.ALWAYS
    ]


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_a_suicide_line_is_open_at_every_hour(country: str) -> None:
    found = [way for each in services(country, "suicide") for way in each.channels]
    assert any(way.hours == hours.ALWAYS and way.kind == "call" for way in found)


def test_at_any_minute_of_two_weeks_every_channel_has_a_state() -> None:
    start = datetime(2026, 7, 13, tzinfo=ZoneInfo("Europe/Brussels"))  # with a Belgian holiday
    clocks = {country.code: country.clock for country in live().all(Country)}
    seen: set[str] = set()
    for step in range(0, 14 * 24, 5):
        now = start + timedelta(hours=step)
        for service in services():
            for reach in lines.line(service, clocks[service.country], now).reaches:
                seen.add(reach.said.state)
                assert reach.said.changes is None or reach.said.changes > now
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
    card = live().get(Page, "steps/proof")
    assert card
    text = client.get(f"/{language}-be{card.path}").content.decode()
    assert re.search(r"</h2>\s*<p><strong>Snapchat</strong>", text)


def test_the_poster_names_the_line_that_answers_day_and_night(client: Client) -> None:
    page = client.get("/nl-be/school/poster/").content.decode()
    assert re.findall(r'<p class="ring">.*?<b>(.*?)</b>', page) == ["116 000", "112"]


def test_there_are_apps_to_report_to(client: Client, language: str) -> None:
    ids = {
        tag.get("id")
        for _, tag in Parsed(client.get(f"/{language}-be/apps/").content.decode()).tags
    }
    assert len(live().all(App)) == 17
    assert {app.code for app in live().all(App)} <= ids


EVERY_PLACE = [Place(language, code) for code in ("BE", "NL", "BQ") for language in LANGUAGES]


@pytest.mark.parametrize("place", EVERY_PLACE, ids=lambda place: place.tag)
def test_at_any_hour_somebody_answers_who_thinks_about_dying_and_never_alone(place: Place) -> None:
    """In every place two numbers stand there, or the country says that there is nobody."""
    contents = of(place.country)
    for hour in range(0, 7 * 24, 3):
        now = MONDAY_NOON + timedelta(hours=hour)
        [group] = help_now(contents, ["suicide"], place.language, now)
        answering = [line for line in group.lines if line.answers]
        talking = help_now(contents, ["talk"], place.language, now, whole=True)
        others = [line for group in talking for line in group.lines if line.answers]
        codes = {line.service.code for line in (*answering, *others)}
        assert len(answering) >= min(2, len(codes)), now
        assert group.gap or answering, now
        assert group.dying
        assert group.country.emergency


@pytest.mark.parametrize("place", EVERY_PLACE, ids=lambda place: place.tag)
def test_no_group_begins_with_who_does_not_speak_the_language_while_another_does(
    place: Place,
) -> None:
    contents = of(place.country)
    for hour in range(0, 7 * 24, 7):
        now = MONDAY_NOON + timedelta(hours=hour)
        for group in help_now(contents, Purpose, place.language, now, adults=True, whole=True):
            minors = [line for line in group.lines if not line.service.for_adults]
            speaking = [line for line in minors if place.language in line.service.languages]
            assert not speaking or group.lines[0] in speaking, (group.purpose, now)
            assert minors or not group.lines, group.purpose
        for group in help_now(contents, AT_EVERY_HOUR, place.language, now):
            assert not any(line.service.for_adults for line in group.lines)


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_somebody_can_be_talked_to_in_each_language(language: str, country: str) -> None:
    spoken = [language] if country == "BE" or language != "fr" else ["nl"]
    for each in spoken:
        assert has_human(of(country), [Purpose.TALK], each)

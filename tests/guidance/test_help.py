"""Which lines stand beside a text: of the first country, for minors, in the visitor's language."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from pytest_django import Settings

from guidance import help as lines_of
from guidance.choices import FIRST_COUNTRIES, NEEDS, Country, Purpose
from guidance.content import Service
from sextortion_help.publishing.content import Contents
from tests.guidance.builders import service

TALK = "Met iemand praten"
MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(autouse=True)
def at_noon(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Belgium first, in Dutch, on an ordinary Monday."""
    settings.FIRST_COUNTRY = "BE"
    monkeypatch.setattr("guidance.help.timezone.now", lambda: MONDAY_NOON)


def having(*services: Service) -> Contents:
    return Contents(1).plus(services)


def shown(now: Contents, *purposes: str) -> list[tuple[str, str]]:
    """Give each heading with the codes of its lines."""
    return [
        (group.heading, " ".join(line.service.code for line in group.lines))
        for group in lines_of.help_now(now, purposes)
    ]


def test_only_the_first_country_is_shown(settings: Settings) -> None:
    now = having(service("here"), service("there", country="NL"), service("far", country="WW"))
    assert shown(now, "talk") == [(TALK, "here")]
    settings.FIRST_COUNTRY = "NL"
    assert shown(now, "talk") == [(TALK, "there")]


def test_what_is_for_adults_only_is_never_shown_beside_a_text_for_minors() -> None:
    now = having(service("adults", audience="adults", hours="24/7"), service("minors", audience="minors"))  # fmt: skip
    assert shown(now, "talk") == [(TALK, "minors")]
    assert shown(having(service("adults", audience="adults")), "talk") == []


def test_each_purpose_is_a_group_of_its_own_in_the_order_asked_for() -> None:
    now = having(service("both", purposes=("talk", "police")), service("one", purposes=("police",)))
    assert [codes for _heading, codes in shown(now, "police", "talk")] == ["both one", "both"]


def test_a_purpose_nobody_serves_has_no_heading() -> None:
    assert shown(having(service("a")), "remove", "talk", "suicide") == [(TALK, "a")]
    assert shown(Contents(1), "talk") == []


def test_the_heading_is_in_the_visitors_language(language: str) -> None:
    translation.activate(language)
    words = {"nl": "Politie", "fr": "Police", "en": "Police"}
    assert shown(having(service("a", purposes=("police",))), "police") == [(words[language], "a")]


def test_only_lines_that_speak_the_language_are_shown() -> None:
    now = having(service("nl", languages=("nl",)), service("fr", languages=("fr", "de")))
    assert shown(now, "talk")[0][1] == "nl"
    translation.activate("fr")
    assert shown(now, "talk")[0][1] == "fr"


def test_when_none_speaks_the_language_all_are_shown() -> None:
    now = having(service("nl", languages=("nl",)), service("fr", languages=("fr",)))
    translation.activate("en")
    assert shown(now, "talk")[0][1] == "fr nl"


def test_a_line_whose_languages_nobody_knows_is_shown_only_when_no_other_speaks_it() -> None:
    unknown = service("unknown", languages=())
    assert shown(having(unknown), "talk")[0][1] == "unknown"
    assert shown(having(unknown, service("nl", languages=("nl",))), "talk")[0][1] == "nl"


def test_who_answers_now_stands_first_then_the_order_of_the_editors() -> None:
    now = having(
        service("closed", order=1, hours="Tu 09:00-10:00"),
        service("open", order=2, hours="Mo 09:00-18:00"),
        service("second", order=4, hours="24/7"),
        service("first", order=3, hours="24/7"),
    )
    assert shown(now, "talk")[0][1] == "first second open closed"


@pytest.mark.parametrize(
    ("fields", "human"),
    [
        ({"phone": "102"}, True),
        ({"phone": "", "chat": "https://b.example/"}, True),
        ({"phone": "", "url": "https://b.example/", "email": "a@b.example"}, False),
        ({"phone": "102", "country": "NL"}, False),
        ({"phone": "102", "audience": "adults"}, False),
        ({"phone": "102", "purposes": ("police",)}, False),
    ],
)
def test_a_human_is_somebody_of_here_to_call_or_chat_with(
    fields: dict[str, Any], human: bool
) -> None:
    assert lines_of.has_human(having(service(**fields)), ["talk"]) is human
    assert lines_of.has_human(having(service(**fields)), []) is False


def test_one_human_among_several_purposes_is_enough() -> None:
    now = having(service("web", phone="", url="https://b.example/"), service("police", purposes=("police",)))  # fmt: skip
    assert lines_of.has_human(now, ["talk", "police"])
    assert not lines_of.has_human(now, ["talk", "remove"])


def test_in_a_language_a_human_must_speak_it() -> None:
    now = having(service("nl", languages=("nl",)), service("web", phone="", languages=("fr",)))
    assert lines_of.has_human(now, ["talk"], "nl")
    assert not lines_of.has_human(now, ["talk"], "fr")


def test_the_suicide_lines_come_last_unless_they_have_a_place() -> None:
    assert lines_of.with_suicide_line(["talk", "police"]) == ["talk", "police", "suicide"]
    assert lines_of.with_suicide_line(["suicide", "talk"]) == ["suicide", "talk"]
    assert lines_of.with_suicide_line([]) == ["suicide"]


def test_the_first_call_of_a_group_is_the_first_with_a_number() -> None:
    [group] = lines_of.help_now(having(service("web", phone=""), service("z"), service("zz")), ["talk"])  # fmt: skip
    assert group.first_call
    assert group.first_call.service.code == "z"
    [group] = lines_of.help_now(having(service("web", phone="")), ["talk"])
    assert group.first_call is None


def everything() -> list[Service]:
    """A line for each need in each of the first countries, and for each purpose in Belgium."""
    return [
        service(f"{purpose}-{country}", country=country, purposes=(purpose,))
        for country in FIRST_COUNTRIES
        for purpose in Purpose
    ]


def test_a_site_with_every_line_lacks_none_and_one_without_any_lacks_each() -> None:
    assert lines_of.lacking_lines(having(*everything())) == []
    lacking = lines_of.lacking_lines(Contents(1))
    assert len(lacking) == len(set(lacking)) == 3 * len(Purpose) + 3 * 7


@pytest.mark.parametrize("country", FIRST_COUNTRIES)
@pytest.mark.parametrize("need", [*NEEDS, Purpose.HOTLINE])
def test_the_last_line_of_a_country_for_a_need_is_missed(country: Country, need: Purpose) -> None:
    left = [each for each in everything() if each.code != f"{need}-{country}"]
    lacking = lines_of.lacking_lines(having(*left))
    [lack] = [name for name in lacking if name.endswith(str(country.label))]
    assert lack.startswith(str(need.label))
    assert len(lacking) == (4 if country == "BE" else 1)


def test_the_last_line_in_a_language_is_missed() -> None:
    services = [each for each in everything() if each.code != "suicide-BE"]
    flemish = service("flemish", purposes=("suicide",), languages=("nl",))
    english = service("english", purposes=("suicide",), languages=("en",))
    [lack] = lines_of.lacking_lines(having(*services, flemish, english))
    assert lack.startswith(str(Purpose.SUICIDE.label))
    assert lack.endswith("français")
    web = service(
        "web", purposes=("suicide",), languages=("fr",), phone="", url="https://b.example/"
    )
    assert len(lines_of.lacking_lines(having(*services, flemish, english, web))) == 1
    abroad = service("abroad", country="NL", purposes=("suicide",), languages=("fr",))
    assert len(lines_of.lacking_lines(having(*services, flemish, english, abroad))) == 1

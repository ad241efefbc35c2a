"""Which lines stand beside a text: of the first country, for minors, in the visitor's language."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from guidance import help as lines_of
from guidance.hours import Line
from sextortion_help.publishing.live import Live, live
from tests.guidance.builders import service

TALK = "Met iemand praten"
MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(autouse=True)
def at_noon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Belgium first, in Dutch, on an ordinary Monday."""
    settings.FIRST_COUNTRY = "BE"
    monkeypatch.setattr(lines_of.timezone, "now", lambda: MONDAY_NOON)


def having(*services: Any) -> Live:
    return Live(1).plus(services)


def shown(now: Live, *purposes: str) -> list[tuple[str, str]]:
    """Give each heading with the codes of its lines."""
    groups: list[tuple[str, list[Line]]] = lines_of.help_now(now, purposes)
    return [(name, " ".join(line.service.code for line in lines)) for name, lines in groups]


def test_only_the_first_country_is_shown(settings: Any) -> None:
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
    assert shown(Live(1), "talk") == []


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


@pytest.mark.django_db
@pytest.mark.parametrize("country", ["BE", "NL"])
@pytest.mark.parametrize("hour", [3, 12, 20])
def test_at_any_hour_somebody_shipped_answers_who_thinks_about_dying(
    language: str,
    country: str,
    hour: int,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.FIRST_COUNTRY = country
    monkeypatch.setattr(lines_of.timezone, "now", lambda: MONDAY_NOON.replace(hour=hour))
    translation.activate(language)
    [(_heading, lines)] = lines_of.help_now(live(), ["suicide"])
    assert lines[0].reachable
    assert lines[0].service.phone

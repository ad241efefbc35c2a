"""What needs a second person: the rule over two sources, and over who typed, who asks and who may publish."""

from itertools import product
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from guidance.models import App, Country, Page, Service
from quiz.models import SelfCheck
from sextortion_help.publishing.delicate import delicate, dialled, values
from sextortion_help.publishing.hands import lacks_second
from sextortion_help.publishing.models import Draft

CALL = {"code": "bbbb", "kind": "call", "address": "116 000", "hours": "24/7", "note_nl": "x"}
LINE: dict[str, Any] = {
    "code": "a-line", "country": "BE", "name_nl": "Lijn", "cost_nl": "gratis", "url": "https://a.example",
    "review_by": "2030-01-01", "channels": [CALL],
}  # fmt: skip
LAND: dict[str, Any] = {
    "code": "BE", "emergency": "112", "zone": "Europe/Brussels", "holidays": "BE", "name_nl": "België",
    "emergency_silent_nl": "de app", "gaps": [{"code": "money", "text_nl": "Niemand"}],
}  # fmt: skip
EDITION: dict[str, Any] = {**LAND, "is_edition": True, "languages": ["nl", "fr"]}
PAGE: dict[str, Any] = {
    "code": "p", "title_nl": "Stop", "body_nl": "Bel [116 000](tel:116000), of lees [dit](/steps/a/).",
    "steps": [{"code": "s", "body_nl": "Wacht 20 minuten. Het kost € 150, of 30%."}],
}  # fmt: skip
CHECK: dict[str, Any] = {
    "code": "c", "questions": [{"code": "b", "answers": [{"code": "d", "advice_nl": "Bel 1813."}]}],
}  # fmt: skip


def channel(**fields: str) -> dict[str, Any]:
    return {**LINE, "channels": [{**CALL, **fields}]}


# (model, live, draft, the keys that need a second person)
TABLE: dict[str, tuple[type[Draft], dict[str, Any], dict[str, Any], list[str]]] = {
    "number": (Service, LINE, channel(address="999"), ["channels/bbbb/address"]),
    "hours": (Service, LINE, channel(hours="Mo-Fr 09:00-17:00"), ["channels/bbbb/hours"]),
    "hours gone": (Service, LINE, channel(hours=""), ["channels/bbbb/hours"]),
    "call to text": (Service, LINE, channel(kind="text"), ["channels/bbbb/kind"]),
    "a channel less": (
        Service, LINE, {**LINE, "channels": []}, [f"channels/bbbb/{name}" for name in ("kind", "address", "hours")],
    ),
    "another channel": (
        Service, LINE, {**LINE, "channels": [CALL, {"code": "cccc", "kind": "chat", "address": "https://b.example"}]},
        ["channels/cccc/kind", "channels/cccc/address"],
    ),
    "website": (Service, LINE, {**LINE, "url": "https://b.example"}, ["url"]),
    "words of a service": (Service, LINE, {**LINE, "cost_nl": "20 cent", "review_by": "2031-01-01"}, []),
    "a number in words": (Service, LINE, {**LINE, "cost_nl": "bel 0900 12345"}, ["cost_nl"]),
    "note of a channel": (Service, LINE, channel(note_nl="vraag naar Jan"), []),
    "emergency": (Country, LAND, {**LAND, "emergency": "911"}, ["emergency"]),
    "silent emergency": (Country, LAND, {**LAND, "emergency_silent_nl": "sms 112"}, ["emergency_silent_nl"]),
    "clock": (Country, LAND, {**LAND, "zone": "America/Curacao"}, ["zone"]),
    "name of a country": (Country, LAND, {**LAND, "name_nl": "Belgie", "order": 9}, []),
    "report address": (App, {"code": "a", "report_url": ""}, {"code": "a", "report_url": "https://x.example"}, ["report_url"]),
    "a number in a source": (Page, PAGE, {**PAGE, "sources": "asked at 116 006"}, []),
    "words": (Page, PAGE, {**PAGE, "title_nl": "Stop nu", "body_nl": "Wacht. Bel [ons](tel:116000)."}, []),
    "a link to call": (Page, PAGE, {**PAGE, "body_nl": "Bel [116 000](tel:999)."}, ["body_nl"]),
    "a page of ours": (Page, PAGE, {**PAGE, "body_nl": PAGE["body_nl"] + " En [dat](/steps/b/)."}, []),
    "another site": (Page, PAGE, {**PAGE, "title_nl": "Kijk op https://x.example"}, ["title_nl"]),
    "an amount": (Page, PAGE, {**PAGE, "steps": [{"code": "s", "body_nl": "Het kost € 250, 90%, op 12-03-2026."}]}, []),
    "deep": (
        SelfCheck, CHECK, {**CHECK, "questions": [{"code": "b", "answers": [{"code": "d", "advice_nl": "Bel 1812."}]}]},
        ["questions/b/answers/d/advice_nl"],
    ),
    "off the site": (Page, PAGE, {}, ["", "body_nl"]),
    "off, with nothing to call": (Page, {"code": "q"}, {}, [""]),
    "new, with nothing to call": (Page, {}, {"code": "q", "title_nl": "Stop"}, []),
    "new line": (Service, {}, LINE, ["url", *(f"channels/bbbb/{name}" for name in ("kind", "address", "hours"))]),
    "nothing": (Service, LINE, LINE, []),
    "no addresses of its own": (Country, EDITION, {**EDITION, "is_edition": False}, ["is_edition"]),
    "a language less": (Country, EDITION, {**EDITION, "languages": ["nl"]}, ["languages"]),
    "a language first": (Country, EDITION, {**EDITION, "languages": ["fr", "nl"]}, []),
    "new country": (Country, {}, EDITION, ["emergency", "zone", "holidays", "emergency_silent_nl"]),
    "another country": (Service, LINE, {**LINE, "country": "LU"}, ["country"]),
    "for nothing else": (Service, {**LINE, "purposes": ["talk"]}, {**LINE, "purposes": ["info"]}, ["purposes"]),
    "for adults": (Service, {**LINE, "audience": "everyone"}, {**LINE, "audience": "adults"}, ["audience"]),
    "from an age": (Service, {**LINE, "age_min": None}, {**LINE, "age_min": 18}, ["age_min"]),
    "a page for elsewhere": (Page, PAGE, {**PAGE, "countries": ["LU"]}, ["countries"]),
    "a new page for a country": (Page, {}, {"code": "q", "countries": ["LU"]}, []),
}  # fmt: skip


def test_a_choice_is_named_as_staff_know_it_and_anything_else_as_it_is() -> None:
    with override("en"):
        said = {key: value.words for key, value in values(Service, LINE).items()}
    assert said == {
        "country": "BE", "url": "https://a.example", "channels/bbbb/kind": "phone call",
        "channels/bbbb/address": "116 000", "channels/bbbb/hours": "24/7",
    }  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_a_second_person_sees_what_can_lead_somebody_astray(case: str) -> None:
    model, old, new, keys = TABLE[case]
    found = delicate(model, old, new)
    assert sorted(each.key for each in found) == sorted(keys)
    assert all(each.old != each.new for each in found)


def test_old_and_new_are_named_in_words() -> None:
    [number] = delicate(Service, LINE, channel(address="999"))
    assert (number.old, number.new) == ("116 000", "999")
    assert "bbbb" in number.name


def test_a_list_a_country_and_a_box_are_said_in_words() -> None:
    moved = {**LINE, "purposes": ["info"], "country": "LU"}
    with override("en"):
        found = [
            *delicate(Service, {**LINE, "purposes": ["talk", "suicide"]}, moved),
            *delicate(Country, EDITION, {**EDITION, "is_edition": False, "languages": []}),
            *delicate(Country, {**EDITION, "is_edition": False}, EDITION),
            *delicate(Country, EDITION, {}),
        ]
    said = {(each.key, each.old, each.new) for each in found}
    assert said >= {
        ("country", "BE", "LU"), ("purposes", "talk, suicide", "info"), ("is_edition", "yes", "no"),
        ("languages", "nl, fr", ""), ("is_edition", "no", "yes"), ("is_edition", "yes", ""),
    }  # fmt: skip


def test_what_is_kept_of_a_value_is_the_same_in_every_language() -> None:
    said = []
    for language in ("en", "fr"):
        with override(language):
            said.append([(one.kept, one.words) for one in values(Service, LINE).values()])
    assert [kept for kept, _ in said[0]] == [kept for kept, _ in said[1]]
    assert said[0] != said[1]


@pytest.mark.parametrize(
    ("words", "found"),
    [("Bel 112", ["112"]), ("116 000", ["116000"]), ("+32 2 123.45.67", ["+3221234567"]), ("1813.", ["1813"]),
     ("in 2024", []), ("2024-05-01", []), ("€ 1500", []), ("1500 €", []), ("1.500,50", []), ("100%", []),
     ("20 of 30 keer", []), ("help@a.example, nu", ["help@a.example"]), ("\u202a112\u202c", ["112"]), ("1\u00a01\u00a02", ["112"]),
     ("[x](mailto:a@b.example)", ["mailto:a@b.example"]), ("[x](/page/)", []), ("{emergency}", [])],
)  # fmt: skip
def test_what_can_be_dialled_or_followed_is_found_in_any_text(words: str, found: list[str]) -> None:
    assert dialled(words) == found


@given(some.text(max_size=60))
def test_any_text_is_read_and_says_the_same_twice(words: str) -> None:
    source = {"code": "p", "body_nl": words}
    assert delicate(Page, source, source) == []
    assert set(values(Page, source)) <= {"body_nl"}


PEOPLE = some.integers(1, 4)


@given(some.lists(some.none() | PEOPLE), PEOPLE, some.sets(PEOPLE), some.none() | PEOPLE)
def test_two_people_stand_behind_everything_delicate(
    hands: list[int | None], asked: int, publishers: set[int], second: int | None
) -> None:
    lacks = lacks_second(hands, asked, publishers, second)
    if len(publishers) < 2 or not hands:
        assert not lacks
        return
    if not lacks:
        for hand in hands:
            typed = asked if hand is None else hand
            assert {asked, second} & publishers - {typed}
    # nobody is locked out: somebody who may publish can always be the second
    if asked in publishers:
        assert any(not lacks_second(hands, asked, publishers, each) for each in publishers)


@pytest.mark.parametrize(("asked", "hand"), [*product((1, 2), (1, 2, 3, None))])
def test_who_typed_it_or_asked_cannot_confirm_alone(asked: int, hand: int | None) -> None:
    own = hand is None or hand == asked
    assert lacks_second([hand], asked, {1, 2}) is own
    assert lacks_second([hand], asked, {1, 2}, second=asked) is own
    other = 3 - asked
    assert not lacks_second([hand], asked, {1, 2}, second=other)
    assert lacks_second([hand], asked, {asked, other + 10}, second=other) is own

"""A form that is right in form only: what a service says must be possible, and mean what it seems."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from guidance.models import Channel
from guidance.phones import Dial, dial
from sextortion_help.publishing.planning import check, read
from tests.publishing.builders import make_channel, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("116 000", "BE", Dial.WORKS),
        ("0800 32 123", "BE", Dial.WORKS),
        ("1813", "BE", Dial.WORKS),
        ("0800-0113", "NL", Dial.WORKS),
        ("911", "BQ", Dial.WORKS),
        ("3018", "FR", Dial.WORKS),
        ("+32 2 345 67 89", "WW", Dial.WORKS),
        ("112", "EU", Dial.WORKS),
        ("113", "NL", Dial.UNKNOWN),
        ("+32 0800 00 000", "BE", Dial.CANNOT),
        ("0032 0800 00 000", "BE", Dial.CANNOT),
        ("0800 12", "BE", Dial.CANNOT),
        ("12345678901", "BE", Dial.CANNOT),
        ("+999 123456", "WW", Dial.CANNOT),
        ("02 345 67 89", "WW", Dial.CANNOT),
        # the table drops what cannot be dialled: a 0, or the country that stands there twice
        ("+32 0800 12 345", "BE", Dial.CANNOT),
        ("+32 02 502 12 34", "BE", Dial.CANNOT),
        ("0032 02 502 12 34", "BE", Dial.CANNOT),
        ("+0032 2 502 12 34", "BE", Dial.CANNOT),
        ("32 2 502 12 34", "BE", Dial.CANNOT),
        ("+31 020 123 4567", "NL", Dial.CANNOT),
        ("+33 01 42 34 56 78", "FR", Dial.CANNOT),
        ("+44 01372 847 161", "IE", Dial.CANNOT),
        # and adds a 0 that is missing
        ("2 502 12 34", "BE", Dial.UNKNOWN),
        # these begin so
        ("0032 2 502 12 34", "BE", Dial.WORKS),
        ("+39 06 6982 0000", "WW", Dial.WORKS),
        ("06 6982 0000", "IT", Dial.WORKS),
        ("+800 1234 5678", "WW", Dial.WORKS),
        ("1-800-843-5678", "US", Dial.WORKS),
        ("800-843-5678", "US", Dial.WORKS),
    ],
)
def test_a_number_can_be_dialled_or_not(number: str, country: str, expected: Dial) -> None:
    assert dial(number, country) == expected


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"age_min": 18, "age_max": 12}, "age_max"),
        ({"audience": "minors", "age_min": 18}, "age_min"),
        ({"audience": "adults", "age_max": 17}, "age_max"),
        ({"verified_on": TODAY + timedelta(days=1)}, "verified_on"),
        ({"review_by": TODAY + timedelta(days=1000)}, "review_by"),
        ({"url": "https://childfocus.be@evil.example/"}, "url"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields: dict[str, Any], at: str) -> None:
    service = make_service()
    for name, value in fields.items():
        setattr(service, name, value)
    with pytest.raises(ValidationError) as error:
        service.full_clean()
    assert list(error.value.message_dict) == [at]
    service.save()
    problems = [problem for problem in check(read([service])) if not problem.warning]
    assert service.edit_url(at) in [problem.url for problem in problems]


@pytest.mark.parametrize(
    ("kind", "address", "hours", "at"),
    [
        ("call", "+32 0800 00 000", "", "address"),
        ("text", "+32 0800 00 000", "", "address"),
        ("call", "https://example.org/", "", "address"),
        ("chat", "116 000", "", "address"),
        ("chat", "https://user:word@evil.example/", "", "address"),
        ("mail", "https://example.org/", "", "address"),
        ("call", "116 000", "Mo-Fr 17:00-09:00", "hours"),
        ("call", "116 000", "SH off", "hours"),
    ],
)
def test_a_channel_that_cannot_be_is_refused_at_its_field(
    kind: str, address: str, hours: str, at: str
) -> None:
    service = make_service(channels=[("call", "116 000")])
    channel = make_channel(service, kind, address, hours)
    with pytest.raises(ValidationError) as error:
        channel.full_clean()
    assert list(error.value.message_dict) == [at]
    [problem] = [problem for problem in check(read([service])) if not problem.warning]
    assert problem.url == service.edit_url(f"channels-1-{at}")


UNSEEN = [
    ("https://example.org/\u200b", "U+200B ZERO WIDTH SPACE", 21),
    ("https://example.org/\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE", 21),
    ("https://example.org/\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE", 21),
    ("https://example.org\u200b", "U+200B ZERO WIDTH SPACE", 20),
    ("https://exam\u00adple.org/", "U+00AD SOFT HYPHEN", 13),
    ("https://example.org/\u3164", "U+3164 HANGUL FILLER", 21),
    ("https://example.org/\x7f", "U+007F control character", 21),
]


@pytest.mark.parametrize(("address", "character", "place"), UNSEEN)
def test_an_address_with_what_cannot_be_seen_is_refused_by_its_name_and_place(
    address: str, character: str, place: int
) -> None:
    service = make_service(url=address)
    with pytest.raises(ValidationError) as error:
        service.full_clean()
    said = f"{character} cannot stand in an address, at character {place}."
    assert said in error.value.message_dict["url"]


@pytest.mark.parametrize("host", ["\u0441hildfocus.be", "child\u0441at.example"])
def test_an_address_in_letters_of_two_alphabets_is_refused(host: str) -> None:
    with pytest.raises(ValidationError, match="mixes letters of two alphabets"):
        make_service(url=f"https://{host}/").full_clean()


@pytest.mark.parametrize(
    "address", ["https://für-dich.example/été", "https://example.org/%E2%80%8B?a=1#é"]
)
def test_an_address_in_letters_that_are_seen_is_not_refused(address: str) -> None:
    make_service(url=address).full_clean()


@pytest.mark.parametrize(
    ("kind", "pasted", "address"),
    [
        ("chat", "\ufeffhttps://exam\u00adple.org/\u200b", "https://example.org/"),
        ("mail", "name@example.org\u200b", "name@example.org"),
        ("text", "０４５０ 00\u00a012 34", "0450 00 12 34"),
    ],
)
def test_an_address_is_cleaned_whatever_way_it_came_in(
    kind: str, pasted: str, address: str
) -> None:
    typed = Channel(service=make_service(), kind=kind, address=pasted)
    typed.full_clean()
    from_a_file = make_channel(typed.service, kind, pasted, "ma-vr 9u-17u")
    assert (typed.address, from_a_file.address) == (address, address)
    assert from_a_file.hours == "Mo-Fr 09:00-17:00"


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("chat", "https://example.org/\u202e"),
        ("mail", "n\u0430me@example.org"),
        ("mail", "a\u202eb@example.org"),
    ],
)
def test_an_address_of_a_channel_that_is_not_what_it_seems_is_refused(
    kind: str, address: str
) -> None:
    channel = make_channel(make_service(), kind, address)
    with pytest.raises(ValidationError) as error:
        channel.full_clean()
    assert list(error.value.message_dict) == ["address"]


@pytest.mark.parametrize(
    "fields",
    [
        {"age_min": 12, "age_max": 12},
        {"audience": "adults", "age_min": 18},
        {"verified_on": TODAY},
        {"review_by": TODAY + timedelta(days=700)},
        {"url": "https://example.org/@name"},
    ],
)
def test_what_can_be_is_not_refused(fields: dict[str, Any]) -> None:
    service = make_service()
    for name, value in fields.items():
        setattr(service, name, value)
    service.full_clean()


def test_a_number_that_no_list_knows_is_for_a_person_to_call() -> None:
    service = make_service(country="NL", channels=[("call", "113")])
    said = [problem for problem in check(read([service])) if "no list of numbers" in problem.text]
    assert [problem.warning for problem in said] == [True]


@pytest.mark.parametrize(
    "pasted", ["0800\u00a032\u202f123", "0800\u201132 123", "\u202a0800 32 123\u202c"]
)
def test_a_pasted_number_is_taken_as_it_is_dialled(pasted: str) -> None:
    channel = make_channel(make_service(), "call", pasted)
    channel.full_clean()
    assert channel.address in ("0800 32 123", "0800-32 123")


def test_the_hours_are_read_back_where_they_are_published() -> None:
    service = make_service(channels=[("call", "116 000", "24/7")])
    assert service.read_back() == ""
    channel = make_channel(service, "chat", "https://example.org/", "ma-vr 9u-17u")
    channel.full_clean()
    assert channel.hours == "Mo-Fr 09:00-17:00"
    channel.save()
    assert service.read_back().count("<tr>") == 15
    make_channel(service, "text", "0450 00 12 34", "Sa 10:00-12:00")
    assert service.read_back().count("<tr>") == 30

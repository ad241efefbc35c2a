"""What a text says in a place: blanks filled in, parts for some countries only, links to the same place."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import get_language
from pytest_django import Settings

from guidance.content import Page, Step
from guidance.help import country_of
from sextortion_help.publishing import markdown
from sextortion_help.publishing.content import Content, Contents, Html, Text
from sextortion_help.publishing.places import Place, at, current, places, within
from tests.guidance.builders import country, gap, same, service

BODY = """Call {emergency} {in_country}.

::: BE
Belgium: [101](tel:101), ask [us](/lines/).

- one
:::

::: NL BQ
Not in Belgium.
:::

For all, in {country}. [Paid?](/steps/paid/#stop)"""


def written(words: str) -> Html:
    return markdown.html(same(words))


def page(code: str = "test", **fields: Any) -> Page:
    given: dict[str, Any] = {
        "order": 0, "audience": "teen", "neutral": False, "layout": "text", "title": same("Title"),
        "summary": Text(), "body": Html(), "after": Html(), "steps": (), "purposes": (),
    }  # fmt: skip
    return Page(code=code, **{**given, **fields})


def having(*contents: Content) -> Contents:
    bonaire = country("BQ", emergency="911", is_edition=True, languages=("nl",), order=2)
    dutch = country("NL", is_edition=True, languages=("nl", "xx"), order=1)
    return Contents(1).plus([country("BE"), dutch, bonaire, country("FR"), *contents])


def body_at(code: str, *others: Content, words: str = BODY, language: str = "nl") -> str:
    found = at(having(page(body=written(words)), *others), code).get(Page, "test")
    assert found
    return found.body.within(language)


@pytest.mark.parametrize(
    ("code", "number", "part", "other"),
    [("BE", "112", "Belgium:", "Not in"), ("NL", "112", "Not in", "Belgium:"), ("BQ", "911", "Not in", "Belgium:")],
)  # fmt: skip
def test_a_text_says_what_its_country_needs_and_nothing_of_another(
    code: str, number: str, part: str, other: str
) -> None:
    text = body_at(code)
    assert f'<p>Call <a href="tel:{number}">{number}</a> in &lt;{code}&gt;.</p>' in text
    assert f"For all, in &lt;{code}&gt;." in text
    assert part in text
    assert other not in text
    assert ":::" not in text
    assert "data-for" not in text
    assert "{" not in text


def test_a_part_for_a_country_may_hold_a_list_and_links_and_ends_where_it_says() -> None:
    text = body_at("BE")
    assert "<ul>\n<li>one</li>\n</ul>" in text
    assert '<a href="tel:101">101</a>' in text
    assert text.index("<li>one</li>") < text.index("For all")


def test_links_to_our_own_pages_lead_to_the_same_place_and_to_where_they_moved() -> None:
    paid = page("steps/paid", address="steps/4")
    for place in (Place("nl", "BE"), Place("nl", "NL"), Place("fr", "BE")):
        text = body_at(place.country, paid, language=place.language)
        assert f'href="{place.prefix}/steps/4/#stop"' in text
        assert "/steps/paid/" not in text
    assert 'href="/nl-be/lines/"' in body_at("BE", paid)
    assert "/lines/" not in body_at("NL", paid)


def test_a_plain_text_is_filled_in_without_marks() -> None:
    title = same("Call {emergency}, {in_country} & {unknown} {name}")
    found = at(having(page(title=title)), "BQ").get(Page, "test")
    assert found
    assert found.title.nl == "Call 911, in <BQ> & {unknown} {name}"
    assert type(found.title) is Text


def test_words_of_a_country_cannot_be_taken_for_marks() -> None:
    evil = country("BE", within=same('<script>"&'), emergency="1<2")
    text = body_at("BE", evil)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "1&lt;2" in text


def test_the_organisation_stands_where_it_is_asked_for(settings: Settings) -> None:
    settings.ORGANISATION, settings.ORGANISATION_CONTACT = "Us & Co", "us@example.org"
    words = "{organisation}, {organisation_contact}"
    assert body_at("BE", words=words) == "<p>Us &amp; Co, us@example.org</p>"


def test_pages_and_steps_for_some_countries_are_not_there_for_others() -> None:
    steps = (
        Step("all", same("All"), written("{emergency}")),
        Step("be", same("BE"), Html(), countries=("BE",)),
        Step("bq", same("BQ"), Html(), countries=("BQ", "NL")),
    )
    now = having(page(steps=steps), page("only", countries=("NL",)))
    codes = {code: at(now, code) for code in ("BE", "NL", "BQ")}
    for code, wanted in (("BE", "all be"), ("NL", "all bq"), ("BQ", "all bq")):
        found = codes[code].get(Page, "test")
        assert found
        assert " ".join(step.code for step in found.steps) == wanted
        assert bool(codes[code].get(Page, "only")) is (code == "NL")
        assert codes[code].has_path("/only/") is (code == "NL")
    bonaire = codes["BQ"].get(Page, "test")
    assert bonaire
    assert "tel:911" in bonaire.steps[0].body.nl


def test_sentences_of_the_country_itself_are_filled_in_too() -> None:
    belgium = country(
        "BE", gaps=(gap("talk", "Call {emergency}."),), emergency_silent=same("{emergency} app")
    )
    here = country_of(at(having(belgium), "BE"))
    assert here.emergency_silent.nl == "112 app"
    [said] = here.gaps
    assert said.text.nl == "Call 112."


def test_what_says_the_same_everywhere_is_the_same_object_and_is_reckoned_once() -> None:
    line, plain = service(), page("plain", body=written("Nothing to fill in."))
    now = having(line, plain)
    assert at(now, "BE") is at(now, "BE")
    assert at(now, "BE").country == "BE"
    assert at(now, "BE").get(Page, "plain") is plain
    assert at(now, "BQ").get(type(line), "line") is line


def test_a_country_without_places_shows_everything_without_its_neighbours_parts() -> None:
    assert "Belgium:" not in body_at("FR")
    assert "For all" in body_at("FR")


def test_the_places_are_the_editions_in_the_languages_visitors_see(settings: Settings) -> None:
    settings.FIRST_COUNTRY = "NL"
    assert [place.tag for place in places(having())] == [
        "nl-NL",
        "nl-BE",
        "fr-BE",
        "en-BE",
        "nl-BQ",
    ]


def test_within_a_place_and_after_it() -> None:
    assert current() is None
    with within(Place("fr", "NL")):
        assert (reverse("lines"), get_language()) == ("/fr-nl/lines/", "fr")
        with within(Place("fr", "BQ")):
            assert current() == Place("fr", "BQ")
            assert reverse("lines") == "/fr-bq/lines/"
        assert reverse("lines") == "/fr-nl/lines/"
    assert current() is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("::: BE\nx", "is not closed"),
        ("x\n\n:::", "begins with a line such as"),
        ("::: BE\nx\n\n::: NL\ny\n\n:::", "begins with a line such as"),
        ("::: be\nx\n:::", "no countries"),
        ("::: Belgium\nx\n:::", "no countries"),
        (" ::: BE\nx\n:::", "no countries"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_part_that_does_not_say_for_whom_or_does_not_end_is_refused(
    words: str, says: str
) -> None:
    assert any(says in fault for fault in markdown.faults(words)), markdown.faults(words)


@pytest.mark.parametrize(
    "words", [BODY, "::: BE\n\nx\n\n:::\n", "x\n\n::: BE NL BQ\n- a\n- b\n:::\n\ny"]
)
@pytest.mark.usefixtures("english")
def test_a_part_for_some_countries_loses_nothing(words: str) -> None:
    assert markdown.faults(words) == []
    assert markdown.normalise(words) == words.strip()

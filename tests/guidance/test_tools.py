"""The tools: words to tell somebody, letters, apps, lines by need. Nothing typed reaches the server."""

import html
import itertools
from datetime import date
from typing import Any

import msgspec
import pytest
from django import forms
from django.test import Client

from guidance.choices import FIRST_COUNTRIES, NEEDS, Amount, How, Who
from guidance.content import App, Letter, Message, Service
from guidance.forms import TellForm
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from tests.site.browser import submit
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

CHOICES = list(itertools.product(Who.values, How.values, Amount.values))
SENTENCE = {
    "nl": "Kies één antwoord in elk van de drie lijstjes.",
    "fr": "Choisis une réponse dans chacune des trois listes.",
    "en": "Choose one answer in each of the three lists.",
}
CHOSEN = {"who": "mother", "how": "write", "amount": "little"}
NONSENSE: list[dict[str, Any]] = [
    {},
    {"who": "mother", "how": "write"},
    {**CHOSEN, "who": "<script>alert(1)</script>"},
    {**CHOSEN, "who": ["", "nobody"]},
    {**CHOSEN, "amount": "a" * 4000},
    {"who": "\x00", "how": "\udcff".encode("utf-8", "surrogateescape"), "amount": "🔦"},
]


def page(client: Client, address: str) -> tuple[str, Parsed]:
    response = client.get(address)
    assert response.status_code == 200, address
    text = response.content.decode()
    return text, Parsed(text)


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


# words to tell somebody


def test_every_choice_gives_its_message_in_each_language(client: Client, language: str) -> None:
    messages = {tuple(each.choices.values()): each for each in live().all(Message)}
    assert len(messages) == 4
    for who, how, amount in CHOICES:
        given = {"who": who, "how": how, "amount": amount}
        response = submit(client, f"/{language}-be/tell/", given)
        text = response.content.decode()
        chosen = [tag["value"] for tag in Parsed(text).all("input") if "checked" in tag]
        assert chosen == [who, how, amount]
        message = messages.get((who, how, amount))
        if message:
            words = html.escape(message.text.within(language), quote=True)
            assert between(text, "data-words>", "</p>") == words
        assert ("data-words>" in text) is bool(message)
        assert (SENTENCE[language] in text) is not bool(message)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Accel-Expires"] == "0"


@pytest.mark.parametrize("posted", NONSENSE)
def test_posted_nonsense_gets_the_form_with_a_sentence(
    client: Client, language: str, posted: dict[str, Any]
) -> None:
    response = submit(client, f"/{language}-be/tell/", posted)
    text = response.content.decode()
    assert response.status_code == 200
    assert SENTENCE[language] in text
    assert "data-words" not in text
    assert len(Parsed(text).all("input")) == len(Who) + len(How) + len(Amount)
    for value in posted.values():
        if value not in CHOSEN.values():
            assert str(value) not in text


def test_before_anything_is_chosen_nothing_is_said_and_nothing_is_ticked(
    client: Client, language: str
) -> None:
    text, parsed = page(client, f"/{language}-be/tell/")
    assert SENTENCE[language] not in text
    assert not [tag for tag in parsed.all("input") if "checked" in tag]


def test_the_form_holds_choices_only(client: Client) -> None:
    assert all(type(field) is forms.ChoiceField for field in TellForm().fields.values())
    text, _parsed = page(client, "/nl-be/tell/")
    inside = Parsed(between(text, "<form", "</form>"))
    assert {tag["type"] for tag in inside.all("input")} == {"radio"}
    assert not inside.all("textarea", "select")


def test_what_else_is_posted_is_not_looked_at(client: Client) -> None:
    plain = submit(client, "/nl-be/tell/", CHOSEN).content
    assert submit(client, "/nl-be/tell/", {**CHOSEN, "text": "free words"}).content == plain
    assert submit(client, "/nl-be/tell/?who=friend&how=aloud&amount=some", CHOSEN).content == plain
    assert client.get("/nl-be/tell/", CHOSEN).content == client.get("/nl-be/tell/").content


# letters


def test_each_letter_is_there_in_three_languages_the_page_s_first(
    client: Client, language: str
) -> None:
    for letter in live().all(Letter):
        text, parsed = page(client, f"/{language}-be/letters/{letter.code}/")
        versions = text.split('<article class="sheet version" lang="')[1:]
        assert versions[0].startswith(language)
        assert {version[:2] for version in versions} == set(LANGUAGES)
        for version in versions:
            code = version[:2]
            assert html.escape(getattr(letter.subject, code)) in version
            for piece in getattr(letter.body, code).replace("}", "{").split("{")[::2]:
                assert html.escape(piece) in version
        chosen = [tag["value"] for tag in parsed.all("input") if "checked" in tag]
        assert chosen == [language]


def test_a_blank_can_be_filled_in_on_the_screen_and_is_sent_nowhere(client: Client) -> None:
    for letter in live().all(Letter):
        text, parsed = page(client, f"/nl-be/letters/{letter.code}/")
        typed = [tag for tag in parsed.all("input") if tag["type"] == "text"]
        blanks = {tag["data-blank"] for tag in parsed.all("span") if "data-blank" in tag}
        assert {tag["data-fill"] for tag in typed} == blanks
        assert len(blanks) == len(typed)
        for tag in typed:
            assert "name" not in tag
            assert tag["autocomplete"] == "off"
            assert (
                tag["spellcheck"] == "false"
            )  # some browsers check spelling on their maker's server
        assert "<form" not in text
        for body in (letter.body.nl, letter.body.fr, letter.body.en):
            assert {name.split("}")[0] for name in body.split("{")[1:]} <= blanks


def test_without_a_script_the_blanks_are_lines_to_write_on(client: Client) -> None:
    text, _parsed = page(client, "/fr-be/letters/host/")
    assert 'data-blank="address">' + "_" * 20 + "</span>" in text
    hidden = [tag for tag, given in Parsed(text).tags if "hidden" in given]
    assert hidden == ["section", "div"]  # the inputs and the buttons


def test_the_list_leads_to_each_letter(client: Client, language: str) -> None:
    _text, parsed = page(client, f"/{language}-be/letters/")
    links = {tag["href"] for tag in parsed.all("a")}
    assert {f"/{language}-be/letters/{letter.code}/" for letter in live().all(Letter)} <= links


# apps


def test_each_app_can_be_jumped_to_and_says_how(client: Client, language: str) -> None:
    text, parsed = page(client, f"/{language}-be/apps/")
    links = {tag.get("href", ""): tag for tag in parsed.all("a")}
    assert len(live().all(App)) == 2
    for app in live().all(App):
        assert f"#{app.code}" in links
        part = between(text, f'id="{app.code}"', "</section>")
        for words in (app.report, app.block, app.evidence):
            assert html.escape(getattr(words, language)) in part
        if app.report_url:
            assert links[app.report_url]["rel"] == "noreferrer noopener"


@pytest.mark.parametrize("usual", [True, False])
def test_what_is_only_usually_so_is_said_to_be(
    client: Client, monkeypatch: pytest.MonkeyPatch, usual: bool
) -> None:
    app = msgspec.structs.replace(live().all(App)[0], usual=usual, verified_on=date(2026, 11, 3))
    monkeypatch.setattr(memory._memory, "contents", live().plus([app]))
    text, _parsed = page(client, "/en-be/apps/")
    part = between(text, f'id="{app.code}"', "</section>")
    assert ("Menus change" in part) is usual
    assert "Checked on 3 November 2026" in part


# lines by need


@pytest.mark.parametrize("need", [str(need) for need in NEEDS])
def test_a_need_shows_all_who_serve_it_and_nobody_else(client: Client, need: str) -> None:
    countries = {service.country for service in live().all(Service)}
    for country in countries:
        found = [each for each in live().all(Service) if each.country == country]
        wanted = {each.name.en for each in found if need in each.purposes}
        address = f"/en-be/lines/{country.lower()}/{need}/"
        assert live().has_path(address[3:]) is bool(wanted)
        if not wanted:
            assert client.get(address).status_code == 404
            continue
        text, parsed = page(client, address)
        shown = {part.split("</b>")[0] for part in text.split('<p class="who"><b>')[1:]}
        assert shown == {html.escape(name) for name in wanted}
        chips = [tag["href"] for tag in parsed.all("a") if tag.get("aria-current") == "page"]
        assert chips == [address]


def test_only_needs_that_somebody_serves_can_be_chosen(client: Client) -> None:
    for base, codes in (("/nl-be/lines/", FIRST_COUNTRIES), ("/nl-be/lines/bq/", ["BQ"])):
        served = {
            purpose
            for each in live().all(Service)
            if each.country in codes
            for purpose in each.purposes
        }
        _text, parsed = page(client, base)
        links = {tag.get("href", "") for tag in parsed.all("a")}
        assert {need for need in NEEDS if f"{base}{need}/" in links} == served & set(NEEDS)


@pytest.mark.parametrize(
    "path", ["lines/money/", "lines/be/nothing/", "lines/zz/talk/", "lines/be/t/"]
)
def test_a_need_that_cannot_be_chosen_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/nl-be/{path}").status_code == 404

"""The tools: words to tell somebody, letters, apps, lines by need. Nothing typed reaches the server."""

import html
import itertools
import re
from datetime import date
from typing import Any

import msgspec
import pytest
from django import forms
from django.contrib.auth.models import User
from django.test import Client

from guidance.choices import NEEDS, Amount, How, Purpose, Who
from guidance.content import NUMBERS, App, Country, Detail, Letter, Message, Service
from guidance.forms import TellForm
from guidance.models import Detail as DetailDraft
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.places import at
from tests.publishing.builders import retire
from tests.site.browser import submit
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db

CHOICES = list(itertools.product(Who.values, How.values, Amount.values))
SENTENCE = {
    "nl": "Kies in elke lijst één antwoord.",
    "fr": "Choisis une réponse dans chaque liste.",
    "en": "Choose one answer in every list.",
}
CHOSEN = {"who": "mother", "how": "write", "amount": "little"}
NONSENSE: list[dict[str, Any]] = [
    {},
    {"who": "mother", "how": "write"},
    {**CHOSEN, "who": "<script>alert(1)</script>"},
    {**CHOSEN, "who": ["", "nobody"]},
    {**CHOSEN, "amount": "a" * 4000},
    {**CHOSEN, "detail": "nothing-of-ours"},
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
        assert [each for each in chosen if each] == [who, how, amount]
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
    assert len(Parsed(text).all("input")) == len(Who) + len(How) + len(Amount) + 3
    for value in posted.values():
        if value not in CHOSEN.values():
            assert str(value) not in text


def test_before_anything_is_chosen_nothing_is_said_and_nothing_is_ticked(
    client: Client, language: str
) -> None:
    text, parsed = page(client, f"/{language}-be/tell/")
    assert SENTENCE[language] not in text
    ticked = [(tag["name"], tag["value"]) for tag in parsed.all("input") if "checked" in tag]
    assert ticked == [("detail", "")]


def test_a_sentence_may_be_added_about_what_has_happened(client: Client, language: str) -> None:
    note = {"who": "friend", "how": "write", "amount": "some"}
    [message] = [each for each in live().all(Message) if each.choices == note]
    for detail in live().all(Detail):
        text = submit(
            client, f"/{language}-be/tell/", {**note, "detail": detail.code}
        ).content.decode()
        words = f"{message.text.within(language)} {detail.text.within(language)}"
        assert between(text, "data-words>", "</p>") == html.escape(words, quote=True)
    without = submit(client, f"/{language}-be/tell/", {**note, "detail": ""}).content.decode()
    assert between(without, "data-words>", "</p>") == html.escape(
        message.text.within(language), quote=True
    )


def test_where_nothing_can_be_added_nothing_is_asked(client: Client, editor: User) -> None:
    for draft in DetailDraft.objects.all():
        retire(draft, editor, "")
    memory.refresh()
    _text, parsed = page(client, "/nl-be/tell/")
    assert "detail" not in {tag["name"] for tag in parsed.all("input")}
    note = {"who": "friend", "how": "write", "amount": "some"}
    assert "data-words>" in submit(client, "/nl-be/tell/", note).content.decode()


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
    # the inputs, the buttons, and the two lines that compare the device's clock
    assert hidden == ["section", "div", "b", "p"]


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


# lines, of the reader's country or of another


def test_every_link_of_a_page_stays_in_its_place_whichever_was_shown_before(client: Client) -> None:
    """But for the switches of language and country, which lead to the same path elsewhere."""
    seen: set[str] = set()
    for place in ("nl-be", "nl-nl", "nl-bq", "fr-nl", "fr-be", "en-bq", "nl-be"):
        for path in ("/lines/", "/letters/", "/tell/"):
            _text, parsed = page(client, f"/{place}{path}")
            links = {tag.get("href", "").split("#")[0] for tag in parsed.all("a")}
            left = {link for link in links if re.match(r"/[a-z]+-[a-z]+/", link)}
            assert {link[7:] for link in left if link[1:6] != place} <= {path[1:], ""}
            assert f"/{place}/lines/" in links
            seen |= left
    assert len(seen) > 20


def names_of(country: str, need: str) -> set[str]:
    found = [each for each in live().all(Service) if each.country == country]
    return {html.escape(each.name.en) for each in found if need in each.purposes}


def shown_in(text: str, heading: str) -> set[str]:
    """Give the names under a heading; none when it is not there."""
    _before, _heading, rest = text.partition(f"<h2>{heading}</h2>")
    group = rest.partition("</section>")[0]
    return {part.split("</b>")[0] for part in group.split('<p class="who"><b>')[1:]}


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_shows_all_who_serve_it_first_and_somebody_to_talk_to(
    client: Client, need: Purpose
) -> None:
    for country in live().all(Country):
        code = country.code
        address = (
            f"/en-be/lines/{code.lower()}/{NUMBERS[need]}"
            if code != "BE"
            else f"/en-be/lines/{NUMBERS[need]}"
        )
        assert at(live(), "BE").has_path(address[6:])
        text, parsed = page(client, address)
        wanted = names_of(code, need)
        assert wanted <= shown_in(text, str(need.label)), code
        if names_of(code, "talk"):
            assert shown_in(text, str(Purpose.TALK.label)), code
        if wanted:
            headings = re.findall(r"<h2>(.*?)</h2>", text)
            assert headings[0] == html.escape(str(need.label)), code
        chips = [tag["href"] for tag in parsed.all("a") if tag.get("aria-current") == "page"]
        assert address in chips


@pytest.mark.parametrize(("code", "number"), [("be", "112"), ("nl", "112"), ("bq", "911")])
def test_the_lines_of_a_place_are_those_of_its_country_alone(
    client: Client, code: str, number: str
) -> None:
    text, parsed = page(client, f"/nl-{code}/lines/")
    calls = {tag["href"] for tag in parsed.all("a") if tag.get("href", "")[:4] in ("tel:", "sms:")}
    own = [each for each in live().all(Service) if each.country == code.upper()]
    numbers = {way.href for each in own for way in each.channels if way.kind in ("call", "text")}
    assert calls == numbers | {f"tel:{number}"}
    for each in live().all(Service):
        assert (f"<b>{html.escape(each.name.nl)}</b>" in text) is (each in own), each.code


def test_somebody_who_serves_two_needs_stands_under_each_heading(client: Client) -> None:
    text, _parsed = page(client, "/en-be/lines/")
    for need in Purpose:
        assert names_of("BE", need) <= shown_in(text, str(need.label)), need
    headings = re.findall(r"<h2>(.*?)</h2>", text)
    assert headings[:2] == [Purpose.TALK.label, Purpose.SUICIDE.label]


def test_who_is_for_adults_stands_last_and_never_alone(client: Client) -> None:
    text, _parsed = page(client, "/en-be/lines/")
    for need in (Purpose.TALK, Purpose.VICTIM):
        group = text.partition(f"<h2>{need.label}</h2>")[2].partition("</section>")[0]
        names = [part.split("</b>")[0] for part in group.split('<p class="who"><b>')[1:]]
        assert names[-1] == "The Adult"
        assert len(names) > 1


def test_another_country_is_shown_with_its_own_number_and_says_whose_clock(client: Client) -> None:
    text, parsed = page(client, "/en-be/lines/ie/")
    assert "Times are local time in Ireland." in text
    assert "tel:112" in {tag.get("href") for tag in parsed.all("a")}
    assert shown_in(text, str(Purpose.TALK.label)) == {"Irish Ear"}
    assert "Times are local time" not in page(client, "/en-be/lines/")[0]


def test_countries_that_speak_the_readers_language_are_offered_first(client: Client) -> None:
    for language in ("nl", "fr", "en"):
        text, parsed = page(client, f"/{language}-be/lines/")
        base = f"/{language}-be/lines/"
        links = [tag["href"] for tag in Parsed(text.partition('id="others"')[2]).all("a")]
        codes = [link.removeprefix(base)[:2].upper() for link in links if link.startswith(base)]
        countries = {country.code: country for country in live().all(Country)}
        speaks = [language in countries[code].languages for code in codes if code in countries]
        assert speaks
        assert speaks == sorted(speaks, reverse=True)
        assert parsed.all("a")


def test_every_need_can_be_chosen_in_every_country(client: Client) -> None:
    for base in ("/nl-be/lines/", "/nl-bq/lines/", "/nl-be/lines/ie/"):
        _text, parsed = page(client, base)
        links = {tag.get("href", "") for tag in parsed.all("a")}
        assert {f"{base}{number}" for number in NUMBERS.values()} <= links


@pytest.mark.parametrize(
    "path", ["lines/money/", "lines/be/nothing/", "lines/zz/talk/", "lines/be/t/", "lines/BE/"]
)
def test_a_need_or_a_country_that_cannot_be_chosen_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/nl-be/{path}").status_code == 404

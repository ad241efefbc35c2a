"""Pages that are more than text: a card to tick off, a poster with a code to scan, a story in pictures."""

import html
import re

import msgspec
import pytest
import segno
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from guidance.choices import Layout, Picture
from guidance.content import Page as LivePage
from guidance.content import Service
from guidance.models import App, Letter, Message, Page, Step
from guidance.models.validators import check_references
from guidance.templatetags.qr import qr
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import address, filled_in
from tests.site.html import Parsed

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def modules(svg: str) -> list[list[int]]:
    """Read the drawing back into rows of dark and light, quiet zone left out."""
    size = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    grid = [[0] * size for _ in range(size)]
    x, y = 0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.findall(r' d="([^"]+)"', svg)[0]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            for step in range(int(values[0])):
                grid[int(y)][x + step] = 1
            x += int(values[0])
        else:
            x, y = (0, 0.0) if command == "M" else (x, y)
            x, y = x + int(values[0]), y + values[1]
    return [row[2:-2] for row in grid[2:-2]]


def test_each_step_of_a_card_has_a_tick_that_is_never_sent(client: Client, language: str) -> None:
    cards = [each for each in live().all(LivePage) if each.layout == Layout.CARD]
    assert {card.code for card in cards} == {"do/keep", "class/plan"}
    for card in cards:
        text = page(client, f"/{language}-be/{card.code}/")
        ticks = [tag for tag in Parsed(text).all("input") if tag["type"] == "checkbox"]
        assert len(ticks) == len(card.steps)
        assert all("name" not in tick and tick["autocomplete"] == "off" for tick in ticks)
        assert "<form" not in text
        for step in card.steps:
            title = html.escape(getattr(step.title, language))
            assert f'<label class="tick">{title}<input type="checkbox"' in text


def test_the_poster_leads_to_the_first_minute_of_this_host_in_its_language(
    client: Client, language: str, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["beacon.example"]
    settings.ORIGIN = "https://beacon.example"
    response = client.get(
        f"/{language}-be/class/wall/", headers={"host": "beacon.example"}, secure=True
    )
    text = response.content.decode()
    drawn = re.findall(r'<svg[^>]*class="qr".*?</svg>', text)
    assert len(drawn) == 1
    wanted = segno.make(f"https://beacon.example/{language}-be/quick/", error="q", micro=False)
    assert modules(drawn[0]) == [list(row) for row in wanted.matrix]
    assert f"<b>beacon.example/{language}-be/quick/</b>" in text
    assert "style" not in drawn[0]


def test_two_addresses_are_two_codes() -> None:
    assert modules(qr("https://a.example/nl/quick/")) != modules(qr("https://a.example/fr/quick/"))


def test_the_poster_names_a_line_that_answers_day_and_night_or_none(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = re.findall(r'<p class="ring">(.*?)</p>', page(client, "/nl-be/class/wall/"))
    assert len(ring) == 2
    assert "<b>0800 12 341</b>" in ring[0]
    assert "<b>112</b>" in ring[1]
    by_day = [
        msgspec.structs.replace(
            line,
            channels=tuple(
                msgspec.structs.replace(way, hours="Mo-Su 00:00-23:00") for way in line.channels
            ),
        )
        for line in live().all(Service)
        if line.country == "BE"
    ]
    monkeypatch.setattr(memory._memory, "contents", live().plus(by_day))
    ring = re.findall(r'<p class="ring">(.*?)</p>', page(client, "/nl-be/class/wall/"))
    assert len(ring) == 1
    assert "<b>112</b>" in ring[0]
    assert "<b>911</b>" in page(client, "/nl-bq/class/wall/")


def test_the_story_has_a_picture_for_each_step_with_its_words(
    client: Client, language: str
) -> None:
    story = live().get(LivePage, "tale")
    assert story
    text = page(client, f"/{language}-be/tale/")
    parts = text.split('<svg class="picture"')
    assert len(parts) - 1 == len(story.steps) == 6
    pictures = [part.split("</svg>")[0] for part in parts[1:]]
    assert len({re.sub(r"\s", "", picture) for picture in pictures}) == 6
    assert all('aria-hidden="true"' in picture and "<path" in picture for picture in pictures)
    for step, part in zip(story.steps, parts[1:], strict=True):
        assert str(getattr(step.body, language)) in part


def test_a_story_published_before_pictures_were_chosen_has_those_it_had(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = live().get(LivePage, "tale")
    assert story
    now = page(client, "/nl-be/tale/")
    bare = tuple(msgspec.structs.replace(step, picture="") for step in story.steps)
    old = msgspec.structs.replace(story, steps=bare)
    monkeypatch.setattr(memory._memory, "contents", live().plus([old]))
    assert page(client, "/nl-be/tale/") == now


def test_every_picture_that_can_be_chosen_is_drawn_and_no_two_are_the_same() -> None:
    drawn = {
        name: render_to_string("guidance/picture.html", {"name": name}).split()
        for name in Picture.values
    }
    assert len(drawn) > 20
    assert len({" ".join(words) for words in drawn.values()}) == len(drawn)
    nothing = render_to_string("guidance/picture.html", {"name": "no-such"}).split()
    assert nothing not in drawn.values()


@pytest.mark.parametrize("layout", [Layout.STORY, Layout.EASY])
def test_a_step_without_a_picture_is_refused_where_pictures_are_shown(
    editor: User, layout: Layout
) -> None:
    draft = Page.objects.filter(layout=layout).first()
    assert draft
    Step.objects.filter(pk=draft.steps.last().pk).update(picture="")
    with pytest.raises(Refused) as refused:
        publish([draft], editor, "a test")
    assert draft.code in str(refused.value)
    assert refused.value.problems[0].url.endswith("#id_layout")


@pytest.mark.parametrize(
    "change", [{"code": "easy/nothing"}, {"layout": "story"}, {"code": "other"}], ids=str
)
def test_a_page_in_easy_words_says_a_page_that_is_live(
    editor: User, change: dict[str, str]
) -> None:
    Page.objects.filter(code="easy/quick").update(**change)
    draft = Page.objects.get(address="do/5")
    with pytest.raises(Refused) as refused:
        publish([draft], editor, "a test")
    assert [each for each in refused.value.problems if each.url.endswith("#id_layout")]


@pytest.mark.usefixtures("english")
def test_an_editor_changes_a_caption_and_the_story_follows(
    editor_client: Client, client: Client
) -> None:
    draft = Page.objects.get(code="tale")
    captions = {
        f"steps-{n}-body_{code}": f"Caption {n} {code}"
        for n in range(6)
        for code in ("nl", "fr", "en")
    }
    form = editor_client.get(draft.edit_url())
    saved = editor_client.post(draft.edit_url(), filled_in(form, **captions))
    assert saved.status_code == 302
    where = address(draft, "publish")
    seen = editor_client.get(where).context["seen"]
    editor_client.post(where, {"seen": seen, "note": ""})
    memory.refresh()
    for code in ("nl", "fr", "en"):
        parts = page(client, f"/{code}-be/tale/").split('<svg class="picture"')[1:]
        for n, part in enumerate(parts):
            assert f"<p>Caption {n} {code}</p>" in part


@pytest.mark.parametrize(("usual", "easy"), [("quick", "do/5"), ("do/3", "do/6")])
def test_a_page_and_its_easy_words_lead_to_each_other(
    client: Client, language: str, usual: str, easy: str
) -> None:
    there, back = page(client, f"/{language}-be/{usual}/"), page(client, f"/{language}-be/{easy}/")
    words = {"nl": "In makkelijke woorden", "fr": "En mots faciles", "en": "In easy words"}
    assert f'href="/{language}-be/{easy}/">{words[language]}</a>' in there
    chips = [tag["href"] for tag in Parsed(back).all("a") if tag.get("class") == "chip"]
    assert f"/{language}-be/{usual}/" in chips


@pytest.mark.parametrize("place", ["nl-be", "fr-nl", "en-bq"])
def test_dying_in_easy_words_begins_with_the_same_numbers_as_the_page_itself(
    client: Client, place: str
) -> None:
    usual, easy = page(client, f"/{place}/do/3/"), page(client, f"/{place}/do/6/")
    call, groups = r'<a class="call".*?</a>', r'<div class="groups">.*?</ul>\s*</section>\s*</div>'
    for part in (call, groups):
        assert re.findall(part, easy, re.DOTALL) == re.findall(part, usual, re.DOTALL) != []
    assert easy.index('<div class="groups">') < easy.index('<svg class="picture"')
    first = page(client, f"/{place}/do/5/")
    assert (
        first.index('class="call"') < first.index('class="dying"') < first.index('class="picture"')
    )


@pytest.mark.parametrize(
    ("model", "code", "part"),
    [
        (App, "looper", 'id="looper"'),
        (Letter, "purse", "sheet version"),
        (Message, "coach-all", "data-words"),
        (Page, "class/wall", 'class="qr"'),
        (Page, "tale", 'class="picture"'),
        (Page, "easy/quick", 'class="picture"'),
        (Page, "do/keep", 'type="checkbox"'),
    ],
)
def test_a_draft_is_previewed_as_visitors_will_see_it(
    editor_client: Client, language: str, model: type[Publishable], code: str, part: str
) -> None:
    draft = model._default_manager.get(code=code)
    address = draft.edit_url().replace("/change/", f"/preview/{language}-be/")
    text = page(editor_client, address)
    assert part in text
    assert f'<html lang="{language}-BE">' in text


# who says so


def test_the_sources_of_a_page_can_be_opened_at_its_foot(client: Client, editor: User) -> None:
    draft = Page.objects.get(code="do/stop")
    draft.references = "Police & <b>, 2024\n\nA hotline https://example.org/why?a=1&b=2\n"
    draft.save()
    publish([draft], editor, "")
    memory.refresh()
    text = client.get("/nl-be/do/stop/").content.decode()
    foot = text.split('<details class="cited">')[1].split("</details>")[0]
    assert "<li>Police &amp; &lt;b&gt;, 2024</li>" in foot
    assert '<li><a href="https://example.org/why?a=1&amp;b=2">A hotline</a></li>' in foot
    assert foot.count("<li>") == 2
    assert 'class="cited"' not in client.get("/nl-be/do/keep/").content.decode()


@pytest.mark.parametrize(
    "line",
    [
        "http://example.org",
        "Name http://example.org",
        "https://example.org",
        "A https://police@example.org",
    ],
)
def test_a_source_without_a_name_or_with_a_doubtful_address_is_refused(line: str) -> None:
    check_references("A name\nAnother, 2025 https://example.org/page")
    with pytest.raises(ValidationError):
        check_references(f"A name\n{line}")

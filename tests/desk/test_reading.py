"""What is said of a text while it is typed is what is said when it is checked."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sextortion_help.publishing.reading import measure
from tests.desk.builders import make_page, read

pytestmark = pytest.mark.django_db

HARD = {
    "nl": "Desalniettemin vertegenwoordigen verantwoordelijkheden onvoorziene moeilijkheden. " * 6,
    "fr": "Néanmoins, les responsabilités institutionnelles représentent des difficultés imprévues. "
    * 6,
    "en": "Nevertheless, institutional responsibilities represent unforeseeable difficulties. " * 6,
}


@pytest.mark.parametrize("language", HARD)
def test_a_text_is_measured_by_the_formula_of_its_language(language: str, me: Client) -> None:
    found = measure(HARD[language], language)
    asked = {"language": language, "text": HARD[language], "reader": "teen"}
    answer = me.post(reverse("desk_reading"), asked).json()
    assert answer["hard"]
    assert f"{found.words} words" in answer["said"]
    assert f"reading ease {round(found.ease)} (" in answer["said"]
    easy = me.post(reverse("desk_reading"), {**asked, "text": "Stop. **Bel** 112."}).json()
    assert not easy["hard"]
    assert easy["said"].startswith("2 words, 1.0 a sentence, the longest 1")


def test_nobody_else_and_nothing_strange_is_measured(me: Client, client: Client) -> None:
    where = reverse("desk_reading")
    assert me.post(where, {"language": "xx", "text": "a"}).json()["said"] == ""
    assert me.post(where, {"language": "nl"}).json()["said"] == ""
    assert me.post(where, {"language": "nl", "text": "Had je maar!"}).json()["warnings"]
    assert client.post(where, {"language": "nl", "text": "a"}).status_code == 302
    assert me.get(where).status_code == 405


def test_the_form_says_where_and_for_whom_it_is_measured(me: Client) -> None:
    words = me.get(make_page(audience="parent").edit_url()).content.decode()
    assert (
        f'data-reading="{reverse("desk_reading")}" data-languages="nl fr en" data-reader="parent"'
        in words
    )
    assert re.search(r'<script src="/static/reading\.\w*\.?js" type="module">', words)
    assert read(me.get(make_page("desk/b").edit_url())).fields

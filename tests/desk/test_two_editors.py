"""Two editors at one form: what only one touched is kept, what both touched is shown side by side."""

from typing import Any

import pytest
from django.test import Client

from guidance.models import Page
from quiz.models import Answer
from tests.desk.builders import (
    first_of,
    last_of,
    make_check,
    make_page,
    opened,
    problems,
    read,
    send,
)
from tests.desk.conftest import logged_in, person

pytestmark = pytest.mark.django_db


def test_a_translator_and_an_author_both_keep_what_they_wrote(me: Client, anna: Client) -> None:
    page = make_page(steps=1)
    mine, theirs = opened(me, page), opened(anna, page)
    send(anna, page, theirs, title_fr="Leur titre", **{"steps-0-body_fr": "Leur pas"})
    answer = send(me, page, mine, title_nl="Mijn titel", **{"steps-0-body_nl": "Mijn stap"})
    assert answer.status_code == 302, problems(answer)
    page.refresh_from_db()
    step = page.steps.get()
    assert (page.title_fr, page.title_nl) == ("Leur titre", "Mijn titel")
    assert (step.body_fr, step.body_nl) == ("Leur pas", "Mijn stap")
    assert "somebody else saved" in me.get(page.edit_url()).content.decode()


def test_what_both_touched_is_shown_with_name_and_time_and_saved_once_more(
    me: Client, anna: Client
) -> None:
    page = make_page()
    mine, theirs = opened(me, page), opened(anna, page)
    send(anna, page, theirs, title_nl="Van <b>hen</b>", summary_nl="Van hen")
    answer = send(me, page, mine, title_nl="Van mij", title_fr="De moi")
    html = answer.content.decode()
    assert any("anna saved this while you were writing" in text for text in problems(answer))
    assert '<q class="theirs">Van &lt;b&gt;hen&lt;/b&gt;</q>' in html
    assert Page.objects.get(pk=page.pk).title_nl == "Van <b>hen</b>"
    again = read(answer).fields
    assert (again["title_nl"], again["title_fr"]) == (["Van mij"], ["De moi"])
    assert again["summary_nl"] == ["Van hen"], "theirs, which I did not touch"
    assert send(me, page, again).status_code == 302
    page.refresh_from_db()
    assert (page.title_nl, page.title_fr, page.summary_nl) == ("Van mij", "De moi", "Van hen")


def test_a_third_save_in_between_is_shown_again(me: Client, anna: Client) -> None:
    page = make_page()
    mine = opened(me, page)
    send(anna, page, opened(anna, page), title_nl="een")
    again = read(send(me, page, mine, title_nl="mijn")).fields
    send(anna, page, opened(anna, page), title_nl="twee")
    assert any("twee" in text for text in problems(send(me, page, again)))
    assert Page.objects.get(pk=page.pk).title_nl == "twee"


def test_the_same_words_by_both_are_no_conflict(me: Client, anna: Client) -> None:
    page = make_page()
    mine = opened(me, page)
    send(anna, page, opened(anna, page), title_nl="gelijk")
    assert send(me, page, mine, title_nl="gelijk").status_code == 302


@pytest.mark.parametrize("field", ["purposes", "neutral", "audience"])
def test_every_kind_of_field_is_held(me: Client, anna: Client, field: str) -> None:
    start: dict[str, Any] = {"purposes": ["talk"], "neutral": False, "audience": "everyone"}
    page = make_page(**start)
    values = {"purposes": (["police", "talk"], ["talk", "police"]), "neutral": (["on"], []),
              "audience": (["teen"], ["parent"])}  # fmt: skip
    one, other = values[field]
    mine = opened(me, page)
    send(anna, page, opened(anna, page), **{field: one})
    theirs = getattr(Page.objects.get(pk=page.pk), field)
    # I touch another field only
    assert send(me, page, mine, title_nl="x").status_code == 302
    assert getattr(Page.objects.get(pk=page.pk), field) == theirs
    if field != "neutral":  # a box has no third value
        assert problems(send(me, page, mine, **{field: other}))
        assert getattr(Page.objects.get(pk=page.pk), field) == theirs


def test_a_row_that_somebody_deleted_while_i_wrote_in_it_is_not_lost(
    me: Client, anna: Client
) -> None:
    question = first_of(make_check().questions)
    second = last_of(question.answers)
    mine = opened(me, question)
    send(anna, question, opened(anna, question), **{"answers-0-DELETE": "on"})
    assert list(question.answers.all()) == [second]
    answer = send(me, question, mine, **{"answers-0-label_nl": "Mijn woorden"})
    assert any("deleted this row" in text for text in problems(answer))
    again = read(answer).fields
    assert "Mijn woorden" in [value for values in again.values() for value in values]
    assert send(me, question, {k: v for k, v in again.items() if "__" not in k}).status_code == 302
    assert [a.label_nl for a in question.answers.all()] == [second.label_nl, "Mijn woorden"]


def test_a_row_that_somebody_deleted_and_i_did_not_touch_stays_deleted(
    me: Client, anna: Client
) -> None:
    question = first_of(make_check().questions)
    second = last_of(question.answers)
    mine = opened(me, question)
    send(anna, question, opened(anna, question), **{"answers-0-DELETE": "on"})
    assert send(me, question, mine, **{"answers-1-label_nl": "Anders"}).status_code == 302
    assert [(a.pk, a.label_nl) for a in question.answers.all()] == [(second.pk, "Anders")]


def test_a_row_that_somebody_added_stays(me: Client, anna: Client) -> None:
    question = first_of(make_check().questions)
    mine = opened(me, question)
    send(anna, question, opened(anna, question), **{
        "answers-TOTAL_FORMS": "3", "answers-2-label_nl": "Nieuw", "answers-2-id": "",
    })  # fmt: skip
    assert send(me, question, mine, text_nl="Anders").status_code == 302
    assert question.answers.count() == 3


def test_a_row_that_somebody_changed_is_deleted_only_after_a_second_look(
    me: Client, anna: Client
) -> None:
    question = first_of(make_check().questions)
    answer = first_of(question.answers)
    mine = opened(me, question)
    send(anna, question, opened(anna, question), **{"answers-0-label_nl": "Van hen"})
    back = send(me, question, mine, **{"answers-0-DELETE": "on"})
    assert any("want to delete" in text for text in problems(back))
    assert Answer.objects.filter(pk=answer.pk).exists()
    again = {k: v for k, v in read(back).fields.items() if "__" not in k}
    assert send(me, question, again, **{"answers-0-DELETE": "on"}).status_code == 302
    assert not Answer.objects.filter(pk=answer.pk).exists()


def test_a_form_from_before_the_upgrade_saves_when_nobody_saved_since(me: Client) -> None:
    page = make_page()
    form = {**opened(me, page), "edition": [str(page.edition)]}
    del form["opened"]
    del form["layout"]  # a field that is younger than the form
    assert send(me, page, form, title_nl="Oud formulier").status_code == 302
    page.refresh_from_db()
    assert (page.title_nl, page.layout) == ("Oud formulier", "text")


def test_a_form_from_before_the_upgrade_overwrites_nobody(me: Client, anna: Client) -> None:
    page = make_page()
    form = {**opened(me, page), "edition": [str(page.edition)]}
    del form["opened"]
    send(anna, page, opened(anna, page), title_nl="Van hen", title_fr="D’eux")
    answer = send(me, page, form, title_nl="Oud formulier")
    assert len(problems(answer)) == 2, "both fields that differ are shown"
    assert Page.objects.get(pk=page.pk).title_nl == "Van hen"


def test_who_saved_last_is_named_as_people_are(me: Client) -> None:
    boss = person("boss")
    boss.first_name, boss.last_name = "An", "Peeters"
    boss.save()
    client, page = logged_in(boss), make_page()
    mine = opened(me, page)
    send(client, page, opened(client, page), title_nl="x")
    assert any("An Peeters" in text for text in problems(send(me, page, mine, title_nl="y")))

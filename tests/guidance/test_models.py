"""Drafts of the guidance: what publishing refuses, in words, with a link that leads to the field."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from guidance.choices import AT_EVERY_HOUR, NEEDED
from guidance.content import Service as LiveService
from guidance.models import Country, Message, Page
from sextortion_help.publishing.checks import problems_of
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.freezing import freeze
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import (
    again,
    make_app,
    make_channel,
    make_country,
    make_letter,
    make_page,
    make_service,
    problems,
    put_live,
    read,
    retire,
    same,
    texts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def refusals(draft: Publishable) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        publish([draft], None, "")
    assert not draft.versions().exists()
    return refused.value.problems


def warnings(draft: Publishable) -> list[Problem]:
    found = problems(draft)
    assert all(problem.warning for problem in found)
    return found


def refused(*drafts: Publishable) -> list[Problem]:
    """Give why drafts cannot be published together, whether they are live or not."""
    with pytest.raises(Refused) as refusal:
        publish(drafts, None, "")
    return refusal.value.problems


def check_field(client: Client, problem: Problem, field: str) -> None:
    """The problem links to a form of the admin in which this field stands."""
    address, _, fragment = problem.url.partition("#")
    assert fragment == f"id_{field}"
    page = client.get(address)
    assert page.status_code == 200
    assert fragment in read(page).ids


def test_the_drafts_of_the_builders_can_be_published() -> None:
    drafts = [make_page(), make_service(), make_letter(), make_app()]
    assert len(publish(drafts, None, "")) == 4


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("url", "http://b.example", "Enter a valid URL."),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
        ("url", "//b.example", "Enter a valid URL."),
        ("purposes", ["talk", "fun"], "Unknown: fun."),
        ("purposes", ["talk", "talk"], "This must be a list without repeats."),
        ("purposes", "talk", "This must be a list without repeats."),
        ("languages", ["nl", "Dutch"], "Unknown: Dutch."),
        ("languages", ["nl", "NL"], "Unknown: NL."),
        ("languages", ["nl", "nl"], "This must be a list without repeats."),
        ("languages", {"nl": "fr"}, "This must be a list without repeats."),
        ("audience", "dogs", "Value 'dogs' is not a valid choice."),
        ("confidence", "sure", "Value 'sure' is not a valid choice."),
        ("source", "  ", "test-line: no source is given."),
        ("name_fr", "", "name [fr] is missing."),
        ("about_nl", " ", "what it does [nl] is missing."),
    ],
)  # fmt: skip
def test_a_service_is_refused_in_words_with_the_way_to_the_field(
    field: str, value: Any, sentence: str, editor_client: Client
) -> None:
    service = make_service(**{field: value})
    found = [problem for problem in refusals(service) if sentence in problem.text]
    assert len(found) == 1
    assert found[0].text.startswith("test-line: ")
    check_field(editor_client, found[0], field)


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        *((kind, {"address": phone}, "Only digits, spaces and hyphens.") for kind in ("call", "text")
          for phone in ("call me", "1", "tel:112", "0800/123", "+", "00 32 (0)2", "112;ext=1", "-112")),
        *((kind, {"address": url}, "Enter a valid URL.") for kind in ("chat", "form", "app")
          for url in ("https://", "http://b.example", "javascript:alert(1)", "//b.example", "116 000")),
        ("chat", {"address": "https://a.example@b.example/"}, "What stands before the @ is not the site"),
        ("mail", {"address": "nobody"}, "Enter a valid email address."),
        ("mail", {"address": "https://b.example/"}, "Enter a valid email address."),
        ("call", {"address": ""}, "This field cannot be blank."),
        ("dogs", {"address": "116 000"}, "Value 'dogs' is not a valid choice."),
        ("call", {"address": "116 000", "hours": "9 to 5"}, ": "),
        ("call", {"address": "116 000", "hours": "Mo-Fr 09:00-18:00; PH unkown"}, ": "),
        ("call", {"address": "116 000", "languages": ["Dutch"]}, "Unknown: Dutch."),
        ("chat", {"address": "https://b.example/", "note_nl": "alleen"}, "note [fr] is missing."),
    ],
)  # fmt: skip
def test_a_channel_is_refused_in_words_with_the_way_to_the_field(
    kind: str, values: dict[str, Any], sentence: str, editor_client: Client
) -> None:
    service = make_service()
    make_channel(service, kind, **values)
    found = [problem for problem in refusals(service) if sentence in problem.text]
    assert len(found) == 1
    assert found[0].text.startswith("test-line, ")
    field = "note_fr" if "note" in sentence else "kind" if kind == "dogs" else list(values)[-1]
    check_field(editor_client, found[0], f"channels-1-{field}")


def test_a_service_without_a_country_or_of_one_that_is_not_live_is_refused(
    editor_client: Client,
) -> None:
    nowhere = make_country("AT", is_edition=False, gaps=())
    service = make_service()
    service.country = nowhere
    service.save()
    [problem] = [each for each in refusals(service) if "is not live" in each.text]
    assert problem.text == "test-line: its country, AT, is not live."
    check_field(editor_client, problem, "country")
    assert len(publish([nowhere, service], None, "")) == 2


def test_hours_in_a_country_of_several_clocks_are_refused() -> None:
    service = make_service(country="US", channels=[("call", "911", "Mo-Fr 09:00-18:00")])
    [problem] = refusals(service)
    assert "Only 24/7 can be shown" in problem.text
    assert problem.url == service.edit_url("channels-0-hours")
    service.channels.update(hours="24/7")
    assert publish([service], None, "")


def test_a_service_without_any_purpose_is_refused(editor_client: Client) -> None:
    found = refusals(make_service(purposes=[]))
    no_page = [problem for problem in found if "no page would show it" in problem.text]
    assert len(no_page) == 1
    check_field(editor_client, no_page[0], "purposes")


def test_a_service_that_cannot_be_reached_is_refused(editor_client: Client) -> None:
    [problem] = refusals(make_service(channels=[]))
    assert problem.text == "test-line: there is no way to reach it."
    check_field(editor_client, problem, "url")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("call", "116 000"), ("text", "0450 00 12 34"), ("mail", "a@b.example"),
        ("chat", "https://b.example/chat"), ("form", "https://b.example/f"), ("app", "https://b.example/a"),
    ],
)  # fmt: skip
def test_one_way_to_reach_a_service_is_enough(kind: str, address: str) -> None:
    assert publish([make_service(channels=[(kind, address)])], None, "")


def test_a_website_is_enough_to_reach_a_service() -> None:
    assert publish([make_service(channels=[], url="https://b.example")], None, "")


@pytest.mark.parametrize("phone", ["112", "0800-12 349", "+32 2 222 11 11", "116 000", "101"])
def test_a_number_as_it_is_printed_is_kept_and_can_be_called(phone: str) -> None:
    put_live(make_service(channels=[("call", phone)]))
    content = live().get(LiveService, "test-line")
    assert content
    [channel] = content.channels
    assert channel.address == phone
    assert channel.href == "tel:" + phone.replace(" ", "").replace("-", "")


def test_channels_are_frozen_in_their_order_each_with_its_own_hours_and_note() -> None:
    service = make_service(channels=[])
    make_channel(service, "chat", "https://b.example/", "Mo-Fr 09:00-18:00; PH off", order=2)
    make_channel(
        service, "call", "116 000", "24/7", order=1, languages=["nl"], **texts(note="Say your name")
    )
    put_live(service)
    content = live().get(LiveService, "test-line")
    assert content
    assert [(each.kind, each.hours, each.languages, each.note.fr) for each in content.channels] == [
        ("call", "24/7", ("nl",), "Say your name fr"),
        ("chat", "Mo-Fr 09:00-18:00; PH off", (), ""),
    ]
    assert content.spoken == ("nl", "fr", "en")


# countries


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "Be", "Two capital letters, such as BE."),
        ("languages", ["xx"], "Unknown: xx."),
        ("languages", [], "Addresses of its own need at least one language."),
        ("emergency", "", "Addresses of its own need an emergency number."),
        ("emergency", "call me", "Only digits, spaces and hyphens."),
        ("emergency", "0800 12", "This number cannot be dialled in BE."),
        ("zone", "Europe/Atlantis", "Value 'Europe/Atlantis' is not a valid choice."),
        ("holidays", "ZZ", "Value 'ZZ' is not a valid choice."),
        ("name_fr", "", "name [fr] is missing."),
        ("within_nl", "", "[nl] is missing."),
    ],
)
def test_a_country_is_refused_in_words_with_the_way_to_the_field(
    field: str, value: Any, sentence: str, editor_client: Client
) -> None:
    country = Country.objects.get(code="BE")
    setattr(country, field, value)
    country.save()
    found = [problem for problem in problems(country) if sentence in problem.text]
    assert len(found) == 1
    assert not found[0].warning
    check_field(editor_client, found[0], field)


def test_a_sentence_for_a_need_is_there_once_and_in_three_languages(editor_client: Client) -> None:
    country = Country.objects.get(code="NL")
    [kept] = country.gaps.all()
    kept.text_fr = ""
    kept.save()
    [problem] = [each for each in problems(country) if not each.warning]
    assert problem.text == "NL, Worried about your own thoughts: sentence [fr] is missing."
    check_field(editor_client, problem, "gaps-0-text_fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        country.gaps.create(code=kept.code, **texts(text="Again"))


def test_a_new_edition_lacks_what_it_has_not_by_name_until_it_is_there(
    editor_client: Client,
) -> None:
    country = Country.objects.get(code="LU")
    country.is_edition = True
    country.save()
    lacks = [problem.text for problem in refused(country)]
    for need in NEEDED:
        assert [text for text in lacks if f"{need.label}, in Luxembourg: no service" in text]
    for need in AT_EVERY_HOUR:
        assert [text for text in lacks if f"{need.label}, in Luxembourg: nobody on" in text]
    channels = [("call", "116111", "24/7")]
    services = [
        make_service(f"lu-{need}", country="LU", purposes=[need], channels=channels)
        for need in NEEDED[:-1]
    ]
    [problem] = refused(country, *services)
    assert f"{NEEDED[-1].label}, in Luxembourg: no service" in problem.text
    country.gaps.create(code=NEEDED[-1], **texts(text="Nobody"))
    assert len(publish([country, *services], None, "")) == len(NEEDED)


def test_the_only_edition_cannot_be_closed() -> None:
    for code in ("NL", "BQ", "BE"):
        country = Country.objects.get(code=code)
        country.is_edition = False
        country.save()
        if code == "BE":
            assert "No country would have addresses of its own" in refused(country)[0].text
        else:
            assert publish([country], None, "")


@pytest.mark.parametrize("make", [make_service, make_letter, make_app])
def test_an_overdue_review_is_a_warning_and_not_a_refusal(make: Any, editor_client: Client) -> None:
    draft = make(review_by=timezone.localdate() - timedelta(days=1))
    [problem] = [each for each in warnings(draft) if "should have been reviewed" in each.text]
    check_field(editor_client, problem, "review_by")
    assert publish([draft], None, "")
    draft.review_by = timezone.localdate()
    draft.save()
    assert not [each for each in warnings(draft) if "should have been reviewed" in each.text]


@pytest.mark.parametrize("make", [make_letter, make_app])
def test_a_letter_and_an_app_need_a_source_too(make: Any, editor_client: Client) -> None:
    [problem] = refusals(make(source=""))
    assert problem.text.endswith(": no source is given.")
    check_field(editor_client, problem, "source")


def test_an_app_that_is_only_known_by_hearsay_is_worded_so() -> None:
    assert not freeze(again(make_app("a"))).usual  # type: ignore[attr-defined]  # an app
    assert freeze(again(make_app("b", confidence="low"))).usual  # type: ignore[attr-defined]  # an app
    assert freeze(again(make_app("c", usual=True))).usual  # type: ignore[attr-defined]  # an app


@pytest.mark.parametrize("blank", ["adress", "ADDRESS", "", "address ", "0", "address.x"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_an_unknown_blank_in_a_letter_is_refused(
    blank: str, language: str, editor_client: Client
) -> None:
    letter = make_letter(**{f"body_{language}": f"At {{address}} and {{{blank}}}."})
    [problem] = [each for each in refusals(letter) if "nothing is filled in" in each.text]
    said = f"test-letter: letter [{language}]: nothing is filled in for {{{blank}}}; there are "
    assert problem.text.startswith(f"{said}account, address, amount, ")
    check_field(editor_client, problem, f"body_{language}")


@pytest.mark.parametrize("field", ["recipient", "help", "subject"])
def test_a_blank_outside_the_letter_itself_is_refused_as_nobody_can_fill_it_in(field: str) -> None:
    letter = make_letter(**{f"{field}_{language}": "At {account}" for language in LANGUAGES})
    found = [each for each in refusals(letter) if "nothing is filled in for {account}" in each.text]
    assert [each.url for each in found] == [
        letter.edit_url(f"{field}_{language}") for language in LANGUAGES
    ]
    assert "reference" not in found[0].text


def test_every_known_blank_may_be_used() -> None:
    body = "{address} {account} {date} {amount} {reference} {name}"
    assert publish([make_letter(**same(body=body))], None, "")


def test_there_is_one_message_for_each_choice() -> None:
    message = Message.objects.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            code="other", who=message.who, how=message.how, amount=message.amount, **texts(text="x")
        )


def test_a_message_needs_all_three_languages(editor_client: Client) -> None:
    message = Message.objects.all()[0]
    message.text_fr = ""
    message.save()
    with pytest.raises(Refused) as refused:
        publish([message], None, "")
    [problem] = refused.value.problems
    assert problem.text == f"{message.code}: message [fr] is missing."
    check_field(editor_client, problem, "text_fr")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("sources", " \n", "test/page: no source is given for what it says."),
        ("audience", "dogs", "test/page: Value 'dogs' is not a valid choice."),
        ("layout", "wide", "test/page: Value 'wide' is not a valid choice."),
        ("purposes", ["fun"], "test/page: Unknown: fun."),
        ("title_nl", "", "test/page: title [nl] is missing."),
        ("summary_fr", "", "test/page: summary [fr] is missing."),
        ("body_en", "<b>x</b>", "test/page: text [en]: HTML is not allowed: <b>."),
        ("body_en", "[a](//evil.example)", "test/page: text [en]: this link is not allowed: //evil.example."),
        ("after_fr", "[a](/nowhere/)", "test/page: text after the steps [fr] links to /nowhere/, which is not live."),
    ],
)  # fmt: skip
def test_a_page_is_refused_in_words_with_the_way_to_the_field(
    field: str, value: Any, sentence: str, editor_client: Client
) -> None:
    page = make_page(**{**texts(body="text", after="text"), field: value})
    found = [problem for problem in refusals(page) if problem.text == sentence]
    assert len(found) == 1
    check_field(editor_client, found[0], field)


@pytest.mark.parametrize("code", ["Paid", "steps//paid", "/paid", "paid/", "a b", "../paid", "paid?x", "é", ""])  # fmt: skip
def test_a_path_that_could_be_no_address_is_refused(code: str) -> None:
    page = make_page(code, **texts(title="Title"))
    assert [problem for problem in refusals(page) if problem.url == page.edit_url("code")]


def test_an_optional_text_is_there_in_three_languages_or_in_none(editor_client: Client) -> None:
    assert warnings(make_page("none", body="")) == []
    found = refusals(make_page(body_nl="alleen", body_fr="", body_en=""))
    assert [problem.text for problem in found] == [
        "test/page: text [fr] is missing.", "test/page: text [en] is missing.",
    ]  # fmt: skip
    check_field(editor_client, found[0], "body_fr")


def test_a_step_is_refused_in_words_with_the_way_to_its_field(editor_client: Client) -> None:
    page = make_page()
    page.steps.create(code="one", order=1, **texts(title="One", body="[a](/quick/)"))
    page.steps.create(code="two", order=2, **{**texts(title="Two", body="x"), "title_fr": ""})
    [problem] = [p for p in refusals(page) if "is missing" in p.text]
    assert problem.text == "test/page, two: title [fr] is missing."
    check_field(editor_client, problem, "steps-1-title_fr")


def test_a_page_that_links_to_a_retired_page_is_refused(editor: User) -> None:
    target = make_page("target")
    put_live(target)
    retire(target, editor, "")
    page = make_page(body="[a](/target/)")
    assert {problem.text for problem in refusals(page)} == {
        f"test/page: text [{language}] links to /target/, which is not live."
        for language in ("nl", "fr", "en")
    }
    put_live(target)
    assert publish([page], None, "")


def test_a_page_may_link_to_itself_and_to_a_part_of_a_page() -> None:
    page = make_page(body="[a](/test/page/) [b](/quick/#t3)")
    assert publish([page], None, "")


def test_without_a_country_its_page_is_not_there() -> None:
    page = again(make_page(body="[a](/lines/ie/)"))
    content = freeze(page)
    assert problems_of(page, content, live().plus([content])) == []
    assert len(problems_of(page, content, Contents(1).plus([content]))) == 3


def test_a_draft_is_called_by_its_code() -> None:
    assert [str(draft) for draft in (make_page(), make_service(), make_letter())] == [
        "test/page", "test-line", "test-letter",
    ]  # fmt: skip
    assert str(Page.objects.get(code="test/page").steps.create(code="one")) == "test/page, one"

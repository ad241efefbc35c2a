"""Drafts of the guidance: what publishing refuses, in words, with a link that leads to the field."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from guidance.models import App, Letter, Message, Page, Service
from sextortion_help.publishing.live import Live, live
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import publish, retire
from tests.publishing.builders import make_page, make_service, put_live, read, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def refusals(draft: Publishable) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        publish([draft], None, "")
    assert not draft.versions().exists()
    return refused.value.problems


def warnings(draft: Publishable) -> list[Problem]:
    found = draft.problems(live().plus([draft.content()]))
    assert all(problem.warning for problem in found)
    return found


def check_field(client: Client, problem: Problem, field: str) -> None:
    """The problem links to a form of the admin in which this field stands."""
    address, _, fragment = problem.url.partition("#")
    assert fragment == f"id_{field}"
    page = client.get(address)
    assert page.status_code == 200
    assert fragment in read(page).ids


def make_letter(**fields: Any) -> Letter:
    """Save the draft of a letter that can be published."""
    given = {"source": "a source", "confidence": "high", "review_by": timezone.localdate()}
    words = texts(
        recipient="Somebody", help="Send it there", subject="Please", body="At {address}."
    )
    return Letter.objects.create(code="test", **{**given, **words, **fields})


def make_app(**fields: Any) -> App:
    """Save the draft of an app that can be published."""
    given = {"source": "a source", "confidence": "high", "review_by": timezone.localdate()}
    words = texts(report="Report it", block="Block them")
    return App.objects.create(code="test", name="Test", **{**given, **words, **fields})


def test_the_drafts_of_the_builders_can_be_published() -> None:
    drafts = [make_page(), make_service(), make_letter(), make_app()]
    assert len(publish(drafts, None, "")) == 4


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        *(("phone", phone, "Only digits, spaces and hyphens.") for phone in (
            "call me", "1", "tel:112", "0800/123", "+", "00 32 (0)2", "112;ext=1", "-112", "112 ", "１１２")),
        ("country", "ZZ", "Value 'ZZ' is not a valid choice."),
        ("country", "", "This field cannot be blank."),
        ("hours", "9 to 5", "These opening hours cannot be read: "),
        ("hours", "Mo-Fr 09:00-18:00; PH unkown", "These opening hours cannot be read: "),
        ("url", "http://b.example", "Enter a valid URL."),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
        ("url", "//b.example", "Enter a valid URL."),
        ("chat", "https://", "Enter a valid URL."),
        ("email", "nobody", "Enter a valid email address."),
        ("purposes", ["talk", "fun"], "Unknown: fun."),
        ("purposes", ["talk", "talk"], "This must be a list without repeats."),
        ("purposes", "talk", "This must be a list without repeats."),
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


def test_hours_in_a_country_of_several_clocks_are_refused() -> None:
    service = make_service(country="US", hours="Mo-Fr 09:00-18:00")
    assert "Only 24/7 can be shown" in refusals(service)[0].text
    service.hours = "24/7"
    assert publish([service], None, "")


def test_a_service_without_any_purpose_is_refused(editor_client: Client) -> None:
    found = refusals(make_service(purposes=[]))
    no_page = [problem for problem in found if "no page would show it" in problem.text]
    assert len(no_page) == 1
    check_field(editor_client, no_page[0], "purposes")


def test_a_service_that_cannot_be_reached_is_refused(editor_client: Client) -> None:
    [problem] = refusals(make_service(phone=""))
    assert problem.text == "test-line: There is no way to reach this service."
    check_field(editor_client, problem, "phone")


@pytest.mark.parametrize(
    "reach",
    [{"email": "a@b.example"}, {"chat": "https://b.example/chat"}, {"url": "https://b.example"}],
)
def test_one_way_to_reach_a_service_is_enough(reach: dict[str, str]) -> None:
    assert publish([make_service(phone="", **reach)], None, "")


@pytest.mark.parametrize("phone", ["112", "0800-0432", "+32 2 222 11 11", "116 000", "17"])
def test_a_number_as_it_is_printed_is_kept_and_can_be_called(phone: str) -> None:
    service = make_service(phone=phone)
    put_live(service)
    content = live().get(Service.content_class, "test-line")
    assert content.phone == phone
    assert content.call == "tel:" + phone.replace(" ", "").replace("-", "")


def test_a_line_for_messages_opens_a_message() -> None:
    assert make_service(sms=True).content().call == "sms:0123"


@pytest.mark.parametrize("make", [make_service, make_letter, make_app])
def test_an_overdue_review_is_a_warning_and_not_a_refusal(make: Any, editor_client: Client) -> None:
    draft = make(review_by=timezone.localdate() - timedelta(days=1))
    [problem] = warnings(draft)
    assert "should have been reviewed by" in problem.text
    check_field(editor_client, problem, "review_by")
    assert publish([draft], None, "")
    draft.review_by = timezone.localdate()
    assert warnings(draft) == []


@pytest.mark.parametrize("make", [make_letter, make_app])
def test_a_letter_and_an_app_need_a_source_too(make: Any, editor_client: Client) -> None:
    [problem] = refusals(make(source=""))
    assert problem.text == "test: no source is given."
    check_field(editor_client, problem, "source")


def test_an_app_that_is_only_known_by_hearsay_is_worded_so() -> None:
    assert not make_app().content().usual
    draft = App(code="b", confidence="low")
    assert draft.content().usual


@pytest.mark.parametrize("blank", ["adress", "ADDRESS", "", "address ", "0", "address.x"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_an_unknown_blank_in_a_letter_is_refused(
    blank: str, language: str, editor_client: Client
) -> None:
    letter = make_letter(**{f"body_{language}": f"At {{address}} and {{{blank}}}."})
    [problem] = refusals(letter)
    assert problem.text == f"test: there is no blank called “{blank}”."
    check_field(editor_client, problem, f"body_{language}")


def test_every_known_blank_may_be_used() -> None:
    body = "{address} {account} {date} {amount} {reference} {name}"
    assert publish([make_letter(body_nl=body)], None, "")


def test_there_is_one_message_for_each_choice() -> None:
    message = Message.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            code="other", who=message.who, how=message.how, amount=message.amount, **texts(text="x")
        )


def test_a_message_needs_all_three_languages(editor_client: Client) -> None:
    message = Message.objects.first()
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
        ("age_band", "20-30", "test/page: Value '20-30' is not a valid choice."),
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
    found = [problem for problem in refusals(page) if problem.url == page.edit_url("code")]
    assert len(found) == 1


def test_an_optional_text_is_there_in_three_languages_or_in_none(editor_client: Client) -> None:
    assert warnings(make_page("none", body="")) == []
    found = refusals(make_page(body_nl="alleen", body_fr="", body_en=""))
    assert [problem.text for problem in found] == [
        "test/page: text [fr] is missing.", "test/page: text [en] is missing.",
    ]  # fmt: skip
    check_field(editor_client, found[0], "body_fr")


def test_a_step_is_refused_in_words_with_the_way_to_its_field(editor_client: Client) -> None:
    page = make_page()
    page.steps.create(code="one", order=1, **texts(title="One", body="[a](/first/)"))
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
    page = make_page(body="[a](/test/page/) [b](/first/#report)")
    assert publish([page], None, "")


def test_without_services_a_page_of_a_country_is_not_there() -> None:
    page = make_page(body="[a](/lines/au/)")
    assert page.problems(live().plus([page.content()])) == []
    assert len(page.problems(Live(1).plus([page.content()]))) == 3


def test_a_draft_is_called_by_its_code() -> None:
    assert [str(draft) for draft in (make_page(), make_service(), make_letter())] == [
        "test/page", "test-line", "test",
    ]  # fmt: skip
    assert str(Page.objects.get(code="test/page").steps.create(code="one")) == "test/page, one"

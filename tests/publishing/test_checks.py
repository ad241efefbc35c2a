"""What is checked before a publish, whatever the kind: every text, every value, every address."""

from typing import Any

import pytest
from django.test import Client

from guidance.models import Channel, Country, Gap, Letter, Message, Page, Service, Step
from quiz.models import Answer, Contact, Ending, Outcome, Question, Reply, SelfCheck, Tactic, Turn
from sextortion_help.publishing.checks.addresses import answers
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Publishable
from tests.publishing.builders import (
    address,
    again,
    make_channel,
    make_country,
    make_letter,
    make_message,
    make_page,
    make_service,
    open_country,
    problems,
    put_live,
    read,
    said_of,
    same,
    texts,
)
from tests.quiz.builders import MAKE, make_practice, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "line")]

# every text that must be there, of every kind and of all that belongs to it
REQUIRED = {
    "country": ("name", "within"),
    "page": ("title", "summary"),
    "service": ("name", "about"),
    "app": ("report", "block"),
    "letter": ("recipient", "help", "subject", "body"),
    "message": ("text",),
    "detail": ("text",),
    "selfcheck": ("title", "intro"),
    "practice": ("title", "intro"),
}
PARTS: dict[Any, tuple[str, ...]] = {
    Gap: ("text",), Step: ("title",), Question: ("text",), Answer: ("label",), Ending: ("title", "body"),
    Tactic: ("name", "about"), Turn: ("text",), Reply: ("label",), Outcome: ("title", "body"),
    Contact: ("name", "intro", "reveal_title", "reveal_body", "real_life"),
}  # fmt: skip


def whole_with(model: Any) -> tuple[Publishable, Any]:
    """Give a draft that can be published, and a row of this model that belongs to it."""
    draft: Publishable
    if model is Gap:
        draft = make_country("LU", gaps=["money"])
        return draft, draft.gaps.get()
    if model is Channel:
        draft = make_service()
        return draft, draft.channels.get()
    if model is Step:
        draft = make_page()
        draft.steps.create(code="one", **texts(title="One", body="Do"))
    else:
        practice = model in (Tactic, Contact, Turn, Reply, Outcome)
        draft = make_practice() if practice else make_self_check()
    return draft, model.objects.first()


@pytest.mark.parametrize(
    ("kind", "field"), [(k, f) for k, fields in REQUIRED.items() for f in fields]
)
def test_a_required_text_that_is_empty_in_every_language_is_refused_in_each(
    kind: str, field: str
) -> None:
    draft = MAKE[kind](**same(**{field: ""}))
    found = [problem for problem in problems(draft) if problem.text.endswith("] is missing.")]
    assert [problem.url for problem in found] == [
        draft.edit_url(f"{field}_{code}") for code in LANGUAGES
    ]
    assert not any(problem.warning for problem in found)


@pytest.mark.parametrize(
    ("model", "field"), [(model, field) for model, fields in PARTS.items() for field in fields]
)
def test_a_required_text_of_a_part_that_is_empty_in_every_language_is_refused(
    model: Any, field: str
) -> None:
    draft, row = whole_with(model)
    model.objects.filter(pk=row.pk).update(**same(**{field: " \n"}))
    urls = {problem.url for problem in problems(draft) if not problem.warning}
    assert {row.edit_url(f"{field}_{code}") for code in LANGUAGES} <= urls


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_optional_text_stands_in_every_language_or_in_none(code: str) -> None:
    page = make_page()
    assert said_of(page) == []
    Page.objects.update(**{f"body_{code}": "One"})
    assert said_of(page) == [
        f"test/page: text [{other}] is missing." for other in LANGUAGES if other != code
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_that_is_null_is_missing(code: str) -> None:
    page = make_page()
    Page.objects.update(**{f"title_{code}": None})
    assert said_of(page) == [f"test/page: title [{code}] is missing."]


WARNED = [("title", "Careful!"), ("body", "Hello.\n\n- **Careful!**"), ("after", "Careful!")]


@pytest.mark.parametrize(("field", "words"), WARNED)
def test_plain_texts_and_markdown_are_both_read_for_their_words(field: str, words: str) -> None:
    page = make_page(**same(**{field: words}))
    [labels] = [{"title": "title", "body": "text", "after": "text after the steps"}[field]]
    assert [(problem.text, problem.warning, problem.url) for problem in problems(page)] == [
        (f"test/page: {labels} [{code}]: there is an exclamation mark.", True,
         page.edit_url(f"{field}_{code}"))
        for code in LANGUAGES
    ]  # fmt: skip


def test_the_marks_and_addresses_of_markdown_are_not_words() -> None:
    target = "https://example.org/" + "/".join(["a"] * 40) + "/!"
    page = make_page(**same(body=f"Read [this]({target})."))
    assert said_of(page) == []


HARD = {
    "nl": "Internationale organisaties onderzoeken uitbuitingspraktijken. " * 8,
    "fr": "Plusieurs organisations internationales étudient cette exploitation. " * 8,
    "en": "International organisations investigate exploitation. " * 8,
}


@pytest.mark.parametrize("code", HARD)
@pytest.mark.parametrize(("field", "label"), [("summary", "summary"), ("body", "text")])
def test_what_is_hard_to_read_is_said_at_its_field(code: str, field: str, label: str) -> None:
    page = make_page(audience="victim", body="One", **{f"{field}_{code}": HARD[code]})
    found = [
        problem for problem in problems(page) if problem.url == page.edit_url(f"{field}_{code}")
    ]
    assert [(problem.text, problem.warning) for problem in found] == [
        (f"test/page: {label} [{code}] is hard to read.", True)
    ]


def test_a_step_is_read_as_its_page_is() -> None:
    middling = "The helpline listens to every question. You decide what happens afterwards. " * 4
    page = make_page(audience="victim")
    step = page.steps.create(code="one", **texts(title="One"), **same(body="One"))
    Step.objects.update(body_en=middling)
    assert f"{step}: text [en] is hard to read." in said_of(page)
    Page.objects.update(audience="parent")
    assert f"{step}: text [en] is hard to read." not in said_of(page)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("/nowhere/", "links to /nowhere/, which is not live."),
        ("/\\evil.example/", "links to /%5Cevil.example/, which is not live."),
        ("/en-be/test/page/", "links to /en-be/test/page/, which is not live."),
        ("/admin/", "links to /admin/, which is not live."),
        ("//evil.example", "this link is not allowed: //evil.example."),
        ("javascript:alert(1)", "this link is not allowed: javascript:alert(1)."),
    ],
)
def test_a_link_that_leads_nowhere_is_refused_with_the_way_to_the_field(
    link: str, sentence: str
) -> None:
    page = make_page(body="x", body_en=f"[a]({link})")
    found = [problem for problem in problems(page) if problem.text.endswith(sentence)]
    assert [(problem.url, problem.warning) for problem in found] == [
        (page.edit_url("body_en"), False)
    ]


def test_a_link_to_what_is_live_or_goes_live_with_it_is_not_refused() -> None:
    put_live(make_page("other"), make_self_check())
    page = make_page(body="[a](/other/#b) [b](/check/) [c](/lines/be/) [d](/test/page/?e) [f](/)")
    assert [problem for problem in problems(page) if not problem.warning] == []


# --- what differs by country


def refused(page: Page, field: str) -> list[str]:
    """Give what keeps a page from being published, all of it about the English text of one field."""
    found = problems(page)
    assert {(problem.url, problem.warning) for problem in found} == {
        (page.edit_url(f"{field}_en"), False)
    }
    return [problem.text for problem in found]


@pytest.mark.parametrize(
    ("country", "is_edition"), [("XX", None), ("BE", True), ("LU", False), ("NL", True)]
)
def test_a_part_for_a_country_without_addresses_is_refused(
    country: str, is_edition: bool | None
) -> None:
    if is_edition is not None and country != "BE":
        open_country(country, is_edition=is_edition)
    page = make_page(body="x", body_en=f"x\n\n::: {country}\nx\n:::")
    if is_edition:
        assert said_of(page) == []
    else:
        assert refused(page, "body") == [
            f"test/page: text [en]: {country} has no addresses of its own, so nobody would read that part."
        ]


def test_a_part_that_is_not_closed_is_refused_at_its_field() -> None:
    page = make_page(body="x", body_en="::: BE\nx")
    assert refused(page, "body") == [
        "test/page: text [en]: a part for some countries is not closed with “:::”."
    ]


@pytest.mark.parametrize("field", ["body", "summary"])
def test_a_placeholder_that_nothing_fills_is_refused_with_those_that_are(field: str) -> None:
    known = "{emergency} {country} {in_country} {organisation} {organisation_contact}"
    page = make_page(**{"body": "x", **texts(**{field: f"{known} {{emergencies}}"})})
    label = {"body": "text", "summary": "summary"}[field]
    assert [(problem.text, problem.url, problem.warning) for problem in problems(page)] == [
        (f"test/page: {label} [{code}]: nothing is filled in for {{emergencies}}; there are "
         "country, emergency, in_country, organisation, organisation_contact.",
         page.edit_url(f"{field}_{code}"), False)
        for code in LANGUAGES
    ]  # fmt: skip


@pytest.mark.parametrize(
    "link", ["[{emergency}: {country}](/)", "[**{emergency}**](https://b.example)"]
)
def test_a_blank_that_becomes_a_link_cannot_stand_in_a_link(link: str) -> None:
    words = link[1:].partition("]")[0].replace("*", "")
    said = f"{{emergency}} becomes a link of its own, so it cannot stand in the link “{words}”."
    assert said_of(make_page(body=link)) == [
        f"test/page: text [{code}]: {said}" for code in LANGUAGES
    ]
    assert said_of(make_page("other", body="{emergency} [{country}](/)")) == []


def test_the_blanks_of_a_letter_are_for_letters_alone() -> None:
    words = texts(body="At {address}, {emergency}")
    assert said_of(make_letter(**words)) == []
    assert "nothing is filled in for {address}" in said_of(make_page(**words))[0]


def test_a_link_that_is_dead_in_one_country_is_refused_naming_it() -> None:
    open_country("NL")
    put_live(make_page("for-be", countries=["BE"]))
    page = make_page(body="[there](/for-be/)")
    [problem] = problems(page)
    assert (problem.text, problem.warning, problem.url) == (
        "In NL, “test/page” links to /for-be/, which is not for there.", False, page.edit_url()
    )  # fmt: skip
    Page.objects.filter(code="test/page").update(**same(body="::: BE\n[there](/for-be/)\n:::"))
    assert said_of(page) == []
    Page.objects.filter(code="test/page").update(countries=["BE"], **same(body="[a](/for-be/)"))
    assert said_of(page) == []
    put_live(page)
    # what would be dead afterwards is refused too, whichever of the two changes
    other = make_page("other", body="[there](/test/page/)", countries=["BE"])
    put_live(other)
    Page.objects.filter(code="other").update(countries=[])
    assert said_of(again(other)) == ["In NL, “other” links to /test/page/, which is not for there."]


def test_a_page_others_link_to_is_not_taken_from_their_country() -> None:
    open_country("NL")
    target = make_page("target")
    put_live(target, make_page(body="[there](/target/)"))
    Page.objects.filter(code="target").update(countries=["NL"])
    assert said_of(target) == ["In BE, “test/page” links to /target/, which is not for there."]


def test_a_neutral_title_needs_an_address_that_says_nothing() -> None:
    page = make_page("paid", neutral=True)
    [problem] = problems(page)
    assert (problem.text, problem.url) == (
        "paid: a neutral title needs an address that says nothing either.", page.edit_url("address")
    )  # fmt: skip
    put_live(make_page("seven", address="steps/7"))
    Page.objects.filter(code="paid").update(address="steps/7")
    assert said_of(page) == ["paid: “seven” has this address already."]
    Page.objects.filter(code="paid").update(address="seven")
    assert said_of(page) == ["paid: “seven” has this address already."]
    Page.objects.filter(code="paid").update(address="tell")
    assert said_of(page) == ["paid: the address /tell/ belongs to another page of this site."]
    Page.objects.filter(code="paid").update(address="steps/8")
    assert said_of(page) == []


# --- every row through its own validation: what only the ORM or a fixture can have written

VALUES: dict[str, tuple[Any, dict[str, Any], str, str]] = {
    "tone of an answer": (Answer, {"tone": "x"}, "Value 'x' is not a valid choice.", "tone"),
    "tone of an ending": (Ending, {"tone": "x"}, "Value 'x' is not a valid choice.", "tone"),
    "purposes of an ending": (Ending, {"purposes": ["x"]}, "Unknown: x.", "purposes"),
    "code of a step": (Step, {"code": "BAD CODE!"}, "Enter a valid value.", "code"),
    "signal of a reply": (Reply, {"signal": "x"}, "Value 'x' is not a valid choice.", "signal"),
    "level of an outcome": (Outcome, {"trust": "x"}, "Value 'x' is not a valid choice.", "trust"),
    "audience of a page": (Page, {"audience": "x"}, "Value 'x' is not a valid choice.", "audience"),
    "layout of a page": (Page, {"layout": "x"}, "Value 'x' is not a valid choice.", "layout"),
    "entries of a page": (Page, {"entries": "help"}, "This must be a list without repeats.", "entries"),
    "entries of a self-check": (SelfCheck, {"entries": ["door", "door"]}, "This must be a list without repeats.", "entries"),
    "number of a channel": (Channel, {"address": "0x12"}, "Only digits, spaces and hyphens.", "address"),
    "kind of a channel": (Channel, {"kind": "fax"}, "Value 'fax' is not a valid choice.", "kind"),
    "code of a country": (Country, {"code": "Be"}, "Two capital letters, such as BE.", "code"),
    "languages of a country": (Country, {"languages": ["de"]}, "Unknown: de.", "languages"),
    "countries of a page": (Page, {"countries": "BE"}, "This must be a list of countries, such as BE.", "countries"),
    "countries of a step": (Step, {"countries": ["BE", "BE"]}, "This must be a list without repeats.", "countries"),
    "address of a page": (Page, {"address": "Steps 7"}, "Enter a valid value.", "address"),
    "website of a service": (Service, {"url": "http://x.example"}, "Enter a valid URL.", "url"),
    "sign of a letter": (Letter, {"code": "A B"}, "Enter a valid “slug”", "code"),
    "who of a message": (Message, {"who": "x"}, "Value 'x' is not a valid choice.", "who"),
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_every_row_is_held_to_its_own_rules(name: str, editor_client: Client) -> None:
    model, change, sentence, field = VALUES[name]
    make: dict[Any, Any] = {Country: lambda: make_country("LU"), Page: make_page, Service: make_service, Letter: make_letter, Message: make_message,
            SelfCheck: make_self_check}  # fmt: skip
    draft, row = (made := make[model](), made) if model in make else whole_with(model)
    model.objects.filter(pk=row.pk).update(**change)
    if "code" in change and row is draft:
        draft.refresh_from_db()
    found = [problem for problem in problems(draft) if sentence in problem.text]
    assert found, said_of(draft)
    assert found[0].url.endswith(field)
    assert not found[0].warning
    assert editor_client.get(found[0].url.partition("#")[0]).status_code == 200


def test_a_rule_over_several_fields_is_held_too() -> None:
    line = make_service(channels=())
    assert [(problem.text, problem.url) for problem in problems(line)] == [
        ("test-line: there is no way to reach it.", line.edit_url("url"))
    ]
    channel = make_channel(line)
    Channel.objects.filter(pk=channel.pk).update(hours="Mo-Fr 25 o'clock")
    refusals = [problem for problem in problems(line) if not problem.warning]
    assert refusals
    assert {problem.url for problem in refusals} == {again(line).channels.get().edit_url("hours")}


# --- addresses

TAKEN = ["lines", "tell", "apps", "letters", "letters/x", "check", "check/x", "chat", "chat/x",
         "lines/be", "lines/zz", "lines/police", "lines/be/police"]  # fmt: skip


@pytest.mark.parametrize("code", TAKEN)
def test_a_page_at_an_address_that_another_route_answers_is_refused(code: str) -> None:
    page = make_page(code)
    [problem] = problems(page)
    assert problem.text == f"{code}: the address /{code}/ belongs to another page of this site."
    assert (problem.url, problem.warning) == (page.edit_url("code"), False)


@pytest.mark.parametrize("code", TAKEN)
def test_a_page_whose_path_another_route_answers_is_refused_whatever_its_address(code: str) -> None:
    page = make_page(code, address="y/10")
    assert said_of(page) == [f"{code}: the address /{code}/ belongs to another page of this site."]


@pytest.mark.parametrize(
    "code", ["lines-of-help", "x/lines", "letters/x/y", "check/x/y", "telling", "lines/zzz"]
)
def test_a_page_beside_those_addresses_is_not(code: str) -> None:
    assert said_of(make_page(code)) == []


@pytest.mark.parametrize("kind", MAKE)
def test_the_address_of_every_kind_is_answered_by_its_own_view(kind: str, client: Client) -> None:
    draft = MAKE[kind]()
    assert said_of(draft) == []
    put_live(draft)
    content = live().get(draft.content_class, draft.code)
    assert content
    assert answers(content.path) == content.view
    for path in content.paths:
        assert client.get(f"/en-be{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/lines/zzz/", "/lines/xx/nothing/", "/check/a b/", "/exit/", "/x"]
)
def test_an_address_that_a_page_or_nothing_answers(path: str) -> None:
    assert answers(path) in ("page", "")


def test_the_preview_of_what_has_no_address_says_so(editor_client: Client) -> None:
    page = make_page("tell")
    shown = editor_client.get(address(page, "preview", "en-be"), follow=True)
    assert [str(message) for message in shown.context["messages"]] == [
        "tell: the address /tell/ belongs to another page of this site."
    ]
    assert read(shown).ids


# --- messages


def test_a_combination_has_its_words_once() -> None:
    one, two = make_message("one"), make_message("two", how="write")
    put_live(one, two)
    assert said_of(one) == said_of(two) == []
    # the choices of the two are exchanged; published alone, one would be there twice, the other never
    Message.objects.filter(pk=one.pk).update(how="none")
    Message.objects.filter(pk=two.pk).update(how="aloud")
    Message.objects.filter(pk=one.pk).update(how="write")
    for message, other in ((one, two), (two, one)):
        message.refresh_from_db()
        [problem] = problems(message)
        assert problem.text.endswith(f"“{other.code}” has the words for this choice already.")
        assert (problem.url, problem.warning) == (message.edit_url("who"), False)
    assert said_of(one, two) == []
    put_live(one, two)

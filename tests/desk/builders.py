"""Small drafts of every kind, and forms as a browser reads them and sends them back."""

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.db.models import Manager, QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.models import App, Country, Detail, Letter, Message, Page, Service
from quiz.models import Answer, Ending, Question, SelfCheck
from quiz.practice.models import Contact, Outcome, Practice, Reply, Tactic, Turn
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Draft

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

type Form = dict[str, list[str]]
# What the test client gives: a response that has the context of its template.
type Response = _MonkeyPatchedWSGIResponse


def texts(**fields: str) -> dict[str, str]:
    """Give the columns of each field: texts(title="Hello") fills title_nl, title_fr …"""
    return {
        f"{field}_{code}": f"{words} {code}"
        for field, words in fields.items()
        for code in LANGUAGES
    }


def make_page(code: str = "desk/page", steps: int = 0, **fields: Any) -> Page:
    """Save a page that can be published, with some steps."""
    given = {"audience": "everyone", "sources": "a source", **texts(title=code, summary="Short")}
    page: Page = Page.objects.create(code=code, **{**given, **fields})
    for number in range(steps):
        page.steps.create(code=f"s{number}", **texts(title=f"Step {number}", body="Do it."))
    return page


def make_check(code: str = "desk-check") -> SelfCheck:
    """Save a self-check: question 1 leads to question 2 or the first ending, question 2 to the endings."""
    check: SelfCheck = SelfCheck.objects.create(
        code=code, **texts(title="Small", intro="Two questions")
    )
    one = Question.objects.create(self_check=check, start=True, **texts(text="Question 1"))
    two = Question.objects.create(self_check=check, **texts(text="Question 2"))
    ends = [
        Ending.objects.create(
            self_check=check,
            tone="calm",
            purposes=["talk"],
            **texts(title=f"Ending {n}", body="Advice."),
        )
        for n in (1, 2)
    ]
    for question, targets in ((one, ({"next_question": two}, {"ending": ends[0]})),
                              (two, ({"ending": ends[0]}, {"ending": ends[1]}))):  # fmt: skip
        for number, target in enumerate(targets):
            words = texts(label=f"Answer {number}", advice="Advice.")
            Answer.objects.create(question=question, tone="calm", **words, **target)
    return check


def make_chat(code: str = "desk-chat") -> Practice:
    """Save a practice chat with one contact of two turns, one tactic and one outcome."""
    practice: Practice = Practice.objects.create(code=code, **texts(title="Chat", intro="Practise"))
    tactic = Tactic.objects.create(
        practice=practice, code="haste", **texts(name="Haste", about="Now!")
    )
    words = texts(name="Kim", intro="By a game", reveal_title="Somebody", reveal_body="It shows.",
                  real_life="Wait.")  # fmt: skip
    contact = Contact.objects.create(practice=practice, code="c1", **words)
    one = Turn.objects.create(contact=contact, start=True, **texts(text="Hi"))
    two = Turn.objects.create(contact=contact, **texts(text="Quick"))
    for turn, to in ((one, two), (two, None)):
        for signal in ("hit", "miss"):
            target = {"next_turn": to} if to else {"ends_chat": True}
            Reply.objects.create(
                turn=turn, signal=signal, tactic=tactic, **texts(label=signal), **target
            )
    Outcome.objects.create(
        practice=practice, hits="high", trust="high", **texts(title="Well", body="Done.")
    )
    return practice


def make_all() -> list[Draft]:
    """Save a draft of every kind, and give all rows that have a form."""
    soon = timezone.localdate() + timedelta(days=90)
    said = {"source": "a source", "confidence": "high", "review_by": soon}
    service = Service.objects.create(
        code="desk-line", country=Country.objects.get(code="BE"), languages=["nl", "fr"],
        purposes=["talk", "suicide", "police"], **said, **texts(name="A line", about="It listens"),
    )  # fmt: skip
    for kind, address in (("call", "0123"), ("chat", "https://line.example/chat")):
        service.channels.create(kind=kind, address=address)
    country = Country.objects.create(
        code="AD", is_edition=True, languages=["fr", "nl"], emergency="112",
        **texts(name="Desk", within="at the desk"),
    )  # fmt: skip
    for need in ("talk", "suicide"):
        country.gaps.create(code=need, **texts(text="Nobody"))
    app = App.objects.create(
        code="desk-app", name="App", **said, **texts(report="Tap", block="Tap")
    )
    letter = Letter.objects.create(
        code="desk-letter",
        **said,
        **texts(recipient="App", help="By mail", subject="S", body="Dear,\n\nBye"),
    )
    Message.objects.filter(who="friend", how="say", amount="all").delete()
    page = make_page("desk/all", 3, purposes=["suicide", "talk"], entries=["footer", "door"])
    wholes: list[Draft] = [country, service, app, letter, page, make_check(), make_chat()]
    return [row for whole in wholes for row in whole.rows() if not row.inline]


def forms(most: int | None = None) -> Iterator[Draft]:
    """Give every row in the database that has a form of its own, or so many of each kind."""
    for model in (Country, Page, Service, App, Letter, Message, Detail, SelfCheck, Question, Ending, Practice, Contact,
                  Turn, Tactic, Outcome):  # fmt: skip
        yield from model.objects.all()[:most]


def first_of[Row: Draft](rows: Manager[Row] | QuerySet[Row]) -> Row:
    """Give the first of rows that are there."""
    row = rows.first()
    assert row is not None
    return row


def last_of[Row: Draft](rows: Manager[Row] | QuerySet[Row]) -> Row:
    """Give the last of rows that are there."""
    row = rows.last()
    assert row is not None
    return row


class Reader(HTMLParser):
    """What a browser would send of the form of a draft, and the ids and buttons of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.fields: Form = {}
        self.buttons: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._in = False
        self._area = self._select = ""
        self._first = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            assert given["id"] not in self.ids, f"twice on the page: {given['id']}"
            self.ids.add(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self._in = given.get("method") == "post" and given.get("id") != "logout-form"
        elif not self._in and given.get("form") is None:
            return
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "button" or (tag == "input" and kind == "submit"):
            self.buttons.append((name, given.get("value", "")))
        elif tag == "input" and name:
            if kind not in ("checkbox", "radio") or "checked" in given:
                self.fields.setdefault(name, []).append(
                    given.get("value", "on" if kind == "checkbox" else "")
                )
        elif tag == "textarea":
            self._area, self._first = name, True
            self.fields[name] = [""]
        elif tag == "select":
            self._select, self._many, self._options = name, "multiple" in given, 0
        elif tag == "option" and self._select:
            if "selected" in given:
                found = self.fields.setdefault(self._select, [])
                found[:] = [
                    *(found if self._many or self._options > 1e6 else []),
                    given.get("value", ""),
                ]
                self._options = 1
            elif not self._many and not self._options and self._select not in self.fields:
                self.fields[self._select] = [given.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            if self._first:
                data = (
                    data.removeprefix("\r\n")
                    if data.startswith("\r\n")
                    else data.removeprefix("\n")
                )
            self._first = False
            self.fields[self._area][0] += data.replace("\r\n", "\n").replace("\n", "\r\n")


def read(response: Response) -> Reader:
    """Read a page of the admin."""
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


def opened(client: Client, draft: Draft | str) -> Form:
    """Open a form, and give what a browser would send of it."""
    url = draft if isinstance(draft, str) else draft.edit_url()
    response = client.get(url)
    assert response.status_code == 200, url
    return as_sent(read(response))


def as_sent(form: Reader) -> Form:
    """Give what a browser would send of a form that was read."""
    return {name: values for name, values in form.fields.items() if "__prefix__" not in name}


def send(client: Client, draft: Draft | str, form: Form, **typed: Any) -> Response:
    """Send a form, with what was typed into it, by its Save button."""
    url = (draft if isinstance(draft, str) else draft.edit_url()).partition("#")[0]
    button = {} if any(name.startswith("_") for name in typed) else {"_save": "Save"}
    return client.post(url, {**form, **button, **typed})


def problems(response: Response) -> list[str]:
    """Give what a form that came back says is wrong; [] when it was saved."""
    return (
        [text for _, text in response.context["problem_links"]]
        if response.status_code == 200
        else []
    )


def add_url(model: type[Draft], **fields: Any) -> str:
    """Give the address of the form that adds a row."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    query = "&".join(f"{name}={value}" for name, value in fields.items())
    return f"{url}?{query}" if query else url

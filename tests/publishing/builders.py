"""Small drafts in three languages, and the forms of the admin as a browser would fill them in."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.db.models import Model
from django.urls import reverse

from guidance.choices import NEEDED, Way
from guidance.models import App, Channel, Country, Detail, Gap, Letter, Message, Page, Service
from sextortion_help.publishing import guards, live
from sextortion_help.publishing.admin.choosing import publish_key
from sextortion_help.publishing.content import LANGUAGES, Contents
from sextortion_help.publishing.freezing import as_data, freeze
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.planning import Together, check
from sextortion_help.publishing.planning import read as read_drafts
from sextortion_help.publishing.problems import Problem
from sextortion_help.publishing.publish import alone, carry_out, leaving, publish, undone
from sextortion_help.publishing.sources import digest, source_of, whole

_seeded = Contents()
FAR: date = datetime.now(UTC).date() + timedelta(days=365)  # to look again, in good time


def take_everything_out() -> None:
    """Leave nothing of what the suite seeded, within the transaction of a test: no draft, no version."""
    table = Version._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            settle()
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  our own table
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for app in ("quiz", "guidance"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608  our own table
    guards.install(apps.get_app_config("publishing"))
    forget()


def settle() -> None:
    """Let PostgreSQL check its foreign keys now: it alters and empties no table that waits for a check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def forget() -> None:
    """Let this process be as one that has just started, before its first look at the database."""
    live._memory.contents = Contents()
    live._memory.unreadable = {}
    live._memory.changes = []
    live._memory.failing = False
    live._memory.answered = live._memory.watched = time.monotonic()


def remember() -> None:
    """Keep what is in memory, with what is reckoned from it for every place, for the tests to come."""
    global _seeded  # noqa: PLW0603  one for the session, as is the database
    _seeded = live.live()


def recall() -> None:
    """Let this process have read the database: what was remembered, unless that is another revision."""
    live._memory.contents = _seeded
    live.refresh()


def texts(**fields: str) -> dict[str, str]:
    """Give the columns of each field: texts(title="Hello") fills title_nl, title_fr, title_en."""
    return {
        f"{field}_{code}": f"{text} {code}" if text else ""
        for field, text in fields.items()
        for code in LANGUAGES
    }


def same(**fields: str) -> dict[str, str]:
    """Give the columns of each field with the same words in each language."""
    return {f"{field}_{code}": text for field, text in fields.items() for code in LANGUAGES}


def make_page(code: str = "test/page", *, body: str = "", **fields: Any) -> Page:
    """Save the draft of a page that can be published. `body` is Markdown, the same in each language."""
    given = {"audience": "everyone", "sources": "a source", **texts(title=code, summary="Short")}
    page: Page = Page.objects.create(code=code, **{**given, **same(body=body), **fields})
    return page


def make_country(code: str = "BE", *, gaps: Iterable[str] = NEEDED, **fields: Any) -> Country:
    """Save the draft of a country that can be published: an edition in every language.

    It says of each need in `gaps` that nobody serves it, so that it owes its visitors nothing more.
    """
    given = {
        "is_edition": True,
        "languages": list(LANGUAGES),
        "emergency": "112",
        "zone": "Europe/Brussels",
        "holidays": "BE",
        **texts(name=code, within=f"in {code}"),
    }
    country: Country = Country.objects.create(code=code, **{**given, **fields})
    for need in gaps:
        Gap.objects.create(country=country, code=need, **texts(text=f"Nobody for {need}"))
    return country


def open_country(code: str = "BE", **fields: Any) -> Country:
    """Make a country live, whatever its visitors would lack: a site that has one is never without."""
    country = again(make_country(code, **fields))
    source = source_of(country)
    data = as_data(freeze(country))
    append("country", code, data, source=source, digest=digest(source))
    live.refresh()
    return country


def make_service(
    code: str = "test-line",
    *,
    country: str = "BE",
    channels: Iterable[tuple[str, ...]] = ((Way.CALL, "116000"),),
    **fields: Any,
) -> Service:
    """Save the draft of a Belgian line to talk to, which speaks all languages and can be published.

    `channels` are (kind, address) or (kind, address, hours). A country that is not there is made live,
    without addresses of its own.
    """
    given = {
        "country": Country.objects.filter(code=country).first()
        or open_country(country, is_edition=False, gaps=()),
        "purposes": ["talk"],
        "languages": list(LANGUAGES),
        **_sourced(),
        **texts(name="A line", about="It listens"),
    }
    service: Service = Service.objects.create(code=code, **{**given, **fields})
    for channel in channels:
        make_channel(service, *channel)
    return service


def make_channel(
    service: Service, kind: str = Way.CALL, address: str = "116000", hours: str = "", **fields: Any
) -> Channel:
    """Save one way to reach a service."""
    made: Channel = Channel.objects.create(
        service=service, kind=kind, address=address, hours=hours, **fields
    )
    return made


def make_app(code: str = "test-app", **fields: Any) -> App:
    """Save the draft of an app that can be published."""
    words = texts(report="Press here", block="Press there")
    app: App = App.objects.create(code=code, name="Test", **{**_sourced(), **words, **fields})
    return app


def make_letter(code: str = "test-letter", **fields: Any) -> Letter:
    """Save the draft of a letter that can be published."""
    words = texts(recipient="A firm", help="Send it", subject="Remove it", body="At {address}")
    letter: Letter = Letter.objects.create(code=code, **{**_sourced(), **words, **fields})
    return letter


def make_message(code: str = "test-message", **fields: Any) -> Message:
    """Save the draft of words for a sibling that can be published."""
    given = {"who": "sibling", "how": "aloud", "amount": "some", **texts(text="Listen")}
    message: Message = Message.objects.create(code=code, **{**given, **fields})
    return message


def make_detail(code: str = "test-detail", **fields: Any) -> Detail:
    """Save the draft of a sentence to add to a message, that can be published."""
    detail: Detail = Detail.objects.create(code=code, **{**texts(text="And more"), **fields})
    return detail


def _sourced() -> dict[str, Any]:
    return {"source": "a source", "confidence": "high", "review_by": FAR}


def put_live(*drafts: Publishable) -> list[Version]:
    """Publish drafts and take them into memory, as a commit would."""
    versions = publish(drafts, None, "")
    live.refresh()
    return versions


def problems(*drafts: Publishable) -> list[Problem]:
    """Say what is wrong with drafts, as the screen that publishes does."""
    return check(read_drafts(drafts))


def said_of(*drafts: Publishable) -> list[str]:
    """Give the sentences of these problems."""
    return [problem.text for problem in problems(*drafts)]


def again[D: Publishable](draft: D) -> D:
    """Read a draft anew from the database, with all that belongs to it."""
    found: D = whole(type(draft)).get(pk=draft.pk)
    return found


def live_title(page: Page) -> str | None:
    """Give the English title that visitors see of a page; None when it is not live."""
    content: Any = live.live().get(Page.content_class, page.code)
    return str(content.title.en) if content else None


def append(kind: str, code: str, data: Any, **fields: Any) -> Version:
    """Store a version without any check, as a program of another release could have."""
    highest = Version.objects.filter(kind=kind, code=code).first()
    number = highest.number + 1 if highest else 1
    given = {"number": number, "digest": "0", **fields}
    return Version.objects.create(kind=kind, code=code, data=data, **given)


@contextmanager
def database_dying(at: Callable[[str], bool]) -> Iterator[None]:
    """Let each statement fail for which `at(sql)` is true, as if the server had gone away."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if at(sql):
            raise OperationalError("the server closed the connection unexpectedly")
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def publish_address(*drafts: Publishable) -> str:
    """Give the address of the screen that checks these drafts and publishes them together."""
    chosen = "&".join(f"draft={publish_key(draft)}" for draft in drafts)
    return f"{reverse('admin:publish')}?{chosen}"


def address(draft: Model, name: str, *arguments: Any) -> str:
    """Give the address of a screen of the admin about this draft."""
    if name == "publish":
        assert isinstance(draft, Publishable)
        return publish_address(draft)
    url = f"admin:{draft._meta.app_label}_{draft._meta.model_name}_{name}"
    if name in ("changelist", "add"):
        return reverse(url)
    return reverse(url, args=[draft.pk, *arguments])


class _Page(HTMLParser):
    """Every id and link of a page, and what a browser would send of one of its forms."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.has_form = False
        self._form_id = form_id
        self._within = False
        self._area = self._select = ""
        self._link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "form":
            self._within = given.get("id", "") == self._form_id
            self.has_form |= self._within
        elif tag == "a":
            self._link = given.get("href", "")
            self.links.append((self._link, ""))
        elif tag == "input" and given.get("type") == "submit":
            self.buttons.append(given.get("value", ""))
        if not self._within or "disabled" in given:
            return
        if tag == "input" and given.get("type") in ("checkbox", "radio"):
            if "checked" in given:
                self._add(given["name"], given.get("value", "on"))
        elif tag == "input" and given.get("type") != "submit" and "name" in given:
            self._add(given["name"], given.get("value", ""))
        elif tag == "textarea":
            self._area = given["name"]
            self._add(self._area, "")
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._within = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._area:
            # a browser drops the line break right after <textarea>, and sends the others as CR LF
            text = data.removeprefix("\r\n").removeprefix("\n")
            self.fields[self._area][-1] += text.replace("\r\n", "\n").replace("\n", "\r\n")
        if self._link is not None and self.links:
            self.links[-1] = (self._link, self.links[-1][1] + data)

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def read(response: Any, form_id: str = "") -> _Page:
    """Read a page of the admin: its ids, links and buttons, and the fields of the form with an id."""
    page = _Page(form_id)
    page.feed(response.content.decode())
    return page


def filled_in(response: Any, **changes: Any) -> dict[str, Any]:
    """Give what a browser would send of the change form on this page, after somebody typed `changes`."""
    form_id = f"{response.context['opts'].model_name}_form"
    page = read(response, form_id)
    assert page.has_form, f"no form {form_id} on this page"
    unknown = [name for name in changes if f"id_{name}" not in page.ids]
    assert not unknown, f"not on the form: {unknown}"
    return {**page.fields, **changes}


def publish_again(version: Version, user: User, note: str) -> list[Version]:
    """Put a version back, as its screen does."""
    return carry_out(Together(back=[version]), user, note)


def roll_back(release: UUID, user: User, note: str) -> list[Version]:
    """Undo what was published together, as its screen does."""
    with alone():
        return carry_out(undone(release), user, note)


def retire(draft: Publishable, user: User, note: str) -> list[Version]:
    """Take an object off the site, as its screen does."""
    with alone():
        return carry_out(Together(gone=[leaving(draft)]), user, note)

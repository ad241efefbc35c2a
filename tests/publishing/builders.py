"""Small drafts in three languages, and the forms of the admin as a browser would fill them in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from guidance.models import Page, Service
from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.models import Publishable, Version
from sextortion_help.publishing.publish import publish


def texts(**fields: str) -> dict[str, str]:
    """Give the three columns of each field: texts(title="Hello") fills title_nl, title_fr, title_en."""
    return {
        f"{field}_{code}": f"{text} {code}" if text else ""
        for field, text in fields.items()
        for code in LANGUAGES
    }


def make_page(code: str = "test/page", *, body: str = "", **fields: Any) -> Page:
    """Save the draft of a page that can be published. `body` is Markdown, the same in each language."""
    bodies = {f"body_{language}": body for language in LANGUAGES}
    given = {"audience": "everyone", "sources": "a source", **texts(title=code, summary="Short")}
    return Page.objects.create(code=code, **{**given, **bodies, **fields})


def make_service(code: str = "test-line", **fields: Any) -> Service:
    """Save the draft of a service that can be published."""
    given = {
        "country": "BE",
        "purposes": ["talk"],
        "phone": "0123",
        "source": "a source",
        "confidence": "high",
        "review_by": timezone.localdate() + timedelta(days=90),
        **texts(name="A line", about="It listens"),
    }
    return Service.objects.create(code=code, **{**given, **fields})


def put_live(*drafts: Publishable) -> list[Version]:
    """Publish drafts and take them into memory, as a commit would."""
    versions = publish(drafts, None, "")
    live.refresh()
    return versions


def live_title(page: Page) -> str | None:
    """Give the English title that visitors see of a page; None when it is not live."""
    content = live.live().get(Page.content_class, page.code)
    return content.title.en if content else None


@contextmanager
def database_dying(at: Callable[[str], bool]) -> Iterator[None]:
    """Let each statement fail for which `at(sql)` is true, as if the server had gone away."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if at(sql):
            raise OperationalError("the server closed the connection unexpectedly")
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def address(draft: Model, name: str, *arguments: Any) -> str:
    """Give the address of a page of the admin about this draft."""
    url = f"admin:{draft._meta.app_label}_{draft._meta.model_name}_{name}"
    if name in ("changelist", "publish"):
        return reverse(url) + (f"?ids={draft.pk}" if name == "publish" else "")
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


def read(response: HttpResponse, form_id: str = "") -> _Page:
    """Read a page of the admin: its ids, links and buttons, and the fields of the form with an id."""
    page = _Page(form_id)
    page.feed(response.content.decode())
    return page


def filled_in(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """Give what a browser would send of the change form on this page, after somebody typed `changes`."""
    form_id = f"{response.context['opts'].model_name}_form"
    page = read(response, form_id)
    assert page.has_form, f"no form {form_id} on this page"
    unknown = [name for name in changes if f"id_{name}" not in page.ids]
    assert not unknown, f"not on the form: {unknown}"
    return {**page.fields, **changes}

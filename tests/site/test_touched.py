"""After a publish a page is made again if, and only if, it read something that changed."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from django.test import Client

from guidance.content import Country, Page
from sextortion_help.pages import SECONDS_OF_TRUST
from sextortion_help.publishing import live as memory
from sextortion_help.publishing.content import Content, Contents, Linked, Read, Text, noting
from sextortion_help.publishing.live import live, touches
from sextortion_help.publishing.models import Entry
from sextortion_help.publishing.places import Place, changes
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import make_page
from tests.site.addresses import addresses
from tests.site.browser import Browser

pytestmark = pytest.mark.django_db

type Made = dict[str, tuple[bytes, set[Read]]]


def made(client: Client) -> Made:
    """Give every page of one place, an error and the addresses, with what each read."""
    found: Made = {}
    for address in [*addresses(Place("nl", "BE")), "/nl-be/nowhere/", "/sitemap.xml"]:
        with noting() as read:
            found[address] = client.get(address).content, read
    return found


def altered(part: Any) -> Any:
    """Give a content in which every text says something else, as do those of its parts."""
    new: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, Text):
            words = {code: getattr(value, code) for code in value.__struct_fields__}
            new[name] = type(value)(**{code: text and f"{text} ÆØ" for code, text in words.items()})
        elif isinstance(value, tuple):
            each = isinstance(next(iter(value), None), msgspec.Struct)
            new[name] = tuple(map(altered, value)) if each else value
    return msgspec.structs.replace(part, **new)


def one_of_each() -> Iterator[Content]:
    """Give one of each kind, and one that each entry leads to."""
    yield from {type(content): content for content in live().items.values()}.values()
    for entry in Entry:
        yield from live().linked(entry)[-1:]


def later(contents: Contents) -> Contents:
    return replace(contents, revision=contents.revision + 1)


def test_whatever_is_published_every_page_that_says_something_else_is_made_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each a third of the pages, another third each time, and always the home."""
    before, pages = live(), made(client)
    said_otherwise = 0
    for number, content in enumerate(one_of_each()):
        after = later(before.plus([altered(content)]))
        changed = changes(before, after)
        if changed is None:
            assert isinstance(content, Country)
            continue
        monkeypatch.setattr(memory._memory, "contents", after)
        for address in ["/nl-be/", *list(pages)[number % 3 :: 3]]:
            body, read = pages[address]
            if client.get(address).content != body:
                said_otherwise += 1
                assert changed & read, f"{address} still says what {content.code} said before"
    assert said_otherwise > 10


def test_a_change_of_a_page_leaves_most_of_the_others(client: Client) -> None:
    page = next(page for page in live().all(Page) if not page.entries)
    changed = changes(live(), later(live().plus([altered(page)])))
    assert changed is not None
    pages = made(client)
    again = [address for address, (_, read) in pages.items() if changed & read]
    assert len(again) < len(pages) / 3


@pytest.mark.parametrize("what", ["is gone", "is new", "moved", "is for another country"])
def test_everything_is_made_again_when_an_address_changes(what: str) -> None:
    page = next(page for page in live().all(Page) if not page.moved)
    without = later(live().minus([page]))
    after = {
        "is gone": without,
        "is new": live(),
        "moved": later(without.plus([msgspec.structs.replace(page, address="elsewhere/1")])),
        "is for another country": later(live().plus([msgspec.structs.replace(page, countries=("NL",))])),
    }[what]  # fmt: skip
    before = without if what == "is new" else live()
    assert changes(before, after) is None


def test_a_door_that_opens_or_shuts_changes_the_pages_that_have_doors() -> None:
    page = next(page for page in live().all(Page) if not page.entries)
    door = msgspec.structs.replace(page, entries=("door",))
    for before, after in ((page, door), (door, page)):
        changed = changes(live().plus([before]), live().plus([after]))
        assert changed is not None
        assert (Linked, "door") in changed


def test_another_process_learns_what_it_need_not_make_again() -> None:
    browser = Browser()
    one, other = make_page("do/one"), make_page("do/other")
    publish([one, other], None, "")
    memory.refresh()
    for _ in range(2):
        browser.get("/nl-be/do/one/"), browser.get("/nl-be/do/other/")
    assert browser.reached == 2
    for title in ("Anders", "Weer anders"):
        one.title_nl = title  # type: ignore[attr-defined]  # modeltranslation's
        one.save()
        publish([one], None, "")
        memory.refresh()
    assert "Weer anders" in browser.get("/nl-be/do/one/")[2].decode()
    browser.get("/nl-be/do/other/")
    assert browser.reached == 3


def test_what_nobody_thought_of_does_not_stay_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    revision, change = live().revision, memory.Change(live().revision, frozenset(), 1000.0)
    monkeypatch.setattr(memory._memory, "changes", [change])
    for seconds, again in ((0, False), (SECONDS_OF_TRUST - 1, False), (SECONDS_OF_TRUST + 1, True)):
        monkeypatch.setattr("time.monotonic", lambda now=1000.0 + seconds: now)
        assert touches(revision, set(), SECONDS_OF_TRUST) == again


def test_a_revision_that_was_never_seen_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory._memory, "changes", [])
    assert touches(live().revision - 1, set(), 1e9)
    change = memory.Change(live().revision, frozenset(), time.monotonic())
    monkeypatch.setattr(memory._memory, "changes", [change])
    assert not touches(live().revision, set(), 1e9)
    assert touches(live().revision - 1, set(), 1e9)

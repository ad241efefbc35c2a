"""The numbers the content is held to (product.md), each beside its bar. `make content-report` prints them.

`make content-report FACTS=services.yaml` compares the services with the file of facts as well.
The test suite holds every row to its bar: tests/shipped/test_numbers.py.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from sextortion_help.publishing.content import Contents
    from sextortion_help.publishing.places import Place

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.shipped.facts import compare

ADULTS = ("parent", "school")
TEENS = ("victim", "teen", "friend", "everyone")
IN_DANGER = ("victim", "friend", "parent")


WAYS = (
    "pages more than one tap from the first minute",
    "first minutes more than one tap from a call",
    "dead links between our pages",
    "pages that no other page leads to",
    "pages for victims, friends, parents without a human contact",
    "pages for victims, friends, parents without a suicide line",
    "numbers of another country outside of its own page",
)


@dataclass(frozen=True)
class Row:
    """One number: what it counts, what it is, what it may be, and whether it is that."""

    what: str
    is_: str
    bar: str
    met: bool


def rows(facts: Path | None = None) -> list[Row]:
    """Measure everything live. Needs content in memory; makes requests with Django's test client."""
    return [
        *_words(),
        *_easy_words(),
        *_voice(),
        *_whole(),
        *_ways(),
        *_first_minute(),
        *_questions(),
        *_opening_hours(),
        *(_none(*found) for found in (compare(facts) if facts else [])),
    ]


def texts(audiences: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Give (name, plain text) of every page for these readers, quizzes and apps among the teens'.

    Each as it is in each edition; what is the same there, once.
    """
    from sextortion_help.publishing.live import live
    from sextortion_help.publishing.places import at, countries

    seen = set[tuple[str, str]]()
    for country in countries(live()):
        for found in _texts_at(at(live(), country), audiences, language):
            if found not in seen:
                seen.add(found)
                yield found


def _texts_at(
    now: "Contents", audiences: Iterable[str], language: str
) -> Iterator[tuple[str, str]]:
    from guidance.content import App, Message, Page
    from quiz.practice.content import Practice
    from quiz.self_check.content import SelfCheck
    from sextortion_help.publishing.content import plain_words

    for page in now.all(Page):
        if page.audience in audiences:
            yield f"/{page.code}/", plain_words(page, language)
    if "teen" in audiences:
        for check in now.all(SelfCheck):
            yield f"self-check {check.code}", plain_words(check, language)
        for practice in now.all(Practice):
            # in a practice chat, others write
            silent = [msgspec.structs.replace(each, turns=()) for each in practice.contacts]
            ours = msgspec.structs.replace(practice, contacts=tuple(silent))
            yield f"practice {practice.code}", plain_words(ours, language)
        for name, items in (("Message", now.all(Message)), ("App", now.all(App))):
            yield name, "\n".join(plain_words(item, language) for item in items)


def _words() -> Iterator[Row]:
    from sextortion_help.publishing.content import LANGUAGES
    from sextortion_help.publishing.reading import measure

    for readers, audiences, easy, grade in (
        ("teens", TEENS, 75, 5),
        ("parents, schools", ADULTS, 60, 8),
    ):
        for language in LANGUAGES:
            measured = {
                f"{name} ({number})": measure(text, language)
                for number, (name, text) in enumerate(texts(audiences, language))
            }
            label = f"{readers}, {language}"
            if readers == "teens":
                whole = measure("\n".join(t for _, t in texts(audiences, language)), language)
                mean, longest = whole.mean_sentence, whole.longest_sentence
                yield Row(f"{label}: mean words a sentence", f"{mean:.1f}", "<= 10", mean <= 10)
                yield Row(f"{label}: longest sentence", str(longest), "<= 20", longest <= 20)
                share = whole.share_over_15
                yield Row(f"{label}: sentences over 15", f"{share:.1%}", "<= 5 %", share <= 0.05)
            pick, bar = (max, grade) if language == "en" else (min, easy)
            name, hardest = pick(measured.items(), key=lambda item: item[1].ease)
            met = hardest.ease <= bar if language == "en" else hardest.ease >= bar
            what = "grade" if language == "en" else "ease"
            sign = "<=" if language == "en" else ">="
            yield Row(
                f"{label}: {what} of the hardest, {name}",
                f"{hardest.ease:.1f}",
                f"{sign} {bar}",
                met,
            )


def _easy_words() -> Iterator[Row]:
    """The pages in easy words: shorter sentences than any other page."""
    from guidance.content import Page
    from sextortion_help.publishing.content import LANGUAGES, plain_words
    from sextortion_help.publishing.live import live
    from sextortion_help.publishing.reading import measure

    pages = [page for page in live().all(Page) if page.is_easy]
    yield Row("pages in easy words", str(len(pages)), ">= 2", len(pages) >= 2)
    for page in pages:
        for language in LANGUAGES:
            found = measure(plain_words(page, language), language)
            mean, longest = found.mean_sentence, found.longest_sentence
            yield Row(
                f"/{page.code}/, {language}: mean words a sentence",
                f"{mean:.1f}",
                "<= 8",
                mean <= 8,
            )
            yield Row(f"/{page.code}/, {language}: longest", str(longest), "<= 15", longest <= 15)


def _voice() -> Iterator[Row]:
    from django.utils import translation

    from sextortion_help.publishing.content import LANGUAGES
    from sextortion_help.publishing.wording import warnings

    with translation.override("en"):
        found = [
            f"{name} ({language}): {warning}"
            for language in LANGUAGES
            for readers in (TEENS, ADULTS)
            for name, text in texts(readers, language)
            for warning in warnings(text, language)
            if "words, at most" not in warning or readers == TEENS
        ]
    what = "exclamation marks, middle dots, brackets, blame, absolute claims"
    yield _none(what, found)


def _whole() -> Iterator[Row]:
    """Whatever is published has all three languages, and every link of it leads somewhere."""
    from sextortion_help.publishing.content import LANGUAGES
    from sextortion_help.publishing.content import texts as texts_of
    from sextortion_help.publishing.links import dead_links
    from sextortion_help.publishing.live import live

    now = live()
    lacking = [
        f"{type(item).__name__} {item.code}: {text}"
        for item in now.items.values()
        for text in texts_of(item)
        if text and not all(text.within(language) for language in LANGUAGES)
    ]
    yield _none("texts not in three languages", lacking)
    dead = [f"{i.code}: {path}" for i in now.items.values() for path in dead_links(i, now)]
    yield _none("links and references to what is not live", dead)


def _ways() -> Iterator[Row]:
    """From every page: one tap to the first minute; two to a call or chat; no link that leads nowhere.

    In each language of the first country, and in the first language of every other edition.
    """
    from sextortion_help.publishing.live import live
    from sextortion_help.publishing.places import countries, places

    there = places(live())
    first = countries(live())[0]
    found: dict[str, list[str]] = {what: [] for what in WAYS}
    for code in countries(live()):
        own = [place for place in there if place.country == code]
        for place in own if code == first else own[:1]:
            for what, address in _faults(place):
                found[what].append(address)
    for what, addresses in found.items():
        yield _none(what, addresses)


def _faults(place: "Place") -> Iterator[tuple[str, str]]:
    """Crawl a place; give (which of WAYS is not so, where)."""
    from guidance.content import Page
    from sextortion_help.addresses import is_address, leads_on
    from sextortion_help.publishing.live import live
    from sextortion_help.publishing.places import at
    from tests.site.addresses import answered

    far, no_call, dead, island, without, silent, foreign = WAYS
    everywhere, now = live(), at(live(), place.country)
    audiences = {page.path: page.audience for page in now.all(Page)}
    help_path, home = now.linked("help")[0].path, f"/lines/{place.country.lower()}/"
    linked: set[str] = set()
    for path in sorted(now.paths):
        address = f"{place.prefix}{path}"
        page = answered(address).content.decode()
        links = re.findall(r'<a [^>]*href="([^"]+)"', page)
        if path != help_path and f"{place.prefix}{help_path}" not in links:
            yield far, address
        if path == help_path and 'class="help" href="tel:' not in page:
            yield no_call, address
        ours = {re.split("[#?]", link)[0] for link in links}
        ours = {link for link in ours if re.match(r"/[a-z]{2}-[a-z]{2}/", link)}
        linked |= ours - {address}
        for link in ours:
            if not is_address(link, everywhere) and not leads_on(link, everywhere):
                yield dead, f"{address} -> {link}"
        if not re.match(r"/lines/[a-z]{2}/", path) or path.startswith(home):
            reached = {link for link in links if link.startswith(("tel:", "sms:"))}
            yield from ((foreign, f"{address}: {link}") for link in reached - _numbers(now))
        if audiences.get(path) in IN_DANGER or path == "/check/":
            if not {*links} & _reaching(now, ("talk", "suicide", "victim")):
                yield without, address
            if not {*links} & _reaching(now, ("suicide",)):
                yield silent, address
    # the first of a kind is linked at its shorter address, the lines of the country at theirs
    longer = {each.path for each in now.items.values() if now.address(each) != each.path}
    for path in sorted(now.paths - longer):
        if f"{place.prefix}{path}" not in linked and not path.startswith(home):
            yield island, f"{place.prefix}{path}"


def _reaching(now: "Contents", purposes: Iterable[str]) -> set[str]:
    """Give the addresses at which a person is there at once; the emergency number where that is said."""
    from guidance.content import AT_ONCE
    from guidance.help import country_of, services_for

    country, found = country_of(now), set[str]()
    for purpose in purposes:
        for service in services_for(now, purpose):
            found |= {way.href for way in service.channels if way.kind in AT_ONCE}
        found |= {country.emergency_call} if country.gap(purpose) else set()
    return found


def _numbers(now: "Contents") -> set[str]:
    """Give every number of the country of a place, and of the whole of Europe or of the world."""
    from guidance.content import Service
    from guidance.help import country_of

    here = (now.country, "EU", "WW")
    ways = [way for each in now.all(Service) if each.country in here for way in each.channels]
    return {way.href for way in ways} | {country_of(now).emergency_call}


def _first_minute() -> Iterator[Row]:
    from guidance.content import Page
    from sextortion_help.publishing.content import LANGUAGES
    from sextortion_help.publishing.live import live
    from sextortion_help.publishing.reading import sentences

    [page] = live().linked("help")
    assert isinstance(page, Page)
    for language in LANGUAGES:
        message = [getattr(page.title, language), getattr(page.summary, language)]
        words = sum(len(part) for text in message for part in sentences(text))
        count = sum(len(re.split(r"[.?]\s", text)) for text in message)
        yield Row(f"first minute, {language}: words", str(words), "<= 27", words <= 27)
        yield Row(f"first minute, {language}: messages", str(count), "<= 3", count <= 3)


def _questions() -> Iterator[Row]:
    from quiz.self_check import tree
    from quiz.self_check.content import SelfCheck
    from sextortion_help.publishing.live import live

    for check in live().all(SelfCheck):
        paths = list(tree.paths(check))
        most = max(len(path) for path, _ending in paths)
        what = f"self-check {check.code}: questions on the longest of {len(paths)} paths"
        yield Row(what, str(most), "<= 4", most <= 4)


def _opening_hours() -> Iterator[Row]:
    """At each hour of a whole year, in each edition, somebody answers for what cannot wait."""
    from django.utils import timezone

    from guidance import lines
    from guidance.choices import AT_EVERY_HOUR
    from guidance.help import OTHERS, country_of, services_for
    from sextortion_help.publishing.live import live
    from sextortion_help.publishing.places import at, countries

    start = timezone.now().replace(minute=30, second=0, microsecond=0)
    year = [start + timedelta(hours=hour) for hour in range(24 * 366)]
    closed = [
        f"{need.label}, {code}, {moment:%Y-%m-%d %H:%M}"
        for code in countries(live())
        for need in AT_EVERY_HOUR
        for country in [country_of(at(live(), code))]
        if not country.gap(need)
        for services in [
            [s for p in (need, *OTHERS[need]) for s in services_for(at(live(), code), p)]
        ]
        for moment in year
        if not any(lines.line(each, country.clock, moment).answers for each in services)
    ]
    yield _none("hours of the coming year without anybody to talk to, unless it is said", closed)


def _none(what: str, found: list[str]) -> Row:
    shown = f"{len(found)}" + (f": {'; '.join(found[:8])}" if found else "")
    return Row(what, shown, "0", not found)


def main() -> int:
    """Print every row; give 1 when one is not met."""
    seed_memory()
    given = os.environ.get("FACTS")
    found = rows(Path(given) if given else None)
    width = max(len(row.what) for row in found)
    for row in found:
        print(f"{'ok ' if row.met else 'NOT'}  {row.what:{width}}  {row.bar:>7}  {row.is_}")
    return 0 if all(row.met for row in found) else 1


def seed_memory() -> None:
    """Seed a database in memory and read it."""
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextortion_help.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from sextortion_help.publishing.live import refresh

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    refresh()


if __name__ == "__main__":
    sys.exit(main())

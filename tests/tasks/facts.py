"""Tasks about facts: a number, opening hours, what is overdue, an app, and a whole new country."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from tests.tasks.office import Office
from tests.tasks.person import Person

LINES: Final = "/nl-be/lines/"
OLD, NEW = "116 000", "02 475 44 11"
HOURS: Final = "ma-vr 9u-21u; za 10u-18u"


def number(office: Office) -> None:
    """Correct the number of Child Focus, which stands in two services."""
    editor = office.editor
    _find(editor, "116000", "be-childfocus", OLD)
    editor.write("channels-0-address", NEW)
    editor.press("Save and check")
    editor.reads(NEW)
    editor.press("Ask to publish")
    confirm(office.second, "Child Focus")
    office.site_shows(LINES, NEW)


def hours(office: Office) -> None:
    """Write hours as one would say them, and read back what they mean."""
    editor = office.editor
    _find(editor, "Awel", "be-awel", "Awel")
    editor.write("channels-0-hours", HOURS)
    editor.press("Save and check")
    editor.reads("Mo-Fr 09:00-21:00; Sa 10:00-18:00")
    editor.press("Ask to publish")
    confirm(office.second, "Awel")


def overdue(office: Office) -> None:
    """See on the first page what is overdue, and say that it was looked at today."""
    publisher = office.publisher
    late = publisher.page.locator("section[aria-labelledby=overdue] li")
    assert late.count() == 1, late.all_inner_texts()
    publisher.click(late.get_by_role("button"))
    publisher.reads(publisher.say("Written down as checked today: %d.") % 1, "#main")
    assert late.count() == 0


def app(office: Office) -> None:
    """Add an app; it stands after those that are there."""
    editor = office.editor
    add(editor, "app")
    editor.write("name", "Kletsbox")
    editor.write("code", "kletsbox")
    editor.write_all(
        "report",
        "Houd het bericht ingedrukt en kies Melden.",
        "Garde le doigt sur le message et choisis Signaler.",
        "Hold the message and choose Report.",
    )
    editor.write_all(
        "block",
        "Open het profiel en kies Blokkeren.",
        "Ouvre le profil et choisis Bloquer.",
        "Open the profile and choose Block.",
    )
    _sourced(editor, "https://example.org/help")
    editor.press("Save and check")
    editor.press("Ask to publish")
    confirm(office.second, "Kletsbox")
    office.site_shows("/nl-be/apps/", "Kletsbox")
    names = office.people["visitor"].page.locator("main .sheet h2").all_inner_texts()
    assert "Kletsbox" in names[-1], names


def country(office: Office) -> None:
    """Open a country with its lines: all of it goes live in one moment, after a second person."""
    publisher = office.publisher
    add(publisher, "country")
    publisher.write("code", "PT")
    publisher.tick("is_edition")
    publisher.tick("languages", "en")
    publisher.write_all("name", "Portugal", "Portugal", "Portugal")
    publisher.write_all("within", "in Portugal", "au Portugal", "in Portugal")
    publisher.write("emergency", "112")
    publisher.choose("zone", value="Europe/Lisbon")
    publisher.choose("holidays", value="PT")
    for row, (need, texts) in enumerate(_GAPS.items()):
        publisher.click(publisher.page.locator("#gaps-group .add-row a"), loads=False)
        publisher.choose(f"gaps-{row}-code", value=need)
        publisher.write_all(f"gaps-{row}-text", *texts)
    publisher.press("Save")
    publisher.follow("Home", ".breadcrumbs")
    add(publisher, "service")
    for line in _LINES:
        _line(publisher, line)
        publisher.press("Save and check" if line is _LINES[-1] else "Save and add another")
    publisher.follow("Choose what else goes live with it")
    for box in ("Portugal PT", *(line.name for line in _LINES[:-1])):
        publisher.click(publisher.page.get_by_label(box), loads=False)
    publisher.press("Check and publish")
    publisher.press("Ask a second person")
    confirm(office.second, "PT")
    office.site_shows("/en-pt/lines/", "SOS Criança")
    office.site_shows("/en-pt/lines/", "116 111")


# What the lines of Portugal below are not for.
_GAPS: Final = {
    "remove": (
        "In Portugal kennen we hiervoor nog geen lijn. Take It Down werkt overal.",
        "Au Portugal, on ne connaît pas encore de ligne pour ça. Take It Down marche partout.",
        "In Portugal we know of no line for this yet. Take It Down works everywhere.",
    ),
    "hotline": (
        "In Portugal kennen we nog geen meldpunt dat nagekeken is.",
        "Au Portugal, on ne connaît pas encore de service vérifié pour signaler.",
        "In Portugal we know of no checked place to report yet.",
    ),
    "worried": (
        "In Portugal kennen we hiervoor nog geen lijn.",
        "Au Portugal, on ne connaît pas encore de ligne pour ça.",
        "In Portugal we know of no line for this yet.",
    ),
}


@dataclass(frozen=True)
class Line:
    """A line of a country, with what it does in three languages."""

    name: str
    code: str
    purposes: tuple[str, ...]
    number: str
    hours: str
    about: tuple[str, str, str]


_LINES: Final = (
    Line(
        "SOS Criança", "pt-sos", ("talk",), "116 111", "ma-vr 9u-18u",
        ("Praat met kinderen en tieners.", "Parle avec les enfants et les ados.", "Talks with children and teens."),
    ),
    Line(
        "Linha 1411", "pt-1411", ("talk", "suicide"), "1411", "24/7",
        ("Luistert dag en nacht.", "Écoute jour et nuit.", "Listens day and night."),
    ),
    Line(
        "Polícia Judiciária", "pt-pj", ("police",), "211 967 000", "24/7",
        ("De politie van Portugal.", "La police du Portugal.", "The police of Portugal."),
    ),
)  # fmt: skip


def _line(person: Person, line: Line) -> None:
    person.write_all("name", line.name, line.name, line.name)
    person.write("code", line.code)
    person.choose("country", label="PT: Portugal")
    person.write_all("about", *line.about)
    for purpose in line.purposes:
        person.tick("purposes", purpose)
    person.choose("channels-0-kind", value="call")
    person.write("channels-0-address", line.number)
    person.write("channels-0-hours", line.hours)
    _sourced(person, f"https://example.org/{line.code}")


def _sourced(person: Person, source: str) -> None:
    """Say who says so, how sure that is, and when to look again."""
    person.write("source", source)
    person.choose("confidence", value="high")
    person.write("review_by", (timezone.localdate() + timedelta(days=365)).isoformat())


def _find(person: Person, words: str, code: str, place: str) -> None:
    """Search in everything, and follow the result of one draft to the field."""
    person.write("q", words)
    person.press("Search", ".desk-search")
    found = person.page.locator(".desk-rows > li").filter(has_text=code).get_by_role("listitem")
    person.click(found.get_by_role("link").filter(has_text=place).first)


def add(person: Person, kind: str) -> None:
    """Follow the link on the desk that adds one of a kind."""
    person.click(person.page.locator(f".model-{kind} .addlink"))


def confirm(person: Person, name: str) -> None:
    """Look at what was asked for, as the second person, and confirm it."""
    person.begin()
    asked = person.page.locator("#content li", has_text=name)
    person.click(asked.locator("a[href*='/publishing/version/']").first)
    person.press("Confirm and publish")
    person.reads(person.say("Published: %s.").partition(":")[0], "#main")

"""Tasks about texts: a page with the link to it, what is not translated, and a page that goes."""

from typing import Final

from tests.tasks.facts import add, confirm
from tests.tasks.office import Office
from tests.tasks.person import TEXTS, Person

CODE: Final = "safe/shared-device"
ADDRESS: Final = f"/nl-be/{CODE}/"
FROM: Final = "safe/profile"
LINKS: Final = (
    "Deel je een toestel? Lees [samen één toestel](/safe/shared-device/).",
    "Tu partages un appareil ? Lis [un appareil à plusieurs](/safe/shared-device/).",
    "Do you share a device? Read [one device for several](/safe/shared-device/).",
)


def page(office: Office) -> None:
    """Write a page and the link that leads to it; publish both in one moment."""
    editor = office.editor
    add(editor, "page")
    for name, texts in _PAGE.items():
        editor.write_all(name, *texts)
    editor.write("code", CODE)
    editor.choose("audience", value="teen")
    editor.write("sources", "Own advice, 2026")
    editor.press("Save")
    open_page(editor, FROM)
    for code, link in zip(TEXTS, LINKS, strict=True):
        body = editor.field(f"body_{code}").input_value()
        editor.write(f"body_{code}", f"{body}\n\n{link}")
    editor.press("Save and check")
    editor.follow("Choose what else goes live with it")
    editor.click(editor.page.get_by_label(CODE).first, loads=False)
    editor.press("Check and publish")
    editor.press("Ask to publish")
    confirm(office.second, "shared-device")
    office.site_shows(ADDRESS, _PAGE["title"][0])
    office.site_shows(f"/nl-be/{FROM}/", "samen één toestel")


def leave_dutch_alone(office: Office) -> None:
    """Before the next task: the editor writes Dutch, and leaves the rest to the translator."""
    editor = office.editor
    add(editor, "detail")
    editor.write("code", "voice")
    editor.write("text_nl", "Ik hoorde alleen een stem.")
    editor.press("Save")
    editor.begin()
    add_link = editor.page.locator(".model-app th a")
    editor.click(add_link)
    editor.follow_to("WhatsApp", "#result_list")
    body = editor.field("block_nl").input_value()
    editor.write("block_nl", f"{body} Doe dat na je melding.")
    editor.press("Save")


def translation(office: Office) -> None:
    """Find what French lacks, and what is older than the Dutch; write both, and ask to publish."""
    translator = office.translator
    for title, name, text in (
        ("WhatsApp", "block_fr", " Fais-le après ton signalement."),
        ("stem", "text_fr", "J’ai seulement entendu une voix."),
    ):
        rows = translator.page.locator("section[aria-labelledby=translations] li")
        translator.click(rows.filter(has_text=title).get_by_role("link").first)
        before = translator.field(name).input_value()
        translator.write(name, f"{before}{text}")
        translator.press("Save")
        translator.click(translator.page.locator("#site-name a"))
    rows = translator.page.locator("section[aria-labelledby=translations] li")
    french = rows.filter(has_text="français")
    assert not french.filter(has_text="WhatsApp").count(), french.all_inner_texts()


def take_off(office: Office) -> None:
    """Take off a page that another links to: refused, with a way to do both in one moment."""
    publisher = office.publisher
    publisher.follow_to("Pages", "#content .app-guidance")
    open_page(publisher, CODE)
    publisher.follow("Take off the site")
    publisher.reads(FROM)
    publisher.follow_to(FROM)
    for code, link in zip(TEXTS, LINKS, strict=True):
        body = publisher.field(f"body_{code}").input_value()
        assert link in body
        publisher.write(f"body_{code}", body.replace(link, "").strip())
    publisher.press("Save and check")
    publisher.follow("Choose what else goes live with it")
    publisher.open_section("What goes off the site in the same moment")
    publisher.click(publisher.page.get_by_label(_PAGE["title"][2]), loads=False)
    publisher.press("Check and publish")
    publisher.press("Ask a second person")
    confirm(office.second, "shared-device")
    office.site_shows(f"/nl-be/{FROM}/", "samen één toestel", there=False)


def open_page(person: Person, code: str) -> None:
    """Open a page from the list of pages."""
    person.follow_to(code, "#result_list")


_PAGE: Final = {
    "title": ("Samen één toestel", "Un appareil à plusieurs", "One device for several"),
    "summary": (
        "Deel je een telefoon of een tablet? Zo blijft van jou wat van jou is.",
        "Tu partages un téléphone ou une tablette ? Voici comment garder ce qui est à toi.",
        "Do you share a phone or a tablet? This is how yours stays yours.",
    ),
    "body": (
        "## Maak een eigen plek\n\n- Vraag een eigen account op het toestel.\n- Log uit als je klaar bent.",
        "## Garde un coin à toi\n\n- Demande un compte à toi sur l’appareil.\n- Déconnecte-toi quand tu as fini.",
        "## Make a place of your own\n\n- Ask for an account of your own on the device.\n- Log out when you are done.",
    ),
}

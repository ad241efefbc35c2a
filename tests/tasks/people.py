"""Tasks about people: an account that may edit, a password, a second factor, and what was lost."""

import re
import secrets
from base64 import b32decode
from typing import Final

from sextortion_help.people.groups import EDITOR, WORDS
from tests.tasks.office import Office, code_of
from tests.tasks.person import Person

NAME: Final = "nina"


def account(office: Office) -> None:
    """Let somebody in who may edit: a link, a password, an app; and see that they cannot publish."""
    publisher = office.publisher
    add = publisher.page.locator(".model-user .addlink")
    publisher.click(add)
    publisher.write("username", NAME)
    publisher.write("email", f"{NAME}@example.org")
    publisher.click(publisher.page.get_by_label(publisher.say(WORDS[EDITOR])), loads=False)
    publisher.press("Save")
    newcomer = office.arrive("newcomer", NAME, "fr")
    _come_in(office, newcomer, publisher.field_by_id("link").input_value())
    newcomer.follow("I have kept them: go on")
    newcomer.click(newcomer.page.locator(".model-app th a"))
    newcomer.follow_to("Snapchat", "#result_list")
    assert newcomer.page.get_by_role("button", name=newcomer.say("Save and check")).count()
    off = newcomer.say("Take off the site")  # whoever only edits asks for it, in more words
    assert not newcomer.page.get_by_role("link", name=off, exact=True).count()


def password(office: Office) -> None:
    """Change a password, make new recovery codes, and come back in after both were lost."""
    newcomer = office.people["newcomer"]
    old, new = office.passwords[NAME], secrets.token_urlsafe(12)
    newcomer.follow("Change password", "#user-tools")
    newcomer.write("old_password", old)
    newcomer.write("new_password1", new)
    newcomer.write("new_password2", new)
    newcomer.press("Change my password")
    newcomer.follow("Home", "#container")
    newcomer.follow("Second factor", "#user-tools")
    newcomer.press("Make new recovery codes")
    recovery = newcomer.page.locator(".recovery code").all_inner_texts()
    newcomer.press("Log out", "#user-tools")
    newcomer.follow("Log in again")
    newcomer.write("username", NAME)
    newcomer.write("password", new)
    newcomer.write("one_time_code", recovery[0])
    newcomer.press("Log in", "#login-form")
    newcomer.reads(newcomer.say("Desk"), "#content h1")
    _lose_both(office, newcomer)


def _lose_both(office: Office, newcomer: Person) -> None:
    publisher, second = office.publisher, office.second
    publisher.click(publisher.page.locator(".model-user th a"))
    publisher.follow_to(NAME, "#result_list")
    publisher.press("Lost the password and the phone")
    publisher.reads(second.name)
    second.click(second.page.locator(".model-user th a"))
    second.follow("Waiting for a second person")
    second.click(second.page.locator("button[name=agree]"))
    newcomer.press("Log out", "#user-tools")
    _come_in(office, newcomer, second.field_by_id("link").input_value())
    newcomer.follow("I have kept them: go on")
    newcomer.reads(newcomer.say("Desk"), "#content h1")


def _come_in(office: Office, person: Person, link: str) -> None:
    """Follow a link, choose a password, and set up an app by the secret on the page."""
    office.passwords[person.name] = secrets.token_urlsafe(12)
    person.open(link)
    person.write("new_password1", office.passwords[person.name])
    person.write("new_password2", office.passwords[person.name])
    person.press("Come in")
    secret = re.sub(r"\s", "", person.page.locator(".todo code").inner_text())
    person.write("one_time_code", code_of(b32decode(secret + "=" * (-len(secret) % 8)).hex()))
    person.press("Set up")
    assert person.page.locator(".recovery li").count() == 10

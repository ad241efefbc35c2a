"""A fresh installation with its staff: an editor, a translator, a publisher, and the second person."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from shutil import which
from typing import Final

from django_otp.oath import TOTP
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.server import ROOT, Server, running
from tests.tasks.person import Person

# name, group, language of the desk
MEMBERS: Final = {
    "editor": ("els", "editor", "nl"),
    "translator": ("thomas", "translator", "fr"),
    "publisher": ("petra", "publisher", "en"),
    "second": ("paul", "publisher", "nl"),
}
LOGIN: Final = "/admin/"
SHOWN_WITHIN: Final = 5  # seconds, in which what was published is on the site

# Each has a password and an app; one fact is overdue, as after a year of use.
_MAKE: Final = """
import datetime, json
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_totp.models import TOTPDevice
from guidance.models import App
from sextortion_help.publishing.publish import publish
keys = {}
for name, group, _ in MEMBERS.values():
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    keys[name] = TOTPDevice.objects.create(user=user, name="app").key
late = App.objects.order_by("pk")[0]
late.review_by = datetime.date.today() - datetime.timedelta(days=40)
late.save()
publish([late], None, "a year ago")
print(json.dumps(keys))
"""


@dataclass
class Office:
    """Who works here, and where: the tasks are done with this."""

    server: Server
    browser: Browser
    password: str
    keys: dict[str, str]
    faults: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def editor(self) -> Person:
        return self.people["editor"]

    @property
    def translator(self) -> Person:
        return self.people["translator"]

    @property
    def publisher(self) -> Person:
        return self.people["publisher"]

    @property
    def second(self) -> Person:
        return self.people["second"]

    def arrive(self, role: str, name: str, language: str) -> Person:
        """Let somebody sit down at a browser of their own."""
        person = Person(self.browser, self.server.url, name, language, self.faults)
        self.people[role] = person
        return person

    def log_in(self, person: Person) -> None:
        """Log in with name, password and the code that the phone shows."""
        person.open(LOGIN)
        person.write("username", person.name)
        person.write("password", self.password)
        person.write("one_time_code", code_of(self.keys[person.name]))
        person.press("Log in", "#login-form")

    def site_shows(self, path: str, text: str, there: bool = True) -> None:
        """Wait until a visitor reads a text on a public page, or does not read it any more."""
        visitor = self.people["visitor"]
        until = time.monotonic() + SHOWN_WITHIN
        while True:
            visitor.page.goto(path)
            shown = " ".join(visitor.page.locator("body").inner_text().split())
            if (text in shown) is there:
                return
            wrong = f"{path} {'lacks' if there else 'still has'} “{text}”"
            assert time.monotonic() < until, wrong
            time.sleep(0.2)


def code_of(key: str) -> str:
    """Give the code that an app with this key shows now."""
    return f"{TOTP(bytes.fromhex(key)).token():06}"


@contextmanager
def fresh_office() -> Iterator[Office]:
    """Seed a fresh installation, serve it, and let the staff log in: with a second factor, as in production."""
    password = secrets.token_urlsafe(12)
    with running(SECOND_FACTOR="1") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        office = Office(server, browser, password, _make_staff(server, password))
        _prove_that_faults_are_heard(office)
        office.arrive("visitor", "visitor", "nl")
        for role, (name, _, language) in MEMBERS.items():
            office.log_in(office.arrive(role, name, language))
        yield office
        browser.close()


def _make_staff(server: Server, password: str) -> dict[str, str]:
    given = f"MEMBERS, PASSWORD = {MEMBERS!r}, {password!r}\n"
    printed = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", given + _MAKE], cwd=ROOT, check=True,
        text=True, env=server.environment, stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
    keys: dict[str, str] = json.loads(printed)
    return keys


def _prove_that_faults_are_heard(office: Office) -> None:
    """Break the CSP once: else a session without faults would say nothing."""
    person = office.arrive("proof", "proof", "en")
    person.open(LOGIN)
    person.page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {color: red}'}))"
    )
    person.page.wait_for_timeout(200)
    assert office.faults, "an inline style was not heard of"
    office.faults.clear()
    person.context.close()
    del office.people["proof"]

"""Seed a database, and print every public page and what publishing says of a German text, as JSON."""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))
GERMAN = os.environ["DJANGO_SETTINGS_MODULE"] == "tests.german.settings"

import django

django.setup()

from django.core.management import call_command
from django.test import Client

from guidance.models import Page
from sextortion_help.publishing import languages, live
from sextortion_help.publishing.freezing import freeze
from sextortion_help.publishing.places import at, places
from sextortion_help.publishing.planning import check, read
from sextortion_help.publishing.publish import publish

languages.__path__.append(str(ROOT / "tests" / "german" / "rules"))


def pages(part: int, written: str = "") -> dict[str, str]:
    """Give the page that was written, every so many public page of one country in each language, a fourth of that elsewhere, and
    what visitors with a German browser get.
    """
    client = Client(headers={"host": "localhost", "accept-language": "de, fr;q=0.8"})
    found = {}
    for place in places(live.live()):
        paths = sorted(at(live.live(), place.country).paths)
        step = part * (1 if place.country == places(live.live())[0].country else 4)
        for path in {*paths[::step], *({written} & {*paths})}:
            address = f"{place.prefix}{path}"
            found[address] = client.get(address).content.decode()
    for path in ("/", "/nope/", "/de/", "/de/quick/", "/de-be/", "/de-de/", "/nl-de/", "/exit/"):
        answer = client.get(path)
        found[path] = f"{answer.status_code} {answer.get('Location')} {answer.content.decode()}"
    found["/sitemap.xml"] = client.get("/sitemap.xml").content.decode()
    return found


def main() -> None:
    """Print the result as one line."""
    call_command("migrate", verbosity=0, run_syncdb=True)
    call_command(
        "seed", *sorted(map(str, (ROOT / "tests" / "content").glob("*.yaml"))), verbosity=0
    )
    live.refresh()
    result = {"before": pages(1), "problems": []}
    page = Page.objects.all()[0]
    if GERMAN:
        page.title_de, page.summary_de = "Geld", "Du hättest nicht zahlen sollen."
    page.sources += "\nanother source"
    page.save()
    result["problems"] = [problem.text for problem in check(read([page]))]
    publish([page], None, "")
    live.refresh()
    result["after"] = pages(5, freeze(page).path)
    print(json.dumps(result))


main()

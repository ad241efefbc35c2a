"""Every public address, so that a new page cannot escape the guards."""

from guidance.content import Letter, Page, Service
from guidance.views import FIRST_COUNTRIES, NEEDS
from sextortion_help.publishing.live import live

FIXED = ["", "first/", "check/", "chat/", "lines/", "apps/", "letters/", "tell/"]


def paths() -> list[str]:
    """Give the path after the language of every page that is live. Needs content in memory."""
    now = live()
    countries = {service.country.lower() for service in now.all(Service)}
    pages = [f"{page.code}/" for page in now.all(Page) if page.code != "first"]
    letters = [f"letters/{letter.code}/" for letter in now.all(Letter)]
    lines = [f"lines/{country}/" for country in sorted(countries)] + filtered()
    return [*FIXED, *lines, *pages, *letters]


def filtered() -> list[str]:
    """Give the path of every choice of lines by need, in the three countries together or in one."""
    found = set()
    for service in live().all(Service):
        for need in set(service.purposes) & set(NEEDS):
            found.add(f"lines/{service.country.lower()}/{need}/")
            if service.country in FIRST_COUNTRIES:
                found.add(f"lines/{need}/")
    return sorted(found)

"""Every public address, so that a new page cannot escape the guards."""

from guidance.content import Letter, Page, Service
from sextortion_help.publishing.live import live

FIXED = ["", "first/", "check/", "chat/", "lines/", "apps/", "letters/", "tell/"]


def paths() -> list[str]:
    """Give the path after the language of every page that is live. Needs content in memory."""
    now = live()
    countries = {service.country.lower() for service in now.all(Service)}
    pages = [f"{page.code}/" for page in now.all(Page) if page.code != "first"]
    letters = [f"letters/{letter.code}/" for letter in now.all(Letter)]
    return [*FIXED, *(f"lines/{country}/" for country in sorted(countries)), *pages, *letters]

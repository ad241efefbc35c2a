"""Tasks about what was: put an old version back for good, and see who changed what."""

from tests.tasks.facts import LINES, NEW, OLD, confirm
from tests.tasks.office import Office


def roll_back(office: Office) -> None:
    """Put back what was published last but one, in the draft too, so that it stays."""
    publisher = office.publisher
    publisher.follow_to("Child Focus", "section[aria-labelledby=published]")
    publisher.reads(NEW)
    publisher.press("Put version 1 back")
    confirm(office.second, "Child Focus")
    office.site_shows(LINES, NEW, there=False)
    office.site_shows(LINES, OLD)


def history(office: Office) -> None:
    """Say who changed what last week, and read the words of it."""
    publisher = office.publisher
    publisher.follow("Record: who did what, and when")
    publisher.write("q", "be-childfocus")
    publisher.press("Search")
    publisher.reads("els")
    publisher.follow_to("be-childfocus 2")
    publisher.reads(NEW)
    publisher.reads(OLD)

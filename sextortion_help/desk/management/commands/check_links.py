"""Try every outside address of what is live, and say which do not work."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sextortion_help.desk.background import check_links
from sextortion_help.desk.checking import Checker
from sextortion_help.desk.dead import why
from sextortion_help.publishing.live import refresh


class Command(BaseCommand):
    help = "Try every outside address of what is live. The desk of the staff area shows which do not work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="also what was tried within the hour"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refresh()
        tried = broken = 0
        for address, found in check_links(Checker().check, again=options["again"]):
            tried += 1
            if not found.works:
                broken += 1
                self.stdout.write(f"{address}: {why(found.said)}")
        self.stdout.write(f"{tried} tried, {broken} do not work.")

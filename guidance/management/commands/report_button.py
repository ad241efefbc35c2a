"""Build the report button from what is live."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from guidance.report_button import FILES, files, packed
from sextortion_help.publishing.live import from_database


class Command(BaseCommand):
    help = "Write the report button, an extension for Chromium and for Firefox, with the hotlines that are live."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where to write the two files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files and name them. The same content gives the same bytes."""
        contents = from_database()
        if not contents.revision:
            raise CommandError(
                "Nothing is published yet, so there is no hotline to build the button with."
            )
        options["folder"].mkdir(parents=True, exist_ok=True)
        for browser, name in FILES.items():
            path = options["folder"] / name
            path.write_bytes(packed(files(contents, browser, settings.ALLOWED_HOSTS[0])))
            self.stdout.write(str(path))

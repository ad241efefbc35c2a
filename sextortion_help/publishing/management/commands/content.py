"""Write what is live back as fixtures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sextortion_help.publishing.fixtures import export
from sextortion_help.publishing.models import Version


class Command(BaseCommand):
    help = "Write what is live as fixtures: the files that `seed` loads into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--export", metavar="FOLDER", nargs="?", const=settings.BASE_DIR, required=True,
            type=Path, help="where to write them; without a folder, into the project itself",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and name them. Refused where nothing is live: the fixtures would all go."""
        if not Version.objects.newest().filter(retired=False).exists():
            raise CommandError("Nothing is live in this database, so nothing was written.")
        for path in export(options["export"]):
            self.stdout.write(str(path))

"""Keep a folder equal to the published site."""

import logging
import time
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application

from sextortion_help.mirror.folder import Folder, Taken
from sextortion_help.mirror.site import Failed, File, fixed_files, page_files
from sextortion_help.pages import Pages
from sextortion_help.publishing.live import SECONDS_BETWEEN_LOOKS, live, refresh, watch
from sextortion_help.start import require

logger = logging.getLogger("sextortion_help.mirror")


class Command(BaseCommand):
    help = "Write the published site as files, compressed ahead; a README among them says how to serve it."
    # a process for visitors has no staff area, of which Django would check the parts
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where to; it belongs to the mirror alone")
        parser.add_argument(
            "--follow", action="store_true", help="go on, and write what changes within two seconds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write once, or for ever. Stops with a sentence when there is nothing to write or no way to."""
        require()
        folder = Folder(options["folder"], kept=("static/",))
        pages = Pages(get_wsgi_application())
        try:
            with folder.alone():
                if options["follow"]:
                    watch()
                    follow(folder, pages)
                else:
                    refresh()
                    changed = mirror(folder, pages, list(fixed_files()), {})
                    self.stdout.write(f"Revision {live().revision}: {len(changed)} files changed.")
        except (Failed, OSError, Taken) as error:
            raise CommandError(str(error)) from error


def mirror(
    folder: Folder, pages: Pages, fixed: list[File], before: dict[str, list[File]]
) -> list[str]:
    """Bring the folder up to date once; give the names of the files that changed.

    Static files come first, so that no page links to one that is not there; those of an older release
    stay, for the pages that are still open somewhere. Raises Failed and OSError.
    """
    contents = live()
    if not contents.revision:
        raise Failed("There is no content, or the database does not answer: nothing was written.")
    return folder.become(chain(fixed, page_files(pages, contents, before)), contents.revision)


def follow(folder: Folder, pages: Pages) -> None:
    """Go on for as long as the process lives: what fails is said once, and tried again."""
    said, revision, fixed, before = "", 0, list[File](), dict[str, list[File]]()
    while True:
        try:
            if live().revision != revision:
                fixed, revision = list(fixed_files()), live().revision
            mirror(folder, pages, fixed, before)
            failure = ""
        except (Failed, OSError) as error:
            failure = str(error)
        if failure and failure != said:
            logger.error("the mirror stays as it was: %s", failure)
        said = failure
        time.sleep(SECONDS_BETWEEN_LOOKS)

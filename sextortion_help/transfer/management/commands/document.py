"""All content as one JSON document: out, and in as drafts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sextortion_help.transfer import document
from sextortion_help.transfer.rows import Unreadable, decoded
from sextortion_help.transfer.shape import schema


class Command(BaseCommand):
    help = "Write all drafts as one JSON document, or show what such a document would change here."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", metavar="FILE", type=Path, help="write all drafts")
        what.add_argument("--import", metavar="FILE", type=Path, help="show what would change")
        what.add_argument("--schema", metavar="FILE", type=Path, help="write its JSON Schema")
        parser.add_argument(
            "--apply",
            action="store_true",
            help="with --import: change the drafts; publishes nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or say line by line what another holds."""
        if options["schema"]:
            options["schema"].write_text(schema(), encoding="utf-8")
        elif options["export"]:
            options["export"].write_text(document.written(), encoding="utf-8")
        else:
            self._take(options["import"], options["apply"])

    def _take(self, path: Path, apply: bool) -> None:
        try:
            text = decoded(path.read_bytes())
            incoming = document.apply(text, None, None) if apply else document.rehearse(text)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except Unreadable as unreadable:
            lines = "\n".join(f"line {fault.line}: {fault.text}" for fault in unreadable.faults)
            raise CommandError(f"Nothing was changed.\n{lines}") from unreadable
        for one in incoming:
            self.stdout.write(f"{'changes' if one.old else 'new'}: {one.name}")
            for change in one.changes:
                self.stdout.write(f"    {change.field}")
        done = "Changed" if apply else "Would change"
        self.stdout.write(f"{done} {len(incoming)} drafts. Publish them in the admin.")

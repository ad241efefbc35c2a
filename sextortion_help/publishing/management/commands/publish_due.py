"""Publish the releases whose time has come. deploy/systemd/baken-due.timer runs it every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from sextortion_help.publishing.releases import publish_due


class Command(BaseCommand):
    help = "Publish the releases whose time has come. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell of each release what came of it. Without a database, the next run does what is due."""
        try:
            for release, problems in publish_due():
                said = "; ".join(problem.text for problem in problems)
                self.stdout.write(f"{release}: {said or 'published'}")
        except (OperationalError, InterfaceError) as error:
            text = "The database does not answer. What is due is published when it is back."
            raise CommandError(text) from error

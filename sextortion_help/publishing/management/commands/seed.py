"""Load the content that comes with the code, and publish it. Only into an empty database."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from sextortion_help.publishing.fixtures import shipped
from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import publish


class Command(BaseCommand):
    help = "Load and publish the shipped content, if there is no content yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "fixtures", nargs="*", help="other fixtures than those that come with the code"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do nothing when any draft or version exists: staff edits are never overwritten."""
        if Version.objects.exists() or any(
            model._default_manager.exists() for model in publishable_models()
        ):
            self.stdout.write("There is content already; nothing was changed.")
            return
        try:
            with transaction.atomic():
                call_command("loaddata", *(options["fixtures"] or shipped()), verbosity=0)
                drafts = [
                    draft
                    for model in publishable_models()
                    for draft in model._default_manager.all()
                ]
                versions = publish(drafts, None, "shipped with the code")
        except Refused as refused:
            lines = "\n".join(problem.text for problem in refused.problems)
            raise CommandError(f"The shipped content cannot be published:\n{lines}") from refused
        self.stdout.write(f"Published {len(versions)} objects.")

"""Give a link that lets a member of staff in: when nobody else of the staff can."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sextortion_help.people.models import LINK_LASTS, Act, Way, Why, note
from sextortion_help.people.ways import agree, link_of


class Command(BaseCommand):
    help = "Print a link by which a member of staff chooses a new password and a new second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--why", choices=Why.values, default=Why.BOTH.value,
            help="what was lost (both, if it is not said); publisher needs no link",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError when there is no such active member of staff."""
        user = User.objects.filter(username=options["name"], is_staff=True, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active member of staff called {options['name']}.")
        way = Way.objects.create(user=user, why=options["why"], made_by=None)
        note(Act.PEOPLE, None, f"manage.py way_in: {way}")
        agree(way, None)
        if way.why == Why.PUBLISHER:
            self.stdout.write(f"{user} is a publisher.")
            return
        self.stdout.write(f"For {user}, once, within {LINK_LASTS.days} days:\n{link_of(way)}")

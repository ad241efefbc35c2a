"""Give a fresh development database a staff login and print it."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "Make the user “staff” with a password and print it, if there is none. Never in production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://localhost:8000")
        parser.add_argument("--new-password", action="store_true", help="also if there is one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError in production, where staff are made with createsuperuser."""
        if settings.PRODUCTION:
            raise CommandError("In production, make staff users with manage.py createsuperuser.")
        user, new = User.objects.get_or_create(
            username="staff", defaults={"is_staff": True, "is_superuser": True}
        )
        said = "as before; a new one: make login"
        if new or options["new_password"]:
            said = secrets.token_urlsafe(12)
            user.set_password(said)
            user.save()
        self.stdout.write(f"The site:  {options['address']}/")
        self.stdout.write(f"The admin: {options['address']}/admin/  user: staff  password: {said}")

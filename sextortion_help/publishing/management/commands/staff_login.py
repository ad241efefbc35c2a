"""Give a fresh development database a staff login and print it."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Set a new password for the user “staff” and print it. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://localhost:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError in production, where staff are made with createsuperuser."""
        if settings.PRODUCTION:
            raise CommandError("In production, make staff users with manage.py createsuperuser.")
        password = secrets.token_urlsafe(12)
        user, _ = User.objects.get_or_create(username="staff")
        user.is_staff = user.is_superuser = True
        user.set_password(password)
        user.save()
        self.stdout.write(f"The site:  {options['address']}/")
        self.stdout.write(
            f"The admin: {options['address']}/admin/  user: staff  password: {password}"
        )

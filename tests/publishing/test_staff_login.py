"""A login for a development database, and for no other."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_a_staff_login_works_and_is_new_each_time() -> None:
    passwords = set()
    for _ in range(2):
        output = StringIO()
        call_command("staff_login", address="http://localhost:1", stdout=output)
        assert "http://localhost:1/admin/" in output.getvalue()
        passwords.add(output.getvalue().split("password: ")[1].split()[0])
    staff = User.objects.get(username="staff")
    assert staff.is_superuser
    assert [staff.check_password(password) for password in passwords].count(True) == 1
    assert len(passwords) == 2


def test_in_production_no_staff_login_is_made(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("staff_login")
    assert not User.objects.exists()

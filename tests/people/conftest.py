"""Members of staff, each with a browser; and the codes that their phones would show."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "a long enough one"  # noqa: S105  of a test
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def fresh_counts(settings: Any) -> Iterator[None]:
    """Start each test with nobody having been wrong, in English, with passwords that take no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    with translation.override("en"):
        yield
    cache.clear()


@pytest.fixture
def production(settings: Any) -> None:
    """Ask everybody for a second factor, as in production."""
    settings.SECOND_FACTOR = True


def member(name: str, *groups: str, **fields: Any) -> User:
    """Give a member of staff of these groups."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def phone(user: User) -> TOTPDevice:
    """Give the confirmed app of somebody."""
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="app")
    return device


def shown(device: TOTPDevice, seconds: float = 0) -> str:
    """Give the code that an app shows whose clock is off by so many seconds."""
    from time import time

    totp = TOTP(device.bin_key, device.step)
    totp.time = time() + seconds
    return f"{totp.token():06}"


def browser(user: User | None = None, device: TOTPDevice | None = None, **extra: Any) -> Client:
    """Give a browser in which somebody is logged in, with a second factor or without."""
    client = Client(headers={"accept-language": "en"}, **extra)
    if user:
        client.force_login(user)
        if device:
            session = client.session
            session["otp_device_id"] = device.persistent_id
            session.save()
    return client


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let so many seconds go by, for everything here that asks the time."""
    from time import time as really

    from sextortion_help.people import proof, sessions

    def later(seconds: float) -> None:
        for module in (proof, sessions):
            monkeypatch.setattr(module, "time", lambda: really() + seconds)

    return later


def log_in(
    client: Client, name: str, password: str = PASSWORD, code: str = "", **extra: Any
) -> Any:
    """Send the form of the log-in."""
    sent = {"username": name, "password": password, "one_time_code": code, "next": "/admin/"}
    return client.post(LOGIN, sent, **extra)


def said(response: Any) -> str:
    """Give what a page says."""
    return str(response.content.decode())


def new_phone(user: User) -> TOTPDevice:
    """Give the app that somebody is setting up."""
    device: TOTPDevice = TOTPDevice.objects.get(user=user, confirmed=False)
    return device


def phones(user: User) -> list[int]:
    """Give the numbers of the apps of somebody."""
    return list(TOTPDevice.objects.filter(user=user).values_list("pk", flat=True))

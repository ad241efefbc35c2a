"""Who edits; and a memory of its own for each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import translation

from sextortion_help.publishing import live
from tests.publishing.builders import recall


@pytest.fixture(autouse=True)
def memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start each test with the content of its database in memory; editors read English."""
    before = live._memory
    live._memory = live._Memory()
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        recall()
    with translation.override("en"):
        yield
    live._memory = before


def logged_in(user: User, language: str = "en", **options: Any) -> Client:
    """Give a browser in which somebody has logged in."""
    client = Client(headers={"accept-language": language}, **options)
    client.force_login(user)
    return client


def person(name: str) -> User:
    """Give somebody who may edit everything."""
    user = User.objects.create_user(name, is_staff=True)
    apps = ("publishing", "guidance", "quiz")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=apps))
    return user


@pytest.fixture
def me(db: None) -> Client:
    """The browser of an editor."""
    return logged_in(person("me"))


@pytest.fixture
def translator(db: None) -> Client:
    """The browser of somebody of the group translator."""
    user = User.objects.create_user("tom", is_staff=True)
    user.groups.set(Group.objects.filter(name="translator"))
    return logged_in(user)


@pytest.fixture
def anna(db: None) -> Client:
    """The browser of a second editor."""
    return logged_in(person("anna"))

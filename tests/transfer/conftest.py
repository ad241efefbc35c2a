"""Fixtures of the tests of files out and in: one country, one page with a step, and who sends files."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guidance.models import Page
from tests.publishing.builders import make_page, open_country, put_live, take_everything_out, texts


@pytest.fixture(autouse=True)
def bare(request: pytest.FixtureRequest, memory: None) -> None:
    """Start with one country and no other content."""
    if request.node.get_closest_marker("django_db"):
        take_everything_out()
        open_country(gaps=())


@pytest.fixture
def page(bare: None) -> Page:
    """A page that is live, with one step."""
    page: Any = make_page("steps/one", title_nl="Een", title_fr="Un", title_en="One")
    page.steps.create(code="s1", order=1, **texts(title="step", body="- first\n- second"))
    put_live(page)
    return page  # type: ignore[no-any-return]  # a page


def staff(*permissions: str) -> Client:
    """Give a browser in which somebody has logged in who may do only this."""
    user = User.objects.create_user("helper", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def send(client: Client, where: str, content: str | bytes, name: str = "a.po") -> Any:
    """Send a file in, and follow to what it would change."""
    written = content.encode() if isinstance(content, str) else content
    return client.post(where, {"file": SimpleUploadedFile(name, written)}, follow=True)


def shown(answer: Any) -> str:
    """Give the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())

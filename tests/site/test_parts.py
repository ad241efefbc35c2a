"""The living page of parts: for staff only, and nothing of the design is left out."""

import re
from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_parts_are_shown_to_staff_only(client: Client, editor_client: Client) -> None:
    assert client.get("/admin/parts/").status_code == 302
    response = editor_client.get("/admin/parts/")
    assert response.status_code == 200
    page = response.content.decode()
    for state in ("open now", "open until", "opens at", "closed now", "holiday", "at any time"):
        assert state in page


def test_every_icon_is_among_the_parts(editor_client: Client) -> None:
    drawn = re.findall(r'id="(icon-\w+)"', Path("templates/includes/icons.html").read_text())
    page = editor_client.get("/admin/parts/").content.decode()
    assert [icon for icon in drawn if f'href="#{icon}"' not in page] == []

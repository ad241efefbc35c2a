"""The preview: marked as a draft, and a whole site in which the draft is live."""

import re
from typing import Any

import pytest
from django.test import Client

from sextortion_help.publishing import live
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.publish import publish
from tests.desk.builders import make_check, make_page, read

pytestmark = pytest.mark.django_db


def said(words: str) -> dict[str, Any]:
    return {f"body_{code}": words for code in LANGUAGES}


HERE = re.compile(r"^/admin/guidance/page/\d+/preview/[a-z-]+/")


def test_a_preview_says_that_it_is_a_draft_and_leads_back(me: Client) -> None:
    page = make_page("desk/a")
    answer = me.get(page.edit_url().replace("change/", "preview/fr-be/"))
    words = answer.content.decode()
    assert "Draft: visitors do not see this." in words
    assert words.index("draft-banner") < words.index("<main")
    links = read(answer).links
    assert page.edit_url() in links
    assert page.edit_url().replace("change/", "preview/nl-nl/") in links
    assert "data-exit>" not in words


def test_links_of_a_preview_stay_in_it_and_show_the_draft(me: Client) -> None:
    other = make_page("desk/b", **said("[a](/desk/a/)"))
    page = make_page("desk/a", **said("[b](/desk/b/#main)"), title_nl="Oude titel")
    publish([page, other], None, "")
    live.refresh()
    page.title_nl = "Nieuwe titel"
    page.save()
    where = page.edit_url().replace("change/", "preview/nl-be/")
    links = read(me.get(where)).links
    assert f"{where}desk/b/#main" in links
    ours = [link for link in links if link.startswith("/") and not link.startswith("/static/")]
    assert [link for link in ours if not HERE.match(link)] == [page.edit_url()]
    for link in dict.fromkeys(link.partition("#")[0] for link in ours):
        assert me.get(link, follow=True).status_code == 200, link
    back = me.get(f"{where}desk/b/").content.decode()
    assert f'href="{where}desk/a/"' in back
    assert "Nieuwe titel" in me.get(f"{where}desk/a/").content.decode()
    assert me.get(f"{where}desk/nowhere/").status_code == 404
    assert "Nieuwe titel" not in Client().get("/nl-be/desk/a/").content.decode()


def test_the_preview_of_a_self_check_leads_on_within_itself(me: Client) -> None:
    check = make_check()
    where = check.edit_url().replace("change/", "preview/en-be/")
    answer = me.get(where)
    assert "Draft: visitors do not see this." in answer.content.decode()
    assert me.get(f"{where}check/{check.code}/").status_code == 200

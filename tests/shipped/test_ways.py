"""Whoever stands on a page finds the next one: the table of ways.yaml, held in each language."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.models import Page
from sextortion_help.publishing.content import LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.markdown import own_paths

pytestmark = pytest.mark.django_db

TABLE: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("ways.yaml").read_text())
LEADS_NOWHERE = {"school/poster"}  # a sheet of paper: its way on is the code to scan
AT_HOME = ("help", "door", "further")


def found_on(page: Page, language: str) -> set[str]:
    """Give the codes of the pages that the texts of a page lead to, in one language."""
    texts = [
        getattr(part, f"{name}_{language}") or ""
        for part in (page, *page.steps.all())
        for name in part.markdown_fields
    ]
    return {path.split("#")[0].strip("/") for text in texts for path in own_paths(text)}


def found_at_home() -> set[str]:
    """Give the codes of what stands on the home page: the big yes, the doors, how far it went."""
    doors = [item for entry in AT_HOME for item in live().linked(entry)]
    return {getattr(item, "first_path", "").strip("/") or item.code for item in doors}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["person"])
def test_everybody_finds_the_next_page(row: dict[str, Any]) -> None:
    pages = {page.code: page for page in Page.objects.all()}
    lacking = [
        (page, wanted, language)
        for page, wanted in row["ways"]
        for language in LANGUAGES
        if wanted not in (found_at_home() if page == "home" else found_on(pages[page], language))
    ]
    assert lacking == []


def test_every_page_is_in_the_table() -> None:
    tabled = {page for row in TABLE for page, _wanted in row["ways"]} | LEADS_NOWHERE
    assert tabled - {"home"} == {page.code for page in Page.objects.all()}


def test_every_page_that_somebody_in_trouble_reads_has_a_next_step() -> None:
    for page in Page.objects.filter(audience__in=("victim", "friend")):
        for language in LANGUAGES:
            assert found_on(page, language), (page.code, language)

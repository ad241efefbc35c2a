"""The guards of the site, run on the shipped content: every page of it is crawled, and nothing is an island."""

from pathlib import Path

import pytest
from django.conf import settings

from sextortion_help.publishing import fixtures
from tests.site.test_addresses import (
    test_every_address_of_content_leads_to_a_public_page_and_its_own_to_its_view,
    test_every_public_page_is_reached_from_the_addresses_of_content,
    test_no_page_is_an_island,
)
from tests.site.test_no_trace import test_every_page_in_every_place_leaves_no_trace
from tests.site.test_search import (
    test_a_shared_link_shows_the_name_of_the_site_and_not_the_subject,
    test_every_address_of_the_sitemap_is_a_page,
)

__all__ = [
    "test_a_shared_link_shows_the_name_of_the_site_and_not_the_subject",
    "test_every_address_of_content_leads_to_a_public_page_and_its_own_to_its_view",
    "test_every_address_of_the_sitemap_is_a_page",
    "test_every_page_in_every_place_leaves_no_trace",
    "test_every_public_page_is_reached_from_the_addresses_of_content",
    "test_no_page_is_an_island",
]
pytestmark = pytest.mark.django_db


def test_a_fresh_database_is_exported_as_the_files_it_came_from(tmp_path: Path) -> None:
    """So `content --export` shows in git what staff changed, and nothing else."""
    written = fixtures.export(tmp_path)
    assert len(written) == len(fixtures.shipped())
    for path in written:
        shipped = settings.BASE_DIR / path.relative_to(tmp_path)
        assert path.read_bytes() == shipped.read_bytes(), (
            f"{shipped} is not as manage.py content --export writes it"
        )

"""The guards of the site, run on the shipped content: every page of it is crawled, and nothing is an island."""

import pytest

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

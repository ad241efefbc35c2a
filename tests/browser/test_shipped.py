"""The shipped content in a real browser: what depends on how many words there are. Run by `make long`."""

from collections.abc import Iterator

import pytest

from tests.browser import test_access, test_check
from tests.desk import test_browser as test_desk
from tests.server import Server, running

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def desk(server: Server) -> Server:
    return server


password, logged_in = test_desk.password, test_desk.logged_in
test_forms_saved_unchanged = test_desk.test_forms_saved_unchanged_change_nothing
addresses, whole_pages, one_of_each = (
    test_access.addresses, test_access.whole_pages, test_access.one_of_each
)  # fmt: skip
test_axe_finds_nothing_on_any_page = test_access.test_axe_finds_nothing_on_any_page
test_targets_are_large_enough_for_a_thumb = test_access.test_targets_are_large_enough_for_a_thumb
test_nothing_is_wider_than_320_pixels = test_access.test_nothing_is_wider_than_320_pixels
test_large_or_wide_text = test_access.test_large_or_wide_text_makes_no_page_wider
test_where_the_focus_is = test_access.test_where_the_focus_is_can_always_be_seen
test_the_first_minute = test_access.test_the_first_minute_shows_help_without_scrolling
test_the_first_answer = test_check.test_the_first_answer_is_in_sight_when_a_question_appears

"""The spaces of French, in what is shipped: a narrow one before its double signs."""

import re

import pytest

from sextortion_help.publishing.content import texts
from sextortion_help.publishing.live import live
from tests.publishing.test_wording import NO_SPACE

pytestmark = pytest.mark.django_db


def test_shipped_french_has_its_narrow_spaces() -> None:
    found = [text.within("fr") for content in live().items.values() for text in texts(content)]
    assert len(found) > 1000
    plain = [re.sub(r"<[^>]+>|&\w+;|Stop it Now!", " x ", text) for text in found]
    assert [text for text in plain if NO_SPACE.search(text)] == []

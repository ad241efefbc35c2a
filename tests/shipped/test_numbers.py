"""Every number that the content is held to: the rows that `make content-report` prints."""

import pytest

from tests.shipped.content_report import rows

pytestmark = pytest.mark.django_db


def test_every_number_of_the_content_is_within_its_bar() -> None:
    found = rows()
    assert len(found) > 25
    assert [f"{row.what}: {row.is_}, not {row.bar}" for row in found if not row.met] == []

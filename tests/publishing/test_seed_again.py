"""What comes with the code, in a database that has content: listed, and taken over when somebody asks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guidance.models import Page
from sextortion_help.publishing import fixtures
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import source_of, whole
from tests.publishing.builders import make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("seed", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """One page comes with the code: as it is here now, with another Dutch title."""
    publish([make_page("test/shipped")], None, "")
    source = source_of(whole(Page).get(code="test/shipped")) | {"title_nl": "Van nu af aan"}

    def sources(model: type) -> dict[str, object]:
        return {"test/shipped": source} if model is Page else {}

    place = "sextortion_help.publishing.management.commands.seed.shipped_sources"
    monkeypatch.setattr(place, sources)


def test_what_was_never_here_is_listed_with_its_fields() -> None:
    assert "has 1 objects as they were never here" in said()
    listed = said("--compare").splitlines()
    assert listed[0] == "page:test/shipped"
    assert listed[1].strip() == "title [nl]"


def test_what_is_taken_over_becomes_a_draft_and_is_no_longer_listed() -> None:
    said("--take", "page:test/shipped")
    assert Page.objects.get(code="test/shipped").title_nl == "Van nu af aan"
    assert said("--compare").startswith("0 shipped objects")


@pytest.mark.parametrize("key", ["page:nope", "nope:test/shipped", "page"])
def test_what_is_not_shipped_cannot_be_taken(key: str) -> None:
    with pytest.raises(CommandError, match="nothing was changed"):
        said("--take", "page:test/shipped", key)
    assert Page.objects.get(code="test/shipped").title_nl != "Van nu af aan"


def test_every_kind_has_its_fixture_name() -> None:
    assert fixtures.name_of(Page) == "pages"

"""A form of the admin that is saved as it was shown changes nothing: no text, no order, no line end."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from sextortion_help.publishing.freezing import publishable_models
from sextortion_help.publishing.models import Draft, Publishable
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import source_of, whole
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import filled_in

pytestmark = pytest.mark.django_db


def drafts_with_a_form() -> Iterator[Draft]:
    for model in admin.site._registry:
        if issubclass(model, Draft):
            yield from model._default_manager.all()


def drafts() -> list[Publishable]:
    return [draft for model in publishable_models() for draft in whole(model)]


def sources() -> dict[tuple[type[Model], str], object]:
    return {(type(draft), draft.code): source_of(draft) for draft in drafts()}


@pytest.mark.long  # a few of each kind in every run: tests/desk/test_neutral.py
def test_every_form_saved_as_it_was_shown_changes_nothing(editor_client: Client) -> None:
    before, forms = sources(), list(drafts_with_a_form())
    assert len(forms) > 80
    for draft in forms:
        page = editor_client.get(draft.edit_url())
        response = editor_client.post(draft.edit_url(), {**filled_in(page), "_save": "Save"})
        assert response.status_code == 302, f"{draft!r} was not saved"
    after = sources()
    assert [key for key in before if after[key] != before[key]] == []
    for model in publishable_models():
        assert set(states(list(whole(model)))) == {State.LIVE}
    assert publish(drafts(), None, "nothing differs") == []

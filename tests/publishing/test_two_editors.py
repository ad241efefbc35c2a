"""Two editors: what one saved is not published unseen by the other. How their words are merged: tests/desk."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guidance.models import Page
from tests.publishing.builders import address, filled_in, make_page, make_service, put_live
from tests.quiz.builders import make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TOLD = "Somebody else saved this while you were writing."


@pytest.fixture
def colleague(editor: User) -> Client:
    """A second browser, of somebody else with the same rights."""
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(editor.user_permissions.all())
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def told(response: Any) -> bool:
    """Tell whether the form came back with the sentence instead of being saved."""
    if response.status_code == 302:
        return False
    errors = response.context["adminform"].form.non_field_errors()
    return any(str(error).startswith(TOLD) for error in errors)


def save(client: Client, draft: Any, form: Any, **changes: Any) -> Any:
    return client.post(draft.edit_url(), filled_in(form, **changes))


def test_one_editor_who_saves_twice_is_not_told(editor_client: Client) -> None:
    page = make_page()
    for title in ("een", "twee"):
        assert not told(
            save(editor_client, page, editor_client.get(page.edit_url()), title_nl=title)
        )
    assert Page.objects.get(pk=page.pk).title_nl == "twee"


def test_two_editors_of_different_pages_do_not_meet(
    editor_client: Client, colleague: Client
) -> None:
    one, two = make_page("one"), make_page("two")
    mine, theirs = editor_client.get(one.edit_url()), colleague.get(two.edit_url())
    assert not told(save(colleague, two, theirs, title_nl="twee"))
    assert not told(save(editor_client, one, mine, title_nl="een"))


def test_what_a_colleague_saved_since_you_looked_is_not_published_unseen(
    editor_client: Client, colleague: Client
) -> None:
    page = make_page()
    looked = editor_client.get(address(page, "publish"))
    save(colleague, page, colleague.get(page.edit_url()), title_nl="Van hen")
    answer = editor_client.post(
        address(page, "publish"), {"seen": looked.context["seen"]}, follow=True
    )
    assert [str(message) for message in answer.context["messages"]] == [
        "A draft was saved since you looked. Look again, then publish."
    ]
    assert not page.versions().exists()
    editor_client.post(address(page, "publish"), {"seen": answer.context["seen"]})
    assert page.versions().count() == 1


def test_an_answer_that_changed_since_you_looked_at_its_self_check_is_noticed(
    editor_client: Client, colleague: Client
) -> None:
    check = make_self_check()
    put_live(make_service(), check)
    question: Any = check.questions.get(code="cccc")
    looked = editor_client.get(address(check, "publish"))
    save(colleague, question, colleague.get(question.edit_url()), **{"answers-0-label_en": "No"})
    editor_client.post(address(check, "publish"), {"seen": looked.context["seen"]})
    assert check.versions().count() == 1

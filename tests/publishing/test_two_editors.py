"""Two editors at the same draft: the second is told, and neither loses a word."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guidance.models import Page
from tests.publishing.builders import address, filled_in, make_page, make_service, put_live, texts
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


def test_the_second_of_two_editors_of_a_question_is_told_and_loses_nothing(
    editor_client: Client, colleague: Client
) -> None:
    question: Any = make_self_check().questions.get(code="bbbb")
    mine, theirs = editor_client.get(question.edit_url()), colleague.get(question.edit_url())
    assert not told(save(colleague, question, theirs, text_nl="Van hen"))
    again = save(
        editor_client, question, mine, text_nl="Van mij", **{"answers-0-label_fr": "À moi"}
    )
    assert told(again)
    question.refresh_from_db()
    assert question.text_nl == "Van hen"
    assert question.answers.first().label_fr == "Answer bb fr"
    kept = filled_in(again)
    assert kept["text_nl"] == ["Van mij"]
    assert kept["answers-0-label_fr"] == ["À moi"]
    assert not told(save(editor_client, question, again))  # compared, mine is the one
    question.refresh_from_db()
    assert (question.text_nl, question.answers.first().label_fr) == ("Van mij", "À moi")


def test_every_field_stands_in_the_form_as_it_was_written(
    editor_client: Client, colleague: Client
) -> None:
    page: Any = make_page(purposes=["talk"])
    page.steps.create(code="one", **texts(title="One", body="Do it"))
    mine, theirs = editor_client.get(page.edit_url()), colleague.get(page.edit_url())
    save(colleague, page, theirs, title_nl="Van hen")
    written = {"body_fr": ["«\u202fUn\u202f»\r\n\r\n- deux"], "purposes": ["talk", "police"]}
    again = save(editor_client, page, mine, **written, neutral=["on"])
    assert told(again)
    before, kept = filled_in(mine), filled_in(again)
    assert {name for name in kept if kept[name] != before.get(name)} == {
        "body_fr", "purposes", "purposes-police", "neutral", "edition", "csrfmiddlewaretoken",
    }  # fmt: skip
    assert {name: kept[name] for name in written} == written
    save(editor_client, page, again)
    page.refresh_from_db()
    assert page.body_fr == "«\u202fUn\u202f»\r\n\r\n- deux"
    assert (page.purposes, page.neutral) == (["talk", "police"], True)


def test_a_change_of_an_answer_alone_is_noticed_too(
    editor_client: Client, colleague: Client
) -> None:
    question: Any = make_self_check().questions.get(code="bbbb")
    mine, theirs = editor_client.get(question.edit_url()), colleague.get(question.edit_url())
    assert not told(save(colleague, question, theirs, **{"answers-1-advice_en": "Theirs"}))
    assert told(save(editor_client, question, mine, **{"answers-1-advice_en": "Mine"}))
    assert question.answers.last().advice_en == "Theirs"


def test_a_third_save_in_between_is_told_again(editor_client: Client, colleague: Client) -> None:
    page = make_page()
    mine, theirs = editor_client.get(page.edit_url()), colleague.get(page.edit_url())
    save(colleague, page, theirs, title_nl="een")
    again = save(editor_client, page, mine, title_nl="mijn")
    save(colleague, page, colleague.get(page.edit_url()), title_nl="twee")
    assert told(save(editor_client, page, again))
    assert Page.objects.get(pk=page.pk).title_nl == "twee"


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

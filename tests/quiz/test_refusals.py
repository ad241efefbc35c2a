"""What keeps a quiz from being published: each in words, each with a link that leads to the field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from guidance.content import Service as LiveService
from quiz import faults
from quiz.models import Answer, Contact, Practice, Reply, SelfCheck, Tactic, Turn
from quiz.practice import models as practice_models
from quiz.self_check import models as check_models
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Publishable
from sextortion_help.publishing.planning import read as read_drafts
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import again, make_page, read
from tests.quiz.builders import (
    make_answer,
    make_ending,
    make_outcome,
    make_practice,
    make_question,
    make_self_check,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "line")]


def refusals(draft: Publishable) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        publish([draft], None, "")
    live.refresh()
    assert live.live().get(draft.content_class, draft.code) is None
    return refused.value.problems


def check_words_and_way(draft: Publishable, sentence: str, field: str, client: Client) -> None:
    """Publishing ends one problem so, and its link opens a form in which the field is."""
    problems = refusals(draft)
    assert [p.text for p in problems if p.text.endswith(sentence)], [p.text for p in problems]
    [problem] = [problem for problem in problems if problem.text.endswith(sentence)]
    address, _, fragment = problem.url.partition("#")
    assert fragment == field
    page = client.get(address)
    assert page.status_code == 200
    assert not field or field in read(page).ids


def answers(check: SelfCheck, question: str) -> Any:
    return check.questions.get(code=question).answers


def make_loop(check: SelfCheck) -> None:
    first, second = check.questions.all()
    second.answers.filter(code="bb").update(ending=None, next_question=first)


def lengthen(check: SelfCheck) -> None:
    """Let eight questions follow each other."""
    last, end = check.questions.get(code="cccc"), check.endings.first()
    for code in ("pppp", "qqqq", "rrrr", "ssss", "tttt", "vvvv"):
        following = make_question(check, code)
        make_answer(last, "dd", following)
        make_answer(following, "bb", end)
        last = following
    make_answer(last, "dd", end)


# what an editor does to the self-check of make_self_check(); what is said; at which field
SELF_CHECK: dict[str, tuple[Callable[[SelfCheck], Any], str, str]] = {
    "no start": (
        lambda check: check.questions.update(start=False),
        "small: Nothing is marked as the start.", "",
    ),
    "two starts": (
        lambda check: check.questions.update(start=True),
        "cccc: Question cccc en: There is already a start; only one can be it.", "id_start",
    ),
    "orphan": (
        lambda check: make_answer(make_question(check, "dddd"), "bb", check.endings.first()),
        "dddd: Question dddd en: No path leads here.", "",
    ),
    "orphan ending": (
        lambda check: make_ending(check, "hhhh"), "hhhh: Ending hhhh en: No path leads here.", "",
    ),
    "loop": (make_loop, "bbbb: Question bbbb en: A path from here comes back to it.", ""),
    "dead end": (
        lambda check: answers(check, "cccc").all().delete(),
        "cccc: Question cccc en: No path from here comes to an end.", "",
    ),
    "one answer": (
        lambda check: answers(check, "cccc").get(code="bb").delete(),
        "cccc: Question cccc en: There must be at least two choices here.", "",
    ),
    "answer without a target": (
        lambda check: answers(check, "cccc").filter(code="cc").update(ending=None),
        "cccc, cc: Answer cc en: This choice leads nowhere.", "id_answers-1-next_question",
    ),
    "same label": (
        lambda check: Answer.objects.filter(question__code="bbbb").update(label_fr="Oui"),
        "bbbb, cc: Answer cc en: Two choices say the same.", "id_answers-1-label_fr",
    ),
    "same label in every language": (
        lambda check: Answer.objects.filter(question__code="bbbb").update(
            label_nl="Ja", label_fr="Oui", label_en="Yes"
        ),
        "bbbb, cc: Yes: Two choices say the same.", "id_answers-1-label_nl",
    ),
    "too long": (
        lengthen, "vvvv: Question vvvv en: This path is too long.", "",
    ),
    "same code": (
        lambda check: make_ending(check, "bbbb"),
        "bbbb: Ending bbbb en: A question or another ending has the same code.", "",
    ),
    "no tone": (
        lambda check: answers(check, "bbbb").filter(code="cc").update(tone=""),
        "bbbb, cc: Answer cc en: An answer needs what we say at once, and a tone.",
        "id_answers-1-advice_nl",
    ),
    "unknown tone": (
        lambda check: answers(check, "bbbb").filter(code="cc").update(tone="x"),
        "bbbb, cc: Answer cc en: Value 'x' is not a valid choice.", "id_answers-1-tone",
    ),
    "question without French": (
        lambda check: check.questions.filter(code="cccc").update(text_fr=""),
        "cccc: Question cccc en: question [fr] is missing.", "id_text_fr",
    ),
    "answer without Dutch": (
        lambda check: answers(check, "cccc").filter(code="cc").update(label_nl=" "),
        "cccc, cc: Answer cc en: answer [nl] is missing.", "id_answers-1-label_nl",
    ),
    "advice without English": (
        lambda check: answers(check, "cccc").filter(code="cc").update(advice_en=None),
        "cccc, cc: Answer cc en: what we say at once [en] is missing.", "id_answers-1-advice_en",
    ),
    "ending without Dutch": (
        lambda check: check.endings.filter(code="gggg").update(title_nl=""),
        "gggg: Ending gggg en: title [nl] is missing.", "id_title_nl",
    ),
    "title without French": (
        lambda check: SelfCheck.objects.filter(pk=check.pk).update(title_fr=None),
        "small: title [fr] is missing.", "id_title_fr",
    ),
    "ending without a human": (
        lambda check: check.endings.filter(code="gggg").update(purposes=["info"]),
        "gggg: Ending gggg en: no service here can be called or chatted with in BE.", "id_purposes",
    ),
    "ending with an unknown purpose": (
        lambda check: check.endings.filter(code="gggg").update(purposes=["talk", "fun"]),
        "gggg: Ending gggg en: Unknown: fun.", "id_purposes",
    ),
    "dead link": (
        lambda check: check.endings.filter(code="gggg").update(body_fr="[mot](/nowhere/)"),
        "gggg: Ending gggg en: text [fr] links to /nowhere/, which is not live.", "id_body_fr",
    ),
    "page that is not live": (
        lambda check: check.endings.get(code="gggg").pages.add(make_page()),
        "gggg: Ending gggg en shows the page “test/page”, which is not live.", "id_pages",
    ),
    "script": (
        lambda check: check.endings.filter(code="gggg").update(body_nl="<script>"),
        "gggg: Ending gggg en: text [nl]: HTML is not allowed: <script>.", "id_body_nl",
    ),
    "unknown entry": (
        lambda check: SelfCheck.objects.filter(pk=check.pk).update(entries=["moon"]),
        "small: Unknown: moon.", "id_entries",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SELF_CHECK)
def test_a_self_check_is_refused_in_words_with_the_way_to_the_field(
    name: str, editor_client: Client
) -> None:
    change, sentence, field = SELF_CHECK[name]
    check = make_self_check()
    change(check)
    check_words_and_way(check, sentence, field, editor_client)


def replies(**fields: Any) -> Any:
    return Reply.objects.filter(turn__contact__code="c1", turn__code="bbbb", **fields)


# what an editor does to the practice chat of make_practice()
CHAT: dict[str, tuple[Callable[[Practice], Any], str, str]] = {
    "contact without a reveal": (
        lambda practice: practice.contacts.filter(code="c1").update(reveal_body_fr=""),
        "c1: Kim en: what gave it away [fr] is missing.", "id_reveal_body_fr",
    ),
    "contact without a thing to do": (
        lambda practice: practice.contacts.filter(code="c1").update(real_life_nl=""),
        "c1: Kim en: one thing to do in real life [nl] is missing.", "id_real_life_nl",
    ),
    "contact without a first turn": (
        lambda practice: Turn.objects.filter(contact__code="c1").update(start=False),
        "c1: Kim en: Nothing is marked as the start.", "",
    ),
    "dead link in a reveal": (
        lambda practice: practice.contacts.filter(code="c1").update(reveal_body_en="[a](/no/)"),
        "c1: Kim en: what gave it away [en] links to /no/, which is not live.", "id_reveal_body_en",
    ),
    "turn without French": (
        lambda practice: Turn.objects.filter(code="cccc").update(text_fr=""),
        "cccc: Turn cccc en: what they write [fr] is missing.", "id_text_fr",
    ),
    "tactic without French": (
        lambda practice: Tactic.objects.update(about_fr=""),
        "trick: trick en: how it works [fr] is missing.", "id_about_fr",
    ),
    "fewer than a third honest": (
        lambda practice: Contact.objects.update(honest=False),
        "small: At least a third of the contacts must be honest.", "",
    ),
    "no outcome for somebody": (
        lambda practice: practice.outcomes.filter(hits="low", trust="low").update(trust="high"),
        "small: The outcomes do not fit: one is needed for each pair of levels, and one for each "
        "special case.", "",
    ),
    "outcome for two at once": (
        lambda practice: practice.outcomes.filter(case="little").update(hits="low", trust="low"),
        "small: The outcomes do not fit: one is needed for each pair of levels, and one for each "
        "special case.", "",
    ),
    "outcome of an unknown level": (
        lambda practice: make_outcome(practice, "zzzz", "huge", "low"),
        "zzzz: Outcome zzzz en: Value 'huge' is not a valid choice.", "id_hits",
    ),
    "no signal": (
        lambda practice: replies(code="cc").update(signal=""),
        "bbbb, cc: Reply cc en: A reply needs a signal.", "id_replies-1-signal",
    ),
    "wrong signal": (
        lambda practice: replies(code="cc").update(signal="trust"),
        "bbbb, cc: Reply cc en: This signal does not fit: honest people play no tricks.",
        "id_replies-1-signal",
    ),
    "no tactic": (
        lambda practice: replies(code="cc").update(tactic=None),
        "bbbb, cc: Reply cc en: A hit or a miss needs the trick at play.", "id_replies-1-tactic",
    ),
    "reply without French": (
        lambda practice: replies(code="cc").update(label_fr=""),
        "bbbb, cc: Reply cc en: reply [fr] is missing.", "id_replies-1-label_fr",
    ),
    "reply that leads nowhere": (
        lambda practice: replies(code="cc").update(ends_chat=False),
        "bbbb, cc: Reply cc en: This choice leads nowhere.", "id_replies-1-next_turn",
    ),
    "turn without replies": (
        lambda practice: Reply.objects.filter(turn__code="cccc").delete(),
        "cccc: Turn cccc en: No path from here comes to an end.", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHAT)
def test_a_practice_chat_is_refused_in_words_with_the_way_to_the_field(
    name: str, editor_client: Client
) -> None:
    change, sentence, field = CHAT[name]
    practice = make_practice()
    change(practice)
    check_words_and_way(practice, sentence, field, editor_client)


def test_a_contact_who_never_stops_writing_is_refused_and_not_an_error() -> None:
    practice = make_practice()
    first, second = Turn.objects.filter(contact__code="c1")
    Reply.objects.filter(turn__contact__code="c1").update(ends_chat=False, next_turn=second)
    Reply.objects.filter(turn=second).update(next_turn=first)
    said = [problem.text for problem in refusals(practice)]
    for turn in (first, second):
        assert f"{turn}: No path from here comes to an end." in said
        assert f"{turn}: A path from here comes back to it." in said


@pytest.mark.parametrize(
    "sentences", [faults.SENTENCES, check_models.SENTENCES, practice_models.SENTENCES]
)
def test_every_rule_has_its_sentence_in_each_language(sentences: Any, language: str) -> None:
    with translation.override(language):
        said = {rule: str(sentence) for rule, sentence in sentences.items()}
    english = {rule: str(sentence) for rule, sentence in sentences.items()}
    assert language == "en" or not [rule for rule in said if said[rule] == english[rule]]


def test_without_any_service_each_ending_lacks_its_human() -> None:
    [frozen] = read_drafts([make_self_check()])
    now = live.live()
    problems = frozen.draft.problems(frozen.content, now.minus(now.all(LiveService)))
    assert [problem.text for problem in problems] == [
        f"{ending}: no service here can be called or chatted with in BE."
        for ending in again(frozen.draft).endings.all()  # type: ignore[attr-defined]  # a self-check
    ]

"""What keeps a quiz from being published: each in words, each with a link that leads to the field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from quiz.models.quizzes import SENTENCES

from quiz.models import Answer, Contact, Ending, Question, Quiz, Tactic
from sextortion_help.publishing.live import Live, live
from sextortion_help.publishing.problems import Problem, Refused
from sextortion_help.publishing.publish import publish
from tests.publishing.builders import make_page, read
from tests.quiz.builders import make_answer, make_ending, make_question, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def refusals(quiz: Quiz) -> list[Problem]:
    before = live().get(Quiz.content_class, quiz.code)
    with pytest.raises(Refused) as refused:
        publish([Quiz.objects.get(pk=quiz.pk)], None, "")
    assert live().get(Quiz.content_class, quiz.code) is before
    return refused.value.problems


def answers(quiz: Quiz, question: str) -> Any:
    return quiz.questions.get(code=question).answers


def make_loop(quiz: Quiz) -> None:
    first, second = quiz.questions.all()
    second.answers.filter(code="bb").update(ending=None, next_question=first)


# what an editor does to the quiz of make_quiz(); what is said; at which field
SELF_CHECK: dict[str, tuple[Callable[[Quiz], Any], str, str]] = {
    "no start": (
        lambda quiz: quiz.questions.update(start=False),
        "small: No question is marked as the start.", "",
    ),
    "two starts": (
        lambda quiz: quiz.questions.update(start=True),
        "cccc: Question cccc en: There is already a start; only one question can be it.",
        "id_start",
    ),
    "orphan": (
        lambda quiz: make_answer(make_question(quiz, "dddd"), "bb", quiz.endings.first()),
        "dddd: Question dddd en: No path leads here.", "",
    ),
    "orphan ending": (
        lambda quiz: make_ending(quiz, "hhhh"), "hhhh: Ending hhhh en: No path leads here.", "",
    ),
    "loop": (make_loop, "bbbb: Question bbbb en: A path from this question comes back to it.", ""),
    "dead end": (
        lambda quiz: answers(quiz, "cccc").all().delete(),
        "cccc: Question cccc en: No path from this question reaches an ending.", "",
    ),
    "one answer": (
        lambda quiz: answers(quiz, "cccc").get(code="bb").delete(),
        "cccc: Question cccc en: A question needs at least two answers.", "",
    ),
    "same label": (
        lambda quiz: Answer.objects.filter(question__quiz=quiz).update(label_fr="Oui"),
        "bbbb, cc: Answer cc en: Two answers say the same.", "id_answers-1-label_nl",
    ),
    "no tone": (
        lambda quiz: answers(quiz, "bbbb").filter(code="cc").update(tone=""),
        "bbbb, cc: Answer cc en: In a self-check an answer needs what we say at once, and a tone.",
        "id_answers-1-advice_nl",
    ),
    "end of a chat": (
        lambda quiz: answers(quiz, "bbbb").filter(code="cc").update(ending=None, ends_chat=True),
        "bbbb, cc: Answer cc en: Only the practice chat has contacts and ends of chats.", "",
    ),
    "question of a contact": (
        lambda quiz: quiz.questions.filter(code="cccc").update(contact=Contact.objects.first()),
        "cccc: Question cccc en: Only the practice chat has contacts and ends of chats.", "",
    ),
    "question without French": (
        lambda quiz: quiz.questions.filter(code="cccc").update(text_fr=""),
        "cccc: Question cccc en: question [fr] is missing.", "id_text_fr",
    ),
    "answer without Dutch": (
        lambda quiz: answers(quiz, "cccc").filter(code="cc").update(label_nl=" "),
        "cccc, cc: Answer cc en: answer [nl] is missing.", "id_answers-1-label_nl",
    ),
    "advice without English": (
        lambda quiz: answers(quiz, "cccc").filter(code="cc").update(advice_en=None),
        "cccc, cc: Answer cc en: what we say at once [en] is missing.", "id_answers-1-advice_en",
    ),
    "ending without Dutch": (
        lambda quiz: quiz.endings.filter(code="gggg").update(title_nl=""),
        "gggg: Ending gggg en: title [nl] is missing.", "id_title_nl",
    ),
    "title without French": (
        lambda quiz: Quiz.objects.filter(pk=quiz.pk).update(title_fr=None),
        "small: title [fr] is missing.", "id_title_fr",
    ),
    "ending without a human": (
        lambda quiz: quiz.endings.filter(code="gggg").update(purposes=["info"]),
        "gggg: Ending gggg en: no service here can be called or chatted with.", "id_purposes",
    ),
    "ending with an unknown purpose": (
        lambda quiz: quiz.endings.filter(code="gggg").update(purposes=["talk", "fun"]),
        "gggg: Ending gggg en: Unknown: fun.", "id_purposes",
    ),
    "dead link": (
        lambda quiz: quiz.endings.filter(code="gggg").update(body_fr="[mot](/nowhere/)"),
        "gggg: Ending gggg en: text [fr] links to /nowhere/, which is not live.", "id_body_fr",
    ),
    "page that is not live": (
        lambda quiz: quiz.endings.get(code="gggg").pages.add(make_page()),
        "gggg: Ending gggg en shows the page “test/page”, which is not live.", "id_pages",
    ),
    "script": (
        lambda quiz: quiz.endings.filter(code="gggg").update(body_nl="<script>"),
        "gggg: Ending gggg en: text [nl]: HTML is not allowed: <script>.", "id_body_nl",
    ),
}  # fmt: skip


def check_words_and_way(quiz: Quiz, sentence: str, field: str, client: Client) -> None:
    """Publishing ends a problem so, and its link opens a form in which the field is."""
    problems = refusals(quiz)
    assert [p.text for p in problems if p.text.endswith(sentence)], [p.text for p in problems]
    [problem] = [problem for problem in problems if problem.text.endswith(sentence)]
    address, _, fragment = problem.url.partition("#")
    assert fragment == field
    page = client.get(address)
    assert page.status_code == 200
    assert not field or field in read(page).ids


@pytest.mark.parametrize("name", SELF_CHECK)
def test_a_self_check_is_refused_in_words_with_the_way_to_the_field(
    name: str, editor_client: Client
) -> None:
    change, sentence, field = SELF_CHECK[name]
    quiz = make_quiz()
    change(quiz)
    check_words_and_way(quiz, sentence, field, editor_client)


def part(model: Any, **fields: Any) -> Any:
    return model.objects.filter(quiz__code="who", **fields)


# what an editor does to the shipped practice chat
CHAT: dict[str, tuple[Callable[[Quiz], Any], str, str]] = {
    "contact without a reveal": (
        lambda quiz: part(Contact, code="c1").update(reveal_body_fr=""),
        ": what gave it away [fr] is missing.", "id_reveal_body_fr",
    ),
    "contact without a thing to do": (
        lambda quiz: part(Contact, code="c1").update(real_life_nl=""),
        ": one thing to do in real life [nl] is missing.", "id_real_life_nl",
    ),
    "contact without a first turn": (
        lambda quiz: part(Question, contact__code="c1").update(start=False),
        ": No question is marked as the start.", "",
    ),
    "dead link in a reveal": (
        lambda quiz: part(Contact, code="c1").update(reveal_body_en="[a](/nowhere/)"),
        ": what gave it away [en] links to /nowhere/, which is not live.",
        "id_reveal_body_en",
    ),
    "tactic without French": (
        lambda quiz: part(Tactic, code="haste").update(about_fr=""),
        ": how it works [fr] is missing.", "id_about_fr",
    ),
    "fewer than a third honest": (
        lambda quiz: part(Contact, code__in=["c4", "c6"]).update(honest=False),
        "who: At least a third of the contacts must be honest.", "",
    ),
    "no ending for somebody": (
        lambda quiz: part(Ending, hits="low", trust="low").update(trust="high"),
        "who: An ending is missing: one for each of the four outcomes.", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHAT)
def test_a_practice_chat_is_refused_in_words_with_the_way_to_the_field(
    name: str, editor_client: Client
) -> None:
    change, sentence, field = CHAT[name]
    quiz = Quiz.objects.get(code="who")
    change(quiz)
    check_words_and_way(quiz, sentence, field, editor_client)


@pytest.mark.parametrize(
    ("change", "sentence", "field"),
    [
        ({"signal": ""}, "A reply needs a signal.", "signal"),
        ({"signal": "trust"}, "This signal does not fit: honest people play no tricks.", "signal"),
        ({"tactic": None}, "A hit or a miss needs the trick at play.", "tactic"),
        ({"label_fr": ""}, "answer [fr] is missing.", "label_fr"),
    ],
)
def test_a_reply_is_refused_in_words_with_the_way_to_the_field(
    change: dict[str, Any], sentence: str, field: str, editor_client: Client
) -> None:
    first = Question.objects.get(quiz__code="who", contact__code="c1", start=True)
    wrong = first.answers.get(code="mz")
    first.answers.filter(pk=wrong.pk).update(**change)
    place = [answer.pk for answer in first.answers.all()].index(wrong.pk)
    check_words_and_way(
        first.quiz, f"{wrong}: {sentence}", f"id_answers-{place}-{field}", editor_client
    )


def test_a_fault_of_a_contact_as_a_whole_leads_to_that_contact() -> None:
    quiz = Quiz.objects.get(code="who")
    contact = Contact.objects.get(quiz=quiz, code="c3")
    contact.questions.update(start=False)
    [problem] = [p for p in refusals(quiz) if "marked as the start" in p.text]
    assert problem.text.startswith(f"{contact}: ")
    assert problem.url == contact.edit_url()


def test_a_turn_without_replies_is_refused_as_a_dead_end(editor_client: Client) -> None:
    quiz = Quiz.objects.get(code="who")
    contact = Contact.objects.get(quiz=quiz, code="c2")
    last = contact.questions.last()
    last.answers.all().delete()
    check_words_and_way(
        quiz, f"{last}: No path from this question reaches an ending.", "", editor_client
    )


def test_a_contact_who_never_stops_writing_is_refused_and_not_an_error(
    editor_client: Client,
) -> None:
    quiz = Quiz.objects.get(code="who")
    contact = Contact.objects.get(quiz=quiz, code="c2")
    Answer.objects.filter(question__contact=contact).delete()
    first = contact.questions.get(start=True)
    check_words_and_way(
        quiz, f"{first}: No path from this question reaches an ending.", "", editor_client
    )


def test_every_rule_has_its_sentence_in_each_language(language: str) -> None:
    with translation.override(language):
        sentences = {rule: str(sentence) for rule, sentence in SENTENCES.items()}
    if language != "en":
        english = {rule: str(sentence) for rule, sentence in SENTENCES.items()}
        assert not [rule for rule in SENTENCES if sentences[rule] == english[rule]]


def test_without_any_service_each_ending_lacks_its_human() -> None:
    quiz = make_quiz()
    problems = quiz.problems(Live(1))
    assert [problem.text for problem in problems if "can be called" in problem.text] == [
        f"{ending}: no service here can be called or chatted with." for ending in quiz.endings.all()
    ]

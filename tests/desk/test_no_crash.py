"""No crash, ever: every form of the admin is sent with nearly anything, and is saved whole or not at all."""

from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from guidance.models import App, Country, Detail, Letter, Message, Page, Service
from quiz.models import Ending, Question, SelfCheck
from quiz.practice.models import Contact, Outcome, Practice, Tactic, Turn
from sextortion_help.publishing.models import Draft
from sextortion_help.publishing.sources import source_of, whole
from tests.desk.builders import Form, add_url, first_of, make_all, make_check, opened, read
from tests.desk.conftest import logged_in, person

MODELS: list[type[Draft]] = [
    Country, Page, Service, App, Letter, Message, Detail, SelfCheck, Question, Ending, Practice, Contact, Turn, Tactic, Outcome,
]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from([
        "", " ", "0", "-1", "1", "2", "99999999", "9" * 30, "on", "new-1", "new-2", "x", "\0", "a\0b", "\ud800",
        "talk", "suicide", "calm", "everyone", "2026-02-30", "27-2-2027", "c1", "desk/all", "{", "null", "[]",
        "é" * 300, "x" * 200_000, "<b>", "%s", "{a}", "\r\n", "\u202e", "1e9", "٣", "None", "high", "hit",
    ]),
    st.text(max_size=12),
)  # fmt: skip
BUTTONS = st.sampled_from([
    "_save", "_continue", "_addanother", "_move", "_check", "_preview", "_part", "_more", "_saveasnew", "_popup",
    "_to_field", "action", "opened", "edition",
])  # fmt: skip
VALUES = st.one_of(
    WORDS,
    st.sampled_from(
        ["steps:1:up", "questions:1:down", "purposes:talk:up", "answers", "steps", "turns", "nl"]
    ),
)


@st.composite
def changes(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Give a form after somebody, or some program, did nearly anything to it."""
    names = sorted(form)
    sent: dict[str, Any] = {name: list(values) for name, values in form.items()}
    for name in draw(st.lists(st.sampled_from(names), max_size=6)):
        sent[name] = draw(st.one_of(st.lists(WORDS, min_size=1, max_size=3), st.just(form[name])))
    for name in draw(st.lists(st.sampled_from(names), max_size=3)):
        sent.pop(name, None)
    rows = sorted({name.split("-")[0] for name in names if name.endswith("-TOTAL_FORMS")})
    if bool(rows) and draw(st.booleans()):
        prefix = draw(st.sampled_from(rows))
        old = {
            n.removeprefix(f"{prefix}-0-"): v
            for n, v in form.items()
            if n.startswith(f"{prefix}-0-")
        }
        total = int(form[f"{prefix}-TOTAL_FORMS"][0])
        sent |= {f"{prefix}-{total}-{name}": values for name, values in old.items()}  # a row twice
        sent[f"{prefix}-TOTAL_FORMS"] = [str(total + 1)]
        if draw(st.booleans()):
            sent[f"{prefix}-0-DELETE"] = ["on"]
        if draw(st.booleans()):
            sent[f"{prefix}-INITIAL_FORMS"] = [str(total + 1)]
    sent[draw(BUTTONS)] = [draw(VALUES)]
    return {
        name: [value.encode("utf-8", "replace").decode() for value in values]
        for name, values in sent.items()
    }


def state() -> list[Any]:
    """Give everything that is written in any draft."""
    wholes = (Country, Page, Service, App, Letter, Message, Detail, SelfCheck, Practice)
    return [source_of(draft) for model in wholes for draft in whole(model).order_by("pk")]


@pytest.mark.usefixtures("memory")
@pytest.mark.django_db  # so that it runs on both databases
class NoCrash(TestCase):
    """Hypothesis' own test case: each example in a transaction of its own."""

    users: ClassVar[dict[str, User]]

    @classmethod
    def setUpTestData(cls) -> None:
        for model in (Page, Service, App, Letter, Message, Detail, SelfCheck, Practice):
            model.objects.all().delete() if model not in (SelfCheck, Practice) else None
        make_all()
        cls.users = {"editor": person("editor"), "root": User.objects.create_superuser("root")}

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_any_form_with_anything_in_it(self, data: st.DataObject) -> None:
        client = logged_in(self.users[data.draw(st.sampled_from(["editor", "root"]))])
        model = data.draw(st.sampled_from(MODELS))
        adding = data.draw(st.booleans())
        row = model.objects.order_by("pk").last()
        owner = (
            {model.part_of: getattr(row, f"{model.part_of}_id")} if model.part_of and row else {}
        )
        url = add_url(model, **owner) if adding or row is None else row.edit_url()
        sent = data.draw(changes(opened(client, url)))
        before = state()
        answer = client.post(url, sent, headers={"origin": "http://testserver"})
        assert answer.status_code in (200, 302, 400, 403), answer.status_code
        connection.check_constraints()
        if answer.status_code != 302:
            assert state() == before, "half a save"
            if answer.status_code == 200:
                assert answer.context["problem_links"], "refused without a word"
                read(answer)

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_any_address(self, data: st.DataObject) -> None:
        client = logged_in(self.users["root"])
        model = data.draw(st.sampled_from(MODELS))
        pk = data.draw(st.sampled_from(["0", "-1", "x", "9" * 30, "_5F", "%00", "1e3"]))
        listed = add_url(model).removesuffix("add/")
        for name in ("change", "delete", "history"):
            for answer in (
                client.get(f"{listed}{pk}/{name}/"),
                client.post(f"{listed}{pk}/{name}/", {"post": "yes"}),
            ):
                assert answer.status_code in (200, 302, 400, 403, 404)
        word = data.draw(WORDS).encode("utf-8", "replace").decode()
        names = (
            "self_check",
            "practice",
            "contact",
            "more",
            "_to_field",
            "_popup",
            "code",
            "order",
            "purposes",
        )
        query = {data.draw(st.sampled_from(names)): word}
        assert client.get(listed + "add/", query).status_code in (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"answers-0-next_question": "", "answers-0-ending": ""},
        {"answers-0-ending": "new-1"},
        {"answers-0-next_question": "999999"},
        {"answers-0-id": "999999"},
        {"answers-1-id": "", "answers-1-question": "999999"},
        {"answers-TOTAL_FORMS": "999999"},
        {"answers-TOTAL_FORMS": ""},
        {"answers-INITIAL_FORMS": "7"},
        {"answers-0-opened": "{", "opened": "[1]"},
    ],
)
def test_the_commonest_mistakes_in_a_question(me: Client, typed: dict[str, str]) -> None:
    question = first_of(make_check().questions)
    before = state()
    answer = me.post(question.edit_url(), {**opened(me, question), **typed})
    assert answer.status_code in (200, 302)
    assert answer.status_code == 302 or state() == before

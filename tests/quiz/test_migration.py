"""A database of the version before, edited by staff, comes through with every code, text and version.

It is built with the migrations of that time, in a database of its own.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from guidance.models import Country, Page, Service
from quiz.models import Practice, SelfCheck
from sextortion_help.publishing import live
from sextortion_help.publishing.freezing import content_of, freeze
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.places import places
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import restore, whole
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import FAR, forget, publish_again

LANGUAGES = ("nl", "fr", "en")  # of the versions of that time
OLD = [("publishing", "0001_initial"), ("guidance", "0001_initial"), ("quiz", "0001_initial")]
BEFORE_PLACES = [
    ("publishing", "0002_source_and_release"), ("guidance", "0003_addresses_and_hours"), ("quiz", "0004_without_quiz"),
]  # fmt: skip
MOVE = import_module("quiz.migrations.0003_move")
# what the program linked to from the foot of every page by its code
FOOTER = next(code for code, entries in MOVE.ENTRIES.items() if entries == ["footer"])


pytestmark = pytest.mark.django_db


@pytest.fixture
def old_database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Give the models of the version before, in an empty database that takes the place of ours."""
    migrations = getattr(request, "param", OLD)
    ours: Any = connections["default"]
    name = str(tmp_path / "old.sqlite3")
    if ours.vendor == "postgresql":
        name = "baken_before"
        with ours._nodb_cursor() as cursor:  # ours is inside the transaction of the test
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
    theirs = type(ours)({**ours.settings_dict, "NAME": name}, "default")
    connections["default"] = theirs
    try:
        for app, migration in migrations:
            call_command("migrate", app, migration, verbosity=0)
        call_command("migrate", "auth", verbosity=0)
        yield MigrationExecutor(connection).loader.project_state(migrations).apps
    finally:
        theirs.close()
        connections["default"] = ours
        if ours.vendor == "postgresql":
            with ours._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")
        forget()


def words(**fields: str) -> dict[str, str]:
    """Give the columns of each field, and the one without a language as modeltranslation kept it."""
    columns = {
        f"{name}_{code}": f"{text} {code}" for name, text in fields.items() for code in LANGUAGES
    }
    return {**columns, **{name: columns[f"{name}_nl"] for name in fields}}


def text(row: Any, name: str, html: bool = False) -> dict[str, str]:
    """Give a text as a version of that time held it."""
    found = {code: getattr(row, f"{name}_{code}") or "" for code in LANGUAGES}
    return {code: f"<p>{value}</p>" for code, value in found.items()} if html else found


def answer_data(row: Any) -> dict[str, Any]:
    return {
        "code": row.code, "label": text(row, "label"), "advice": text(row, "advice"),
        "tone": row.tone, "signal": row.signal, "ends_chat": row.ends_chat,
        "next_question": row.next_question.code if row.next_question else "",
        "ending": row.ending.code if row.ending else "",
        "tactic": row.tactic.code if row.tactic else "",
    }  # fmt: skip


def quiz_data(quiz: Any) -> dict[str, Any]:
    """Give the data of a version of a quiz, in the shape of that time."""
    return {
        "code": quiz.code, "order": quiz.order, "kind": quiz.kind, "title": text(quiz, "title"),
        "intro": text(quiz, "intro"),
        "questions": [
            {"code": row.code, "start": row.start, "text": text(row, "text"), "help": text(row, "help"),
             "contact": row.contact.code if row.contact else "",
             "answers": [answer_data(each) for each in row.answers.order_by("order")]}
            for row in quiz.questions.order_by("order")
        ],
        "endings": [
            {"code": row.code, "tone": row.tone, "title": text(row, "title"),
             "body": text(row, "body", html=True), "pages": [page.code for page in row.pages.all()],
             "purposes": row.purposes, "hits": row.hits, "trust": row.trust}
            for row in quiz.endings.order_by("order")
        ],
        "contacts": [
            {"code": row.code, "honest": row.honest, "scene": row.scene, "name": text(row, "name"),
             "intro": text(row, "intro"), "reveal_title": text(row, "reveal_title"),
             "reveal_body": text(row, "reveal_body", html=True), "real_life": text(row, "real_life")}
            for row in quiz.contacts.order_by("order")
        ],
        "tactics": [
            {"code": row.code, "name": text(row, "name"), "about": text(row, "about")}
            for row in quiz.tactics.order_by("order")
        ],
    }  # fmt: skip


def page_data(page: Any) -> dict[str, Any]:
    """Give the data of a version of a page, in the shape of that time."""
    return {
        "code": page.code, "order": page.order, "audience": page.audience, "age_band": "",
        "neutral": page.neutral, "layout": page.layout, "title": text(page, "title"),
        "summary": text(page, "summary"), "body": text(page, "body", html=True),
        "after": dict.fromkeys(LANGUAGES, ""), "steps": [], "purposes": page.purposes,
        "sources": ["a source"],
    }  # fmt: skip


class Before:
    """A small site as the version before kept it. Numbers are made to differ from what is new."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps
        self.author = apps.get_model("auth", "User").objects.create(username="author")
        pages = apps.get_model("guidance", "Page").objects
        given = {
            "audience": "everyone",
            "sources": "a source",
            **words(title="T", summary="S", body="B"),
        }
        self.pages = [pages.create(code=code, **given) for code in (FOOTER, "ours")]
        for country, phone in (("BE", "112"), ("NL", "112"), ("BQ", "911")):
            apps.get_model("guidance", "Service").objects.create(
                code=f"line-{country.lower()}", country=country, purposes=["talk"], phone=phone,
                source="a source", languages=list(LANGUAGES), confidence="high", review_by=FAR,
                **words(name="N", about="A"),
            )  # fmt: skip
        self.make = {
            name: apps.get_model("quiz", name).objects.create
            for name in ("Quiz", "Question", "Answer", "Ending", "Contact", "Tactic")
        }
        self.chat = self.make["Quiz"](
            code="ours", kind="chat", order=7, **words(title="C", intro="I")
        )
        self.fill_chat()
        self.check = self.make["Quiz"](
            code="ours-too", kind="self_check", order=3, edition=5, **words(title="Q", intro="I")
        )
        self.fill_check()

    def fill_check(self) -> None:
        check = {"quiz": self.check}
        first = self.make["Question"](
            code="zzzz",
            order=1,
            start=True,
            **check,
            **words(text="«\u202fÇa\u202f?\u202f»", help="h"),
        )
        second = self.make["Question"](code="bbbb", order=2, **check, **words(text="Two\n\nlines"))
        ends = [
            self.make["Ending"](
                code=code, order=place, tone="stop", purposes=["talk"], **check,
                **words(title=f"End {code}", body="Advice"),
            )
            for place, code in enumerate(("ffff", "gggg"))
        ]  # fmt: skip
        ends[1].pages.add(self.pages[1])
        given = {"tone": "calm", **words(advice="Advice")}
        for place, (of, code, target) in enumerate([
            (first, "zz", {"next_question": second}), (first, "bb", {"ending": ends[0]}),
            (second, "cc", {"ending": ends[0]}), (second, "bb", {"ending": ends[1]}),
        ]):  # fmt: skip
            self.make["Answer"](
                question=of, code=code, order=place, **target, **given, **words(label=f"L {code}")
            )

    def fill_chat(self) -> None:
        chat = {"quiz": self.chat}
        trick = self.make["Tactic"](code="trick", order=4, **chat, **words(name="N", about="A"))
        described = words(name="K", intro="I", reveal_title="R", reveal_body="B", real_life="L")
        for code, honest in (("c1", False), ("c2", True)):
            who = self.make["Contact"](
                code=code, honest=honest, order=int(code[1]), **chat, **described
            )
            signals = ("trust", "neutral") if honest else ("hit", "miss")
            turns = [
                self.make["Question"](
                    code=letter * 4, order=place, start=not place, contact=who, **chat,
                    **words(text=f"{code} {letter}\nbubble"),
                )
                for place, letter in enumerate("zb" if code == "c1" else "d")
            ]  # fmt: skip
            for turn, following in zip(turns, [*turns[1:], None], strict=True):
                for place, signal in enumerate(signals):
                    self.make["Answer"](
                        question=turn, code="zb"[place] * 2, order=place, next_question=following,
                        ends_chat=not following, signal=signal, tactic=None if honest else trick,
                        **words(label=f"R {signal}"),
                    )  # fmt: skip
        for place in range(4):
            self.make["Ending"](
                code="bcdf"[place] * 4, order=place, hits=("high", "low")[place // 2], tone="calm",
                trust=("high", "low")[place % 2], **chat, **words(title="O", body="B"),
            )  # fmt: skip

    def publish(self) -> None:
        """Give every quiz three versions, the last as its draft reads, and every page one."""
        for quiz in (self.check, self.chat):
            data = quiz_data(quiz)
            for number, title in enumerate(("first", "second", ""), 1):
                changed = {**data, "title": dict.fromkeys(LANGUAGES, title)} if title else data
                self.version("quiz", quiz.code, number, changed, retired=number == 2)
        for page in self.pages:
            self.version("page", page.code, 1, page_data(page))

    def version(self, kind: str, code: str, number: int, data: Any, **fields: Any) -> None:
        versions = self.apps.get_model("publishing", "Version").objects
        made = versions.create(
            kind=kind, code=code, number=number, data=data, digest="0", note=f"note {number}",
            published_by=self.author, **fields,
        )  # fmt: skip
        assert made.pk

    def snapshot(self) -> dict[str, list[dict[str, Any]]]:
        """Give every row of the quizzes, by table."""
        return {
            name: list(self.apps.get_model("quiz", name).objects.order_by("order").values())
            for name in self.make
        }


def test_a_database_of_the_version_before_comes_through(old_database: Any) -> None:
    before = Before(old_database)
    before.publish()
    give_rights(old_database)
    rows = before.snapshot()
    olds = list(old_database.get_model("publishing", "Version").objects.order_by("id").values())

    call_command("migrate", verbosity=0)
    live.refresh()
    assert live.unreadable() == []

    check, practice = whole(SelfCheck).get(), whole(Practice).get()
    for draft, [old] in (
        (check, only(rows["Quiz"], kind="self_check")),
        (practice, only(rows["Quiz"], kind="chat")),
    ):
        assert same_columns(draft, old, "code", "order", "title", "intro")
        assert draft.entries == ["door"]
    check_rows(check, rows)
    chat_rows(practice, rows)
    check_rights()
    check_countries()

    # every version is there, with its number, author, note and date
    news: list[Any] = list(Version.objects.exclude(kind="country").order_by("id").values())
    kept: tuple[Any, ...] = (
        "id",
        "code",
        "number",
        "published_at",
        "published_by_id",
        "note",
        "retired",
    )
    assert [[new[name] for name in kept] for new in news] == [
        [old[name] for name in kept] for old in olds
    ]
    assert {(new["kind"], new["code"]) for new in news} == {
        ("selfcheck", "ours-too"), ("practice", "ours"), ("page", FOOTER), ("page", "ours"),
    }  # fmt: skip
    assert {new["source"] for new in news} == {new["release"] for new in news} == {None}

    # what was live is live, at its address, and its draft reads the same
    assert states([check]) == states([practice]) == [State.LIVE]
    assert states(list(whole(Page))) == [State.LIVE] * 2
    assert {"/check/ours-too/", "/chat/ours/", f"/{FOOTER}/"} <= live.live().paths
    assert [content.code for content in live.live().linked("footer")] == [FOOTER]
    assert {content.code for content in live.live().linked("door")} == {"ours", "ours-too"}

    # the guards are back, publishing goes on, and an old version can be put back
    with pytest.raises(DatabaseError, match="is refused"), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_version SET note = ''")
    check.title_en = "New"
    check.save()
    publish([check, *lines()], None, "")
    old_one = check.versions().get(number=1)
    [back] = publish_again(old_one, None, "")  # type: ignore[arg-type]  # nobody has logged in
    live.refresh()
    found = live.live().get(SelfCheck.content_class, "ours-too")
    assert (back.number, str(found.title)) == (5, "first")  # type: ignore[union-attr]  # it is live

    count = Version.objects.count()
    call_command("migrate", verbosity=0)  # a second time
    assert (Version.objects.count(), SelfCheck.objects.count()) == (count, 1)


def check_countries() -> None:
    """Every country of the program of before is live as its draft reads, and those of today have places."""
    countries = list(whole(Country))
    assert len(countries) == 15
    assert set(states(countries)) == {State.LIVE}
    assert sorted(place.tag for place in places(live.live())) == sorted(
        f"{language}-{code}" for code in ("BE", "NL", "BQ") for language in LANGUAGES
    )
    assert {country.code: country.emergency for country in countries}["BQ"] == "911"


HOURS = "Mo-Fr 09:00-17:00"
ADDRESSES = {
    "phone": "", "sms": False, "chat": "", "email": "", "url": "", "hours": "", "always_web": False,
}  # fmt: skip
# each service as it was: its country, its addresses; and what has become of it: channels, website
SERVICES: dict[str, tuple[str, dict[str, Any], list[tuple[str, str, str]], str]] = {
    "number": ("BE", {"phone": "116 000", "hours": HOURS}, [("call", "116 000", HOURS)], ""),
    "everything": (
        "NL",
        {"phone": "0800 1234", "chat": "https://a.example/chat", "email": "a@b.example",
         "url": "https://a.example/", "hours": HOURS},
        # of the chat nobody told us hours
        [("call", "0800 1234", HOURS), ("chat", "https://a.example/chat", ""), ("mail", "a@b.example", "")],
        "https://a.example/",
    ),
    "messages": ("LU", {"phone": "0450 12 34", "sms": True, "hours": "24/7"}, [("text", "0450 12 34", "24/7")], ""),
    "chat": ("BE", {"chat": "https://b.example/", "url": "https://b.example/", "hours": HOURS},
             [("chat", "https://b.example/", HOURS)], ""),
    "form": ("BQ", {"url": "https://c.example/", "always_web": True, "phone": "911"},
             [("call", "911", ""), ("form", "https://c.example/", "24/7")], ""),
    "website": ("WW", {"url": "https://d.example/"}, [], "https://d.example/"),
    "mail": ("EU", {"email": "d@e.example", "hours": HOURS}, [("mail", "d@e.example", "")], ""),
}  # fmt: skip


def put_service(apps: Any, code: str) -> None:
    """Save a service as it was kept before there were channels, and publish it twice."""
    country, addresses, _, _ = SERVICES[code]
    row = {
        "code": code, "order": 40, "purposes": ["talk"], "audience": "everyone", **ADDRESSES, **addresses,
        "languages": ["nl"], "age_min": None, "age_max": 25, "verified_on": None,
    }  # fmt: skip
    said = {"source": "a source", "confidence": "high", "review_by": FAR.isoformat()}
    written = words(name=code, about="A")
    draft = apps.get_model("guidance", "Service").objects.create(
        country=country, **row, **said, **written
    )
    texts = {name: text(draft, name) for name in ("name", "about", "cost")}
    columns = {
        f"{name}_{code}": said for name, each in texts.items() for code, said in each.items()
    }
    versions = apps.get_model("publishing", "Version").objects
    for number in (1, 2):
        versions.create(
            kind="service", code=code, number=number, digest="0", note=f"note {number}",
            data={"country": country, **row, **texts},
            source={"country": country, **row, **said, **columns} if number == 2 else None,
        )  # fmt: skip


def put_page(apps: Any) -> None:
    """Save a page with a step as it was kept before there were places, and publish it."""
    written = words(title="T", summary="S")
    page = apps.get_model("guidance", "Page").objects.create(
        code="paid", order=10, audience="everyone", neutral=True, sources="a source", **written
    )
    step = apps.get_model("guidance", "Step").objects.create(
        page=page, code="s", order=10, **words(title="T")
    )
    names = ("title", "summary", "body", "after", "entry_title", "entry_text")
    shared = {"code": "paid", "order": 10, "audience": "everyone", "neutral": True, "layout": "text",
              "purposes": [], "entries": []}  # fmt: skip
    apps.get_model("publishing", "Version").objects.create(
        kind="page", code="paid", number=1, digest="0", note="note 1",
        data={**shared, **{name: text(page, name) for name in names},
              "steps": [{"code": "s", "title": text(step, "title"), "body": text(step, "body")}]},
        source={**shared, "sources": "a source",
                **{f"{name}_{code}": said for name in names for code, said in text(page, name).items()},
                "steps": [{"code": "s", "order": 10,
                           **{f"{name}_{code}": said for name in ("title", "body")
                              for code, said in text(step, name).items()}}]},
    )  # fmt: skip


@pytest.mark.parametrize("old_database", [BEFORE_PLACES], indirect=True)
def test_what_was_live_before_there_were_places_is_live_as_it_was(old_database: Any) -> None:
    for code in SERVICES:
        put_service(old_database, code)
    put_page(old_database)
    call_command("migrate", verbosity=0)
    live.refresh()
    assert live.unreadable() == []
    check_countries()
    drafts = [*whole(Service), *whole(Page)]
    assert len(drafts) == len(SERVICES) + 1
    assert {*states(list(whole(Service))), *states(list(whole(Page)))} == {State.LIVE}
    for code, (country, _, channels, url) in SERVICES.items():
        draft = whole(Service).get(code=code)
        content = live.live().get(Service.content_class, code)
        versions = list(draft.versions())
        assert [version.note for version in versions] == ["note 2", "note 1"]
        assert content_of(versions[1]) == content_of(versions[0]) == content == freeze(draft)
        assert content.country == country
        assert content.url == url
        assert [(each.kind, each.address, each.hours) for each in content.channels] == channels
        assert (draft.order, draft.age_max, draft.name_fr) == (40, 25, f"{code} fr")
    assert publish(list(whole(Service)), None, "nothing differs") == []
    assert "/paid/" in live.live().paths
    restore(
        whole(Service).get(code="everything"),
        whole(Service).get(code="everything").versions()[0].source,
    )
    assert set(states(list(whole(Service)))) == {State.LIVE}
    count = Version.objects.count()
    call_command("migrate", verbosity=0)  # a second time
    assert Version.objects.count() == count


def lines() -> list[Any]:
    """Give the drafts of the lines, which were not published yet."""
    return list(Service.objects.all())


def only(rows: list[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    """Give the rows that have these values."""
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def same_columns(draft: Any, old: dict[str, Any], *names: str) -> bool:
    """Tell whether these columns, in every language, are as they were."""
    columns = [
        column
        for name in names
        for column in ([f"{name}_{code}" for code in LANGUAGES] if f"{name}_nl" in old else [name])
    ]
    differs = {
        name: (getattr(draft, name), old[name])
        for name in columns
        if getattr(draft, name) != old[name]
    }
    assert not differs
    return True


def check_rows(check: SelfCheck, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Hold the questions, answers and endings of the self-check against the old rows."""
    questions = [row for row in rows["Question"] if not row["contact_id"]]
    assert [question.code for question in check.questions.all()] == ["zzzz", "bbbb"]
    for question, old in zip(check.questions.all(), questions, strict=True):
        assert same_columns(question, old, "code", "order", "start", "text", "help")
        answers = only(rows["Answer"], question_id=old["id"])
        for answer, was in zip(question.answers.all(), answers, strict=True):
            assert same_columns(answer, was, "code", "order", "label", "advice", "tone")
            assert (answer.next_question_id, answer.ending_id) == (
                was["next_question_id"], was["ending_id"],
            )  # fmt: skip
    endings = [row for row in rows["Ending"] if not row["hits"]]
    for ending, old in zip(check.endings.all(), endings, strict=True):
        assert same_columns(ending, old, "code", "order", "tone", "title", "body", "purposes")
    assert [page.code for page in check.endings.get(code="gggg").pages.all()] == ["ours"]


def chat_rows(practice: Practice, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Hold the contacts, turns, replies, tactics and outcomes against the old rows."""
    for tactic, old in zip(practice.tactics.all(), rows["Tactic"], strict=True):
        assert same_columns(tactic, old, "code", "order", "name", "about")
    for contact, old in zip(practice.contacts.all(), rows["Contact"], strict=True):
        assert same_columns(
            contact, old, "code", "order", "honest", "scene", "name", "intro", "reveal_title",
            "reveal_body", "real_life",
        )  # fmt: skip
        turns = only(rows["Question"], contact_id=old["id"])
        code_of = {turn["id"]: turn["code"] for turn in turns}
        for turn, was in zip(contact.turns.all(), turns, strict=True):
            assert same_columns(turn, was, "code", "order", "start", "text")
            answers = only(rows["Answer"], question_id=was["id"])
            for reply, answer in zip(turn.replies.all(), answers, strict=True):
                assert same_columns(reply, answer, "code", "order", "label", "signal", "ends_chat")
                assert (reply.tactic and reply.tactic.code) == (
                    "trick" if answer["tactic_id"] else None
                )
                assert (reply.next_turn and reply.next_turn.code) == code_of.get(
                    answer["next_question_id"]
                )
    outcomes = [row for row in rows["Ending"] if row["hits"]]
    for outcome, old in zip(practice.outcomes.all(), outcomes, strict=True):
        assert same_columns(outcome, old, "code", "order", "hits", "trust", "title", "body")


def give_rights(apps: Any) -> None:
    """Let a group and a user edit some of what belongs to quizzes."""
    permissions = apps.get_model("auth", "Permission").objects
    user = apps.get_model("auth", "User").objects.create(username="editor")
    group = apps.get_model("auth", "Group").objects.create(name="editors")
    group.permissions.set(
        permissions.filter(codename__in=["change_quiz", "view_answer", "change_service"])
    )
    user.user_permissions.set(permissions.filter(codename__in=["delete_ending", "add_question"]))


def check_rights() -> None:
    """Who might edit a part of a quiz may edit what became of it, in both kinds, and no more."""
    assert {each.codename for each in Group.objects.get(name="editors").permissions.all()} >= {
        "change_selfcheck", "change_practice", "view_answer", "view_reply",
        "change_channel", "change_country", "change_gap",
    }  # fmt: skip
    user = User.objects.get(username="editor")
    assert user.has_perms(
        ["quiz.delete_ending", "quiz.delete_outcome", "quiz.add_question", "quiz.add_turn"]
    )
    assert not user.has_perm("quiz.add_reply")


def test_rows_of_a_quiz_that_do_not_fit_its_kind_are_kept_too(old_database: Any) -> None:
    """A contact and a tactic left in a self-check, a question nobody writes in a chat: all were saved."""
    before = Before(old_database)
    before.make["Contact"](quiz=before.check, code="c9", **words(name="Left 1"))
    before.make["Tactic"](quiz=before.check, code="left", **words(name="Left 2"))
    before.make["Question"](quiz=before.chat, code="wwww", **words(text="Left 3"))
    call_command("migrate", verbosity=0)
    assert SelfCheck.objects.count() == 1
    practices = {practice.code: practice for practice in whole(Practice)}
    rest = practices.pop(next(code for code in practices if code != "ours"))
    assert rest.entries == []
    assert [str(row) for row in (*rest.contacts.all(), *rest.tactics.all())] == [
        "c9: Left 1 nl", "left: Left 2 nl",
    ]  # fmt: skip
    turns = {
        str(turn): turn
        for contact in practices["ours"].contacts.all()
        for turn in contact.turns.all()
    }
    assert "wwww: Left 3 nl" in turns
    assert {"c1", "c2"} <= {contact.code for contact in practices["ours"].contacts.all()}

"""Publishing: all or nothing, numbered, with who and why; back to an old version; off the site."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError

from guidance.content import Page as PageContent
from guidance.models import Page, Service
from quiz.models import Quiz
from sextortion_help.publishing import live
from sextortion_help.publishing.models import Version
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import publish, publish_again, retire
from tests.publishing.builders import (
    database_dying,
    live_title,
    make_page,
    make_service,
    put_live,
    texts,
)
from tests.quiz.builders import make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_what_is_published_is_what_visitors_read() -> None:
    page = make_page()
    assert live_title(page) is None
    [version] = put_live(page)
    assert live_title(page) == "test/page en"
    assert (version.kind, version.code, version.number) == ("page", "test/page", 1)


def test_drafts_that_need_each_other_go_live_together() -> None:
    one, two = make_page("one", body="[two](/two/)"), make_page("two", body="[one](/one/)")
    with pytest.raises(Refused):
        publish([one], None, "")
    put_live(one, two)
    assert (live_title(one), live_title(two)) == ("one en", "two en")


def test_one_refused_draft_keeps_all_others_back() -> None:
    good, bad = make_page("good"), make_page("bad", sources="")
    before = Version.objects.count()
    with pytest.raises(Refused, match="bad: no source is given") as refused:
        publish([good, bad], None, "")
    assert Version.objects.count() == before
    assert [problem.url for problem in refused.value.problems] == [bad.edit_url("sources")]


def test_a_warning_keeps_nothing_back() -> None:
    page = make_page(title_en="Careful!")
    assert [problem.warning for problem in page.problems(live.live().plus([page.content()]))]
    put_live(page)
    assert live_title(page) == "Careful!"


def test_a_database_that_dies_half_way_leaves_the_old_state(
    django_capture_on_commit_callbacks,
) -> None:
    one, two = make_page("one"), make_page("two")
    put_live(one, two)
    Page.objects.filter(code__in=["one", "two"]).update(title_en="new")
    drafts = list(Page.objects.filter(code__in=["one", "two"]))
    before, count = live.live(), Version.objects.count()
    inserts: list[str] = []

    def second_insert(sql: str) -> bool:
        inserting = sql.startswith('INSERT INTO "publishing_version"')
        inserts.extend([sql] if inserting else [])
        return inserting and len(inserts) == 2

    with (
        pytest.raises(DatabaseError),
        database_dying(second_insert),
        django_capture_on_commit_callbacks(execute=True),
    ):
        publish(drafts, None, "")
    assert len(inserts) == 2
    assert Version.objects.count() == count
    assert not live.refresh()
    assert live.live() is before
    assert [draft.state for draft in drafts] == ["draft differs", "draft differs"]


def test_memory_follows_the_commit_and_not_the_statement(
    django_capture_on_commit_callbacks,
) -> None:
    page = make_page()
    with django_capture_on_commit_callbacks(execute=True):
        publish([page], None, "")
        assert live_title(page) is None
    assert live_title(page) == "test/page en"


def test_versions_of_each_object_are_counted_from_one() -> None:
    one, two = make_page("one"), make_page("two")
    numbers = []
    for title in ("a", "b", "c"):
        one.title_en = title
        one.save()
        numbers += [(version.code, version.number) for version in put_live(one, two)]
    assert numbers == [("one", 1), ("two", 1), ("one", 2), ("one", 3)]


def test_an_unchanged_draft_gets_no_new_version() -> None:
    page = make_page()
    put_live(page)
    page.save()
    assert put_live(page) == []
    assert page.versions().count() == 1


def test_nothing_shipped_differs_from_its_draft() -> None:
    for model in live.publishable_models():
        assert put_live(*model._default_manager.all()) == []


def test_a_version_says_who_published_it_and_why(editor: User) -> None:
    [version] = publish([make_page()], editor, "a first try")
    version.refresh_from_db()
    assert (version.published_by, version.note) == (editor, "a first try")


def test_the_state_of_a_draft_is_said_in_words(editor: User) -> None:
    page = make_page()
    states = [page.state]
    put_live(page)
    states.append(page.state)
    page.title_fr = "autre"
    page.save()
    states.append(page.state)
    retire(page, editor, "")
    states.append(page.state)
    assert states == ["never published", "live", "draft differs", "retired"]


def test_rolling_back_publishes_the_old_data_anew_and_leaves_the_draft(editor: User) -> None:
    page = make_page(title_en="first")
    [first] = put_live(page)
    page.title_en = "second"
    page.save()
    put_live(page)
    [third] = publish_again(first, editor, "back")
    live.refresh()
    assert (third.number, third.data, third.digest) == (3, first.data, first.digest)
    assert (third.note, third.published_by) == ("back", editor)
    assert live_title(page) == "first"
    assert Page.objects.get(code=page.code).title_en == "second"
    assert page.state == "draft differs"


def test_rolling_back_to_what_is_live_changes_nothing(editor: User) -> None:
    [version] = put_live(make_page())
    assert publish_again(version, editor, "") == []


def test_rolling_back_to_a_dead_link_is_refused(editor: User) -> None:
    target, page = make_page("target"), make_page(body="[there](/target/)")
    [linking] = [version for version in put_live(target, page) if version.code == page.code]
    page.body_nl = page.body_fr = page.body_en = ""
    page.save()
    put_live(page)
    retire(target, editor, "")
    with pytest.raises(Refused, match="Version 1 links to /target/, which is not live"):
        publish_again(linking, editor, "")
    assert page.versions().count() == 2


def test_what_is_retired_leaves_the_site_and_keeps_its_versions(editor: User) -> None:
    page = make_page()
    put_live(page)
    [version] = retire(page, editor, "outdated")
    live.refresh()
    assert live_title(page) is None
    assert (version.number, version.retired, version.note) == (2, True, "outdated")
    assert page.versions().count() == 2


def test_what_is_not_live_cannot_be_retired(editor: User) -> None:
    page = make_page()
    with pytest.raises(Refused, match="test/page is not live"):
        retire(page, editor, "")
    put_live(page)
    retire(page, editor, "")
    with pytest.raises(Refused, match="test/page is not live"):
        retire(page, editor, "")


def test_what_was_retired_can_be_published_again(editor: User) -> None:
    page = make_page()
    put_live(page)
    retire(page, editor, "")
    [version] = put_live(page)
    assert (version.number, version.retired) == (3, False)
    assert live_title(page) == "test/page en"


def test_retiring_a_page_another_links_to_is_refused(editor: User) -> None:
    target, page = make_page("target"), make_page(body="[there](/target/?a=1#b)")
    put_live(target, page)
    with pytest.raises(Refused, match="“test/page” still links to it"):
        retire(target, editor, "")
    assert target.state == "live"


def test_retiring_a_page_an_ending_shows_is_refused(editor: User) -> None:
    page = make_page()
    quiz = make_quiz("small")
    quiz.endings.first().pages.add(page)
    put_live(page, quiz)
    with pytest.raises(Refused, match="“small” still links to it"):
        retire(page, editor, "")


def test_retiring_the_last_human_of_an_ending_is_refused(editor: User) -> None:
    put_live(make_quiz("small", purposes=["money"]))
    cardstop = Service.objects.get(code="be-cardstop")
    with pytest.raises(Refused, match="“small” still links to it"):
        retire(cardstop, editor, "")
    put_live(make_service("other-bank", purposes=["money"]))
    assert retire(cardstop, editor, "")


@pytest.mark.parametrize(
    "change", [{"phone": "", "chat": "", "url": "https://example.org"}, {"audience": "adults"}]
)
def test_a_change_that_takes_the_last_human_from_an_ending_is_refused(
    change: dict[str, str],
) -> None:
    put_live(make_quiz("small", purposes=["money"]))
    cardstop = Service.objects.get(code="be-cardstop")
    for field, value in change.items():
        setattr(cardstop, field, value)
    cardstop.save()
    with pytest.raises(Refused, match="small"):
        publish([cardstop], None, "")


def test_going_back_to_a_version_without_a_phone_is_refused_when_an_ending_needs_it(
    editor: User,
) -> None:
    line = make_service(purposes=["mail"], phone="", url="https://example.org")
    [silent] = put_live(line)
    line.phone = "0123"
    line.save()
    put_live(line, make_quiz("small", purposes=["mail"]))
    with pytest.raises(Refused, match="small"):
        publish_again(silent, editor, "")


def test_what_was_checked_is_what_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_page()
    page.steps.create(code="step", **texts(title="good", body="good"))
    check = Page.problems

    def check_then_somebody_saves(draft: Page, after: live.Live) -> list:
        problems = check(draft, after)
        draft.steps.update(body_en="<script>alert(1)</script>", title_en="")
        return problems

    monkeypatch.setattr(Page, "problems", check_then_somebody_saves)
    put_live(page)
    [step] = live.live().get(PageContent, page.code).steps
    assert (step.title.en, step.body.en) == ("good en", "<p>good en</p>")


def test_the_seed_quiz_survives_a_publish_untouched() -> None:
    before = live.live()
    assert put_live(Quiz.objects.get(code="flirt")) == []
    assert live.live() is before

"""Several drafts of any kinds go live as one, and go back as one; what others need stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format

from guidance.choices import NEEDED, Purpose
from guidance.models import Country, Message, Page, Service
from sextortion_help.publishing import live
from sextortion_help.publishing.freezing import as_data
from sextortion_help.publishing.models import Entry, Publishable, Version
from sextortion_help.publishing.planning import read
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import publish, release_before
from sextortion_help.publishing.states import State, states
from tests.publishing.builders import (
    again,
    append,
    live_title,
    make_app,
    make_channel,
    make_country,
    make_message,
    make_page,
    make_service,
    open_country,
    problems,
    publish_again,
    put_live,
    retire,
    roll_back,
    said_of,
)
from tests.quiz.builders import MAKE, make_practice, make_self_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def live_now() -> set[str]:
    """Name all that visitors can see: "page test/page"."""
    live.refresh()
    return {f"{kind.__name__.lower()} {code}" for kind, code in live.live().items}


def retitle(page: Page, title: str) -> None:
    page.title_en = title  # type: ignore[attr-defined]  # modeltranslation's
    page.save()


# --- going back to an old version


def test_going_back_publishes_the_old_version_anew_and_leaves_the_draft(editor: User) -> None:
    page = make_page(title_en="first")
    [first] = put_live(page)
    retitle(page, "second")
    put_live(page)
    [third] = publish_again(first, editor, "back")
    live.refresh()
    assert (third.number, third.data, third.source, third.digest) == (
        3, first.data, first.source, first.digest,
    )  # fmt: skip
    assert (third.note, third.published_by) == ("back", editor)
    assert live_title(page) == "first"
    assert Page.objects.get().title_en == "second"
    assert states([again(page)]) == [State.DIFFERS]


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("kind", MAKE)
def test_going_back_to_what_is_live_changes_nothing(kind: str, editor: User) -> None:
    draft = MAKE[kind]()
    [version] = put_live(draft)
    version.refresh_from_db()
    assert publish_again(version, editor, "") == []


def test_going_back_brings_back_what_was_taken_off(editor: User) -> None:
    page = make_page()
    [first] = put_live(page)
    retire(page, editor, "")
    assert live_now() == {"country BE"}
    publish_again(first, editor, "")
    assert live_now() == {"country BE", "page test/page"}


def test_going_back_to_a_dead_link_is_refused(editor: User) -> None:
    target, page = make_page("target"), make_page(body="[there](/target/)")
    [linking] = [version for version in put_live(target, page) if version.code == page.code]
    Page.objects.filter(pk=page.pk).update(body_nl="", body_fr="", body_en="")
    put_live(page)
    retire(target, editor, "")
    with pytest.raises(Refused, match="Version 1 links to /target/, which is not live"):
        publish_again(linking, editor, "")
    assert page.versions().count() == 2


def test_going_back_to_a_version_without_a_phone_is_refused_when_a_need_would_be_lost(
    editor: User,
) -> None:
    line = make_service(purposes=["mail"], channels=(), url="https://example.org")
    [silent] = put_live(line)
    make_channel(line)
    put_live(line)
    with pytest.raises(
        Refused, match=f"The site would be left without {Purpose.MAIL.label}, in BE en, Nederlands"
    ):
        publish_again(silent, editor, "")


def test_a_version_this_program_cannot_read_is_not_put_back(editor: User) -> None:
    page = make_page()
    unreadable = append("page", page.code, {"code": "test/page"})
    put_live(page)
    with pytest.raises(Refused, match="Version 1 was published by another version of the program"):
        publish_again(unreadable, editor, "")
    assert live_now() == {"country BE", "page test/page"}


# --- several drafts of several kinds, forth and back


@pytest.fixture
def release(line: Service, editor: User) -> list[Version]:
    """A page, a message and a self-check: one was live before, one was taken off, one is new."""
    page, message = make_page(title_en="before"), make_message()
    put_live(page, message)
    retire(message, editor, "")
    retitle(page, "after")
    check = make_self_check()
    check.endings.get(code="gggg").pages.add(page)
    versions = publish([page, message, check], editor, "together")
    assert live_now() == {
        "country BE", "service the-line", "page test/page", "message test-message",
        "selfcheck small",
    }  # fmt: skip
    return versions


def test_what_went_live_together_goes_back_together(release: list[Version], editor: User) -> None:
    assert len({version.release for version in release}) == 1
    one = release[0].release
    assert one
    assert [str(version) for version in release_before(one)].count("page test/page 1") == 1
    back = roll_back(one, editor, "a mistake")
    assert {str(version) for version in back} == {
        "page test/page 3", "message test-message 4", "selfcheck small 2",
    }  # fmt: skip
    assert {(version.kind, version.retired) for version in back} == {
        ("page", False), ("message", True), ("selfcheck", True),
    }  # fmt: skip
    assert {(version.note, version.published_by) for version in back} == {("a mistake", editor)}
    assert live_now() == {"country BE", "service the-line", "page test/page"}
    assert live_title(Page(code="test/page")) == "before"
    assert Page.objects.get().title_en == "after"  # the drafts stay as they are


def test_going_back_can_itself_be_undone(release: list[Version], editor: User) -> None:
    assert release[0].release
    before = live_now()
    back = roll_back(release[0].release, editor, "")
    assert back[0].release
    roll_back(back[0].release, editor, "no, it was right")
    assert live_now() == before
    assert live_title(Page(code="test/page")) == "after"


def test_going_back_is_refused_when_one_was_published_again_since(
    release: list[Version], editor: User
) -> None:
    page = Page.objects.get()
    retitle(page, "later")
    put_live(page)
    count = Version.objects.count()
    assert release[0].release
    with pytest.raises(Refused, match="“test/page” was published again since") as refused:
        roll_back(release[0].release, editor, "")
    assert len(refused.value.problems) == 1
    assert Version.objects.count() == count


def test_going_back_is_refused_when_something_newer_needs_what_was_new(
    release: list[Version], editor: User
) -> None:
    put_live(make_page("newer", body="[check](/check/small/)"))
    assert release[0].release
    with pytest.raises(Refused, match="“newer” links to /check/small/"):
        roll_back(release[0].release, editor, "")
    assert "selfcheck small" in live_now()


def test_going_back_in_part_is_no_danger_to_what_goes_back_with_it(editor: User) -> None:
    """Two new pages that link to each other are taken off together."""
    versions = put_live(make_page("one", body="[b](/two/)"), make_page("two", body="[a](/one/)"))
    assert versions[0].release
    roll_back(versions[0].release, editor, "")
    assert live_now() == {"country BE"}


def test_going_back_is_refused_when_an_older_version_cannot_be_read(editor: User) -> None:
    page = make_page()
    append("page", page.code, {"code": page.code})
    [version] = put_live(page)
    assert version.release
    with pytest.raises(Refused, match="another version of the program"):
        roll_back(version.release, editor, "")
    assert live_now() == {"country BE", "page test/page"}


# --- off the site


def test_what_is_retired_leaves_the_site_and_keeps_its_versions(editor: User) -> None:
    page = make_page()
    put_live(page)
    [version] = retire(page, editor, "outdated")
    assert live_now() == {"country BE"}
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
    assert live_now() == {"country BE", "page test/page"}


def test_a_newest_version_that_cannot_be_read_can_be_taken_off(editor: User) -> None:
    page = make_page()
    put_live(page)
    append("page", page.code, {"code": page.code})
    retire(page, editor, "")
    assert live_now() == {"country BE"}
    assert live.unreadable() == []


def test_a_page_another_links_to_stays(editor: User) -> None:
    target, page = make_page("target"), make_page(body="[there](/target/?a=1#b)")
    put_live(target, page)
    with pytest.raises(
        Refused, match="“test/page” links to /target/, which would not be live any more"
    ):
        retire(target, editor, "")
    assert states([again(target)]) == [State.LIVE]


def test_a_link_in_one_language_or_one_step_holds_a_page_too(editor: User) -> None:
    target, page = make_page("target"), make_page()
    page.steps.create(
        code="s", title_nl="t", title_fr="t", title_en="t", body_nl="a", body_fr="[b](/target/)", body_en="c"
    )  # fmt: skip
    put_live(target, page)
    with pytest.raises(Refused, match="“test/page” links to /target/"):
        retire(target, editor, "")


@pytest.mark.usefixtures("line")
def test_a_page_an_ending_shows_stays(editor: User) -> None:
    page, check = make_page(), make_self_check()
    check.endings.get(code="ffff").pages.add(page)
    put_live(page, check)
    with pytest.raises(Refused, match="“small” links to /test/page/"):
        retire(page, editor, "")


@pytest.mark.parametrize("entry", Entry)
def test_what_the_site_itself_links_to_stays(entry: Entry, editor: User) -> None:
    page = make_page(entries=[entry])
    put_live(page)
    with pytest.raises(Refused) as refused:
        retire(page, editor, "")
    assert [(problem.text, problem.url) for problem in refused.value.problems] == [
        (f"The site itself links to it from here: {entry.label}. Take it out of there first.",
         page.edit_url("entries")),
    ]  # fmt: skip
    assert live_now() == {"country BE", "page test/page"}
    if entry != Entry.HELP:
        Page.objects.update(entries=[])
        put_live(page)
        retire(page, editor, "")
        assert live_now() == {"country BE"}


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("make", [make_self_check, make_practice])
def test_a_quiz_at_a_door_stays(make: Callable[..., Publishable], editor: User) -> None:
    draft = make(entries=["door"])
    put_live(draft)
    with pytest.raises(Refused, match="the doors of the home"):
        retire(draft, editor, "")


def test_the_page_of_help_now_cannot_be_lost_by_a_change(help_page: Page, editor: User) -> None:
    help_page.entries = []
    help_page.save()
    sentence = "The site would be left without the page that “Help now” leads to."
    assert sentence in said_of(help_page)
    with pytest.raises(Refused, match="Help now"):
        publish([help_page], editor, "")


def test_help_now_moves_to_another_page_in_one_release(help_page: Page, editor: User) -> None:
    other = make_page("other", entries=["help"])
    assert "“Help now” leads to one page, and that is “test/help”." in said_of(other)
    help_page.entries = []
    help_page.save()
    put_live(help_page, other)
    retire(help_page, editor, "")
    assert [page.code for page in live.live().linked("help")] == ["other"]


def test_what_the_rest_still_links_to_by_its_short_address_stays_only_while_needed(
    line: Service, editor: User
) -> None:
    one, two = make_self_check("one"), make_self_check("two")
    put_live(one, two, make_page(body="[check](/check/)"))
    retire(one, editor, "")  # the other answers /check/ now
    with pytest.raises(Refused, match="“test/page” links to /check/"):
        retire(two, editor, "")
    assert line.code in {service.code for service in live.live().all(Service.content_class)}


# --- what the whole site needs


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_last_line_of_a_need_in_a_language_stays(language: str, editor: User) -> None:
    others = [code for code in ("nl", "fr", "en") if code != language]
    last = make_service("last", purposes=["suicide"], languages=[language])
    put_live(last, make_service("other", purposes=["suicide"], languages=others))
    named = {"nl": "Nederlands", "fr": "français", "en": "English"}[language]
    with pytest.raises(Refused) as refused:
        retire(last, editor, "")
    assert [problem.text for problem in refused.value.problems] == [
        f"The site would be left without {Purpose.SUICIDE.label}, in BE en, {named}."
    ]
    put_live(make_service("third", purposes=["suicide"], languages=[language]))
    assert retire(last, editor, "")


def write(channels: Any) -> None:
    channels.update(kind="mail", address="a@b.example")


CHANGES: dict[str, Callable[[Service], Any]] = {
    "no channel": lambda line: line.channels.all().delete(),
    "only mail": lambda line: write(line.channels),
    "for adults": lambda line: Service.objects.update(audience="adults"),
    "another purpose": lambda line: Service.objects.update(purposes=["mail"]),
    "fewer languages": lambda line: Service.objects.update(languages=["nl", "fr"]),
    "another country": lambda line: Service.objects.update(
        country=open_country("LU", is_edition=False, gaps=())
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_takes_the_last_human_of_a_need_is_refused(change: str) -> None:
    line = make_service(purposes=["talk"], url="https://example.org")
    put_live(line)
    CHANGES[change](line)
    with pytest.raises(Refused, match=f"The site would be left without {Purpose.TALK.label}, in"):
        publish([line], None, "")
    put_live(line, make_service("in-its-place", purposes=["talk"]))


@pytest.mark.parametrize("is_edition", [True, False])
def test_a_country_keeps_a_line_for_each_need(is_edition: bool, editor: User) -> None:
    open_country("NL", is_edition=is_edition, gaps=())
    line = make_service(country="NL", purposes=["police"], channels=[("call", "112")])
    put_live(line)
    with pytest.raises(Refused, match=f"without {Purpose.POLICE.label}, in NL en\\."):
        retire(line, editor, "")


def test_what_was_lacking_before_keeps_nobody_from_publishing(editor: User) -> None:
    """One old gap must not stop every mend."""
    page, other = make_page(), make_service(country="LU", purposes=["info"])
    assert put_live(page, other)
    assert retire(other, editor, "")


def test_an_old_dead_link_elsewhere_keeps_nobody_from_publishing(editor: User) -> None:
    """As there can be where an older program did not check: only what would be lost now counts."""
    broken = make_page("broken", body="[a](/gone/)")
    [frozen] = read([broken])
    append("page", broken.code, as_data(frozen.content))
    live.refresh()
    message = make_message()
    assert put_live(message, make_app(), make_page())
    assert retire(message, editor, "")
    assert Message.objects.exists()


# --- countries


def test_a_country_whose_lines_others_link_to_stays(editor: User) -> None:
    country = open_country("LU", is_edition=False, gaps=())
    put_live(make_page(body="[police](/lines/lu/police/)"))
    with pytest.raises(Refused, match="“test/page” links to /lines/lu/police/"):
        retire(country, editor, "")


@pytest.mark.parametrize("is_edition", [True, False])
@pytest.mark.parametrize("purposes", [["info"], ["talk", "police"]])
def test_a_country_that_services_are_in_stays(
    is_edition: bool, purposes: list[str], editor: User
) -> None:
    country = open_country("LU", is_edition=is_edition)
    line = make_service(country="LU", purposes=purposes)
    put_live(line)
    with pytest.raises(Refused, match="left without the country of “test-line”, LU"):
        retire(country, editor, "")
    assert "country LU" in live_now()
    Service.objects.update(country=Country.objects.get(code="BE"))
    put_live(again(line), make_service("other", country="LU", purposes=purposes))
    assert "country LU" in live_now()


def test_a_country_without_services_goes(editor: User) -> None:
    for code, is_edition in (("LU", False), ("NL", True)):
        retire(open_country(code, is_edition=is_edition), editor, "")
    assert live_now() == {"country BE"}


def test_the_only_edition_stays(editor: User) -> None:
    country = Country.objects.get()
    with pytest.raises(Refused, match="without any country with addresses of its own"):
        retire(country, editor, "")
    Country.objects.update(is_edition=False)
    with pytest.raises(Refused, match="the site none at all"):
        publish([country], editor, "")
    assert live_now() == {"country BE"}


def test_an_edition_owes_its_visitors_a_number_and_a_line_or_a_sentence_for_each_need() -> None:
    country, today = make_country("NL", gaps=()), date_format(timezone.localdate(), "l j F Y")
    said = [problem.text for problem in problems(country) if not problem.warning]
    assert said == [
        f"The site would be left without {need.label}, in NL en: no service, and no sentence that says so."
        for need in NEEDED
    ] + [
        f"The site would be left without {need.label}, in NL en: nobody on {today} at 00:00."
        for need in (Purpose.TALK, Purpose.SUICIDE)
    ]
    Country.objects.filter(code="NL").update(emergency="")
    assert "Addresses of its own need an emergency number." in said_of(country)[0]
    Country.objects.filter(code="NL").update(is_edition=False)
    assert said_of(country) == []

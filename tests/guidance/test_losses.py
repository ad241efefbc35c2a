"""What the site itself needs cannot be taken away: its own links, the last line for a need, the help."""

import re

import pytest
from django.contrib.auth.models import User

from guidance.choices import NEEDS, Purpose
from guidance.content import Country as LiveCountry
from guidance.models import Country, Page, Service
from quiz.models import Practice, SelfCheck
from sextortion_help.publishing.content import OPEN_LANGUAGES
from sextortion_help.publishing.live import live
from sextortion_help.publishing.models import Entry, Publishable
from sextortion_help.publishing.problems import Refused
from sextortion_help.publishing.publish import publish
from sextortion_help.publishing.sources import whole
from tests.publishing.builders import retire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def refused(draft: Publishable, editor: User) -> str:
    """Try to take a draft off the site, which is refused and changes nothing; give why."""
    before = live()
    with pytest.raises(Refused) as refusal:
        retire(draft, editor, "a test")
    assert live() is before
    return str(refusal.value)


def linked(entry: Entry) -> list[Publishable]:
    """Give the drafts of what the site links to from one of its places."""
    models = (Page, SelfCheck, Practice)
    return [draft for model in models for draft in whole(model) if entry in draft.entries]


@pytest.mark.parametrize("entry", Entry)
def test_what_the_site_links_to_stays(entry: Entry, editor: User) -> None:
    drafts = linked(entry)
    assert len(drafts) == len(live().linked(entry)) > 0
    for draft in drafts:
        assert str(entry.label) in refused(draft, editor)


@pytest.mark.parametrize("language", OPEN_LANGUAGES)
def test_the_last_suicide_line_of_a_language_stays(language: str, editor: User) -> None:
    lines = [
        draft
        for draft in whole(Service)
        if draft.country.code == "BE"
        and "suicide" in draft.purposes
        and language in draft.languages
    ]
    assert len(lines) == 1
    assert str(Purpose.SUICIDE.label) in refused(lines[0], editor)


@pytest.mark.parametrize("country", ["BE", "NL", "BQ"])
@pytest.mark.parametrize("need", NEEDS)
def test_the_last_line_of_a_country_for_a_need_stays_unless_it_says_that_there_is_none(
    need: Purpose, country: str, editor: User
) -> None:
    """Whoever tries to take them off one after the other is stopped before the last."""
    there = live().get(LiveCountry, country)
    assert there
    lines = [
        each for each in whole(Service) if each.country.code == country and need in each.purposes
    ]
    reasons = []
    for draft in lines:
        try:
            retire(draft, editor, "a test")
        except Refused as refusal:
            reasons.append(str(refusal))
    left = [draft for draft in lines if not draft.versions()[0].retired]
    assert len(left) == len(reasons)
    assert left or there.gap(need)
    assert all("The site would be left without" in reason for reason in reasons)
    if len(lines) == 1 and not there.gap(need):
        assert f"{need.label}, in {there.name.en}" in reasons[0]


@pytest.mark.parametrize("code", ["BE", "NL"])
def test_hours_that_leave_nobody_at_night_are_refused_with_the_minute(code: str) -> None:
    """Saved on one channel of one service, of a page that nobody touched."""
    night = Service.objects.get(code="night-" + code.lower())
    night.channels.update(hours="Mo-Su 08:00-17:00")
    others = Service.objects.filter(country__code=code, channels__hours="24/7").exclude(pk=night.pk)
    talking = [
        each for each in others if {"talk", "suicide"} & {*each.purposes} and not each.age_min
    ]
    for draft in talking:
        draft.channels.update(hours="Mo-Su 08:00-17:00")
    with pytest.raises(Refused) as refusal:
        publish([night, *talking], None, "")
    assert re.search(
        rf"{Purpose.SUICIDE.label}, in .*: nobody on \w+ \d+ \w+ 20\d\d at ", str(refusal.value)
    )


@pytest.mark.parametrize(
    ("field", "value"), [("languages", ["en"]), ("purposes", ["talk"]), ("country", "IE")]
)
def test_a_change_that_takes_away_the_last_line_is_refused(
    field: str, value: object, editor: User
) -> None:
    draft = Service.objects.get(code="nuit-be")
    setattr(draft, field, Country.objects.get(code=value) if field == "country" else value)
    draft.save()
    with pytest.raises(Refused, match="français"):
        publish([draft], editor, "")
    other = Service.objects.get(code="night-be")
    other.languages = ["nl", "en", "fr"]
    other.save()
    assert len(publish([draft, other], editor, "")) == 2


def test_the_page_that_help_leads_to_can_be_changed_for_another_in_one_publish(
    editor: User,
) -> None:
    old, new = Page.objects.get(code="quick"), Page.objects.get(code="do/heavy")
    old.entries = []
    old.save()
    with pytest.raises(Refused):
        publish([old], editor, "")
    new.entries = ["help"]
    new.save()
    with pytest.raises(Refused, match="quick"):
        publish([new], editor, "")
    assert len(publish([old, new], editor, "")) == 2

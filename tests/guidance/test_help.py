"""Which lines stand beside a text: of the reader's country, language and age, and who answers now."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from guidance.choices import Purpose
from guidance.content import Channel, Service
from guidance.help import (
    Group,
    country_of,
    has_human,
    help_now,
    services_for,
    silent,
    with_suicide_line,
)
from guidance.hours import State
from guidance.hours.clocks import holiday
from sextortion_help.publishing.content import Contents, Text
from tests.guidance.builders import channel, country, gap, having, service
from tests.guidance.clocked import stands
from tests.guidance.test_hours_reckoning import is_belgian_holiday, open_at

TALK = "Met iemand praten"
BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=BRUSSELS)
SHUT = "Tu 09:00-10:00"


def groups(
    now: Contents,
    *purposes: str,
    language: str = "nl",
    at: datetime = MONDAY_NOON,
    country: str = "",
    adults: bool = False,
    whole: bool = False,
) -> list[Group]:
    return help_now(now, purposes, language, at, country=country, adults=adults, whole=whole)


def codes(group: Group) -> str:
    return " ".join(line.service.code for line in group.lines)


def shown(
    now: Contents,
    *purposes: str,
    language: str = "nl",
    adults: bool = False,
    whole: bool = False,
) -> list[str]:
    """Give the codes of the lines of each group."""
    found = groups(now, *purposes, language=language, adults=adults, whole=whole)
    return [codes(group) for group in found]


# of here


def test_only_the_country_of_the_place_is_shown_or_the_one_that_is_asked_for() -> None:
    now = having(service("here"), service("there", country="NL"), country("NL", emergency="911"))
    assert shown(now, "talk") == ["here"]
    [group] = groups(now, "talk", country="NL")
    assert codes(group) == "there"
    assert group.country.emergency == "911"


def test_a_country_that_is_not_live_has_nobody_and_no_number() -> None:
    nowhere = country_of(having(), "ZZ")
    assert (nowhere.emergency, str(nowhere.name), nowhere.is_edition) == ("", "", False)
    assert groups(having(), "talk", country="ZZ") == []


def test_hours_are_those_of_the_clock_of_the_country() -> None:
    bonaire = country("BQ", zone="America/Kralendijk", holidays="BQ")
    now = having(bonaire, service("there", country="BQ", hours="Mo-Fr 09:00-17:00"))
    for hour, answers in (
        (14, False),
        (15, True),
        (22, True),
        (23, False),
    ):  # 08, 09, 16, 17 h there
        [group] = groups(now, "talk", country="BQ", at=MONDAY_NOON.replace(hour=hour))
        assert group.lines[0].answers is answers, hour


# for whom


@pytest.mark.parametrize(
    "fields", [{"audience": "adults"}, {"audience": "parents"}, {"age_min": 18}, {"age_min": 21}]
)
def test_what_is_for_adults_only_is_never_shown_beside_a_text_for_minors(
    fields: dict[str, Any],
) -> None:
    grown, minors = service("adults", hours="24/7", **fields), service("minors", audience="minors")
    assert shown(having(grown, minors), "talk") == ["minors"]
    assert shown(having(grown), "talk") == []
    assert shown(having(grown), "suicide") == [""]
    assert services_for(having(grown), "talk") == []


def test_for_adults_those_for_adults_come_last_whoever_answers_and_whatever_they_speak() -> None:
    now = having(
        service("adults", order=1, audience="adults", hours="24/7", languages=("nl",)),
        service("shut", order=2, hours=SHUT, languages=("fr",)),
    )
    assert shown(now, "talk", adults=True) == ["shut adults"]


def test_what_is_for_adults_is_never_alone_under_a_heading() -> None:
    grown = service("adults", purposes=("victim",), audience="adults", hours="24/7")
    ear, second = service("ear", hours=SHUT), service("second")
    assert shown(having(grown, ear, second), "victim", adults=True) == ["ear adults"]
    assert shown(having(grown, ear), "victim") == []
    assert shown(having(grown), "victim", adults=True) == ["adults"]  # there is nobody else
    both = service("adults", purposes=("talk", "victim"), audience="adults", hours="24/7")
    assert shown(having(both), "talk", "victim", adults=True) == ["adults", "adults"]
    assert shown(having(both, ear), "talk", "victim", adults=True) == ["ear adults", "ear adults"]


def test_under_the_heading_for_parents_those_for_parents_are_in_their_place() -> None:
    theirs = service("theirs", order=1, purposes=("parents", "talk"), audience="parents")
    both = service("both", order=2, purposes=("parents", "talk"))
    now = having(theirs, both)
    assert shown(now, "parents", "talk", adults=True) == ["theirs both", "both theirs"]
    assert shown(now, "parents") == ["both"]
    alone = having(service("theirs", purposes=("parents",), audience="parents"), service("ear"))
    assert shown(alone, "parents", adults=True) == ["theirs"]


def test_who_is_for_adults_steps_in_for_adults_only_and_stands_last() -> None:
    shut = service("shut", hours=SHUT, languages=("fr",))
    grown = service("adults", purposes=("victim",), audience="adults", hours="24/7")
    assert shown(having(shut, grown), "talk") == ["shut"]
    assert shown(having(shut, grown), "talk", adults=True) == ["shut adults"]


# groups


def test_each_purpose_is_a_group_of_its_own_in_the_order_asked_for() -> None:
    now = having(service("both", purposes=("talk", "police")), service("one", purposes=("police",)))
    found = groups(now, "police", "talk")
    assert [(group.purpose, codes(group)) for group in found] == [
        ("police", "both one"), ("talk", "both"),
    ]  # fmt: skip


def test_the_heading_is_in_the_readers_language(language: str) -> None:
    translation.activate(language)
    words = {"nl": "Politie", "fr": "Police", "en": "Police"}
    [group] = groups(having(service("a", purposes=("police",))), "police", language=language)
    assert group.heading == words[language]


def test_a_purpose_nobody_serves_has_no_heading_unless_it_is_dying() -> None:
    """The emergency number stands with the suicide lines: they are there also without a line."""
    assert [group.heading for group in groups(having(service("a")), "remove", "talk")] == [TALK]
    assert groups(having(), "talk", "remove") == []
    [group] = groups(having(), "suicide")
    assert (group.dying, group.lines, group.country.emergency) == (True, (), "112")


def test_what_a_country_says_of_a_need_stands_where_nobody_answers() -> None:
    belgium = country(gaps=(gap("talk", "Nobody talks."), gap("remove", "Nobody removes.")))
    now = having(belgium, service("day", hours="Mo-Fr 09:00-18:00"))
    talk, remove = groups(now, "talk", "remove")
    assert (codes(talk), talk.gap) == ("day", None)
    assert (codes(remove), str(remove.gap)) == ("", "Nobody removes.")
    talk, _ = groups(now, "talk", "remove", at=MONDAY_NOON.replace(hour=3))
    assert (codes(talk), str(talk.gap)) == ("day", "Nobody talks.")
    # it is said too where only somebody for another need answers
    night = service("night", purposes=("suicide",), hours="24/7")
    [talk] = groups(having(belgium, night), "talk", at=MONDAY_NOON.replace(hour=3))
    assert (codes(talk), str(talk.gap)) == ("night", "Nobody talks.")


# the order


def test_the_readers_language_first_then_who_answers_then_the_order_of_the_editors() -> None:
    now = having(
        service("french", order=1, hours="24/7", languages=("fr",)),
        service("unknown", order=2, hours="24/7", languages=()),
        service("shut", order=3, hours=SHUT, languages=("nl",)),
        service("second", order=5, hours="Mo 09:00-18:00", languages=("nl", "fr")),
        service("first", order=4, hours="24/7", languages=("nl",)),
    )
    assert shown(now, "talk", whole=True) == ["first second shut french unknown"]
    assert shown(now, "talk", language="fr", whole=True) == ["french second unknown first shut"]


def test_who_does_not_speak_the_language_is_shown_only_where_too_few_others_answer() -> None:
    """Beside a text; on the page of all lines everybody is."""
    dutch = service("nl", order=1, hours="24/7", languages=("nl",))
    french = service("fr", order=2, hours="24/7", languages=("fr",))
    german = service("de", order=3, hours=SHUT, languages=("de",))
    shut = service("shut", order=4, hours=SHUT, languages=("nl",))
    unknown = service("unknown", order=5, hours=SHUT, languages=())
    assert shown(having(dutch, french, german, unknown), "talk") == ["nl unknown"]
    assert shown(having(dutch, french, german), "talk", whole=True) == ["nl fr de"]
    assert shown(having(shut, french, german), "talk") == ["shut fr"]
    assert shown(having(german, shut), "talk") == ["shut"]
    assert shown(having(german, french), "talk") == ["fr de"]
    dying = [msgspec.structs.replace(each, purposes=("suicide",)) for each in (dutch, french, shut)]
    assert shown(having(*dying), "suicide") == ["nl shut fr"]  # one that answers is alone
    ear = service("ear", order=6, hours="24/7", languages=("nl",))
    assert shown(having(*dying, ear), "suicide") == ["nl ear shut"]


def test_leaving_out_a_language_leaves_nobody_alone_with_who_is_for_adults() -> None:
    grown = service(
        "adults", purposes=("victim",), audience="adults", hours="24/7", languages=("nl",)
    )
    french = service("fr", purposes=("victim",), hours="24/7", languages=("fr",))
    now = having(grown, french, service("ear", hours=SHUT))
    assert shown(now, "victim", adults=True) == ["ear adults"]


def test_who_does_not_speak_the_language_says_what_it_speaks() -> None:
    now = having(
        service("nl", order=1, languages=("nl",)), service("fr", order=2, languages=("fr", "de"))
    )
    [group] = groups(now, "talk", whole=True)
    assert [line.languages for line in group.lines] == [(), ("fr", "de")]
    assert shown(now, "talk", language="en") == ["nl fr"]
    [group] = groups(now, "talk", language="en")
    assert [line.languages for line in group.lines] == [("nl",), ("fr", "de")]


# nobody is left alone


def test_where_nobody_answers_who_does_for_another_need_stands_with_them() -> None:
    shut = service("shut", hours=SHUT)
    victim = service("victim", purposes=("victim",), hours="24/7")
    night = service("night", purposes=("suicide",), hours="24/7")
    police = service("police", purposes=("police",), hours="24/7")
    assert shown(having(shut, victim, night, police), "talk") == ["victim shut"]
    assert shown(having(shut, night, police), "talk") == ["night shut"]
    assert shown(having(shut, police), "talk") == ["shut"]
    assert shown(having(service("open", hours="24/7"), victim, night), "talk") == ["open"]
    # only for talking and dying: nobody removes an image by listening
    form = service("form", kind="form", hours="24/7", purposes=("remove",))
    assert shown(having(form, night), "remove") == ["form"]


def test_a_suicide_line_is_never_alone() -> None:
    night = service("night", purposes=("suicide",), hours="24/7")
    ear, second = service("ear", hours="24/7"), service("second", hours="24/7")
    shut = service("shut", hours=SHUT)
    assert shown(having(night, shut, ear, second), "suicide") == ["night ear"]
    assert shown(having(night, shut), "suicide") == ["night shut"]
    adults = service("adults", purposes=("talk",), hours=SHUT, audience="adults")
    chat = service("chat", kind="chat", hours=SHUT)
    assert shown(having(night, adults, chat), "suicide") == ["night"]
    assert shown(having(shut), "suicide") == ["shut"]
    assert shown(having(night, adults), "suicide", adults=True) == ["night"]
    victim = service("victim", purposes=("victim",), hours="24/7")
    assert shown(having(night, shut, victim), "suicide") == ["night victim"]
    assert shown(having(night, ear, victim), "suicide") == ["night ear"]
    both = service("both", purposes=("suicide", "talk"), hours="24/7")
    assert shown(having(night, both, ear), "suicide") == ["both night"]
    for_dying = service("shut-too", order=9, purposes=("suicide",), hours=SHUT)
    assert shown(having(for_dying, ear, second), "suicide") == ["ear second shut-too"]
    french = service("french", order=1, hours="24/7", languages=("fr",))
    assert shown(having(night, french), "suicide") == ["night french"]
    assert shown(having(night, french), "suicide", language="en") == ["night french"]
    assert shown(having(night, french, ear), "suicide") == ["night ear"]
    [group] = groups(having(night, ear), "suicide")
    assert [service.code for service, _reach in group.calls] == ["night", "ear"]


def test_who_stood_in_for_one_need_is_not_shown_again_alone_under_the_next() -> None:
    ear, second = service("ear", hours=SHUT), service("second", order=2, hours=SHUT)
    assert shown(having(ear), "suicide", "talk") == ["ear"]
    assert shown(having(ear), "suicide", "talk", whole=True) == ["ear", "ear"]
    assert shown(having(ear), "talk", "suicide") == ["ear", "ear"]
    third = service("third", order=3, hours=SHUT)
    assert shown(having(ear, second, third), "suicide", "talk") == [
        "ear second",
        "ear second third",
    ]


def test_busy_crosses_to_other_needs_and_languages_and_ends_at_nobody_only_without_anybody() -> (
    None
):
    ear = service("ear", hours="24/7")
    victim = service("victim", purposes=("victim",), hours="24/7")
    night = service("night", purposes=("suicide",), hours="24/7")
    french = service("french", purposes=("suicide",), hours="24/7", languages=("fr",))

    def after(*services: Service, purpose: str = "talk") -> list[str]:
        [group] = groups(having(*services), purpose)
        return [line.next.service.code if line.next else "" for line in group.lines]

    assert after(ear) == [""]
    assert after(ear, service("ear2", hours="24/7"), victim) == ["ear2", "victim"]
    assert after(ear, victim) == ["victim"]
    assert after(ear, night) == ["night"]
    assert after(ear, french) == ["french"]
    assert after(ear, french, night) == ["night"]
    assert after(night, ear, purpose="suicide") == ["ear", "night"]
    assert after(ear, service("shut", hours=SHUT)) == ["", ""]


@pytest.mark.parametrize("purpose", ["remove", "hotline", "parents", "worried", "money"])
def test_whoever_is_busy_for_another_need_sends_on_to_somebody_to_talk_to(purpose: str) -> None:
    first = service("first", purposes=(purpose,), hours="24/7")
    victim = service("victim", purposes=("victim",), hours="24/7")
    [group] = groups(having(first, victim, service("ear", hours="24/7")), purpose)
    assert [line.next.service.code if line.next else "" for line in group.lines] == ["ear"]


def test_nobody_is_sent_on_from_an_emergency_number() -> None:
    police = [service(code, purposes=("police",), hours="24/7") for code in ("112", "113")]
    [group] = groups(having(*police, service("ear", hours="24/7")), "police")
    assert [line.next for line in group.lines] == [None, None]


# the number to call


def test_the_first_call_of_a_group_is_who_answers_now_else_the_first_with_a_number() -> None:
    now = having(
        service("chat", order=1, kind="chat", hours="24/7"),
        service("shut", order=2, hours=SHUT),
        service("open", order=3, hours="24/7", languages=("fr",)),
    )
    [group] = groups(now, "talk", whole=True)
    assert codes(group) == "chat shut open"  # the language first, whoever answers
    assert group.first_call
    assert group.first_call.service.code == "open"
    [group] = groups(having(service("chat", kind="chat"), service("shut", hours=SHUT)), "talk")
    assert group.first_call
    assert group.first_call.service.code == "shut"
    [group] = groups(having(service("chat", kind="chat")), "talk")
    assert group.first_call is None


def test_a_chat_that_answers_does_not_make_a_shut_number_the_first_to_call() -> None:
    both = service("both", channel("call", SHUT), channel("chat", "24/7"), order=1)
    [group] = groups(having(both, service("open", order=2, hours="24/7")), "talk")
    assert group.first_call
    assert group.first_call.call
    assert group.first_call.call.answers
    assert group.first_call.service.code == "open"


@pytest.mark.parametrize(
    ("given", "human"),
    [
        (service(), True),
        (service(kind="text"), True),
        (service(kind="chat"), True),
        (service(kind="form", hours="24/7"), False),
        (service(kind="mail", url="https://b.example/"), False),
        (service(kind="app"), False),
        (service(reached=False), False),
        (service(country="NL"), False),
        (service(audience="adults"), False),
        (service(audience="parents"), False),
        (service(purposes=("police",)), False),
    ],
)
def test_a_human_is_somebody_of_here_to_call_or_write_with_at_once(
    given: Service, human: bool
) -> None:
    assert has_human(having(given), ["talk"]) is human
    assert has_human(having(given), []) is False


def test_one_human_among_several_purposes_is_enough() -> None:
    now = having(service("web", kind="form"), service("police", purposes=("police",)))
    assert has_human(now, ["talk", "police"])
    assert not has_human(now, ["talk", "remove"])


def test_in_a_language_a_human_must_speak_it() -> None:
    now = having(service("nl", languages=("nl",)), service("web", kind="form", languages=("fr",)))
    assert has_human(now, ["talk"], "nl")
    assert not has_human(now, ["talk"], "fr")


def test_the_suicide_lines_come_last_unless_they_have_a_place() -> None:
    assert with_suicide_line(["talk", "police"]) == ["talk", "police", "suicide"]
    assert with_suicide_line(["suicide", "talk"]) == ["suicide", "talk"]
    assert with_suicide_line([]) == ["suicide"]


# without speaking


def test_who_cannot_speak_is_given_the_written_ways_of_those_who_talk() -> None:
    now = having(
        service("ear", channel("call", "24/7"), channel("mail"), channel("chat", SHUT), order=1),
        service("pen", channel("chat", "24/7"), order=2),
        service("night", channel("text", "24/7"), order=3, purposes=("suicide",)),
        service("law", channel("chat", "24/7"), purposes=("police",)),
        service("grown", channel("chat", "24/7"), audience="adults"),
        service("there", channel("chat", "24/7"), country="NL"),
        service("both", channel("chat", SHUT), order=4, purposes=("suicide", "talk")),
    )
    found = silent(now, "nl", MONDAY_NOON)
    assert found.open
    assert [(service.code, reach.channel.kind) for service, reach in found.ways] == [
        ("pen", "chat"), ("night", "text"), ("ear", "mail"), ("ear", "chat"), ("both", "chat"),
    ]  # fmt: skip


def test_the_written_ways_are_in_the_readers_language_if_there_are_any() -> None:
    now = having(
        service("ours", channel("chat", "24/7"), languages=("nl",)),
        service("theirs", channel("chat", "24/7"), languages=("fr",), order=1),
    )
    ways = {
        language: [service.code for service, _reach in silent(now, language, MONDAY_NOON).ways]
        for language in ("nl", "fr", "en")
    }
    assert ways == {"nl": ["ours"], "fr": ["theirs"], "en": ["ours", "theirs"]}


def test_where_nobody_writes_back_it_is_said() -> None:
    now = having(
        service("ear", channel("call", "24/7"), channel("form", "24/7"), channel("chat", SHUT))
    )
    found = silent(now, "nl", MONDAY_NOON)
    assert not found.open
    assert [reach.channel.kind for _service, reach in found.ways] == ["form", "chat"]
    assert silent(having(), "nl", MONDAY_NOON).ways == ()


# whatever there is, at every hour


LINES = [
    "24/7", "Mo-Fr 09:00-18:00; PH unknown", "Mo-Su 20:00-04:00; PH off", "Sa-Su 10:00-22:00", "",
    "Fr 20:00-02:00", "Mo-Su 08:00-24:00; Dec 24-Jan 2 off", "Mo-Su 02:30-08:00",
]  # fmt: skip


def everywhere() -> Contents:
    """Services whose channels have different hours, for every need and in every language."""
    found = []
    for number in range(24):
        ways = [
            Channel(f"{number}-{kind}", kind, "0", LINES[(number + step * 3) % 8], (), Text())
            for step, kind in enumerate(("call", "chat", "text", "form")[: 1 + number % 4])
        ]
        languages = (("nl",), ("fr",), ("en",), ("nl", "fr"), ())[number % 5]
        purposes = [p for place, p in enumerate(Purpose) if (number + place) % 4 == 0]
        audience = "adults" if number % 7 == 0 else "everyone"
        found.append(
            service(
                f"s{number:02}", *ways, order=number % 6, languages=languages,
                purposes=tuple(purposes), audience=audience,
            )
        )  # fmt: skip
    return having(*found)


def shut_for_sure(line: str, moment: datetime) -> bool:
    """Tell by a reckoning that is not ours whether a line is shut."""
    return line != "24/7" and not (line and open_at(line, moment, is_belgian_holiday))


def unsure(moment: datetime) -> bool:
    """Tell whether ours may be more careful: on a disputed holiday, or where an hour comes twice."""
    found = [holiday("BE", moment.date() - timedelta(days=day)) for day in (0, 1)]
    disputed = any(each is not None and not each.everywhere for each in found)
    return disputed or moment.replace(fold=1).utcoffset() != moment.replace(fold=0).utcoffset()


def hours_of_a_year(step: int = 1) -> list[datetime]:
    start = datetime(2027, 1, 1, 0, 30, tzinfo=BRUSSELS).timestamp()
    return [datetime.fromtimestamp(start + hour * 3600, BRUSSELS) for hour in range(0, 8760, step)]


@pytest.mark.parametrize("hours", LINES)
def test_open_now_never_stands_beside_a_channel_that_is_shut_at_any_hour_of_a_year(
    hours: str,
) -> None:
    for moment in hours_of_a_year():
        state = stands(hours, moment).state
        is_open = state in (State.ALWAYS, State.OPEN)
        shut = shut_for_sure(hours, moment)
        assert not (is_open and shut), moment
        assert is_open or shut or unsure(moment), moment


def test_at_hours_all_over_a_year_everything_that_is_shown_is_as_its_own_channel_is() -> None:
    now, seen = everywhere(), set()
    for moment in hours_of_a_year(step=37):
        for group in help_now(now, [Purpose.TALK, Purpose.SUICIDE, Purpose.REMOVE], "nl", moment):
            for line in group.lines:
                reached = line.reaches
                assert line.answers == any(reach.answers for reach in reached)
                assert {reach.channel for reach in reached} == set(line.service.channels)
                for reach in reached:
                    assert not (reach.answers and shut_for_sure(reach.channel.hours, moment))
                    assert not (reach.answers and reach.channel.kind == "form")
                    seen.add(reach.said.state)
    assert seen == set(State)


@pytest.mark.parametrize("adults", [False, True])
def test_no_group_begins_with_a_line_that_does_not_speak_the_language_while_another_does(
    language: str, adults: bool
) -> None:
    now = everywhere()
    for hour in range(0, 14 * 24, 5):
        moment = MONDAY_NOON + timedelta(hours=hour)
        for group in help_now(now, Purpose, language, moment, adults=adults, whole=adults):
            minors = [line for line in group.lines if not line.service.for_adults]
            speaking = [line for line in minors if language in line.service.languages]
            if speaking:
                assert group.lines[0] in speaking
                answering = [line for line in speaking if line.answers]
                assert not answering or group.lines[0] in answering
            assert [line.service.for_adults for line in group.lines] == sorted(
                line.service.for_adults for line in group.lines
            )
            assert adults or minors == list(group.lines)
            for line in group.lines:
                spoken = line.service.languages
                assert line.languages == (() if language in spoken else spoken)
                assert line.next is None or (line.answers and not line.next.service.for_adults)


def test_beside_dying_stand_two_that_answer_whenever_two_do() -> None:
    now = everywhere()
    for hour in range(0, 14 * 24, 3):
        moment = MONDAY_NOON + timedelta(hours=hour)
        talk, suicide, victim = (
            {line.service.code for line in group.lines if line.answers}
            for group in help_now(now, ["talk", "suicide", "victim"], "nl", moment)
        )
        assert len(suicide) >= min(2, len(talk | suicide | victim)), moment
        assert talk or not (victim | suicide), moment


# what stands in the sentence for who thinks about dying


def test_the_emergency_number_comes_first_where_nobody_else_answers_now() -> None:
    night = service("night", channel(hours="24/7", address="0456"))
    shut = service("shut", channel(hours=SHUT, address="0123"))
    awake = in_a_sentence(having(night, shut))
    assert [number for number, _ in awake] == ["tel:0456", "tel:0123", "tel:112"]
    asleep = in_a_sentence(having(shut))
    assert [number for number, _ in asleep] == ["tel:112", "tel:0123"]
    assert "dinsdag" in asleep[1][1]  # from when it answers


def in_a_sentence(now: Contents) -> list[tuple[str, str]]:
    """Give each link of the sentence, and what follows it."""
    [group] = groups(now, "suicide")
    text = render_to_string("includes/dying.html", {"group": group})
    return re.findall(r'<a href="([^"]+)">.*?</a>(.*?)(?=<a |</p>)', text, re.DOTALL)


def test_who_is_busy_gives_the_number_and_the_language_of_whom_to_try() -> None:
    first = service("first", channel(hours="24/7", address="0456"))
    other = service("other", channel(hours="24/7", address="0123"), languages=("fr",))
    [group] = groups(having(first, other), "talk")
    text = render_to_string("includes/line.html", {"line": group.lines[0], "brief": True})
    busy = text.rpartition("Bezet?")[2]
    assert 'href="tel:0123"' in busy
    assert "(Frans)" in busy

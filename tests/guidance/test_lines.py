"""How a service stands at a moment: each channel by hours of its own, and what a page said of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guidance import lines
from guidance.choices import Way
from guidance.content import Service
from guidance.hours import State
from guidance.lines import Line, listening, still_true, successor
from tests.guidance.builders import channel, service
from tests.guidance.clocked import CLOCKS

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY_NOON = datetime(2026, 6, 1, 12, tzinfo=BRUSSELS)
OFFICE = "Mo-Fr 09:00-18:00; PH unknown"


def stands(given: Service, now: datetime = MONDAY_NOON, language: str = "nl") -> Line:
    return lines.line(given, CLOCKS["BE"], now, language)


def kinds(line: Line) -> str:
    return " ".join(reach.channel.kind for reach in line.reaches)


# channels


def test_each_channel_has_hours_of_its_own() -> None:
    """A number that answers day and night opens no chat."""
    both = service("both", channel("call", "24/7"), channel("chat", "Mo-Fr 18:00-22:00"))
    called, chatted = stands(both).reaches
    assert (called.said.state, called.answers) == (State.ALWAYS, True)
    assert (chatted.said.state, chatted.answers) == (State.CLOSED, False)
    assert f"{chatted.said.changes:%H:%M}" == "18:00"
    evening = stands(both, MONDAY_NOON.replace(hour=19))
    assert [reach.answers for reach in evening.reaches] == [True, True]


def test_channels_that_answer_now_come_first_and_equals_keep_their_order() -> None:
    """Answered are calls, messages and chats; a form can be used, but nobody answers there."""
    given = service(
        "all",
        channel("mail", "24/7"),
        channel("chat", "Mo 20:00-22:00"),
        channel("form", "Mo-Fr 09:00-18:00"),
        channel("app"),
        channel("text", "Mo-Fr 09:00-18:00"),
        channel("call", "24/7"),
    )
    assert kinds(stands(given)) == "call text form mail app chat"


@pytest.mark.parametrize("kind", Way)
@pytest.mark.parametrize("hours", ["24/7", "Mo 09:00-18:00", "Tu 09:00-18:00", ""])
def test_somebody_answers_only_where_a_person_does_at_once(kind: Way, hours: str) -> None:
    open_now = hours in ("24/7", "Mo 09:00-18:00")
    assert stands(service(kind=kind, hours=hours)).answers is (
        open_now and kind in ("call", "text", "chat")
    )


def test_the_number_to_call_is_one_that_answers_now_else_the_first() -> None:
    first, second = channel("call", OFFICE, "0111"), channel("call", "24/7", "0222")
    given = service("two", first, channel("chat", "24/7"), second)
    for hour, number in ((3, "0222"), (12, "0222")):  # of two that answer, day and night first
        call = stands(given, MONDAY_NOON.replace(hour=hour)).call
        assert call is not None
        assert call.channel.address == number
    closed = stands(service("one", first, channel("chat", "24/7")), MONDAY_NOON.replace(hour=3))
    assert closed.call is not None
    assert not closed.call.answers
    assert stands(service("none", channel("text", "24/7"))).call is None


def test_a_service_without_channels_is_a_line_nobody_answers() -> None:
    line = stands(service(reached=False, url="https://a.example/"))
    assert (line.answers, line.call, line.reaches) == (False, None, ())


@pytest.mark.parametrize(
    ("kind", "address", "href", "shown"),
    [
        ("call", "116 000", "tel:116000", "116\u00a0000"),
        ("call", "+32 2 345-67-89", "tel:+3223456789", "+32\u00a02\u00a0345-67-89"),
        ("text", "0450 00 12 34", "sms:0450001234", "0450\u00a000\u00a012\u00a034"),
        ("mail", "a@b.example", "mailto:a@b.example", "a@b.example"),
        ("chat", "https://b.example/c", "https://b.example/c", "https://b.example/c"),
        ("form", "https://b.example/f", "https://b.example/f", "https://b.example/f"),
        ("app", "https://b.example/a", "https://b.example/a", "https://b.example/a"),
    ],
)
def test_a_channel_leads_where_its_kind_says(
    kind: str, address: str, href: str, shown: str
) -> None:
    found = channel(kind, address=address)
    assert (found.href, found.shown) == (href, shown)


# languages


@pytest.mark.parametrize(
    ("spoken", "language", "said"),
    [
        (("nl", "fr"), "nl", ()),
        (("nl", "fr"), "en", ("nl", "fr")),
        (("nl", "fr"), "", ("nl", "fr")),
        ((), "nl", ()),  # nobody told us
    ],
)
def test_a_line_says_what_it_speaks_where_that_is_not_the_readers(
    spoken: tuple[str, ...], language: str, said: tuple[str, ...]
) -> None:
    assert stands(service(languages=spoken), language=language).languages == said


# whom to try when it is busy


def busy(*services: Service, language: str = "nl") -> str:
    """Give whom the first is sent on to."""
    first, *others = [stands(each, language=language) for each in services]
    found = successor(first, others, language)
    return found.service.code if found else ""


def test_who_is_busy_names_the_next_that_answers_now() -> None:
    first, second = service("first", hours="24/7"), service("second", hours="24/7")
    closed, unknown = service("closed", hours="Su 10:00-11:00"), service("unknown")
    assert busy(first, closed, unknown, second, service("third", hours="24/7")) == "second"
    assert busy(first, closed, unknown) == ""
    assert busy(first, first) == ""


@pytest.mark.parametrize("hours", ["Tu 10:00-11:00", OFFICE + "; Mo off", "", "PH off"])
def test_a_line_that_does_not_answer_never_says_whom_to_try_when_it_is_busy(hours: str) -> None:
    assert busy(service("shut", hours=hours), service("open", hours="24/7")) == ""
    assert busy(service("form", kind="form", hours="24/7"), service("open", hours="24/7")) == ""


def test_whom_to_try_may_be_another_who_writes_but_never_a_form() -> None:
    first, chat = service("first", hours="24/7"), service("chat", kind="chat", hours="24/7")
    assert busy(first, service("form", kind="form", hours="24/7"), chat) == "chat"


def test_nobody_is_sent_on_to_who_does_not_take_minors() -> None:
    first, second = service("first", hours="24/7"), service("second", hours="24/7")
    adults = service("adults", hours="24/7", audience="adults")
    grown = service("grown", hours="24/7", age_min=18)
    assert busy(first, adults, grown, second) == "second"
    assert busy(first, adults, grown) == ""


def test_whom_to_try_speaks_the_readers_language_if_the_first_does_else_one_of_the_first() -> None:
    first = service("first", hours="24/7", languages=("nl", "fr"))
    dutch, french, german = (service(c, hours="24/7", languages=(c,)) for c in ("nl", "fr", "de"))
    assert busy(first, french, dutch, language="nl") == "nl"
    assert busy(first, dutch, french, language="fr") == "fr"
    assert busy(first, german, french, dutch, language="en") == "fr"


def test_somebody_who_speaks_another_language_is_better_than_nobody() -> None:
    first = service("first", hours="24/7", languages=("nl",))
    german = service("de", hours="24/7", languages=("de",))
    assert busy(first, german, service("shut", languages=("nl",)), language="nl") == "de"


# what a page said

CASES = [
    ("2026-06-01 12:00", "2026-06-01 17:59", "2026-06-01 18:00"),  # until it closes
    (
        "2026-06-01 18:00",
        "2026-06-01 23:59",
        "2026-06-02 00:00",
    ),  # "opens Tuesday", then "opens at"
    ("2026-06-02 00:00", "2026-06-02 08:59", "2026-06-02 09:00"),  # until it opens
    ("2026-06-05 18:00", "2026-06-07 23:59", "2026-06-08 00:00"),  # the weekend: "opens Monday"
    ("2026-07-21 00:00", "2026-07-21 23:59", "2026-07-22 00:00"),  # the holiday, to its end
]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(("now", "last", "first"), CASES)
def test_what_a_page_said_is_true_to_the_minute_before_something_else_would_be_said(
    now: str, last: str, first: str
) -> None:
    with listening() as said:
        stands(service(hours=OFFICE), at(now))
    assert len(said) == 1
    assert still_true(said, at(now) + timedelta(seconds=59))
    assert still_true(said, at(last) + timedelta(seconds=59))
    assert not still_true(said, at(first))


def test_a_night_that_began_is_until_the_same_time_after_midnight_too() -> None:
    """Before midnight it closes "soon", after it "today": the flags differ, so it is said anew."""
    with listening() as said:
        before = stands(service(hours="Mo-Su 20:00-04:00"), at("2026-06-01 23:59")).reaches[0].said
    after = stands(service(hours="Mo-Su 20:00-04:00"), at("2026-06-02 00:00")).reaches[0].said
    assert (before.today, before.soon) == (False, True)
    assert (after.today, after.soon) == (True, True)
    assert before.changes == after.changes
    assert not still_true(said, at("2026-06-02 00:00"))


def test_what_is_a_week_away_names_its_date_until_the_week_begins() -> None:
    weekly = service(hours="Mo 09:00-10:00")
    with listening() as said:
        far = stands(weekly, at("2026-06-01 10:00")).reaches[0].said
    assert far.far
    assert still_true(said, at("2026-06-01 23:59"))
    assert not still_true(said, at("2026-06-02 00:00"))
    assert not stands(weekly, at("2026-06-02 00:00")).reaches[0].said.far


def test_a_page_that_speaks_of_no_change_stays_true() -> None:
    with listening() as said:
        stands(service("a", channel("call", "24/7"), channel("form", "24/7"), channel("chat")))
    assert len(said) == 3
    assert still_true(said, MONDAY_NOON + timedelta(days=3000))
    with listening() as said:
        pass
    assert said == {}
    assert still_true(said, MONDAY_NOON)


def test_every_channel_of_a_page_is_listened_to_and_the_first_to_change_counts() -> None:
    two = service("two", channel("call", OFFICE), channel("chat", "Mo-Fr 09:00-14:00"))
    with listening() as said:
        stands(two)
    assert len(said) == 2
    assert still_true(said, at("2026-06-01 13:59"))
    assert not still_true(said, at("2026-06-01 14:00"))


def test_the_same_hours_on_another_clock_are_something_else_said() -> None:
    with listening() as said:
        for code in ("BE", "BQ"):
            lines.line(service(hours="Mo-Fr 09:00-17:00"), CLOCKS[code], MONDAY_NOON)
    assert len(said) == 2
    assert not still_true(said, datetime(2026, 6, 1, 13, tzinfo=UTC))  # it opens on Bonaire


def test_nobody_hears_what_is_said_elsewhere() -> None:
    with listening() as outer:
        with listening() as inner:
            stands(service(hours=OFFICE))
        stands(service(hours="24/7"))
    stands(service(hours="Su 10:00-12:00"))
    assert [hours for _kind, hours, _clock in inner] == [OFFICE]
    assert [hours for _kind, hours, _clock in outer] == ["24/7"]


@pytest.mark.parametrize(
    "hours", [OFFICE, "Mo-Su 20:00-04:00; PH unknown", "Fr 20:00-02:00", "Mo 09:00-10:00"]
)
def test_a_page_made_only_when_it_is_no_longer_true_never_says_anything_wrong(hours: str) -> None:
    """Over the end of the year and over both changes of the clock, each quarter of an hour."""
    given = service("two", channel("call", hours), channel("chat", "Sa-Su 10:00-12:00"))
    for day in ("2026-12-24", "2027-03-27", "2027-10-30"):
        start, made = at(f"{day} 00:00").astimezone(UTC), 0
        page = said = None
        for quarter in range(4 * 24 * 4):
            now = start + timedelta(minutes=15 * quarter)
            if said is None or not still_true(said, now):
                with listening() as said:
                    page = stands(given, now)
                made += 1
            assert page == stands(given, now), now
        assert made <= 4 * 5, "it is made anew at changes and midnights only"


def test_an_hour_is_said_once_however_often_it_is_asked() -> None:
    lines._say.cache_clear()
    given = [service(str(number), hours=OFFICE) for number in range(50)]
    for second in range(60):
        for each in given:
            stands(each, MONDAY_NOON.replace(second=second))
    assert lines._say.cache_info().misses == 1


def test_no_channel_is_open_beside_the_hours_of_another() -> None:
    """Two channels of one service, minute by minute of a day: each as if it were alone."""
    call, chat = channel("call", "Mo 08:00-12:00"), channel("chat", "Mo 10:00-20:30")
    both = service("both", call, chat)
    for minute in range(0, 24 * 60, 5):
        now = MONDAY_NOON.replace(hour=0) + timedelta(minutes=minute)
        together = {reach.channel.kind: reach.answers for reach in stands(both, now).reaches}
        alone: dict[str, bool] = {}
        for each in (call, chat):
            alone[each.kind] = stands(service("one", each), now).answers
        assert together == alone
        assert together == {
            "call": 8 * 60 <= minute < 12 * 60,
            "chat": 10 * 60 <= minute < 20 * 60 + 30,
        }

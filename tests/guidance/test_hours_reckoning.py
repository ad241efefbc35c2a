"""Random lines beside two other reckonings: one written here from the grammar, one of a library."""

import random
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import holidays
import pytest
from opening_hours import OpeningHours

from guidance import lines
from guidance.hours import State, clocks, judging, natural, reading, reckoning
from tests.guidance.clocked import CLOCKS, ZONED, fault, fortnight, stands

BRUSSELS = ZoneInfo("Europe/Brussels")
MOST_STEPS = 30_000  # most of them for the holidays of two years: some 20,000, and 7 milliseconds
WEEK = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
YEAR = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
PIECES = [
    "Mo-Fr", "Mo-Su", "We", "Sa-Su", "Dec 25", "Jul-Aug", "2020-2024", "2026", "PH", "SH", "easter",
    " ", " ", " ", " ", "09:00-18:00", "00:00-24:00", "22:00-02:00", "17:00-09:00", "10:00+", ",",
    "sunrise-sunset", "; ", "; ", " || ", "off", "unknown", "week 1-53/2", "24/7", '"call"', "9u-17u",
]  # fmt: skip


def a_span(chance: random.Random, *, nights: bool) -> str:
    if chance.random() < 0.15:
        return "00:00-24:00"
    if nights and chance.random() < 0.3:
        return f"{chance.randint(16, 23)}:30-{chance.randint(1, 5):02}:30"
    first, last = sorted(chance.sample(range(6, 24), 2))
    return f"{first:02}:00-{last}:{chance.choice(['00', '30', '45'])}"


def a_date(chance: random.Random) -> str:
    first, last = chance.sample(YEAR, 2)
    return chance.choice([first, f"{first}-{last}", f"{first} 9", f"{first} 20-{last} 11"])


def a_rule(chance: random.Random, *, nights: bool) -> str:
    days = ",".join(
        "-".join(chance.sample(WEEK, chance.choice([1, 2, 2])))
        for _ in "12"[: chance.choice([1, 1, 2])]
    )
    when = chance.choice([days, days, days, f"{a_date(chance)} {days}", a_date(chance), "PH"])
    spans = ",".join(a_span(chance, nights=nights) for _ in "12"[: chance.choice([1, 1, 2])])
    return f"{when} {chance.choice([spans, spans, spans, 'off', 'unknown'])}"  # fmt: skip


def accepted(seed: int, country: str, *, nights: bool) -> list[str]:
    """Give 366 lines that are accepted."""
    chance = random.Random(seed)
    found: list[str] = []
    while len(found) < 366:
        line = "; ".join(
            a_rule(chance, nights=nights) for _rule in range(chance.choice([1, 2, 2, 3, 4]))
        )
        if fault(line, country) is None:
            found.append(line)
    return found


def minutes(written: str) -> int:
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)


def names_day(days: str, day: date, holiday: bool) -> bool:
    for part in days.split(","):
        if part == "PH":
            if holiday:
                return True
            continue
        first, _, last = part.partition("-")
        length = (WEEK.index(last or first) - WEEK.index(first)) % 7
        if (day.weekday() - WEEK.index(first)) % 7 <= length:
            return True
    return False


def names_date(dates: str, day: date) -> bool:
    """The places of the dates are counted in a leap year, so that the end of February is right."""
    first, _, last = dates.partition("-")
    start, end = first.split(), (last or first).split()
    begins = (YEAR.index(start[0]) + 1) * 100 + int([*start, "1"][1])
    ends = (YEAR.index(end[0]) + 1) * 100 + int([*end, "31"][1])
    place = day.month * 100 + day.day
    return begins <= place <= ends if begins <= ends else place >= begins or place <= ends


def begun(line: str, day: date, holiday: bool) -> list[tuple[int, int]]:
    """Give what is open from this day on: of its rules the last that counts decides."""
    found: list[tuple[int, int]] = []
    for rule in line.split("; "):
        selector, what = rule.rsplit(" ", 1)
        dates, _, days = selector.rpartition(" ")
        if days[:2] not in (*WEEK, "PH"):  # "Dec 24" or "Jul-Aug": every weekday
            dates, days = selector, "Mo-Su"
        if not names_day(days, day, holiday) or (dates and not names_date(dates, day)):
            continue
        found = []
        if ":" in what:
            for span in what.split(","):
                start, end = map(minutes, span.split("-"))
                found.append((start, end if end > start else end + 24 * 60))
    return found


def open_at(line: str, moment: datetime, is_holiday: Callable[[date], bool]) -> bool:
    minute, today = moment.hour * 60 + moment.minute, moment.date()
    yesterday = today - timedelta(days=1)
    return any(
        start <= at < end
        for day, at in ((today, minute), (yesterday, minute + 24 * 60))
        for start, end in begun(line, day, is_holiday(day))
    )


def some_moments(chance: random.Random, count: int) -> list[datetime]:
    """Give some quarters of an hour of two weeks, with the clocks' changes in some of them."""
    start = datetime(2026, 1, 1, tzinfo=BRUSSELS) + timedelta(days=chance.randint(0, 1000))
    return [
        start + timedelta(minutes=15 * quarter) for quarter in chance.sample(range(14 * 96), count)
    ]


def is_belgian_holiday(day: date) -> bool:
    return day in BELGIAN


BELGIAN = {
    day
    for day, name in holidays.country_holidays(
        "BE", years=range(2025, 2031), language="en_US"
    ).items()
    if name != "Pentecost"  # about this one our sources differ
}


def test_no_random_line_is_open_where_a_reckoning_of_our_own_says_shut() -> None:
    chance = random.Random(7)
    for line in accepted(1, "BE", nights=True):
        for moment in some_moments(chance, 60):
            state, _changes = reckoning.state_at(line, CLOCKS["BE"], moment)
            if clocks.holiday("BE", moment.date()) and not is_belgian_holiday(moment.date()):
                continue
            ours = state is State.OPEN
            assert ours == open_at(line, moment, is_belgian_holiday), (line, moment)


def test_no_random_line_is_open_in_the_read_back_where_it_is_shut() -> None:
    chance = random.Random(8)
    for line in accepted(2, "BE", nights=True):
        today = date(2026, 1, 1) + timedelta(days=chance.randint(0, 1000))
        for day in fortnight(line, "BE", today, "en"):
            wanted = begun(line, day.date, is_belgian_holiday(day.date))
            for start, end in day.spans:
                for minute in range(start, end, 15):
                    assert any(first <= minute < last for first, last in wanted), (line, day)
            if not day.holiday:
                assert {m for s, e in day.spans for m in range(s, e, 15)} == {
                    m for s, e in wanted for m in range(s, e, 15)
                }, (line, day)  # fmt: skip


def test_the_library_reckons_the_same_where_no_night_meets_another_rule() -> None:
    """Without nights: it lets the next day's rule cut a night off, we do not."""
    chance = random.Random(9)
    for line in accepted(3, "BE", nights=False):
        library = OpeningHours(line, timezone=BRUSSELS, country="BE")
        for moment in some_moments(chance, 40):
            real = datetime.fromtimestamp(moment.timestamp(), BRUSSELS)  # no hour left out
            if clocks.holiday("BE", real.date()) and not is_belgian_holiday(real.date()):
                continue
            state, _changes = reckoning.state_at(line, CLOCKS["BE"], real)
            assert (state is State.OPEN) == library.is_open(real), (line, real)
            unknown = state in (State.HOLIDAY, State.UNKNOWN)
            assert unknown == library.is_unknown(real), (line, real)


def test_a_change_that_is_told_is_the_next_one() -> None:
    chance = random.Random(10)
    for line in accepted(4, "BE", nights=True)[:100]:
        now = some_moments(chance, 1)[0]
        state, changes = reckoning.state_at(line, CLOCKS["BE"], now)
        if changes is None:
            continue
        assert now < changes <= now + timedelta(days=16)
        at_change, _next = reckoning.state_at(line, CLOCKS["BE"], changes)
        assert (at_change is State.OPEN) == (state is State.CLOSED), (line, now)
        before = changes - timedelta(minutes=1)
        assert reckoning.state_at(line, CLOCKS["BE"], before)[0] is not at_change


def forget() -> None:
    for remembered in (
        lines._say, reckoning.stretches, judging.accepted, reading.read, natural.normal, clocks.holidays_of,
    ):  # fmt: skip
        remembered.cache_clear()


def steps(work: Callable[[], object]) -> int:
    """Give how many lines of Python some work runs, with nothing remembered: the same on any machine."""
    work()  # what is imported now has not to be later
    forget()
    tool, seen = sys.monitoring.PROFILER_ID, 0

    def count(_code: object, _line: int) -> None:
        nonlocal seen
        seen += 1

    sys.monitoring.use_tool_id(tool, "steps")
    try:
        sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, count)
        sys.monitoring.set_events(tool, sys.monitoring.events.LINE)
        work()
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)
    return seen


@pytest.mark.parametrize("kind", ["accepted", "anything"])
def test_no_line_takes_many_steps(kind: str) -> None:
    chance = random.Random(11)
    anything = ["".join(chance.choices(PIECES, k=chance.randint(1, 8))) for _line in range(366)]
    now = datetime(2026, 12, 24, 12, tzinfo=BRUSSELS)  # two years of holidays are needed
    for line in accepted(5, "BE", nights=True) if kind == "accepted" else anything:
        country = chance.choice(ZONED)
        assert steps(partial(fault, line, country)) < MOST_STEPS, line
        assert steps(partial(stands, line, now, country)) < MOST_STEPS, (line, country)


@pytest.mark.parametrize("line", ["Mo-Su 00:00-24:00", "2020-2024 Mo-Fr 09:00-17:00", "Dec 25 off"])
def test_nothing_is_sought_to_the_end_of_the_calendar(line: str) -> None:
    now = datetime(2026, 6, 1, tzinfo=BRUSSELS)
    assert steps(partial(stands, line, now)) < MOST_STEPS


def test_a_line_is_reckoned_once_a_day() -> None:
    forget()
    for minute in range(24 * 60):
        now = datetime(2026, 6, 1, tzinfo=BRUSSELS) + timedelta(minutes=minute)
        stands("Mo-Fr 09:00-17:00; PH unknown", now)
    assert reckoning.stretches.cache_info().misses == 1

"""The coming two weeks of a line, as its editor sees them."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from guidance.hours import Day, State
from guidance.hours.readback import TEMPLATE
from tests.guidance.clocked import fortnight

CHRISTMAS = date(2026, 12, 21)  # a Monday
LINE = "Mo-Fr 09:00-12:30,13:00-17:00; Sa 20:00-04:00; Dec 24 off; PH unknown"


def texts(line: str, language: str = "en", country: str = "BE") -> list[str]:
    return [day.text for day in fortnight(line, country, CHRISTMAS, language)]


def test_each_day_says_what_the_line_says() -> None:
    days = fortnight(LINE, "BE", CHRISTMAS, "en")
    assert [(day.date.day, day.weekday, day.holiday, day.text) for day in days[:6]] == [
        (21, "Monday", "", "09:00 to 12:30, 13:00 to 17:00"),
        (22, "Tuesday", "", "09:00 to 12:30, 13:00 to 17:00"),
        (23, "Wednesday", "", "09:00 to 12:30, 13:00 to 17:00"),
        (24, "Thursday", "", "closed"),
        (25, "Friday", "Christmas Day", "not known"),
        (26, "Saturday", "", "20:00 to 04:00"),
    ]
    assert [day.state for day in days[3:6]] == [State.CLOSED, State.HOLIDAY, State.OPEN]
    assert (len(days), days[5].spans) == (14, ((1200, 1680),))


def test_it_is_written_in_the_editors_language() -> None:
    assert texts(LINE, "nl")[3:6] == ["gesloten", "niet bekend", "20:00 tot 04:00"]
    assert texts(LINE, "fr")[:1] == ["de 9\u202fh à 12\u202fh\u202f30, de 13\u202fh à 17\u202fh"]
    assert texts("Mo-Fr 00:00-04:00,20:00-24:00", "fr")[0] == (
        "de 0\u202fh à 4\u202fh, de 20\u202fh à minuit"
    )
    days = fortnight(LINE, "BE", CHRISTMAS, "fr")
    assert (days[4].weekday, days[4].holiday) == ("vendredi", "Noël")


@pytest.mark.parametrize(
    ("line", "text", "state"),
    [
        ("24/7", "day and night", State.OPEN),
        ("Mo-Su 00:00-24:00", "day and night", State.OPEN),
        ("", "not known", State.UNKNOWN),
        ("Mo, We, Fr 09:00-17:00", "not known", State.UNKNOWN),  # as on the site
        ("Mo-Su 09:00-17:00 unknown", "09:00 to 17:00: not known", State.UNKNOWN),
    ],
)
def test_a_line_without_hours_is_read_back_too(line: str, text: str, state: State) -> None:
    days = fortnight(line, "BE", CHRISTMAS, "en")
    assert {(day.text, day.state) for day in days} == {(text, state)}


def test_a_holiday_of_a_part_says_so_and_what_is_not_known() -> None:
    days = fortnight("Mo-Fr 09:00-17:00; PH off", "GB", date(2026, 11, 30), "en")
    assert days[0].holiday == "Saint Andrew's Day (not everywhere)"
    assert days[0].text == "09:00 to 17:00: not known"


def test_holidays_are_named_where_they_change_nothing() -> None:
    days = fortnight("Mo-Fr 09:00-17:00", "BQ", CHRISTMAS, "nl")
    assert (days[4].holiday, days[4].text) == ("Eerste kerstdag", "09:00 tot 17:00")


def test_the_table_has_a_caption_and_heads_for_rows_and_columns() -> None:
    days: list[Day] = fortnight(LINE, "BE", CHRISTMAS, "en")
    html = render_to_string(TEMPLATE, {"days": days})
    assert html.count('<th scope="row">') == 14
    assert html.count('<th scope="col">') == 3
    assert "<caption>" in html
    assert '<time datetime="2026-12-25">' in html
    assert "Christmas Day" in html

"""Lines that are refused, with the sentence and the line that would do; words that are understood."""

from calendar import monthrange

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from guidance.hours import ALWAYS, normal
from guidance.hours.reading import read
from guidance.hours.terms import LONGEST, MONTHS, Refused
from tests.guidance.clocked import doubt, fault


@pytest.mark.parametrize(
    ("line", "says"),
    [
        # a day list or a date after which a rule has no times
        ("Mo, We, Fr 09:00-17:00; PH unknown", "Write: Mo,We,Fr 09:00-17:00; PH unknown"),
        ("Mo, We, Fr 09:00-17:00", "After a comma stands no space"),
        ("Dec 24, Dec 31 09:00-12:00", "Write: Dec 24,Dec 31 09:00-12:00"),
        ("Mo-Fr, PH 09:00-17:00", "Write: Mo-Fr,PH 09:00-17:00"),
        ("Mo-Fr 09:00-17:00, Sa 10:00-12:00", "Write: Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
        ("Mo-Fr 09:00-12:00, 13:00-17:00", "Write: Mo-Fr 09:00-12:00,13:00-17:00"),
        ("Mo-Fr 09:00-17:00; Sa", "“Sa” has no times"),
        ("Mo-Fr", "“Mo-Fr” has no times"), ("Dec", "“Dec” has no times"),
        ("Jul-Aug Mo-Fr", "“Jul-Aug Mo-Fr” has no times"),
        ("Mo-Fr 09:00-17:00; Dec 24", "“Dec 24” has no times"),
        ("PH", "“PH” has no times"), ("Mo-Fr 09:00-17:00; PH", "“PH off” or “PH unknown”"),
        # cannot be reckoned with what is known
        ("Mo-Fr 09:00-17:00; SH off", "School holidays"),
        ("SH Mo-Fr 10:00-12:00", "School holidays"), ("Mo-Fr,SH 10:00-12:00", "School holidays"),
        ("Mo-Fr sunrise-sunset", "Sunrise"), ("Mo-Fr (sunrise+01:00)-17:00", "Sunrise"),
        ("Mo-Fr dawn-dusk", "Sunrise"), ("week 1-53/2 Mo 09:00-17:00", "Weeks by number"),
        ("week 10 Mo 09:00-17:00", "Weeks by number"), ("easter off", "Easter"),
        ("easter -2 days 10:00-12:00", "Easter"), ("Mo[1] 09:00-12:00", "first or last weekday"),
        ("2020-2024 Mo-Fr 09:00-17:00", "no years"), ("2026 Dec 24 09:00-12:00", "no years"),
        ("2099 Mo 09:00-12:00", "no years"), ("Mo-Fr 17:00+", "closes"),
        ("Mo-Fr 09:00-17:00+", "closes"), ("Mo-Fr 09:00-12:00 || Sa 10:00-12:00", "“||”"),
        ("Mo-Fr 09:00-17:00 || \"call\"", "quotes"),
        # swapped, empty, beyond the day
        ("Mo-Fr 17:00-09:00", "Write 09:00-17:00 if the times were swapped"),
        ("Mo-Fr 18:00-08:00", "00:00-08:00,18:00-24:00"), ("Mo-Fr 09:00-05:00", "ends before"),
        ("Mo-Fr 12:00-02:00", "ends before"), ("Mo-Sa 23:00-07:00", "ends before"),
        ("Mo-Fr 15:59-06:00", "ends before"), ("Mo-Fr 16:00-06:01", "ends before"),
        ("Mo-Fr 17:00-12:00", "ends before"), ("Mo-Fr 09:00-09:00", "no time at all"),
        ("Mo-Fr 00:00-00:00", "no time at all"), ("Mo-Fr 24:00-24:00", "no time at all"),
        ("Mo-Fr 24:00-02:00", "no time at all"), ("Mo-Fr 09:00-25:00", "25:00 is not a time"),
        ("Mo-Fr 20:00-26:00", "26:00 is not a time"), ("Mo-Fr 09:00-24:30", "24:30 is not a time"),
        ("Mo-Fr 09:60-18:00", "09:60 is not a time"), ("Mo-Fr 02:00-05:00", "Write 14:00-17:00"),
        ("Mo-Fr 01:00-05:00", "Write 13:00-17:00"), ("Mo-Fr 02:00-06:00", "Write 14:00-18:00"),
        ("Mo-Fr 09:00-12:00,11:00-14:00", "overlap"), ("Mo-Fr 09:00-12:00,09:00-12:00", "overlap"),
        # says nothing, or what nobody would mean
        ("off", "nothing of when"), ("closed", "nothing of when"), ("unknown", "nothing of when"),
        ("Mo-Su off", "never opens"), ("PH off", "never opens"), ("Mo-Fr unknown", "never opens"),
        ("Mo-Fr 09:00-17:00; Mo-Fr off", "never opens"), ("Mo-Fr 09:00-17:00; Mo-Su off", "never opens"),
        ("Mo-Fr 09:00-17:00; Mo-Su unknown", "never opens"), ("Sa,Su 09:00-17:00; Sa off; Su off", "never opens"),
        ("Jul 09:00-17:00; Jul 1-15 off; Jul 16-31 off", "never opens"), ("PH 09:00-17:00; PH off", "never opens"),
        ("PH 09:00-17:00; Mo-Su off", "never opens"), ("Mo-Fr 09:00-17:00 unknown; Mo-Fr off", "never opens"),
        ("Mo-Fr 09:00-17:00; Mo-Su 10:00-12:00", "“Mo-Fr 09:00-17:00” never counts"),
        ("Mo 09:00-17:00; Tu 09:00-17:00; Tu unknown", "“Tu 09:00-17:00” never counts"),
        ("09:00-17:00", "Write Mo-Su 09:00-17:00 for every day, or Mo-Fr 09:00-17:00"),
        ("Mo-Fr 09:00-17:00; 10:00-12:00", "on which days"),
        ("Mo-Fr 09:00-17:00; off", "nothing of when"),
        ("Mo-Fr 09:00-18:00 \"niet in de vakantie\"", "quotes"),
        ("Mo-Fr 09:00-18:00 “op afspraak”", "quotes"), ("24/7; PH off", "Mo-Su 00:00-24:00; PH off"),
        ("Mo-Fr 09:00-17:00; 24/7", "Write each day once"),
        ("Mo-Su,Mo-Fr 09:00-17:00", "names a day twice"), ("Dec PH 10:00-12:00", "not both"), ("Mo-Mo 09:00-17:00", "the same day"),
        ("Dec 24-24 09:00-12:00", "the same day"),
        ("Feb 30 09:00-17:00", "no such day"), ("Jun 31-Jul 2 off", "no such day"),
        ("Dec 26-24 09:00-12:00", "ends before"), ("Dec 0 09:00-12:00", "no such day"),
        # the last rule would undo what was said before
        ("PH off; Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo-Fr 09:00-17:00; PH off; Dec 10:00-14:00", "would undo it"),
        ("Mo-Fr 09:00-17:00; PH off; Dec 24-26 10:00-14:00", "would undo it"),
        ("PH unknown; Jul-Aug Mo-Fr 10:00-12:00", "Jul-Aug Mo-Fr 10:00-12:00; PH unknown"),
        ("Dec 25 off; Mo-Su 09:00-17:00", "Mo-Su 09:00-17:00; Dec 25 off"),
        ("Mo-Su 09:00-17:00; Dec 25 off; PH 10:00-12:00", "would undo it"),
        ("Jul-Aug Mo-Fr 10:00-12:00; Mo-Fr 09:00-17:00", "would undo it"),
        ("Mo-Fr 09:00-12:00; Mo 18:00-20:00", "Write each day once"),
        ("We off; Mo-Su 09:00-17:00", "Write each day once"),
        # day and night
        ("Mo-Su 00:00-24:00", "Write: 24/7"), ("Mo-Fr 00:00-24:00; Sa-Su 00:00-24:00", "Write: 24/7"),
        ("Mo-Su 00:00-24:00; PH 00:00-24:00", "Write: 24/7"), ("Mo-Su,PH 00:00-24:00", "Write: 24/7"),
        ("Mo-Su 00:00-12:00,12:00-24:00", "Write: 24/7"),
        # as people write
        ("ma-vr 9u-17u", "Write: Mo-Fr 09:00-17:00"), ("lun-ven 9h-17h", "Write: Mo-Fr 09:00-17:00"),
        ("Mo-Fr 09.00-17.00", "Write: Mo-Fr 09:00-17:00"), ("9-17u", "Mo-Su 09:00-17:00 for every day"),
        ("24u/24", "Write: 24/7"), ("dagelijks", "“Mo-Su” has no times"),
        ("tous les jours", "“Mo-Su” has no times"), ("ma-vr 17u-9u", "ends before it begins"),
        ("Mo-Fr 9:00-17:00;", "Write: Mo-Fr 09:00-17:00"), (" Mo-Fr  09:00-17:00", "Write: Mo-Fr"),
        ("mo-fr 09:00-17:00", "Write: Mo-Fr 09:00-17:00"), ("Mo–Fr 09:00–17:00", "Write: Mo-Fr"),
        ("Mo-Fr ٠٩:٠٠-١٧:٠٠", "not understood"), ("<script>", "not understood"),
        ("Mo-Fr 09:00-17:00; by phone", "“by phone” is not understood"),
        ("Mo-Fr 09:00-17:00; " * 20_000, "too long"), ("x" * 200_000, "too long"),
    ],
)  # fmt: skip
def test_a_line_that_could_be_misunderstood_is_refused_with_what_would_do(
    line: str, says: str
) -> None:
    with override("en"):
        assert says in str(fault(line, "BE"))


@pytest.mark.parametrize(
    "line",
    [
        "Mo-Fr 09:00-17:00; PH off", "Mo-Fr 9:00-17:00;PH unknown", "Mo-Su 20:00-04:00; PH unknown",
        "Mo-Su 16:00-00:00", "Mo-Su 16:00-06:00", "Mo-Fr 09:00-00:00", "Mo-Su 22:00-06:00", "Fr,Sa 20:00-02:00", "Mo,We,Fr 09:00-17:00",
        "Su,PH 10:00-12:00", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-12:00; PH off",
        "Mo-Fr 09:00-17:00; Dec 24 09:00-12:00; PH off", "Dec 24,Dec 31 09:00-12:00",
        "Mo-Su 09:00-17:00; We off", "Mo-Su 09:00-20:00; Sa 10:00-12:00", "Fr-Mo 10:00-12:00",
        "Apr-Sep Mo-Fr 09:00-18:00; Oct-Mar Mo-Fr 10:00-16:00; PH unknown",
        "Mo-Fr 09:00-17:00; Jul 15-Aug 15 Mo-Fr 10:00-12:00; PH unknown",
        "Mo-Fr 09:00-17:00; PH unknown; Dec 26 10:00-14:00", "Mo-Fr 09:00-17:00; Sa unknown",
        "Mo-Fr 09:00-17:00 unknown", "Mo-Su 00:00-24:00; PH unknown", "Mo-Fr 00:00-24:00",
        "Mo-Fr 00:59-05:00", "Mo-Fr 02:00-06:01", "Mo-Su 00:01-00:00", "Mo-Fr 09:59-17:00", "", ALWAYS,
        "Apr-Sep Mo-Fr 09:00-16:00; Oct-Mar Mo-Fr 10:00-18:00", "Mo-Su 09:00-20:00; Sa 09:00-12:00; Su 10:00-20:00",
        "Jul 09:00-17:00; Jul 1-15 off", "Mo-Fr 09:00-17:00; Jan-Jun off", "Mo-Fr,PH 09:00-17:00; PH off",
        "PH 09:00-17:00; Mo-Fr off", "Su,PH 10:00-12:00; Su off", "Mo-Fr 09:00-17:00; PH off; Jan-Nov off", "Mo-Fr 09:00-17:00; Mo-Th off",
        "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-20:00; PH unknown", "Mo-Fr 00:00-06:00,22:00-24:00", "Mo-Fr 09:00-17:00; Sa closed", "Feb 29 09:00-17:00",
    ],
)  # fmt: skip
def test_a_line_that_means_what_it_says_is_accepted(line: str) -> None:
    assert fault(line, "BE") is None
    assert normal(line) == line


@pytest.mark.parametrize("character", ["\u200b", "\u00ad", "\u200e", "\u2060", "\ufeff"])
def test_what_cannot_be_seen_is_cleaned_away_as_in_every_text(character: str) -> None:
    assert normal(f"Mo-Fr 09:00{character}-17:00") == "Mo-Fr 09:00-17:00"
    assert normal(f"24/7{character}") == ALWAYS


def test_what_cannot_be_cleaned_away_is_named_with_its_place() -> None:
    with override("en"):
        assert fault("Mo-Fr\u202e 09:00-17:00", "BE") == (
            "U+202E RIGHT-TO-LEFT OVERRIDE cannot stand in a text, at character 6."
        )


@pytest.mark.parametrize("month", MONTHS)
def test_every_month_has_its_days_and_february_those_of_a_leap_year(month: str) -> None:
    last = monthrange(2024, MONTHS.index(month) + 1)[1]
    assert fault(f"{month} {last} 09:00-12:00", "BE") is None
    with override("en"):
        assert "no such day" in str(fault(f"{month} {last + 1} 09:00-12:00", "BE"))
    (rule,) = read(f"{month} 09:00-12:00")
    assert rule.dates == frozenset((MONTHS.index(month) + 1, day) for day in range(1, last + 1))


def test_a_line_may_be_as_long_as_its_field_and_days_go_over_the_end_of_the_week() -> None:
    line = "Fr-Mo 10:00-12:00".ljust(LONGEST)
    assert read(line)[0].days == {4, 5, 6, 0}
    with pytest.raises(Refused):
        read(f"{line} ")


@pytest.mark.parametrize(
    ("language", "line", "sentence"),
    [
        ("nl", "Mo-Fr 09:00-17:00; PH", "Bij “PH” staan geen uren: dat zou dag en nacht betekenen. Schrijf “PH 09:00-17:00”, “PH off” of “PH unknown”."),
        ("fr", "Mo-Fr 17:00-09:00", "«\u202f17:00-09:00\u202f» finit avant de commencer. Écrivez 09:00-17:00 si les heures sont inversées. Si le service est ouvert la nuit, écrivez les deux parties du jour\u202f: 00:00-09:00,17:00-24:00."),
        ("en", "Mo-Fr 09:00-17:00; SH off", "School holidays (SH) are not known here. Leave them out; if the hours differ then, change them when they begin."),
    ],
)  # fmt: skip
def test_the_sentence_is_whole_and_in_the_editors_language(
    language: str, line: str, sentence: str
) -> None:
    for _again in range(2):  # nothing of a language is remembered
        with override("en"):
            fault(line, "BE")
        with override(language):
            assert fault(line, "BE") == sentence


def test_a_country_without_one_clock_has_only_lines_of_day_and_night() -> None:
    with override("nl"):
        assert "Alleen 24/7" in str(fault("Mo-Fr 09:00-17:00", "US"))
        assert "feestdagen van dit land" in str(fault("Mo-Fr 09:00-17:00; PH off", "BQ"))


def test_a_line_without_a_word_of_holidays_is_doubted() -> None:
    with override("en"):
        assert "shown open on them too" in str(doubt("Mo-Fr 09:00-17:00", "BE"))
    for line in ("", ALWAYS, "Mo-Fr 09:00-17:00; PH off", "nonsense"):
        assert doubt(line, "BE") is None
    assert doubt("Mo-Fr 09:00-17:00", "BQ") is None


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("ma-vr 9u-17u", "Mo-Fr 09:00-17:00"), ("lun-ven 9h-17h", "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"), ("Mo-Fr 09.00-17.00", "Mo-Fr 09:00-17:00"),
        ("9-17u", "09:00-17:00"), ("dagelijks", "Mo-Su"), ("tous les jours", "Mo-Su"),
        ("24u/24", ALWAYS), ("7j/7 24h/24", ALWAYS), ("24h/24 et 7j/7", ALWAYS), ("24/24", ALWAYS),
        ("PH Mo-Fr 10:00-12:00", "PH Mo-Fr 10:00-12:00"), ("zo en feestdagen 10-12u", "Su,PH 10:00-12:00"),
        ("ma en zo 24u/24", "Mo,Su 00:00-24:00"), ("Mo 24u/24", "Mo 00:00-24:00"),
        ("dag en nacht", ALWAYS), ("24 hours a day, 7 days a week", ALWAYS), ("always", ALWAYS),
        ("24 uur per dag, 7 dagen per week", ALWAYS), ("24 heures sur 24, 7 jours sur 7", ALWAYS),
        ("Maandag t/m vrijdag van 9.30 tot 17 uur; zaterdag 10-12u; feestdagen gesloten",
         "Mo-Fr 09:30-17:00; Sa 10:00-12:00; PH off"),
        ("du lundi au vendredi de 9 h 30 à 17 h, fermé", "du lundi au vendredi de 9 h 30 à 17 h, fermé"),
        ("du lundi au vendredi de 9\u202fh\u202f30 à 17\u202fh", "Mo-Fr 09:30-17:00"),
        ("lundi, mercredi et vendredi 9h-12h et 13h-17h", "Mo,We,Fr 09:00-12:00,13:00-17:00"),
        ("tous les jours de 9h à minuit", "Mo-Su 09:00-24:00"), ("week-end 10h-18h", "Sa-Su 10:00-18:00"),
        ("jours fériés fermé", "PH off"), ("ma, wo, vr 14-16u", "Mo,We,Fr 14:00-16:00"),
        ("ma. t/m do. 9.00 - 21.00 uur, vr. 9.00 - 17.00 uur", "Mo-Th 09:00-21:00; Fr 09:00-17:00"),
        ("elke dag van 14u tot 22u", "Mo-Su 14:00-22:00"), ("24 dec 9u-12u", "Dec 24 09:00-12:00"),
        ("24-26 december gesloten", "Dec 24-26 off"), ("zo gesloten", "Su off"),
        ("Monday to Friday: 9.30am - 5pm, Saturday 10am to noon", "Mo-Fr 09:30-17:00; Sa 10:00-12:00"),
        ("9 a.m. to 5 p.m. Mon-Fri", "Mo-Fr 09:00-17:00"), ("every day 8pm to 4am", "Mo-Su 20:00-04:00"),
        ("weekdays 9-5pm", "Mo-Fr 09:00-17:00"), ("weekdays 1-5pm", "Mo-Fr 13:00-17:00"),
        ("Mon 12am-6am", "Mo 00:00-06:00"), ("Sat 12pm - 12am", "Sa 12:00-24:00"),
        ("bank holidays closed", "PH off"), ("Mo-Fr 9-18h", "Mo-Fr 09:00-18:00"),
        # of two readings none is guessed; nor what is not understood
        ("ma-di 9h-17h", "ma-di 9h-17h"), ("ma-di 9u-17u", "Mo-Tu 09:00-17:00"), ("di 9h-17h", "di 9h-17h"), ("9 to 5", "9 to 5"),
        ("Mo-Fr 9am-5", "Mo-Fr 9am-5"), ("Mo-Fr 9-17", "Mo-Fr 9-17"), ("op afspraak", "op afspraak"),
        ("Mo-Fr 09:00-17:00 sauf mardi", "Mo-Fr 09:00-17:00 sauf mardi"), ("", ""), (ALWAYS, ALWAYS),
        ("lundi 9h-17h sauf en juillet", "lundi 9h-17h sauf en juillet"),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(words: str, line: str) -> None:
    assert normal(words) == line


@pytest.mark.parametrize(
    "words",
    [
        # a number behind a time that is a day, or may be
        "lun-ven 9h-17h le 25 décembre fermé", "ma-vr 9u-17u 25 dec gesloten", "lun-ven 9h-17h 14 juillet fermé",
        "za 10u-12u 31 dec 10u-11u", "lun-ven 9h-17h 24 et 25 décembre fermé", "lun-ven 9h-17h 24-26 déc fermé",
        "lun-ven 9h-17h 24, 25 déc fermé", "lun-ven 9 h-16 h 30 décembre fermé", "ma 9u-12 dec 10u-11u",
        # a number of which nobody knows what it is, or whose
        "dec 10-12u", "may 1-5pm", "ma-vr 9u-17u; jul 15 aug gesloten", "ma-vr 1.12-5.12 9u-10u",
        # a half of the day that is said once, or with 12
        "Mon-Fri 4pm-5:30", "Mon-Fri 4.30pm-6.00", "Mon-Fri noon-5", "Mon-Fri 9-12am", "Mon 11-12am",
        "Mon 9am-12am", "Mon 12am-12pm", "Mon 12am-5pm", "Mon 12-3am", "Mon 4-12pm", "Mon 10-2am", "Mon 02:00-05:00pm",
        "Mon 0-5pm", "Mon 15am-5pm", "Mon 9am-15am", "Mon 9h-5pm", "Mon midnight-6am",
        "lundi 7h-9 h 16 h 15 - 20h 15", "lundi 9 h-17 h 12 mar 11h-12h",
        # times of which nobody knows whose they are
        "Mon-Thu 9am-12pm 1pm-5pm Sat and Sun, Fri closed", "8.30-11h 30 ma",
        "ma-vr 9u-12u, 13u-17u za, zo gesloten", "ma-vr 9u-17u. 10u-12u 15 aug. zo gesloten", "25 dec zo 10u-12u",
        # words that are others in another language
        "lun-ven 9h-17h, WE fermé", "ma-vr 9u-17u, we 10u-14u", "lun-ven 9h-17h; We 10h-12h", "WE 10:00-14:00",
        "Mo-Fr 9h-17h, WE 10h-12h", "mar 9u-17u", "mar 9h-17h", "Mon-Fri 9am-5pm, we closed",
        "Mo-Fr 9am-5pm ET", "9am-5pm ET Mo-Fr", "Mo-Fr 9am-5pm ET Sa 10am-2pm", "09:00-17:00 ET Mo-Fr",
        "Mo-Fr 09:00-17:00 ET, Sa 10:00-12:00",
        # days of which one is said to be all, or twice
        "altijd open ma-vr 9u-17u", "24/7, lun-ven 9h-17h", "dagelijks ma-vr 9u-17u", "7j/7, lun-ven 9h-17h",
        # marks that join nothing, or what nobody can tell
        "ma-vr 9u-17u en", "ma-vr 9u-17u -", "ma-vr 9u-17u +", "jusqu'à lundi 9h-17h", "et lundi 9h-17h",
        "lun / ven 9h-17h", "ma en 9u-17u", "24 dec en zo 10u-12u", "24 dec, zo 10u-12u", "ma-vr 9u-17u: za 10u-12u",
        # another half may be meant; no time at all
        "ma van 2 tot 7 uur", "lundi 2h-6h30", "ma 30u-17u", "lundi 9 heures 30 à 17 heures",
    ],
)  # fmt: skip
def test_what_may_be_misread_is_not_understood(words: str) -> None:
    assert normal(words) == words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("lun-ven 9h-17h, le 25 décembre fermé", "Mo-Fr 09:00-17:00; Dec 25 off"),
        ("lun-ven 9h-17h 5 décembre fermé", "Mo-Fr 09:00-17:00; Dec 5 off"),
        ("ma-vr 9u00-17u00 25 dec gesloten", "Mo-Fr 09:00-17:00; Dec 25 off"),
        ("24 dec 10-12u", "Dec 24 10:00-12:00"), ("24 dec 2 jan gesloten", "Dec 24,Jan 2 off"),
        ("Mo, We, Fr 9h-12h", "Mo,We,Fr 09:00-12:00"), ("We-Fr 9u-12u", "We-Fr 09:00-12:00"), ("mar, jeu 9h-12h", "Tu,Th 09:00-12:00"),
        ("2-4 mei ma-vr 9u-12u", "May 2-4 Mo-Fr 09:00-12:00"),
        ("ma-vr 9u-12u, 13u-17u, za en zo gesloten", "Mo-Fr 09:00-12:00,13:00-17:00; Sa,Su off"),
        ("jul-aug: ma-vr 9u-12u", "Jul-Aug Mo-Fr 09:00-12:00"), ("9-12u/13-17u ma-vr", "Mo-Fr 09:00-12:00,13:00-17:00"),
        ("9am-5pm, Mon-Fri", "Mo-Fr 09:00-17:00"), ("lundi 9h-12h et mardi 9h-17h", "Mo 09:00-12:00; Tu 09:00-17:00"),
        ("Mon 7:00-7:45pm", "Mo 19:00-19:45"), ("Tue 6-6:30pm", "Tu 18:00-18:30"),
        ("Mon 7:45-7:00pm", "Mo 07:45-19:00"), ("Mon 09:00-5pm", "Mo 09:00-17:00"), ("Mon 12-1pm", "Mo 12:00-13:00"),
        ("Mon 13:00-5pm", "Mo 13:00-17:00"), ("Mon 9am-17:00", "Mo 09:00-17:00"), ("Mon 9am-midnight", "Mo 09:00-24:00"),
        ("Mon 9-noon", "Mo 09:00-12:00"), ("Mon noon-5pm", "Mo 12:00-17:00"), ("Mon 10-11am", "Mo 10:00-11:00"),
        ("Mon 10pm-12:30am", "Mo 22:00-00:30"), ("ma 2u-17u", "Mo 02:00-17:00"), ("ma 23u-5u", "Mo 23:00-05:00"), ("ma 0u-0u", "Mo 00:00-00:00"),
        ("lundi de 9 h 30 à 12 h 30 et de 13 h 30 à 17 h 30; mardi 9h-12h",
         "Mo 09:30-12:30,13:30-17:30; Tu 09:00-12:00"),
    ],
)  # fmt: skip
def test_what_is_clear_beside_it_is_understood(words: str, line: str) -> None:
    assert normal(words) == line


TYPED = [
    "ma", "di", "vr", "lun", "ven", "Mon", "Mo-Fr", "Sa", "PH", "feestdagen", "dagelijks", "tous les jours",
    "9u-17u", "9h-17h", "9am-5pm", "09.00-17.00", "09:00-17:00", "22:00-02:00", "24u/24", "gesloten",
    "fermé", "off", "unknown", "24 dec", "Dec 24", "Jul-Aug", "-", ",", ";", " ", " ", " ", " ", "tot", "en",
]  # fmt: skip


@given(st.lists(st.sampled_from(TYPED), max_size=8).map("".join))
def test_whatever_is_understood_is_a_line_and_a_line_is_left_alone(typed: str) -> None:
    line = normal(typed)
    assert normal(line) == line
    with override("en"):
        wrong = fault(typed, "BE")
        assert line == typed or "not understood" not in str(fault(line, "BE"))
    if wrong is None:
        assert line == typed

"""The words with which people write hours, per language, and what the format calls them.

"-" stands for a word between two ends, "&" for one between two things, "" for one that says nothing.
"""

from typing import Final

from guidance.hours.terms import MONTHS, WEEKDAYS

_WHOLE_DAY: Final = "00:00-24:00"

# Words of the format that are others in French or Dutch: the weekend, and Tuesday.
_OTHERWISE: Final = {"We", "Mar"}

# What every language here writes alike; the format's own words are understood in small letters too.
_SHARED: Final = {
    **{word.lower(): word for word in {*WEEKDAYS, *MONTHS, "PH"} - _OTHERWISE},
    **dict.fromkeys(("off", "closed"), "off"),
    "wed": "We", "unknown": "unknown", "&": "&", "+": "&", "7/7": "Mo-Su", "24/24": _WHOLE_DAY,
    "24h/24": _WHOLE_DAY, "24/7": f"Mo-Su {_WHOLE_DAY}",
}  # fmt: skip


def _table(days: str, months: str, others: dict[str, str]) -> dict[str, str]:
    """Give a table of words: days and months stand in order, spellings of one with "/" between."""
    named = {
        spelling: name
        for names, written in ((WEEKDAYS, days), (MONTHS, months))
        for name, spellings in zip(names, written.split(), strict=True)
        for spelling in spellings.split("/")
    }
    return {**_SHARED, **named, **others}


WORDS: Final[dict[str, dict[str, str]]] = {
    "nl": _table(
        "ma/maandag/maandags/maa di/dinsdag/dinsdags/din wo/woensdag/woensdags/woe "
        "do/donderdag/donderdags/don vr/vrijdag/vrijdags/vrij za/zaterdag/zaterdags/zat "
        "zo/zondag/zondags/zon",
        "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug "
        "september/sept/sep oktober/okt november/nov december/dec",
        {
            "tot en met": "-", "t/m": "-", "tem": "-", "t.e.m": "-", "tot": "-", "en": "&",
            "van": "", "op": "", "om": "", "elke": "", "iedere": "", "alle": "", "open": "",
            "uur op 24": "u/24", "dagelijks": "Mo-Su", "elke dag": "Mo-Su", "iedere dag": "Mo-Su",
            "alle dagen": "Mo-Su", "7d/7": "Mo-Su", "7 dagen op 7": "Mo-Su",
            "7 dagen per week": "Mo-Su", "werkdagen": "Mo-Fr", "weekdagen": "Mo-Fr",
            "weekend": "Sa-Su", "het weekend": "Sa-Su", "in het weekend": "Sa-Su",
            "feestdag": "PH", "feestdagen": "PH", "gesloten": "off", "dicht": "off",
            "onbekend": "unknown", "niet bekend": "unknown", "24u/24": _WHOLE_DAY,
            "24u op 24": _WHOLE_DAY, "24 uur per dag": _WHOLE_DAY, "24 uur op 24": _WHOLE_DAY,
            "dag en nacht": _WHOLE_DAY, "altijd": f"Mo-Su {_WHOLE_DAY}", "middernacht": "24:00",
        },
    ),
    "fr": _table(
        "lu/lun/lundi/lundis ma/mar/mardi/mardis me/mer/mercredi/mercredis je/jeu/jeudi/jeudis "
        "ve/ven/vendredi/vendredis sa/sam/samedi/samedis di/dim/dimanche/dimanches",
        "janvier/janv/jan février/févr/fév/fevrier/fev mars avril/avr mai juin juillet/juil "
        "août/aout septembre/sept/sep octobre/oct novembre/nov décembre/déc/decembre",
        {
            "au": "-", "à": "-", "a": "-", "jusqu'à": "-", "jusqu'au": "-", "jusque": "-",
            "et": "&", "de": "", "du": "", "le": "", "les": "", "ouvert": "", "tous les": "",
            "tous les jours": "Mo-Su", "chaque jour": "Mo-Su", "7j/7": "Mo-Su",
            "7 jours sur 7": "Mo-Su", "en semaine": "Mo-Fr", "jours ouvrés": "Mo-Fr",
            "week-end": "Sa-Su", "weekend": "Sa-Su", "le week-end": "Sa-Su",
            "jour férié": "PH", "jours fériés": "PH", "férié": "PH", "fériés": "PH",
            "fermé": "off", "ferme": "off", "fermée": "off", "inconnu": "unknown",
            "24 h/24": _WHOLE_DAY, "24 heures sur 24": _WHOLE_DAY, "24h sur 24": _WHOLE_DAY,
            "jour et nuit": _WHOLE_DAY, "toujours": f"Mo-Su {_WHOLE_DAY}", "midi": "12:00",
            "minuit": "24:00",
        },
    ),
    "en": _table(
        "mon/monday/mondays tue/tues/tuesday/tuesdays wed/weds/wednesday/wednesdays "
        "thu/thur/thurs/thursday/thursdays fri/friday/fridays sat/saturday/saturdays "
        "sun/sunday/sundays",
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug "
        "september/sept/sep october/oct november/nov december/dec",
        {
            "to": "-", "till": "-", "til": "-", "until": "-", "through": "-", "thru": "-",
            "and": "&", "from": "", "on": "", "at": "", "open": "", "daily": "Mo-Su",
            "every day": "Mo-Su", "each day": "Mo-Su", "7 days a week": "Mo-Su",
            "seven days a week": "Mo-Su", "weekday": "Mo-Fr", "weekdays": "Mo-Fr",
            "working days": "Mo-Fr", "weekend": "Sa-Su", "weekends": "Sa-Su",
            "holidays": "PH", "public holidays": "PH", "bank holidays": "PH",
            "not known": "unknown", "24 hours": _WHOLE_DAY, "24 hours a day": _WHOLE_DAY,
            "day and night": _WHOLE_DAY, "round the clock": f"Mo-Su {_WHOLE_DAY}",
            "always": f"Mo-Su {_WHOLE_DAY}", "noon": "12pm", "midday": "12pm",
            "midnight": "24:00",
        },
    ),
}  # fmt: skip

"""The names of holidays in the editors' languages.

The library names a country's holidays in the country's languages and in English. For another language
a country that speaks it is asked for the same holiday; the rest stands here.
"""

from datetime import date
from functools import cache
from typing import Final

from guidance.hours.clocks import ENGLISH, PARTS, holiday, holidays_of, in_library, languages_of

# A language of ours, and what the library calls it, best first.
_WRITTEN: Final = {"nl": ("nl",), "fr": ("fr",), "en": ("en_GB", "en_IE", "en_BQ", ENGLISH)}
_SPEAKING: Final = ("BE", "NL", "LU", "FR", "CH")  # Dutch or French, the nearest first
_SUBSTITUTE: Final = " (observed)"
_SUBSTITUTES: Final = {"nl": "vervangende dag", "fr": "jour de remplacement"}

# English, Dutch, French: holidays of countries that speak neither Dutch nor French, or one of them.
_OTHERS: Final = (
    ("King's Day", "Koningsdag", "Fête du Roi"),
    ("Second Day of Christmas", "Tweede kerstdag", "Deuxième jour de Noël"),
    ("Liberation Day", "Bevrijdingsdag", "Fête de la Libération"),
    ("Victory Day", "Dag van de overwinning van 1945", "Fête de la Victoire"),
    ("Saint Stephen's Day", "Tweede kerstdag", "Saint-Étienne"),
    ("Europe Day", "Dag van Europa", "Journée de l’Europe"),
    ("Epiphany", "Driekoningen", "Épiphanie"),
    ("Corpus Christi", "Sacramentsdag", "Fête-Dieu"),
    ("Immaculate Conception", "Onbevlekte Ontvangenis", "Immaculée Conception"),
    ("Assumption Of Mary Day", "O. L. V. Hemelvaart", "Assomption"),
    ("May Day", "Eerste bankvakantie van mei", "Jour férié de début mai"),
    ("Spring Bank Holiday", "Bankvakantie van de lente", "Jour férié de printemps"),
    ("Summer Bank Holiday", "Bankvakantie van de zomer", "Jour férié d’été"),
    ("Late Summer Bank Holiday", "Bankvakantie van eind augustus", "Jour férié de fin août"),
    ("May Bank Holiday", "Bankvakantie van mei", "Jour férié de mai"),
    ("June Bank Holiday", "Bankvakantie van juni", "Jour férié de juin"),
    ("August Bank Holiday", "Bankvakantie van augustus", "Jour férié d’août"),
    ("October Bank Holiday", "Bankvakantie van oktober", "Jour férié d’octobre"),
    ("Boxing Day", "Tweede kerstdag", "Lendemain de Noël"),
    ("New Year Holiday", "Dag na Nieuwjaar", "Lendemain du Nouvel An"),
    ("Saint Andrew's Day", "Sint-Andreas", "Saint-André"),
    ("Saint Patrick's Day", "Sint-Patrick", "Saint-Patrick"),
    ("Saint Brigid's Day", "Sint-Brigida", "Sainte-Brigitte"),
    ("Battle of the Boyne", "Slag aan de Boyne", "Bataille de la Boyne"),
    ("German Unity Day", "Dag van de Duitse eenheid", "Jour de l’Unité allemande"),
    ("Reformation Day", "Hervormingsdag", "Fête de la Réformation"),
    ("Women's Day", "Vrouwendag", "Journée des femmes"),
    ("Repentance and Prayer Day", "Boete- en biddag", "Jour de pénitence et de prière"),
    ("World Children's Day", "Wereldkinderdag", "Journée de l’enfance"),
    ("Republic Day", "Dag van de republiek", "Fête de la République"),
    ("National Unity Day", "Dag van de nationale eenheid", "Journée de l’unité nationale"),
    ("Saint Francis of Assisi, Patron Saint of Italy", "Sint-Franciscus", "Saint-François"),
    ("Saint Joseph's Day", "Sint-Jozef", "Saint-Joseph"),
    ("Saints Peter and Paul", "Petrus en Paulus", "Saint-Pierre et Saint-Paul"),
    ("Saint Berchtold's Day", "Sint-Berchtold", "Saint-Berchtold"),
    ("Independence Day", "Onafhankelijkheidsdag", "Fête de l’Indépendance"),
)


def holiday_name(country: str, day: date, language: str) -> str:
    """Give the name of a holiday in a language, else in English, or "" on an ordinary day.

    Several holidays of one day stand with "; " between them.
    """
    found = holiday(country, day)
    if found is None:
        return ""
    names = _names(country, day.year, language)
    if day in names and _SUBSTITUTE not in names[day]:
        return names[day]
    return "; ".join(_translated(name, language) for name in found.name.split("; "))


def _translated(name: str, language: str) -> str:
    plain = name.removesuffix(_SUBSTITUTE)
    said = _words(language).get(plain, plain)
    if plain == name:
        return said
    return f"{said} ({_SUBSTITUTES.get(language, 'substitute day')})"


@cache
def _names(country: str, year: int, language: str) -> dict[date, str]:
    """Give the names that the library has for a country in one of our languages."""
    known = languages_of(country)
    written = next((name for name in _WRITTEN.get(language, ()) if name in known), None)
    if written is None:
        return {}
    return {
        day: name
        for part in (*PARTS.get(country, ()), None)
        for day, name in in_library(country, year, written, part).items()
    }


@cache
def _words(language: str) -> dict[str, str]:
    """Give words of a language for the English names of holidays."""
    place = {"nl": 1, "fr": 2}.get(language)
    words = {row[0]: row[place] for row in _OTHERS} if place else {}
    for country in reversed(_SPEAKING):
        names = _names(country, 2026, language)  # any year: the words are the same
        found = holidays_of(country, 2026)
        words |= {found[day].name: name for day, name in names.items() if day in found}
    return words

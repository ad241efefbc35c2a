"""Say times and days as the active language writes them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from guidance.hours.terms import DAY


def say_time(minutes: int) -> str:
    """Say minutes after midnight: "16:30", in French "16 h 30" and "minuit"; 24:00 stays 24:00."""
    hour, minute = divmod(minutes if minutes == DAY else minutes % DAY, 60)
    if not _is_french():
        return f"{hour:02}:{minute:02}"
    if hour in (0, 24) and not minute:
        return "minuit"
    # narrow no-break spaces, so that no line ends inside a time
    return f"{hour}\u202fh\u202f{minute:02}" if minute else f"{hour}\u202fh"


def say_day(day: date) -> str:
    """Say a day with its weekday and without its year: "Monday 8 June", "lundi 1er juin"."""
    said = date_format(day, "l j F")
    return said.replace(" 1 ", " 1er ") if _is_french() else said


def _is_french() -> bool:
    return (get_language() or "").startswith("fr")

"""Say times and days as the active language writes them."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language

from guidance.hours.terms import DAY


def say_time(minutes: int) -> str:
    """Say minutes after midnight: "16:30", in French "16 h 30"; 24:00 stays 24:00, or is "minuit".

    The 00:00 with which a day begins is "0 h": "lundi à minuit" is taken for the end of Monday.
    """
    hour, minute = divmod(minutes if minutes == DAY else minutes % DAY, 60)
    if not _is_french():
        return f"{hour:02}:{minute:02}"
    if minutes == DAY:
        return "minuit"
    # narrow no-break spaces, so that no line ends inside a time
    return f"{hour}\u202fh\u202f{minute:02}" if minute else f"{hour}\u202fh"


def say_end(end: datetime) -> str:
    """Say the time at which something ends: in French 00:00 is "minuit", of the day before."""
    return say_time(DAY if _is_french_midnight(end) else end.hour * 60 + end.minute)


def say_end_on_day(end: datetime) -> str:
    """Say it behind the name of its day: "dimanche à minuit"."""
    said = say_end(end)
    return f"à {said}" if _is_french_midnight(end) else said


def day_of_end(end: datetime) -> date:
    """Give the day with which an end is said: in French that which ends at 00:00."""
    return end.date() - timedelta(days=1) if _is_french_midnight(end) else end.date()


def say_day(day: date) -> str:
    """Say a day with its weekday and without its year: "Monday 8 June", "lundi 1er juin"."""
    said = date_format(day, "l j F")
    return said.replace(" 1 ", " 1er ") if _is_french() else said


def _is_french_midnight(moment: datetime) -> bool:
    return _is_french() and moment.hour == moment.minute == 0


def _is_french() -> bool:
    return (get_language() or "").startswith("fr")

"""Moments in words, on the clock of their own time zone."""

from datetime import date, datetime

from django import template

from guidance.hours.saying import say_day, say_time

register = template.Library()


@register.filter(expects_localtime=False)
def clock(moment: datetime) -> str:
    """Say the time of a moment: "16:30", in French "16 h 30"."""
    return say_time(moment.hour * 60 + moment.minute)


@register.filter(expects_localtime=False)
def day(moment: date) -> str:
    """Say the day of a moment, without the year: "Monday 8 June"."""
    return say_day(moment)

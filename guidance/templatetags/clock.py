"""Moments in words, on the clock of their own time zone."""

from datetime import date, datetime

from django import template

from guidance.hours.saying import day_of_end, say_day, say_end, say_end_on_day, say_time

register = template.Library()


@register.filter(expects_localtime=False)
def clock(moment: datetime) -> str:
    """Say the time of a moment: "16:30", in French "16 h 30"."""
    return say_time(moment.hour * 60 + moment.minute)


@register.filter(expects_localtime=False)
def closing(moment: datetime) -> str:
    """Say the time of a moment until which something is open: in French 00:00 is "minuit"."""
    return say_end(moment)


@register.filter(expects_localtime=False)
def closing_on_day(moment: datetime) -> str:
    """Say it behind its day: in French "à minuit"."""
    return say_end_on_day(moment)


@register.filter(expects_localtime=False)
def closing_day(moment: datetime) -> date:
    """Give the day of such a moment: in French the one that ends with it."""
    return day_of_end(moment)


@register.filter(expects_localtime=False)
def day(moment: date) -> str:
    """Say the day of a moment, without the year: "Monday 8 June"."""
    return say_day(moment)

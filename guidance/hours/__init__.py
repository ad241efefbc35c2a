"""Opening hours: what holds at this minute. Pure functions.

Hours are OpenStreetMap `opening_hours` lines in the local time of the service's country, with that
country's public holidays. `PH unknown` says that nobody told us about holidays. What is accepted and
what it means: docs/decisions/0040-opening-hours.md.
"""

from guidance.hours.clocks import Clock
from guidance.hours.judging import ALWAYS, doubt, fault
from guidance.hours.natural import normal
from guidance.hours.readback import Day, fortnight
from guidance.hours.reckoning import State, first_gap, state_at

__all__ = [
    "ALWAYS",
    "Clock",
    "Day",
    "State",
    "doubt",
    "fault",
    "first_gap",
    "fortnight",
    "normal",
    "state_at",
]

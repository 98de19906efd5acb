"""Instants in words for people: by the clock on the wall where the partnership works."""

from datetime import date, datetime, time, timedelta

from heed.casework.policy import policy


def local_words(at: datetime) -> str:
    """`1 June 2026, 10:30`; a midnight is the end of the day before, as people say it: `the end of 31 May 2026`."""
    wall = at.astimezone(policy().ladder.calendar.zone)
    if wall.time() == time():
        return f"the end of {_named(wall.date() - timedelta(days=1))}"
    return f"{_named(wall.date())}, {wall:%H:%M}"


def local_day(at: datetime) -> str:
    """`1 June 2026`: the day it was there."""
    return _named(at.astimezone(policy().ladder.calendar.zone).date())


def _named(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

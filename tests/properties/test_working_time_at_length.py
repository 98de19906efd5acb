"""Working time against a dull second implementation, a hundred thousand times, with bank holidays and clock changes.

The second writes down every minute of forty years, says of each whether somebody works in it, and counts. It knows of
no working day and no clock change: the wall clock of each hour is asked of the zone, hour by hour.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from heed.casework.policy.ladder import read_holidays
from heed.core.duty.remaining import worked_between
from heed.core.duty.worktime import Calendar, Span, Unit, after
from tests.figures import figure

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = datetime(2004, 1, 1, tzinfo=UTC), datetime(2032, 1, 1, tzinfo=UTC)
CASES = 100_000
CALENDARS = [
    Calendar(LONDON, frozenset(range(5)), time(9), time(17), read_holidays()),
    Calendar(LONDON, frozenset(range(7)), time(0), time(0), read_holidays()),
    Calendar(LONDON, frozenset({0, 2, 6}), time(8, 30), time(12, 15), read_holidays()),
    Calendar(LONDON, frozenset({5, 6}), time(0), time(6), read_holidays()),
]
CHANGES = [
    datetime(2026, 3, 28), datetime(2026, 10, 24), datetime(2025, 3, 29), datetime(2024, 10, 26),
    datetime(2021, 12, 24), datetime(2022, 9, 16), datetime(2022, 6, 1), datetime(2020, 5, 7),
]  # fmt: skip
"""The eve of nights on which clocks change, and of holidays by rule, by proclamation and moved."""


class Minutes:
    """Every minute from FIRST to LAST, and how many before it were worked."""

    def __init__(self, calendar: Calendar) -> None:
        hours = int((LAST - FIRST) / timedelta(hours=1))
        starts = [FIRST + timedelta(hours=n) for n in range(hours)]
        offsets = np.array([int(at.astimezone(LONDON).utcoffset() / timedelta(minutes=1)) for at in starts])
        wall = np.arange(hours * 60) + np.repeat(offsets, 60)
        days, minute = wall // 1440, wall % 1440
        works = np.array(
            [self._works(FIRST.date() + timedelta(days=int(n)), calendar) for n in range(days[-1] + 1)]
        )
        opens, closes = (at.hour * 60 + at.minute for at in (calendar.opens, calendar.closes))
        worked = works[days] & (minute >= opens) & (minute < (closes or 1440))
        self.before = np.concatenate([[0], np.cumsum(worked)])
        self.wall, self.latest = wall, np.maximum.accumulate(wall)

    @staticmethod
    def _works(day: date, calendar: Calendar) -> bool:
        return day.weekday() in calendar.days and day not in calendar.holidays.of(day.year)

    def after(self, start: datetime, minutes: int) -> datetime:
        """The first instant by which so many minutes were worked."""
        place = int((start - FIRST) / timedelta(minutes=1))
        return FIRST + timedelta(minutes=int(np.searchsorted(self.before, self.before[place] + minutes)))

    def on_the_wall(self, start: datetime, days: int) -> datetime:
        """The first minute in which the wall shows the time of the start, or a later one, so many days on."""
        place = int((start - FIRST) / timedelta(minutes=1))
        shown = self.wall[place] + days * 1440
        return FIRST + timedelta(minutes=int(np.searchsorted(self.latest, shown)))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much was worked from one instant to another."""
        first, last = (int((at - FIRST) / timedelta(minutes=1)) for at in (start, end))
        return timedelta(minutes=int(self.before[last] - self.before[first]))


@pytest.mark.drill
def test_a_hundred_thousand_cases_agree():
    chance, minutes = Random(6), [Minutes(calendar) for calendar in CALENDARS]
    near = 0
    for case in range(CASES):
        which = chance.randrange(len(CALENDARS))
        calendar, dull = CALENDARS[which], minutes[which]
        if case % 4 == 0:
            start = chance.choice(CHANGES).replace(tzinfo=UTC) + timedelta(minutes=chance.randrange(4 * 1440))
            near += 1
        else:
            start = FIRST + timedelta(minutes=chance.randrange(27 * 365 * 1440))
        span = Span(chance.randint(1, 10), chance.choice(list(Unit)))
        until = after(start, span, calendar)
        if span.unit == Unit.CLOCK_HOURS:
            assert (until - start) == timedelta(hours=span.amount)
        elif span.unit == Unit.CALENDAR_DAYS:
            assert until == dull.on_the_wall(start, span.amount), (start, span)
        else:
            day = calendar.day_length // timedelta(minutes=1)
            wanted = span.amount * (day if span.unit == Unit.WORKING_DAYS else 60)
            assert until == dull.after(start, wanted), (start, span, which)
            if case % 10 == 1:
                assert worked_between(start, until, calendar) == dull.between(start, until)
    figure(
        "Working time, against a second implementation that counts minutes",
        f"{CASES:,} cases agree, {near:,} of them beside a clock change or a bank holiday",
        "100,000 agree",
    )

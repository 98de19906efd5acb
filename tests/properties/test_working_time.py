"""Working time against a dull second implementation that walks minute by minute and looks at a wall clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from heed.casework.policy.ladder import read_holidays
from heed.core.duty.worktime import Calendar, Span, Unit, after

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)

CALENDARS = st.sampled_from([
    Calendar(LONDON, frozenset(range(5)), time(9), time(17), read_holidays()),
    Calendar(LONDON, frozenset(range(7)), time(0), time(0), read_holidays()),
    Calendar(LONDON, frozenset({0, 2, 6}), time(8, 30), time(12, 15), read_holidays()),
    Calendar(LONDON, frozenset({5, 6}), time(0), time(6), read_holidays()),
])  # fmt: skip
STARTS = st.one_of(
    st.datetimes(datetime(1996, 1, 1), datetime(2028, 6, 1)),
    # around the nights on which the clocks change, and Christmas
    st.builds(
        lambda day, minutes: day + timedelta(minutes=minutes),
        st.sampled_from(
            [datetime(2026, 3, 28), datetime(2026, 10, 24), datetime(2021, 12, 24), datetime(2022, 9, 16)]
        ),
        st.integers(0, 3 * 24 * 60),
    ),
).map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC))
SPANS = st.builds(Span, st.integers(1, 3), st.sampled_from(Unit))


def is_worked(minute: datetime, calendar: Calendar) -> bool:
    """Whether the minute that begins here is one in which somebody is at work."""
    wall = minute.astimezone(calendar.zone)
    within = calendar.opens <= wall.time() and (wall.time() < calendar.closes or calendar.closes == time(0))
    return within and wall.weekday() in calendar.days and wall.date() not in calendar.holidays.of(wall.year)


def dull(start: datetime, span: Span, calendar: Calendar) -> datetime:
    """Count minutes until as many have passed as the span holds, or until the wall shows the day and the time."""
    if span.unit == Unit.CALENDAR_DAYS:
        return on_the_wall(start, span.amount, calendar)
    hours = calendar.day_length // timedelta(hours=1) if span.unit == Unit.WORKING_DAYS else 1
    spare = calendar.day_length % timedelta(hours=1) if span.unit == Unit.WORKING_DAYS else timedelta(0)
    left = span.amount * (hours * 60 + spare // MINUTE)
    at = start
    while left:
        left -= span.unit == Unit.CLOCK_HOURS or is_worked(at, calendar)
        at += MINUTE
    return at


def on_the_wall(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The first minute in which the wall shows the day so many days later, and the time of the start or a later one."""
    began = start.astimezone(calendar.zone)
    at = start
    while True:
        wall = at.astimezone(calendar.zone)
        if (wall.date() - began.date()).days == days and wall.time() >= began.time():
            return at
        at += MINUTE


@settings(max_examples=60, deadline=None)
@given(STARTS, SPANS, CALENDARS)
def test_both_say_the_same(start, span, calendar):
    assert after(start, span, calendar) == dull(start, span, calendar)


@settings(max_examples=200, deadline=None)
@given(STARTS, SPANS, CALENDARS, st.integers(0, 5000))
def test_who_starts_later_is_never_due_earlier(start, span, calendar, minutes):
    assert after(start, span, calendar) <= after(start + minutes * MINUTE, span, calendar)

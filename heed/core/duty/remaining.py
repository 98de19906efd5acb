"""How much working time lies between two instants: what is left before a deadline, or how late an answer is."""

from datetime import UTC, datetime, timedelta

from heed.core.duty.worktime import Calendar, open_time


def worked_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The working time from `start` to `end`: zero when `end` is not later, or when nobody works in between.

    Opening and closing are taken in the calendar's zone and compared in UTC, as `worktime.after` does.
    """
    start, end, total = start.astimezone(UTC), end.astimezone(UTC), timedelta(0)
    day = start.astimezone(calendar.zone).date()
    while day <= end.astimezone(calendar.zone).date():
        if calendar.works_on(day):
            opens, closes = open_time(day, calendar)
            total += max(timedelta(0), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return total

"""Deadlines as people say them: 'due by 4pm on Tuesday 24 November, 2 working hours left'."""

from datetime import datetime, timedelta

from heed.core.duty.remaining import worked_between
from heed.core.duty.worktime import Calendar
from heed.web.presenters.wording import LONDON, figure, lasting

LONG = timedelta(days=60)
"""Beyond this, working days are not counted one by one: calendar time says enough."""


def clock(at: datetime) -> str:
    """'4pm', '4.30pm', 'midday', 'midnight', in London's time."""
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f".{local.minute:02d}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime, now: datetime) -> str:
    """'4pm on Tuesday 24 November'; with the year when it is not this one."""
    local, today = at.astimezone(LONDON), now.astimezone(LONDON)
    year = "" if local.year == today.year else f" {local.year}"
    return f"{clock(at)} on {local:%A} {local.day} {local:%B}{year}"


def due(due_at: datetime | None, now: datetime, calendar: Calendar) -> str:
    """By when an answer is owed, and how much working time is left or how late it is."""
    if due_at is None:
        return "nothing is owed now"
    if now < due_at:
        return f"due by {moment(due_at, now)}, {span(now, due_at, calendar)} left"
    return f"was due by {moment(due_at, now)}, {span(due_at, now, calendar)} late"


def span(start: datetime, end: datetime, calendar: Calendar) -> str:
    """'2 working hours', '3 working days'; clock time where nobody works in between, or where it is very long."""
    if end - start > LONG:
        return lasting(end - start)
    worked = worked_between(start, end, calendar)
    if worked == timedelta(0):
        return lasting(end - start)
    if worked < timedelta(hours=1):
        return "less than a working hour"
    if worked < calendar.day_length:
        return figure(worked // timedelta(hours=1), "working hour")
    return figure(worked // calendar.day_length, "working day")

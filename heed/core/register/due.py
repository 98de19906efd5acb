"""When something watched is due, and when it has gone quiet. Days in, days and instants out.

Source of the rules: a child said to be "monitored" has a person, a frequency, a next date and a stop rule, and one not
seen by then raises itself; an order is looked at fourteen days before it ends (Heed's defaults P9 and P11, after the
reviews of Oxfordshire 2015 and of Rotherham 2014). A day is over when it is over on the wall of the partnership.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from heed.core.duty.moves import Level


@dataclass(frozen=True, slots=True)
class Terms:
    """How closely a child is watched: how much harm is feared, and at the latest every how many days she is seen."""

    level: Level
    every_days: int


def end_of(day: date, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which a day is over in a zone: the first after it."""
    return datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)


def next_visit(begun: date, seen: Iterable[date], every_days: int) -> date:
    """The last day on which she is to be seen again: so many days after she was last seen, or after the watch began.

    A visit that is written down late never brings the day forward or puts it off beyond what the last visit allows.
    Raises ValueError for fewer than one day.
    """
    if every_days < 1:
        raise ValueError("a watch is of at least one day")
    return max([begun, *seen]) + timedelta(days=every_days)


def is_silent(next_at: datetime | None, now: datetime) -> bool:
    """Whether something was due and has not happened. What has no next date is never silent."""
    return next_at is not None and next_at <= now


def days_silent(next_on: date, today: date) -> int:
    """For how many whole days nothing has happened that was due on a day; 0 while that day is not over."""
    return max(0, (today - next_on).days)


def is_lowering(before: Terms, after: Terms) -> bool:
    """Whether a change would watch her less: a lower level, or more days between visits. It takes two people."""
    return (before.level == Level.HIGH and after.level != Level.HIGH) or after.every_days > before.every_days


def look_on(expires_on: date, warn_days: int, today: date) -> date:
    """The day on which a measure is to be looked at: so many days before it ends, but not before today."""
    return max(today, expires_on - timedelta(days=warn_days))


def review_on(reviewed: date, every_days: int) -> date:
    """By which day somebody decides anew whether a person of concern or a place stays in the register (MoPI: review,
    do not merely keep). Raises ValueError for fewer than one day."""
    if every_days < 1:
        raise ValueError("a review comes after at least one day")
    return reviewed + timedelta(days=every_days)

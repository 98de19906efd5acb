"""Working time: when a span of working days, working hours or clock hours has run out.

A working day is as long as the calendar's opening hours, and is counted in minutes worked: one working day
from Monday 10:00 ends on Tuesday 10:00; from Saturday it ends when Monday closes. Clock hours run through
nights and holidays; calendar days end at the same time by the
clock on the wall. Sums are done in UTC, so that a clock change neither gives nor takes an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from heed.core.duty.holidays import Holidays


class Unit(StrEnum):
    """What a span is counted in."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    CLOCK_HOURS = "clock hours"
    CALENDAR_DAYS = "calendar days"


@dataclass(frozen=True, slots=True)
class Span:
    """How long somebody has. Written `2 working days`, `4 clock hours`."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.removesuffix('s') if self.amount == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody is at work: days of the week (Monday is 0), opening hours in a zone, holidays.

    `closes` at 00:00 means the end of the day.
    """

    zone: tzinfo
    days: frozenset[int]
    opens: time
    closes: time
    holidays: Holidays

    @property
    def day_length(self) -> timedelta:
        """How long a working day is."""
        closes = timedelta(hours=self.closes.hour, minutes=self.closes.minute) or timedelta(days=1)
        return closes - timedelta(hours=self.opens.hour, minutes=self.opens.minute)

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() in self.days and not self.holidays.falls_on(day)


def parse_span(words: str) -> Span:
    """Read `1 working day`. Raises ValueError with what was expected."""
    amount, _, unit = words.partition(" ")
    try:
        span = Span(int(amount), Unit(unit if unit.endswith("s") else unit + "s"))
    except ValueError:
        raise ValueError(f"a span such as {', '.join(f'2 {unit}' for unit in Unit)}") from None
    if span.amount < 1:
        raise ValueError("a span of at least 1")
    return span


def after(start: datetime, span: Span, calendar: Calendar) -> datetime:
    """The instant, in UTC, at which a span that began at `start` has run out."""
    match span.unit:
        case Unit.CLOCK_HOURS:
            return start.astimezone(UTC) + timedelta(hours=span.amount)
        case Unit.CALENDAR_DAYS:
            return _same_time(start, span.amount, calendar)
        case Unit.WORKING_HOURS:
            return _worked(start, timedelta(hours=span.amount), calendar)
        case Unit.WORKING_DAYS:
            return _worked(start, calendar.day_length * span.amount, calendar)


def _same_time(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time by the clock on the wall so many days later; where the clock leaps over it, when it has leapt."""
    wall = start.astimezone(calendar.zone).replace(tzinfo=None, fold=0)
    wanted = wall + timedelta(days=days)
    at = wanted.replace(tzinfo=calendar.zone, fold=0).astimezone(UTC)
    if at.astimezone(calendar.zone).replace(tzinfo=None) != wanted:
        at = wanted.replace(tzinfo=calendar.zone, fold=1).astimezone(UTC)
        while at.astimezone(calendar.zone).replace(tzinfo=None) < wanted:
            at += timedelta(minutes=1)
        at -= timedelta(seconds=at.second, microseconds=at.microsecond)
    return at


def _worked(start: datetime, length: timedelta, calendar: Calendar) -> datetime:
    for opens, closes in _open_times(start, calendar):
        begin = max(opens, start.astimezone(UTC))
        if begin + length <= closes:
            return begin + length
        length -= max(closes - begin, timedelta(0))
    raise AssertionError("a calendar has working days for ever")


def _open_times(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of every working day from the day of `start` on, in UTC."""
    day = start.astimezone(calendar.zone).date()
    while True:
        if calendar.works_on(day):
            yield open_time(day, calendar)
        day += timedelta(days=1)


def open_time(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """When a working day opens and closes, in UTC: on the night of a clock change an hour sooner or later."""
    shut = day if calendar.closes > calendar.opens else day + timedelta(days=1)
    return _at(day, calendar.opens, calendar.zone), _at(shut, calendar.closes, calendar.zone)


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)

"""When something happened, as certainly as it was told: an instant, a day, a month or a year.

A day is never turned into a false midnight: it stays the pair (earliest, latest) it really is.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

_SHAPES = (
    (re.compile(r"[0-9]{4}"), "year"),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), "month"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "day"),
)
EXPECTED = "a day (2009-03-14), a month (2009-03), a year (2009) or an instant with its offset"
EXPECTED_INSTANT = "an instant with its offset, such as 2009-03-14T22:10:00+00:00"
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
LONGEST_DAY = len("2009-03-14")
REMEMBERED = 8192
"""Dates kept as read: the same birthdays come again and again."""


class Precision(StrEnum):
    """How certain a date is."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class When:
    """A claimed time: the words as sent, and the span of instants they may mean."""

    text: str
    precision: Precision
    earliest: datetime
    latest: datetime

    @property
    def day(self) -> date:
        """The first day it may have been, in the offset it was told in."""
        return self.earliest.date()


@lru_cache(maxsize=REMEMBERED)
def parse_when(text: str) -> When:
    """Read a date or instant as certainly as it was written.

    Days, months and years are spans in UTC. Raises ValueError with a sentence for the sender.
    """
    for shape, name in _SHAPES if len(text) <= LONGEST_DAY else ():
        if shape.fullmatch(text):
            return _span(text, Precision(name))
    try:
        instant = parse_instant(text)
    except ValueError as trouble:
        raise ValueError(str(trouble).replace(EXPECTED_INSTANT, EXPECTED)) from None
    return When(text, Precision.INSTANT, instant, instant)


def parse_instant(text: str) -> datetime:
    """Read an instant with its offset, such as 2009-03-14T22:10:00+00:00. Raises ValueError."""
    if len(text) < 16 or text[10] not in "Tt ":
        raise ValueError(f"expected {EXPECTED_INSTANT}")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"expected {EXPECTED_INSTANT}") from None
    if instant.tzinfo is None:
        raise ValueError(
            "expected an offset, such as +00:00 or +01:00: without one a time could be two instants"
        )
    _check_year(instant.year)
    return instant


def in_utc(at: datetime) -> str:
    """An instant in UTC as text without its offset, such as `2009-03-14 22:10:00`: as a database writes it, and at half
    the cost of an object to hand to another process. The texts sort as the instants do."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ")[: -len("+00:00")]


def from_utc(text: str) -> datetime:
    """The inverse of `in_utc`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _span(text: str, precision: Precision) -> When:
    numbers = [int(part) for part in text.split("-")]
    _check_year(numbers[0])
    try:
        first = date(numbers[0], *[*numbers[1:], 1, 1][:2])
    except ValueError:
        raise ValueError(f"expected {EXPECTED}; there is no such date") from None
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    days = {
        Precision.DAY: 1,
        Precision.MONTH: calendar.monthrange(first.year, first.month)[1],
        Precision.YEAR: 366 if calendar.isleap(first.year) else 365,
    }[precision]
    return When(text, precision, start, start + timedelta(days=days, seconds=-1))


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"expected a year from {EARLIEST_YEAR} to {LATEST_YEAR}")

"""Days and hours of the county: school terms, seasons, the collection year, British clock time in records."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

BRITISH_SUMMER = timezone(timedelta(hours=1))
HOLIDAYS = (
    (1, 1, 1, 5),
    (2, 13, 2, 20),
    (4, 1, 4, 15),
    (5, 25, 6, 1),
    (7, 22, 9, 3),
    (10, 23, 10, 31),
    (12, 20, 12, 31),
)
"""School holidays as (month, day, month, day), the same every year: fictional terms near the English ones."""


def midnight(day: date) -> datetime:
    """The first instant of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def stamp(instant: datetime) -> str:
    """An instant as an agency's system writes it: to the minute, with the British offset of that date."""
    start, end = _summer(instant.year)
    zone = BRITISH_SUMMER if start <= instant < end else UTC
    return instant.astimezone(zone).isoformat(timespec="minutes").replace("+", ":00+")


def day(instant: datetime) -> str:
    """The same as a day only."""
    return stamp(instant)[:10]


def in_term(day: date) -> bool:
    """Whether schools are open: a weekday outside the holidays."""
    here = (day.month, day.day)
    return day.weekday() < 5 and not any((a, b) <= here <= (c, d) for a, b, c, d in HOLIDAYS)


def season(instant: datetime) -> float:
    """How busy a day is against the mean: warmer months and holidays are a little busier (0.75 to 1.25)."""
    by_month = (0.82, 0.85, 0.95, 1.0, 1.08, 1.15, 1.18, 1.12, 1.05, 1.0, 0.92, 0.88)
    weekend = 1.1 if instant.weekday() in (4, 5) else 0.96
    return min(1.25, by_month[instant.month - 1] * weekend)


def collection_year(until: date) -> tuple[date, date]:
    """The last whole year from 1 April to 31 March that had ended by a day."""
    year = until.year if (until.month, until.day) >= (3, 31) else until.year - 1
    return date(year - 1, 4, 1), date(year, 3, 31)


def years_before(day: date, years: int) -> date:
    """The same day some years earlier (29 February becomes the 28th)."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


@cache
def _summer(year: int) -> tuple[datetime, datetime]:
    """British summer time: from 01:00 UTC on the last Sunday of March to that of October."""
    return _last_sunday(year, 3), _last_sunday(year, 10)


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    return midnight(last - timedelta(days=(last.weekday() + 1) % 7)) + timedelta(hours=1)

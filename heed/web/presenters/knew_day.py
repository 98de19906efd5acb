"""The days a reader can turn to: every year, and the months of the open one. Links, so that no script is needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from heed.core.review.asof import Kept
from heed.web.presenters import wording


@dataclass(frozen=True, slots=True)
class Turn:
    """A day to turn to. `here`: it is the one that is open."""

    day: str
    words: str
    said: str
    here: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The last day of each year, and of each month of the year that is open."""

    years: tuple[Turn, ...]
    months: tuple[Turn, ...]


def days(records: Iterable[Kept], on: date, today: date) -> Days:
    """From the year in which the first of these was written, or the open one, up to today's."""
    first = min((each.recorded_at.year for each in records), default=on.year)
    years = [
        _turn(date(year, 12, 31), str(year), on.year == year, today)
        for year in range(min(first, on.year), today.year + 1)
    ]
    months = [
        _turn(_last(on.year, month), date(on.year, month, 1).strftime("%b"), on.month == month, today)
        for month in range(1, 13)
        if date(on.year, month, 1) <= today
    ]
    return Days(tuple(years), tuple(months))


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _turn(day: date, words: str, here: bool, today: date) -> Turn:
    day = min(day, today)
    return Turn(day.isoformat(), words, wording.day(day), here)

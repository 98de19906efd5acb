"""A child's missing episodes as years of days: one strip a year, a mark for every episode.

Plain geometry in SVG units, for a template. Shape tells what colour tells: missing is a full bar, absent a half bar,
an episode without a recorded return an open bar. The strips are as wide as the page lets them be, so that a whole
year is seen on a telephone too: nothing in them is text, which would be squeezed with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY, STRIP, STEP, TOP = 2.0, 16.0, 24.0, 22.0
MONTHS = ("J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D")


@dataclass(frozen=True, slots=True)
class Stay:
    """One episode to draw: its days, first and last included, and what a reader hovers to."""

    first: date
    last: date
    shape: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar. `shape` is missing, absent or open."""

    x: float
    y: float
    width: float
    height: float
    shape: str
    title: str


@dataclass(frozen=True, slots=True)
class Year:
    """A strip: its label, and how many episodes began in it."""

    label: str
    began: int
    y: float
    middle: float
    width: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """The whole picture, `width` by `height` units from `top` down. `ticks` is where each month begins."""

    width: float
    height: float
    top: float
    strip: float
    bottom: float
    months: tuple[str, ...]
    years: tuple[Year, ...]
    ticks: tuple[float, ...]
    marks: tuple[Mark, ...]


def draw(stays: Sequence[Stay]) -> Calendar | None:
    """The calendar from the first year with an episode to the last, every year between shown; None for nothing."""
    if not stays:
        return None
    first, last = min(stay.first.year for stay in stays), max(stay.last.year for stay in stays)
    years = tuple(_year(year, first, stays) for year in range(first, last + 1))
    bottom = TOP + STEP * (len(years) - 1) + STRIP
    marks = tuple(mark for stay in stays for mark in _marks(stay, first))
    ticks = tuple(_tick(month) for month in range(12))
    return Calendar(366 * DAY, bottom - TOP + 2, TOP, STRIP, bottom, MONTHS, years, ticks, marks)


def _year(year: int, first: int, stays: Sequence[Stay]) -> Year:
    y = TOP + STEP * (year - first)
    began = sum(stay.first.year == year for stay in stays)
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return Year(str(year), began, y, y + STRIP / 2 + 4.5, days * DAY)


def _tick(month: int) -> float:
    # Months stand where they do in a leap year, so that the lines run straight down; a mark is at most a day off.
    return DAY * (date(2000, month + 1, 1) - date(2000, 1, 1)).days


def _marks(stay: Stay, first: int) -> list[Mark]:
    """One bar for each year the episode touches, at least a day and a half wide so that one night can be seen."""
    marks = []
    for year in range(stay.first.year, stay.last.year + 1):
        start, end = max(stay.first, date(year, 1, 1)), min(stay.last, date(year, 12, 31))
        half = stay.shape == "absent"
        top = TOP + STEP * (year - first) + (STRIP / 2 if half else 0)
        width = max(1.5 * DAY, ((end - start) + timedelta(days=1)).days * DAY)
        marks.append(Mark(_column(start), top, width, STRIP / 2 if half else STRIP, stay.shape, stay.title))
    return marks


def _column(on: date) -> float:
    return DAY * (date(2000, on.month, on.day) - date(2000, 1, 1)).days

"""The one reader of dates as people and spreadsheets write them: what can be read two ways is not read at all.

Returns days as days and instants as instants; a day never becomes a midnight. Local times are of a named zone; the
hour that comes twice when clocks go back, or never when they go forward, leaves the day it belongs to.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from heed.core.records.when import EARLIEST_YEAR, LATEST_YEAR
from heed.formats.workbooks import Cell

type Order = Literal["day first", "month first", "year first"]

LONDON = ZoneInfo("Europe/London")
A_DATE = "a date such as 14/03/2009, 14 March 2009 or 2009-03-14"
ONE_WAY = "a day that can be read one way only; say in the mapping `order: day first` or `order: month first`"
FOUR_DIGITS = (
    "a year of four digits; or say in the mapping where two digits begin, such as `two_digit_years: 1930`"
)
A_SERIAL = "a date; if the number counts days as spreadsheets do, say in the mapping `serials: 1900`"
A_TIME = "a time such as 22:10 or 10.10 pm"
NO_SUCH_DAY = "a day of the calendar from 1900 to 2200"
CLOCK_CHANGE = "clock change: an hour that comes twice or never when clocks change is kept as its day"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?,?\s+)?"
)
_NUMBERS = re.compile(_WEEKDAY + r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])", re.I)
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_DAY_MONTH = re.compile(
    _WEEKDAY
    + r"([0-9]{1,2})(?:st|nd|rd|th)?[\s/-]+(?:of\s+)?([a-z]{3,9})\.?,?[\s/-]+([0-9]{4}|[0-9]{2})(?![0-9])",
    re.I,
)
_MONTH_DAY = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4}|[0-9]{2})(?![0-9])", re.I
)
_COMPACT = re.compile(r"[0-9]{8}")
_MONTH_ONLY = re.compile(r"([0-9]{4})-([0-9]{2})")
_MONTH_WORD = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{4})", re.I)
_YEAR_ONLY = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TIME = re.compile(
    r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:\.[0-9]+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*"
    r"(z|utc|gmt|bst|[+-][0-9]{2}:?[0-9]{2})?(?:\s*hrs?)?",
    re.I,
)
_FOUR = re.compile(r"([0-9]{2})([0-9]{2})\s*(?:hrs?|h)?", re.I)
_FIRST_SERIAL, _LAST_SERIAL = 367, 109_571
"""From 1901 to the end of 2199 in days of a spreadsheet: less than that is a number that is no date."""
_EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes dates, as its mapping says: nothing said, nothing guessed. `window` is the first of the hundred
    years in which two digits lie; `serials` the year from which numbers count days."""

    order: Order | None = None
    window: int | None = None
    serials: int | None = None
    zone: ZoneInfo = LONDON


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as records write it: a year, a month, a day, or an instant with its offset; and what to note about it.
    `latest` is the last second it may have been, an instant with its offset."""

    text: str
    latest: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is no date, or more than one: what was expected."""

    expected: str


@dataclass(frozen=True, slots=True)
class _Read:
    day: date
    at: time | None = None
    offset: timedelta | None = None
    precision: Literal["day", "month", "year"] = "day"


def read_date(cell: Cell, habits: Habits, at: Cell = "") -> Dated | Unread:
    """A date with its time, from one cell, or from a cell for the day and one for the time."""
    read = _whole(cell, habits)
    if isinstance(read, Unread):
        return read
    if not EARLIEST_YEAR <= read.day.year <= LATEST_YEAR:
        return Unread(NO_SUCH_DAY)
    if at not in ("", None):
        told = _time_of(at)
        if told is None or read.precision != "day":
            return Unread(A_TIME)
        read = _Read(read.day, *told)
    return _dated(read, habits.zone)


def is_time(cell: Cell) -> bool:
    """Whether a cell holds a time of day and nothing else."""
    return _time_of(cell) is not None


def _whole(cell: Cell, habits: Habits) -> _Read | Unread:
    match cell:
        case bool():
            return Unread(A_DATE)
        case datetime():
            return _Read(cell.date(), cell.time().replace(microsecond=0))
        case date():
            return _Read(cell)
        case int() | float():
            return _serial(float(cell), habits)
        case str():
            return _text(" ".join(cell.split()), habits)
        case _:
            return Unread(A_DATE)


def _serial(number: float, habits: Habits) -> _Read | Unread:
    if number.is_integer() and habits.order is not None and _COMPACT.fullmatch(str(int(number))):
        return _compact(str(int(number)), habits.order)
    if number.is_integer() and EARLIEST_YEAR <= number <= LATEST_YEAR and habits.serials is None:
        return _Read(date(int(number), 1, 1), precision="year")
    if habits.serials is None or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return Unread(A_SERIAL if _FIRST_SERIAL <= number <= _LAST_SERIAL else A_DATE)
    day = _EPOCHS[habits.serials] + timedelta(days=int(number))
    seconds = round((number - int(number)) * 86400)
    if not seconds:
        return _Read(day)
    moment = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    return _Read(moment.date(), moment.time())


def _text(text: str, habits: Habits) -> _Read | Unread:
    if _COMPACT.fullmatch(text) and habits.order is not None:
        return _compact(text, habits.order)
    if month := _MONTH_ONLY.fullmatch(text):
        return _day(int(month[1]), int(month[2]), 1, precision="month")
    if (word := _MONTH_WORD.fullmatch(text)) and (number := _month(word[1])):
        return _day(int(word[2]), number, 1, precision="month")
    if _YEAR_ONLY.fullmatch(text) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        return _Read(date(int(text), 1, 1), precision="year")
    if _NUMBER.fullmatch(text) and len(text) < 18:
        return _serial(float(text), habits)
    for shape in (_YEAR_FIRST, _NUMBERS, _DAY_MONTH, _MONTH_DAY):
        if match := shape.match(text):
            day = _matched(shape, match, habits)
            return _with_time(day, text[match.end() :]) if isinstance(day, _Read) else day
    return Unread(A_DATE)


def _matched(shape: re.Pattern[str], match: re.Match[str], habits: Habits) -> _Read | Unread:
    if shape is _YEAR_FIRST:
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if shape is _NUMBERS:
        return _numbers(int(match[1]), int(match[3]), match[4], habits)
    day, word = (match[1], match[2]) if shape is _DAY_MONTH else (match[2], match[1])
    month, year = _month(word), _year(match[3], habits)
    if month is None:
        return Unread(A_DATE)
    return _day(year, month, int(day)) if isinstance(year, int) else year


def _numbers(first: int, second: int, digits: str, habits: Habits) -> _Read | Unread:
    """14/03/2009. Without an order in the mapping only what has one reading is read, such as 25/12 or 05/05."""
    year = _year(digits, habits)
    if isinstance(year, Unread):
        return year
    match habits.order:
        case "day first":
            return _day(year, second, first)
        case "month first":
            return _day(year, first, second)
        case _ if first == second or first > 12:
            return _day(year, second, first)
        case _ if second > 12:
            return _day(year, first, second)
        case _:
            return Unread(ONE_WAY)


def _year(digits: str, habits: Habits) -> int | Unread:
    if len(digits) == 4:
        return int(digits)
    if habits.window is None:
        return Unread(FOUR_DIGITS)
    return habits.window + (int(digits) - habits.window) % 100


def _month(word: str) -> int | None:
    small = word.lower()
    if small in _FULL:
        return _FULL.index(small) + 1
    return 9 if small == "sept" else _MONTHS.index(small) + 1 if small in _MONTHS else None


def _compact(digits: str, order: Order) -> _Read | Unread:
    match order:
        case "year first":
            return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        case "day first":
            return _day(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        case "month first":
            return _day(int(digits[4:]), int(digits[:2]), int(digits[2:4]))


def _day(year: int, month: int, day: int, precision: Literal["day", "month"] = "day") -> _Read | Unread:
    try:
        return _Read(date(year, month, day), precision=precision)
    except ValueError:
        return Unread(NO_SUCH_DAY)


def _with_time(read: _Read, rest: str) -> _Read | Unread:
    if not rest:
        return read
    words = re.sub(r"^\s*(?:t|,|at|@)?\s*", "", rest, flags=re.I)
    told = _time_of(words)
    return _Read(read.day, *told) if told and words != rest else Unread(A_TIME)


def _time_of(cell: Cell) -> tuple[time, timedelta | None] | None:
    match cell:
        case datetime():
            return cell.time().replace(microsecond=0), None
        case time():
            return cell.replace(microsecond=0, tzinfo=None), None
        case timedelta() if timedelta() <= cell < timedelta(days=1):
            return (datetime.min + cell).time().replace(microsecond=0), None
        case float() if 0 <= cell < 1:
            return (datetime.min + timedelta(seconds=round(cell * 86400) % 86400)).time(), None
        case str():
            return _written_time(cell.strip())
        case _:
            return None


def _written_time(text: str) -> tuple[time, timedelta | None] | None:
    if four := _FOUR.fullmatch(text):
        return _clock(int(four[1]), int(four[2]), 0, None)
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, half = int(match[1]), (match[4] or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return _clock(hour, int(match[2]), int(match[3] or 0), _offset(match[5]))


def _clock(
    hour: int, minute: int, second: int, offset: timedelta | None
) -> tuple[time, timedelta | None] | None:
    try:
        return time(hour, minute, second), offset
    except ValueError:
        return None


def _offset(words: str | None) -> timedelta | None:
    if words is None:
        return None
    if words[0] not in "+-":
        return timedelta(hours=1 if words.lower() == "bst" else 0)
    digits = words[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if words[0] == "-" else size


def _dated(read: _Read, zone: ZoneInfo) -> Dated | Unread:
    if read.at is None:
        text = read.day.isoformat()[: {"year": 4, "month": 7, "day": 10}[read.precision]]
        return Dated(text, _last_second(read, zone).isoformat())
    naive = datetime.combine(read.day, read.at)
    if read.offset is not None:
        if abs(read.offset) >= timedelta(hours=15):
            return Unread(A_TIME)
        instant = f"{naive.isoformat()}{_signed(read.offset)}"
        return Dated(instant, instant)
    early, late = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return Dated(early.isoformat(), early.isoformat())
    latest = max((early, late), key=lambda each: each.timestamp())
    return Dated(read.day.isoformat(), latest.isoformat(), CLOCK_CHANGE)


def _last_second(read: _Read, zone: ZoneInfo) -> datetime:
    day = read.day
    if read.precision == "year":
        day = date(day.year, 12, 31)
    elif read.precision == "month":
        day = (date(day.year, day.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone)


def _signed(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

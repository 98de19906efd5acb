"""A date as certainly as somebody knows it: a day, a month or a year, never made more exact than it was told."""

import calendar
from datetime import date

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
EARLIEST_YEAR = 1900
EXAMPLE = "for example 14 3 2026; or only the month and the year; or only the year"


def rough_date(day: str, month: str, year: str, *, latest: date) -> str:
    """'2026-03-14', '2026-03' or '2026' from what was typed. Raises ValueError with a sentence for whoever typed it."""
    if not year:
        raise ValueError(f"Enter at least the year, {EXAMPLE}")
    if day and not month:
        raise ValueError(f"Enter the month as well as the day, {EXAMPLE}")
    written = [_number(year, "year", EARLIEST_YEAR, 9999)]
    if month:
        written.append(_month(month))
    if day:
        written.append(_number(day, "day", 1, 31))
    try:
        first = date(*[*written, 1, 1][:3])
    except ValueError:
        raise ValueError("There is no such day in that month: check the date") from None
    if first > latest:
        raise ValueError("The date is in the future: enter when it happened")
    return "-".join(str(part).zfill(2) for part in written)


def _month(words: str) -> int:
    name = words.lower().rstrip(".")
    return MONTHS.get(name) or SHORT_MONTHS.get(name) or _number(words, "month", 1, 12)


def _number(words: str, what: str, low: int, high: int) -> int:
    if not (words.isascii() and words.isdigit()) or not low <= int(words) <= high:
        raise ValueError(f"The {what} does not look right: enter a date, {EXAMPLE}")
    return int(words)

"""Bank holidays of England and Wales: the rule of the law, and the days a proclamation added or moved.

Rule: Banking and Financial Dealings Act 1971, schedule 1, with New Year's Day (since 1974) and the first Monday
in May (since 1978) by proclamation; a holiday at a weekend is kept on the next free weekday. Easter: the
anonymous Gregorian computus. Exceptions are data (policy/holidays.yaml), because a government makes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


class Name(StrEnum):
    """The holidays of the rule, in the order of the year."""

    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_MONDAY = "easter_monday"
    EARLY_MAY = "early_may"
    SPRING = "spring"
    SUMMER = "summer"
    CHRISTMAS = "christmas"
    BOXING = "boxing"


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days nobody works: the rule, except where `moved` puts a holiday of a year elsewhere, and `added` days."""

    added: frozenset[date] = frozenset()
    moved: Mapping[tuple[int, Name], date] = field(default_factory=dict)

    def of(self, year: int) -> tuple[date, ...]:
        """Every holiday of a year, in order."""
        ruled = {self.moved.get((year, name), day) for name, day in rule(year).items()}
        return tuple(sorted(ruled | {day for day in self.added if day.year == year}))

    def falls_on(self, day: date) -> bool:
        """Whether a day is a holiday."""
        return day in self.added or day in self.of(day.year)


@cache
def rule(year: int) -> Mapping[Name, date]:
    """The bank holidays of a year if nobody proclaims anything else, substitutes for weekends included."""
    easter = easter_sunday(year)
    christmas, boxing = _christmas(year)
    return {
        Name.NEW_YEAR: _next_weekday(date(year, 1, 1)),
        Name.GOOD_FRIDAY: easter - timedelta(days=2),
        Name.EASTER_MONDAY: easter + timedelta(days=1),
        Name.EARLY_MAY: _first_monday(date(year, 5, 1)),
        Name.SPRING: _last_monday(date(year, 5, 31)),
        Name.SUMMER: _last_monday(date(year, 8, 31)),
        Name.CHRISTMAS: christmas,
        Name.BOXING: boxing,
    }


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _christmas(year: int) -> tuple[date, date]:
    """Christmas and Boxing Day. On a Sunday Boxing Day keeps its Monday and Christmas moves behind it."""
    first, second = date(year, 12, 25), date(year, 12, 26)
    match first.weekday():
        case 4:  # Friday: Boxing Day is a Saturday
            return first, date(year, 12, 28)
        case 5:  # Saturday and Sunday both move
            return date(year, 12, 27), date(year, 12, 28)
        case 6:
            return date(year, 12, 27), second
        case _:
            return first, second


def _next_weekday(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def _first_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _last_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

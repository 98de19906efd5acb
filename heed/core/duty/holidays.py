"""Bank holidays of the nations: the rule of the law, and the days a proclamation added or moved.

Rule: Banking and Financial Dealings Act 1971, schedule 1, with New Year's Day (since 1974) and the first Monday
in May (since 1978) by proclamation; St Andrew's Day Bank Holiday (Scotland) Act 2007; a holiday at a weekend is kept
on the next free weekday. Easter: the anonymous Gregorian computus. Exceptions are data (policy/holidays.yaml), because
a government makes them.
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
    SECOND_JANUARY = "second_january"
    ST_PATRICK = "st_patrick"
    BOYNE = "boyne"
    AUGUST = "august"
    ST_ANDREW = "st_andrew"


class Nation(StrEnum):
    """Whose law says on which days nobody works."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


_ENGLISH = (
    *(Name.NEW_YEAR, Name.GOOD_FRIDAY, Name.EASTER_MONDAY, Name.EARLY_MAY),
    *(Name.SPRING, Name.SUMMER, Name.CHRISTMAS, Name.BOXING),
)
KEPT: Mapping[Nation, tuple[Name, ...]] = {
    Nation.ENGLAND_AND_WALES: _ENGLISH,
    Nation.SCOTLAND: (
        *(Name.NEW_YEAR, Name.SECOND_JANUARY, Name.GOOD_FRIDAY, Name.EARLY_MAY, Name.SPRING),
        *(Name.AUGUST, Name.ST_ANDREW, Name.CHRISTMAS, Name.BOXING),
    ),
    Nation.NORTHERN_IRELAND: (*_ENGLISH, Name.ST_PATRICK, Name.BOYNE),
}
"""Which holidays each nation keeps."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days nobody works: the rule, except where `moved` puts a holiday of a year elsewhere, and `added` days."""

    added: frozenset[date] = frozenset()
    moved: Mapping[tuple[int, Name], date] = field(default_factory=dict)
    nation: Nation = Nation.ENGLAND_AND_WALES

    def of(self, year: int) -> tuple[date, ...]:
        """Every holiday of a year, in order."""
        ruled = {self.moved.get((year, name), day) for name, day in rule(year, self.nation).items()}
        return tuple(sorted(ruled | {day for day in self.added if day.year == year}))

    def falls_on(self, day: date) -> bool:
        """Whether a day is a holiday."""
        return day in self.added or day in self.of(day.year)


@cache
def rule(year: int, nation: Nation = Nation.ENGLAND_AND_WALES) -> Mapping[Name, date]:
    """The bank holidays of a nation in a year if nobody proclaims anything else, substitutes for weekends included."""
    days = _every(year)
    return {name: days[name] for name in KEPT[nation]}


def _every(year: int) -> Mapping[Name, date]:
    easter = easter_sunday(year)
    christmas, boxing = _christmas(year)
    new_year = _next_weekday(date(year, 1, 1))
    return {
        Name.NEW_YEAR: new_year,
        Name.SECOND_JANUARY: _next_weekday(max(date(year, 1, 2), new_year + timedelta(days=1))),
        Name.ST_PATRICK: _next_weekday(date(year, 3, 17)),
        Name.BOYNE: _next_weekday(date(year, 7, 12)),
        Name.AUGUST: _first_monday(date(year, 8, 1)),
        Name.ST_ANDREW: _next_weekday(date(year, 11, 30)),
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

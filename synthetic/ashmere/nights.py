"""The nights of the Ashmere review: eighty of one child, fewer of five others, some of them together at one place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from synthetic.ashmere.people import (
    CHILDREN,
    CONSTABLE,
    DESK,
    FLAT,
    KAZ,
    MOSS,
    NIGHTS,
    PHONE,
    SALOON,
    VAN,
    Child,
)
from synthetic.chance import Chance

SEED = 71
A_YEAR = {2005: 3, 2006: 15, 2007: 21, 2008: 18, 2009: 12, 2010: 9, 2011: 2}
"""How often the first child was missing: eighty times in all."""
OTHERS = ((2, 2006, 14), (3, 2006, 12), (4, 2007, 11), (5, 2007, 10), (6, 2008, 9))
"""Each other child by number, the year in which it began, and how often in all."""
SHARED = ((date(2006, 2, 1), 0.1), (date(2006, 10, 1), 0.6), (date(2009, 7, 1), 0.3))
"""From which day on, how many of the nights are told of with somebody else, a car or the flat."""


def nights() -> Iterator[dict[str, Any]]:
    """Records of all of them, in no order: police of every one, the home of those of the child who lives there."""
    chance = Chance(SEED)
    mia = CHILDREN[0]
    number = 0
    for year, count in A_YEAR.items():
        for start in _days(year, count, chance):
            number += 1
            yield from _night(mia, number, start, chance)
    for which, begins, count in OTHERS:
        for n in range(count):
            year = begins + n * 4 // count
            number += 1
            yield from _night(CHILDREN[which - 1], number, *_days(year, 1, chance), chance)


def _days(year: int, count: int, chance: Chance) -> list[datetime]:
    first, last = max(date(year, 1, 4), date(2005, 9, 20)), min(date(year, 12, 28), date(2011, 3, 1))
    found = sorted(chance.sample(range((last - first).days), count))
    return [
        datetime.combine(first + timedelta(days=day), time(chance.randrange(18, 24), 10), UTC)
        for day in found
    ]


def _night(child: Child, number: int, start: datetime, chance: Chance) -> Iterator[dict[str, Any]]:
    back = start + timedelta(hours=chance.randrange(7, 31))
    known = (
        chance.random() < max((each for each in SHARED if each[0] <= start.date()), default=(None, 0.0))[1]
    )
    others = [each for each in CHILDREN[1:] if each is not child and _begun(each, start)]
    along = chance.choice(others) if known and others and chance.random() < 0.6 else None
    yield _document("police", f"MIS-{number:04}", start, back, DESK if number % 3 else CONSTABLE) | {
        "people": [child.told("police"), *_along(along), *([chance.choice((KAZ, MOSS))] if known else [])],
        "things": _things(chance) if known else [],
        "missing": {"category": "missing" if number % 4 else "absent", "risk": "medium" if number % 5 else "low"},
    }  # fmt: skip
    if child is CHILDREN[0]:
        yield _document("home", f"LOG-{number:04}", start, back, NIGHTS) | {
            "people": [child.told("home")],
            "missing": {"category": "missing", "risk": "high" if known else "medium"},
            "text": "Collected by a car at the corner. She had a phone that is not hers." if known else "",
        }


def _along(child: Child | None) -> list[dict[str, Any]]:
    return [child.told("police", "found_with")] if child else []


def _begun(child: Child, start: datetime) -> bool:
    begins = {number: year for number, year, _ in OTHERS}
    return start.year >= begins[CHILDREN.index(child) + 1]


def _things(chance: Chance) -> list[dict[str, Any]]:
    return [FLAT, *chance.sample([SALOON, VAN, PHONE], chance.randrange(3))]


def _document(
    agency: str, ref: str, start: datetime, back: datetime, author: dict[str, str]
) -> dict[str, Any]:
    return {
        "v": 1, "agency": agency, "ref": ref, "revision": 1, "kind": "missing", "author": author,
        "happened_from": start.isoformat(), "happened_to": back.isoformat(),
        "recorded_at": (back + timedelta(hours=3)).isoformat(),
    }  # fmt: skip

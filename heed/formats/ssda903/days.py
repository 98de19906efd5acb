"""Days as the return writes them, and the collection year they belong to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from heed.core.records.explained import Explained

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
EARLIEST, LATEST = 1900, 2200


def day(text: str) -> date | None:
    """A day written dd/mm/yyyy; None for anything else. Nothing is guessed: no two-digit years, no other order."""
    match = _DAY.fullmatch(text)
    if not match:
        return None
    number, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, number) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class CollectionYear:
    """A collection year, from 1 April to the 31 March of `ending`, and which submission of it this is."""

    ending: int
    submission: int = 1

    @property
    def name(self) -> str:
        """`2017/18` for the year that ends on 31 March 2018."""
        return f"{self.ending - 1}/{self.ending % 100:02}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.ending - 1, 4, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.ending, 3, 31)

    @property
    def revision(self) -> int:
        """201801 for the first return of 2017/18: a later submission or year supersedes, never an earlier one."""
        return self.ending * 100 + self.submission

    @property
    def recorded_at(self) -> str:
        """The last second of the year in London: the latest a return could have recorded it, the same every
        time. Summer time has begun by the last Sunday of March in every year, so the offset is +01:00."""
        return f"{self.end.isoformat()}T23:59:59+01:00"


def named(text: str) -> CollectionYear:
    """The year somebody named: 2017/18, 2017-18, or 2018 for the year it ends in. Raises Explained."""
    words = text.strip()
    both = re.fullmatch(r"([0-9]{4})[/-](?:[0-9]{2})?([0-9]{2})", words)
    if both and (int(both[1]) + 1) % 100 == int(both[2]):
        return CollectionYear(int(both[1]) + 1)
    if re.fullmatch(r"[0-9]{4}", words) and EARLIEST < int(words) <= LATEST:
        return CollectionYear(int(words))
    raise Explained(
        f"--collection-year {text!r} is not a collection year: write 2017/18 for the year from 1 April 2017 to "
        "31 March 2018, or 2018, the year it ends in."
    )


def submitted(text: str) -> int:
    """The number of a submission, 1 to 99. Raises Explained."""
    if re.fullmatch(r"[1-9][0-9]?", text.strip()):
        return int(text)
    raise Explained(
        f"--submission {text!r} is not a number from 1 to 99: give the first return of a year no number or 1, and "
        "a corrected or later one of the same year a higher number than the one before."
    )


def inferred(starts: Iterable[date]) -> CollectionYear:
    """The year of the latest start: a return holds nothing that began after it. Raises Explained without any."""
    latest = max(starts, default=None)
    if latest is None:
        raise Explained(
            "no start of an episode or of a missing period in these tables says which year the return is for: add "
            "--collection-year, such as --collection-year 2017/18."
        )
    return CollectionYear(latest.year + (latest.month > 3))

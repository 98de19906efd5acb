"""Missing episodes as the child lived them: what two agencies write about one night is one episode.

Each agency counts its own files. A council's return, a home's log and a police report of the same night are three
records of one episode; three police reports of one day are three. Two records of one agency are one only where both say
by the clock when she went and when she was back, and these times overlap, or where one says that it is a copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from heed.core.records.record import Record
from heed.core.records.when import Precision
from heed.core.review.chronology import certain_of_the_day, order, span
from heed.core.review.missing_told import said


@dataclass(frozen=True, slots=True)
class Episode:
    """One time a child was missing, with every record that tells of it, earliest first."""

    records: tuple[Record, ...]

    @property
    def certain(self) -> bool:
        """Whether at least the day it began is known."""
        return any(certain_of_the_day(record) for record in self.records)

    @property
    def first(self) -> date:
        """The earliest day it may have begun."""
        return min(span(record).earliest for record in self.records).date()

    @property
    def last(self) -> date:
        """The latest day anybody says it went on to."""
        return max(span(record).latest for record in self.records).date()

    @property
    def ended(self) -> bool:
        """Whether any record says when the child was back."""
        return any(record.happened_to is not None for record in self.records)

    def away_at(self, at: datetime) -> bool:
        """Whether she may still be away at an instant, so that somebody must hold her.

        A telling without an end is ended by another only where she was back after it began: a return known to the day
        only, or one before a new report of the same night, ends nothing. A return that is still to come is none yet.
        """
        backs = [back for record in self.records if (back := _back(record)) is not None and back <= at]
        return any(
            not any(back >= _gone(record) for back in backs)
            for record in self.records
            if (back := _back(record)) is None or back > at
        )

    @property
    def back(self) -> datetime | None:
        """The earliest instant at which anybody says that she was back; none where nobody says of a return."""
        return min((back for record in self.records if (back := _back(record)) is not None), default=None)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who tells of it, in order of their first word."""
        return tuple(dict.fromkeys(record.agency for record in self.records))

    @property
    def categories(self) -> tuple[str, ...]:
        """How it was graded; more than one when agencies disagree."""
        graded = (record.missing.category for record in self.records if record.missing)
        return tuple(dict.fromkeys(category for category in graded if category))

    @property
    def days(self) -> list[date]:
        """Every day it touched, first and last included."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def episodes(records: Iterable[Record]) -> list[Episode]:
    """Missing records as episodes, oldest first.

    Two records are one episode when their times overlap and they come from two agencies, or are of one agency and
    `_one_absence`. A record that knows only its month or year stands alone: it might be any of that month's episodes, or
    another.
    """
    found: list[list[Record]] = []
    for record in sorted(records, key=order):
        home = next((group for group in reversed(found[-8:]) if _same_night(group, record)), None)
        if home is None:
            found.append([record])
        else:
            home.append(record)
    return [Episode(tuple(group)) for group in found]


def _back(record: Record) -> datetime | None:
    """The earliest instant at which a record says that she was back; none where it says of no return."""
    if record.happened_to is None:
        return None
    return max(record.happened_to.earliest, span(record).earliest)


def _gone(record: Record) -> datetime:
    """The latest instant at which she may have gone, as a record tells it: never after it was written down."""
    start = record.happened_from
    return min(start.latest, record.recorded_at) if start else record.recorded_at


def _same_night(group: list[Record], record: Record) -> bool:
    theirs = [other for other in group if other.agency == record.agency]
    if not all(_one_absence(other, record) for other in theirs):
        return False
    if not all(certain_of_the_day(one) for one in (*group, record)):
        return False
    this = span(record)
    spans = [span(other) for other in group]
    return bool(theirs) or any(
        this.earliest <= other.latest and other.earliest <= this.latest for other in spans
    )


def _one_absence(one: Record, other: Record) -> bool:
    """Whether two records of one agency are of the same time she was away: nobody is away twice at once. Days alone say
    too little, and one that goes on may be ended and begun again."""
    if said(one, "copy_of") == other.ref or said(other, "copy_of") == one.ref:
        return True
    if not (_by_the_clock(one) and _by_the_clock(other)):
        return False
    first, second = span(one), span(other)
    return first.earliest < second.latest and second.earliest < first.latest


def _by_the_clock(record: Record) -> bool:
    """Whether it says to the instant when she went and when she was back."""
    ends = (record.happened_from, record.happened_to)
    return all(when is not None and when.precision is Precision.INSTANT for when in ends)

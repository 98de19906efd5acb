"""One line of time from many records: where each stands, and the spans about which nobody wrote.

A gap is a fact about the writing, never about the child: nothing written does not mean nothing happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from heed.core.records.record import Record
from heed.core.records.when import Precision

GAP = timedelta(days=60)
"""The shortest silence worth a line of its own. Two months: longer than the six weeks between two visits that
statutory guidance allows for a child in care, so ordinary practice leaves no gaps."""


@dataclass(frozen=True, slots=True)
class Span:
    """The instants a record speaks of, earliest and latest, both with an offset."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Whole days about which nobody wrote anything, first and last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days, counting both ends."""
        return (self.last - self.first).days + 1


def span(record: Record) -> Span:
    """What a record speaks of; one that does not say when it happened stands where it was written down.

    An event without an end stands at its start: an episode left open does not cover the years after it.
    """
    start = record.happened_from
    if start is None:
        return Span(record.recorded_at, record.recorded_at)
    latest = start.latest if record.happened_to is None else max(start.latest, record.happened_to.latest)
    return Span(start.earliest, latest)


def order(record: Record) -> tuple[datetime, datetime, str, str]:
    """The place of a record in a chronology, oldest first: equal times fall in the order of writing."""
    return (span(record).earliest, record.recorded_at, record.agency, record.ref)


def gaps(records: Iterable[Record], least: timedelta = GAP) -> list[Gap]:
    """The silences between the first and the last thing written, oldest first.

    A month or a year in which something happened at a time nobody knows counts as written about, from end to
    end: a gap is only named where it certainly is one.
    """
    found: list[Gap] = []
    reached: datetime | None = None
    for this in sorted((span(record) for record in records), key=lambda each: each.earliest):
        if reached is not None and this.earliest - reached > least:
            found.append(_between(reached, this.earliest))
        reached = this.latest if reached is None else max(reached, this.latest)
    return found


def _between(last_written: datetime, next_written: datetime) -> Gap:
    one = timedelta(days=1)
    return Gap(last_written.date() + one, next_written.date() - one)


def certain_of_the_day(record: Record) -> bool:
    """Whether a record knows at least the day on which it happened."""
    start = record.happened_from
    return start is not None and start.precision in (Precision.DAY, Precision.INSTANT)

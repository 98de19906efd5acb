"""How often a child was missing, counted for whoever grades the risk tonight and for the thresholds of policy.

Every kind counts: missing, absent, away without authorisation, and what nobody reported although school, home and
health agree that she was not there. Rule: statutory guidance on children who run away or go missing (2014) asks for
patterns over all absences; inspectors found exploitation behind episodes graded "absent". What two agencies write
about one night is one episode (`heed.core.review.episodes`). Counts are facts: no score, and no count means safe.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from heed.core.records.kinds import Kind
from heed.core.records.record import Record
from heed.core.records.when import Precision, When
from heed.core.review.chronology import certain_of_the_day, span
from heed.core.review.episodes import Episode, episodes

A_NIGHT = timedelta(days=1)
"""How long an episode that nobody has ended may be the one another agency writes of too."""
NOT_THERE = frozenset({"not_there", "not_reported", "school_absence"})
"""Observations by which an agency says that she was not where she should have been."""
LONGEST_ABSENCE = 31
"""Days that one record may say she was not there; one that says longer tells of something else."""


@dataclass(frozen=True, slots=True)
class Unreported:
    """Days on which several agencies say that she was not there, and nobody reported her: first and last included."""

    first: date
    last: date
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A threshold: so many episodes within so many days. A `task` asks for action, the others for a note."""

    name: str
    count: int
    within_days: int
    task: bool


@dataclass(frozen=True, slots=True)
class Crossed:
    """A threshold that an episode crosses: it is the `number`-th within its days, `further` beyond the threshold."""

    repeat: Repeat
    number: int
    further: int


def counted(records: Iterable[Record], at: datetime) -> list[Episode]:
    """Missing records as episodes, oldest first, as they stand at an instant.

    A telling without an end is taken to go on until `at`, for a day at most: so two agencies that write of tonight at
    different hours count once before she is back as they do afterwards.
    """
    told = {(record.agency, record.ref): record for record in records}
    found = episodes(_going_on(record, at) for record in told.values())
    return [Episode(tuple(told[(each.agency, each.ref)] for each in one.records)) for one in found]


def began(episode: Episode) -> datetime:
    """The earliest instant at which anybody says an episode may have begun."""
    return min(span(record).earliest for record in episode.records)


def starts(found: Iterable[Episode], unreported: Iterable[Unreported] = ()) -> list[datetime]:
    """When each began, in order; those of which only the month or year is known are left out."""
    days = [datetime.combine(each.first, time(), UTC) for each in unreported]
    return sorted([began(each) for each in found if each.certain] + days)


def number_within(begun: Collection[datetime], at: datetime, days: int) -> int:
    """How many began in the days up to an instant, that instant included: the one of now is one of them."""
    since = at - timedelta(days=days)
    return sum(since < each <= at for each in begun)


def crossed(begun: Collection[datetime], at: datetime, repeats: Iterable[Repeat]) -> Crossed | None:
    """The weightiest threshold that the episode begun at `at` crosses: a task before a note, then the one it is
    furthest beyond, then the first in policy's order. None for one that crosses none."""
    found = [
        Crossed(repeat, number, number - repeat.count)
        for repeat in repeats
        if (number := number_within(begun, at, repeat.within_days)) >= repeat.count
    ]
    return max(found, key=lambda each: (each.repeat.task, each.further), default=None)


def never_reported(
    records: Iterable[Record],
    found: Sequence[Episode],
    kinds: Mapping[str, str],
    of: Collection[str],
    agree: int,
) -> list[Unreported]:
    """Runs of days on which agencies of at least `agree` of the kinds `of` say that she was not there, and which no
    episode touches. `kinds` is the kind of each agency by its code."""
    days: dict[date, list[Record]] = {}
    for record in records:
        if (
            record.kind != Kind.MISSING
            and NOT_THERE & set(record.observations)
            and certain_of_the_day(record)
        ):
            for day in _days(record):
                days.setdefault(day, []).append(record)
    told = {day for episode in found if episode.certain for day in episode.days}
    agreed = [
        day
        for day, said in sorted(days.items())
        if day not in told and len({kinds.get(each.agency) for each in said} & set(of)) >= agree
    ]
    runs = groupby(enumerate(agreed), lambda pair: pair[1].toordinal() - pair[0])
    return [_run([day for _, day in run], days) for _, run in runs]


def _run(run: Sequence[date], days: Mapping[date, Sequence[Record]]) -> Unreported:
    said = {(each.agency, each.ref): each for day in run for each in days[day]}
    return Unreported(run[0], run[-1], tuple(said[name] for name in sorted(said)))


def _days(record: Record) -> list[date]:
    first, last = span(record).earliest.date(), span(record).latest.date()
    length = (last - first).days + 1
    return [first + timedelta(days=n) for n in range(length)] if length <= LONGEST_ABSENCE else []


def _going_on(record: Record, at: datetime) -> Record:
    if record.happened_to is not None or not certain_of_the_day(record):
        return record
    end = min(at, span(record).latest + A_NIGHT)
    if end <= span(record).latest:
        return record
    # No instant of a return: two reports of one agency that both go on are not one because of it.
    return replace(record, happened_to=When(end.isoformat(), Precision.DAY, end, end))

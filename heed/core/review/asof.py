"""What stood on a day: which revision of each record, knowing nothing that was written down later.

A day ends at midnight UTC. Two clocks decide. The agency's own says when a record was written down: a claim. Heed's
says when it came, and what became of the batch it came in. A record that came after the day stands on the agency's
word alone, so a batch that was taken back since takes its word back too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from heed.core.records.batches import WITHHELD, State
from heed.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Kept:
    """One revision as Heed keeps it. `told` is None once it was erased; `sources` are those of the subject whom it names,
    none where it does not; `batch` holds the states of the batch it came in, each with the instant from which it
    stood, oldest first."""

    row: int
    agency: str
    ref: str
    revision: int
    recorded_at: datetime
    received_at: datetime
    told: Record | None
    sources: frozenset[str] = frozenset()
    batch: tuple[tuple[datetime, str], ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """(agency, ref): what all revisions share."""
        return self.agency, self.ref


def end_of(day: date) -> datetime:
    """The last instant of a day, in UTC."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1, microseconds=-1)


def counted(kept: Kept, end: datetime) -> bool:
    """Whether its batch let it count at `end`; where it came later, whether it counts now."""
    states = [state for since, state in kept.batch if since <= end or kept.received_at > end]
    return not states or State(states[-1]) not in WITHHELD


def stood(revisions: Iterable[Kept], end: datetime) -> list[Kept]:
    """The revision of each record that stood at `end`, oldest row first, where that revision names the subject.

    A newer revision that came after `end` replaces an older one only if it says itself that it was written down later
    than that, and before `end`: an agency that corrects a record and keeps its old time would otherwise put today's
    words into the past.
    """
    known = sorted(
        (each for each in revisions if each.recorded_at <= end and counted(each, end)),
        key=lambda each: (each.name, each.revision),
    )
    standing: dict[tuple[str, str], Kept] = {}
    for each in known:
        before = standing.get(each.name)
        if before is None or each.received_at <= end or each.recorded_at > before.recorded_at:
            standing[each.name] = each
    return sorted((each for each in standing.values() if each.sources), key=lambda each: each.row)

"""The door to batches: what came in together, for a manager of the agency it came from, or of the partnership."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.actions.batch_decisions import DECIDE
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.sight import agency_names
from heed.casework.models import Batch
from heed.casework.policy.agencies import PARTNERSHIP
from heed.core.access.viewer import Viewer
from heed.core.records.batches import TRANSITIONS, Move, State

MOST = 200
"""The newest batches that are listed; the command lists all."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A batch as its manager sees it. `may` are the moves that can be made now."""

    number: int
    agency: str
    source: str
    key: str
    begun: datetime
    records: int
    state: str
    decided_by: str
    decided_at: datetime | None
    reason: str
    may: frozenset[Move]


def decides(viewer: Viewer) -> bool:
    """Whether this viewer has batches to decide on at all."""
    return viewer.grade in DECIDE


def batches(*, viewer: Viewer, now: datetime) -> list[Arrived] | None:
    """The newest batches the viewer may decide on, those that are held first; None for who decides on none."""
    if not decides(viewer):
        refused(viewer=viewer, subject="batches", purpose="batches", now=now)
        return None
    looked(viewer=viewer, subject="batches", purpose="batches", now=now)
    found = _theirs(viewer).order_by("-pk")
    held = list(found.filter(state=State.HELD)[:MOST])
    return _arrived([*held, *found.exclude(state=State.HELD)[:MOST]])


def batch(*, viewer: Viewer, number: int, now: datetime) -> Arrived | None:
    """One batch, or None when it is not there for this viewer."""
    found = list(_theirs(viewer).filter(pk=number)) if decides(viewer) else []
    if not found:
        refused(viewer=viewer, subject=f"batch:{number}", purpose="batch", now=now)
        return None
    looked(viewer=viewer, subject=f"batch:{number}", purpose="batch", now=now)
    return _arrived(found)[0]


def _theirs(viewer: Viewer):  # a queryset of batches
    rows = Batch.objects.select_related("key", "decided_by")
    return rows if viewer.agency == PARTNERSHIP else rows.filter(agency=viewer.agency)


def _arrived(rows: list[Batch]) -> list[Arrived]:
    names = agency_names()
    return [
        Arrived(
            number=each.pk,
            agency=names.get(each.agency_id or "", each.agency_id or "several agencies"),
            source=each.source,
            key=each.key.name if each.key else "",
            begun=each.begun,
            records=each.lines,
            state=each.state,
            decided_by=f"{each.decided_by.name}, {each.decided_by.role}" if each.decided_by else "",
            decided_at=each.decided_at,
            reason=each.reason,
            may=frozenset(move for state, move in TRANSITIONS if state == each.state),
        )
        for each in rows
    ]

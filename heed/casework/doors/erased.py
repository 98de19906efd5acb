"""What stands in the place of records that were erased by order: which, when, and by what right. Never their words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from heed.casework.models import ErasedRecord
from heed.casework.policy.erasure import erasure_rules
from heed.core.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Erased:
    """The header of one erased record, and the order it went by. `basis` is the policy's sentence."""

    agency: str
    ref: str
    recorded_at: datetime
    erased_at: datetime
    basis: str
    request: int


def erased_of(viewer: Viewer, sources: Collection[str]) -> tuple[Erased, ...]:
    """The erased records of a child, for a door that logs its own look: of the viewer's own agency, or of a source
    with whom the viewer has a live relationship. A record that was revised is told of once."""
    mine = Q(record__agency=viewer.agency) if viewer.sees_own_agency else Q(pk__in=[])
    rows = ErasedRecord.objects.filter(
        mine | Q(source__in=viewer.sources), source__in=list(set(sources) - viewer.barred)
    )
    bases = erasure_rules().bases
    found = {
        (row.record.agency_id, row.record.ref): Erased(
            row.record.agency_id,
            row.record.ref,
            row.record.recorded_at,
            row.request.decision.at,
            bases.get(row.request.basis, row.request.basis),
            row.request_id,
        )
        for row in rows.select_related("record", "request__decision").order_by("record")
    }
    return tuple(sorted(found.values(), key=lambda each: (each.recorded_at, each.ref)))

"""What an erasure leaves in the clear, as a mark in the erasure's own entry.

The words that columns could be held against are gone afterwards: reference and kind of a record, owner and decision of
a duty would be anybody's to change. The mark is a keyed hash, so that an export that is shown to strangers names nobody.
"""

from collections.abc import Mapping, Sequence

from heed.casework import sealed
from heed.casework.actions.duties import steps as writing
from heed.casework.models import Duty, DutyStep, Record
from heed.core.records.canonical import canonical


def marks(rows: Sequence[Record], sources: Mapping[int, str], besides: Sequence[Duty] = ()) -> dict[str, str]:
    """The mark of each of these records and of each duty about them, and of duties `besides` that stand on no record.
    `sources`: whose chronology will name the record."""
    made = {f"record:{row.pk}": of_record(row, sources[row.pk]) for row in rows}
    for row in rows:
        for duty in Duty.objects.filter(record=row.pk).order_by("pk"):
            made[f"duty:{duty.reference}"] = of_duty(duty, [*duty.steps.all()])
    return made | {f"duty:{duty.reference}": of_duty(duty, [*duty.steps.all()]) for duty in besides}


def of_record(row: Record, source: str) -> str:
    """The mark of what stays of a record: all that names it, and who received it when."""
    return _mark([
        row.pk, row.agency_id, row.ref, row.revision, row.kind, writing.instant(row.recorded_at),
        writing.instant(row.received_at), row.received_by_id, source,
    ])  # fmt: skip


def of_duty(duty: Duty, steps: Sequence[DutyStep]) -> str:
    """The mark of what a duty is and of the steps it had taken when its words were erased."""
    taken = [
        [
            step.number, writing.instant(step.at), step.kind, step.by_id, step.rung, step.owner_id,
            writing.instant(step.due_at), step.decision, *([risk] if (risk := writing.risk(step)) else []),
        ]
        for step in steps
    ]  # fmt: skip
    return _mark([writing.what(duty), taken])


def _mark(told: list[object]) -> str:
    return sealed.keyed("what an erasure leaves", canonical({"left": told}).decode())

"""Batches: what came in together, held when it is far more than usual."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Sum

from heed.casework.actions import ledger
from heed.casework.actions.inserting import insert
from heed.casework.models import AgencyKey, Batch, BatchRecord, Professional
from heed.casework.policy import policy
from heed.core.records.batches import Move, State, is_far_above_usual

KEY, COMMAND = "key", "command"
"""Where a batch comes from: an agency's system with its key, or the command line of this house."""
FAR_ABOVE = "volume far above usual"


def subject(batch: Batch) -> str:
    """The batch as entries name it."""
    return f"batch:{batch.pk}"


def is_held(batch: Batch | None) -> bool:
    """Whether what comes in this batch waits for a person."""
    return batch is not None and batch.state == State.HELD


def add(
    *, batch: Batch | None, records: Sequence[int], by: Professional | None, now: datetime
) -> list[ledger.Act]:
    """Note of records just saved that they came in this batch, in the transaction that saves them.

    Gives the acts to append when the batch begins with them.
    """
    if batch is None or not records:
        return []
    begun: list[ledger.Act] = []
    if batch.pk is None:
        batch.save()
        begun = [_begun(batch, by, now)]
    insert(BatchRecord, ("record", "batch"), ((record, batch.pk) for record in records))
    Batch.objects.filter(pk=batch.pk).update(lines=F("lines") + len(records))
    return begun


def of_command(*, agency: str | None, digest: str, now: datetime) -> Batch:
    """The batch of one import on the command line: never held, for whoever runs it is there. Not saved yet.

    `digest` tells which files it was; without an agency the lines may be of several.
    """
    return Batch(agency_id=agency, source=COMMAND, begun=now, state=State.OPEN, digest=digest)


def of_today(*, key: AgencyKey, arriving: int, now: datetime) -> Batch:
    """The batch in which `arriving` records of a key go now; one that has only just begun is not saved yet.

    A key's day is one batch, until it grows far above usual: from then on, and after anything of the day was
    withdrawn, what comes is held. What a person has released is held no more that day.
    """
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    of_agency = Batch.objects.filter(agency=key.agency_id, source=KEY)
    of_day = of_agency.filter(begun__gte=start, begun__lt=start + timedelta(days=1)).order_by("pk")
    if connection.features.has_select_for_update:
        # Whoever releases or withdraws one of them waits, or is waited for: no record joins a batch just withdrawn.
        of_day = of_day.select_for_update(no_key=True)
    today = list(of_day)
    newest = next((each for each in reversed(today) if each.key_id == key.pk), None)
    state = State(newest.state) if newest else None
    if newest and state in (State.HELD, State.RELEASED):
        return newest
    if state == State.WITHDRAWN or _is_far_above_usual(
        key, sum(each.lines for each in today), arriving, start
    ):
        return _of_key(key, State.HELD, now)
    return newest or _of_key(key, State.OPEN, now)


def _is_far_above_usual(key: AgencyKey, today: int, arriving: int, start: datetime) -> bool:
    rules = policy().intake
    if today + arriving <= rules.floor:
        return False
    since = start - timedelta(days=rules.usual_days)
    before = Batch.objects.filter(agency=key.agency_id, source=KEY, begun__gte=since, begun__lt=start)
    return is_far_above_usual(
        today=today,
        arriving=arriving,
        earlier=before.aggregate(all=Sum("lines"))["all"] or 0,
        days=rules.usual_days,
        times=rules.times_usual,
        floor=rules.floor,
    )


def _of_key(key: AgencyKey, state: State, now: datetime) -> Batch:
    return Batch(agency=key.agency, source=KEY, key=key, begun=now, state=state)


def _begun(batch: Batch, by: Professional | None, now: datetime) -> ledger.Act:
    """The entry with which a batch begins: whose it is, how it came, and whether it is held."""
    why = FAR_ABOVE if batch.state == State.HELD else "records came in together"
    return ledger.Act(Move.BEGUN, subject(batch), why, by, batch.agency_id, now, told(batch))


def told(batch: Batch) -> dict[str, Any]:
    """What a batch is, as its first entry says it."""
    return {
        "agency": batch.agency_id,
        "source": batch.source,
        "key": batch.key_id,
        "begun": batch.begun.astimezone(UTC).isoformat(timespec="microseconds"),
        "digest": batch.digest,
        "state": str(batch.state),
    }

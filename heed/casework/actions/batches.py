"""Batches: what came in together, held when it is far more than usual."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import F, Sum

from heed.casework.actions import ledger
from heed.casework.actions.inserting import insert
from heed.casework.models import AgencyKey, Batch, BatchRecord
from heed.casework.policy import policy
from heed.core.records.batches import Move, State, is_far_above_usual

KEY, COMMAND = "key", "command"
"""Where a batch comes from: an agency's system with its key, or the command line of this house."""
FAR_ABOVE = "volume far above usual"


def subject(batch: Batch) -> str:
    """The batch as entries name it."""
    return f"batch:{batch.pk}"


def add(*, batch: Batch, records: Sequence[int]) -> None:
    """Note of records just saved that they came in this batch, in the transaction that saves them."""
    insert(BatchRecord, ("record", "batch"), ((record, batch.pk) for record in records))
    Batch.objects.filter(pk=batch.pk).update(lines=F("lines") + len(records))


def of_today(*, key: AgencyKey, arriving: int, now: datetime) -> tuple[Batch, list[ledger.Act]]:
    """The batch in which `arriving` records of a key go now, and the acts to append when it has only just begun.

    A key's day is one batch, until it grows far above usual: from then on, and after anything of the day was
    withdrawn, what comes is held. What a person has released is held no more that day.
    """
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    of_agency = Batch.objects.filter(agency=key.agency_id, source=KEY)
    today = list(of_agency.filter(begun__gte=start, begun__lt=start + timedelta(days=1)).order_by("pk"))
    newest = next((each for each in reversed(today) if each.key_id == key.pk), None)
    state = State(newest.state) if newest else None
    if newest and state in (State.HELD, State.RELEASED):
        return newest, []
    if state == State.WITHDRAWN or _is_far_above_usual(
        key, sum(each.lines for each in today), arriving, start
    ):
        return _begun(key, State.HELD, now)
    return (newest, []) if newest else _begun(key, State.OPEN, now)


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


def _begun(key: AgencyKey, state: State, now: datetime) -> tuple[Batch, list[ledger.Act]]:
    batch = Batch.objects.create(agency=key.agency, source=KEY, key=key, begun=now, state=state)
    return batch, [begun(batch, now)]


def begun(batch: Batch, now: datetime) -> ledger.Act:
    """The entry with which a batch begins: whose it is, how it came, and whether it is held."""
    body = {
        "agency": batch.agency_id,
        "source": batch.source,
        "key": batch.key_id,
        "digest": batch.digest,
        "state": str(batch.state),
    }
    why = FAR_ABOVE if batch.state == State.HELD else "records came in together"
    return ledger.Act(Move.BEGUN, subject(batch), why, None, batch.agency_id, now, body)

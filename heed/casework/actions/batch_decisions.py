"""A person looks at a batch and says what becomes of it: released, or withdrawn. Nothing of it is removed either way.

A released batch counts from now on. A withdrawn one counts for nothing; its records can be read, marked as withdrawn.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.batches import subject
from heed.casework.actions.duties import settling, withdrawing
from heed.casework.actions.missing.knowing import told_beside
from heed.casework.models import Batch, Outbox, Professional
from heed.casework.models import Record as Row
from heed.casework.models.records import RecordQuerySet
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.core.records.batches import Move, NotPossible, State, next_state
from heed.core.records.explained import Explained
from heed.core.records.kinds import Grade
from heed.core.records.reading import parse
from heed.core.records.record import Record

DECIDE = (Grade.MANAGER, Grade.SENIOR, Grade.EXECUTIVE)
"""The grades that may say what becomes of a batch, at the agency it came from or at the partnership."""
AT_ONCE = 500


def may_decide(by: Professional, batch: Batch) -> bool:
    """Whether this person may release or withdraw this batch. One of several agencies is the partnership's."""
    return by.is_active and by.grade in DECIDE and by.agency_id in (batch.agency_id, PARTNERSHIP)


def release(*, number: int, reason: str, by: Professional, now: datetime) -> Batch:
    """The batch counts from now on: linked, noticed, and what its records answer is answered."""
    return _decided(number, Move.RELEASED, reason, by, now)


def withdraw(*, number: int, reason: str, by: Professional, now: datetime) -> Batch:
    """The batch counts no more. Duties that rest on it alone are closed with the reason; an answer that came in it
    is no answer, and its duty opens again one rung higher."""
    return _decided(number, Move.WITHDRAWN, reason, by, now)


def _decided(number: int, move: Move, reason: str, by: Professional, now: datetime) -> Batch:
    words = reason.strip()
    if len(words) < policy().intake.reason_characters:
        raise Explained(f"Say why, in at least {policy().intake.reason_characters} characters.")
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(pk=number).first()
        if batch is None or not may_decide(by, batch):
            raise Explained(
                f"there is no batch {number} that {by} may decide on: it is for a manager of the agency that sent it, "
                "or of the partnership."
            )
        _move(batch, move, words, by, now)
        acts = list(_consequences(batch, move, words, by, now))
        body = {"reason": words, "records": batch.lines, "state": str(batch.state)}
        ledger.append_many(
            [ledger.Act(move, subject(batch), str(batch.state), by, batch.agency_id, now, body), *acts]
        )
        _owe(batch, now)
    return batch


def _move(batch: Batch, move: Move, reason: str, by: Professional, now: datetime) -> None:
    try:
        state = next_state(State(batch.state), move)
    except NotPossible:
        raise Explained(f"batch {batch.pk} is {batch.state}: that cannot be done to it.") from None
    batch.state, batch.reason, batch.decided_by, batch.decided_at = str(state), reason, by, now
    batch.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _consequences(
    batch: Batch, move: Move, reason: str, by: Professional, now: datetime
) -> Iterator[ledger.Act]:
    for some in batched(_rows(batch).iterator(chunk_size=AT_ONCE), AT_ONCE):
        if move == Move.RELEASED:
            yield from _settled(some, now)
        else:
            yield from withdrawing.withdrawn(rows=some, reason=reason, by=by, now=now)


def _settled(rows: Sequence[Row], now: datetime) -> list[ledger.Act]:
    """Answers that newer revisions bring count from now on, as they would have when they came."""
    newer = [
        (row, record) for row, record in _read([row for row in rows if row.revision > 1]) if record.answer
    ]
    known = settling.duties_of(newer)
    return settling.settle([pair for pair in newer if (pair[1].agency, pair[1].ref) in known], known, now)


def _read(rows: Sequence[Row]) -> Iterator[tuple[Row, Record]]:
    for row, told in zip(rows, sealed.opened(rows), strict=True):
        reading = parse(json.loads(told)) if told else None
        if reading and reading.record:
            yield row, reading.record


def _rows(batch: Batch) -> RecordQuerySet:
    rows = Row.objects.system("what rests on a batch that a person has decided on")
    return rows.filter(arrival__batch=batch).order_by("pk")


def _owe(batch: Batch, now: datetime) -> None:
    """What the worker owes: link these people again, notice again, and look again at the episodes of which they told.
    The warehouse sees by itself that it is too old."""
    rows = _rows(batch)
    numbers = rows.values_list("pk", flat=True).iterator(chunk_size=2000)
    found = [*_runs(numbers), *_runs(told_beside(rows, now))]
    runs = [f"records:{first}-{last}" for first, last in found]
    Outbox.objects.bulk_create([Outbox(kind="link", subject=each, created_at=now) for each in runs])


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers in rising order as runs without a gap."""
    first = last = None
    for number in numbers:
        if first is None or last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last

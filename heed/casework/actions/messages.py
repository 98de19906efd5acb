"""One message of an agency's system: records in, an account of each line out, the same however often it comes."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from heed.casework.actions import batches
from heed.casework.actions.receive import Outcome, Receipt, receive_many
from heed.casework.models import AgencyKey, Entry, Submission
from heed.casework.receipting import signed
from heed.core.records.record import Record
from heed.formats.contract import Row, Usable

_turn = threading.Lock()
"""One message at a time in each web process. SQLite has one writer anyway, and whoever finds it busy sleeps far longer
than a message takes; here the next one goes on at once, and other writers have one rival instead of eight."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of each record of a message, in their order, with the signed receipt of each that is kept.
    `again`: the message had been answered before."""

    outcomes: tuple[Outcome, ...]
    receipts: tuple[str, ...] = ()
    batch: int | None = None
    held: bool = False
    again: bool = False


class OtherContent(ValueError):
    """The same idempotency key came with another message."""


def receive_message(
    *, key: AgencyKey, rows: Sequence[Row], digest: str, idempotency: str, by: None, now: datetime
) -> Answered:
    """Save what is usable of a message, all or none, together with what is answered to it.

    `digest` is the SHA-256 of the message as it came, `idempotency` its sender's name for it, or empty. Raises
    OtherContent where that name was given to another message. A system sends, no person: `by` is None.
    """
    records = [row.record for row in rows if isinstance(row, Usable)]
    with _turn, transaction.atomic():
        _one_at_a_time(key)
        before = _before(key, idempotency, digest, records)
        if before is not None:
            return before
        answered = _received(key, records, now) if records else Answered(())
        if idempotency:
            _keep(answered, key=key, idempotency=idempotency, digest=digest, at=now)
    return answered


def _one_at_a_time(key: AgencyKey) -> None:
    """Two messages of one key wait for each other, also between processes. On SQLite there is one writer anyway."""
    if connection.features.has_select_for_update:
        list(AgencyKey.objects.select_for_update(no_key=True).filter(pk=key.pk).values_list("pk"))


def _received(key: AgencyKey, records: Sequence[Record], now: datetime) -> Answered:
    batch = batches.of_today(key=key, arriving=len(records), now=now)
    outcomes = receive_many(records=records, by=None, now=now, batch=batch)
    return Answered(tuple(outcomes), _signed(outcomes), batch.pk, batches.is_held(batch))


def _before(key: AgencyKey, idempotency: str, digest: str, records: Sequence[Record]) -> Answered | None:
    """What was answered to this message when it came before."""
    kept = Submission.objects.filter(key=key, idempotency=idempotency).first() if idempotency else None
    if kept is None:
        return None
    told = json.loads(kept.outcomes)
    if kept.digest != digest or len(told["outcomes"]) != len(records):
        raise OtherContent
    entries = Entry.objects.in_bulk([seq for _, seq, _ in told["outcomes"] if seq is not None])
    outcomes = [
        Outcome(kind, _receipt(entries.get(seq), record), withdrawn=withdrawn)
        for (kind, seq, withdrawn), record in zip(told["outcomes"], records, strict=True)
    ]
    return Answered(tuple(outcomes), _signed(outcomes), told["batch"], told["held"], again=True)


def _signed(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Signed before anything is final: a house that cannot sign says "not saved", and it is true."""
    return tuple(signed(each.receipt) if each.receipt else "" for each in outcomes)


def _receipt(entry: Entry | None, record: Record) -> Receipt | None:
    return Receipt(entry.seq, entry.leaf, entry.at, record.agency, record.ref) if entry else None


def _keep(answered: Answered, **what: object) -> None:
    told = {
        "batch": answered.batch,
        "held": answered.held,
        "outcomes": [
            [each.kind, each.receipt.seq if each.receipt else None, each.withdrawn]
            for each in answered.outcomes
        ],
    }
    Submission.objects.create(outcomes=json.dumps(told), **what)

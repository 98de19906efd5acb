"""Taking records in: record, people, things, duty, ledger entry and outbox row in one transaction, then a receipt."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction

from heed.casework.actions import attach, batches, kept, ledger, rows
from heed.casework.actions.duties import following, may_ask, open_for_records, settling
from heed.casework.agencies import ensure_all
from heed.casework.models import Agency, Batch, Entry, Outbox, Professional
from heed.casework.proof import Header
from heed.casework.sealing import whose
from heed.core.records.prepared import Prepared, prepared
from heed.core.records.record import Record
from heed.core.records.revisions import Coming
from heed.formats.contract import Attached

ACT = "collection"


class Receipt(NamedTuple):
    """Proof that a record was saved: the entry's place in the ledger, its leaf, and when."""

    seq: int
    leaf: str
    at: datetime
    agency: str
    ref: str


class Outcome(NamedTuple):
    """What became of one record. `kind` is accepted, superseding, unchanged or refused."""

    kind: str
    receipt: Receipt | None = None
    conflict: str = ""
    withdrawn: bool = False
    """Refused because it was withdrawn: whoever may not read what is kept may still be told that."""


class Refused(ValueError):
    """A single record that contradicts what is kept. The words say what differs."""


def receive(
    *, record: Record, by: Professional | None, now: datetime, attached: Sequence[Attached] = ()
) -> Receipt:
    """Save one record with the files that came with it; the receipt is returned only once all is on the disk. The same
    record again: the same receipt.

    Raises Refused when another content is kept under the same revision.
    """
    outcome = receive_many(records=[record], by=by, now=now, attached=[attached])[0]
    if outcome.receipt is None:
        raise Refused(f"{record.agency} {record.ref}: {outcome.conflict}")
    return outcome.receipt


def receive_many(
    *,
    records: Sequence[Record | Prepared],
    by: Professional | None,
    now: datetime,
    batch: Batch | None = None,
    attached: Sequence[Sequence[Attached]] = (),
) -> list[Outcome]:
    """Save many records, all or none, and say what became of each in its order.

    `batch` is what they came in. One that is not saved yet is saved with the first record that is new. `attached` are
    the files of each record, empty when none has any; those of a record that is here already are passed over.
    """
    new = batch is not None and batch.pk is None
    ready = [each if isinstance(each, Prepared) else prepared(each) for each in records]
    try:
        return _received(ready, by, now, batch, attached)
    except IntegrityError:
        # Somebody saved one of these records between our look and our insert: look again.
        if batch is not None and new:
            batch.pk, batch._state.adding = None, True
        return _received(ready, by, now, batch, attached)


def _received(
    records: Sequence[Prepared],
    by: Professional | None,
    now: datetime,
    batch: Batch | None,
    attached: Sequence[Sequence[Attached]],
) -> list[Outcome]:
    with transaction.atomic():
        ensure_all({record.agency for record in records})
        _one_writer(records)
        sorted_out = kept.sort_out(records)
        fresh = [each for each in sorted_out if each.coming in (Coming.ACCEPTED, Coming.SUPERSEDING)]
        saved = rows.write([each.record for each in fresh], [each.digest for each in fresh], by, now)
        begun = batches.add(batch=batch, records=[row.number for row in saved], by=by, now=now)
        acts = _acts(saved, fresh, by, now, batch)
        acts += _duties(saved, fresh, by, now, batches.is_held(batch))
        acts += begun
        if attached:
            acts += _files(saved, fresh, attached, by, now)
        entries = ledger.append_many(acts) if acts else []
        _owe_links(saved, now)
    receipts = {
        each.place: _receipt(e, each.record) for each, e in zip(fresh, entries[: len(fresh)], strict=True)
    }
    receipts |= _earlier_receipts([each for each in sorted_out if each.coming == Coming.UNCHANGED], receipts)
    return [
        Outcome(str(each.coming), receipts.get(each.place), each.conflict, each.withdrawn)
        for each in sorted_out
    ]


def _one_writer(records: Sequence[Prepared]) -> None:
    """Whoever else takes in records of these agencies waits: two imports of the same records in another order would
    lock each other out. Rows that only name an agency pass. On SQLite there is one writer anyway."""
    if not connection.features.has_select_for_update:
        return
    agencies = Agency.objects.select_for_update(no_key=True).filter(
        pk__in={record.agency for record in records}
    )
    list(agencies.order_by("pk"))


def _acts(
    saved: Sequence[rows.Saved],
    fresh: Sequence["kept.Sorted"],
    by: Professional | None,
    now: datetime,
    batch: Batch | None,
) -> list[ledger.Act]:
    """The body of a record's entry is the record itself: the exact line that is kept and exported. Its header names
    the batch, so that no record can be moved into another one unseen."""
    into = "" if batch is None else f" {batches.subject(batch)}"
    ways = {way: f"{way}{into}" for way in (Coming.ACCEPTED, Coming.SUPERSEDING)}
    return [
        ledger.Act(
            ACT, f"record:{row.number}", ways[each.coming], by, row.record.agency, now, None, row.record.line
        )
        for row, each in zip(saved, fresh, strict=True)
    ]


def _files(
    saved: Sequence[rows.Saved],
    fresh: Sequence["kept.Sorted"],
    attached: Sequence[Sequence[Attached]],
    by: Professional | None,
    now: datetime,
) -> list[ledger.Act]:
    """The files of these records, each sealed under its record's key."""
    files = [
        (row.row(), whose.prepared(each.record), attached[each.place])
        for row, each in zip(saved, fresh, strict=True)
        if attached[each.place]
    ]
    return attach.acts(saved=files, by=by, now=now)


def _duties(
    saved: Sequence[rows.Saved],
    fresh: Sequence["kept.Sorted"],
    by: Professional | None,
    now: datetime,
    held: bool,
) -> list[ledger.Act]:
    """What these records ask of somebody. Only the newest revision asks, and only if no earlier one has.

    A held batch opens duties like any other: a real concern in a flood does not wait. It settles none.
    """
    newest = {
        (each.record.agency, each.record.ref): (row, each) for row, each in zip(saved, fresh, strict=True)
    }
    newer = [(row.row(), e.record.record) for row, e in newest.values() if e.coming == Coming.SUPERSEDING]
    known = settling.duties_of(newer)
    new = [
        (row.row(), e.record.record)
        for row, e in newest.values()
        if (e.record.agency, e.record.ref) not in known and may_ask(e.record, now)
    ]
    owed = [
        pair
        for pair in newer
        if (pair[1].agency, pair[1].ref) in known and not (held and pair[1].answer is not None)
    ]
    back = [
        (row.row(), each.record.record)
        for row, each in newest.values()
        if following.may_tell_of_a_return(each.record, now)
        and following.tells_of_a_return(each.record.record)
    ]
    acts = settling.settle(owed, known, now) + open_for_records(saved=new, by=by, now=now)
    acts += [] if held else settling.ask_for_first(new, now)
    return acts + following.returns(back, by, now)


def _owe_links(saved: Sequence[rows.Saved], now: datetime) -> None:
    """What the worker owes these records: link their people, notice what repeats."""
    if saved:
        first, last = saved[0].number, saved[-1].number
        subject = f"record:{first}" if first == last else f"records:{first}-{last}"
        Outbox.objects.create(kind="link", subject=subject, created_at=now)


def _receipt(entry: Entry | Header, record: Prepared) -> Receipt:
    return Receipt(entry.seq, entry.leaf, entry.at, record.agency, record.ref)


def _earlier_receipts(unchanged: Sequence["kept.Sorted"], new: dict[int, Receipt]) -> dict[int, Receipt]:
    """The original receipt of each record that was here before, also if it came earlier in the same call."""
    found = {each.place: new[each.same_as] for each in unchanged if each.same_as is not None}
    older = [each for each in unchanged if each.kept_id is not None]
    for chunk in kept.chunks(older):
        subjects = {f"record:{each.kept_id}" for each in chunk}
        entries = {e.subject: e for e in Entry.objects.filter(subject__in=subjects, kind=ACT)}
        found |= {each.place: _receipt(entries[f"record:{each.kept_id}"], each.record) for each in chunk}
    return found

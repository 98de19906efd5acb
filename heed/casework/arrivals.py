"""Holding batches, what came in them, and keys against the ledger: nobody hides a record by putting it in a batch that
counts for nothing, or lets a flood count, unseen."""

import json
import re
from collections.abc import Iterator
from typing import Any

from heed.casework.actions.agency_keys import KIND as KEY
from heed.casework.actions.batches import told
from heed.casework.keeping import Fault
from heed.casework.models import AgencyKey, Batch, BatchRecord, Body, Entry
from heed.casework.walking import starts
from heed.core.records.batches import Move, NotPossible, State, folded

COLLECTION = "collection"
IN_BATCH = re.compile(r" batch:([0-9]{1,18})$")
CHUNK = 2000


def arrivals() -> Iterator[Fault]:
    """Every difference between the ledger and the batches, their records and the keys."""
    yield from _records()
    yield from _batches()
    yield from _keys()


def _records() -> Iterator[Fault]:
    """Each record is in the batch that the header of its entry names, and in no other."""
    matched = 0
    collections = Entry.objects.filter(kind=COLLECTION)
    for start in starts(collections, "seq", CHUNK):
        chunk = collections.filter(seq__gte=start, seq__lt=start + CHUNK)
        named = {
            int(subject.partition(":")[2]): _batch(purpose)
            for subject, purpose in chunk.values_list("subject", "purpose")
            if subject.partition(":")[2].isdigit()
        }
        kept = dict(BatchRecord.objects.filter(record__in=list(named)).values_list("record_id", "batch_id"))
        matched += len(kept)
        for record, batch in named.items():
            if kept.get(record) != batch:
                yield Fault(f"record row {record}", f"is not in batch {batch}, as its entry says")
    if matched != BatchRecord.objects.count():
        yield Fault("batches", "hold a record of which no entry tells")


def _batch(purpose: str) -> int | None:
    found = IN_BATCH.search(purpose)
    return int(found[1]) if found else None


def _batches() -> Iterator[Fault]:
    entries: dict[str, list[tuple[str, Any, Any]]] = {}
    told_of = Entry.objects.filter(kind__in=[str(move) for move in Move]).order_by("seq")
    bodies = dict(Body.objects.filter(entry__in=told_of).values_list("entry_id", "text"))
    for entry in told_of:
        entries.setdefault(entry.subject, []).append((entry.kind, entry, bodies.get(entry.pk, "")))
    for batch in Batch.objects.order_by("pk"):
        acts = entries.pop(f"batch:{batch.pk}", [])
        if not _stands(batch, acts):
            yield Fault(f"batch {batch.pk}", "is not what its entries say")
    for subject in entries:
        yield Fault(subject, "the batch its entries tell of is not there")


def _stands(batch: Batch, acts: list[tuple[str, Any, Any]]) -> bool:
    if not acts or acts[0][0] != Move.BEGUN:
        return False
    try:
        first, *rest = [(Move(kind), entry, json.loads(text)) for kind, entry, text in acts]
        state = folded(State(first[2]["state"]), [move for move, _, _ in rest])
        if told(batch) | {"state": first[2]["state"]} != first[2] or batch.state != state:
            return False
        if not rest:
            return (batch.decided_at, batch.decided_by_id, batch.reason) == (None, None, "")
        _, entry, body = rest[-1]
        decided = (entry.at, entry.actor_id, body["reason"])
        return (batch.decided_at, batch.decided_by_id, batch.reason) == decided
    except (ValueError, KeyError, TypeError, NotPossible):
        return False


def _keys() -> Iterator[Fault]:
    """Each key was made by an entry, and is revoked exactly if an entry says so."""
    acts = Entry.objects.filter(kind=KEY).order_by("seq")
    bodies = dict(Body.objects.filter(entry__in=acts).values_list("entry_id", "text"))
    said: dict[str, list[tuple[str, Any, str]]] = {}
    for entry in acts:
        said.setdefault(entry.subject, []).append((entry.purpose, entry.at, bodies.get(entry.pk, "")))
    for key in AgencyKey.objects.order_by("pk"):
        what = json.dumps(
            {"agency": key.agency_id, "digest": key.digest, "name": key.name},
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip
        expected = [("made", key.made_at, what)]
        if key.revoked_at is not None:
            expected.append(("revoked", key.revoked_at, what))
        if said.pop(f"key:{key.pk}", []) != expected:
            yield Fault(f"key {key.pk}", "is not what its entries say")
    for subject in said:
        yield Fault(subject, "the key its entries tell of is not there")

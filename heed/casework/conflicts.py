"""Holding conflicts of interest against the ledger: every conflict and every end has its entry, and every entry its row.
A row taken away by hand, or an end put there, would open somebody's records to whoever stands near to them."""

import json
from collections.abc import Iterator
from typing import Any

from heed.casework import sealed
from heed.casework.actions.conflicts import ABOUT, KIND
from heed.casework.keeping import Fault
from heed.casework.models import Conflict, ConflictEnd, Entry
from heed.casework.sealing.rows import conflict_end_at, conflict_reason_at, texts_of

RECORDED, ENDED = "recorded", "ended"
type Told = dict[tuple[str, str], tuple[object, ...]]


def conflict_faults() -> Iterator[Fault]:
    """Every difference between conflicts of interest with their ends, and the ledger."""
    kept, told = {**_conflicts(), **_ends()}, _told()
    for subject, purpose in sorted(kept.keys() | told.keys()):
        if kept.get((subject, purpose)) != told.get((subject, purpose)):
            yield Fault(subject, f"was not {purpose} as the ledger says")


def _conflicts() -> Told:
    rows = list(Conflict.objects.order_by("pk"))
    words = sealed.tried([(row.reason, conflict_reason_at(row.reference)) for row in rows])
    return {
        (f"{ABOUT}{row.reference}", RECORDED): (
            row.by_id, row.at, row.professional_id, row.source_agency, row.source_ref, said,
        )
        for row, said in zip(rows, words, strict=True)
    }  # fmt: skip


def _ends() -> Told:
    rows = list(ConflictEnd.objects.order_by("pk").select_related("conflict"))
    words = sealed.tried([(row.words, conflict_end_at(row.pk)) for row in rows])
    return {
        (f"{ABOUT}{row.conflict.reference}", ENDED): (row.by_id, row.at, said)
        for row, said in zip(rows, words, strict=True)
    }


def _told() -> Told:
    """What the entries say; nothing in place of what cannot be read, which agrees with no row."""
    entries = list(Entry.objects.filter(kind=KIND, body__isnull=False).select_related("body").order_by("seq"))
    texts = texts_of([(entry.seq, entry.body.text) for entry in entries])
    return {
        (entry.subject, entry.purpose): (entry.actor_id, entry.at, *_said(entry.purpose, text))
        for entry, text in zip(entries, texts, strict=True)
    }


def _said(purpose: str, text: str | None) -> tuple[Any, ...]:
    try:
        body = json.loads(text or "")
        return (
            (body["words"],) if purpose == ENDED else (body["professional"], *body["source"], body["reason"])
        )
    except (ValueError, KeyError, TypeError):
        return ()

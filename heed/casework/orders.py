"""Holding legal holds and erasure requests against the ledger: a hold that is gone, lifted by nobody, or moved to another
child would let an erasure pass; a request that was changed would have the second person agree to something else."""

import json
from collections.abc import Iterator
from typing import Any

from heed.casework.actions.erasing import ASKED, ERASED, REFUSED
from heed.casework.actions.holds import KIND as HOLD
from heed.casework.keeping import Fault
from heed.casework.models import Entry, ErasedRecord, ErasureDecision, ErasureRequest, HoldLifted, LegalHold
from heed.casework.sealed import Gone, Unreadable
from heed.casework.sealing.rows import sources_of, texts_of

NAMED = ("scope", "agency", "ref")
ASKED_FOR = (*NAMED, "sources", "basis")
type Told = dict[tuple[str, str], tuple[Any, ...]]


def orders() -> Iterator[Fault]:
    """Every difference between holds, requests and decisions and what their entries say."""
    yield from _holds()
    yield from _requests()


def _holds() -> Iterator[Fault]:
    told: Told = {}
    for entry, body in _said(HOLD):
        names = NAMED if entry.purpose == "set" else ()
        told[entry.subject, entry.purpose] = (entry.actor_id, entry.at, *(body.get(name) for name in names))
    kept: Told = {}
    for hold in LegalHold.objects.order_by("pk"):
        kept[f"hold:{hold.pk}", "set"] = (hold.by_id, hold.at, hold.scope, hold.agency_id, hold.ref)
    for lifted in HoldLifted.objects.order_by("pk"):
        kept[f"hold:{lifted.pk}", "lifted"] = (lifted.by_id, lifted.at)
    for subject, purpose in sorted(told.keys() | kept.keys()):
        if told.get((subject, purpose)) != kept.get((subject, purpose)):
            yield Fault(subject, f"that it was {purpose} is not what the ledger says of it")


def _requests() -> Iterator[Fault]:
    asked = {
        entry.subject: (entry.actor_id, entry.at, *(body.get(name) for name in ASKED_FOR))
        for entry, body in _said(ASKED)
    }
    kept = {
        f"erasure:{row.pk}": (
            row.by_id, row.at, row.scope, row.agency_id, row.ref, _sources(row), row.basis,
        )
        for row in ErasureRequest.objects.order_by("pk")
    }  # fmt: skip
    for subject in sorted(asked.keys() | kept.keys()):
        if asked.get(subject) != kept.get(subject):
            yield Fault(subject, "is not what was asked for in the ledger")
    yield from _decisions()
    covered = set(Entry.objects.filter(kind=ERASED).values_list("subject", flat=True))
    for erased in ErasedRecord.objects.order_by("pk").select_related("record"):
        if f"erasure:{erased.request_id}" not in covered or erased.record.document:
            yield Fault(f"record {erased.record}", "is said to be erased, and no entry says so")


def _sources(row: ErasureRequest) -> list[str] | None:
    """The sources a request names; None, which agrees with no entry, where they cannot be opened."""
    try:
        return sources_of(row)
    except (Gone, Unreadable, ValueError):
        return None


def _decisions() -> Iterator[Fault]:
    told = {
        (entry.subject, entry.kind): (entry.seq, entry.actor_id, entry.at)
        for entry in Entry.objects.filter(kind__in=(ERASED, REFUSED))
    }
    kept = {
        (f"erasure:{said.pk}", ERASED if said.agreed else REFUSED): (said.entry, said.by_id, said.at)
        for said in ErasureDecision.objects.order_by("pk")
    }
    for subject, kind in sorted(told.keys() | kept.keys()):
        if told.get((subject, kind)) != kept.get((subject, kind)):
            yield Fault(subject, "was not decided as the ledger says")


def _said(kind: str) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Each entry of a kind with its body; an empty one where it cannot be read, which agrees with no row."""
    entries = list(Entry.objects.filter(kind=kind, body__isnull=False).select_related("body").order_by("seq"))
    texts = texts_of([(entry.seq, entry.body.text) for entry in entries])
    for entry, text in zip(entries, texts, strict=True):
        body = _read(text or "")
        yield entry, body if isinstance(body, dict) else {}


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None

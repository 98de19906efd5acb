"""Holding conflicts of interest against the ledger: every conflict and every end has its entry, and every entry its row.
A row taken away by hand, or an end put there, would open somebody's records to whoever stands near to them."""

from collections.abc import Iterator
from typing import Any

from heed.casework import sealed
from heed.casework.acted import Told, differences, told_by
from heed.casework.actions.conflicts import ABOUT, KIND
from heed.casework.keeping import Fault
from heed.casework.models import Conflict, ConflictEnd
from heed.casework.sealing.rows import conflict_end_at, conflict_reason_at

RECORDED, ENDED = "recorded", "ended"


def conflict_faults() -> Iterator[Fault]:
    """Every difference between conflicts of interest with their ends, and the ledger."""
    yield from differences({**_conflicts(), **_ends()}, told_by(KIND, _said))


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


def _said(purpose: str, body: dict[str, Any]) -> tuple[object, ...]:
    return (body["words"],) if purpose == ENDED else (body["professional"], *body["source"], body["reason"])

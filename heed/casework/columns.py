"""The columns of a record, computed from its document: once when it is received, again when the ledger is verified."""

from dataclasses import dataclass
from datetime import datetime

from heed.core.records.record import Document
from heed.core.records.when import When, parse_instant, parse_when


@dataclass(frozen=True, slots=True)
class Columns:
    """What the table says beside the document. An open end is empty; an uncertain day spans its instants."""

    agency_id: str
    ref: str
    revision: int
    kind: str
    happened_from: datetime | None
    happened_to: datetime | None
    recorded_at: datetime


def columns(document: Document) -> Columns:
    """The columns of a document. Raises KeyError or ValueError on one that was never readable."""
    begun, ended = _when(document.get("happened_from")), _when(document.get("happened_to"))
    return Columns(
        agency_id=document["agency"],
        ref=document["ref"],
        revision=document.get("revision") or 1,
        kind=document["kind"],
        happened_from=begun.earliest if begun else None,
        happened_to=ended.latest if ended else None,
        recorded_at=parse_instant(document["recorded_at"]),
    )


def _when(text: str | None) -> When | None:
    return parse_when(text) if text else None

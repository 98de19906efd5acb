"""The door to a receipt: proof for whoever saved a record, and what is owed because of it."""

import json
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.receive import Receipt
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import Owed, as_owed, in_sight
from heed.casework.models import Entry, Record
from heed.casework.receipting import signed
from heed.core.access.viewer import Viewer

PURPOSE = "to see the receipt of a saved record"
TO_KEEP = "to keep the receipt of a saved record"
LEAF_SHOWN = 16
DANGER_NOW = "danger_now"


@dataclass(frozen=True, slots=True)
class Saved:
    """A receipt. `leaf` is the start of the entry's hash; `danger`: a child was said to be in danger."""

    seq: int
    leaf: str
    at: datetime
    danger: bool
    duties: tuple[Owed, ...]


def receipt_text(*, viewer: Viewer, seq: int, now: datetime) -> str | None:
    """The signed receipt of a record that the viewer saved, as text to keep; or None. Logged either way."""
    entry = _saved_by(viewer, seq)
    if entry is None:
        refused(viewer=viewer, subject=f"entry:{seq}", purpose=TO_KEEP, now=now)
        return None
    looked(viewer=viewer, subject=f"entry:{seq}", purpose=TO_KEEP, records=[_record(entry)], now=now)
    return signed(Receipt(entry.seq, entry.leaf, entry.at, str(entry.agency_id), ""))


def receipt_of(*, viewer: Viewer, seq: int, now: datetime) -> Saved | None:
    """The receipt of a record that the viewer saved, or None. Logged either way."""
    entry = _saved_by(viewer, seq)
    if entry is None:
        refused(viewer=viewer, subject=f"entry:{seq}", purpose=PURPOSE, now=now)
        return None
    record = _record(entry)
    looked(viewer=viewer, subject=f"entry:{seq}", purpose=PURPOSE, records=[record], now=now)
    seen = sealed.documents(Record.objects.visible_to(viewer).filter(pk=record))
    danger = any(DANGER_NOW in json.loads(told).get("observations", []) for (told,) in seen)
    duties = as_owed(viewer, in_sight(viewer).filter(record=record).order_by("opened_at"))
    return Saved(entry.seq, entry.leaf[:LEAF_SHOWN], entry.at, danger, duties)


def _saved_by(viewer: Viewer, seq: int) -> Entry | None:
    found: Entry | None = Entry.objects.filter(seq=seq, kind="collection", actor=viewer.professional).first()
    return found


def _record(entry: Entry) -> int:
    return int(entry.subject.removeprefix("record:"))

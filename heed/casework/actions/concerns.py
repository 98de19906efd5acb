"""Saving a concern raised on a page. The same page sent twice is saved once."""

import json
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.receive import Receipt, Refused, receive
from heed.casework.models import Entry, Professional
from heed.casework.models import Record as Row
from heed.core.records.record import Document, Record

WHEN_WRITTEN = "recorded_at"


class SavedBefore(ValueError):
    """An earlier version of the same page is kept under its reference; `receipt` is the number it got."""

    def __init__(self, receipt: int) -> None:
        super().__init__(f"an earlier version of this page was saved as receipt {receipt}")
        self.receipt = receipt


def save_concern(*, record: Record, by: Professional, now: datetime) -> Receipt:
    """Save it, or hand back the receipt it already has. Raises SavedBefore when other words were saved from the
    same page: nothing is replaced, and whoever wrote decides what to do."""
    earlier = _earlier(record)
    if earlier is None:
        try:
            return receive(record=record, by=by, now=now)
        except Refused:
            # The same page, sent twice at once: the other sending was first.
            earlier = _earlier(record)
            if earlier is None:
                raise
    receipt, kept = earlier
    if kept is None or _words(kept) != _words(record.document):
        raise SavedBefore(receipt.seq)
    return receipt


def _earlier(record: Record) -> tuple[Receipt, Document | None] | None:
    rows = Row.objects.system("a page sent twice is saved once")
    row = rows.filter(agency=record.agency, ref=record.ref, revision=record.revision).first()
    if row is None:
        return None
    entry = Entry.objects.get(subject=f"record:{row.pk}", kind="collection")
    document = json.loads(sealed.document_of(row)) if row.document else None
    return Receipt(entry.seq, entry.leaf, entry.at, record.agency, record.ref), document


def _words(document: Document) -> Document:
    return {key: value for key, value in document.items() if key != WHEN_WRITTEN}

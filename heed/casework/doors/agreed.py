"""The door to what Heed read in a record's texts: for whoever may see the record, with what was said of it."""

import json
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.agreed import said_of, texts_of
from heed.casework.doors.looks import looked, refused
from heed.casework.models import Entry, Record
from heed.core.access.viewer import Viewer
from heed.core.language.named import Named, proposals
from heed.core.records.record import Document

PURPOSE = "to agree to what was read in a text"


@dataclass(frozen=True, slots=True)
class Read:
    """One thing read: in which text, what stands around it, and what was said of it by whom (empty: nothing yet)."""

    place: str
    named: Named
    text: str
    said: str
    by: str


@dataclass(frozen=True, slots=True)
class ReadIn:
    """A record with what was read in it. `row` is for the action that keeps somebody's word."""

    row: Record
    document: Document
    found: tuple[Read, ...]


def read_in(*, viewer: Viewer, key: int, now: datetime) -> ReadIn | None:
    """What was read in a record, or None when the viewer may not see it. Logged either way."""
    row = Record.objects.visible_to(viewer).exclude(document="").filter(pk=key).first()
    if row is None:
        refused(viewer=viewer, subject=f"record:{key}", purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=f"record:{key}", purpose=PURPOSE, records=[key], now=now)
    document: Document = json.loads(sealed.document_of(row))
    return ReadIn(row, document, tuple(_found(key, document)))


def named_in(document: Document) -> int:
    """How many things the rules read in a document the viewer sees already."""
    return sum(len(proposals(text)) for text in texts_of(document).values())


def key_of_receipt(*, viewer: Viewer, seq: int) -> int | None:
    """The row of the record the viewer saved under a receipt: a number, and nothing of the record."""
    entry = Entry.objects.filter(seq=seq, kind="collection", actor=viewer.professional).first()
    return int(entry.subject.removeprefix("record:")) if entry else None


def _found(key: int, document: Document) -> list[Read]:
    said = said_of([key]).get(key, {})
    found = []
    for place, text in texts_of(document).items():
        for each in proposals(text):
            word = said.get((place, each.start, each.end, each.kind))
            found.append(Read(place, each, text, word.said if word else "", word.by.name if word else ""))
    return found

"""A person's word on something Heed read in a text: only what is agreed counts, and either word can be taken back."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.agreed import AGREED, DECLINED, said_of, texts_of
from heed.casework.models import Agreement, Outbox, Professional, Record
from heed.core.language.named import Named, proposals
from heed.core.records.explained import Explained
from heed.core.records.record import Document

KIND = "mention"
GONE = "That is not among what Heed reads in this text. Open the page again and choose from what it shows."


def say(
    *, record: Record, document: Document, place: str, start: int, said: str, by: Professional, now: datetime
) -> Agreement:
    """Keep a person's word on what is read from character `start` of a text, and owe a new look at what repeats.

    The same word again changes nothing. Raises Explained when nothing is read there or the word is neither of two.
    """
    read = _read_at(document, place, start)
    if said not in (AGREED, DECLINED):
        raise Explained(f"A word on what was read is one of {AGREED}, {DECLINED}; choose one of them.")
    with transaction.atomic():
        before = said_of([record.pk]).get(record.pk, {}).get((place, read.start, read.end, read.kind))
        if before is not None and before.said == said:
            return before
        row = Agreement.objects.create(
            record=record, place=place, start=read.start, end=read.end, kind=read.kind, rule=read.rule,
            said=said, by=by, at=now,
        )  # fmt: skip
        if said == AGREED or before is not None:
            Outbox.objects.create(kind="notice", subject=f"agreement:{row.pk}", created_at=now)
        ledger.append(
            kind=KIND,
            subject=f"agreement:{row.pk}",
            purpose=said,
            body={
                "record": record.pk, "place": place, "from": read.start, "to": read.end,
                "kind": read.kind, "rule": read.rule, "said": said,
            },
            by=by,
            agency=by.agency_id,
            now=now,
        )  # fmt: skip
    return row


def _read_at(document: Document, place: str, start: int) -> Named:
    text = texts_of(document).get(place, "")
    for each in proposals(text):
        if each.start == start:
            return each
    raise Explained(GONE)

"""Ticking an event of a chronology as significant, with a reader's comment; or taking the tick back, with a reason.

A computed list cannot know which of eighty nights mattered: a person says so, by name, and the newest saying stands.
"""

import json
from collections.abc import Collection
from datetime import datetime
from itertools import batched

from django.db import connection, transaction

from heed.casework.actions import ledger
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Entry, Mention, Professional, Record, Significance
from heed.casework.sealed import document_of, seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import significance_at
from heed.core.records.explained import Explained

KIND, SUBJECT = "significance", "significance:"
LONGEST = 2000
AT_ONCE = 500


def signify(
    *, record: int, significant: bool, comment: str, practice: str, by: Professional, now: datetime
) -> Significance:
    """Say of one record that what it tells of was significant, or is not so any more. `practice` is what the reader
    says was expected then, beside what policy says. Raises Explained for no comment and for a record not theirs."""
    said = {"comment": _said(comment, "comment"), "practice": _within(practice.strip(), "practice")}
    with transaction.atomic():
        # One after the other, so that two who tick at once are numbered.
        Professional.objects.select_for_update(no_key=True).get(pk=by.pk)
        row = _theirs(record, by, now)
        number = Significance.objects.filter(record=row.pk).count() + 1
        owner = whose.document(json.loads(document_of(row)))
        made = Significance.objects.create(
            record=row, number=number, significant=significant, by=by, at=now,
            words=seal_text(json.dumps(said), key_of=owner, bound=significance_at(row.pk, number)),
        )  # fmt: skip
        body = {"record": row.pk, "number": number, "significant": significant, **said}
        ledger.append(
            kind=KIND, subject=f"{SUBJECT}{made.pk}", purpose="ticked" if significant else "taken back", body=body,
            by=by, agency=by.agency_id, now=now, key_of=owner,
        )  # fmt: skip
    return made


def may_signify(record: Record, by: Professional, now: datetime) -> bool:
    """Whether somebody may: of their own agency's record, or of a child they work with. An emergency is for reading."""
    viewer = viewer_for(by, now)
    if viewer.sees_own_agency and record.agency_id == viewer.agency:
        return True
    named = Mention.objects.of([record.pk]).values_list("source_id", flat=True)
    return bool(viewer.sources & set(named))


def empty(records: Collection[int]) -> list[int]:
    """Take the words out with the records that are erased, inside the caller's transaction; their entries. That a tick
    was made, by whom and when, stays."""
    made: list[int] = []
    for some in batched(sorted(records), AT_ONCE):
        made += Significance.objects.filter(record__in=some).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.executemany(
            "update casework_significance set words = '' where id = %s", [(key,) for key in made]
        )
    seqs: list[int] = []
    for subjects in batched((f"{SUBJECT}{key}" for key in made), AT_ONCE):
        told = Entry.objects.filter(kind=KIND, subject__in=subjects, body__isnull=False)
        seqs += told.values_list("seq", flat=True)
    return seqs


def _theirs(record: int, by: Professional, now: datetime) -> Record:
    seen = Record.objects.visible_to(viewer_for(by, now)).current().filter(pk=record)
    row: Record | None = seen.first()
    if row is None or not may_signify(row, by, now):
        raise Explained(
            "That record is not yours to speak of: it is another agency's, and you do not work with the child. Ask "
            "whoever does, or the agency that wrote it."
        )
    return row


def _said(words: str, what: str) -> str:
    if not words.strip():
        raise Explained(f"Give a {what}: say in a sentence what a later reader has to know.")
    return _within(words.strip(), what)


def _within(words: str, what: str) -> str:
    if len(words) > LONGEST:
        raise Explained(f"The {what} is longer than {LONGEST:,} characters: write what matters most.")
    return words

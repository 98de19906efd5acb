"""Holding records that arrive against those already kept."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from heed.casework import sealed
from heed.casework.models import Record as Row
from heed.core.records.batches import State
from heed.core.records.prepared import Prepared
from heed.core.records.record import Document
from heed.core.records.revisions import Coming, coming, conflict, taken_back

CHUNK = 1000
ERASED = (
    "a record under this reference was erased by order and is not taken in again. If it was erased in error, send it "
    "under another reference and say so."
)
SHUT = (
    "what is kept of {agency} {ref} cannot be opened, because it is not what was sealed there, or its key is not in the "
    "keyring, so nothing can be held against it. Run `heed ledger verify`, and put back a copy of the database or of "
    "the keyring from before."
)
HELD = (
    "select r.ref, r.revision, r.digest, r.id, b.state from casework_record r "
    "left join casework_batchrecord a on a.record_id = r.id left join casework_batch b on b.id = a.batch_id "
    "where r.agency_id = %s and r.ref in ({})"
)
type Name = tuple[str, str]


class Sorted(NamedTuple):
    """One arriving record, and how it stands to what is kept.

    For an unchanged one `kept_id` is the row that holds it, or `same_as` its place earlier in the same call.
    """

    place: int
    record: Prepared
    digest: str
    coming: Coming
    kept_id: int | None = None
    same_as: int | None = None
    conflict: str = ""
    withdrawn: bool = False


@dataclass(slots=True)
class _Revision:
    """One kept revision: its digest, and its row or its place in this call."""

    digest: str
    row: int | None = None
    place: int | None = None
    record: Prepared | None = None
    withdrawn: bool = False


def sort_out(records: Sequence[Prepared]) -> list[Sorted]:
    """Say of each record whether it is new, newer, known or in conflict, also with those before it in the call."""
    revisions = _revisions(records)
    marks = sealed.marks_of(record.canonical for record in records)
    arriving = zip(records, marks, strict=True)
    return [_sorted(place, record, mark, revisions) for place, (record, mark) in enumerate(arriving)]


def chunks[T](things: Sequence[T]) -> Iterator[Sequence[T]]:
    """A long list in lengths every database takes in one question."""
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


def _sorted(place: int, record: Prepared, mark: str, revisions: dict[Name, dict[int, _Revision]]) -> Sorted:
    known = revisions[(record.agency, record.ref)]
    if not known:
        known[record.revision] = _Revision(mark, place=place, record=record)
        return Sorted(place, record, mark, Coming.ACCEPTED)
    if any(not each.digest for each in known.values()):
        return Sorted(place, record, mark, Coming.REFUSED, conflict=ERASED)
    withdrawn = {number for number, each in known.items() if each.withdrawn}
    how = coming({number: each.digest for number, each in known.items()}, record.revision, mark, withdrawn)
    match how:
        case Coming.ACCEPTED | Coming.SUPERSEDING:
            known[record.revision] = _Revision(mark, place=place, record=record)
            return Sorted(place, record, mark, how)
        case Coming.UNCHANGED:
            same = known[record.revision]
            return Sorted(place, record, mark, how, kept_id=same.row, same_as=same.place)
        case Coming.REFUSED if record.revision in withdrawn and known[record.revision].digest == mark:
            return Sorted(place, record, mark, how, conflict=taken_back(record.revision), withdrawn=True)
        case Coming.REFUSED:
            against = known.get(record.revision) or known[max(known)]
            return Sorted(place, record, mark, how, conflict=_conflict(against, record))


def _revisions(records: Sequence[Prepared]) -> dict[Name, dict[int, _Revision]]:
    found: dict[Name, dict[int, _Revision]] = defaultdict(dict)
    refs: dict[str, list[str]] = defaultdict(list)
    for record in records:
        refs[record.agency].append(record.ref)
    for agency, wanted in refs.items():
        for chunk in chunks(wanted):
            for ref, revision, mark, row, state in _kept(agency, chunk):
                found[(agency, ref)][revision] = _Revision(mark, row=row, withdrawn=state == State.WITHDRAWN)
    return found


def _kept(agency: str, refs: Sequence[str]) -> list[tuple[str, int, str, int, str | None]]:
    """Reference, revision, mark, row and state of the batch of what is kept under these references. In words of its
    own: every record that arrives is asked for, and the question costs more to put together than to answer."""
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(", ".join(["%s"] * len(refs))), [agency, *refs])
        found: list[tuple[str, int, str, int, str | None]] = cursor.fetchall()
    return found


def _conflict(against: _Revision, record: Prepared) -> str:
    try:
        return conflict(_document(against), dict(record.document))
    except (sealed.Gone, sealed.Unreadable):
        return SHUT.format(agency=record.agency, ref=record.ref)


def _document(known: _Revision) -> Document:
    if known.record is not None:
        return dict(known.record.document)
    rows = Row.objects.system("a conflict names the keys in which two records differ")
    document: Document = json.loads(sealed.document_of(rows.get(pk=known.row)))
    return document

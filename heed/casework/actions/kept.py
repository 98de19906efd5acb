"""Holding records that arrive against those already kept."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heed.casework.models import Record as Row
from heed.core.records.canonical import digest
from heed.core.records.record import Document, Record
from heed.core.records.revisions import Coming, coming, conflict

CHUNK = 1000
type Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sorted:
    """One arriving record, and how it stands to what is kept.

    For an unchanged one `kept_id` is the row that holds it, or `same_as` its place earlier in the same call.
    """

    place: int
    record: Record
    digest: str
    coming: Coming
    kept_id: int | None = None
    same_as: int | None = None
    conflict: str = ""


@dataclass(slots=True)
class _Kept:
    """One kept revision: its digest, and its row or its place in this call."""

    digest: str
    row: int | None = None
    place: int | None = None
    document: Document | None = None


def sort_out(records: Sequence[Record]) -> list[Sorted]:
    """Say of each record whether it is new, newer, known or in conflict, also with those before it in the call."""
    revisions = _revisions(records)
    return [_sorted(place, record, revisions) for place, record in enumerate(records)]


def chunks[T](things: Sequence[T]) -> Iterator[Sequence[T]]:
    """A long list in lengths every database takes in one question."""
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


def _sorted(place: int, record: Record, revisions: dict[Name, dict[int, _Kept]]) -> Sorted:
    mark = digest(record.document)
    known = revisions[(record.agency, record.ref)]
    how = coming({number: each.digest for number, each in known.items()}, record.revision, mark)
    match how:
        case Coming.ACCEPTED | Coming.SUPERSEDING:
            known[record.revision] = _Kept(mark, place=place, document=record.document)
            return Sorted(place, record, mark, how)
        case Coming.UNCHANGED:
            same = known[record.revision]
            return Sorted(place, record, mark, how, kept_id=same.row, same_as=same.place)
        case Coming.REFUSED:
            against = known.get(record.revision) or known[max(known)]
            return Sorted(place, record, mark, how, conflict=conflict(_document(against), record.document))


def _revisions(records: Sequence[Record]) -> dict[Name, dict[int, _Kept]]:
    found: dict[Name, dict[int, _Kept]] = defaultdict(dict)
    refs: dict[str, list[str]] = defaultdict(list)
    for record in records:
        refs[record.agency].append(record.ref)
    rows = Row.objects.system("a record that arrives is held against the revisions already kept")
    for agency, wanted in refs.items():
        for chunk in chunks(wanted):
            known = rows.filter(agency=agency, ref__in=chunk).values_list("ref", "revision", "digest", "pk")
            for ref, revision, mark, row in known:
                found[(agency, ref)][revision] = _Kept(mark, row=row)
    return found


def _document(known: _Kept) -> Document:
    if known.document is not None:
        return known.document
    rows = Row.objects.system("a conflict names the keys in which two records differ")
    document: Document = json.loads(rows.values_list("document", flat=True).get(pk=known.row))
    return document

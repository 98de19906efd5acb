"""Writing the rows of a record: the record itself, and what is computed from it at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS

from heed.casework import sealed
from heed.casework.actions.inserting import insert, instants, next_ids
from heed.casework.models import Mention, Professional, Source, ThingSeen
from heed.casework.models import Record as Row
from heed.casework.sealing import whose
from heed.core.records.keys import thing_key
from heed.core.records.prepared import Prepared, Seen
from heed.core.records.record import Thing
from heed.core.records.sources import Source as Known
from heed.core.records.sources import person_id, source_key
from heed.core.records.when import from_utc, in_utc

COLUMNS = (
    "id", "agency_id", "ref", "revision", "kind", "document", "digest",
    "happened_from", "happened_to", "recorded_at", "received_at", "received_by_id",
)  # fmt: skip
"""The columns of a record, in the order of its table."""
PART = 40
"""How much of a thing's part the computed column holds; the document holds all of it."""


class Saved(NamedTuple):
    """A row that was just written, by its number and what it was made of; as an object for the few that need one."""

    number: int
    record: Prepared
    document: str
    """As its column keeps it: sealed."""
    digest: str
    received_at: datetime
    received_by: int | None

    def row(self) -> Row:
        """The row as it stands in the table; `columns` computes the same from the document alone."""
        told = self.record
        row: Row = Row.from_db(DEFAULT_DB_ALIAS, COLUMNS, (
            self.number, told.agency, told.ref, told.revision, told.kind, self.document, self.digest,
            told.earliest and from_utc(told.earliest), told.latest and from_utc(told.latest),
            from_utc(told.recorded_at), self.received_at, self.received_by,
        ))  # fmt: skip
        return row


def write(
    records: Sequence[Prepared], digests: Sequence[str], by: Professional | None, now: datetime
) -> list[Saved]:
    """Save records that are new or newer, with their mentions, things and sources seen for the first time."""
    numbers = next_ids(Row, len(records)) if records else []
    documents = _sealed(records)
    receiver = by.pk if by else None
    saved = [Saved(*each, now, receiver) for each in zip(numbers, records, documents, digests, strict=True)]
    insert(Row, COLUMNS, _taken(saved, now, receiver))
    sources: dict[str, Known] = {}
    mentions: list[tuple[object, ...]] = []
    things: list[tuple[object, ...]] = []
    for number, record in zip(numbers, records, strict=True):
        for position, part, ref in record.people:
            source = (record.agency, ref)
            key = source_key(source)
            sources[key] = source
            mentions.append((number, position, part, key))
        things.extend([_thing(number, each) for each in record.things])
    _write_sources(sources)
    insert(Mention, ("record", "position", "part", "source"), mentions)
    insert(ThingSeen, ("record", "position", "kind", "part", "key"), things)
    return saved


def _taken(saved: Sequence[Saved], now: datetime, receiver: int | None) -> Iterator[tuple[object, ...]]:
    """The rows as the table takes them."""
    taken = instants()
    received = taken(in_utc(now))
    for number, told, document, digest, _, _ in saved:
        yield (
            number, told.agency, told.ref, told.revision, told.kind, document, digest,
            taken(told.earliest), taken(told.latest), taken(told.recorded_at), received, receiver,
        )  # fmt: skip


def _sealed(records: Sequence[Prepared]) -> list[str]:
    """Each line sealed under the key of the first child in it, or of its agency."""
    return sealed.seal_texts(
        [
            (record.line, whose.prepared(record), sealed.bound_in(record.agency, record.ref, record.revision))
            for record in records
        ]
    )


def _thing(row: int, seen: Seen) -> tuple[object, ...]:
    position, kind, part, key = seen
    return (row, position, kind, part[:PART], _hashed(key))


def hashed_key(thing: Thing) -> str:
    """What two records share when they speak of the same thing, as its column keeps it; empty when nothing does."""
    return _hashed(thing_key(thing) or "")


def _hashed(key: str) -> str:
    return sealed.keyed("things", key) if key else ""


def _write_sources(sources: dict[str, Known]) -> None:
    """Sources never seen before, each a person of its own until it is linked. In order, so that two writers
    who meet the same people wait for each other instead of locking each other out."""
    new = ((key, agency, ref, "", person_id(key)) for key, (agency, ref) in sorted(sources.items()))
    insert(Source, ("key", "agency", "ref", "profile", "person"), new, unless_known=True)

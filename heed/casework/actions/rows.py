"""Writing the rows of a record: the record itself, and what is computed from it at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS

from heed.casework import sealed
from heed.casework.actions.inserting import insert, instants, next_ids
from heed.casework.models import Mention, Professional, Source, ThingSeen
from heed.casework.models import Record as Row
from heed.casework.sealing import whose
from heed.core.records.keys import thing_key
from heed.core.records.record import Record, Thing
from heed.core.records.sources import Source as Known
from heed.core.records.sources import person_id, source_key, source_of

_COLUMNS = tuple(field.attname for field in Row._meta.concrete_fields)
_INSTANTS = {"happened_from", "happened_to", "recorded_at", "received_at"}
PART = 40
"""How much of a thing's part the computed column holds; the document holds all of it."""


def write(
    records: Sequence[Record],
    lines: Sequence[str],
    digests: Sequence[str],
    by: Professional | None,
    now: datetime,
) -> list[Row]:
    """Save records that are new or newer, with their mentions, things and sources seen for the first time."""
    numbers = next_ids(Row, len(records)) if records else []
    saved = [_row(*each, by, now) for each in zip(numbers, records, digests, strict=True)]
    _seal(records, lines, saved)
    insert(Row, _COLUMNS, _values(saved))
    sources: dict[str, Known] = {}
    mentions: list[tuple[object, ...]] = []
    things: list[tuple[object, ...]] = []
    for record, row in zip(records, saved, strict=True):
        for person in record.people:
            source = source_of(record, person)
            key = source_key(source)
            sources[key] = source
            mentions.append((row.pk, person.position, str(person.part), key))
        things.extend(_things(record, row.pk))
    _write_sources(sources)
    insert(Mention, ("record", "position", "part", "source"), mentions)
    insert(ThingSeen, ("record", "position", "kind", "part", "key"), things)
    return saved


def _row(number: int, record: Record, mark: str, by: Professional | None, now: datetime) -> Row:
    """The row as an object, for whoever opens duties on it; `columns` computes the same from the document alone."""
    begun, ended = record.happened_from, record.happened_to
    told = {
        "id": number,
        "agency_id": record.agency,
        "ref": record.ref,
        "revision": record.revision,
        "kind": str(record.kind),
        "document": "",
        "digest": mark,
        "happened_from": begun.earliest if begun else None,
        "happened_to": ended.latest if ended else None,
        "recorded_at": record.recorded_at,
        "received_at": now,
        "received_by_id": by.pk if by else None,
    }
    return Row.from_db(DEFAULT_DB_ALIAS, _COLUMNS, [told[name] for name in _COLUMNS])


def _values(rows: Sequence[Row]) -> Iterable[tuple[object, ...]]:
    """The rows as the table takes them."""
    taken = instants()
    for row in rows:
        told = row.__dict__
        yield tuple([taken(told[name]) if name in _INSTANTS else told[name] for name in _COLUMNS])


def _seal(records: Sequence[Record], lines: Sequence[str], saved: Sequence[Row]) -> None:
    """Each line sealed under the key of the first child in it, or of its agency."""
    told = [
        (text, whose.record(record), sealed.bound_to(row))
        for text, record, row in zip(lines, records, saved, strict=True)
    ]
    for row, text in zip(saved, sealed.seal_texts(told), strict=True):
        row.document = text


def _things(record: Record, row: int) -> Iterable[tuple[object, ...]]:
    for thing in record.things:
        yield (
            row,
            thing.position,
            str(thing.kind),
            (thing.part or "")[:PART],
            hashed_key(thing),
        )


def hashed_key(thing: Thing) -> str:
    """What two records share when they speak of the same thing, as its column keeps it; empty when nothing does."""
    key = thing_key(thing)
    return sealed.keyed("things", key) if key else ""


def _write_sources(sources: dict[str, Known]) -> None:
    """Sources never seen before, each a person of its own until it is linked. In order, so that two writers
    who meet the same people wait for each other instead of locking each other out."""
    new = ((key, agency, ref, "", person_id(key)) for key, (agency, ref) in sorted(sources.items()))
    insert(Source, ("key", "agency", "ref", "profile", "person"), new, unless_known=True)

"""Writing the rows of a record: the record itself, and what is computed from it at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.inserting import insert
from heed.casework.columns import columns
from heed.casework.models import Mention, Professional, Source, ThingSeen
from heed.casework.models import Record as Row
from heed.casework.sealing import whose
from heed.core.records.keys import thing_key
from heed.core.records.record import Record, Thing
from heed.core.records.sources import Source as Known
from heed.core.records.sources import person_id, source_key, source_of

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
    saved = [_row(record, mark, by, now) for record, mark in zip(records, digests, strict=True)]
    _seal(records, lines, saved)
    Row.kept.bulk_create(saved)
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


def _row(record: Record, mark: str, by: Professional | None, now: datetime) -> Row:
    computed = columns(record.document)
    return Row(
        agency_id=computed.agency_id,
        ref=computed.ref,
        revision=computed.revision,
        kind=computed.kind,
        digest=mark,
        happened_from=computed.happened_from,
        happened_to=computed.happened_to,
        recorded_at=computed.recorded_at,
        received_at=now,
        received_by=by,
    )


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

"""A record made ready for keeping: the words it will be kept in, and what its row, its people and its things are
computed from, as plain values that another process can hand over at little cost."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from heed.core.records.canonical import canonical, line
from heed.core.records.keys import thing_key
from heed.core.records.reading import parse
from heed.core.records.record import Record
from heed.core.records.sources import source_of
from heed.core.records.when import in_utc

type Mentioned = tuple[int, str, str]
"""Position, part, and the reference of the person's source in the agency's files."""
type Seen = tuple[int, str, str, str]
"""Position, kind, part (empty where none was told) and key of a thing (empty where nothing identifies it)."""


class Prepared(NamedTuple):
    """Everything about a record that keeping it needs, computed once. `whole` is the record where it was read in this
    process; elsewhere `record` reads it again from its line, which few records ask for."""

    agency: str
    ref: str
    revision: int
    kind: str
    recorded_at: str
    """An instant as `in_utc` writes it; so are the two that follow."""
    earliest: str | None
    """The first instant at which it may have begun; None where nothing was told."""
    latest: str | None
    """The last instant at which it may have ended."""
    is_answered: bool
    line: str
    """The exact line that is kept and exported."""
    canonical: bytes
    """What it is compared by: equal content gives equal bytes."""
    people: tuple[Mentioned, ...]
    things: tuple[Seen, ...]
    whole: Record | None

    @property
    def record(self) -> Record:
        """The record itself. Raises ValueError for a line that is not one, which no prepared record has."""
        record = self.whole or parse(json.loads(self.line)).record
        if record is None:
            raise ValueError("a prepared record cannot be read from its own line")
        return record

    @property
    def document(self) -> Mapping[str, Any]:
        """The record as JSON."""
        return self.whole.document if self.whole else json.loads(self.line)


def prepared(record: Record) -> Prepared:
    """What keeping a record needs. The record goes with it, for whoever asks in this process."""
    begun, ended = record.happened_from, record.happened_to
    return Prepared(
        record.agency,
        record.ref,
        record.revision,
        str(record.kind),
        in_utc(record.recorded_at),
        in_utc(begun.earliest) if begun else None,
        in_utc(ended.latest) if ended else None,
        record.answer is not None,
        line(record.document),
        canonical(record.document),
        tuple([(each.position, str(each.part), source_of(record, each)[1]) for each in record.people]),
        tuple(
            [
                (each.position, str(each.kind), each.part or "", thing_key(each) or "")
                for each in record.things
            ]
        ),
        record,
    )

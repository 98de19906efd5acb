"""Records drawn as a table, for tests of chronology and episodes."""

from heed.core.records.kinds import Kind
from heed.core.records.record import Missing, Record
from heed.core.records.when import parse_instant, parse_when


def records(table: str) -> list[Record]:
    """`agency | ref | from | to | category` a line; an empty cell is not said. Recorded at noon the day after."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [_record(*line) for line in lines[1:]]


def _record(agency: str, ref: str, start: str, end: str = "", category: str = "") -> Record:
    return Record(
        agency=agency,
        ref=ref,
        revision=1,
        kind=Kind.MISSING if category else Kind.CONTACT,
        recorded_at=parse_instant("2010-01-01T12:00:00+00:00"),
        document={},
        happened_from=parse_when(start) if start else None,
        happened_to=parse_when(end) if end else None,
        missing=Missing(category=category) if category else None,
    )

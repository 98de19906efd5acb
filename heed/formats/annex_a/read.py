"""Reading the lists: sheets known by their headings, twice over, so that a reference follows from what a row says."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.formats.annex_a import documents
from heed.formats.annex_a.documents import Drawn
from heed.formats.annex_a.entries import Entry, day, entries
from heed.formats.annex_a.vocabulary import extended
from heed.formats.contract import Line, Refused, Remark, Row, SetAside, Usable, files
from heed.formats.delimited import delimited_rows
from heed.formats.workbooks import count_rows, is_workbook

SOON = timedelta(days=31)
"""Lists hold many days of their last month. A day with no other so close before it is a slip of the pen."""
_NOT_READ = "neither a workbook nor a CSV file"


@dataclass(slots=True)
class Surveyed:
    """What a first reading found: a digest of the rows that share a reference, and the days in the lists."""

    contents: dict[str, set[bytes]] = field(default_factory=dict)
    days: Counter[date] = field(default_factory=Counter)
    counted: int = 0
    missing: int = 0
    absent: int = 0

    def see(self, entry: Entry) -> None:
        """Take a row into account."""
        self.contents.setdefault(_stem(entry), set()).add(_digest(entry))
        born = entry.day("born")
        if entry.of.number == 8:
            self.counted += 1
            self.missing += _number(entry, "missing") or 0
            self.absent += _number(entry, "absent") or 0
        self.days.update(found for value in entry.cells.values() if (found := day(value)) and found != born)

    def ref(self, entry: Entry) -> str:
        """List, child and day; with a number where two rows share these and say different things."""
        place = sorted(self.contents[_stem(entry)]).index(_digest(entry))
        return f"{_stem(entry)}/{place + 1}" if place else _stem(entry)

    def reconciling(self) -> str:
        """What list 8 counts, all children together, and how to hold it against Heed's own count of each."""
        return (
            f"List 8 counts {self.missing} missing and {self.absent} absent episodes in twelve months, of "
            f"{self.counted} children. They are figures, not records: `heed reconcile annex-a` holds them against "
            "Heed's own count, child by child."
        )

    def latest(self) -> date:
        """The latest day in the lists that another day comes shortly before. Raises Explained without any."""
        found = sorted(self.days, reverse=True)
        if not found:
            raise Explained(
                "no day in these lists says when they were drawn: add --option as_of=DAY, such as "
                "--option as_of=2024-01-31."
            )
        near = (
            d for d, before in zip(found, [*found[1:], None], strict=True) if before and d - before <= SOON
        )
        return next(near, found[0])


def count(path: Path) -> int:
    """The rows of every sheet, or of a CSV file; 0 for a file that is not read."""
    if is_workbook(path):
        return count_rows(path)
    return sum(1 for _ in delimited_rows(path))


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every row of every list under the paths. Raises Explained when it cannot be told when they were drawn."""
    if agency is None:
        raise Explained("the lists do not say which council they are from: name its agency.")
    spellings = extended(options.get("vocabulary"))
    wanted = [file for file in files(paths) if file in paths or _is_read(file)]
    surveyed = Surveyed()
    for file in wanted:
        for each in entries(file):
            if isinstance(each, Entry):
                surveyed.see(each)
    drawn = None
    if surveyed.contents:
        drawn = Drawn(agency, _as_of(options) or surveyed.latest(), spellings)
        how = "as named" if options.get("as_of") else "inferred from the latest day in them"
        yield Remark(Line(str(paths[0]), 0), f"Lists as of {drawn.on.isoformat()}, {how}.")
    if surveyed.counted:
        yield Remark(Line(str(paths[0]), 0), surveyed.reconciling())
    for file in files(paths):
        if file not in wanted:
            yield SetAside(Line(str(file), 0), _NOT_READ)
            continue
        for each in entries(file):
            yield _row(each, surveyed, drawn) if isinstance(each, Entry) and drawn else each  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class MissingCount:
    """How often list 8 says a child was missing or absent from the placement in the twelve months to a day."""

    child: str
    as_of: date
    missing: int | None
    absent: int | None


def missing_counts(paths: Sequence[Path], *, options: Mapping[str, str]) -> list[MissingCount]:
    """The figures of list 8, one for each of its rows, to hold Heed's own count against."""
    surveyed, rows = Surveyed(), []
    for file in files(paths):
        for each in entries(file) if file in paths or _is_read(file) else ():
            if isinstance(each, Entry):
                surveyed.see(each)
                rows += [each] if each.of.number == 8 else []
    if not rows:
        raise Explained(
            f"there is no list 8 (children looked after) in {', '.join(path.name for path in paths)}: only that list "
            "counts how often a child was missing. Name the workbook, or the CSV file of list 8."
        )
    as_of = _as_of(options) or surveyed.latest()
    return [MissingCount(e.child, as_of, _number(e, "missing"), _number(e, "absent")) for e in rows]


def _number(entry: Entry, key: str) -> int | None:
    match = re.fullmatch(r"([0-9]{1,4})(?:\.0+)?", entry.cells.get(key, ""))
    return int(match[1]) if match else None


def _row(entry: Entry, surveyed: Surveyed, drawn: Drawn) -> Row:
    reading = parse(documents.document(entry, surveyed.ref(entry), drawn))
    if reading.record is None:
        problem = reading.problems[0]
        return Refused(entry.at, problem.key, problem.found, problem.expected)
    return Usable(entry.at, reading.record, (*documents.notes(entry, drawn), *reading.notes))


def _as_of(options: Mapping[str, str]) -> date | None:
    text = options.get("as_of", "").strip()
    found = day(text)
    if text and not found:
        raise Explained(f"as_of={text!r} is not a day: write the day the lists were drawn as 2024-01-31.")
    return found


def _is_read(file: Path) -> bool:
    return file.suffix.lower() in (".csv", ".txt", ".tsv") or is_workbook(file)


def _stem(entry: Entry) -> str:
    stem = f"annex-a/list-{entry.of.number}/{entry.child}"
    return f"{stem}/{entry.day(entry.of.start) or 'no-day'}" if entry.of.start else stem


def _digest(entry: Entry) -> bytes:
    """Of everything but the age, which grows by itself."""
    told = {key: value for key, value in {**entry.unknown, **entry.cells}.items() if key != "age"}
    return sha256(json.dumps(told, sort_keys=True).encode()).digest()[:12]

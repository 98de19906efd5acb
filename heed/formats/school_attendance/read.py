"""Reading a school's tables: known by their headings, pupils and addresses folded in, absence told in runs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.formats.contract import Blank, Line, Refused, Remark, Row, SetAside, Usable, files
from heed.formats.delimited import delimited_rows
from heed.formats.school_attendance import documents
from heed.formats.school_attendance.gathered import (
    ADDRESSES,
    EXCLUSIONS,
    PUPILS,
    REGISTER,
    TOTALS,
    Entry,
    Gathered,
    Term,
)
from heed.formats.school_attendance.tables import Headings, attendance, day, expected, understood

FOLDED = "an address, folded into the pupil's records"
TOLD = "told with the pupil's other codes, on the first of their rows"
ATTENDED = "a session attended, educated elsewhere or not counted: it ends or fills a run and is no record"
IN_A_RUN = "a session of a run of absence that is told on the row of its first session"


def count(path: Path) -> int:
    """The rows of a file."""
    return sum(1 for _ in delimited_rows(path))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What every row is told with."""

    agency: str
    gathered: Gathered
    term: Term | None


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every row of every table under the paths. Raises Explained when the term cannot be told."""
    if agency is None:
        raise Explained("a school's tables do not say whose they are: name their agency.")
    wanted = [
        file for file in files(paths) if file in paths or file.suffix.lower() in (".csv", ".txt", ".tsv")
    ]
    gathered, tables = Gathered(), set()
    for file in wanted:
        for entry in _entries(file):
            if isinstance(entry, Entry):
                gathered.see(entry)
                tables.add(entry.table)
    gathered.join_sessions()
    term = None
    if tables & {PUPILS, TOTALS, EXCLUSIONS}:
        term = gathered.term(options.get("term"), [*wanted, *paths])
        yield Remark(Line(str(paths[0]), 0), f"Census tables of {term.name} {term.year}.")
    telling = _Telling(agency, gathered, term)
    _name_rows(wanted, telling)
    for file in files(paths):
        if file not in wanted:
            yield SetAside(Line(str(file), 0), "only delimited text (.csv) is read")
            continue
        for entry in _entries(file):
            yield _row(entry, telling) if isinstance(entry, Entry) else entry


def _entries(file: Path) -> Iterator[Row | Entry]:
    headings: Headings | None = None
    for number, row in enumerate(delimited_rows(file), start=1):
        at = Line(str(file), number, f"line {row.line}")
        if row.trouble:
            yield Refused(at, "row", row.trouble, "a row whose quotation marks come in pairs")
        elif not any(row.cells):
            yield Blank(at)
        elif headings is None:
            headings = understood(row.cells)
            if headings is None:
                yield Refused(at, "headings", "those of no table that is known", expected())
                yield from _unknown(file, number)
                return
            yield SetAside(at, "the names of the columns")
        else:
            yield _entry(at, headings, row.cells)


def _unknown(file: Path, read_so_far: int) -> Iterator[Row]:
    """What stands below headings that nobody knows."""
    for number, row in enumerate(delimited_rows(file), start=1):
        if number > read_so_far:
            yield SetAside(
                Line(str(file), number, f"line {row.line}"), "below headings of no table that is known"
            )


def _entry(at: Line, headings: Headings, cells: Sequence[str]) -> Row | Entry:
    if len(cells) > headings.width:
        return Refused(at, "columns", str(len(cells)), f"{headings.width}, as in the row of headings")
    named = {
        key: cells[place] for key, place in headings.places.items() if place < len(cells) and cells[place]
    }
    others = {
        key: cells[place] for key, place in headings.others.items() if place < len(cells) and cells[place]
    }
    entry = Entry(at, headings.table, named, others)
    if not entry.key[0]:
        return Refused(
            at, "UPN", "nothing", "the pupil's number, or the number of the pupil's row in this export"
        )
    if entry.table == REGISTER and not day(entry.get("day")):
        return Refused(at, "date", "no day", "a day such as 2024-10-21 or 21/10/2024: a session is of a day")
    if entry.table == REGISTER and not attendance(entry.get("code")):
        return Refused(at, "code", "no attendance code", "a code of the register, such as / \\ L N O I E")
    return entry


def _document(entry: Entry, telling: _Telling) -> dict[str, object] | None:
    """The record of a row, without its reference; None where the row is part of another's."""
    gathered, term = telling.gathered, telling.term
    if entry.table == REGISTER:
        run = gathered.runs.get(entry.at)
        return documents.of_run(entry, run, gathered, telling.agency) if run else None
    if term is None or entry.table == ADDRESSES:
        return None
    if entry.table == TOTALS:
        first = gathered.totals[entry.key][0].at == entry.at
        return documents.of_totals(entry, gathered, telling.agency, term) if first else None
    make = documents.of_pupil if entry.table == PUPILS else documents.of_exclusion
    return make(entry, gathered, telling.agency, term)


def _stem(entry: Entry, document: Mapping[str, object], telling: _Telling) -> str:
    run = telling.gathered.runs.get(entry.at)
    when = (
        "/".join(str(part) for part in run.first if part) if run else document.get("happened_from", "no-day")
    )
    return f"{documents.stem(entry, telling.gathered)}/{when}"


def _content(document: Mapping[str, object]) -> str:
    """What a row says, but for the number its export gave it."""
    return json.dumps([document.get("text"), document.get("extra"), document.get("people")], sort_keys=True)


def _name_rows(wanted: Sequence[Path], telling: _Telling) -> None:
    """Learn which rows share a reference, so that the numbers that tell them apart follow from what they say."""
    for file in wanted:
        for entry in _entries(file):
            document = _document(entry, telling) if isinstance(entry, Entry) else None
            if document and isinstance(entry, Entry):
                telling.gathered.stems[_stem(entry, document, telling)].add(_content(document))


def _row(entry: Entry, telling: _Telling) -> Row:
    document = _document(entry, telling)
    if document is None:
        return SetAside(entry.at, _why(entry, telling.gathered))
    stem = _stem(entry, document, telling)
    place = sorted(telling.gathered.stems[stem]).index(_content(document))
    reading = parse({**document, "ref": f"{stem}/{place + 1}" if place else stem})
    if reading.record is None:
        problem = reading.problems[0]
        return Refused(entry.at, problem.key, problem.found, problem.expected)
    seen = (
        {row.get("code").upper(): 1 for row in telling.gathered.totals[entry.key]}
        if entry.table == TOTALS
        else {}
    )
    run = telling.gathered.runs.get(entry.at)
    told = [*documents.notes(entry, telling.gathered), *documents.code_notes(run.codes if run else seen)]
    return Usable(entry.at, reading.record, (*told, *reading.notes))


def _why(entry: Entry, gathered: Gathered) -> str:
    match entry.table:
        case "addresses":
            return FOLDED
        case "totals":
            return TOLD
        case _:
            why = IN_A_RUN if entry.at in gathered.within else ATTENDED
            return "; noted, ".join([why, *gathered.doubts(entry)])

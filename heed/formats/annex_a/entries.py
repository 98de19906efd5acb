"""The rows of workbooks and CSV files, each under the headings that stand above it, and accounted for from 1."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from heed.formats.annex_a.lists import Headings, List, understood
from heed.formats.contract import Blank, Line, Refused, Remark, Row, SetAside
from heed.formats.delimited import delimited_rows
from heed.formats.ssda903.days import EARLIEST, LATEST
from heed.formats.workbooks import Cell, SheetRow, Unread, is_workbook, rows

EMPTY = frozenset({"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "nan", "null"})
"""What a spreadsheet leaves where a formula found nothing: read as blank."""
OF_ANY_LIST = ("sex", "ethnicity", "born", "age", "disability", "team", "worker")
"""Columns that some lists have and some have not: nobody is told that one is not there."""
_DAYS = (
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?(?:\.0+)?)?"), (0, 1, 2)),
    (re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 00:00(?::00)?)?"), (2, 1, 0)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: its cells by column, as text, and those under headings nobody knows."""

    at: Line
    of: List
    cells: Mapping[str, str]
    unknown: Mapping[str, str] = field(default_factory=dict)

    @property
    def child(self) -> str:
        """The council's number of the child. A number that was stored as one and a half of a spreadsheet's kinds
        of number (9212044.0) is itself."""
        return re.sub(r"(?<=[0-9])\.0+$", "", self.cells.get("child", ""))

    def day(self, key: str) -> date | None:
        """The day in a column, if it is one."""
        return day(self.cells.get(key, ""))


def day(text: str) -> date | None:
    """A day as a spreadsheet has it (2024-01-31) or as people write it (31/01/2024); None for anything else. Nothing
    is guessed: no two-digit years, no other order, no serial numbers."""
    for shape, order in _DAYS:
        match = shape.fullmatch(text)
        if match:
            year, month, number = (int(match.groups()[place]) for place in order)
            try:
                return date(year, month, number) if EARLIEST <= year <= LATEST else None
            except ValueError:
                return None
    return None


def entries(file: Path) -> Iterator[Row | Entry]:
    """Every row of a file: an entry of a list, or already accounted for."""
    headings: Headings | None = None
    sheet = ""
    for at, name, cells, trouble in _cells(file):
        if isinstance(cells, Unread):
            yield from _unread(at, cells)
            continue
        if name != sheet:
            sheet, headings = name, None
        if trouble:
            yield Refused(at, "row", trouble, "a row whose quotation marks come in pairs")
            continue
        if not any(cells):
            yield Blank(at)
            continue
        found = understood(cells, sheet)
        if found:
            headings = found
            yield from _heading(at, found)
        else:
            yield _under(at, headings, cells)


def _heading(at: Line, found: Headings) -> Iterator[Row]:
    if found.lacking:
        yield Refused(at, "headings", f"no heading for {_named(found, found.lacking)}", _expected(found))
        return
    yield SetAside(at, "the names of the columns")
    absent = [key for key in found.of.columns if key not in (*found.places, *found.of.needs, *OF_ANY_LIST)]
    if absent and not found.of.because:
        yield Remark(at, f"{at.place}: {found.of.name} has no column for {_named(found, absent)}.")
    if found.unknown and not found.of.because:
        yield Remark(
            at,
            f"{at.place}: {found.of.name} has {len(found.unknown)} columns that the form does not have; they are kept "
            "with each row, under extra.",
        )


def _under(at: Line, headings: Headings | None, cells: list[str]) -> Row | Entry:
    if headings is None:
        return SetAside(at, "no list of Annex A, or above its headings")
    if headings.of.because:
        return SetAside(at, f"list {headings.of.number}: {headings.of.because}")
    if headings.lacking:
        return Refused(at, "headings", "a row under those headings", _expected(headings))
    entry = Entry(at, headings.of, _at(cells, headings.places), _at(cells, headings.unknown))
    if not entry.child:
        return Refused(at, "Child Unique ID", "nothing", "the council's number of the child")
    return entry


def _at(cells: list[str], places: Mapping[str, int]) -> dict[str, str]:
    """The cells by column, without blank ones. A day is one day however it was written: workbook and CSV agree."""
    found = {key: cells[place] for key, place in places.items() if place < len(cells)}
    known = {key: value for key, value in found.items() if value and value.lower() not in EMPTY}
    return {key: told.isoformat() if (told := day(value)) else value for key, value in known.items()}


def _named(found: Headings, keys: list[str]) -> str:
    return ", ".join(_plain(found.of.columns[key].heading.pattern) for key in keys)


def _expected(found: Headings) -> str:
    return f"the headings of {found.of.name}, with {_named(found, list(found.of.needs))}"


def _plain(pattern: str) -> str:
    """The first spelling that a pattern allows, as words."""
    first = re.sub(
        r"\(([^()|?]*)\|?[^()]*\)\??", r"\1", pattern.split("|")[0] if "(" not in pattern else pattern
    )
    return f"'{' '.join(re.sub(r'[?*.()]|[|].*', ' ', first).split())}'"


def _unread(at: Line, unread: Unread) -> Iterator[Row]:
    if unread.errors or unread.unworked:
        yield Remark(
            at,
            f"{Path(at.file).name}: {unread.errors} cells hold an error such as #N/A and {unread.unworked} a formula "
            "that was never worked out; they are read as blank.",
        )


def _cells(file: Path) -> Iterator[tuple[Line, str, list[str] | Unread, str]]:
    """Where, the name of the sheet, the cells as text, and what is wrong with the row."""
    number = 0
    if not is_workbook(file):
        for row in delimited_rows(file):
            number += 1
            yield Line(str(file), number, f"line {row.line}"), file.stem, list(row.cells), row.trouble
        return
    for each in rows(file):
        if isinstance(each, SheetRow):
            number += 1
            at = Line(str(file), number, f"sheet {each.sheet.name}, row {each.number}")
            yield at, each.sheet.name, [_text(cell) for cell in each.cells], ""
        else:
            yield Line(str(file), 0), "", each, ""


def _text(cell: Cell) -> str:
    """A cell as text: days as days, whole numbers whole, no-break spaces as spaces at its ends only."""
    match cell:
        case bool():
            return "Yes" if cell else "No"
        case datetime() if cell.time().isoformat() == "00:00:00":
            return cell.date().isoformat()
        case date() | datetime():
            return cell.isoformat()
        case str():
            return cell.strip()
        case _:
            return str(cell)

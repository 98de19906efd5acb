"""Looking at a table nobody has explained yet: its sheet, its header, its first rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from heed.core.records.explained import Explained
from heed.formats import workbooks
from heed.formats.table.documents import blank, text_of
from heed.formats.table.encoding import encoding_of, text_lines
from heed.formats.table.quoting import Cells, Lines
from heed.formats.workbooks import Cell

LOOKED_AT = 300
"""Rows that are looked at; a shape that shows in none of them is not found."""
DEEPEST_HEADER = 20
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a table is: the sheet (of a workbook), the row with the names of the columns, the delimiter and encoding (of
    a text), the names, and the first rows under them."""

    sheet: str | None
    header_row: int
    delimiter: str | None
    encoding: str | None
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def values(self, place: int) -> list[Cell]:
        """The values of one column that say something."""
        cells = (row[place] for row in self.rows if place < len(row))
        return [cell for cell in cells if text_of(cell)]


def look(file: Path) -> Looked:
    """Look at a table. Raises Explained where there is none to see."""
    if workbooks.is_workbook(file):
        return _workbook(file)
    encoding = encoding_of(file)
    lines = list(_first(text_lines(file, encoding)))
    texts = [text for _, text in lines if isinstance(text, str)]
    delimiter = max(DELIMITERS, key=lambda each: _even(texts, each))
    rows: list[Sequence[Cell]] = []
    reading = Lines(iter(lines), delimiter)
    while (row := reading.row()) is not None:
        rows.append(row.cells if isinstance(row, Cells) else [])
        # A cell that goes on over lines makes fewer rows than lines; the mapping counts the lines above the header.
        rows += [[]] * (len(row.more) if isinstance(row, Cells) else 0)
    found = _found(rows, file)
    return Looked(
        None, found[0], delimiter, None if encoding.name.startswith("utf-8") else encoding.name, *found[1:]
    )


def _first[T](lines: Iterator[T]) -> Iterator[T]:
    for _, line in zip(range(LOOKED_AT + DEEPEST_HEADER), lines, strict=False):
        yield line


def _even(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How many lines share the most frequent number of this delimiter, and that number: most lines of a table do."""
    counts = [line.count(delimiter) for line in lines[:50] if delimiter in line]
    if not counts:
        return 0, 0
    usual = max(counts, key=counts.count)
    return counts.count(usual), usual


def _workbook(file: Path) -> Looked:
    rows: list[Sequence[Cell]] = []
    sheet: str | None = None
    for each in workbooks.rows(file):
        if isinstance(each, workbooks.Unread) or each.sheet.hidden:
            continue
        if sheet is None and sum(cell != "" for cell in each.cells) >= 2:
            sheet, rows = each.sheet.name, [()] * (each.number - 1)
        if each.sheet.name == sheet and len(rows) < LOOKED_AT:
            rows.append(each.cells)
    number, names, below = _found(rows, file)
    return Looked(sheet, number, None, None, names, below)


def _found(
    rows: Sequence[Sequence[Cell]], file: Path
) -> tuple[int, tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """The header: the first row of the usual width that is words and nothing else, with something under it."""
    widths = [sum(cell != "" for cell in row) for row in rows if not blank(row)]
    usual = max(widths, default=0)
    for number, row in enumerate(rows[:DEEPEST_HEADER], start=1):
        names = [text_of(cell) for cell in row]
        words = [name for name in names if name]
        if len(words) >= 2 and len(words) * 2 >= usual and not any(_is_value(cell) for cell in row):
            below = tuple(tuple(each) for each in rows[number:] if not blank(each))
            if below:
                return number, tuple(names), below[:LOOKED_AT]
    raise Explained(
        f"no table is to be seen in {file.name}: a row with the names of its columns, and rows under it. Write the names "
        "of the columns into its first row, and look again."
    )


def _is_value(cell: Cell) -> bool:
    """Whether a cell is something a heading never is."""
    text = text_of(cell)
    return not isinstance(cell, str) or text.replace("/", "").replace("-", "").replace(".", "").isdigit()

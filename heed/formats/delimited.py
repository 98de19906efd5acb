"""Delimited text as rows: UTF-8 or the old Windows encoding, a heading with line breaks in it, one bad row at a time.

A quoted cell may run over a few lines, as headings of spreadsheets do. A quotation mark that never closes spoils its
own line and never eats the rest of the file.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from heed.core.records.problems import clip
from heed.formats.lines import physical_lines

MOST_LINES_OF_A_ROW = 12


@dataclass(frozen=True, slots=True)
class DelimitedRow:
    """One row: the line it begins on, its cells without the spaces around them; or what is wrong with it."""

    line: int
    cells: tuple[str, ...] = ()
    trouble: str = ""


def delimited_rows(path: Path) -> Iterator[DelimitedRow]:
    """Every row of a file, in order. Commas, semicolons or tabs, whichever the first line has most of."""
    lines = ((number, _text(line)) for number, line in physical_lines(path))
    ahead: deque[tuple[int, str | None]] = deque()
    delimiter = ""
    while True:
        ahead += islice(lines, MOST_LINES_OF_A_ROW - len(ahead))
        if not ahead:
            return
        delimiter = delimiter or _delimiter(ahead[0][1] or "")
        taken, row = _row(ahead, delimiter)
        yield row
        for _ in range(taken):
            ahead.popleft()


def _row(lines: Sequence[tuple[int, str | None]], delimiter: str) -> tuple[int, DelimitedRow]:
    """The row that begins on the first of some lines, and how many of them it takes."""
    number, first = lines[0]
    if first is None:
        return 1, DelimitedRow(number, trouble="a line without an end, or a NUL byte in it")
    whole = ""
    for taken, (_, line) in enumerate(lines, start=1):
        if line is None:
            break
        whole += line if taken == 1 else "\n" + line
        if whole.count('"') % 2 == 0:
            return taken, _cells(number, whole, delimiter)
    return 1, DelimitedRow(number, trouble="a quotation mark that does not close")


def _cells(number: int, text: str, delimiter: str) -> DelimitedRow:
    try:
        rows = list(csv.reader([text], strict=True, delimiter=delimiter))
    except csv.Error as trouble:
        return DelimitedRow(number, trouble=clip(str(trouble)))
    if len(rows) > 1:
        return DelimitedRow(number, trouble="a line break outside quotation marks")
    return DelimitedRow(number, tuple(cell.strip() for cell in rows[0]) if rows else ())


def _text(line: bytes | None) -> str | None:
    if line is None or b"\0" in line:
        return None
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)

"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as rows of plain values, opened in a process of their own.

No formula is worked out, no macro run, no link followed. What the program that does it must not take with it when
it ends is in `workbook_reading`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from heed.core.records.explained import Explained
from heed.formats.archives import checked, is_archive

type Cell = str | bool | int | float | datetime | date | time | timedelta

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM = Path(__file__).with_name("workbook_reading.py")
_LARGEST_OLE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its heading: whether it is hidden, and how many areas of merged cells it has, of which only the
    first cell carries a value."""

    name: str
    hidden: bool
    merged: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet, from 1, without the blank cells at its end. Whole numbers are whole: 9212044, not 9212044.0.
    A cell with an error such as #N/A, or a formula that was never worked out, reads as blank."""

    sheet: Sheet
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """How many cells of the workbook read as blank though something stands in them: errors such as #N/A, and formulas
    whose result was not saved."""

    errors: int
    unworked: int


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its first bytes, whatever it is called."""
    with path.open("rb") as file:
        return file.read(8) == _OLE or is_archive(path)


def rows(path: Path) -> Iterator[Unread | SheetRow]:
    """Every row of every sheet, in order; first of all what reads as blank. Raises Explained where the workbook is
    broken, protected, or too large to be laid out."""
    sheet: Sheet | None = None
    number = 0
    for each in _written(path):
        if isinstance(each, list):
            number += 1
            if sheet is not None:
                yield SheetRow(sheet, number, tuple(_cell(cell) for cell in each))
        elif "sheet" in each:
            sheet, number = Sheet(str(each["sheet"]), bool(each["hidden"]), int(each["merged"])), 0
        elif "unread" in each:
            yield Unread(**each["unread"])


def count_rows(path: Path) -> int:
    """How many rows all sheets have together, down to the last that holds anything."""
    return sum(isinstance(each, list) for each in _written(path))


def _written(path: Path) -> Iterator[Any]:
    """What the program writes, up to its end. A program that ended early is said in words."""
    if is_archive(path):
        checked(path)
    elif path.stat().st_size > _LARGEST_OLE:
        raise _too_large(path)
    # The arguments are our own program and a path; no shell is involved.
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", str(_PROGRAM), str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as program:
        try:
            assert program.stdout is not None  # noqa: S101 - a pipe was asked for
            for line in program.stdout:
                each = json.loads(line)
                if isinstance(each, dict) and "end" in each:
                    return
                if isinstance(each, dict) and "trouble" in each:
                    raise _trouble(path, each["trouble"])
                yield each
        except json.JSONDecodeError:
            raise _too_large(path) from None
        finally:
            with suppress(OSError):
                program.kill()
    raise _too_large(path)


def _trouble(path: Path, kind: str) -> Explained:
    match kind:
        case "password":
            return Explained(
                f"{path.name} is protected with a password, so nothing in it can be read. Save it again without one, "
                "send it over a channel that is safe in itself, and import that."
            )
        case "size":
            return _too_large(path)
        case _:
            return Explained(
                f"{path.name} cannot be read as a workbook: it was damaged on its way, or it is another kind of file "
                "under that name. Open it, save it as .xlsx or CSV, and import that."
            )


def _too_large(path: Path) -> Explained:
    return Explained(
        f"{path.name} cannot be laid out: a sheet reaches further than the memory set aside for it, which a stray cell "
        "far down or far to the right is enough for. Copy the rows that matter to a new sheet, or save them as CSV, "
        "and import that."
    )


def _cell(value: Any) -> Cell:
    match value:
        case {"datetime": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case {"seconds": seconds}:
            return timedelta(seconds=seconds)
        case str() | bool() | int() | float():
            return value
        case _:
            return ""

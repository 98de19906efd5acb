"""The program that opens one workbook in a process of its own and writes its rows as JSON lines.

Run by `heed.formats.workbooks`, by its path, so that it loads nothing of Heed. The library that reads workbooks lays a
sheet out as a full rectangle: two cells in far corners of a 5 kB file ask for half a terabyte, and the process ends
there. So it is a process that may end. It also reads hostile files without any key or database within reach.
"""

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_MEMORY = 256 * 2**20
MOST_SECONDS = 300

_ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="e"')
_NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CHUNK, _OVERLAP = 1 << 20, 1 << 12


def limit() -> None:
    """Let the system end this process before it takes the machine's memory or an afternoon."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """A cell as JSON: text, numbers and truth as they are; dates and times under the name of their kind."""
    match cell:
        case datetime():
            return {"datetime": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case time():
            return {"time": cell.isoformat()}
        case timedelta():
            return {"seconds": cell.total_seconds()}
        case float() if cell.is_integer() and abs(cell) < 2**53:
            return int(cell)
        case float() if cell != cell or cell in (float("inf"), float("-inf")):
            return str(cell)
        case _:
            return cell


def trimmed(row: list[Any]) -> list[Any]:
    """A row without the blank cells at its end."""
    last = len(row)
    while last and row[last - 1] == "":
        last -= 1
    return [plain(cell) for cell in row[:last]]


def is_protected(path: str) -> bool:
    """Whether this is a workbook under a password: an encrypted package inside a compound file (MS-OFFCRYPTO 2.3.4)."""
    with open(path, "rb") as file:
        return _PACKAGE in file.read(1 << 26)


def unread(path: str) -> dict[str, int]:
    """How many cells hold an error such as #N/A, and how many a formula that was never worked out: both read blank."""
    found = {"errors": 0, "unworked": 0}
    with suppress(Exception), zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not _SHEET.fullmatch(name):
                continue
            with archive.open(name) as part:
                before = b""
                while chunk := part.read(_CHUNK):
                    text = before + chunk
                    for key, pattern in (("errors", _ERROR), ("unworked", _NO_RESULT)):
                        found[key] += sum(each.end() > len(before) for each in pattern.finditer(text))
                    before = text[-_OVERLAP:]
    return found


def lines(path: str) -> Iterator[Any]:
    """What is written: a heading for each sheet, then its rows from the first; an end, or the kind of trouble."""
    import python_calamine

    try:
        with open(path, "rb") as file:
            workbook = python_calamine.load_workbook(file)
            yield {"unread": unread(path)}
            for place, about in enumerate(workbook.sheets_metadata):
                if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_index(place)
                hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
                yield {"sheet": about.name, "hidden": hidden, "merged": len(sheet.merged_cell_ranges or ())}
                for row in sheet.iter_rows():
                    yield trimmed(row)
                del sheet
    except python_calamine.PasswordError:
        yield {"trouble": "password"}
    except MemoryError:
        yield {"trouble": "size"}
    except Exception:  # noqa: BLE001 - whatever a damaged workbook brings about is told to whoever started this
        yield {"trouble": "password" if is_protected(path) else "broken"}
    else:
        yield {"end": True}


def main() -> None:
    """Write the workbook named on the command line."""
    limit()
    for each in lines(sys.argv[1]):
        sys.stdout.write(json.dumps(each, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

"""Strict CSV, one physical line at a time: a stray quotation mark spoils its own line and never eats the next."""

import csv

from heed.core.records.problems import clip
from heed.formats.contract import Line, Refused

LINE = "line"


def cells(at: Line, line: bytes | None) -> list[str] | Refused:
    """The cells of one line without the spaces around them, or why there are none."""
    if line is None:
        return Refused(at, LINE, "a line without an end", "a row of the table")
    if b"\0" in line:
        return Refused(at, LINE, f"a NUL byte at byte {line.index(0) + 1}", "text without NUL bytes")
    try:
        text = line.decode()
    except UnicodeDecodeError as trouble:
        return Refused(
            at, LINE, f"byte 0x{line[trouble.start]:02x} at byte {trouble.start + 1}", "UTF-8 text"
        )
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as trouble:
        return Refused(at, LINE, clip(str(trouble)), "a row whose quotation marks come in pairs")
    if len(rows) > 1:
        return Refused(at, LINE, "a line break inside the line", "one row on a line")
    return [cell.strip() for cell in rows[0]] if rows else []

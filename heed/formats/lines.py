"""Physical lines of a file, as bytes: the unit in which every import is accounted for."""

from collections.abc import Iterator
from pathlib import Path

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of one line. A record may carry a megabyte of text; a line past this is refused, never held."""

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20


def physical_lines(path: Path, longest: int = LONGEST_LINE) -> Iterator[tuple[int, bytes | None]]:
    """Each line from 1 without its end (LF or CRLF) and without a byte order mark; None where it is too long."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(longest + 2):
            number += 1
            if len(line) > longest and not line.endswith(b"\n"):
                while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
                    pass
                yield number, None
                continue
            if number == 1:
                line = line.removeprefix(_BOM)
            yield number, line.removesuffix(b"\n").removesuffix(b"\r")


def count_lines(path: Path) -> int:
    """How many physical lines a file has; a last line without an end is a line."""
    lines, last = 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines if last == b"\n" else lines + 1

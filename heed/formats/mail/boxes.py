"""Files of mail as messages: one .eml is one message; an mbox is cut where a line begins the next."""

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

LONGEST_MESSAGE = 25 * 1024 * 1024
"""Bytes of one message, as most servers limit it. A longer one is refused, never held."""

_BEGINS = re.compile(
    rb"From \S{1,300} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [^\n]{0,60}\d{4}[^\n]{0,60}(?:\n|\Z)"
)
"""An mbox separator (RFC 4155): an address and a date as asctime writes it. "From 2019 onwards" in a letter is none."""
_BEGINS_ANYWHERE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))" + _BEGINS.pattern)
_QUOTED = re.compile(rb">+From ")
_BLANK = (b"\n", b"\r\n")
_LONG_LINE = 1 << 20


def messages(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Each message of a file from 1, as bytes without its separator; None where it is longer than 25 MB."""
    with path.open("rb") as file:
        first = file.readline(_LONG_LINE)
        file.seek(0)
        if not first:
            return
        if not _BEGINS.match(first):
            whole = file.read(LONGEST_MESSAGE + 1)
            yield 1, whole if len(whole) <= LONGEST_MESSAGE else None
            return
        yield from _cut(iter(lambda: file.readline(_LONG_LINE), b""))


def count_messages(path: Path) -> int:
    """How many messages a file has, counted by looking for separators in the file as a whole."""
    with path.open("rb") as file:
        if not file.read(1):
            return 0
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            if not _BEGINS.match(whole):
                return 1
            return sum(1 for _ in _BEGINS_ANYWHERE.finditer(whole))


def _cut(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes | None]]:
    number, kept, size, after_blank, whole_line = 0, bytearray(), 0, True, True
    for line in lines:
        if after_blank and _BEGINS.match(line):
            if number:
                yield number, _whole(kept, size)
            number, kept, size, after_blank = number + 1, bytearray(), 0, False
            continue
        after_blank = whole_line and line in _BLANK
        whole_line = line.endswith(b"\n")
        size += len(line)
        if size <= LONGEST_MESSAGE:
            # A line of the letter that began with From was quoted when the mailbox was written.
            kept += line[1:] if _QUOTED.match(line) else line
    if number:
        yield number, _whole(kept, size)


def _whole(kept: bytearray, size: int) -> bytes | None:
    """The message without the empty line that separates it from the next."""
    if size > LONGEST_MESSAGE:
        return None
    for end in (b"\r\n\r\n", b"\n\n"):
        if kept.endswith(end):
            return bytes(kept[: -len(end) // 2])
    return bytes(kept)

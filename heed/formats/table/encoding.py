"""Which encoding a table of text is in, and its physical lines: ended by LF, CRLF or CR, as programs of every age do."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from heed.core.records.explained import Explained
from heed.core.records.problems import Problem

LONGEST = 2**20
"""Characters of one physical line; what is longer is refused and never held."""
KNOWN = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "iso8859-15", "cp850",
    "cp437", "mac-roman", "ascii",
)  # fmt: skip
"""What a mapping may name."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32")
_OLD = ["cp1252", "iso8859_15", "mac_roman", "cp850"]
_LOOKED_AT = 1 << 16
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by name, and how it is known, in words for whoever sent the file."""

    name: str
    how: str

    @property
    def is_wide(self) -> bool:
        """Whether a line end is more than one byte."""
        return self.name.startswith(_WIDE)


def encoding_of(path: Path, named: str | None = None) -> Encoding:
    """The encoding a mapping names, or the one the bytes speak for. Raises Explained where the two cannot both be."""
    found = _found(path)
    if named is None:
        return found
    wanted = Encoding(named, "as the mapping says")
    if wanted.is_wide != found.is_wide:
        raise Explained(
            f"the mapping says that {path.name} is {named}, but its bytes are {found.name}. Correct `encoding` in the "
            "mapping, or leave it out to have it found."
        )
    # A mark at the start is no part of the first cell, whatever the mapping calls the encoding.
    return found if found.name == "utf-8-sig" and named == "utf-8" else wanted


def _found(path: Path) -> Encoding:
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, "by the mark at its start")
    if wide := _wide(start):
        return Encoding(wide, "by the zero bytes between its letters")
    good, bad, odd_lines = _as_utf8(path)
    if not bad:
        return Encoding("utf-8", "every byte of it is")
    if good >= 2 * bad:
        return Encoding("utf-8", "nearly every byte of it is; the lines that are not are refused")
    return Encoding(_old(odd_lines), "by looking at its bytes; say `encoding` in the mapping to be certain")


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: in text of European letters every second byte is zero."""
    pairs = len(start) // 2
    if pairs < 2:
        return None
    even, odd = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd < 0.05 * pairs else None


def _as_utf8(path: Path) -> tuple[int, int, bytes]:
    """How many letters beyond ASCII are good UTF-8, how many bytes are not, and some of the lines these stand in."""
    good, bad, lines = 0, 0, b""
    with path.open("rb") as file:
        while line := file.readline(_CHUNK):
            if line.isascii():
                continue
            text = line.decode("utf-8", "surrogateescape")
            wrong = sum("\udc80" <= letter <= "\udcff" for letter in text)
            good += sum(letter > "\x7f" for letter in text) - wrong
            bad += wrong
            if wrong and len(lines) < _LOOKED_AT:
                lines += line[:_LOOKED_AT]
    return good, bad, lines


def _old(lines: bytes) -> str:
    """Of the encodings before UTF-8 the one these lines read best in; Windows' own where it is as good as any."""
    matches = from_bytes(lines, cp_isolation=_OLD)
    plausible = {name for match in matches for name in (match.encoding, *match.could_be_from_charset)}
    best = matches.best()
    return "cp1252" if best is None or "cp1252" in plausible else str(best.encoding)


def text_lines(path: Path, encoding: Encoding) -> Iterator[tuple[int, str | Problem]]:
    """Each physical line from 1 without its end, or what is wrong with it; every other line is read all the same."""
    errors = "replace" if encoding.is_wide else "surrogateescape"
    with path.open(encoding=encoding.name, errors=errors, newline="") as file:
        number = 0
        while line := file.readline(LONGEST + 2):
            number += 1
            if len(line) > LONGEST and not line.endswith(("\n", "\r")):
                _pass(file)
                yield number, Problem("line", "a line without an end", "a row of the table")
            else:
                yield number, _sound(line.removesuffix("\n").removesuffix("\r"), encoding)


def _pass(file: io.TextIOWrapper) -> None:
    while (rest := file.readline(_CHUNK)) and not rest.endswith(("\n", "\r")):
        pass


def _sound(line: str, encoding: Encoding) -> str | Problem:
    if "\0" in line:
        return Problem("line", f"a NUL character at character {line.index(chr(0)) + 1}", "text without NULs")
    if encoding.is_wide and "\ufffd" in line:
        return Problem("line", f"bytes that are not {encoding.name}", f"{encoding.name} text")
    if not line.isascii():
        try:
            line.encode()
        except UnicodeEncodeError as trouble:
            byte = ord(line[trouble.start]) & 0xFF
            found = f"byte 0x{byte:02x} at character {trouble.start + 1}"
            return Problem("line", found, f"{encoding.name} text")
    return line


def count_text_lines(path: Path) -> int:
    """How many physical lines a text has, counted by its line ends alone; a last line without an end is a line."""
    found = _found(path)
    name = found.name if found.is_wide or found.name == "utf-8-sig" else "latin-1"
    decoder = codecs.getincrementaldecoder(name)("replace")
    ends, last = 0, "\n"
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if text:
                ends += text.count("\n") + text.count("\r") - text.count("\r\n")
                ends -= last == "\r" and text[0] == "\n"
                last = text[-1]
            if not chunk:
                return ends + (last not in "\r\n")

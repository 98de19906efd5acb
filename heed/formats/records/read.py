"""Reading records, JSON Lines: each physical line is one record, one refusal or one blank."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from heed.core.records.decoding import LINE, document_of
from heed.core.records.problems import Problem, found
from heed.core.records.reading import parse
from heed.core.records.soundness import is_plainly_sound
from heed.formats.contract import Blank, Line, Refused, Row, SetAside, Usable, files
from heed.formats.lines import LONGEST_LINE, physical_lines

_ENDING = ".jsonl"


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every line of every file, in order. With an agency, a line of another one is refused."""
    for file in files(paths):
        if file in paths or file.suffix == _ENDING:
            yield from _read_file(file, agency)
        else:
            yield SetAside(Line(str(file), 0), f"not a {_ENDING} file; name it by itself to have it read")


def _read_file(file: Path, agency: str | None) -> Iterator[Row]:
    for number, line in physical_lines(file):
        yield row_of(Line(str(file), number), line, agency)


def row_of(at: Line, line: bytes | None, agency: str | None, *, stamp: bool = False) -> Row:
    """What one line is; None for one that is too long. With an agency, a line of another one is refused, and with
    `stamp` a line that names none becomes its own."""
    if line is None:
        return Refused(at, LINE, "a line without an end", f"at most {LONGEST_LINE // 2**20} MB a line")
    if not line.strip():
        return Blank(at)
    document = document_of(line)
    if isinstance(document, Problem):
        return _refused(at, document)
    if stamp and agency is not None:
        document.setdefault("agency", agency)
    reading = parse(document, is_sound=is_plainly_sound(line))
    if reading.record is None:
        return _refused(at, reading.problems[0], more=len(reading.problems) - 1)
    if agency is not None and reading.record.agency != agency:
        wanted = f'"{agency}"' + ("" if stamp else "; leave --agency out to take each line's own")
        return _refused(at, Problem("agency", found(reading.record.agency), wanted))
    return Usable(at, reading.record, reading.notes)


def _refused(at: Line, problem: Problem, more: int = 0) -> Refused:
    """The first problem of a line; a sender who mends it should know that there are more."""
    also = f" (and {more} more keys of this line are at fault)" if more else ""
    return Refused(at, problem.key, problem.found, problem.expected + also)

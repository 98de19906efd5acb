"""What every import format gives back: one row for every line of its files, in order, nothing passed over in silence.

A format is a folder here with `format.yaml`, `read.py` and a sample. `read.py` has `read` as `Reader` below says.
Where a file is not made of lines (a workbook, XML, a mailbox), `format.yaml` names the `unit` that is accounted for,
`read.py` has `count` as `Counter` says, and `Line.number` is the number of the unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from heed.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row came from: the file as it was named, and the physical line (or other unit) from 1. 0 is the file as
    a whole. `place` says it in the words of the file where a number alone helps nobody: `sheet List 8, row 5`."""

    file: str
    number: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a record: its name and kind as the sender claims them, and its bytes as they came."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Usable:
    """A line that is a record, with the files that came with it. Notes are `kind: words` and name nobody."""

    at: Line
    record: Record
    notes: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot be used, with the key at fault, what was found and what was expected."""

    at: Line
    key: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A line with nothing on it."""

    at: Line


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that was understood and is not a record of its own, and why. Line 0: a whole file that was not opened."""

    at: Line
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the files as a whole that their sender should know. It accounts for no line."""

    at: Line
    words: str


type Row = Usable | Refused | Blank | SetAside | Remark


class Counter(Protocol):
    """`count` of a format whose unit is not the physical line."""

    def __call__(self, path: Path) -> int:
        """How many units (rows of sheets, elements, messages) the file has; what `read` accounts for comes to the
        same. Counted on its own and cheaply, so that a reader that loses one is found out. Raises Explained for a
        file it cannot open, saying why; 0 for a file that `read` will not open."""


class Reader(Protocol):
    """`read` of a format. Raises Explained when there is nothing it could read at all."""

    def __call__(
        self, paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]
    ) -> Iterator[Row]:
        """Yield one row for every line of every file under the paths, file by file, in order."""


def files(paths: Sequence[Path]) -> list[Path]:
    """Every file named, and every file directly in a folder named, by name; hidden ones are not looked at."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file())
            found += [each for each in inside if not each.name.startswith(".")]
        else:
            found.append(path)
    return list(dict.fromkeys(found))

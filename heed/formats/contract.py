"""What every import format gives back: one row for every line of its files, in order, nothing passed over in silence.

A format is a folder here with `format.yaml`, `read.py` and a sample. `read.py` has `read` as `Reader` below says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from heed.core.records.record import Record


@dataclass(frozen=True, slots=True)
class Line:
    """Where a row came from: the file as it was named, and the physical line from 1. 0 is the file as a whole."""

    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Usable:
    """A line that is a record. Notes are `kind: words` and name nobody."""

    at: Line
    record: Record
    notes: tuple[str, ...] = ()


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

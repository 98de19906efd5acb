"""The names of the columns: found in the header, held against the mapping, and put on every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heed.core.records.problems import Problem, clip
from heed.formats.table.documents import text_of
from heed.formats.table.mapping import Map, plain_name
from heed.formats.workbooks import Cell

MOST_COLUMNS = 1000
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table in order by their plain names ("" for one without a name), as they are shown, which of
    the mapping's it lacks, and which columns tell a row from the inside of a cell."""

    columns: tuple[str, ...]
    shown: Mapping[str, str]
    absent: tuple[str, ...] = ()
    telling: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.columns)

    def named(self, cells: Sequence[Cell], *, whole: bool) -> dict[str, Cell] | Problem:
        """The cells of a row under their names. Blank cells may follow it; where a row is not written out `whole`, they
        may be left off its end. A row of text that stops early was cut short."""
        if (whole and len(cells) < self.width) or any(cell != "" for cell in cells[self.width :]):
            return Problem("columns", str(len(cells)), f"{self.width}, as many as the header has")
        row = {name: cell for name, cell in zip(self.columns, cells, strict=False) if name}
        stray = [cell for name, cell in zip(self.columns, cells, strict=False) if not name and cell != ""]
        if stray:
            return Problem(
                "columns", "a value in a column without a name", "a name in the header for every column"
            )
        return row

    def could_be_row(self, pieces: Sequence[str]) -> bool:
        """Whether a line cut at its delimiters has the look of a row: as many pieces as columns, and where the mapping
        expects references and dates, something with a digit in it and no sentence."""
        if len(pieces) != self.width or self.width < 2:
            return False
        told = [pieces[place] for place in self.telling if pieces[place]]
        if not self.telling:
            return True
        return bool(told) and all(
            any(letter.isdigit() for letter in piece) and len(piece.split()) <= 6 for piece in told
        )


def heading_of(cells: Sequence[Cell], mapping: Map) -> Heading | Problem:
    """The heading these cells make, or why they are none that the mapping speaks of."""
    words = [text_of(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    if len(words) > MOST_COLUMNS:
        return Problem("header", f"{len(words)} columns", f"at most {MOST_COLUMNS}")
    named = [plain_name(word) for word in words]
    spoken = {plain_name(column): column for column in mapping.columns()}
    needed = [column for column in mapping.required if plain_name(column) not in named]
    if needed:
        expected = f"the columns {clip(', '.join(needed))} in row {mapping.header_row}, as the mapping says"
        return Problem("header", clip(", ".join(words)) or "nothing", expected)
    twice = [name for name in spoken if named.count(name) > 1]
    if twice:
        return Problem("header", f"{clip(spoken[twice[0]])} more than once", "each mapped column once")
    columns, shown = _unlike(named, words)
    dated = [place for place, name in enumerate(columns) if name in _telling(mapping)]
    kept_out = {plain_name(column) for column in mapping.leave_out}
    absent = tuple(column for name, column in spoken.items() if name not in named and name not in kept_out)
    return Heading(columns, shown, absent, tuple(dated))


def _unlike(named: Sequence[str], words: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Columns of one name told apart by a number: Notes, Notes (2)."""
    columns: list[str] = []
    shown: dict[str, str] = {}
    for name, word in zip(named, words, strict=True):
        number, unlike = 1, name
        while name and unlike in shown:
            number += 1
            unlike = f"{name} ({number})"
        columns.append(unlike)
        if name:
            shown[unlike] = word if number == 1 else f"{word} ({number})"
    return tuple(columns), shown


def _telling(mapping: Map) -> set[str]:
    """The columns of references and times."""
    keys = ("ref", "happened_from", "happened_to", "recorded_at")
    found: set[str] = set()
    for key in keys:
        source = mapping.record.get(key)
        found |= {plain_name(column) for column in getattr(source, "columns", ())}
    return found


def delimiter_of(header: str, mapping: Map) -> str:
    """The delimiter under which the header shows most of the mapped columns; among equals the comma first."""
    spoken = {plain_name(column) for column in mapping.columns()}

    def known(delimiter: str) -> int:
        pieces = header.split(delimiter)
        return len(spoken & {plain_name(piece.strip(' "')) for piece in pieces})

    return max(_DELIMITERS, key=known)

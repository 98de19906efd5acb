"""From physical lines to rows of cells: a cell may go on over several lines, a stray quotation mark may not.

An opening quotation mark that never closes would make one row of the rest of the file. So lines are joined only where
what comes out is one whole row, and none of the lines taken for the inside of a cell is a row itself; otherwise the
line with the mark is refused alone, and the next is read as if it had not been there.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from heed.core.records.problems import Problem, clip

MOST_JOINED = 500
"""Physical lines one row may go on over."""
LONGEST_JOINED = 2**18
"""Characters of such a row."""
_UNCLOSED = "unexpected end of data"

type Numbered = tuple[int, str | Problem]


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: the line it begins on, its cells without the spaces around them, and the lines it goes on over."""

    number: int
    cells: list[str]
    more: tuple[int, ...] = ()


@dataclass(slots=True)
class Lines:
    """Physical lines that can be looked at before they are taken."""

    given: Iterator[Numbered]
    delimiter: str = ","
    waiting: deque[Numbered] = field(default_factory=deque)

    def rows(self, width: int, is_row: Callable[[list[str]], bool]) -> Iterator[Cells | tuple[int, Problem]]:
        """Every row, or a line with what is wrong with it. `is_row` says of the pieces of a line whether it is one."""
        while (first := self._take()) is not None:
            yield self._row(first, width, is_row)

    def row(self, width: int = 0) -> Cells | tuple[int, Problem] | None:
        """The next row, whatever its width where that is 0; None at the end."""
        first = self._take()
        return None if first is None else self._row(first, width, lambda pieces: False)

    def first(self) -> str:
        """The next line as it stands, still to be read; nothing where it cannot be."""
        taken = self._take()
        if taken is None:
            return ""
        self.waiting.appendleft(taken)
        return taken[1] if isinstance(taken[1], str) else ""

    def left(self) -> Iterator[Numbered]:
        """The lines that are left, one by one."""
        while (line := self._take()) is not None:
            yield line

    def _row(
        self, first: Numbered, width: int, is_row: Callable[[list[str]], bool]
    ) -> Cells | tuple[int, Problem]:
        number, text = first
        if isinstance(text, Problem):
            return number, text
        read = self._parsed(text)
        if isinstance(read, list):
            return Cells(number, read)
        if read != _UNCLOSED:
            return number, Problem("line", clip(read), "a row whose quotation marks come in pairs")
        return self._joined(number, text, width, is_row)

    def _joined(
        self, number: int, text: str, width: int, is_row: Callable[[list[str]], bool]
    ) -> Cells | tuple[int, Problem]:
        """The row that goes on over the next lines, if that is what it does."""
        taken: list[Numbered] = []
        while (
            len(taken) < MOST_JOINED
            and len(text) < LONGEST_JOINED
            and (following := self._take()) is not None
        ):
            taken.append(following)
            inside = following[1]
            if isinstance(inside, Problem) or is_row(self.pieces(inside)):
                break
            text = f"{text}\n{inside}"
            if '"' not in inside:
                continue
            read = self._parsed(text)
            if isinstance(read, list) and (not width or len(read) == width):
                return Cells(number, read, tuple(each for each, _ in taken))
            if read != _UNCLOSED:
                break
        self.waiting.extendleft(reversed(taken))
        return number, Problem("line", "a quotation mark that does not close", "quotation marks in pairs")

    def _parsed(self, text: str) -> list[str] | str:
        """The cells, or what the reader of CSV says is wrong."""
        try:
            (row,) = csv.reader([text], delimiter=self.delimiter, strict=True) if text else [[]]
        except csv.Error as trouble:
            return str(trouble)
        except ValueError:
            return "a line break outside quotation marks"
        return [cell.strip() for cell in row]

    def pieces(self, line: str) -> list[str]:
        """A line cut at its delimiters, quotation marks or not."""
        return [piece.strip(' "') for piece in line.split(self.delimiter)]

    def _take(self) -> Numbered | None:
        return self.waiting.popleft() if self.waiting else next(self.given, None)

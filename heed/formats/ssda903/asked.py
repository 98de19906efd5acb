"""Rows of Episodes and Header as the Department's rules ask about them: codes in capitals, days as days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from heed.formats.contract import Line
from heed.formats.ssda903.days import CollectionYear, day
from heed.formats.ssda903.returned import Entry


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: where it stands, and its cells in capitals. A cell that is not there is blank."""

    at: Line
    cells: Mapping[str, str]
    year: CollectionYear

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def day(self, column: str) -> date | None:
        """The day in a column, if it is one."""
        return day(self[column])

    @property
    def start(self) -> date | None:
        """The day an episode began."""
        return self.day("DECOM")

    @property
    def end(self) -> date | None:
        """The day an episode ended."""
        return self.day("DEC")


def asked(entry: Entry, year: CollectionYear) -> Asked:
    """A row of the return, made ready for the rules."""
    return Asked(entry.at, {column: cell.upper() for column, cell in entry.cells.items()}, year)


def in_order(rows: Sequence[Asked]) -> list[Asked]:
    """A child's episodes by the day they began; those whose day is not known come last."""
    return sorted(rows, key=lambda row: row.start or date.max)


def years_on(born: date, years: int) -> date:
    """A birthday. Who was born on 29 February has it on the 28th in other years, as the Department counts."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, day=28)


def before(left: date | None, right: date | None) -> bool:
    """Whether both are days and the left one is earlier."""
    return left is not None and right is not None and left < right


type RowRule = Callable[[Asked], bool]

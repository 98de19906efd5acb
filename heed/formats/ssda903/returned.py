"""A whole return in memory: its rows by table and by child, and what one row needs to know of the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from heed.formats.contract import Line
from heed.formats.ssda903.days import CollectionYear, day
from heed.formats.ssda903.rules import MissingRow, Span
from heed.formats.ssda903.tables import EPISODES, HEADER, MISSING, Table, tables


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table: the cells by column, as sent."""

    at: Line
    table: Table
    cells: dict[str, str]

    @property
    def child(self) -> str:
        """The council's own number for the child."""
        return self.cells["CHILD"]

    @property
    def start(self) -> date | None:
        """The day its start column holds."""
        return day(self.cells[self.table.start]) if self.table.start else None


@dataclass(slots=True)
class Returned:
    """Every row of the return, indexed once."""

    entries: Sequence[Entry]
    of_child: dict[str, dict[str, list[Entry]]] = field(default_factory=lambda: defaultdict(dict))
    refs: dict[Line, str] = field(default_factory=dict)
    missing: dict[Line, MissingRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self.of_child[entry.child].setdefault(entry.table.name, []).append(entry)

    def rows(self, table: str, child: str) -> list[Entry]:
        """A child's rows in one table."""
        return self.of_child[child].get(table, [])

    def is_only_in_header(self, child: str) -> bool:
        """Whether no row of this child becomes a record."""
        return not any(tables()[name].becomes for name in self.of_child[child])

    def starts(self) -> Iterable[date]:
        """The days on which episodes and missing periods began."""
        wanted = (EPISODES, MISSING)
        return (e.start for e in self.entries if e.table.name in wanted and e.start)

    def births(self, child: str) -> list[date]:
        """The different dates of birth that Header gives a child, in the order of its rows."""
        found = (day(row.cells["DOB"]) for row in self.rows(HEADER, child))
        return list(dict.fromkeys(each for each in found if each))

    def name_rows(self, year: CollectionYear) -> None:
        """Give every row its reference: table, child and start day, with a number where two rows share these.

        The numbers follow the content of the rows, not their place in the file, so that a table sorted
        another way names them the same; two identical rows have one reference, being one fact told twice.
        """
        sharing: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            sharing[_stem(entry, year)].append(entry)
        for stem, entries in sharing.items():
            contents = sorted({tuple(each.cells.values()) for each in entries})
            places = {content: place for place, content in enumerate(contents)}
            for entry in entries:
                place = places[tuple(entry.cells.values())]
                self.refs[entry.at] = f"{stem}/{place + 1}" if place else stem

    def ask_of_missing(self, year: CollectionYear) -> None:
        """Put every row of Missing beside what the rules ask about, once for each child.

        Of the earlier periods the rules only ask about one: the one that lasted longest.
        """
        for child in self.of_child:
            episodes = [Span(e.start, day(e.cells["DEC"])) for e in self.rows(EPISODES, child) if e.start]
            longest: MissingRow | None = None
            for entry in sorted(self.rows(MISSING, child), key=_in_order):
                row = _missing_row(entry, year, (longest,) if longest and entry.start else (), episodes)
                self.missing[entry.at] = row
                if row.start and (longest is None or row.outlasts(longest)):
                    longest = _missing_row(entry, year)


def _in_order(entry: Entry) -> tuple[date, str, int]:
    return (entry.start or date.max, entry.at.file, entry.at.number)


def _missing_row(
    entry: Entry, year: CollectionYear, earlier: Sequence[MissingRow] = (), episodes: Sequence[Span] = ()
) -> MissingRow:
    kind, start, end = (entry.cells[column] for column in ("MISSING", "MIS_START", "MIS_END"))
    return MissingRow(kind, start, end, day(entry.cells["DOB"]), year, earlier, episodes)


def _stem(entry: Entry, year: CollectionYear) -> str:
    name = f"{entry.table.name.lower()}/{entry.child}"
    if entry.table.start:
        return f"{name}/{entry.start or 'no-day'}"
    # A state that only has an end is one fact for good; anything else without a day is a fact of its year.
    return name if entry.table.end else f"{name}/{year.name.replace('/', '-')}"

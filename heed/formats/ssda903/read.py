"""Reading a return: tables found by their headers, Header folded into the people, every physical line accounted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from heed.core.records.explained import Explained
from heed.core.records.problems import clip
from heed.core.records.reading import parse
from heed.formats.contract import Blank, Line, Refused, Remark, Row, SetAside, Usable, files
from heed.formats.lines import count_lines, physical_lines
from heed.formats.ssda903 import documents
from heed.formats.ssda903.cells import cells
from heed.formats.ssda903.checking import Broken, broken_rules
from heed.formats.ssda903.days import CollectionYear, inferred, named, submitted
from heed.formats.ssda903.returned import Entry, Returned
from heed.formats.ssda903.tables import HEADER, MISSING, Table, nearest, recognised, rule_words, tables
from heed.formats.ssda903.xml_form import count_elements, elements, is_xml

FOLDED = (
    "folded into the people of the child's records: date of birth, sex and UPN; "
    "ethnicity and the mother's columns are not taken in"
)
STRANGE = "no table of the return: its columns are those of none"


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every line of every table, and every row of the XML form, under the paths. Raises Explained without any."""
    if agency is None:
        raise Explained("a return does not say which council it is from: name its agency.")
    lines: list[Row | Entry] = [row for file in files(paths) for row in _rows(file, file in paths)]
    entries = [row for row in lines if isinstance(row, Entry)]
    if not entries and not any(isinstance(row, Refused) for row in lines):
        where = ", ".join(path.name for path in paths)
        raise Explained(
            f"there is no row of an SSDA903 table in {where}: {len(files(paths))} files were looked at, and none "
            f"has a header such as {','.join(tables()[MISSING].columns)}, or a CHILD of the XML form. Name the folder "
            "that holds the CSV tables of the return, or its XML file."
        )
    if not entries:
        yield from (row for row in lines if not isinstance(row, Entry))
        return
    returned = Returned(entries)
    given = options.get("collection_year")
    year = replace(
        named(given) if given else inferred(returned.starts()),
        submission=submitted(options.get("submission", "1")),
    )
    how = "as named" if given else "inferred from the latest start of an episode or missing period"
    yield Remark(Line(str(paths[0]), 0), f"Collection year {year.name}, {how}.")
    returned.name_rows(year)
    returned.ask_of_missing(year)
    telling = _Telling(returned, agency, year, broken_rules(returned, year))
    for row in lines:
        yield telling.row(row) if isinstance(row, Entry) else row


def entries(file: Path) -> list[Entry]:
    """The rows of one file, for whoever wants to ask of them what `read` asks."""
    return [row for row in _rows(file, True) if isinstance(row, Entry)]


def count(path: Path) -> int:
    """The physical lines of a CSV table; the elements that are rows, of the XML form."""
    return count_elements(path) if is_xml(path) else count_lines(path)


def _rows(file: Path, by_name: bool) -> Iterator[Row | Entry]:
    """What one file holds, each line or element an entry of a table or already accounted for."""
    if not by_name and file.suffix.lower() not in (".csv", ".xml"):
        yield SetAside(Line(str(file), 0), "only CSV tables and the XML of the return are read")
    else:
        yield from elements(file) if is_xml(file) else _lines(file)


def _lines(file: Path) -> Iterator[Row | Entry]:
    table: Table | None = None
    otherwise: Refused | None = None
    for number, line in physical_lines(file):
        at = Line(str(file), number)
        read_cells = cells(at, line)
        if number == 1:
            names = read_cells if isinstance(read_cells, list) else []
            table, otherwise = recognised(names), _meant(at, names)
            yield SetAside(at, "the names of the columns") if table else otherwise or SetAside(at, STRANGE)
        elif table:
            yield _entry(at, table, read_cells)
        elif otherwise:
            yield Refused(at, otherwise.key, "a row under that header", otherwise.expected)
        else:
            yield SetAside(at, STRANGE)


def _meant(at: Line, names: Sequence[str]) -> Refused | None:
    """A header that is almost that of a table: refused in words, because setting it aside would lose children."""
    table = nearest(names)
    if table is None:
        return None
    return Refused(at, "header", clip(",".join(names)), f"{','.join(table.columns)} (table {table.name})")


def _entry(at: Line, table: Table, read_cells: list[str] | Refused) -> Row | Entry:
    if isinstance(read_cells, Refused):
        return read_cells
    if not any(read_cells):
        return Blank(at)
    if len(read_cells) != len(table.columns):
        expected = f"{len(table.columns)}: {','.join(table.columns)}"
        return Refused(at, "columns", str(len(read_cells)), expected)
    entry = Entry(at, table, dict(zip(table.columns, read_cells, strict=True)))
    return entry if entry.child else Refused(at, "CHILD", "nothing", "the council's number of the child")


@dataclass(slots=True)
class _Telling:
    """What every row is told with; `told` are the children of whom all that is said once was said."""

    returned: Returned
    agency: str
    year: CollectionYear
    broken: Broken
    told: set[str] = field(default_factory=set)

    def row(self, entry: Entry) -> Row:
        """One row as a record, or why it is none."""
        if entry.table.because:
            return SetAside(entry.at, f"{entry.table.name}: {entry.table.because}")
        if entry.table.name == HEADER and not _speaks_for_child(entry, self.returned):
            return SetAside(entry.at, FOLDED)
        reading = parse(documents.document(entry, self.returned, self.agency, self.year))
        if reading.record is None:
            problem = reading.problems[0]
            return Refused(entry.at, problem.key, problem.found, problem.expected)
        notes = [*documents.notes(entry, self.returned, self.year)]
        if entry.table.name != HEADER:
            notes += self._rules(entry)
        of_child = [note for note in reading.notes if note.startswith("upn check digit")]
        if entry.child not in self.told:
            self.told.add(entry.child)
            notes += [*documents.notes_on_child(entry.child, self.returned), *of_child]
            notes += [note for row in self.returned.rows(HEADER, entry.child) for note in self._rules(row)]
        return Usable(entry.at, reading.record, (*notes, *(n for n in reading.notes if n not in of_child)))

    def _rules(self, entry: Entry) -> list[str]:
        return [f"{number}: {rule_words()[number]}" for number in self.broken.get(entry.at, ())]


def _speaks_for_child(entry: Entry, returned: Returned) -> bool:
    """Whether this row of Header is all the return says of a child: then it becomes a record itself."""
    first = returned.rows(HEADER, entry.child)[0]
    return first is entry and returned.is_only_in_header(entry.child)

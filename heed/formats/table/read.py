"""Reading any table with a mapping: text or workbook, every physical line or row of a sheet accounted for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heed.core.records.explained import Explained
from heed.core.records.problems import Problem, clip
from heed.core.records.reading import parse
from heed.formats import workbooks
from heed.formats.contract import Blank, Line, Refused, Remark, Row, SetAside, Usable, files
from heed.formats.table.documents import Rows, Unusable, blank
from heed.formats.table.encoding import count_text_lines, encoding_of, text_lines
from heed.formats.table.heading import Heading, delimiter_of, heading_of
from heed.formats.table.mapping import BESIDE, Map, mapping_for, plain_name
from heed.formats.table.quoting import Cells, Lines
from heed.formats.workbooks import Cell

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ABOVE = "above the names of the columns"
NAMES = "the names of the columns"
GOES_ON = "the row above goes on over this line, inside quotation marks"
UNDER = "a row under that header"


@dataclass(frozen=True, slots=True)
class _Table:
    """One table under way: where rows come from, and what turns them into records."""

    file: str
    heading: Heading
    rows: Rows
    is_text: bool

    def row(self, at: Line, cells: Sequence[Cell]) -> Row:
        """What one row becomes."""
        if blank(cells):
            return Blank(at)
        named = self.heading.named(cells, whole=self.is_text)
        if isinstance(named, Problem):
            return Refused(at, named.key, named.found, named.expected)
        try:
            document, notes = self.rows.document(named)
        except Unusable as unusable:
            return Refused(at, unusable.problem.key, unusable.problem.found, unusable.problem.expected)
        reading = parse(document)
        if reading.record is None:
            problem = reading.problems[0]
            return Refused(at, problem.key, problem.found, problem.expected)
        return Usable(at, reading.record, (*notes, *reading.notes))


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every line or row of every table under the paths, in order."""
    if agency is None:
        raise Explained("a table does not say whose it is: name its agency.")
    named = options.get("mapping")
    for file in files(paths):
        if file not in paths and not _is_table(file):
            yield SetAside(Line(str(file), 0), "the mapping of a table, or no table by its name")
            continue
        mapping = mapping_for(file, named)
        reading = _sheets if workbooks.is_workbook(file) else _text
        yield from reading(file, mapping, agency)


def count(path: Path) -> int:
    """The physical lines of a text, or the rows of all sheets of a workbook."""
    if path.name.endswith(BESIDE) or not path.stat().st_size:
        return 0
    return workbooks.count_rows(path) if workbooks.is_workbook(path) else count_text_lines(path)


def _is_table(file: Path) -> bool:
    return file.suffix.lower() in ENDINGS


def _text(file: Path, mapping: Map, agency: str) -> Iterator[Row]:
    encoding = encoding_of(file, mapping.encoding)
    if encoding.name not in ("utf-8", "utf-8-sig"):
        yield Remark(Line(str(file), 0), f"{file.name} is read as {encoding.name}: {encoding.how}.")
    numbered = text_lines(file, encoding)
    for _ in range(mapping.header_row - 1):
        if (line := next(numbered, None)) is not None:
            yield SetAside(Line(str(file), line[0]), ABOVE)
    lines = Lines(numbered)
    lines.delimiter = mapping.delimiter or delimiter_of(lines.first(), mapping)
    header = lines.row()
    if header is None:
        return
    heading = heading_of(header.cells if isinstance(header, Cells) else [], mapping)
    number = header.number if isinstance(header, Cells) else header[0]
    if isinstance(heading, Problem):
        yield from _refused(file, number, header, heading, lines)
        return
    yield SetAside(Line(str(file), number), NAMES)
    yield from _more(file, header)
    yield from _remarks(file, heading, mapping)
    table = _Table(str(file), heading, Rows(mapping, agency, heading.shown), is_text=True)
    for each in lines.rows(heading.width, heading.could_be_row):
        if isinstance(each, Cells):
            yield table.row(Line(str(file), each.number), each.cells)
            yield from _more(file, each)
        else:
            yield Refused(Line(str(file), each[0]), each[1].key, each[1].found, each[1].expected)


def _refused(
    file: Path, number: int, header: Cells | tuple[int, Problem], heading: Problem, lines: Lines
) -> Iterator[Row]:
    """A table whose header is not the one the mapping speaks of: every line of it is refused, and says so."""
    yield Refused(Line(str(file), number), heading.key, heading.found, heading.expected)
    if isinstance(header, Cells):
        yield from _more(file, header)
    for other, _ in lines.left():
        yield Refused(Line(str(file), other), heading.key, UNDER, heading.expected)


def _more(file: Path, row: Cells | tuple[int, Problem]) -> Iterator[Row]:
    for number in row.more if isinstance(row, Cells) else ():
        yield SetAside(Line(str(file), number), GOES_ON)


def _remarks(file: Path, heading: Heading, mapping: Map) -> Iterator[Row]:
    at = Line(str(file), 0)
    if heading.absent:
        words = ", ".join(clip(name) for name in heading.absent)
        yield Remark(
            at, f"{file.name} lacks columns that the mapping speaks of, which read as blank: {words}."
        )
    known = {plain_name(column) for column in mapping.columns()}
    if strange := [shown for name, shown in heading.shown.items() if name not in known]:
        words = ", ".join(clip(name) for name in strange)
        yield Remark(at, f"The mapping says nothing of these columns; they are kept under extra: {words}.")
    if left := [column for column in mapping.leave_out if plain_name(column) in heading.shown]:
        yield Remark(at, f"Not taken in, as the mapping says: {', '.join(left)}.")
    if "ref" not in mapping.record:
        yield Remark(
            at,
            "No column names a row, so a row is named by what it says: the same row again changes nothing, and a row "
            "that was changed comes in as another one.",
        )


def _sheets(file: Path, mapping: Map, agency: str) -> Iterator[Row]:
    wanted = mapping.sheet
    table: _Table | None = None
    wrong: Problem | None = None
    merged: set[str] = set()
    for each in workbooks.rows(file):
        if isinstance(each, workbooks.Unread):
            yield from _unread(file, each)
            continue
        name = each.sheet.name
        at = Line(str(file), 0, f"sheet {clip(name)}, row {each.number}")
        at = Line(at.file, each.number, at.place)
        if wanted is None and not blank(each.cells) and not each.sheet.hidden:
            wanted = name
        if wanted is None or plain_name(name) != plain_name(wanted):
            yield Blank(at) if blank(each.cells) else SetAside(at, _other(name, wanted))
            continue
        if each.sheet.merged and name not in merged:
            merged.add(name)
            yield Remark(
                at, f"Sheet {clip(name)} has merged cells: only the first of each carries its value."
            )
        if each.number < mapping.header_row:
            yield SetAside(at, ABOVE)
        elif each.number == mapping.header_row:
            heading = heading_of(list(each.cells), mapping)
            if isinstance(heading, Problem):
                wrong = heading
                yield Refused(at, heading.key, heading.found, heading.expected)
            else:
                yield SetAside(at, NAMES)
                yield from _remarks(file, heading, mapping)
                table = _Table(str(file), heading, Rows(mapping, agency, heading.shown), is_text=False)
        elif table:
            yield table.row(at, each.cells)
        else:
            yield Refused(at, wrong.key if wrong else "header", UNDER, wrong.expected if wrong else NAMES)


def _other(name: str, wanted: str | None) -> str:
    return f"on the sheet {clip(name)}; the mapping reads {clip(wanted) if wanted else 'the first with a header'}"


def _unread(file: Path, unread: workbooks.Unread) -> Iterator[Row]:
    for many, what in (
        (unread.errors, "an error such as #N/A"),
        (unread.unworked, "a formula without a result"),
    ):
        if many:
            yield Remark(Line(str(file), 0), f"{file.name}: {many} cells hold {what}; they read as blank.")

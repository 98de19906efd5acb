"""Reading the census: each Child as it ends, its parts as records, every part accounted.

The unit is an element: Child and the parts of it that become records. Twice over the file: first what it holds more
than once, then the records, so that a reference follows from what is told and not from where it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.formats.cin import documents
from heed.formats.cin.census import CHILD, HEADER, UNITS, Census, survey
from heed.formats.cin.rules import on_child, on_part, rule_words
from heed.formats.contract import Blank, Line, Refused, Remark, Row, SetAside, Usable, files
from heed.formats.elements import Break, Element, Piece, count_units, pieces
from heed.formats.ssda903.days import named, submitted

FOLDED = "folded into the child's records: birth, sex, pupil number; ethnicity is not taken in"
_IDENTIFIER = "the council's number of the child"
_WANTED = (HEADER, CHILD)


def count(path: Path) -> int:
    """The elements of the census that are accounted for, and one more where a file breaks."""
    return count_units(path, _WANTED, UNITS)


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every element accounted for, of every census under the paths."""
    if agency is None:
        raise Explained("a census names its council by a number only: name its agency.")
    for file in files(paths):
        if file in paths or file.suffix.lower() == ".xml":
            yield from _read_file(file, agency, options)
        else:
            yield SetAside(Line(str(file), 0), "only the XML of a census is read")


def _read_file(file: Path, agency: str, options: Mapping[str, str]) -> Iterator[Row]:
    census = survey(file)
    if census.children:
        given = options.get("collection_year")
        year = named(given) if given else census.year_told()
        census.year = replace(year, submission=submitted(options.get("submission", "1")))
        how = "as named" if given else census.how
        yield Remark(Line(str(file), 0), f"Census of {census.year.name}, {how}.")
    for piece in pieces(file, _WANTED, UNITS):
        if isinstance(piece, Break):
            why = "the census as XML to its end"
            yield Refused(Line(str(file), piece.number, f"line {piece.line}"), "file", piece.why, why)
        elif not piece.whole:
            yield _misplaced(file, piece)
        elif piece.element.tag == CHILD:
            yield from _child(file, piece.element, agency, census)


def _misplaced(file: Path, piece: Piece) -> Refused:
    return Refused(_at(file, piece.element), piece.element.tag, "an element that is not", piece.why)


def _at(file: Path, element: Element) -> Line:
    return Line(str(file), element.number, f"line {element.line} ({element.tag})")


def _child(file: Path, child: Element, agency: str, census: Census) -> Iterator[Row]:
    """One row for the child and for each of its parts, in the order of the file."""
    told: list[str] | None = None
    number = documents.identifier(child)
    parts = list(child.units())
    for part in parts:
        at = _at(file, part)
        if not number:
            yield Refused(at, "LAchildID", "nothing", _IDENTIFIER)
        elif part is child and len(parts) > 1:
            yield SetAside(at, FOLDED)
        elif part.tag in documents.DATES and not part.words:
            yield Blank(at)
        else:
            row = _part(at, child, part, agency, census)
            if isinstance(row, Usable) and told is None:
                told = [*on_child(child, census), *documents.notes_on_child(child, census.year_known())]
                row = replace(row, notes=(*told, *row.notes))
            yield row


def _part(at: Line, child: Element, part: Element, agency: str, census: Census) -> Row:
    year = census.year_known()
    reading = parse(documents.document(child, part, agency, year, census.ref(child, part)))
    if reading.record is None:
        problem = reading.problems[0]
        return Refused(at, problem.key, problem.found, problem.expected)
    notes = [f"{number}: {rule_words()[number]}" for number in on_part(child, part)]
    notes += documents.notes(part, year)
    # Rule 1510 says it of the pupil number, once a child.
    return Usable(
        at, reading.record, (*notes, *(n for n in reading.notes if not n.startswith("upn check digit")))
    )

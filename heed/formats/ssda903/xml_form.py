"""The XML form of the return: CHILD by CHILD, each element that is a row of a table as that row.

The rows are those of the CSV tables, column by column, so that the same return sent in both forms is the same records
under the same references. What the form does not name is remarked on, by element.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from heed.core.records.problems import clip
from heed.formats.contract import Blank, Line, Refused, Remark, Row, SetAside
from heed.formats.elements import Break, Element, Piece, count_units, pieces
from heed.formats.ssda903.returned import Entry
from heed.formats.ssda903.tables import HEADER, Table, tables

_CHILD = "CHILD"
_CALLED = {"CHILD": "CHILDID", "PLACE": "PL"}
"""Columns that have another name in XML."""
_NO = "an element that says no: not an unaccompanied asylum-seeking child"


def is_xml(file: Path) -> bool:
    """Whether a file is XML, by its name or by its first character."""
    if file.suffix.lower() == ".xml":
        return True
    with file.open("rb") as stream:
        return stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def count_elements(file: Path) -> int:
    """The elements that are rows, and one more where the file breaks."""
    return count_units(file, (_CHILD,), _form().keys())


def elements(file: Path) -> Iterator[Row | Entry]:
    """Every element that is a row, as an entry of its table or already accounted for."""
    strange: Counter[str] = Counter()
    for piece in pieces(file, (_CHILD,), _form().keys()):
        if isinstance(piece, Break):
            at = Line(str(file), piece.number, f"line {piece.line}")
            yield Refused(at, "file", piece.why, "the return as XML to its end")
        elif not piece.whole:
            yield Refused(_at(file, piece.element), piece.element.tag, "an element that is not", piece.why)
        else:
            yield from _child(file, piece)
            strange.update(_strange(piece.element))
    for tag, times in sorted(strange.items()):
        yield Remark(
            Line(str(file), 0),
            f"{file.name}: {times} elements or texts {clip(tag)} are no part of the return's form and are not read.",
        )


def _child(file: Path, piece: Piece) -> Iterator[Row | Entry]:
    child = piece.element
    header = next(iter(child.all("HEADER")), child)
    for unit in child.units():
        at, form = _at(file, unit), _form()[unit.tag]
        table = tables()[form["table"]]
        if form.get("holds") and not header.get(form["holds"]):
            yield Blank(at)
        elif unit.tag == "UASC" and unit.words != "1":
            yield SetAside(at, _NO)
        else:
            yield _entry(at, table, unit, header)


def _entry(at: Line, table: Table, unit: Element, header: Element) -> Row | Entry:
    cells = {column: _cell(column, unit, header) for column in table.columns}
    if not cells["CHILD"]:
        return Refused(at, "CHILDID", "nothing", "the council's number of the child")
    if table.name != HEADER and not any(
        cells[column] for column in table.columns if column not in ("CHILD", "DOB", "SEX")
    ):
        return Blank(at)
    return Entry(at, table, cells)


def _cell(column: str, unit: Element, header: Element) -> str:
    called = _CALLED.get(column, column)
    return unit.get(called) or header.get(called)


def _strange(child: Element) -> Iterator[str]:
    known = {_CHILD, *_form(), *_CALLED.values(), *(c for table in tables().values() for c in table.columns)}
    todo = [child]
    while todo:
        element = todo.pop()
        todo += element.inside
        if element.tag not in known:
            yield element.tag
        if element.stray:
            yield f"between those of {element.tag}"


def _at(file: Path, element: Element) -> Line:
    return Line(str(file), element.number, f"line {element.line} ({element.tag})")


@cache
def _form() -> Mapping[str, dict[str, str]]:
    form: dict[str, dict[str, str]] = yaml.safe_load(
        (Path(__file__).parent / "elements.yaml").read_text(encoding="utf-8")
    )
    return form

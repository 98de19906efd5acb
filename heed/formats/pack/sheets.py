"""A pack as a workbook: a sheet about it, one for each table, and the chronology with a column for each fact."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from heed.core.records.cells import plain_cell
from heed.core.review.pack.content import Pack, Section

LONGEST_TITLE = 31


def as_xlsx(pack: Pack) -> bytes:
    """An .xlsx in which every cell is text and none a formula."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Heed", pack.title
    words = [[word] for section in pack.sections for word in section.words]
    _sheet(book, "About", [[pack.title], *map(list, pack.about), *words])
    for section in pack.sections:
        for table in section.tables:
            _sheet(book, table.caption, [table.heads, *table.rows])
        if section.entries:
            _sheet(book, section.title, list(_entries(section)))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _entries(section: Section) -> Iterator[Sequence[str]]:
    """A row a fact: an event that three agencies told has three of each."""
    yield ("Event", "What", "Words")
    for entry in section.entries:
        yield from ((entry.title, name, value) for name, value in entry.facts)
        if entry.text:
            yield (entry.title, "", entry.text)


def _sheet(book: Any, title: str, rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    bare = "".join(each for each in title if each not in "[]:*?/\\'")
    sheet = book.create_sheet(f"{len(book.worksheets) + 1} {bare}"[:LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", (34, 24, 80, 16, 16, 16, 16), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value="")
            cell.value, cell.data_type = plain_cell(text), "s"
            cells.append(cell)
        sheet.append(cells)

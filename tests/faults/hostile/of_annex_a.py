"""Hostile workbooks of an inspection's lists."""

from pathlib import Path

from tests.faults.hostile import of_table
from tests.faults.hostile.archives import book, cells, in_memory, old_container, packed_zeros, zipped

LIST_1 = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age",
    "Date of Contact",
    "Contact Source",
)


def _book(folder: Path, *rows: tuple[str, ...]) -> Path:
    return zipped(folder / "Annex A.xlsx", book(cells(*rows)))


def without_list_sheets(folder: Path) -> Path:
    """A workbook that is none of the lists."""
    return _book(folder, ("Budget", "2026"), ("Tea", "12"))


def a_list_with_two_headings(folder: Path) -> Path:
    """The heading again in the middle of the list."""
    row = ("10001", "Female", "WBRI", "11/02/2010", "14", "03/12/2023", "Police")
    return _book(folder, LIST_1, row, LIST_1, row)


def a_list_of_errors(folder: Path) -> Path:
    """#N/A, #REF! and sentences in every cell."""
    return _book(folder, LIST_1, *(("#N/A",) * 7, ("#REF!",) * 7, ("see note",) * 7, ("\u202e",) * 7))


def dates_of_every_kind(folder: Path) -> Path:
    """Two-digit years, swapped days, serials, no-break spaces."""
    days = (
        "03/12/23",
        "12/31/2023",
        "45263",
        "2023-12-03",
        "3 Dec",
        "\u00a003/12/2023\u00a0",
        "=H2+5",
        "00/00/0000",
    )
    return _book(
        folder, LIST_1, *((str(n), "F", "WBRI", day, "14", day, "Police") for n, day in enumerate(days))
    )


def two_cells_far_apart(folder: Path) -> Path:
    """The first and the last cell of a sheet."""
    return of_table.two_cells_far_apart(folder)


def a_million_empty_rows(folder: Path) -> Path:
    """A list with a million styled, empty rows."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_048_577))
    return zipped(folder / "Annex A.xlsx", book(cells(LIST_1) + rows))


def a_bomb(folder: Path) -> Path:
    """250 MB in 250 kB."""
    return zipped(
        folder / "Annex A.xlsx", {**book(cells(LIST_1)), "xl/worksheets/sheet2.xml": packed_zeros(250)}
    )


def a_bomb_of_entities(folder: Path) -> Path:
    """A billion words in a kilobyte of XML."""
    return of_table.a_bomb_of_entities(folder)


def with_a_password(folder: Path) -> Path:
    """Encrypted as office programs do it."""
    return old_container(folder / "Annex A.xlsx", {"EncryptedPackage": bytes(4096)})


def cut_short(folder: Path) -> Path:
    """The first half of a workbook."""
    content = in_memory(book(cells(LIST_1)))
    (folder / "Annex A.xlsx").write_bytes(content[: len(content) // 2])
    return folder / "Annex A.xlsx"


def a_stray_mark_in_a_list(folder: Path) -> Path:
    """A list as CSV with one quotation mark that does not close in a thousand lines."""
    lines = [f"{n},Female,WBRI,11/02/2010,14,03/12/2023,Police" for n in range(1000)]
    lines[500] = '"' + lines[500]
    (folder / "List 1.csv").write_text("\n".join([",".join(LIST_1), *lines]))
    return folder

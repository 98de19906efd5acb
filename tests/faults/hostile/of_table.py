"""Hostile tables, read with the mapping for missing episodes that comes with Heed."""

from pathlib import Path

import openpyxl

from tests.faults.hostile.archives import (
    MAIN,
    book,
    cells,
    damaged,
    in_memory,
    lying,
    old_container,
    overlapping,
    packed_zeros,
    with_flag,
    zipped,
)

OPTIONS = ("--mapping", "misper")
COLUMNS = (
    "Reference",
    "Missing since",
    "Reported at",
    "Forenames",
    "Surname",
    "Date of birth",
    "Circumstances",
)
HEAD = ",".join(COLUMNS)


def _row(
    number: int | str, since: str = "14/03/2009 22:10", text: str = "gone", born: str = "11/02/1995"
) -> str:
    return f"M-{number},{since},15/03/2009 09:00,Ayla,Marsh,{born},{text}"


def _csv(
    folder: Path, *lines: str, end: str = "\n", encoding: str = "utf-8", name: str = "table.csv"
) -> Path:
    file = folder / name
    file.write_bytes((end.join(lines) + end).encode(encoding, "surrogatepass"))
    return file


def _book(folder: Path, sheet: str, **more: str) -> Path:
    return zipped(folder / "table.xlsx", book(sheet, **more))


def an_unclosed_quotation_mark(folder: Path) -> Path:
    """One stray mark in a thousand lines."""
    lines = [_row(number) for number in range(1000)]
    lines[500] = lines[500].replace("Ayla", '"Ayla')
    return _csv(folder, HEAD, *lines)


def a_mark_in_every_line(folder: Path) -> Path:
    """A thousand stray marks, one a line."""
    return _csv(folder, HEAD, *(_row(number, text='"gone') for number in range(1000)))


def marks_that_nearly_close(folder: Path) -> Path:
    """Doubled, leading, trailing and lonely marks."""
    return _csv(
        folder,
        HEAD,
        *(_row(n, text=t) for n, t in enumerate(('"', '""', '"""', '""""', '"a"b', 'a"b', '"a""'))),
    )


def a_cell_that_goes_on_for_a_thousand_lines(folder: Path) -> Path:
    """One quotation mark at the start, one at the end of the file."""
    return _csv(folder, HEAD, _row(1, text='"'), *("x" for _ in range(1000)), '"')


def a_cell_beyond_the_limit(folder: Path) -> Path:
    """A cell of 131,073 characters."""
    return _csv(folder, HEAD, _row(1, text="x" * 131_073), _row(2))


def old_line_ends(folder: Path) -> Path:
    """CR alone."""
    return _csv(folder, HEAD, _row(1), _row(2), end="\r")


def mixed_line_ends(folder: Path) -> Path:
    """LF, CRLF, CR and a form feed in one file."""
    file = folder / "table.csv"
    file.write_bytes(
        f"{HEAD}\r\n{_row(1)}\n{_row(2)}\r{_row(3)}\r\n\r\n\n\r{_row(4)}\x0c{_row(5)}\x85".encode()
    )
    return file


def duplicate_headers(folder: Path) -> Path:
    """A mapped column twice, and unmapped ones."""
    return _csv(folder, f"{HEAD},Notes,Notes,Reference", _row(1) + ",a,b,c")


def only_a_header(folder: Path) -> Path:
    """A table without rows."""
    return _csv(folder, HEAD)


def sixteen_thousand_columns(folder: Path) -> Path:
    """A header as wide as a spreadsheet can be."""
    return _csv(folder, HEAD + "," + ",".join(f"C{n}" for n in range(16_384)), _row(1))


def rows_of_every_width(folder: Path) -> Path:
    """Too few cells, too many, none."""
    return _csv(folder, HEAD, *(",".join(["x"] * n) for n in range(40)))


def wide_letters_without_a_mark(folder: Path) -> Path:
    """UTF-16 of both kinds without a mark."""
    _csv(folder, HEAD, _row(1), encoding="utf-16-be", name="big.csv")
    return _csv(folder, HEAD, _row(2), encoding="utf-16-le").parent


def a_wide_table_cut_in_a_letter(folder: Path) -> Path:
    """UTF-16 with an odd number of bytes and half a surrogate."""
    file = folder / "table.csv"
    file.write_bytes(f"{HEAD}\n{_row(1)}\n".encode("utf-16") + b"\x00\xd8\n\x00a")
    return file


def half_surrogates(folder: Path) -> Path:
    """Halves of surrogate pairs as bytes."""
    return _csv(folder, HEAD, _row(1, text="\ud83d"), _row(2))


def turned_around(folder: Path) -> Path:
    """Bidirectional overrides and zero-width letters in cells, references and the header."""
    return _csv(
        folder,
        HEAD + ",\u202egnihton",
        _row("\u202e1") + ",",
        _row(2, text="\u2066a\u2069\u200b") + ",\u202e",
    )


def two_digit_years(folder: Path) -> Path:
    """Years of two digits, of five, and none."""
    return _csv(
        folder,
        HEAD,
        *(_row(n, since=s) for n, s in enumerate(("14/03/09", "14-Mar-09", "14/03/20090", "14 March"))),
    )


def days_and_months_swapped(folder: Path) -> Path:
    """A month thirteen, a 31st of February, a day nought."""
    return _csv(
        folder,
        HEAD,
        *(_row(n, since=s) for n, s in enumerate(("03/14/2009", "31/02/2009", "00/03/2009", "2009-13-01"))),
    )


def serials(folder: Path) -> Path:
    """Days as spreadsheets count them, in a text that cannot say so."""
    return _csv(
        folder, HEAD, *(_row(n, since=s) for n, s in enumerate(("39886", "39886.9236", "-1", "2958466", "0")))
    )


def formulas(folder: Path) -> Path:
    """Cells that a spreadsheet would work out, or run."""
    texts = (
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+44",
        "-2",
        "@SUM(A1)",
        "\t=1",
        '"=HYPERLINK(""http://example.org"")"',
    )
    return _csv(folder, HEAD, *(_row(n, text=t) for n, t in enumerate(texts)))


def what_a_spreadsheet_writes_for_nothing(folder: Path) -> Path:
    """#N/A and its kin where a reference, a date and a name should be."""
    return _csv(
        folder,
        HEAD,
        _row(1).replace("M-1", "#N/A"),
        _row(2, since="#REF!"),
        _row(3, text="#VALUE!"),
        _row(4, born="NULL"),
    )


def numbers_that_are_none(folder: Path) -> Path:
    """NaN, infinity and 5,000 digits."""
    return _csv(
        folder,
        HEAD,
        *(_row(n, since=s) for n, s in enumerate(("NaN", "Infinity", "9" * 5000, "1e999", "١٤"))),
    )


def born_after_the_event(folder: Path) -> Path:
    """A birth in the next century, and one before all calendars."""
    return _csv(folder, HEAD, _row(1, born="11/02/2095"), _row(2, born="11/02/0095"))


def a_heap_of_lines(folder: Path) -> Path:
    """60,000 rows that are all wrong."""
    return _csv(folder, HEAD, *(_row(n, since="soon") for n in range(60_000)))


def a_bomb_by_ratio(folder: Path) -> Path:
    """250 MB in 250 kB."""
    return zipped(folder / "table.xlsx", {**book(""), "xl/worksheets/sheet2.xml": packed_zeros(250)})


def a_bomb_by_total(folder: Path) -> Path:
    """A thousand parts just below the size that may have any ratio."""
    return zipped(
        folder / "table.xlsx", {**book(""), **{f"xl/media/{n}": bytes(2**20 - 1) for n in range(1000)}}
    )


def a_bomb_by_count(folder: Path) -> Path:
    """Five thousand parts."""
    return zipped(folder / "table.xlsx", {**book(""), **{f"xl/media/{n}": b"" for n in range(5000)}})


def a_bomb_that_lies(folder: Path) -> Path:
    """A directory that says 1 kB where 100 MB come."""
    return lying(folder / "table.xlsx", "xl/worksheets/sheet1.xml", 100 * 2**20, 1000)


def a_bomb_that_overlaps(folder: Path) -> Path:
    """3,000 entries that share one packed kernel."""
    return overlapping(folder / "table.xlsx", 3000)


def a_document_under_its_name(folder: Path) -> Path:
    """A letter, with a bomb in it."""
    return zipped(folder / "table.docx", {"word/document.xml": packed_zeros(50)})


def two_cells_far_apart(folder: Path) -> Path:
    """The first and the last cell of a sheet: half a terabyte when laid out."""
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return _book(folder, cells(COLUMNS) + far)


def one_text_everywhere(folder: Path) -> Path:
    """A shared text of 30,000 letters in 100,000 cells."""
    shared = f"<si><t>{'x' * 30_000}</t></si>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    return _book(folder, rows, shared=shared)


def a_million_empty_rows(folder: Path) -> Path:
    """1,048,576 rows that hold a style and nothing else."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_048_577))
    return _book(folder, cells(COLUMNS) + rows)


def a_value_in_the_last_row(folder: Path) -> Path:
    """A million blank rows between the header and a stray cell."""
    return _book(folder, cells(COLUMNS) + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def a_sheet_as_wide_as_can_be(folder: Path) -> Path:
    """16,384 columns."""
    return _book(folder, cells(tuple(f"C{n}" for n in range(16_384)), ("x",) * 16_384))


def merged_cells(folder: Path) -> Path:
    """A reference merged over three rows."""
    made = openpyxl.Workbook()
    made.active.append(COLUMNS)
    made.active.append(["M-1", "14/03/2009", "15/03/2009"])
    made.active.append(["", "16/03/2009", "17/03/2009"])
    made.active.merge_cells("A2:A4")
    made.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def errors_and_formulas_in_cells(folder: Path) -> Path:
    """#N/A as a value, formulas never worked out, numbers beyond a float, a date before all dates."""
    odd = (
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>NOW()</f></c><c r="C2"><v>1e999</v></c></row>'
        '<row r="3"><c r="A3"><v>M-1</v></c><c r="B3"><v>-1e308</v></c><c r="C3" t="d"><v>0000-00-00</v></c></row>'
        '<row r="4"><c r="A4" t="s"><v>99999</v></c><c r="B4" t="s"><v>-1</v></c><c r="C4" t="zz"><v>1</v></c></row>'
    )  # fmt: skip
    return _book(folder, cells(COLUMNS) + odd)


def cells_out_of_order(folder: Path) -> Path:
    """Rows that go backwards, cells with addresses that are none."""
    odd = '<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="ZZZZ2"><v>1</v></c></row><row r="-1"><c r="A0"/></row>'
    return _book(folder, cells(COLUMNS) + odd)


def a_bomb_of_entities(folder: Path) -> Path:
    """A billion words in a kilobyte of XML."""
    words = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return _book(
        folder, "<row><c><v>&j;</v></c></row>", before=f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{words}]>'
    )


def an_entity_from_outside(folder: Path) -> Path:
    """XML that asks for a file of the machine."""
    return _book(folder, '<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>',
                 before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')  # fmt: skip


def a_workbook_cut_short(folder: Path) -> Path:
    """The first half of a workbook."""
    file = folder / "table.xlsx"
    file.write_bytes(damaged(in_memory(book(cells(COLUMNS)))))
    return file


def a_workbook_without_its_book(folder: Path) -> Path:
    """An archive with parts of a workbook, and no workbook."""
    return zipped(
        folder / "table.xlsx",
        {"xl/worksheets/sheet1.xml": b"<worksheet/>", "../../etc/x": b"x", "/abs": b"x"},
    )


def a_workbook_with_broken_xml(folder: Path) -> Path:
    """A tag that never closes, in the sheet."""
    return _book(folder, cells(COLUMNS) + "<row><c><v>1")


def a_workbook_without_sheets(folder: Path) -> Path:
    """A workbook whose list of sheets is empty."""
    parts = book("")
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()
    return zipped(folder / "table.xlsx", parts)


def a_workbook_with_a_password(folder: Path) -> Path:
    """As office programs encrypt it: a package inside a compound file."""
    return old_container(folder / "table.xlsx", {"EncryptedPackage": bytes(4096)})


def an_archive_with_a_password(folder: Path) -> Path:
    """As archivers encrypt it: a mark on every part."""
    return with_flag(folder / "table.xlsx", book(cells(COLUMNS)))


def an_old_workbook_of_noise(folder: Path) -> Path:
    """A compound file whose workbook is nothing of the kind."""
    return old_container(folder / "table.xls", {"Workbook": bytes(range(256)) * 16})


def an_old_mark_and_nothing_else(folder: Path) -> Path:
    """The first eight bytes of a compound file."""
    (folder / "table.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return folder / "table.xls"


def a_table_repeated_a_million_times(folder: Path) -> Path:
    """An OpenDocument sheet with one cell repeated over all columns of all rows."""
    of = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{of}office:1.0" xmlns:table="{of}table:1.0" xmlns:text="{of}text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="S">'
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        folder / "table.ods",
        {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": b"<m/>"},
    )


def a_csv_called_a_workbook(folder: Path) -> Path:
    """Text under the name of a workbook: it is read as what it is."""
    return _csv(folder, HEAD, _row(1), name="table.xlsx")


def a_workbook_called_csv(folder: Path) -> Path:
    """A workbook under the name of text: it is read as what it is."""
    return zipped(folder / "table.csv", book(cells(COLUMNS, ("M-9", "14/03/2009", "15/03/2009"))))

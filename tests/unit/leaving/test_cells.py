"""No cell that leaves is a formula: the named attacks, ten thousand made-up cells, and a workbook read back."""

import csv
import io
import random
import re
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.core.records.cells import LONGEST, is_live, plain_cell
from heed.formats.leaving.stamp import Extract, Stamp
from heed.formats.leaving.tables import as_csv, as_workbook

AT = datetime(2026, 11, 3, 10, tzinfo=UTC)
STAMP = Stamp(
    17, "Sam Oduya & Co", AT, "Proceedings in court", "=1+1 Disclosure in case 9.", "child p_x", "No names."
)
ATTACKS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", " =1", "\n=1", "\u3000=1", "\u00a0=1", "\u200b=1",
    "\ufeff=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "=cmd|' /C calc'!A0", "|calc", "%0A=1",
    "\u2060=1", "\u202e=1",
]  # fmt: skip
ALPHABET = "=+-@\t\r\n\0 '\"|%;,\u3000\u200b\ufeff\uff1d\uff0b\uff0d\uff20aZ9é\U0001f600\ud800\uffff<&"


@pytest.mark.parametrize("text", ATTACKS)
def test_the_named_attacks_are_guarded(text):
    assert is_live(text)
    assert plain_cell(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["Ayla", "", "4 Orchard Row", "'quoted", "a=b", "+", "10.30", None, "Mum said - no"]
)
def test_what_is_safe_stays_as_it_was(text):
    told = "" if text is None else text
    assert plain_cell(text) == (told if told != "+" else "'+")


@given(st.text())
def test_a_cell_is_never_live_and_never_too_long(text):
    told = plain_cell(text)
    assert not is_live(told) or told.startswith("'")
    assert not is_live(told)
    assert len(told) <= LONGEST
    assert plain_cell(told) == told


def hostile(number: int) -> str:
    chance = random.Random(number)
    return "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, 12)))


def extract(records: int) -> Extract:
    """Records whose every text is hostile: ten such texts each."""
    documents = []
    for each in range(records):
        said = [hostile(each * 10 + number) for number in range(10)]
        documents.append(
            (
                {
                    "agency": said[0], "ref": said[1], "kind": said[2], "recorded_at": said[3],
                    "text": said[4], "childs_words": said[5], "observations": [said[6]],
                    "people": [{"part": "child", "given_names": said[7]}],
                    "things": [{"kind": "place", "name": said[8]}], "answer": {"decision": said[9]},
                },
                ["p_x"],
            )
        )  # fmt: skip
    return Extract(STAMP, documents, [AT] * records)


def test_ten_thousand_cells_hold_no_formula_when_read_back():
    written = extract(1000)
    held = as_workbook(written)
    assert not re.search(
        rb"<f[ >/]",
        b"".join(
            zipfile.ZipFile(io.BytesIO(held)).read(name)
            for name in zipfile.ZipFile(io.BytesIO(held)).namelist()
            if name.startswith("xl/worksheets/")
        ),
    )
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(held))["Chronology"].iter_rows() for cell in row
    ]
    filled = [cell for cell in cells if cell.value is not None]
    rows = list(csv.reader(io.StringIO(as_csv(written).decode("utf-8-sig"), newline=""), strict=True))
    live = [cell for row in rows for cell in row if is_live(cell)]
    formulas = [cell for cell in filled if cell.data_type == "f" or is_live(str(cell.value))]
    print(
        f"{len(filled)} filled cells of a workbook: {len(formulas)} formulas; CSV: {len(live)} of {sum(map(len, rows))}"
    )
    assert len(filled) >= 10_000
    assert (formulas, live) == ([], [])
    assert len(rows) == 1000 + 3


def test_the_stamp_is_in_rows_sheet_header_footer_and_properties():
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(extract(2))))
    assert "Export 17" in book["Chronology"]["A1"].value
    assert "Proceedings in court" in book["About this export"]["A2"].value
    assert book["Chronology"].oddHeader.center.text == "Export 17: Sam Oduya && Co"
    assert "Export 17" in book.properties.title
    assert as_csv(extract(2)).decode("utf-8-sig").splitlines()[-1] == '"End of export 17: 2 records."'

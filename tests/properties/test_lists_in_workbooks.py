"""Workbooks of any cells under any headings: every row of every sheet is one row of the account, and nothing crashes."""

import tempfile
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.core.records.explained import Explained
from heed.formats import load
from heed.formats.annex_a.lists import lists, understood
from heed.formats.contract import Remark
from tests.unit.formats.test_annex_a import CONTACTS, EIGHT

headings = st.sampled_from(
    [
        CONTACTS,
        EIGHT,
        ["Child Unique ID", "Gender"],
        ["Individual adopter identifier"],
        ["Notes", "", "More"],
        [],
    ]
)
cells = (
    st.none()
    | st.sampled_from(
        ["", "#N/A", "a) Yes", "q) 6: Police", "nope", "31/02/2024", "03/01/2024", "=A1+5", "’", "\u202e"]
    )
    | st.dates()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.text("ab1/ é\xa0\n", max_size=12)
)
sheets = st.lists(
    st.tuples(headings, st.lists(st.lists(cells, max_size=36), max_size=5)), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None)
@given(sheets)
def test_every_row_of_every_sheet_is_accounted_for(drawn):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, (heading, rows) in enumerate(drawn):
        sheet = book.create_sheet(f"List {place}")
        for row in (heading, *rows):
            sheet.append(row)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists.xlsx"
        book.save(file)
        annex = load("annex-a")
        try:
            found = list(annex.read([file], agency="council", options={"as_of": "2024-01-31"}))
        except Explained:
            return
        numbers = [row.at.number for row in found if not isinstance(row, Remark)]
        assert numbers == list(range(1, annex.count(file) + 1))


@given(st.integers(0, 8), st.data())
def test_the_headings_of_a_list_are_known_in_any_order(place, data):
    """Each column's own pattern picks it out, wherever it stands among the others."""
    wanted = [CONTACTS, EIGHT][place % 2]
    mixed = data.draw(st.permutations(wanted))
    found = understood(mixed, "a sheet")
    assert found is not None
    assert found.of.number in (each.number for each in lists())
    assert not found.lacking
    assert {mixed[at] for at in found.places.values()} == set(wanted)

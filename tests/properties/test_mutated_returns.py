"""A return that was cut, doubled, swapped or overwritten anywhere: every unit is one row, and nothing crashes."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import heed.formats
from heed.core.records.explained import Explained
from heed.formats import load
from heed.formats.contract import Remark, SetAside
from tests.unit.formats.test_ssda903_xml import TABLES, as_xml

HERE = Path(heed.formats.__file__).parent
WRONG = (
    b"",
    b"\0",
    b"\xff",
    b'"',
    b",",
    b"<",
    b">",
    b"</Child>",
    b"<!DOCTYPE a>",
    b"&x;",
    b"31/02/2017",
    b"\r\n",
    b"M",
)

places = st.integers(0, 10**6)
changes = st.lists(st.tuples(places, st.integers(0, 40), st.sampled_from(WRONG)), max_size=4)


def samples() -> list[tuple[str, str, bytes]]:
    """The name of the format, and every sample file of the returns that are text; the XML form of one as well."""
    found = [
        (name, file.name, file.read_bytes())
        for name in ("cin", "school-attendance", "ssda903", "annex-a")
        for file in sorted((HERE / name.replace("-", "_")).glob("sample*/*"))
        + sorted((HERE / name).glob("sample.*"))
        if file.suffix in (".xml", ".csv")
    ]
    return [*found, ("ssda903", "return.xml", as_xml(TABLES).encode())]


@pytest.mark.parametrize(
    ("name", "file", "whole"), samples(), ids=lambda each: each if isinstance(each, str) else ""
)
@settings(max_examples=60, deadline=None)
@given(change=changes, cut=places)
def test_every_unit_of_a_changed_file_is_one_row(name, file, whole, change, cut):
    content = whole
    for place, length, wrong in change:
        at = place % (len(content) + 1)
        content = content[:at] + wrong + content[at + length :]
    if cut % 4 == 0:
        content = content[: cut % (len(content) + 1)]
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / file
        changed.write_bytes(content)
        format_ = load(name)
        try:
            found = list(format_.read([changed], agency="council", options={"collection_year": "2024/25"}))
        except Explained:
            return
        rows = [row for row in found if not isinstance(row, Remark)]
        if any(isinstance(row, SetAside) and row.at.number == 0 for row in rows):
            assert len(rows) == 1
        else:
            assert [row.at.number for row in rows] == list(range(1, format_.count(changed) + 1))

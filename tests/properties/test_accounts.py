"""Every physical line of any file whatsoever becomes exactly one row, in order, and nothing crashes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from heed.core.records.canonical import line
from heed.formats.contract import Remark
from heed.formats.lines import count_lines
from heed.formats.records import read as records
from heed.formats.ssda903 import read as ssda903
from heed.formats.ssda903.tables import tables
from tests.properties.records import documents

ends = st.sampled_from([b"\n", b"\r\n", b"", b"\r", b"\n\n"])
junk = st.binary(max_size=30) | st.text("\"',;\t 01MA/é\ufeff\0", max_size=30).map(str.encode)


def files_of(lines) -> st.SearchStrategy[bytes]:
    """Lines with all kinds of ends."""
    return st.lists(st.tuples(lines, ends), max_size=8).map(lambda pairs: b"".join(a + b for a, b in pairs))


@contextmanager
def folder_with(content: bytes, name: str) -> Iterator[Path]:
    """A folder that holds one file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        yield Path(folder)


@given(files_of(junk | documents.map(lambda document: line(document).encode())))
def test_records_account_for_every_line(content):
    with folder_with(content, "a.jsonl") as folder:
        rows = list(records.read([folder], agency=None, options={}))
        assert [row.at.number for row in rows] == list(range(1, count_lines(folder / "a.jsonl") + 1))


cells = st.sampled_from(["", "1", "2", "M", "A", "01/05/2017", "31/02/2017", '"', '"x"', "UN1", "K2", "é"])
table_rows = st.lists(cells, max_size=14).map(lambda row: ",".join(row).encode())
headers = st.sampled_from([",".join(table.columns).encode() for table in tables().values()])


@given(headers, files_of(junk | table_rows))
def test_a_return_accounts_for_every_line(header, content):
    whole = header + b"\n" + content
    with folder_with(whole, "a.csv") as folder:
        (folder / "missing.csv").write_text("CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,01/05/2017,\n")
        rows = ssda903.read([folder], agency="ashmere", options={"collection_year": "2017/18"})
        numbers = [r.at.number for r in rows if r.at.file.endswith("a.csv") and not isinstance(r, Remark)]
        assert numbers == list(range(1, count_lines(folder / "a.csv") + 1))

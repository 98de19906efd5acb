"""Records, JSON Lines: the good lines are records, every other one is told by line and key."""

import json

from heed.formats.contract import Blank, Refused, SetAside, Usable
from heed.formats.records.read import read
from tests.unit.records.documents import minimal


def rows_of(tmp_path, *lines: bytes, agency=None):
    """What the reader says of a file with these lines, ends included."""
    file = tmp_path / "records.jsonl"
    file.write_bytes(b"".join(lines))
    return list(read([file], agency=agency, options={}))


def line(**changes) -> bytes:
    """One line of JSON with its end."""
    return json.dumps(minimal(**changes), ensure_ascii=False).encode() + b"\n"


def test_a_file_with_everything_wrong_in_it(tmp_path):
    rows = rows_of(
        tmp_path,
        b"\xef\xbb\xbf" + line(ref="bom"),
        b'{"v": 1,\n',
        line(kind="party"),
        line(happened_from="2009-03-14T22:10:00"),
        line(ref="crlf").replace(b"\n", b"\r\n"),
        b"\n",
        b" \t\r\n",
        line(ref="nul")[:40] + b"\0\n",
        line(text="x" * 1_000_000),
        line(ref="crlf"),
        line(ref="accents", text="Siân sagte: „nein“ 🙂"),
        line()[:-20],
    )
    assert [row.at.number for row in rows] == list(range(1, 13))
    assert [type(row).__name__ for row in rows] == [
        "Usable", "Refused", "Refused", "Refused", "Usable", "Blank", "Blank", "Refused", "Usable", "Usable",
        "Usable", "Refused",
    ]  # fmt: skip
    assert [row.key for row in rows if isinstance(row, Refused)] == [
        "line",
        "kind",
        "happened_from",
        "line",
        "line",
    ]


def test_a_line_of_another_agency_is_refused_with_the_way_out(tmp_path):
    (row,) = rows_of(tmp_path, line(), agency="police")
    assert (row.key, row.found) == ("agency", '"school"')
    assert "leave --agency out" in row.expected


def test_a_sender_who_mends_the_first_key_knows_there_are_more(tmp_path):
    (row,) = rows_of(tmp_path, line(kind="party", text=5))
    assert "1 more keys" in row.expected


def test_notes_travel_with_the_record(tmp_path):
    (row,) = rows_of(tmp_path, line(colour="red"))
    assert isinstance(row, Usable)
    assert row.notes == ("unknown key: colour is kept under extra",)


def test_a_line_without_an_end_is_never_held(tmp_path):
    file = tmp_path / "records.jsonl"
    file.write_bytes(b"x" * (17 * 2**20) + b"\n" + line())
    first, second = read([file], agency=None, options={})
    assert (first.key, first.found) == ("line", "a line without an end")
    assert isinstance(second, Usable)


def test_other_files_of_a_folder_are_named_and_not_opened(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing for Heed")
    (tmp_path / "a.jsonl").write_bytes(b"\n")
    rows = list(read([tmp_path], agency=None, options={}))
    assert [type(row) for row in rows] == [Blank, SetAside]
    assert rows[1].at.number == 0

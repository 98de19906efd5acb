"""Any table with a mapping: values where the mapping says, the rest kept beside, every line told."""

import datetime
import json

import openpyxl
import pytest
import yaml

from heed.core.records.explained import Explained
from heed.formats import load
from heed.formats.contract import Blank, Refused, Remark, SetAside, Usable
from heed.formats.table.mapping import PROFILES, mapping_for, shipped

FORMAT = load("table")
MAPPING = {
    "mapping": 1,
    "dates": {"order": "day first"},
    "record": {
        "ref": "Log",
        "kind": {"constant": "sighting"},
        "happened_from": "Seen",
        "recorded_at": "Written",
        "people": [{"part": {"constant": "child"}, "given_names": "Name", "born": "DOB"}],
        "things": [{"kind": {"constant": "vehicle"}, "vrm": "Car"}],
        "text": "What",
    },
}
HEAD = "Log,Seen,Written,Name,DOB,Car,What"
ROW = "S-1,14/03/2009,15/03/2009 07:00,Ayla,11/02/1995,ZZ51 ABC,a silver saloon"


def rows(tmp_path, content, name="table.csv", **changes):
    """What the reader says of a file with this content, the count of its lines held against it."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return of_file(file, **changes)


def of_file(file, **changes):
    file.with_name(file.name + ".mapping.yaml").write_text(yaml.safe_dump({**MAPPING, **changes}))
    found = list(FORMAT.read([file], agency="police", options={}))
    accounted = [row for row in found if not isinstance(row, Remark)]
    assert len(accounted) == FORMAT.count(file), accounted
    return found


def documents(found):
    return [row.record.document for row in found if isinstance(row, Usable)]


def refused(found):
    return [(row.at.number, row.key) for row in found if isinstance(row, Refused)]


def test_a_row_is_a_record_and_what_is_not_in_it_word_for_word_is_kept_beside(tmp_path):
    (document,) = documents(rows(tmp_path, f"{HEAD},Shift\n{ROW},B\n"))
    assert document == {
        "v": 1, "agency": "police", "ref": "S-1", "kind": "sighting", "happened_from": "2009-03-14",
        "recorded_at": "2009-03-15T07:00:00+00:00",
        "people": [{"part": "child", "given_names": "Ayla", "born": "1995-02-11"}],
        "things": [{"kind": "vehicle", "vrm": "ZZ51 ABC"}], "text": "a silver saloon",
        "extra": {"table": {"mapping": "table.csv", "row": {
            "Seen": "14/03/2009", "Written": "15/03/2009 07:00", "DOB": "11/02/1995", "Shift": "B"}}},
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_line_ends_and_delimiters_are_found(tmp_path, encoding, end, delimiter):
    lines = [HEAD, ROW.replace("Ayla", "Siân"), ROW.replace("S-1", "S-2").replace("Ayla", "Zoë")]
    text = end.join(line.replace(",", delimiter) for line in lines) + end
    found = documents(rows(tmp_path, text.encode(encoding)))
    assert [document["people"][0]["given_names"] for document in found] == ["Siân", "Zoë"]


def test_a_cell_goes_on_over_lines_that_are_accounted_for(tmp_path):
    found = rows(
        tmp_path, f'{HEAD}\n{ROW[:-15]}"a silver\n\nsaloon, ""gone"""\n{ROW.replace("S-1", "S-2")}\n'
    )
    assert [type(row) for row in found] == [SetAside, Usable, SetAside, SetAside, Usable]
    assert documents(found)[0]["text"] == 'a silver\n\nsaloon, "gone"'


@pytest.mark.parametrize("line", [1, 2, 500, 999, 1000])
def test_one_stray_quotation_mark_in_a_thousand_lines_costs_one_line(tmp_path, line):
    lines = [ROW.replace("S-1", f"S-{number}") for number in range(1, 1001)]
    lines[line - 1] = lines[line - 1].replace(",Ayla", ',"Ayla')
    found = rows(tmp_path, "\n".join([HEAD, *lines]) + "\n")
    assert refused(found) == [(line + 1, "line")]
    assert len(documents(found)) == 999


def test_a_stray_mark_before_quoted_cells_swallows_none_of_them(tmp_path):
    quoted = ",".join(f'"{cell}"' for cell in ROW.split(","))
    found = rows(tmp_path, "\n".join([HEAD, quoted[:-1], quoted, quoted, ROW]))
    assert refused(found) == [(2, "line")]
    assert len(documents(found)) == 3


def test_a_row_that_was_cut_short_or_runs_on_is_refused(tmp_path):
    found = rows(tmp_path, f"{HEAD}\n{ROW},more\n{ROW[:30]}\n{ROW},,\n,,,,,,\n\n")
    assert [type(row) for row in found] == [SetAside, Refused, Refused, Usable, Blank, Blank]


@pytest.mark.parametrize(
    ("cell", "instead", "key"),
    [
        ("14/03/2009", "04/03/09", "happened_from"),
        ("14/03/2009", "31/02/2009", "happened_from"),
        ("15/03/2009 07:00", "soon", "recorded_at"),
        ("15/03/2009 07:00", "", "recorded_at"),
        ("S-1", "", "ref"),
        ("S-1", "#N/A", "ref"),
        ("11/02/1995", "11/02/95", "people[].born"),
    ],
)
def test_a_row_with_a_value_that_cannot_be_read_is_refused_by_its_key(tmp_path, cell, instead, key):
    found = rows(tmp_path, f"{HEAD}\n{ROW.replace(cell, instead)}\n")
    assert refused(found) == [(2, key)]


@pytest.mark.parametrize("born", ["31/02/2008", "not known", "00/00/2008"])
def test_a_birth_that_cannot_be_does_not_cost_the_row(tmp_path, born):
    found = rows(tmp_path, f"{HEAD}\n{ROW.replace('11/02/1995', born)}\n")
    (row,) = [row for row in found if isinstance(row, Usable)]
    document = row.record.document
    assert document["people"] == [{"part": "child", "given_names": "Ayla"}]
    assert document["extra"]["table"]["row"]["DOB"] == born
    (note,) = [note for note in row.notes if note.startswith("born: ")]
    assert born not in note


def test_born_after_the_event_is_a_slip_that_does_not_cost_the_event(tmp_path):
    (row,) = [r for r in rows(tmp_path, f"{HEAD}\n{ROW.replace('1995', '2095')}") if isinstance(r, Usable)]
    assert "born" not in row.record.document["people"][0]
    assert row.record.document["extra"]["table"]["row"]["DOB"] == "11/02/2095"
    assert any(note.startswith("born: ") for note in row.notes)


def test_without_a_reference_a_row_is_named_by_what_it_says(tmp_path):
    record = {key: value for key, value in MAPPING["record"].items() if key != "ref"}
    changes = {"record": record, "leave_out": ["Ethnicity"]}
    one = rows(tmp_path, f"{HEAD},Ethnicity\n{ROW},WBRI\n{ROW},APKN\n", **changes)
    other = rows(tmp_path, f"{HEAD},Ethnicity\n{ROW.replace('silver', 'blue')},WBRI\n", **changes)
    refs = [document["ref"] for document in documents(one)]
    assert refs[0] == refs[1] != documents(other)[0]["ref"]
    assert "WBRI" not in json.dumps(documents(one))
    assert any(isinstance(row, Remark) and "named by what it says" in row.words for row in one)


def test_codes_constants_lists_and_pairs_of_columns(tmp_path):
    record = {
        "ref": {"columns": ["Log", "Car"], "join": "/"},
        "kind": {"column": "Name", "codes": {"Ayla": "contact"}, "otherwise": "refuse"},
        "happened_from": {"day": "Seen", "time": "DOB"},
        "recorded_at": {"first_of": ["Written", "Seen"]},
        "observations": [
            {"column": "What", "split": ";", "codes": {True: "new_phone", "late": ["overnight", "repeat"]}}
        ],
        "people": [{"part": {"constant": "child"}, "ref": "Log"}],
    }
    text = f"{HEAD}\nS-1,14/03/2009,,Ayla,22:10,ZZ51 ABC,Yes; LATE ;odd\nS-2,14/03/2009,,Nell,,,\n"
    found = rows(tmp_path, text, record=record)
    (document,) = documents(found)
    assert document["ref"] == "S-1/ZZ51 ABC"
    assert document["happened_from"] == "2009-03-14T22:10:00+00:00"
    assert document["recorded_at"] == "2009-03-14T23:59:59+00:00"
    assert document["observations"] == ["new_phone", "overnight", "repeat", "odd"]
    assert refused(found) == [(3, "kind")]


def test_a_header_without_what_the_mapping_needs_refuses_every_line_of_it(tmp_path):
    assert refused(rows(tmp_path, f"A,B\n{ROW}\nx\n")) == [(1, "header"), (2, "header"), (3, "header")]
    assert refused(rows(tmp_path, f"{HEAD},Log\n{ROW},x\n")) == [(1, "header"), (2, "header")]


def test_bytes_that_are_no_text_refuse_their_line_alone(tmp_path):
    good = f"{HEAD}\n{ROW.replace('Ayla', 'Siân Zoë Aïsha')}\n".encode()
    found = rows(tmp_path, good + ROW.encode().replace(b"Ayla", b"A\xffyla") + b"\n" + ROW.encode() + b"\0\n")
    assert refused(found) == [(3, "line"), (4, "line")]


def test_a_workbook_is_read_by_its_cells_with_other_sheets_accounted_for(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["about this export"])
    sheet = book.create_sheet("Log")
    sheet.append(["nothing", "to", "see"])
    sheet.append(HEAD.split(","))
    day = datetime.date(2009, 3, 14)
    sheet.append(
        [104, day, datetime.datetime(2009, 7, 15, 7), "Ayla", datetime.date(1995, 2, 11), "ZZ51 ABC", "=1+1"]
    )
    sheet.append([])
    sheet.append([105, 39886, day, "Nell"])
    book.save(tmp_path / "table.xlsx")
    found = of_file(tmp_path / "table.xlsx", sheet="log", header_row=2)
    assert [type(row).__name__ for row in found] == [
        "Remark", "SetAside", "SetAside", "SetAside", "Usable", "Blank", "Refused",
    ]  # fmt: skip
    (document,) = documents(found)
    assert (document["ref"], document["happened_from"]) == ("104", "2009-03-14")
    assert document["recorded_at"] == "2009-07-15T07:00:00+01:00"
    assert found[-1].at.place == "sheet Log, row 5"
    assert "1 cells hold a formula without a result" in found[0].words


def test_what_is_wrong_with_a_mapping_is_said_by_its_key(tmp_path):
    for changes, words in [
        ({"mapping": 2}, "mapping: 1"),
        ({"colour": "red"}, "`colour` is not a word of mappings"),
        ({"record": {"kind": "A", "recorded_at": "B", "colour": "C"}}, "`record.colour` is not a key"),
        ({"record": {"kind": "A"}}, "no `recorded_at`"),
        ({"record": {**MAPPING["record"], "text": {"col": "A"}}}, "`record.text.col`"),
        ({"record": {**MAPPING["record"], "agency": "A"}}, "`record.agency`"),
        ({"dates": {"order": "dmy"}}, "`dates.order`"),
        ({"dates": {"zone": "Mars/North"}}, "`dates.zone`"),
        ({"encoding": "rot13"}, "`encoding`"),
        ({"delimiter": "x"}, "`delimiter`"),
    ]:
        with pytest.raises(Explained, match=words):
            rows(tmp_path, HEAD, **changes)


def test_a_table_without_a_mapping_is_told_how_to_get_one(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(HEAD)
    with pytest.raises(Explained, match=r"heed map table\.csv"):
        list(FORMAT.read([file], agency="police", options={}))
    with pytest.raises(Explained, match="misper-1"):
        list(FORMAT.read([file], agency="police", options={"mapping": "compact"}))


@pytest.mark.parametrize("name", shipped())
def test_a_mapping_that_comes_with_heed_reads_its_sample(name):
    sample = PROFILES / f"{name}.sample.csv"
    found = list(FORMAT.read([sample], agency="police", options={"mapping": name.rpartition("-")[0]}))
    assert documents(found)
    assert not refused(found)
    assert mapping_for(sample, name).name == name

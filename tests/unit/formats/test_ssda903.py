"""The return of children looked after: days stay days, the header decides, every physical line is accounted for."""

import random

import pytest

from heed.core.records.explained import Explained
from heed.core.records.kinds import Kind
from heed.core.records.when import Precision
from heed.formats.contract import Blank, Refused, Remark, SetAside, Usable
from tests.unit.formats.returns import (
    EPISODES,
    GIRL,
    HEADER,
    MISSING,
    REVIEWS,
    STAY,
    of_file,
    reasons,
    refused,
    rows,
    table,
    usable,
    write,
)


def test_a_missing_period_becomes_a_missing_episode_in_days(tmp_path):
    write(
        tmp_path,
        header=table(HEADER, GIRL),
        episodes=table(EPISODES, STAY),
        missing=table(MISSING, "10001,11/02/2003,M,02/12/2017,04/12/2017", "10001,11/02/2003,A,27/03/2018,"),
    )
    found = usable(rows(tmp_path))
    shut, still_open = found["missing/10001/2017-12-02"].record, found["missing/10001/2018-03-27"].record
    assert (shut.kind, shut.missing.category) == (Kind.MISSING, "missing")
    assert (shut.happened_from.precision, shut.happened_to.text) == (Precision.DAY, "2017-12-04")
    assert (still_open.missing.category, still_open.happened_to) == ("away_without_authorisation", None)
    assert shut.document["recorded_at"] == "2018-03-31T23:59:59+01:00"
    assert shut.document["extra"]["ssda903"]["row"] == {
        "MISSING": "M",
        "MIS_START": "02/12/2017",
        "MIS_END": "04/12/2017",
    }


def test_header_is_folded_into_the_people_and_ethnicity_goes_nowhere(tmp_path):
    write(tmp_path, header=table(HEADER, GIRL), episodes=table(EPISODES, STAY))
    found = rows(tmp_path)
    (record,) = [row.record for row in found if isinstance(row, Usable)]
    assert record.people[0].ref == "10001"
    assert record.people[0].born == "2003-02-11"
    assert record.people[0].ids == {"upn": "P000000000001"}
    assert record.people[0].postcode == "ZZ1 2AB"
    assert record.document["people"][0]["sex"] == "F"
    assert "WBRI" not in str(record.document)
    assert any("ethnicity" in why for why in reasons(found))


def test_an_episode_of_care_is_told_in_words_with_its_placement_as_premises(tmp_path):
    write(tmp_path, episodes=table(EPISODES, "7,03/05/2016,S,C2,N1,K2,PR4,,,,,ZZ1 4EF,SC000001"))
    record = usable(rows(tmp_path))["episodes/7/2016-05-03"].record
    assert (record.kind, record.happened_to) == (Kind.CARE, None)
    assert "Legal status: full care order." in record.text
    assert "Placement: children's home." in record.text
    assert [(t.kind, t.part, t.postcode, t.name) for t in record.things] == [
        ("premises", "placed_at", "ZZ1 4EF", "URN SC000001")
    ]


def test_where_a_child_placed_for_adoption_lives_is_not_taken_in(tmp_path):
    write(tmp_path, episodes=table(EPISODES, "7,03/05/2016,P,E1,N1,A3,PR1,,,,,ZZ1 9ZZ,SC000002"))
    (row,) = usable(rows(tmp_path)).values()
    assert "ZZ1 9ZZ" not in str(row.record.document)
    assert "SC000002" not in str(row.record.document)
    assert any(note.startswith("adoption: ") for note in row.notes)


def test_a_child_with_no_other_row_still_is_in_the_return(tmp_path):
    write(tmp_path, header=table(HEADER, GIRL, GIRL.replace("10001", "2")), episodes=table(EPISODES, STAY))
    record = usable(rows(tmp_path))["header/2/2017-18"].record
    assert record.kind is Kind.CARE
    assert (record.happened_from.text, record.happened_to.text) == ("2017-04-01", "2018-03-31")
    assert "2017/18" in record.text


def test_tables_are_known_by_their_header_whatever_the_file_is_called(tmp_path):
    missing = table(MISSING, "10001,11/02/2003,M,02/12/2017,04/12/2017")
    write(tmp_path, **{"Z-old EXPORT (3)": "\ufeff" + missing.replace("\n", "\r\n")})
    (tmp_path / "Z-old EXPORT (3).csv").rename(tmp_path / "export.CSV")
    assert list(usable(rows(tmp_path))) == ["missing/10001/2017-12-02"]


def test_what_is_not_read_is_set_aside_by_name(tmp_path):
    write(
        tmp_path,
        missing=table(MISSING, "1,,M,02/12/2017,"),
        ad1=table(
            "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR", "1,,,,1,2,MM,L11"
        ),
        rules=table("Rule code,Rule message", "574,overlap"),
    )
    (tmp_path / "return.txt").write_text("<EXPSSDA903/>")
    why = reasons(rows(tmp_path))
    assert [each for each in why if each.startswith("AD1: adoption is kept out")]
    assert why.count("no table of the return: its columns are those of none") == 2
    assert "only CSV tables and the XML of the return are read" in why


def test_a_care_leaver_a_social_worker_and_an_order_become_records(tmp_path):
    write(
        tmp_path,
        oc3=table("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", "1,,YES,F5,V2"),
        sw=table("CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON", "1,,SW7,01/06/2024,02/08/2024,LEFTRL"),
        dolo=table("CHILD,DOB,DOLO_START,DOLO_END", "1,,01/05/2024,"),
    )
    found = usable(rows(tmp_path, "2024/25"))
    leaver = found["oc3/1/2024-25"].record
    assert (leaver.happened_from.text, leaver.happened_to.text) == ("2024-04-01", "2025-03-31")
    assert "Lives in: emergency accommodation; thought unsuitable." in leaver.text
    worker = found["swepisodes/1/2024-06-01"].record
    assert [(p.part, p.ref) for p in worker.people] == [("child", "1"), ("professional", "sw/SW7")]
    order = found["dolo/1/2024-05-01"].record
    assert (order.kind, order.happened_to, order.people[0].ref) == (Kind.ORDER, None, "1")


def test_a_header_that_is_nearly_right_is_refused_not_passed_over(tmp_path):
    write(
        tmp_path,
        missing=table(MISSING + ",NOTES", "1,,M,02/12/2017,,x"),
        episodes=table(EPISODES, STAY),
    )
    found = of_file(rows(tmp_path), "missing.csv")
    assert refused(found) == [(1, "header"), (2, "header")]
    assert MISSING in found[0].expected


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('1,,M,"02/12/2017,', "line"),
        ('1,,"M"x,02/12/2017,', "line"),
        ("1,,M,02/12/2017", "columns"),
        ("1,,M,02/12/2017,,", "columns"),
        (",,M,02/12/2017,", "CHILD"),
        ("1,,M,02/12/2017,\0", "line"),
        ("1,,M\r1,02/12/2017,", "line"),
        (f"1,,M,{'9' * 200_000},", "line"),
        (f"{'9' * 300},,M,02/12/2017,", "ref"),
    ],
)
def test_a_broken_line_is_refused_and_the_next_is_read(tmp_path, line, key):
    write(tmp_path, missing=table(MISSING, line, "2,,M,03/12/2017,"))
    found = rows(tmp_path)
    assert refused(found) == [(2, key)]
    assert "missing/2/2017-12-03" in usable(found)


def test_bytes_that_are_not_utf8_are_refused_by_line(tmp_path):
    write(tmp_path, missing=table(MISSING).encode() + b"1,,\xe9,02/12/2017,\n2,,M,03/12/2017,\n")
    assert refused(rows(tmp_path)) == [(2, "line")]


def test_one_stray_quote_in_a_thousand_lines_eats_nothing(tmp_path):
    lines = [f"{n},,M,02/12/2017," for n in range(1000)]
    lines[400] = '400,,"M,02/12/2017,'
    write(tmp_path, missing=table(MISSING, *lines))
    found = of_file(rows(tmp_path), "missing.csv")
    assert len(found) == 1001
    assert refused(found) == [(402, "line")]
    assert len(usable(found)) == 999


def test_blank_lines_are_counted_as_blank(tmp_path):
    write(tmp_path, missing=table(MISSING, "", ",,,,", "  ", "1,,M,02/12/2017,"))
    assert [row.at.number for row in rows(tmp_path) if isinstance(row, Blank)] == [2, 3, 4]


@pytest.mark.parametrize("text", ["31/02/2017", "2017-12-02", "02/12/17", "43071", "12/02", "#N/A"])
def test_a_date_is_never_guessed(tmp_path, text):
    write(tmp_path, missing=table(MISSING, f"1,,M,{text},"))
    (row,) = usable(rows(tmp_path)).values()
    assert row.record.happened_from is None
    assert row.record.ref == "missing/1/no-day"
    assert row.record.document["extra"]["ssda903"]["row"]["MIS_START"] == text
    assert any(note.startswith("1004: ") for note in row.notes)


def test_references_follow_the_content_not_the_order(tmp_path):
    lines = ["1,,M,02/12/2017,", "1,,M,02/12/2017,05/12/2017", "1,,A,02/12/2017,", "2,,M,02/12/2017,"]
    by_content = {}
    for turn in range(6):
        random.Random(turn).shuffle(lines)
        folder = tmp_path / str(turn)
        folder.mkdir()
        write(folder, missing=table(MISSING, *lines))
        found = {
            ref: row.record.document["extra"]["ssda903"]["row"] for ref, row in usable(rows(folder)).items()
        }
        assert len(found) == 4
        assert by_content in ({}, found)
        by_content = found


def test_the_same_row_twice_is_one_record_told_twice(tmp_path):
    write(tmp_path, reviews=table(REVIEWS, "1,,02/12/2017,PN7", "1,,02/12/2017,PN7"))
    found = [row for row in rows(tmp_path) if isinstance(row, Usable)]
    assert len(found) == 2
    assert found[0].record == found[1].record


def test_a_later_year_supersedes_an_earlier_one(tmp_path):
    write(tmp_path, missing=table(MISSING, "1,,M,27/03/2018,"))
    (first,) = usable(rows(tmp_path, "2017/18")).values()
    write(tmp_path, missing=table(MISSING, "1,,M,27/03/2018,02/04/2018"))
    (second,) = usable(rows(tmp_path, "2018/19")).values()
    assert first.record.ref == second.record.ref
    assert first.record.revision < second.record.revision


def test_one_child_with_three_dates_of_birth_is_noted_once_and_never_refused(tmp_path):
    write(
        tmp_path,
        header=table(
            HEADER,
            "1,2,11/02/2003,WBRI,UN1,,",
            "1,1,12/02/2003,WBRI,UN1,,",
            "1,2,02/11/2003,WBRI,UN1,,",
        ),
        missing=table(MISSING, "1,11/02/2003,M,02/12/2017,04/12/2017", "1,13/02/2003,M,05/12/2017,"),
    )
    found = rows(tmp_path)
    assert refused(found) == []
    first, second = usable(found).values()
    assert [note for note in first.notes if note.startswith("dates of birth: ")]
    assert not [note for note in second.notes if note.startswith("dates of birth: ")]
    assert [note for note in second.notes if note.startswith("date of birth: ")]
    assert first.record.document["people"][0]["extra"] == {
        "also_born": ["2003-02-12", "2003-11-02"],
        "upn_unknown": "UN1",
    }
    assert second.record.people[0].born == "2003-02-13"


def test_codes_hold_in_their_years_only(tmp_path):
    write(tmp_path, header=table(HEADER, GIRL), episodes=table(EPISODES, STAY.replace(",U4,", ",K3,")))
    old = usable(rows(tmp_path, "2017/18"))["episodes/10001/2016-05-03"]
    new = usable(rows(tmp_path, "2025"))["episodes/10001/2016-05-03"]
    assert "code: PLACE K3 is no code of 2017/18; it is kept as sent" in old.notes
    assert "Placement: K3." in old.record.text
    assert "supported accommodation" in new.record.text
    assert old.record.document["people"][0]["sex"] == "F"
    assert "sex" not in new.record.document["people"][0]


@pytest.mark.parametrize(
    ("start", "year"),
    [("31/03/2018", "2017/18"), ("01/04/2018", "2018/19"), ("31/12/1999", "1999/00")],
)
def test_the_year_is_inferred_from_the_latest_start(tmp_path, start, year):
    write(tmp_path, missing=table(MISSING, f"1,,M,{start},", "2,,M,01/02/1990,"))
    (remark,) = [row for row in rows(tmp_path, None) if isinstance(row, Remark)]
    assert year in remark.words
    assert "inferred" in remark.words


@pytest.mark.parametrize("named", ["2017/18", "2017-18", "2017/2018", "2018", " 2017/18 "])
def test_a_year_can_be_named(tmp_path, named):
    write(tmp_path, missing=table(MISSING, "1,,M,01/02/1990,"))
    (row,) = usable(rows(tmp_path, named)).values()
    assert row.record.revision == 201801


@pytest.mark.parametrize("named", ["2017/19", "17/18", "last year", "2017/18/19", "99999"])
def test_a_year_that_is_none_is_explained(tmp_path, named):
    write(tmp_path, missing=table(MISSING, "1,,M,01/02/1990,"))
    with pytest.raises(Explained, match="2017/18"):
        rows(tmp_path, named)


def test_a_folder_without_a_table_is_explained(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(Explained, match=MISSING):
        rows(tmp_path)


def test_tables_without_a_start_need_the_year(tmp_path):
    write(tmp_path, header=table(HEADER, GIRL))
    with pytest.raises(Explained, match="--collection-year"):
        rows(tmp_path, None)


def test_every_line_of_every_file_is_one_row(tmp_path):
    write(tmp_path, header=table(HEADER, GIRL), episodes=table(EPISODES, STAY), other="a,b\n1,2")
    found = [row for row in rows(tmp_path) if not isinstance(row, Remark)]
    assert len(found) == len({row.at for row in found}) == 6
    assert {type(row) for row in found} <= {Usable, SetAside, Refused, Blank}


def test_overlaps_are_told_across_the_rows_of_a_child_whatever_their_order(tmp_path):
    lines = [
        "1,,M,01/05/2017,20/05/2017",
        "1,,M,02/05/2017,03/05/2017",
        "1,,M,10/05/2017,11/05/2017",
        "1,,M,20/05/2017,",
        "1,,M,25/05/2017,bad",
        "2,,M,03/05/2017,",
        "1,,M,not a day,",
    ]
    write(tmp_path, missing=table(MISSING, *reversed(lines)))
    told = {
        ref for ref, row in usable(rows(tmp_path)).items() if any(n.startswith("574: ") for n in row.notes)
    }
    assert told == {"missing/1/2017-05-02", "missing/1/2017-05-10", "missing/1/2017-05-25"}


def test_why_a_pupil_number_is_not_known_is_kept_and_is_no_number(tmp_path):
    write(
        tmp_path, header=table(HEADER, GIRL.replace("P000000000001", "UN1")), episodes=table(EPISODES, STAY)
    )
    (row,) = usable(rows(tmp_path)).values()
    assert row.record.people[0].ids == {}
    assert row.record.document["people"][0]["extra"] == {"upn_unknown": "UN1"}


def test_twenty_thousand_rows_of_one_child_are_read_in_seconds(tmp_path):
    lines = [f"1,,M,{1 + n % 28:02}/{1 + n % 12:02}/2017,{n}" for n in range(20_000)]
    write(tmp_path, missing=table(MISSING, *lines), episodes=table(EPISODES, STAY.replace("10001", "1")))
    assert len(usable(rows(tmp_path))) == 20_001

"""The XML form of the return: the same rows, the same records and the same references as from the CSV tables."""

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from heed.core.records.kinds import Kind
from heed.formats import load
from heed.formats.contract import Blank, Refused, Remark, SetAside, Usable
from heed.formats.ssda903.read import count, read
from tests.unit.formats.returns import (
    EPISODES,
    GIRL,
    HEADER,
    MISSING,
    REVIEWS,
    STAY,
    rows,
    table,
    usable,
    write,
)

SHARED = Path(__file__).parents[4] / "shared/data/ssda903-liia/CLA_2021.xsd"
OC2 = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT," \
      "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED"  # fmt: skip
TABLES = {
    "header": table(HEADER, GIRL, "10002,1,05/09/2004,NOBT,UN1,,"),
    "episodes": table(EPISODES, STAY, "10002,20/08/2017,S,C1,N5,U4,PR1,02/02/2018,E4A,,ZZ1 5GH,ZZ1 6JK,"),
    "missing": table(MISSING, "10001,11/02/2003,M,02/12/2017,04/12/2017", "10001,11/02/2003,A,27/03/2018,"),
    "reviews": table(REVIEWS, "10001,11/02/2003,12/12/2017,PN7"),
    "uasc": table("CHILD,SEX,DOB,DUC", "10002,1,05/09/2004,01/02/2018"),
    "oc2": table(OC2, "10001,11/02/2003,12,,0,1,1,1,1,0,0,0"),
    "oc3": table("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", "10002,05/09/2004,YES,F1,B1"),
}
ORDER = ("CHILDID", "UPN", "SEX", "DOB", "ETHNIC", "UASC", "DUC", "IN_TOUCH", "ACTIV", "ACCOM")
OF_EPISODE = ("DECOM", "RNE", "LS", "CIN", "PL", "PL_POST", "HOME_POST", "URN", "PLACE_PROVIDER", "DEC", "REC",
              "REASON_PLACE_CHANGE")  # fmt: skip


def records_of(text: str) -> list[dict[str, str]]:
    """The rows of a table as it is written."""
    heading, *lines = text.splitlines()
    return [dict(zip(heading.split(","), line.split(","), strict=True)) for line in lines]


def element(tag: str, values: Mapping[str, str], names: tuple[str, ...]) -> str:
    """An element with its columns in the order of the form."""
    inside = "".join(f"<{name}>{escape(values.get(name, ''))}</{name}>" for name in names if name in values)
    return f"<{tag}>{inside}</{tag}>"


def as_xml(tables: Mapping[str, str]) -> str:
    """The tables as the XML form has them."""
    return f"<EXPSSDA903>{''.join(_child(header, tables) for header in records_of(tables['header']))}</EXPSSDA903>"


def _child(header: dict[str, str], tables: Mapping[str, str]) -> str:
    mine = {
        name: [row for row in records_of(text) if row["CHILD"] == header["CHILD"]]
        for name, text in tables.items()
    }
    flat = {**header, "CHILDID": header["CHILD"], "UASC": "1" if mine["uasc"] else "0"}
    for row in (*mine["uasc"], *mine["oc3"]):
        flat |= {key: value for key, value in row.items() if key not in ("CHILD", "DOB", "SEX")}
    head = "".join(f"<{name}>{flat[name]}</{name}>" for name in ORDER if name in flat)
    head += "".join(element("AMISSING", row, ("MISSING", "MIS_START", "MIS_END")) for row in mine["missing"])
    head += "".join(element("AREVIEW", row, ("REVIEW", "REVIEW_CODE")) for row in mine["reviews"])
    head += "".join(element("OC2", row, tuple(OC2.split(",")[2:])) for row in mine["oc2"])
    stays = [element("EPISODE", {**row, "PL": row["PLACE"]}, OF_EPISODE) for row in mine["episodes"]]
    return f"<CHILD><HEADER>{head}</HEADER>{''.join(stays)}</CHILD>"


def of_xml(tmp_path: Path, text: str):
    """Every row of the XML form but the remarks, which come to what is counted."""
    file = tmp_path / "return.xml"
    file.write_text(text)
    found = list(read([file], agency="ashmere", options={"collection_year": "2017/18"}))
    assert [row.at.number for row in found if not isinstance(row, Remark)] == list(range(1, count(file) + 1))
    return found


def test_the_same_return_in_both_forms_is_the_same_records(tmp_path):
    (tmp_path / "csv").mkdir()
    by_csv = usable(rows(write(tmp_path / "csv", **TABLES)))
    by_xml = usable(of_xml(tmp_path, as_xml(TABLES)))
    assert len(by_csv) == 8
    assert {ref: row.record.document for ref, row in by_xml.items()} == {
        ref: row.record.document for ref, row in by_csv.items()
    }


def test_a_rule_is_told_of_an_element_as_of_a_line(tmp_path):
    text = as_xml({**TABLES, "missing": table(MISSING, "10001,11/02/2003,M,02/12/2017,01/12/2017")})
    row = usable(of_xml(tmp_path, text))["missing/10001/2017-12-02"]
    assert row.at.place == "line 1 (AMISSING)"
    assert any(note.startswith("567: ") for note in row.notes)
    assert row.record.kind is Kind.MISSING


def test_blank_groups_are_blank_and_adoption_is_set_aside(tmp_path):
    text = (
        "<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><DOB>11/02/2003</DOB><UASC>0</UASC><DATE_INT/><IN_TOUCH/>"
        "<AMISSING><MISSING/></AMISSING><AD_PLACED><DATE_PLACED>01/05/2017</DATE_PLACED></AD_PLACED>"
        "</HEADER></CHILD></EXPSSDA903>"
    )
    found = [row for row in of_xml(tmp_path, text) if not isinstance(row, Remark)]
    assert [type(row) for row in found] == [Usable, SetAside, Blank, Blank, Blank, SetAside]
    assert "adoption" in found[5].why


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("<EXPSSDA903><CHILD><HEADER><CHILDID/></HEADER><EPISODE><PL>U4</PL></EPISODE></CHILD>",
         ["CHILDID", "CHILDID", "file"]),
        ("<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID>", ["HEADER", "file"]),
        ("<EXPSSDA903><EPISODE/></EXPSSDA903>", ["EPISODE"]),
        ("<!DOCTYPE x><EXPSSDA903/>", ["file"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(tmp_path, text, keys):
    assert [row.key for row in of_xml(tmp_path, text) if isinstance(row, Refused)] == keys


def test_elements_nobody_knows_are_remarked_on_by_name(tmp_path):
    text = as_xml(TABLES).replace("<RNE>", "<SHOE_SIZE>4</SHOE_SIZE>stray<RNE>")
    words = [row.words for row in of_xml(tmp_path, text) if isinstance(row, Remark)]
    assert (
        "return.xml: 2 elements or texts SHOE_SIZE are no part of the return's form and are not read."
        in words
    )
    assert any("between those of EPISODE" in each for each in words)


def test_a_folder_may_hold_both_forms(tmp_path):
    write(tmp_path, **TABLES)
    (tmp_path / "return.xml").write_text(as_xml(TABLES))
    ssda903 = load("ssda903")
    found = list(ssda903.read([tmp_path], agency="ashmere", options={"collection_year": "2017/18"}))
    assert len({row.record.ref for row in found if isinstance(row, Usable)}) == 8
    assert not [row for row in found if isinstance(row, Refused)]


def test_the_form_written_here_is_that_of_the_department_s_schema(tmp_path):
    if not SHARED.exists():
        pytest.skip("the Department's schema is not here")
    xmlschema = pytest.importorskip("xmlschema")
    text = as_xml(
        {**TABLES, "oc3": table("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"), "uasc": table("CHILD,SEX,DOB,DUC")}
    )
    (tmp_path / "return.xml").write_text(text)
    xmlschema.XMLSchema(SHARED).validate(tmp_path / "return.xml")

"""Taking records out: a reason first, an entry before the first byte, and each format read back by another reader."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import networkx
import openpyxl
import pytest

from heed.casework.actions.exporting import Asked
from heed.casework.clock import now
from heed.casework.commands import export
from heed.casework.exports import everything
from heed.casework.leaving import FORMATS, Scope, take
from heed.casework.ledger import verify
from heed.casework.models import Body, Entry, Finding, Source
from heed.core.records.cells import is_live
from heed.core.records.explained import Explained
from heed.formats import load
from heed.formats.contract import Usable
from tests import case_story, personas
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
RETURN = "ssda903-missing"
PURPOSE = "Disclosure in case 9 of the family court."
# Names of followthemoney's model (opensanctions/followthemoney, MIT): schema to the properties written here.
MODEL = {
    "Person": {"name", "firstName", "lastName", "alias", "birthDate", "description", "publisher"},
    "Vehicle": {"name", "registrationNumber", "description", "publisher"},
    "Address": {"full", "postalCode", "latitude", "longitude", "description", "publisher"},
    "UserAccount": {"name", "service", "username", "number", "description", "publisher"},
    "UnknownLink": {"subject", "object", "role", "date", "recordId", "summary"},
    "Note": {"name", "description", "entity"},
}


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    return people


def ayla() -> str:
    return Source.objects.get(key="social_care 10233").person


def taken(format_: str, scope: Scope | None = None, by=None, **more):
    about = scope or Scope(child=ayla())
    asked = Asked(format_, about.subject, more.pop("reason", "court"), more.pop("purpose", PURPOSE), **more)
    return take(scope=about, asked=asked, rows=everything(), by=by, now=now())


@pytest.mark.parametrize("format_", FORMATS)
def test_nobody_but_the_subject_is_named_in_any_format(people, format_):
    content = taken(format_, Scope(child=ayla(), agency="police" if format_ == RETURN else "")).content
    if format_ == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        words = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    else:
        words = content.decode("utf-8-sig")
    for name in ("Nell", "Orme", "Cole", "Taz", "9990000026"):
        assert name not in words, name
    if format_ != RETURN:
        assert "Ayla" in words
        assert "another child" in words


def test_the_entry_is_there_and_holds_no_name_in_its_header(people):
    file = taken("csv", by=people.sam)
    entry = Entry.objects.get(seq=file.number)
    assert (entry.kind, entry.subject, entry.purpose, entry.actor) == ("export", ayla(), "court", people.sam)
    body = json.loads(Body.objects.get(entry=entry).text)
    assert body["purpose"] == PURPOSE
    assert len(body["records"]) > 3
    assert f"Export {file.number} from Heed" in file.content.decode()
    assert "Sam Oduya, duty social worker" in file.content.decode()
    assert verify() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "curiosity"},
        {"purpose": "because"},
        {"others": "needed"},
        {"addresses": "yes"},
    ],
)
def test_without_a_reason_nothing_leaves_and_nothing_is_written_down(people, wrong):
    before = Entry.objects.count()
    with pytest.raises(Explained):
        taken("csv", **wrong)
    assert Entry.objects.count() == before


def test_when_the_entry_cannot_be_written_nothing_is_made(people, monkeypatch):
    def broken(**_):
        raise OSError

    monkeypatch.setattr("heed.casework.leaving.take_out", broken)
    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], write=None))
    with pytest.raises(OSError):
        taken("csv")


def test_graphml_is_read_by_networkx_with_its_stamp(people):
    scope = Scope(finding=Finding.objects.first().pk)
    graph = networkx.read_graphml(io.BytesIO(taken("graphml", scope).content))
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert {"person", "place"} <= kinds
    assert "Proceedings in court" in graph.graph["export"]
    assert all(data["records"] for _, _, data in graph.edges(data=True))


def test_entities_use_names_of_the_model_and_links_have_both_ends(people):
    lines = [json.loads(line) for line in taken("followthemoney").content.splitlines()]
    ids = {line["id"] for line in lines}
    for line in lines:
        assert set(line["properties"]) <= MODEL[line["schema"]], line
        assert all(isinstance(value, str) for values in line["properties"].values() for value in values)
        if line["schema"] == "UnknownLink":
            assert {line["properties"]["subject"][0], line["properties"]["object"][0]} <= ids
    assert {"Person", "Address", "UnknownLink", "Note"} <= {line["schema"] for line in lines}
    assert len(ids) == len(lines)


def test_a_phone_that_called_is_nobodys_own(people):
    told = case_story.document(
        "police", "CALL-1", "contact", now() - timedelta(days=2), case_story.as_(case_story.AYLA, "c-104"),
        things=[{"kind": "phone", "part": "called_by", "number": "07700 900456"}], text="Called again.",
    )  # fmt: skip
    case_story.tell([case_story.read(told)])
    lines = [json.loads(line) for line in taken("followthemoney").content.splitlines()]
    [phone] = [line for line in lines if line["properties"].get("number") == ["+447700900456"]]
    assert phone["schema"] == "UserAccount"
    assert not any("+447700900456" in str(line["properties"]) for line in lines if line["schema"] == "Person")
    ends = {
        tuple(line["properties"].get("object", [])) + tuple(line["properties"].get("subject", []))
        for line in lines
    }
    assert any(phone["id"] in each for each in ends)


def test_links_name_both_ends_of_each_tie(people):
    rows = list(csv.DictReader(io.StringIO(taken("links").content.decode("utf-8-sig"))))
    assert {row["from_type"] for row in rows[:-1]} <= {
        "person",
        "place",
        "vehicle",
        "phone",
        "account",
        "premises",
    }
    assert all(row["from_id"].startswith("heed-") and row["to_id"].startswith("heed-") for row in rows[:-1])


def test_the_missing_table_is_read_back_as_the_same_days(people, tmp_path):
    told = taken(RETURN, Scope(agency="police")).content
    file = tmp_path / "missing.csv"
    file.write_bytes(told)
    rows = list(csv.DictReader(io.StringIO(told.decode())))
    assert rows
    read = list(load("ssda903").read([file], agency="police", options={}))
    back = {
        (each.record.people[0].ref, str(each.record.document["happened_from"])[:10])
        for each in read
        if isinstance(each, Usable)
    }
    assert back == {(row["CHILD"], "-".join(reversed(row["MIS_START"].split("/")))) for row in rows}


def test_the_missing_table_tells_the_day_it_was_here(people):
    told = case_story.document(
        "police", "MIS-9", "missing", now() - timedelta(days=2), case_story.as_(case_story.AYLA, "c-104"),
        missing={"category": "missing"},
    ) | {"happened_from": "2024-06-01T23:30:00+00:00", "happened_to": "2024-06-03T06:00+01:00"}  # fmt: skip
    case_story.tell([case_story.read(told)])
    rows = list(csv.DictReader(io.StringIO(taken(RETURN, Scope(agency="police")).content.decode())))
    assert ("02/06/2024", "03/06/2024") in {(row["MIS_START"], row["MIS_END"]) for row in rows}


def test_conditions_of_handling_travel(people):
    told = case_story.document(
        "police", "INT-9", "intelligence", now() - timedelta(days=2),
        case_story.as_(case_story.AYLA, "c-104"), text="Seen.",
        grading={"source": "2", "information": "B", "handling": "C", "conditions": "Do not tell the family."},
    )  # fmt: skip
    case_story.tell([case_story.read(told)])
    scope = Scope(agency="police")
    assert "Do not tell the family." in taken("csv", scope).stamp.handling
    assert b"Do not tell the family." in taken("graphml", scope).content


def test_the_command_writes_a_file_only_its_owner_reads_and_never_over_another(people, tmp_path):
    out = tmp_path / "child.xlsx"
    arguments = ("xlsx", "--child", ayla(), "--out", out, "--reason", "court", "--purpose", PURPOSE)
    ran = run(export.command, *arguments)
    assert ran.code == 0, ran
    assert out.stat().st_mode & 0o777 == 0o600
    assert openpyxl.load_workbook(out)["Chronology"].max_row > 4
    again = run(export.command, *arguments)
    assert (again.code, "cannot be written" in again.explained) == (2, True)


def test_the_command_leaves_no_file_behind_when_it_is_refused(people, tmp_path):
    out = tmp_path / "child.csv"
    ran = run(export.command, "csv", "--child", ayla(), "--out", out)
    assert (ran.code, "no reason for an export" in ran.explained, out.exists()) == (2, True, False)


def test_a_return_has_its_stamp_beside_it(people, tmp_path):
    out = tmp_path / "missing.csv"
    run(
        export.command, RETURN, "--agency", "police", "--out", out, "--reason", "return", "--purpose", PURPOSE
    )  # fmt: skip
    assert "A statutory return" in (tmp_path / "missing.csv.about.txt").read_text()


@pytest.mark.parametrize("arguments", [(), ("--agency", "police", "--child", "p_x")])
def test_one_thing_is_taken_out_at_a_time(people, arguments):
    assert "name what to take out" in run(export.command, "csv", *arguments).explained


def episode(ref, begun, ended="2024-06-03T06:00+01:00", agency="police", category="missing", **more):
    """One time Ayla was missing, told by an agency under its own reference of her."""
    her = case_story.as_(case_story.AYLA, {"police": "c-104", "home": "r-9"}[agency], **more)
    told = case_story.document(
        agency, ref, "missing", now() - timedelta(days=2), her, missing={"category": category}
    )
    told |= {"happened_from": begun, "happened_to": ended}
    case_story.tell([case_story.read({key: value for key, value in told.items() if value is not None})])


def of_the_return(file) -> list[dict]:
    return list(csv.DictReader(io.StringIO(file.content.decode())))


def test_the_return_of_one_child_gives_no_reference_of_another_agency(people):
    episode("MIS-8", "2024-06-01T23:30:00+00:00")
    episode("H-8", "2024-07-01T23:30:00+00:00", ended="2024-07-02T06:00+01:00", agency="home")
    assert {row["CHILD"] for row in of_the_return(taken(RETURN, Scope(child=ayla(), agency="police")))} == {
        "c-104"
    }
    with pytest.raises(Explained, match="by its own references"):
        taken(RETURN, Scope(child=ayla()))
    with pytest.raises(Explained, match="no place for other people"):
        taken(RETURN, Scope(agency="police"), others="They are sisters, and both are in the return.")


def test_an_episode_the_return_has_no_place_for_is_set_aside_and_named(people, tmp_path):
    episode("MIS-1", "2024-05")
    episode("MIS-2", "2024-04-02", ended="2024-04")
    episode("MIS-3", "2024-03-02", category="unknown")
    episode("MIS-4", "2024-02-02", ended=None)
    out = tmp_path / "missing.csv"
    ran = run(
        export.command, RETURN, "--agency", "police", "--child", ayla(), "--out", out, "--reason", "return",
        "--purpose", PURPOSE,
    )  # fmt: skip
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert all(row["MIS_START"] and row["DOB"] for row in rows)
    assert [row["MIS_START"] for row in rows if not row["MIS_END"]].count("02/02/2024") == 1
    assert not {"02/04/2024", "02/03/2024"} & {row["MIS_START"] for row in rows}
    about = (tmp_path / "missing.csv.about.txt").read_text()
    for words in (
        "police MIS-1 r1: set aside, because the day it began is not known",
        "police MIS-2 r1: set aside, because the day it ended is not known",
        "police MIS-3 r1: set aside, because the return has no code for its category",
    ):
        assert words in " ".join(ran.err.split())
        assert words in about
    assert "MIS-4" not in about
    assert ran.code == 1


def test_a_birth_that_is_not_known_to_the_day_is_said(people):
    episode("MIS-5", "2024-06-01", born="1995")
    told = taken(RETURN, Scope(agency="police"))
    assert any("MIS-5 r1: its row has no date of birth" in each for each in told.set_aside)


def several(ref, *people):
    """One record of several children who were missing together, as an agency tells of them."""
    told = case_story.document(
        "police", ref, "missing", now() - timedelta(days=2), people[0], missing={"category": "missing"}
    ) | {"happened_from": "2024-08-01", "happened_to": "2024-08-02", "people": list(people)}  # fmt: skip
    case_story.tell([case_story.read(told)])


def child(ref, given="Bo", **more):
    return {
        "part": "child",
        "given_names": given,
        "family_name": "Lund",
        "born": "2010-01-02",
        "ref": ref,
    } | more


def test_each_child_without_a_reference_is_named_beside_those_who_have_one(people):
    several("MIS-6", child("c-6"), child("", "Ida"), child(" ", "Una"), child("c-7", "Per"))
    told = taken(RETURN, Scope(agency="police"))
    rows = [row["CHILD"] for row in of_the_return(told) if row["MIS_START"] == "01/08/2024"]
    assert rows == ["c-6", "c-7"]
    aside = [each for each in told.set_aside if "MIS-6" in each]
    assert [each.partition(" is set aside")[0] for each in aside] == [
        "police MIS-6 r1: the child who is person 2 in it",
        "police MIS-6 r1: the child who is person 3 in it",
    ]
    assert all("gave no reference" in each for each in aside)


@pytest.mark.parametrize(
    "live", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", " =1", "\uff1d1", "\u200b=1", "c\n=1", "c\t=1"]
)
def test_no_reference_in_the_return_is_a_formula(people, live):
    several("MIS-6", child(live), child("c=6", "Ida"))
    told = taken(RETURN, Scope(agency="police"))
    rows = [row for row in of_the_return(told) if row["MIS_START"] == "01/08/2024"]
    assert [row["CHILD"] for row in rows] == ["c=6"]
    assert not [cell for row in of_the_return(told) for cell in row.values() if is_live(cell)]
    [aside] = [each for each in told.set_aside if "MIS-6" in each]
    assert "person 1 in it is set aside" in aside
    assert "begins like a formula" in aside
    assert live not in aside


def test_of_a_child_who_was_not_asked_for_nothing_is_said(people):
    her = case_story.as_(case_story.AYLA, "c-104")
    several("MIS-7", {**her, "part": "child"}, child("", "Ida"), child("c-7", "Per"))
    told = taken(RETURN, Scope(child=ayla(), agency="police"))
    rows = [row["CHILD"] for row in of_the_return(told) if row["MIS_START"] == "01/08/2024"]
    assert rows == ["c-104"]
    assert not [each for each in told.set_aside if "MIS-7" in each]

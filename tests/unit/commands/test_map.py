"""`heed map`: a mapping proposed by looking, with the reason for each column; what nobody may guess is asked."""

import openpyxl
import pytest
import yaml

from heed.casework.commands.map_ import command
from heed.formats import load
from heed.formats.contract import Usable
from heed.formats.table.looking import look
from heed.formats.table.proposing import propose
from heed.formats.table.shapes import looks_like
from tests.unit.commands.running import run

CONTACTS = """Case number;Child ID;Forename;Surname;D.O.B.;Gender;Ethnicity;UPN;Home postcode;Date of contact;Time;\
Recorded on;Mobile;Car reg;Notes;Team
C-1;104;Ayla;Marsh;11/02/1995;F;WBRI;A999000012345;ZZ1 2AB;{first};22:10;15/03/2009;07700 900123;ZZ51 ABC;\
She was picked up again outside the home by somebody in a silver saloon.;North
C-2;288;Nell;Orme;03/04/1995;F;WBRI;A999000012346;ZZ1 2CD;{second};09:15;04/05/2009;07700 900124;ZZ51 ABD;\
She was seen at the launderette with two men nobody at the home knows.;North
"""


def table(tmp_path, first="14/03/2009", second="04/05/2009", name="contacts.csv"):
    file = tmp_path / name
    file.write_text(CONTACTS.format(first=first, second=second))
    return file


def guessed(file):
    return {guess.column: guess for guess in propose(look(file), file).guesses}


def test_what_a_column_seems_to_say_and_why(tmp_path):
    guesses = guessed(table(tmp_path))
    assert {column: guess.says for column, guess in guesses.items()} == {
        "Case number": "ref", "Child ID": "people.ref", "Forename": "people.given_names",
        "Surname": "people.family_name", "D.O.B.": "people.born", "Gender": "people.sex", "Ethnicity": "leave_out",
        "UPN": "people.ids.upn", "Home postcode": "people.postcode", "Date of contact": "happened_from", "Time": "time",
        "Recorded on": "recorded_at", "Mobile": "phone.number", "Car reg": "vehicle.vrm", "Notes": "text", "Team": "",
    }  # fmt: skip
    assert "dates" in guesses["D.O.B."].because
    assert {guess.sure for guess in guesses.values()} <= {"likely", "a guess", "doubtful", "nothing to go by"}


def test_headings_joined_as_programs_join_them(tmp_path):
    file = tmp_path / "offences.csv"
    file.write_text("personId,firstName,date_of_birth,dateOfOffence\n2,Ayla,11/02/1995,2015-10-01\n")
    assert {column: guess.says for column, guess in guessed(file).items()} == {
        "personId": "people.ref", "firstName": "people.given_names", "date_of_birth": "people.born",
        "dateOfOffence": "happened_from",
    }  # fmt: skip


def test_dates_that_are_not_all_dates_are_proposed_with_doubt(tmp_path):
    file = tmp_path / "mixed.csv"
    file.write_text(
        "Ref;Reported date;D.O.B.;Place of birth;Heritage;Date of entry\n1;14/03/2009;1995;Ashmere;A;x\n"
        "2;45355.5;03/04/1995;Ashmere;B;y\nTotal;2;;;;\n"
    )
    guesses = guessed(file)
    assert (guesses["Reported date"].says, guesses["Reported date"].sure) == ("recorded_at", "doubtful")
    assert (guesses["D.O.B."].says, guesses["D.O.B."].sure) == ("people.born", "doubtful")
    assert guesses["Heritage"].says == "leave_out"
    assert guesses["Place of birth"].says == "leave_out"
    assert guesses["Date of entry"].says == ""


def test_the_mapping_is_saved_without_asking_and_reads_the_table(tmp_path):
    file, out = table(tmp_path), tmp_path / "m.yaml"
    ran = run(command, file, "--out", out)
    assert ran.code == 0
    assert "Look: Dates are day first" in ran.out
    assert "contact C-1" in ran.out
    rows = list(load("table").read([file], agency="police", options={"mapping": str(out)}))
    first, second = [row.record.document for row in rows if isinstance(row, Usable)]
    assert first["happened_from"] == "2009-03-14T22:10:00+00:00"
    assert second["recorded_at"] == "2009-05-04T23:59:59+01:00"
    assert first["people"][0]["ids"] == {"upn": "A999000012345"}
    assert "WBRI" not in str(first)
    assert first["extra"]["table"]["row"]["Team"] == "North"


def test_an_order_that_does_not_show_is_asked_and_never_guessed(tmp_path):
    file = tmp_path / "sightings.csv"
    file.write_text("Ref,Date seen,Location\nS-1,04/03/2009,Mill Street\nS-2,05/06/2009,Bus station\n")
    proposal = propose(look(file), file)
    assert "order" not in proposal.words["dates"]
    assert any("could be day first or month first" in words for words in proposal.ask)
    ran = run(command, file, "--out", tmp_path / "m.yaml")
    assert ran.out.count("would be REFUSED: happened_from") == 2


def test_contradicting_orders_short_years_and_serials_are_said(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("Ref,Date,Recorded on\nS-1,14/03/09,39886\nS-2,03/14/2009,39887\n")
    proposal = propose(look(file), file)
    assert set(proposal.words["dates"]) == {"zone"}
    told = " ".join(proposal.ask)
    for words in ("contradict each other", "a year of two digits", "count days as spreadsheets do"):
        assert words in told


def test_without_out_it_asks_and_no_is_no(tmp_path):
    file = table(tmp_path)
    assert run(command, file).code == 1
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_a_workbook_with_a_title_above_its_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Missing"
    for row in (
        ["Missing children, March"],
        [],
        ["Misper no", "Name", "Missing since"],
        ["M-1", "Ayla", "14/03/2009"],
    ):
        book.active.append(row)
    book.save(tmp_path / "export.xlsx")
    words = propose(look(tmp_path / "export.xlsx"), tmp_path / "export.xlsx").words
    assert (words["sheet"], words["header_row"]) == ("Missing", 3)
    assert words["record"]["kind"] == {"constant": "missing"}
    assert yaml.safe_load(yaml.safe_dump(words)) == words


@pytest.mark.parametrize("content", ["", "just words\n", "a,b\n", "1,2\n3,4\n", "Name,Colour\nAyla,red\n"])
def test_what_is_no_table_of_events_is_explained(tmp_path, content):
    file = tmp_path / "x.csv"
    file.write_text(content)
    ran = run(command, file, "--out", tmp_path / "m.yaml")
    assert ran.code == 2
    assert not (tmp_path / "m.yaml").exists()


@pytest.mark.parametrize(
    ("shape", "values", "fits"),
    [
        ("postcode", ["ZZ1 2AB", "zz12ab"], True),
        ("postcode", ["Mill Street", "ZZ1 2AB"], False),
        ("vrm", ["ZZ51 ABC", "A123 BCD"], True),
        ("phone", ["07700 900123", "+447700900124"], True),
        ("phone", ["14/03/2009", "104"], False),
        ("nhs", ["9990000123", "999 000 0124"], True),
        ("date", ["14/03/2009", "03/14/09"], True),
        ("date", ["2009", "2010"], False),
        ("unique", ["a", "b"], True),
        ("unique", ["a", "a"], False),
        ("date", [], False),
    ],
)
def test_shapes(shape, values, fits):
    assert looks_like(shape, values) is fits

"""A school's tables: absence in runs, the termly census, every row accounted for."""

from pathlib import Path

import pytest

import heed.formats.school_attendance
from heed.core.records.explained import Explained
from heed.formats import load
from heed.formats.contract import Refused, Remark, SetAside, Usable
from heed.formats.school_attendance.gathered import NO_HALF, OTHER_MARK
from heed.formats.school_attendance.tables import attendance, day

SAMPLE = Path(heed.formats.school_attendance.__file__).parent / "sample"
SHARED = Path(__file__).parents[4] / "shared/data/school-census-liia"
REGISTER = "UPN,Date,Session,Code"
PUPILS = "pupilnolongeronrolltableid,NativeId,surname,forename,upn,leavingdate"
TOTALS = "pupilnolongeronrolltableid,NativeId,termlysessiondetailsoffrolltableid,sessions,attendancereason"


def rows(folder: Path, **options: str):
    """Every row but the remarks; each file's come to what is counted."""
    schools = load("school-attendance")
    found = [r for r in schools.read([folder], agency="school", options=options) if not isinstance(r, Remark)]
    for file in folder.glob("*.csv"):
        told = [row.at.number for row in found if row.at.file == str(file)]
        assert told == list(range(1, schools.count(file) + 1))
    return found


def register(folder: Path, *lines: str) -> dict[str, Usable]:
    """The records of a register with these rows, by reference."""
    (folder / "register.csv").write_text("\n".join([REGISTER, *lines]) + "\n")
    return {row.record.ref: row for row in rows(folder) if isinstance(row, Usable)}


def marks(codes: str, upn: str = "P000000000001") -> list[str]:
    """A row for each code, two a day from 2 September 2024."""
    halves = [
        (2 + place // 2, "AM" if place % 2 == 0 else "PM", code) for place, code in enumerate(codes.split())
    ]
    return [f"{upn},{number:02}/09/2024,{half},{code}" for number, half, code in halves]


@pytest.mark.parametrize(
    ("codes", "runs"),
    [
        ("/ \\ / \\", {}),
        ("N", {"2024-09-02/am": "N"}),
        ("/ N N O \\ E", {"2024-09-02/pm": "NNO", "2024-09-04/pm": "E"}),
        ("N # # X N", {"2024-09-02/am": "NN"}),
        ("N B N", {"2024-09-02/am": "N", "2024-09-03/am": "N"}),
        ("I Y1 I L U", {"2024-09-02/am": "II", "2024-09-04/am": "U"}),
    ],
)
def test_sessions_missed_one_after_another_are_one_record(tmp_path, codes, runs):
    found = register(tmp_path, *marks(codes))
    told = {
        ref.removeprefix("school/register/P000000000001/"): "".join(
            code * number
            for code, number in row.record.document["extra"]["school_attendance"]["row"]["codes"].items()
        )
        for ref, row in found.items()
    }
    assert told == runs


@pytest.mark.parametrize(
    ("sessions", "runs"),
    [
        ("08/01/2024,AM 20/03/2024,PM", ["2024-01-08/2024-01-08", "2024-03-20/2024-03-20"]),
        ("08/01/2024,PM 09/01/2024,AM", ["2024-01-08/2024-01-09"]),
        ("08/01/2024,AM 09/01/2024,AM", ["2024-01-08/2024-01-08", "2024-01-09/2024-01-09"]),
        ("12/01/2024,PM 15/01/2024,AM", ["2024-01-12/2024-01-15"]),
        ("11/01/2024,PM 15/01/2024,AM", ["2024-01-11/2024-01-11", "2024-01-15/2024-01-15"]),
    ],
)
def test_of_a_register_with_absences_alone_no_run_goes_on_over_sessions_that_have_no_row(
    tmp_path, sessions, runs
):
    rows = [f"P000000000001,{session},O" for session in sessions.split()]
    others = [f"P000000000002,{day},{half},/" for day in ("08/01/2024",) for half in ("AM", "PM")]
    found = register(tmp_path, *rows, *others)
    assert [
        f"{row.record.happened_from.text}/{row.record.happened_to.text}" for row in found.values()
    ] == runs


def test_a_register_with_one_mark_a_day_goes_on_from_day_to_day(tmp_path):
    days = ("11/01/2024", "12/01/2024", "15/01/2024")
    (row,) = register(tmp_path, *[f"P000000000001,{day},AM,O" for day in days]).values()
    assert (row.record.happened_from.text, row.record.happened_to.text) == ("2024-01-11", "2024-01-15")


def test_a_run_is_told_with_its_days_and_codes_on_the_row_of_its_first_session(tmp_path):
    (row,) = register(tmp_path, *marks("/ N N E / \\")).values()
    assert (row.at.number, row.record.kind) == (3, "school")
    assert (row.record.happened_from.text, row.record.happened_to.text) == ("2024-09-02", "2024-09-03")
    assert row.record.observations == ("school_absence", "excluded")
    assert "2 reason not yet known (N); 1 suspended or excluded (E)" in row.record.text
    assert row.record.people[0].ids == {"upn": "P000000000001"}


def test_the_order_of_the_rows_and_other_pupils_between_change_no_run(tmp_path):
    both = [*marks("N N / N"), *marks("/ O O \\", "P00000000000B")]
    one = {ref: row.record.document for ref, row in register(tmp_path, *both).items()}
    other = {ref: row.record.document for ref, row in register(tmp_path, *both[::-1]).items()}
    assert one == other
    assert len(one) == 3


def test_a_later_register_that_goes_on_supersedes_a_run_that_was_open(tmp_path):
    (first,) = register(tmp_path, *marks("/ N")).values()
    (later,) = register(tmp_path, *marks("/ N N N")).values()
    assert first.record.ref == later.record.ref
    assert first.record.revision < later.record.revision


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (",02/09/2024,AM,N", "UPN"),
        ("P1,31/02/2024,AM,N", "date"),
        ("P1,02/09/24,AM,N", "date"),
        ("P1,02/09/2024,AM,QQ", "code"),
        ("P1,02/09/2024,AM,N,more", "columns"),
        ('P1,"02/09/2024,AM,N', "row"),
    ],
)
def test_a_broken_row_is_refused_and_the_next_is_read(tmp_path, line, key):
    (tmp_path / "register.csv").write_text(f"{REGISTER}\n{line}\nP2,02/09/2024,AM,N\n")
    found = rows(tmp_path)
    assert [(row.at.number, row.key) for row in found if isinstance(row, Refused)] == [(2, key)]
    assert sum(isinstance(row, Usable) for row in found) == 1


@pytest.mark.parametrize("code", ["H", "J", "Y"])
def test_codes_that_ended_are_still_read_and_noted(tmp_path, code):
    (row,) = register(tmp_path, *marks(f"{code} N")).values()
    expected = code != "Y"
    assert any(note.startswith(f"code: {code} is no attendance code") for note in row.notes) == expected


def noted(folder: Path, *lines: str) -> dict[int, list[str]]:
    """The doubts about each row of a register, wherever they are told: a note, or why it was set aside."""
    (folder / "register.csv").write_text("\n".join([REGISTER, *lines]) + "\n")
    told = {}
    for row in rows(folder):
        words = row.notes if isinstance(row, Usable) else (row.why,)
        told[row.at.number] = [
            doubt for doubt in (NO_HALF, OTHER_MARK) if any(doubt in each for each in words)
        ]
    return told


def test_a_session_that_is_none_is_noted_on_its_line(tmp_path):
    told = noted(
        tmp_path, "P1,02/09/2024,AM,N", "P1,02/09/2024,XX,N", "P1,03/09/2024,7,/", "P1,04/09/2024,,N"
    )
    assert told == {1: [], 2: [], 3: [NO_HALF], 4: [NO_HALF], 5: []}


def test_marks_that_contradict_each_other_are_noted_on_each_of_their_lines(tmp_path):
    told = noted(
        tmp_path, "P1,02/09/2024,AM,N", "P1,02/09/2024,AM,/", "P1,02/09/2024,PM,N", "P2,02/09/2024,AM,/",
        "P1,03/09/2024,AM,N", "P1,03/09/2024,AM,N", "P1,04/09/2024,,N", "P1,04/09/2024,,/",
    )  # fmt: skip
    assert told == {1: [], 2: [OTHER_MARK], 3: [OTHER_MARK]} | {number: [] for number in range(4, 10)}


def test_every_code_of_august_2024_is_known():
    codes = "/ \\ L K V P W B D C C1 C2 E I J1 M R S T G N O U Q X Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #"
    assert all(attendance(code) and not attendance(code).get("ended") for code in codes.split())


@pytest.mark.parametrize("text", ["2024-Oct-21 00:00:00", "2024-10-21", "21/10/2024"])
def test_days_as_schools_write_them(text):
    assert day(text).isoformat() == "2024-10-21"


def test_the_tables_of_the_census_are_joined_by_pupil_and_school():
    found = rows(SAMPLE)
    told = {row.record.ref: row.record for row in found if isinstance(row, Usable)}
    left = told["school/pupils/ASH1/P000000000001/2024-11-15"]
    assert left.people[0].also_known_as == ("Orme",)
    assert left.people[0].postcode == "ZZ1 2AB"
    assert left.document["people"][0]["extra"] == {"other_postcodes": ["ZZ1 3CD"]}
    assert "ENG" not in str(left.document)
    out = told["school/exclusions/ASH1/P000000000001/2024-10-23"]
    assert out.people[0].family_name == "Marsh"
    assert out.observations == ("excluded",)
    assert "persistent disruptive behaviour" in out.text
    totals = told["school/totals/ASH1/P000000000001/2024-09"]
    assert (totals.happened_from.text, totals.happened_to.text) == ("2024-09", "2024-12")
    assert "20 absent without leave (O); 11 reason not yet known (N); 4 illness (I)" in totals.text
    assert {row.why for row in found if isinstance(row, SetAside)} >= {
        "an address, folded into the pupil's records",
        "told with the pupil's other codes, on the first of their rows",
    }


def test_a_pupil_of_two_schools_is_told_by_each(tmp_path):
    lines = ["a1,ASH1,Marsh,Ayla,P1,2024-Oct-01 00:00:00", "a1,ASH2,Marsh,Ayla,P1,2024-Dec-01 00:00:00"]
    (tmp_path / "2024_autumn_pupils.csv").write_text("\n".join([PUPILS, *lines]))
    (tmp_path / "2024_autumn_totals.csv").write_text(f"{TOTALS}\na1,ASH2,s1,4,O\na1,ASH1,s2,2,O\n")
    told = [row.record.ref for row in rows(tmp_path) if isinstance(row, Usable)]
    assert sorted(told) == [
        "school/pupils/ASH1/P1/2024-10-01", "school/pupils/ASH2/P1/2024-12-01",
        "school/totals/ASH1/P1/2024-09", "school/totals/ASH2/P1/2024-09",
    ]  # fmt: skip


def test_a_pupil_whom_no_table_names_is_known_by_number_and_noted(tmp_path):
    (tmp_path / "totals.csv").write_text(f"{TOTALS}\na9,ASH1,s1,4,O\n")
    (row,) = [row for row in rows(tmp_path, term="2024-autumn") if isinstance(row, Usable)]
    assert row.record.people[0].ref == "a9"
    assert any(note.startswith("no pupil: ") for note in row.notes)


def test_the_term_is_named_told_by_the_file_or_asked_for(tmp_path):
    (tmp_path / "totals.csv").write_text(f"{TOTALS}\na9,ASH1,s1,4,O\n")
    with pytest.raises(Explained, match="term=2024-autumn"):
        rows(tmp_path)
    with pytest.raises(Explained, match="'last one'"):
        rows(tmp_path, term="last one")
    (tmp_path / "totals.csv").rename(tmp_path / "2023_summer_totals.csv")
    (row,) = [row for row in rows(tmp_path) if isinstance(row, Usable)]
    assert row.record.revision == 202302


def test_headings_of_no_table_are_refused_and_the_rest_set_aside(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    found = rows(tmp_path)
    assert [type(row) for row in found] == [Refused, SetAside]
    assert "UPN, Date, Session, Code" in found[0].expected


def test_the_published_sample_is_read_to_the_last_row():
    if not SHARED.exists():
        pytest.skip("the published tables are not here")
    found = rows(SHARED)
    assert sum(isinstance(row, Usable) for row in found) == 934
    assert not [row for row in found if isinstance(row, Refused)]

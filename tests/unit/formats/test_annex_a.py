"""The lists of an inspection: sheets known by their headings, values by an open vocabulary, every row accounted for."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

import heed.formats.annex_a
from heed.core.records.explained import Explained
from heed.core.records.kinds import Kind
from heed.formats import load
from heed.formats.annex_a.lists import folded, lists, understood
from heed.formats.annex_a.read import missing_counts
from heed.formats.annex_a.vocabulary import code_in, meaning, shipped
from heed.formats.contract import Blank, Refused, Remark, SetAside, Usable
from heed.formats.ssda903.days import CollectionYear

SAMPLE = Path(heed.formats.annex_a.__file__).parent / "sample"
SHARED = Path(__file__).parents[4] / "shared/data/annex-a-liia/Annex_A_2024_Jan.xlsx"
CHILD = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
CONTACTS = [*CHILD, "Date of Contact", "Contact Source"]
EIGHT = (SAMPLE / "List 8.csv").read_text().splitlines()[0].split(",")


def contact(number=10001, day=date(2024, 1, 3), source="q) 6: Police") -> list:
    """A row of list 1."""
    return [number, "b) Female", "a) WBRI", date(2010, 2, 11), 13.9, day, source]


def workbook(tmp_path: Path, **sheets: list[list]) -> Path:
    """A workbook with these sheets; `List_1` becomes List 1."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    file = tmp_path / "annex.xlsx"
    book.save(file)
    return file


def rows(*paths: Path, **options: str):
    """Every row but the remarks; they come to what is counted."""
    annex = load("annex-a")
    found = [r for r in annex.read(paths, agency="council", options=options) if not isinstance(r, Remark)]
    for path in paths:
        if path.is_file():
            told = [row.at.number for row in found if row.at.file == str(path)]
            assert told == list(range(1, annex.count(path) + 1))
    return found


def usable(found) -> dict[str, Usable]:
    """The records by reference."""
    return {row.record.ref: row for row in found if isinstance(row, Usable)}


def test_a_workbook_s_whole_numbers_and_dates_are_read_as_what_they_are(tmp_path):
    file = workbook(tmp_path, List_1=[CONTACTS, contact(9212044.0), contact(7, datetime(2024, 1, 5), "6")])
    found = usable(rows(file))
    assert list(found) == ["annex-a/list-1/9212044/2024-01-03", "annex-a/list-1/7/2024-01-05"]
    record = found["annex-a/list-1/9212044/2024-01-03"].record
    assert (record.kind, record.people[0].ref, record.people[0].born) == (
        Kind.CONTACT,
        "9212044",
        "2010-02-11",
    )
    assert record.document["people"][0]["sex"] == "F"
    assert record.document["extra"]["annex_a"]["row"] == {"day": "2024-01-03", "source": "q) 6: Police"}
    assert all("From: the police." in row.record.text for row in found.values())


def test_ethnicity_and_age_go_nowhere(tmp_path):
    (row,) = usable(rows(workbook(tmp_path, List_1=[CONTACTS, contact()]))).values()
    assert "WBRI" not in str(row.record.document)
    assert "13.9" not in str(row.record.document)


@pytest.mark.parametrize(
    "heading",
    ["Age of Child (Years)", "Age", "AGE (Years)", "Age\xa0of\nChild  (Years)"],
)
@pytest.mark.parametrize(
    "child", ["Child Unique ID", "Child  unique\xa0id", "Unique ID (Child)", "CHILD IDENTIFIER"]
)
def test_headings_drift(child, heading):
    found = understood(
        [child, "Gender", "Ethnicity", "Date of birth", heading, "Date of  contact", "Contact  source"], "x"
    )
    assert (found.of.number, found.lacking, dict(found.unknown)) == (1, [], {})


def test_curly_quotes_and_straight_ones_are_one():
    assert folded("Child’s  Legal Status") == folded("Child's legal status?")
    assert understood([each.replace("’", "'") for each in EIGHT], "Sheet1").of.number == 8


def test_every_list_of_the_form_is_known_by_its_headings():
    assert [each.number for each in lists()] == list(range(1, 12))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("q) 6: Police", "6"), ("6", "6"), ("p1) 5D: LA services", "5D"), ("N1 - Abuse or Neglect", "N1"),
        ("f) U6: Foster placement - not FFA", "U6"), ("e) PR4 - Private provision", "PR4"), ("C2: FCO", "C2"),
        ("1A", "1A"), ("a) Yes", ""), ("Police", ""), ("", ""), ("E4A", "E4A"), ("PSRMEM - Support", ""),
    ],
)  # fmt: skip
def test_a_code_is_read_with_and_without_its_prefix(value, code):
    assert code_in(value) == code


@pytest.mark.parametrize(
    ("list_number", "key", "value", "said"),
    [
        (1, "source", "Police", "police"), (1, "source", "6: Police", "the police"),
        (1, "source", "(CS) Police", "police"),
        (1, "source", "e) 2A: Schools", "a school"), (3, "nfa", "Y", "yes"), (3, "nfa", "b) No", "no"),
        (7, "first", "a) Neglect", "neglect"), (7, "first", "NEG", "neglect"),
        (8, "legal", "C1: ICO", "interim care order"),
        (8, "placement", "n) H5: Residential accommodation", "semi-independent accommodation"),
        (8, "placement", "Children’s Homes", "children’s homes"),
        (8, "ceased", "f) E4B: Returned home", "returned home, unplanned"),
        (9, "eligibility", "b) Former relevant child", "former relevant"), (1, "source", "nobody ever wrote this", None),
    ],
)  # fmt: skip
def test_values_are_read_by_code_or_by_spelling(list_number, key, value, said):
    column = lists()[list_number - 1].columns[key]
    assert meaning(column, value, CollectionYear(2024), shipped()) == said


def test_a_spelling_nobody_knows_is_kept_and_noted_without_being_quoted(tmp_path):
    (row,) = usable(rows(workbook(tmp_path, List_1=[CONTACTS, contact(source="Mrs Example")]))).values()
    assert "From: Mrs Example." in row.record.text
    assert "spelling: list 1, column source: not in the vocabulary; kept as sent" in row.notes
    assert "Mrs" not in str(row.notes)


def test_a_partnership_adds_its_own_spellings(tmp_path):
    more = tmp_path / "ours.yaml"
    more.write_text("source:\n  the harbour master: Harbour Office | HM\n")
    file = workbook(tmp_path, List_1=[CONTACTS, contact(source="harbour  office")])
    (row,) = usable(rows(file, vocabulary=str(more))).values()
    assert "From: the harbour master." in row.record.text
    more.write_text("- no\n- mapping")
    with pytest.raises(Explained, match="vocabulary"):
        rows(file, vocabulary=str(more))


def test_list_8_tells_of_the_placement_and_counts_of_missing(tmp_path):
    found = usable(rows(SAMPLE / "List 8.csv"))
    record = found["annex-a/list-8/10003/2022-11-14"].record
    assert [(t.kind, t.part, t.postcode, t.name) for t in record.things] == [
        ("premises", "placed_at", "ZZ1 4EF", "URN SC000001")
    ]
    assert "Times missing from the placement in the last 12 months, by this list: 4." in record.text
    assert "health" not in record.document["extra"]["annex_a"]["row"]
    assert [p.part for p in record.people] == ["child", "professional"]
    (count,) = missing_counts([SAMPLE], options={})
    assert (count.child, count.missing, count.absent) == ("10003", 4, 1)
    assert count.as_of == date(2024, 1, 14)
    remarks = [
        r.words for r in load("annex-a").read([SAMPLE], agency="council", options={}) if isinstance(r, Remark)
    ]
    assert any(words.startswith("List 8 counts 4 missing and 1 absent episodes") for words in remarks)


def eight(**cells: object) -> list:
    """The row of list 8 in the sample, with other cells."""
    row = (SAMPLE / "List 8.csv").read_text().splitlines()[1].split(",")
    return [cells.get(heading.replace(" ", "_"), value) for heading, value in zip(EIGHT, row, strict=True)]


def test_nope_is_no_postcode(tmp_path):
    file = workbook(tmp_path, List_8=[EIGHT, eight(Placement_postcode="nope", URN_of_Placement="")])
    (row,) = usable(rows(file)).values()
    assert row.record.things == ()
    assert row.record.document["extra"]["annex_a"]["row"]["postcode"] == "nope"
    assert any(note.startswith("postcode: ") for note in row.notes)


@pytest.mark.parametrize(
    "placement", ["i) A5: Placed for adoption - order - foster", "A3", "Placed for Adoption"]
)
def test_where_a_child_placed_for_adoption_lives_is_not_taken_in(tmp_path, placement):
    (row,) = usable(rows(workbook(tmp_path, List_8=[EIGHT, eight(Placement_Type=placement)]))).values()
    assert "ZZ1 4EF" not in str(row.record.document)
    assert "SC000001" not in str(row.record.document)


def test_adopters_and_adoption_are_set_aside_by_name(tmp_path):
    ten = [*CHILD, "Date of Decision that Child Should be Placed for Adoption"]
    file = workbook(
        tmp_path, List_10=[ten, [1]], Other=[["Individual adopter identifier", "Gender"], [5, "x"]]
    )
    found = rows(file)
    assert [type(row) for row in found] == [SetAside] * 4
    assert "new family" in found[1].why
    assert "adopters" in found[3].why


def test_extra_sheets_titles_and_blank_rows_are_accounted_for(tmp_path):
    file = workbook(
        tmp_path,
        Guidance=[["How to fill this in"], [], ["Ask somebody"]],
        List_1=[["Council of Ashmere"], [], CONTACTS, contact(), [None, None], contact(8)],
    )
    found = rows(file)
    assert len(usable(found)) == 2
    assert sum(isinstance(row, Blank) for row in found) == 3
    assert next(row.at.place for row in found if isinstance(row, Usable)) == "sheet List 1, row 4"


def test_headings_nobody_knows_are_kept_and_remarked(tmp_path):
    file = workbook(tmp_path, List_1=[[*CONTACTS, "Ward"], [*contact(), "North"]])
    found = list(load("annex-a").read([file], agency="council", options={}))
    assert any(
        isinstance(row, Remark) and "1 columns that the form does not have" in row.words for row in found
    )
    (row,) = usable(found).values()
    assert row.record.document["extra"]["annex_a"]["other_columns"] == {"ward": "North"}


def test_a_list_without_the_column_it_needs_is_refused_with_its_name(tmp_path):
    file = workbook(tmp_path, List_1=[[*CHILD, "When", "Contact Source"], contact()])
    found = rows(file)
    assert [row.key for row in found] == ["headings", "headings"]
    assert "'date of contact'" in found[0].found
    assert "list 1 (contacts)" in found[0].expected


def test_a_row_without_a_child_is_refused_and_the_next_is_read(tmp_path):
    found = rows(workbook(tmp_path, List_1=[CONTACTS, contact("#N/A"), contact(8)]))
    assert (found[1].key, found[1].at.place) == ("Child Unique ID", "sheet List 1, row 2")
    assert list(usable(found)) == ["annex-a/list-1/8/2024-01-03"]


@pytest.mark.parametrize("day", ["31/02/2024", "3/1/24", "45294", "soon"])
def test_a_date_is_never_guessed(tmp_path, day):
    (row,) = usable(
        rows(workbook(tmp_path, List_1=[CONTACTS, contact(day=day)]), as_of="2024-01-31")
    ).values()
    assert row.record.happened_from is None
    assert row.record.document["extra"]["annex_a"]["row"]["day"] == day
    assert any(note.startswith("not a date: list 1, column day") for note in row.notes)


def test_csv_and_workbook_of_the_same_list_are_the_same_records(tmp_path):
    file = workbook(tmp_path, List_1=[CONTACTS, contact()])
    text = tmp_path / "whatever.csv"
    text.write_text(
        ",".join(CONTACTS) + "\n10001,Female,x,11/02/2010,13,03/01/2024,q) 6: Police\n", encoding="cp1252"
    )
    (one,), (other,) = (usable(rows(each, as_of="2024-01-31")).items() for each in (file, text))
    assert one[0] == other[0]
    assert one[1].record.document == other[1].record.document


def test_a_quotation_mark_that_never_closes_spoils_one_line(tmp_path):
    lines = [f"{n},F,x,11/02/2010,13,03/01/2024,Police" for n in range(1000)]
    lines[400] = '400,F,x,"11/02/2010,13,03/01/2024,Police'
    text = tmp_path / "list.csv"
    text.write_text("\n".join([",".join(CONTACTS), *lines]))
    found = rows(text)
    assert [row.at.place for row in found if isinstance(row, Refused)] == ["line 402"]
    assert len(usable(found)) == 999


def test_a_heading_may_run_over_lines_in_csv(tmp_path):
    text = tmp_path / "list.csv"
    text.write_text(
        ",".join(CONTACTS).replace("Date of Contact", '"Date of\nContact"') + "\n1,,,,,03/01/2024,Police\n"
    )
    assert list(usable(rows(text))) == ["annex-a/list-1/1/2024-01-03"]


def test_references_follow_the_content_and_lists_drawn_later_supersede(tmp_path):
    both = [contact(), contact(source="e) 2A: Schools")]
    kept = []
    for order in (both, both[::-1]):
        found = usable(rows(workbook(tmp_path, List_1=[CONTACTS, *order])))
        kept.append(
            {ref: row.record.document["extra"]["annex_a"]["row"]["source"] for ref, row in found.items()}
        )
    assert kept[0] == kept[1]
    assert len(kept[0]) == 2
    first, later = (
        next(
            iter(usable(rows(workbook(tmp_path, List_1=[CONTACTS, contact()]), as_of=day)).values())
        ).record.revision
        for day in ("2024-01-31", "29/02/2024")
    )
    assert (first, later) == (20240131, 20240229)


def test_a_slip_of_the_pen_does_not_date_the_lists(tmp_path):
    days = [date(2024, 1, 3), date(2024, 1, 9), date(2042, 1, 3)]
    file = workbook(tmp_path, List_1=[CONTACTS, *(contact(n, each) for n, each in enumerate(days, 1))])
    assert {row.record.revision for row in usable(rows(file)).values()} == {20240109}


def test_lists_without_a_day_ask_for_one(tmp_path):
    with pytest.raises(Explained, match="as_of"):
        rows(workbook(tmp_path, List_1=[CONTACTS, contact(day="")]))
    with pytest.raises(Explained, match="as_of"):
        rows(workbook(tmp_path, List_1=[CONTACTS, contact()]), as_of="yesterday")


def test_a_workbook_that_is_none_is_explained(tmp_path):
    file = tmp_path / "annex.xlsx"
    file.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(Explained, match=r"annex\.xlsx"):
        rows(file)


def test_the_published_sample_is_read_to_the_last_row():
    if not SHARED.exists():
        pytest.skip("the published workbook is not here")
    found = rows(SHARED)
    assert len(found) == 70
    assert len(usable(found)) == 49
    assert not [row for row in found if isinstance(row, Refused)]

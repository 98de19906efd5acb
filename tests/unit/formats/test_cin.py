"""The census of children in need: parts of a child as records, read tolerantly, every part accounted for."""

from pathlib import Path

import pytest

import heed.formats.cin
from heed.core.records.explained import Explained
from heed.core.records.kinds import Kind
from heed.formats import load
from heed.formats.cin.rules import rule_words
from heed.formats.contract import Refused, Remark, SetAside, Usable

SAMPLE = Path(heed.formats.cin.__file__).parent / "sample.xml"
SHARED = Path(__file__).parents[4] / "shared/data/cin-census"
HEAD = "<Message><Header><CollectionDetails><ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails></Header>"


def census(*children: str) -> str:
    """A census of these children."""
    return f"{HEAD}<Children>{''.join(children)}</Children></Message>"


def child(
    details: str = "", number: str = "1", more: str = "<PersonBirthDate>2010-02-11</PersonBirthDate>"
) -> str:
    """A child with these details."""
    identifiers = f"<ChildIdentifiers><LAchildID>{number}</LAchildID>{more}</ChildIdentifiers>"
    return f"<Child>{identifiers}{details}</Child>"


def details(inside: str = "", day: str = "2023-06-03") -> str:
    """One referral with these parts."""
    return f"<CINdetails><CINreferralDate>{day}</CINreferralDate>{inside}</CINdetails>"


def rows(tmp_path: Path, text: str | bytes, **options: str):
    """Every row of a census, which comes to what is counted."""
    file = tmp_path / "census.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    cin = load("cin")
    found = [r for r in cin.read([file], agency="council", options=options) if not isinstance(r, Remark)]
    assert [row.at.number for row in found] == list(range(1, cin.count(file) + 1))
    return found


def usable(found) -> dict[str, Usable]:
    """The records by reference."""
    return {row.record.ref: row for row in found if isinstance(row, Usable)}


def test_a_child_becomes_a_referral_an_assessment_an_enquiry_a_conference_and_a_plan(tmp_path):
    found = usable(rows(tmp_path, SAMPLE.read_text()))
    assert {ref: str(row.record.kind) for ref, row in found.items()} == {
        "cin/referral/10001/2024-06-03": "referral",
        "cin/conference/10001/2024-07-01": "meeting",
        "cin/assessment/10001/2024-06-04": "decision",
        "cin/enquiry/10001/2024-06-12": "decision",
        "cin/protection-plan/10001/2024-07-01": "care",
        "cin/review/10001/2024-09-20": "meeting",
        "cin/referral/10004/2025-02-14": "referral",
    }
    assessment = found["cin/assessment/10001/2024-06-04"].record
    assert "child sexual exploitation (11A)" in assessment.text
    assert assessment.observations == ("self_harm",)
    assert assessment.document["extra"]["cin"]["row"]["FactorsIdentifiedAtAssessment"] == {
        "AssessmentFactors": ["10A", "11A", "15A"]
    }
    person = assessment.people[0]
    assert (person.ref, person.born, person.ids) == ("10001", "2010-02-11", {"upn": "B801200005001"})
    assert found["cin/protection-plan/10001/2024-07-01"].record.happened_to is None


def test_ethnicity_goes_nowhere(tmp_path):
    text = SAMPLE.read_text().replace("NOBT", "WBRI")
    assert "WBRI" not in str([row.record.document for row in usable(rows(tmp_path, text)).values()])


def test_an_unborn_child_has_an_expected_day_and_no_birth(tmp_path):
    person = usable(rows(tmp_path, SAMPLE.read_text()))["cin/referral/10004/2025-02-14"].record.document[
        "people"
    ][0]
    assert "born" not in person
    assert person["extra"] == {"upn_unknown": "UN7", "expected": "2025-05-20"}


@pytest.mark.parametrize(
    ("spelling", "decision"),
    [("1", "no_further_action"), ("true", "no_further_action"), ("0", "support"), ("false", "support")],
)
def test_both_spellings_of_yes_and_no_answer_a_referral(tmp_path, spelling, decision):
    text = census(child(details(f"<ReferralNFA>{spelling}</ReferralNFA>")))
    (row,) = usable(rows(tmp_path, text)).values()
    assert row.record.answer.decision == decision
    assert not [note for note in row.notes if note.startswith("yes or no")]


def test_a_referral_that_says_nothing_of_an_answer_is_still_owed_one(tmp_path):
    (row,) = usable(rows(tmp_path, census(child(details("<ReferralNFA>maybe</ReferralNFA>"))))).values()
    assert row.record.answer is None
    assert any(note.startswith("yes or no: ReferralNFA") for note in row.notes)


@pytest.mark.parametrize(
    ("year", "code", "sex"), [("2023", "2", "F"), ("2023", "9", "U"), ("2025", "F", "F")]
)
def test_sex_is_read_by_the_codes_of_its_year(tmp_path, year, code, sex):
    tag = "Sex" if code.isalpha() else "GenderCurrent"
    text = census(child(details(), more=f"<{tag}>{code}</{tag}>"))
    (row,) = usable(rows(tmp_path, text, collection_year=year)).values()
    assert row.record.document["people"][0]["sex"] == sex


def test_stray_text_unknown_elements_and_any_order_are_kept_and_told(tmp_path):
    odd = (
        "<CINdetails>nobody's words<ReferralNFA>0</ReferralNFA><PreProceedings><Date>2023-07-01</Date>"
        "</PreProceedings><CINreferralDate>2023-06-03</CINreferralDate></CINdetails>"
    )
    text = census(f"<Child>{odd}<ChildIdentifiers>stray<LAchildID>1</LAchildID></ChildIdentifiers></Child>")
    (row,) = usable(rows(tmp_path, text)).values()
    assert row.record.ref == "cin/referral/1/2023-06-03"
    kept = row.record.document["extra"]["cin"]["row"]
    assert kept["PreProceedings"] == {"Date": "2023-07-01"}
    assert kept["stray_text"] == "nobody's words"
    assert row.record.document["people"][0]["extra"]["stray_text"] == ["stray"]
    kinds = [note.partition(":")[0] for note in row.notes]
    assert kinds.count("stray text") == 2
    assert kinds.count("unknown element") == 1
    assert "nobody" not in str(row.notes)


def test_a_child_with_nothing_else_is_in_the_census(tmp_path):
    (row,) = usable(rows(tmp_path, census(child()))).values()
    assert (row.record.kind, row.record.ref) == (Kind.CARE, "cin/child/1")
    assert (row.record.happened_from.text, row.record.happened_to.text) == ("2023-04-01", "2024-03-31")


def test_a_child_without_a_number_is_refused_with_all_its_parts(tmp_path):
    found = rows(tmp_path, census(child(details(), number=""), child(details(), number="2")))
    assert [(type(row), row.at.number) for row in found[:2]] == [(Refused, 1), (Refused, 2)]
    assert found[0].key == "LAchildID"
    assert list(usable(found)) == ["cin/referral/2/2023-06-03"]


def test_a_file_that_breaks_gives_what_was_whole_before(tmp_path):
    text = census(child(details()), child(details(), number="2"))
    found = rows(tmp_path, text[: text.rindex("</CINdetails>")])
    assert list(usable(found)) == ["cin/referral/1/2023-06-03"]
    assert [row.key for row in found if isinstance(row, Refused)] == ["Child", "CINdetails", "file"]
    assert "line 1" in found[-1].at.place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML at all",
        '<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>',
        '<!DOCTYPE a SYSTEM "file:///etc/hostname"><Message/>',
        "<Child>" * 100_000,
        '<?xml version="1.0" encoding="nothing"?><Message/>',
        "<Message>\0</Message>",
    ],
    ids=["empty", "words", "entity", "outside", "deep", "encoding", "nul"],
)
def test_what_is_no_census_is_refused_in_words(tmp_path, text):
    found = rows(tmp_path, text)
    assert found
    assert {type(row) for row in found} == {Refused}
    assert found[-1].key == "file"


def test_a_child_of_more_parts_than_any_honest_one_is_refused_whole(tmp_path):
    found = rows(tmp_path, census(child(details("<Assessments/>" * 20_001)), child(details(), number="2")))
    assert not usable(found)
    assert "more than 20000 elements in one Child" in found[-1].found


def test_parts_outside_a_child_are_refused_by_name(tmp_path):
    found = rows(tmp_path, census(details(), child(details())))
    assert (found[0].key, found[0].expected) == ("CINdetails", "an element inside Child or Header")
    assert len(usable(found)) == 1


def test_references_follow_the_content_not_the_order(tmp_path):
    parts = [
        "<ChildProtectionPlans><CPPstartDate>2023-07-01</CPPstartDate><LatestCategoryOfAbuse>NEG"
        "</LatestCategoryOfAbuse></ChildProtectionPlans>",
        "<ChildProtectionPlans><CPPstartDate>2023-07-01</CPPstartDate></ChildProtectionPlans>",
    ]
    one, other = (
        {ref: row.record.document["extra"]["cin"]["row"] for ref, row in usable(found).items()}
        for found in (
            rows(tmp_path, census(child(details("".join(parts))))),
            rows(tmp_path, census(child(details("".join(reversed(parts)))))),
        )
    )
    assert one == other
    assert "cin/protection-plan/1/2023-07-01/2" in one


def test_the_same_child_twice_keeps_two_records_and_is_told(tmp_path):
    plan = "<CINPlanDates><CINPlanStartDate>2023-07-01</CINPlanStartDate></CINPlanDates>"
    found = usable(rows(tmp_path, census(child(details()), child(details(plan)))))
    assert {"cin/referral/1/2023-06-03", "cin/plan/1/2023-07-01"} <= found.keys()
    assert any(note.startswith("8510") for note in found["cin/referral/1/2023-06-03"].notes)


@pytest.mark.parametrize(
    ("rule", "more", "inside"),
    [
        ("1510", "<UPN>A801200005001</UPN>", ""),
        ("1530", "<UPN>B999200005001</UPN>", ""),
        ("1540", "<UPN>B8012A0005001</UPN>", ""),
        ("1550", "<UPN>B80120000500O</UPN>", ""),
        ("8525Q", "", ""),
        (
            "8525Q",
            "<PersonBirthDate>2010-01-01</PersonBirthDate><ExpectedPersonBirthDate>2010-01-01</ExpectedPersonBirthDate>",
            "",
        ),
        ("8630", "", "<CINclosureDate>2023-06-02</CINclosureDate>"),
    ],
)
def test_rules_are_told_by_number_and_refuse_nobody(tmp_path, rule, more, inside):
    (row,) = usable(rows(tmp_path, census(child(details(inside), more=more)))).values()
    assert f"{rule}: {rule_words()[rule]}" in row.notes


def test_a_right_pupil_number_breaks_no_rule(tmp_path):
    (row,) = usable(rows(tmp_path, census(child(details(), more="<UPN>B801200005001</UPN>")))).values()
    assert not [note for note in row.notes if note.startswith("15")]


def test_reviews_and_plans_are_held_against_their_rules(tmp_path):
    plan = "<ChildProtectionPlans><CPPstartDate>2023-07-{}</CPPstartDate>{}</ChildProtectionPlans>"
    early = "<Reviews><CPPreviewDate>2023-07-01</CPPreviewDate></Reviews>"
    text = census(child(details(plan.format("01", early) + plan.format("09", ""))))
    found = usable(rows(tmp_path, text))
    first = [note[:4] for note in found["cin/protection-plan/1/2023-07-01"].notes]
    assert first == ["8841", "8935"]


def test_a_later_submission_supersedes_and_a_year_can_be_named(tmp_path):
    text = census(child(details()))
    first, again, later = (
        next(iter(usable(rows(tmp_path, text, **options)).values())).record.revision
        for options in ({}, {"submission": "2"}, {"collection_year": "2024/25"})
    )
    assert (first, again, later) == (202401, 202402, 202501)


def test_a_census_without_any_day_asks_for_its_year(tmp_path):
    text = f"<Message><Children>{child(details(day=''))}</Children></Message>"
    with pytest.raises(Explained, match="--collection-year"):
        rows(tmp_path, text)


def test_other_files_of_a_folder_are_set_aside(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing")
    (row,) = load("cin").read([tmp_path], agency="council", options={})
    assert isinstance(row, SetAside)


def test_the_sample_is_valid_by_the_department_s_schema():
    xsd = SHARED / "CIN_schema_2025.xsd"
    if not xsd.exists():
        pytest.skip("the Department's schemas are not here")
    xmlschema = pytest.importorskip("xmlschema")
    xmlschema.XMLSchema(xsd).validate(SAMPLE)

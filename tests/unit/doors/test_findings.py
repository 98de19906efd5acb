"""The door to findings: for whom one is there, and how much of it."""

from datetime import timedelta

import pytest

from heed.casework.actions.duties import open_for_finding
from heed.casework.doors import findings, noticed
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Duty, Entry
from tests import case_story, personas
from tests.case_story import NOW, PLACE

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.noticed()
    return people


def page(who):
    return findings.finding(viewer=viewer_for(who, NOW), id=PLACE, now=NOW)


def listed(who):
    return findings.listed(viewer=viewer_for(who, NOW), page=1, each=25, now=NOW)[0]


def test_whoever_sees_no_child_of_it_is_told_there_is_none(people):
    assert page(people.carl) is None
    assert listed(people.carl) == []
    assert Entry.objects.filter(kind="refusal").count() == 1


def test_whoever_sees_one_child_learns_that_there_is_more_and_whom_to_ask(people):
    found = page(people.rosa)
    assert not found.summary.full
    assert (found.summary.statement, found.hubs, found.against, found.denominator) == ("", (), (), "")
    assert (found.chance, found.terms, found.evidence) == (None, (), ())
    assert [child.name for child in found.seen] == ["Aylah Marsh"]
    assert [child.agencies for child in found.unseen_children] == [("health", "police"), ("health",)]
    assert [(each.agencies, each.count) for each in found.unseen_evidence] == [
        (("health",), None),
        (("police",), None),
    ]
    assert set(found.contacts) == {"health", "police"}


def test_whoever_sees_every_record_reads_all_of_it(people):
    for key in ("social_care 10233", "police c-288", "health p-10"):
        case_story.works_with(people.sam, key)
    found = page(people.sam)
    assert found.summary.full
    assert found.summary.statement.startswith("Three children")
    assert [(each.ref, each.hubs) for each in found.evidence] == [
        ("MIS-0002", ("ZZ12CD|12 MILL STREET",)),
        ("MIS-0005", ("ZZ12CD|12 MILL STREET",)),
        ("INT-5", ("ZZ12CD|12 MILL STREET",)),
        ("GP-5", ("ZZ12CD|12 MILL STREET",)),
    ]
    assert found.unseen_children == found.unseen_evidence == ()


def test_one_record_out_of_sight_keeps_the_sentence_back(people):
    for key in ("social_care 10233", "police c-288"):
        case_story.works_with(people.sam, key)
    assert not page(people.sam).summary.full


def test_whoever_owes_the_answer_reads_the_sentence_before_seeing_a_child(people):
    open_for_finding(finding_id=PLACE, statement="", children_sources=[("health", "p-10")], now=NOW)
    owner = Duty.objects.get(finding=PLACE).owner
    found = page(owner)
    assert found.summary.full
    assert [each.yours for each in found.duties] == [True]


def test_every_look_at_a_finding_names_the_records_that_were_shown(people):
    page(people.rosa)
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.subject) == ("consultation", f"finding:{PLACE}")


def test_a_second_look_knows_when_the_first_was_and_only_ones_own(people):
    assert page(people.rosa).looked_before is None
    assert page(people.rosa).looked_before == NOW
    case_story.works_with(people.sam, "social_care 10233")
    assert page(people.sam).looked_before is None


def test_a_finding_stands_until_a_week_goes_by_without_it(people):
    assert listed(people.rosa)[0].stands
    case_story.noticed(as_of=(NOW - timedelta(days=9)).date())
    assert not listed(people.rosa)[0].stands


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_findings(
    people, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        noticed.summaries(viewer_for(people.sam, NOW), [PLACE], NOW)

"""Deadlines beside the answer: what begins them, who owes them, by when, and that silence climbs."""

from datetime import timedelta

import pytest

from heed.casework.actions.duties import answer, escalate_due
from heed.casework.actions.duties.following import begin
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Duty, Relationship
from heed.casework.policy import policy
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import standing
from tests.tables import rows

pytestmark = pytest.mark.django_db
WHY = "she told her teacher what happened"
STATUTORY = rows("""
deadline                     | limit            | begins
feedback_to_referrer         | 24 clock hours   | told
child_seen                   | 24 clock hours   | section_47_enquiry
child_seen                   | 24 clock hours   | strategy_discussion
strategy_discussion_recorded | 1 working day    | strategy_discussion
assessment                   | 45 working days  | assessment
initial_conference           | 15 working days  | section_47_enquiry
core_group                   | 10 working days  | initial_conference
core_group_again             | 42 calendar days | core_group
first_review_conference      | 91 calendar days | initial_conference
later_review_conference      | 182 calendar days| first_review_conference
return_interview             | 72 clock hours   | returned
police_protection            | 72 clock hours   | by_hand
emergency_protection_order   | 8 calendar days  | by_hand
allegation_about_a_worker    | 1 working day    | by_hand
trafficking_reasonable_grounds | 5 working days | by_hand
trafficking_conclusive_grounds | 30 calendar days | trafficking_reasonable_grounds
serious_incident_notification | 5 working days  | by_hand
rapid_review                 | 15 working days  | serious_incident_notification
local_review                 | 182 calendar days | rapid_review
subject_access               | 30 calendar days | by_hand
data_breach                  | 72 clock hours   | by_hand
""")


@pytest.fixture
def people():
    return standing()


@pytest.fixture
def duty(people):
    receive(record=concern(), by=people.rosa, now=MONDAY)
    return Duty.objects.get()


def begun(name):
    return Duty.objects.filter(about=f"deadline:{name}")


@pytest.mark.parametrize("row", STATUTORY, ids=lambda row: f"{row['deadline']} {row['begins']}")
def test_every_deadline_of_the_field_is_here_with_its_reasons(row):
    each = policy().deadlines[row["deadline"]]
    ways = {
        *each.answered,
        *each.done,
        *(["told"] if each.told else []),
        *(["by_hand"] if each.by_hand else []),
    }
    ways |= {"returned"} if each.returned_within_days else set()
    assert str(each.limit) == row["limit"]
    assert row["begins"] in ways
    assert each.source
    assert each.owner
    assert each.effective_from < each.review_date


def test_the_table_is_all_of_them():
    assert {row["deadline"] for row in STATUTORY} == set(policy().deadlines)


def test_an_enquiry_begins_what_the_law_asks(people, duty):
    answer(duty=duty, by=people.sam, decision="section_47_enquiry", reason=WHY, now=MONDAY)
    names = {each.about.removeprefix("deadline:") for each in Duty.objects.exclude(about="")}
    assert names == {"child_seen", "assessment", "initial_conference"}
    seen = begun("child_seen").get()
    assert (seen.owner, seen.due_at) == (people.sam, MONDAY + timedelta(hours=24))
    assert Relationship.objects.filter(duty=seen, professional=people.sam, source_ref="p-7").exists()
    assert begun("initial_conference").get().due_at == MONDAY + timedelta(days=21)
    assert check().faults == []


def test_what_is_done_begins_what_comes_next_and_a_refusal_begins_nothing(people, duty):
    answer(duty=duty, by=people.sam, decision="section_47_enquiry", reason=WHY, now=MONDAY)
    conference = begun("initial_conference").get()
    answer(duty=conference, by=conference.owner, decision="done", reason=WHY, now=MONDAY)
    group = begun("core_group").get()
    answer(duty=group, by=group.owner, decision="no_further_action", reason=WHY, now=MONDAY)
    assert not begun("core_group_again").exists()
    assert begun("first_review_conference").get().due_at == MONDAY + timedelta(days=91)


def test_silence_climbs(people, duty):
    answer(duty=duty, by=people.sam, decision="section_47_enquiry", reason=WHY, now=MONDAY)
    (climb,) = escalate_due(now=MONDAY + timedelta(hours=24))
    assert climb.reference == begun("child_seen").get().reference


def test_whoever_referred_and_does_not_sign_in_is_told_by_somebody(people):
    receive(record=concern(), by=None, now=MONDAY)
    answer(duty=Duty.objects.get(), by=people.sam, decision="no_further_action", reason=WHY, now=MONDAY)
    assert begun("feedback_to_referrer").get().due_at == MONDAY + timedelta(hours=24)


class TestReturn:
    def missing(self, people, **more):
        told = {"category": "missing", "risk": "medium", "risk_reason": "third time this month"}
        times = {"happened_from": "2026-11-14T22:00:00+00:00", **more}
        return concern("M-1", agency="police", kind="missing", missing=told, **times)

    def test_within_72_hours_of_return_whatever_the_day(self, people):
        receive(record=self.missing(people), by=None, now=MONDAY)
        assert not begun("return_interview").exists()
        back = self.missing(people, happened_to="2026-11-16T06:00:00+00:00", revision=2)
        receive(record=back, by=None, now=MONDAY)
        duty = begun("return_interview").get()
        assert duty.owing_agency_id == "social_care"
        assert duty.due_at == MONDAY - timedelta(hours=4) + timedelta(hours=72)
        assert check().faults == []

    def test_once_for_each_episode_and_never_for_long_ago(self, people):
        for revision in (1, 2):
            back = self.missing(
                people, happened_to="2026-11-16T06:00:00+00:00", revision=revision, text=f"{revision}"
            )
            receive(record=back, by=None, now=MONDAY)
        assert begun("return_interview").count() == 1
        old = concern(
            "M-0", agency="police", kind="missing", happened_from="2009-03-14", happened_to="2009-03-15",
            missing={"category": "missing", "risk": "low", "risk_reason": "known"},
        )  # fmt: skip
        receive(record=old, by=None, now=MONDAY)
        assert begun("return_interview").count() == 1


def test_some_are_begun_by_hand_and_only_those(people, duty):
    made = begin(
        duty=duty, name="data_breach", words="a letter to the wrong house", by=people.sam, now=MONDAY
    )
    assert made.due_at == MONDAY + timedelta(hours=72)
    with pytest.raises(Explained, match="no deadline that is begun by hand"):
        begin(duty=duty, name="core_group", words=WHY, by=people.sam, now=MONDAY)
    assert check().faults == []

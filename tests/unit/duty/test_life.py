"""A duty from opening to answer: who owes, who sees, what the raiser reads, and what silence does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from heed.casework.actions.duties import (
    NotEnough,
    NotYours,
    Overtaken,
    accept,
    acknowledge,
    answer,
    disagree,
    escalate_due,
    hand_over,
    open_for_finding,
    raise_after_refusal,
)  # fmt: skip
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Agency, Duty, Entry, Post, Professional, Relationship, Source
from heed.casework.owed import owed
from heed.casework.sealing.rows import words_of
from heed.casework.tick import tick
from tests.concerns import MONDAY, NO_FURTHER_ACTION, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
REASON = "we have spoken with the school"


@pytest.fixture
def people():
    return standing()


@pytest.fixture
def duty(people):
    receive(record=concern(), by=people.rosa, now=MONDAY)
    return Duty.objects.get()


@pytest.fixture(autouse=True)
def ledger_stays_true(db):
    yield
    assert check().faults == []


def said(step):
    return words_of([step])[0]


def fresh(duty):
    return Duty.objects.get(pk=duty.pk)


def sights_of(duty):
    given = Relationship.objects.filter(duty=duty).order_by("professional")
    return list(given.values_list("professional", "since", "until", "basis"))


def kinds(duty):
    return [step.kind for step in duty.steps.all()]


class TestOpening:
    def test_a_concern_has_a_named_owner_and_a_deadline(self, people, duty):
        assert (duty.owner, duty.due_at, duty.rung, duty.state) == (people.sam, TUESDAY, 0, "open")
        assert (duty.owing_agency_id, duty.raising_agency_id, duty.raiser) == (
            "social_care",
            "school",
            people.rosa,
        )

    def test_the_first_agency_that_was_told_owes(self, people):
        told = [
            {"agency": "school", "name": "Head"},
            {"agency": "police", "name": "Desk"},
            {"agency": "health", "name": "X"},
        ]
        receive(record=concern(told=told), by=None, now=MONDAY)
        assert Duty.objects.get().owing_agency_id == "police"

    def test_an_unknown_agency_that_was_told_owes_nothing(self, people):
        receive(record=concern(told=[{"agency": "the_moon", "name": "X"}]), by=None, now=MONDAY)
        assert Duty.objects.get().owing_agency_id == "social_care"
        assert not Agency.objects.filter(pk="the_moon").exists()

    def test_whoever_owes_may_see_the_child_while_it_lasts(self, people, duty):
        sight = Relationship.objects.get(professional=people.sam)
        assert (sight.source_agency, sight.source_ref) == ("school", "p-7")
        assert (sight.since, sight.until) == (MONDAY, duty.due_at + timedelta(days=90))

    def test_an_imported_raiser_is_kept_as_words(self, people):
        receive(record=concern(), by=None, now=MONDAY)
        assert Duty.objects.get().raiser_name == "R. Bell, pastoral lead"

    def test_the_clock_starts_when_heed_received_it(self, people):
        receive(record=concern(recorded_at="2009-03-15T09:00:00+00:00"), by=None, now=MONDAY)
        assert Duty.objects.get().opened_at == MONDAY

    def test_a_finding_opens_one_duty_however_often_it_is_noticed(self, people):
        first = open_for_finding(
            finding_id="f:1", statement="Four.", children_sources=["school p-7"], now=MONDAY
        )
        again = open_for_finding(
            finding_id="f:1", statement="Five.", children_sources=[("school", "p-7")], now=TUESDAY
        )
        assert first == again
        assert first.owner == people.sam
        assert said(first.steps.get()) == "Four."
        assert Relationship.objects.get().professional == people.sam

    def test_a_record_about_no_child_is_owed_too(self, people):
        receive(record=concern(kind="complaint", people=[]), by=None, now=MONDAY)
        assert Duty.objects.get().owner == people.sam
        tick(TUESDAY)
        assert Duty.objects.get().rung == 1


class TestHolders:
    def test_when_nobody_active_holds_the_post_the_next_one_up_owes(self, people):
        Professional.objects.filter(pk=people.sam.pk).update(is_active=False)
        Professional.objects.filter(username="social_care.duty_person").update(is_active=False)
        receive(record=concern(), by=None, now=MONDAY)
        assert Duty.objects.get().owner == people.lena, "a named person, before a placeholder of a lower post"

    def test_when_a_whole_agency_is_gone_the_partnership_owes(self, people):
        Professional.objects.filter(agency="social_care").update(is_active=False)
        receive(record=concern(), by=None, now=MONDAY)
        assert Duty.objects.get().owner.agency_id == "partnership"

    def test_a_named_person_comes_before_a_placeholder(self, people):
        assert Post.objects.filter(agency="social_care", post="duty_person").first().holder == people.sam

    def test_placeholders_cannot_sign_in(self, people):
        assert not Professional.objects.get(username="social_care.executive").has_usable_password()


class TestAnswering:
    def test_an_answer_needs_a_decision_and_a_reason(self, people, duty):
        with pytest.raises(NotEnough, match="not a decision"):
            answer(duty=duty, by=people.sam, decision="fine", reason=REASON, now=MONDAY)
        with pytest.raises(NotEnough, match="at least 10"):
            answer(duty=duty, by=people.sam, decision="assessment", reason="  because ", now=MONDAY)
        assert fresh(duty).state == "open"

    def test_the_raiser_reads_who_decided_what_and_why(self, people, duty):
        answer(duty=duty, by=people.sam, decision="no_further_action", reason=REASON, now=MONDAY)
        step = fresh(duty).steps.last()
        assert (step.by, step.decision, said(step)) == (people.sam, "no_further_action", REASON)
        assert (fresh(duty).state, fresh(duty).due_at) == ("answered", None)

    def test_sight_ends_four_weeks_after_the_answer(self, people, duty):
        answer(duty=duty, by=people.sam, decision="assessment", reason=REASON, now=MONDAY)
        until = Relationship.objects.filter(duty=duty).values_list("until", flat=True)
        assert list(until) == [MONDAY + timedelta(days=28)]

    def test_only_the_owner_or_somebody_above_answers(self, people, duty):
        for other in (people.carl, people.rosa):
            with pytest.raises(NotYours):
                answer(duty=duty, by=other, decision="assessment", reason=REASON, now=MONDAY)
        answer(duty=duty, by=people.lena, decision="assessment", reason=REASON, now=MONDAY)
        assert fresh(duty).steps.last().by == people.lena

    def test_seeing_it_changes_no_deadline(self, people, duty):
        acknowledge(duty=duty, by=people.sam, now=MONDAY)
        assert (fresh(duty).state, fresh(duty).due_at) == ("acknowledged", TUESDAY)
        with pytest.raises(NotYours):
            acknowledge(duty=fresh(duty), by=people.lena, now=MONDAY)

    def test_two_who_act_at_once_cannot_both(self, people, duty):
        seen_by_another = fresh(duty)
        answer(duty=duty, by=people.sam, decision="assessment", reason=REASON, now=MONDAY)
        with pytest.raises(Overtaken, match="moved by somebody else"):
            acknowledge(duty=seen_by_another, by=people.sam, now=MONDAY)
        with pytest.raises(Overtaken, match="answered cannot be"):
            answer(duty=fresh(duty), by=people.sam, decision="assessment", reason=REASON, now=MONDAY)
        assert kinds(duty) == ["opened", "answered"]


class TestHandingOver:
    def test_the_owner_owes_until_the_other_accepts(self, people, duty):
        hand_over(duty=duty, by=people.sam, to=people.lena, words="on leave from tomorrow", now=MONDAY)
        assert (fresh(duty).owner, fresh(duty).offered_to) == (people.sam, people.lena)
        with pytest.raises(NotYours):
            accept(duty=fresh(duty), by=people.carl, now=MONDAY)
        accept(duty=fresh(duty), by=people.lena, now=MONDAY)
        after = fresh(duty)
        assert (after.owner, after.offered_to, after.due_at, after.state) == (
            people.lena,
            None,
            TUESDAY,
            "acknowledged",
        )
        assert Relationship.objects.filter(professional=people.lena).exists()

    def test_not_to_oneself_nor_to_another_agency(self, people, duty):
        for to in (people.sam, people.carl):
            with pytest.raises(NotEnough):
                hand_over(duty=duty, by=people.sam, to=to, words="", now=MONDAY)
        with pytest.raises(NotYours):
            hand_over(duty=duty, by=people.lena, to=people.sam, words="", now=MONDAY)


class TestDisagreeing:
    def test_it_opens_again_one_rung_higher(self, people, duty):
        answer(duty=duty, by=people.sam, decision="no_further_action", reason=REASON, now=MONDAY)
        disagree(duty=fresh(duty), by=people.rosa, words="nobody has seen the child", now=TUESDAY)
        after = fresh(duty)
        assert (after.state, after.rung) == ("open", 1)
        assert after.due_at == TUESDAY + timedelta(days=2)
        assert Relationship.objects.filter(professional=people.lena).exists()

    def test_also_before_there_is_an_answer(self, people, duty):
        disagree(duty=duty, by=people.rosa, words="this cannot wait until tomorrow", now=MONDAY)
        assert fresh(duty).rung == 1

    def test_not_without_words_and_not_by_the_owner(self, people, duty):
        with pytest.raises(NotEnough):
            disagree(duty=duty, by=people.rosa, words="no", now=MONDAY)
        with pytest.raises(NotYours):
            disagree(duty=duty, by=people.sam, words="I do not want to answer it", now=MONDAY)


class TestAgainAfterRefusal:
    """The same child again after somebody decided not to act."""

    def refuse(self, people, duty):
        answer(duty=duty, by=people.sam, decision="no_further_action", reason=REASON, now=MONDAY)

    def second(self, people, **more):
        receive(record=concern("C-2", **more), by=people.rosa, now=TUESDAY)
        return Duty.objects.get(record__ref="C-2")

    def test_it_opens_one_rung_higher_and_names_who_refused(self, people, duty):
        self.refuse(people, duty)
        again = self.second(people)
        assert again.rung == 1
        assert "Sam Oduya" in said(again.steps.get())
        assert duty.reference in said(again.steps.get())

    def test_not_after_an_answer_that_acted(self, people, duty):
        answer(duty=duty, by=people.sam, decision="assessment", reason=REASON, now=MONDAY)
        assert self.second(people).rung == 0

    def test_not_for_another_child(self, people, duty):
        self.refuse(people, duty)
        assert self.second(people, child="p-8").rung == 0

    def test_not_when_it_is_long_ago(self, people, duty):
        self.refuse(people, duty)
        receive(record=concern("C-2"), by=people.rosa, now=MONDAY + timedelta(days=366))
        assert Duty.objects.get(record__ref="C-2").rung == 0

    def test_also_when_an_agency_refused_in_its_own_record(self, people):
        receive(record=concern("C-1", answer=NO_FURTHER_ACTION), by=None, now=MONDAY)
        again = self.second(people, recorded_at="2026-11-17T09:00:00+00:00")
        assert again.rung == 1
        assert "T. Lowe, sergeant, record school C-1" in said(again.steps.get())

    def test_once_linking_says_who_the_child_is(self, people, duty):
        self.refuse(people, duty)
        again = self.second(people, agency="police", child=None)
        assert again.rung == 0
        one = Source.objects.get(key="school p-7").person
        Source.objects.filter(key="police C-2#0").update(person=one)
        assert raise_after_refusal(records=[again.record_id], by=None, now=TUESDAY) == [again.reference]
        assert raise_after_refusal(records=[again.record_id], by=None, now=TUESDAY) == []
        assert (fresh(again).rung, fresh(again).due_at) == (1, again.due_at)
        assert "Sam Oduya" in said(fresh(again).steps.last())


class TestSilence:
    def test_before_the_deadline_nothing_moves(self, people, duty):
        assert escalate_due(now=TUESDAY - timedelta(seconds=1)) == []
        assert fresh(duty).rung == 0

    def test_at_the_deadline_it_climbs_and_both_leads_see_it(self, people, duty):
        (climb,) = escalate_due(now=TUESDAY)
        assert (climb.reference, climb.rung, climb.at) == (duty.reference, 1, TUESDAY)
        words = said(fresh(duty).steps.last())
        assert "Lena Holt" in words
        assert "Designated lead of Schools" in words
        assert Relationship.objects.filter(professional=people.lena, duty=duty).exists()
        assert Relationship.objects.filter(
            professional__username="school.designated_lead", duty=duty
        ).exists()

    def test_the_same_instant_again_moves_nothing(self, people, duty):
        escalate_due(now=TUESDAY)
        assert escalate_due(now=TUESDAY) == []
        assert Entry.objects.filter(kind="duty").count() == 2

    def test_an_answer_in_time_stops_the_clock(self, people, duty):
        answer(duty=duty, by=people.sam, decision="support", reason=REASON, now=MONDAY)
        assert escalate_due(now=TUESDAY + timedelta(days=99)) == []

    def test_a_clock_that_jumps_gives_the_same_steps_as_one_that_ran(self, people):
        for ref in ("C-1", "C-2"):
            receive(record=concern(ref, child=ref), by=None, now=MONDAY)
        ran, jumped = Duty.objects.order_by("pk")
        Duty.objects.filter(pk=jumped.pk).update(state="answered")  # out of the clock's way for a while
        for day in range(40):
            escalate_due(now=MONDAY + timedelta(days=day))
        Duty.objects.filter(pk=jumped.pk).update(state="open")
        assert len(escalate_due(now=MONDAY + timedelta(days=40))) == 5
        told = [
            [
                (step.kind, step.at, step.rung, step.owner, step.due_at, said(step))
                for step in each.steps.all()
            ]
            for each in (ran, jumped)
        ]
        assert told[0] == told[1]
        sights = [sights_of(each) for each in (ran, jumped)]
        assert sights[0] == sights[1]

    def test_on_the_top_rung_it_stays_owed_and_is_listed(self, people, duty):
        late = datetime(2027, 6, 1, tzinfo=UTC)
        assert [climb.rung for climb in escalate_due(now=late)] == [1, 2, 3, 4, 5]
        assert escalate_due(now=late) == []
        (listed,) = owed(now=late, overdue_only=True)
        assert (listed.rung, listed.overdue, listed.record) == (5, True, ("school", "C-1"))
        assert fresh(duty).owner == people.lena, "nobody was named above her: it is hers, not a placeholder's"

    def test_the_listing_names_no_child(self, people, duty):
        (listed,) = owed(now=MONDAY)
        assert "Marsh" not in str(listed)
        assert listed.acknowledge_by == MONDAY + timedelta(hours=4)


class TestWorseNews:
    """A newer revision says that the child is in danger now."""

    def test_it_goes_up_and_is_answered_as_soon_as_danger_asks(self, people, duty):
        soon = MONDAY + timedelta(minutes=5)
        receive(record=concern(revision=2, observations=["danger_now"]), by=people.rosa, now=soon)
        duty.refresh_from_db()
        assert (duty.rung, duty.due_at) == (1, soon + timedelta(hours=2))
        assert "revision 2" in said(duty.steps.get(number=2))
        receive(
            record=concern(revision=3, observations=["danger_now"]),
            by=people.rosa,
            now=soon + timedelta(hours=1),
        )
        duty.refresh_from_db()
        assert (duty.rung, duty.due_at) == (1, soon + timedelta(hours=2)), "said again it gets no more time"
        assert check().faults == []

    def test_what_was_answered_before_it_was_known_is_owed_again(self, people, duty):
        answer(duty=duty, by=people.sam, decision="child_seen", reason="we are with her", now=MONDAY)
        receive(record=concern(revision=2, observations=["danger_now"]), by=people.rosa, now=MONDAY)
        duty.refresh_from_db()
        assert (duty.state, duty.level, duty.due_at) == ("open", "high", MONDAY + timedelta(hours=2))


def test_what_a_leaver_owed_on_the_top_rung_is_passed_on_with_its_deadline(duty, people):
    tick(MONDAY + timedelta(days=60))
    top = fresh(duty)
    due_at, leaver = top.due_at, top.owner
    successor = Professional.objects.create(
        username="successor", name="N. Ash", agency=leaver.agency, role="director", grade="executive"
    )
    Post.objects.create(agency=leaver.agency, post="executive", holder=successor, order=5)
    Professional.objects.filter(pk=leaver.pk).update(is_active=False)

    tick(MONDAY + timedelta(days=61))

    after = fresh(duty)
    assert after.owner == successor
    assert after.due_at == due_at
    assert kinds(duty)[-1] == "passed_on"
    tick(MONDAY + timedelta(days=62))
    assert kinds(duty).count("passed_on") == 1


def test_to_disagree_with_a_silence_gives_nobody_more_time(duty, people):
    tick(MONDAY + timedelta(days=60))
    due_at = fresh(duty).due_at
    disagree(
        duty=fresh(duty),
        by=people.rosa,
        words="still nobody has answered me",
        now=MONDAY + timedelta(days=61),
    )
    assert fresh(duty).due_at == due_at


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("casework_duty", "level", "high"),
        ("casework_dutystep", "level", "high"),
        ("casework_duty", "recheck_at", "2027-01-01 09:00:00"),
        ("casework_duty", "about", "theme"),
    ],
)
def test_a_level_or_a_day_changed_by_hand_is_found(duty, table, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set {column} = %s", [value])
    assert check().faults, column
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set {column} = %s",
            [{"level": "usual", "recheck_at": None, "about": ""}[column]],
        )

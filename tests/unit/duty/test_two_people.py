"""Closing what is grave, lowering a level, more voices, shorter ways, and a difference about many cases."""

from datetime import timedelta

import pytest

from heed.casework.actions.duties import (
    NotEnough,
    NotYours,
    answer,
    confirm,
    decline,
    disagree,
    escalate_due,
    join,
    lower,
    raise_theme,
    skip,
)
from heed.casework.actions.receive import receive
from heed.casework.doors.duties import duty_file
from heed.casework.doors.viewing import viewer_for
from heed.casework.ledger import check
from heed.casework.models import Duty, Notice, Post, Professional, Relationship
from heed.casework.sealing.rows import words_of
from tests.concerns import MONDAY, NO_FURTHER_ACTION, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = MONDAY + 28 * DAY
WHY = "she is at home and has a plan"


@pytest.fixture(autouse=True)
def ledger_stays_true(db):
    yield
    assert check().faults == []


@pytest.fixture
def people():
    return standing()


@pytest.fixture
def usual(people):
    receive(record=concern(), by=people.rosa, now=MONDAY)
    return Duty.objects.get()


@pytest.fixture
def grave(people):
    receive(record=concern(observations=["danger_now"]), by=people.rosa, now=MONDAY)
    return Duty.objects.get()


def fresh(duty):
    return Duty.objects.get(pk=duty.pk)


def close(duty, people, **how):
    given = {"decision": "no_further_action", "reason": WHY, "recheck_at": LATER, "now": MONDAY} | how
    return answer(duty=fresh(duty), by=people.sam, **given)


class TestClosing:
    def test_what_is_not_grave_is_closed_by_one(self, people, usual):
        assert close(usual, people).state == "answered"

    def test_what_is_grave_waits_for_somebody_of_another_agency_and_stays_owed(self, people, grave):
        assert grave.level == "high"
        close(grave, people)
        assert (fresh(grave).state, fresh(grave).due_at) == ("asked", grave.due_at)
        for who in (people.sam, people.lena):
            with pytest.raises(NotYours):
                confirm(duty=fresh(grave), by=who, words=WHY, now=MONDAY)
        confirm(duty=fresh(grave), by=people.rosa, words="I agree with that", now=MONDAY)
        after = fresh(grave)
        assert (after.state, after.due_at, after.recheck_at) == ("answered", None, LATER)
        assert after.steps.last().decision == "no_further_action"

    def test_a_day_to_look_again_is_asked_for_and_is_soon(self, people, grave):
        for when in (None, MONDAY, MONDAY + 91 * DAY):
            with pytest.raises(NotEnough, match="Say which day"):
                close(grave, people, recheck_at=when)

    def test_on_that_day_it_is_owed_anew(self, people, grave):
        close(grave, people)
        confirm(duty=fresh(grave), by=people.rosa, words="I agree with that", now=MONDAY)
        assert escalate_due(now=LATER - DAY) == []
        (again,) = escalate_due(now=LATER)
        after = fresh(grave)
        assert (again.at, after.state, after.recheck_at, after.owner) == (LATER, "open", None, people.sam)
        assert Relationship.objects.get(duty=grave, professional=people.sam).until > LATER

    def test_whoever_does_not_agree_leaves_it_open(self, people, grave):
        close(grave, people)
        decline(duty=fresh(grave), by=people.rosa, words="nobody has seen her", now=MONDAY)
        assert (fresh(grave).state, fresh(grave).recheck_at) == ("open", None)
        with pytest.raises(NotEnough, match="waits for no second person"):
            confirm(duty=fresh(grave), by=people.rosa, words=WHY, now=MONDAY)

    def test_while_it_waits_silence_climbs(self, people, grave):
        close(grave, people)
        escalate_due(now=grave.due_at)
        assert (fresh(grave).state, fresh(grave).rung) == ("asked", 1)

    def test_an_answer_that_acts_needs_nobody(self, people, grave):
        assert close(grave, people, decision="child_seen", recheck_at=None).state == "answered"

    def test_a_record_that_would_close_it_waits_too(self, people, grave):
        told = concern(revision=2, observations=["danger_now"], answer=NO_FURTHER_ACTION)
        receive(record=told, by=None, now=MONDAY)
        assert fresh(grave).state == "asked"
        with pytest.raises(NotYours):
            confirm(duty=fresh(grave), by=people.rosa, words=WHY, now=MONDAY)  # her agency sent the record
        confirm(duty=fresh(grave), by=people.carl, words=WHY, now=MONDAY)
        assert fresh(grave).state == "answered"

    def test_a_record_closes_it_in_no_words_of_its_own(self, people, grave):
        answer = NO_FURTHER_ACTION | {"decision": "NFA, case closed"}
        receive(record=concern(revision=2, observations=["danger_now"], answer=answer), by=None, now=MONDAY)
        assert fresh(grave).state == "asked"

    @pytest.mark.parametrize("decision", ["NFA", "no_further_action", "support", "Case closed"])
    def test_whoever_tells_of_a_danger_does_not_close_it_in_the_same_breath(self, people, decision):
        answer = NO_FURTHER_ACTION | {"decision": decision}
        receive(record=concern(observations=["danger_now"], answer=answer), by=people.rosa, now=MONDAY)
        duty = Duty.objects.get()
        assert (duty.state, duty.level, duty.due_at) == ("asked", "high", MONDAY + timedelta(hours=2))
        assert Notice.objects.filter(duty=duty, kind="second").exists()
        with pytest.raises(NotYours):
            confirm(duty=fresh(duty), by=people.rosa, words=WHY, now=MONDAY)
        confirm(duty=fresh(duty), by=people.carl, words=WHY, now=MONDAY)
        assert fresh(duty).state == "answered"

    def test_an_answer_without_a_reason_asks_nobody_and_leaves_it_owed(self, people):
        told = concern(observations=["danger_now"], answer={"decision": "NFA"})
        receive(record=told, by=people.rosa, now=MONDAY)
        assert Duty.objects.get().state == "open"

    def test_what_is_not_grave_and_brings_its_answer_opens_nothing(self, people):
        receive(record=concern(answer=NO_FURTHER_ACTION), by=people.rosa, now=MONDAY)
        assert not Duty.objects.exists()
        worse = concern(revision=2, observations=["danger_now"], answer=NO_FURTHER_ACTION)
        receive(record=worse, by=people.rosa, now=MONDAY)
        assert Duty.objects.get().state == "asked"

    @pytest.mark.parametrize("answered", [True, False])
    def test_worse_news_are_heard_before_the_answer_that_comes_with_them(self, people, usual, answered):
        if answered:
            close(usual, people)
        worse = concern(revision=2, observations=["danger_now"], answer=NO_FURTHER_ACTION)
        receive(record=worse, by=people.rosa, now=MONDAY)
        after = fresh(usual)
        assert (after.state, after.level, after.rung) == ("asked", "high", 1)
        assert after.due_at == MONDAY + timedelta(hours=2)

    def test_worse_news_reopen_what_was_answered_before_them(self, people, usual):
        close(usual, people)
        told = concern(revision=2, observations=["danger_now"])
        receive(record=told, by=people.rosa, now=MONDAY)
        assert (fresh(usual).state, fresh(usual).level) == ("open", "high")

    def test_the_same_danger_told_again_reopens_nothing_that_two_have_closed(self, people, grave):
        close(grave, people)
        confirm(duty=fresh(grave), by=people.rosa, words="I agree with that", now=MONDAY)
        receive(record=concern(revision=2, observations=["danger_now"]), by=people.rosa, now=MONDAY)
        assert fresh(grave).state == "answered"

    def test_a_disagreement_ends_the_asking(self, people, grave):
        close(grave, people)
        disagree(duty=fresh(grave), by=people.rosa, words="nobody has seen her", now=MONDAY)
        assert (fresh(grave).state, fresh(grave).rung) == ("open", 1)


class TestLowering:
    def test_it_takes_two_and_the_answer_stays_owed(self, people, grave):
        lower(duty=grave, by=people.sam, words=WHY, recheck_at=LATER, now=MONDAY)
        assert fresh(grave).level == "high"
        confirm(duty=fresh(grave), by=people.rosa, words=WHY, now=MONDAY)
        after = fresh(grave)
        assert (after.level, after.state, after.due_at) == ("usual", "acknowledged", grave.due_at)

    def test_only_by_whoever_owes_it_and_only_what_is_high(self, people, grave):
        with pytest.raises(NotYours):
            lower(duty=grave, by=people.rosa, words=WHY, recheck_at=LATER, now=MONDAY)
        receive(record=concern("C-2"), by=people.rosa, now=MONDAY)
        with pytest.raises(NotEnough, match="not at a high level"):
            lower(
                duty=Duty.objects.get(record__ref="C-2"),
                by=people.sam,
                words=WHY,
                recheck_at=LATER,
                now=MONDAY,
            )


class TestVoices:
    def test_another_voice_adds_itself_and_its_lead(self, people, usual):
        Post.objects.create(agency_id="voluntary", post="designated_lead", holder=people.carl, order=0)
        join(duty=usual, by=people.carl, words="she told us the same", now=MONDAY)
        after = fresh(usual)
        assert (after.state, after.due_at) == ("open", usual.due_at)
        assert Relationship.objects.filter(duty=usual, professional=people.carl).exists()
        with pytest.raises(NotEnough, match="there already"):
            join(duty=after, by=people.carl, words="and again the same", now=MONDAY)
        with pytest.raises(NotEnough, match="there already"):
            join(duty=after, by=people.rosa, words="I raised this myself", now=MONDAY)

    def test_the_lead_of_another_voice_is_told_and_sees_it(self, people, usual):
        gina = Professional.objects.create(
            username="gina", name="Gina", agency_id="voluntary", password="set"
        )
        Post.objects.create(agency_id="voluntary", post="designated_lead", holder=gina, order=0)
        assert duty_file(viewer=viewer_for(gina, MONDAY), reference=usual.reference, now=MONDAY) is None
        join(duty=usual, by=people.carl, words="she told us the same", now=MONDAY)
        assert Notice.objects.get(duty=usual, professional=gina).kind == "voice"
        assert duty_file(viewer=viewer_for(gina, MONDAY), reference=usual.reference, now=MONDAY) is not None

    def test_what_was_answered_is_considered_again(self, people, usual):
        answer(duty=usual, by=people.sam, decision="no_further_action", reason=WHY, now=MONDAY)
        join(duty=fresh(usual), by=people.carl, words="she told us the same", now=MONDAY)
        assert (fresh(usual).state, fresh(usual).owner) == ("open", people.sam)
        assert fresh(usual).due_at == MONDAY + DAY

    def test_danger_skips_rungs_and_is_grave_from_then_on(self, people, usual):
        skip(duty=usual, by=people.rosa, rung=3, words="he is outside her house", now=MONDAY)
        after = fresh(usual)
        assert (after.rung, after.owner, after.level) == (3, people.lena, "high")
        assert after.due_at == MONDAY + timedelta(hours=2)
        with pytest.raises(NotEnough, match="Choose a rung above"):
            skip(duty=after, by=people.rosa, rung=2, words="he is outside her house", now=MONDAY)

    def test_a_difference_about_many_cases(self, people, usual):
        receive(record=concern("C-2", child="p-8"), by=people.rosa, now=MONDAY)
        named = list(Duty.objects.order_by("pk").values_list("reference", flat=True))
        duty = raise_theme(
            agency="social_care",
            words="each of these was closed on a Friday",
            references=named,
            seen=named,
            by=people.rosa,
            now=MONDAY,
        )
        assert (duty.owner, duty.rung, duty.raiser) == (people.lena, 2, people.rosa)
        assert f"Shown by duties {', '.join(named)}" in words_of(duty.steps.all())[0]
        assert escalate_due(now=duty.due_at)[-1].rung == 3
        for wrong in (named[:1], [named[0], "D-999999"]):
            with pytest.raises(NotEnough, match="Name 2 to"):
                raise_theme(
                    agency="social_care", words=WHY, references=wrong, seen=named, by=people.rosa, now=MONDAY
                )

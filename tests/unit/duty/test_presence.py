"""Sickness, leave, leavers and turns on call: an answer is owed by somebody who can be reached."""

from datetime import timedelta

import pytest

from heed.casework.actions.duties import acknowledge, answer, steps
from heed.casework.actions.duties.abouts import owe_never_signed_in
from heed.casework.actions.duties.holders import Board, holder
from heed.casework.actions.people import add, invite
from heed.casework.actions.presence import come_back, go_away, take_turn
from heed.casework.actions.receive import receive
from heed.casework.agencies import ensure
from heed.casework.doors.readiness import readiness
from heed.casework.ledger import check
from heed.casework.models import Duty, Heartbeat, Professional
from heed.casework.models import Post as Held
from heed.casework.sealing.rows import words_of
from heed.casework.tick import climb, tick
from heed.core.duty.posts import Post
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def people():
    return standing()


def owner_of(people, at=MONDAY, ref="C-1"):
    receive(record=concern(ref), by=people.rosa, now=at)
    return Duty.objects.get(record__ref=ref).owner


def test_what_is_new_goes_to_whoever_stands_in(people):
    go_away(who=people.sam, why="sick", since=MONDAY, until=None, by=people.sam, now=MONDAY)
    assert owner_of(people) == people.lena
    come_back(who=people.sam, by=people.lena, now=MONDAY + HOUR)
    assert owner_of(people, MONDAY + HOUR, "C-2") == people.sam


def test_what_somebody_owes_is_passed_on_and_its_deadline_stays(people):
    assert owner_of(people) == people.sam
    due_at = Duty.objects.get().due_at
    go_away(who=people.sam, why="sick", since=MONDAY + HOUR, until=None, by=people.lena, now=MONDAY + HOUR)
    tick(MONDAY + HOUR)
    duty = Duty.objects.get()
    assert (duty.owner, duty.due_at, duty.rung) == (people.lena, due_at, 0)
    tick(MONDAY + 2 * HOUR)
    assert [step.kind for step in duty.steps.all()] == ["opened", "passed_on"]
    assert check().faults == []


class TestNeverSignedIn:
    """Somebody holds a post, and has never chosen a password."""

    @pytest.fixture
    def newt(self, people):
        who = add(username="newt", name="Newt Ash", agency="social_care", role="duty worker", grade="frontline",
                  manager="lena", by=None, now=MONDAY - 9 * DAY)  # fmt: skip
        Held.objects.filter(holder=people.sam).update(order=1)
        Held.objects.create(agency_id="social_care", post="duty_person", holder=who, order=0)
        return who

    def test_they_are_not_asked_while_anybody_else_can_be(self, people, newt):
        assert owner_of(people) == people.sam
        go_away(who=people.sam, why="sick", since=MONDAY, until=None, by=None, now=MONDAY)
        assert owner_of(people, ref="C-2") == people.lena

    def test_their_lead_is_told_as_a_duty_once_and_again_later(self, people, newt):
        (duty,) = owe_never_signed_in(MONDAY)
        assert (duty.about, duty.owner) == (f"sign_in:{newt.pk}", people.lena)
        assert owe_never_signed_in(MONDAY) == []
        answer(duty=duty, by=people.lena, decision="done", reason="she starts on Friday", now=MONDAY)
        assert owe_never_signed_in(MONDAY + 27 * DAY) == []
        assert len(owe_never_signed_in(MONDAY + 29 * DAY)) == 1
        assert check().faults == []

    def test_an_invitation_that_is_still_open_is_no_trouble(self, people, newt):
        invite(username="newt", by=None, now=MONDAY)
        assert owe_never_signed_in(MONDAY + 2 * DAY) == []
        assert len(owe_never_signed_in(MONDAY + 4 * DAY)) == 1

    def test_a_lead_who_never_signed_in_is_the_partnerships_and_nobody_at_all_is_nobodys(self, people, newt):
        for who in (people.lena, people.sam):
            who.set_unusable_password()
            who.save()
        assert owe_never_signed_in(MONDAY) == []
        pia = Professional.objects.create(
            username="pia", name="Pia", agency=ensure("partnership"), password="set"
        )
        Held.objects.create(agency_id="partnership", post="designated_lead", holder=pia, order=0)
        assert {duty.owner for duty in owe_never_signed_in(MONDAY)} == {pia}

    def test_what_they_or_a_placeholder_owed_goes_to_whoever_signs_in_first(self, people, newt):
        for who in (people.lena, people.sam):
            who.set_unusable_password()
            who.save()
        assert owner_of(people) == newt, "nobody can be reached: a name, rather than nobody's"
        people.lena.set_password("chosen at last")
        people.lena.save()
        tick(MONDAY + HOUR)
        duty = Duty.objects.get(record__ref="C-1")
        assert (duty.owner, duty.rung) == (people.lena, 0)
        assert "has never signed in" in words_of(duty.steps.all())[-1]
        assert check().faults == []


def test_a_board_that_remembers_finds_whom_one_that_does_not_would(people):
    """Sick leave, a turn on call that its holder leaves ill and comes back to, its end: at each quarter of an hour."""
    dot = add(username="dot", name="Dot Ames", agency="social_care", role="duty worker", grade="frontline",
               manager="lena", by=None, now=MONDAY - 9 * DAY)  # fmt: skip
    dot.set_password("chosen")
    dot.save()
    go_away(who=people.sam, why="sick", since=MONDAY + HOUR, until=MONDAY + 3 * HOUR, by=None, now=MONDAY)
    take_turn(
        who=dot, post="duty_person", since=MONDAY + 2 * HOUR, until=MONDAY + 4 * HOUR, by=None, now=MONDAY
    )
    go_away(who=dot, why="sick", since=MONDAY + 3 * HOUR, until=MONDAY + 3.5 * HOUR, by=None, now=MONDAY)
    board, found = Board(), []
    for quarter in [*range(24), *reversed(range(24))]:
        at = MONDAY + quarter * HOUR / 4
        found.append(board.holder("social_care", Post.DUTY_PERSON, at))
        assert found[-1] == Board().holder("social_care", Post.DUTY_PERSON, at)
    assert found[:24:4] == [people.sam, people.lena, dot, people.sam, people.sam, people.sam]
    assert found[14] == dot, "she is back, and her turn goes on"


def test_whoever_is_back_in_time_keeps_it(people):
    owner_of(people)
    go_away(who=people.sam, why="off_duty", since=MONDAY, until=MONDAY + HOUR, by=None, now=MONDAY)
    tick(MONDAY)
    assert Duty.objects.get().owner == people.sam


def test_when_everybody_is_away_it_stays_with_somebody_who_comes_back(people):
    owner_of(people)
    for who in (people.sam, people.lena):
        go_away(who=who, why="leave", since=MONDAY, until=MONDAY + 9 * DAY, by=None, now=MONDAY)
    tick(MONDAY)
    assert Duty.objects.get().owner == people.sam


def test_whoever_is_on_call_is_asked_first(people):
    take_turn(
        who=people.lena, post="duty_person", since=MONDAY, until=MONDAY + HOUR, by=people.lena, now=MONDAY
    )
    assert owner_of(people) == people.lena
    assert owner_of(people, MONDAY + HOUR, "C-2") == people.sam


def test_nobody_says_it_of_somebody_at_another_agency(people):
    with pytest.raises(Explained, match="Only Sam Oduya"):
        go_away(who=people.sam, why="sick", since=MONDAY, until=None, by=people.carl, now=MONDAY)
    with pytest.raises(Explained, match="no reason"):
        go_away(who=people.sam, why="asleep", since=MONDAY, until=None, by=None, now=MONDAY)
    with pytest.raises(Explained, match="still to come"):
        go_away(who=people.sam, why="sick", since=MONDAY, until=MONDAY, by=None, now=MONDAY)
    with pytest.raises(Explained, match="not away"):
        come_back(who=people.sam, by=None, now=MONDAY)


def test_said_again_the_later_word_counts(people):
    go_away(who=people.sam, why="sick", since=MONDAY, until=None, by=None, now=MONDAY)
    go_away(who=people.sam, why="leave", since=MONDAY, until=MONDAY + DAY, by=None, now=MONDAY)
    assert holder("social_care", Post.DUTY_PERSON, MONDAY) == people.lena
    assert holder("social_care", Post.DUTY_PERSON, MONDAY + DAY) == people.sam


def test_to_see_it_does_not_keep_it(people):
    owner_of(people)
    acknowledge(duty=Duty.objects.get(), by=people.sam, now=MONDAY)
    go_away(who=people.sam, why="sick", since=MONDAY, until=None, by=None, now=MONDAY)
    tick(MONDAY)
    assert (Duty.objects.get().owner, Duty.objects.get().state) == (people.lena, "open")


def test_an_illness_ends_no_leave_that_is_planned(people):
    leave, back = MONDAY + 20 * DAY, MONDAY + 30 * DAY
    go_away(who=people.sam, why="leave", since=leave, until=back, by=people.sam, now=MONDAY)
    go_away(who=people.sam, why="sick", since=MONDAY, until=None, by=people.sam, now=MONDAY)
    come_back(who=people.sam, by=people.sam, now=MONDAY + DAY)
    assert owner_of(people, MONDAY + DAY) == people.sam
    assert owner_of(people, leave, "C-2") == people.lena
    with pytest.raises(Explained, match="is not away"):
        come_back(who=people.sam, by=people.sam, now=MONDAY + 2 * DAY)


def test_of_two_reasons_to_be_away_the_one_that_lasts_counts(people):
    assert owner_of(people) == people.sam
    go_away(who=people.sam, why="leave", since=MONDAY + HOUR, until=None, by=None, now=MONDAY)
    go_away(who=people.sam, why="sick", since=MONDAY, until=MONDAY + 2 * HOUR, by=None, now=MONDAY)
    tick(MONDAY + HOUR)
    assert Duty.objects.get().owner == people.lena


def test_one_duty_that_cannot_be_passed_on_keeps_no_other_from_it_and_is_the_clocks_trouble(
    people, monkeypatch
):
    for ref in ("C-1", "C-2", "C-3"):
        receive(record=concern(ref, child=ref), by=people.rosa, now=MONDAY)
    go_away(who=people.sam, why="sick", since=MONDAY + HOUR, until=None, by=people.lena, now=MONDAY + HOUR)
    bad, whole = Duty.objects.order_by("pk").first().reference, steps.take

    def take(duty, *args, **more):
        if duty.reference == bad:
            raise RuntimeError("this one only")
        return whole(duty, *args, **more)

    monkeypatch.setattr(steps, "take", take)
    climb(MONDAY + HOUR)
    owners = [duty.owner for duty in Duty.objects.filter(record__isnull=False).order_by("pk")]
    assert owners == [people.sam, people.lena, people.lena]
    assert Heartbeat.objects.filter(name="clock", at=MONDAY + HOUR).exists()
    assert readiness(MONDAY + HOUR)["rules_failing"] == ["clock"]

"""Sickness, leave, leavers and turns on call: an answer is owed by somebody who can be reached."""

from datetime import timedelta

import pytest

from heed.casework.actions.duties import acknowledge
from heed.casework.actions.duties.holders import holder
from heed.casework.actions.presence import come_back, go_away, take_turn
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Duty
from heed.casework.tick import tick
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

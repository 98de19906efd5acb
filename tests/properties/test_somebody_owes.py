"""Whatever people and the clock do to a duty, in any order: somebody active owes an answer, or has given one.

A Hypothesis machine makes the moves; after each of them the ledger, the steps and the duty must agree.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

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
)
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Duty, Professional
from heed.casework.policy import policy
from heed.core.duty.moves import OWED
from tests.concerns import MONDAY, concern
from tests.personas import standing

WHO = st.sampled_from(["rosa", "sam", "lena", "carl", "social_care.line_manager", "social_care.executive"])
WORDS = "because the child has not been seen"


class LifeOfADuty(RuleBasedStateMachine):
    """One concern, four people, two placeholders and a clock."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        people = standing()
        self.now = MONDAY
        receive(record=concern(), by=people.rosa, now=self.now)
        self.duty = Duty.objects.get()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, action, **how):
        """Make a move, or be refused with a reason."""
        try:
            with transaction.atomic():
                action(duty=self.duty.reference, now=self.now, **how)
        except (NotEnough, NotYours, Overtaken) as refusal:
            assert str(refusal)

    @rule(who=WHO)
    def acknowledges(self, who):
        self.attempt(acknowledge, by=person(who))

    @rule(who=WHO, decision=st.sampled_from(["assessment", "no_further_action"]))
    def answers(self, who, decision):
        self.attempt(answer, by=person(who), decision=decision, reason=WORDS)

    @rule(who=WHO, to=WHO)
    def offers(self, who, to):
        self.attempt(hand_over, by=person(who), to=person(to), words=WORDS)

    @rule(who=WHO)
    def accepts(self, who):
        self.attempt(accept, by=person(who))

    @rule(who=WHO)
    def disagrees(self, who):
        self.attempt(disagree, by=person(who), words=WORDS)

    @rule(hours=st.integers(1, 200))
    def passes(self, hours):
        self.now += timedelta(hours=hours)
        escalate_due(now=self.now)

    @invariant()
    def somebody_owes_or_has_answered(self):
        duty = Duty.objects.select_related("owner").get(pk=self.duty.pk)
        assert duty.owner.is_active
        if duty.state in OWED:
            assert duty.due_at is not None
            assert duty.due_at > self.now or duty.rung == policy().ladder.top
        else:
            step = duty.steps.last()
            assert step.by is not None
            assert step.decision
            assert step.words

    @invariant()
    def everything_agrees(self):
        assert check().faults == []


def person(username):
    return Professional.objects.get(username=username)


@pytest.mark.django_db
def test_somebody_owes_whatever_happens():
    run_state_machine_as_test(
        LifeOfADuty,
        settings=settings(
            max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

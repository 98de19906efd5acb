"""Five thousand sequences of one person's requests, in four quarters: what is feared to be grave is never closed and
never lowered."""

import time
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from heed.casework.actions import duties, second_person
from heed.casework.actions.receive import receive
from heed.casework.actions.verdicts import judge
from heed.casework.models import Duty, Professional, Verdict
from heed.casework.policy import policy
from heed.casework.tick import climb
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.figures import figure
from tests.properties.test_nobody_alone import FILES, STAFF, WORDS, joined, made

SEQUENCES, MOST_REQUESTS = 1_250, 6
DANGER = ["danger_now"]


class OnePerson:
    """Somebody who asks for whatever can be asked for."""

    def __init__(self, by, chance):
        self.by, self.chance, self.now = by, chance, MONDAY
        self.done, self.sent = 0, 1
        self.asking = [
            self.acknowledge, self.answer, self.answer, self.answer, self.lower, self.lower, self.confirm, self.confirm,
            self.decline, self.offer, self.accept, self.disagree, self.join, self.skip, self.wait,
            self.call_two_one, self.confirm_that, self.take_that_back,
        ]  # fmt: skip
        if by.agency_id == "school":
            self.asking += [self.send_again, self.send_an_answer]

    def ask(self, duty):
        """One request; a refusal is an answer too."""
        try:
            with transaction.atomic():
                self.chance.choice(self.asking)(duty)
            self.done += 1
        except Explained:
            return

    def day(self):
        return self.now + timedelta(days=self.chance.randrange(1, 90))

    def acknowledge(self, duty):
        duties.acknowledge(duty=duty, by=self.by, now=self.now)

    def answer(self, duty):
        decision = self.chance.choice(sorted(policy().duties.closing))
        duties.answer(
            duty=duty, by=self.by, decision=decision, reason=WORDS, recheck_at=self.day(), now=self.now
        )

    def lower(self, duty):
        duties.lower(duty=duty, by=self.by, words=WORDS, recheck_at=self.day(), now=self.now)

    def confirm(self, duty):
        duties.confirm(duty=duty, by=self.by, words=WORDS, now=self.now)

    def decline(self, duty):
        duties.decline(duty=duty, by=self.by, words=WORDS, now=self.now)

    def offer(self, duty):
        to = Professional.objects.get(username=self.chance.choice(sorted(STAFF)))
        duties.hand_over(duty=duty, by=self.by, to=to, words=WORDS, now=self.now)

    def accept(self, duty):
        duties.accept(duty=duty, by=self.by, now=self.now)

    def disagree(self, duty):
        duties.disagree(duty=duty, by=self.by, words=WORDS, now=self.now)

    def join(self, duty):
        duties.join(duty=duty, by=self.by, words=WORDS, now=self.now)

    def skip(self, duty):
        duties.skip(duty=duty, by=self.by, rung=self.chance.randrange(5), words=WORDS, now=self.now)

    def wait(self, duty):
        self.now += timedelta(hours=self.chance.randrange(1, 30))
        climb(self.now)

    def call_two_one(self, duty):
        seen = self.chance.random() < 0.5
        judge(**FILES, verdict="same", reason=WORDS, by=self.by, now=self.now, seen=seen)

    def confirm_that(self, duty):
        self._of_that(second_person.confirm)

    def take_that_back(self, duty):
        self._of_that(second_person.withdraw)

    def _of_that(self, act):
        if said := Verdict.objects.order_by("-pk").first():
            act(verdict=said.pk, reason=WORDS, by=self.by, now=self.now)

    def send_again(self, duty):
        self.send()

    def send_an_answer(self, duty):
        decision = self.chance.choice(["no_further_action", "NFA", "done", "Case closed"])
        self.send(answer={"decision": decision, "reason": WORDS})

    def send(self, **more):
        self.sent += 1
        receive(
            record=concern("G-1", revision=self.sent, observations=DANGER, **more), by=self.by, now=self.now
        )


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_one_persons_requests_close_and_lower_nothing_grave(quarter):
    began, chance, done = time.monotonic(), Random(quarter), 0
    rows = made()
    for _ in range(SEQUENCES):
        undo = transaction.savepoint_create()
        person = OnePerson(rows[chance.choice(sorted(STAFF))], chance)
        if chance.random() < 0.5:  # it is theirs
            Duty.objects.filter(record__ref="G-1").update(owner=person.by)
        for _ in range(chance.randrange(1, MOST_REQUESTS + 1)):
            person.ask(Duty.objects.get(record__ref="G-1"))
        duty = Duty.objects.get(record__ref="G-1")
        assert (duty.level, duty.state != "answered") == ("high", True), list(duty.steps.values("kind", "by"))
        assert not joined(), "one word makes no two children one"
        done += person.done
        transaction.savepoint_rollback(undo)
    figure(
        f"{SEQUENCES:,} sequences of one person's requests about a child in danger now (quarter {quarter} of 4)",
        f"0 closed, 0 lowered, 0 merged, by {done:,} requests that were not refused; {time.monotonic() - began:.0f} s",
        "0 closed, 0 lowered, 0 merged",
    )

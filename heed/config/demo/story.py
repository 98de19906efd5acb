"""What the people of the county do with what they owe: most answer, some hand over, some stay silent.

Who does what follows from a duty's reference, so that the same county tells the same story each time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework.actions import duties
from heed.casework.actions.register.owing import reference_in
from heed.casework.models import Duty
from heed.core.duty.moves import OWED

ANSWERS = (
    (
        "strategy_discussion",
        "Strategy discussion held with police and health; the plan is on the child's file.",
    ),
    (
        "child_seen",
        "Visited at home and seen alone. What was said is recorded; another visit is booked for next week.",
    ),
    ("assessment", "An assessment has been opened; the worker will call you to hear what you saw."),
    ("support", "The youth project has offered a named worker, and the school has agreed a daily check-in."),
    ("no_further_action", "The information does not meet the threshold for an assessment at this time."),
)
OPENLY_DISAGREED = (
    "I do not think this answers what I raised: it is the third time, and nobody has spoken to the child."
)


@dataclass(frozen=True)
class Way:
    """How one duty will be met: from which rung somebody answers, and how long they take once it is theirs."""

    answered_from: int
    seen_first: bool
    after: timedelta
    number: int


NEVER = 99
ANSWERED_FROM = (0, 2, 0, NEVER, 0, 3, 0, 1, NEVER, 4)
"""Half of what is owed is answered at once, some only when it has climbed to a line manager, a lead or an executive."""


def way_of(duty: Duty) -> Way:
    """From a duty's number: the same each time."""
    number = duty.pk
    return Way(
        answered_from=ANSWERED_FROM[number % len(ANSWERED_FROM)],
        seen_first=number % 3 == 0,
        after=timedelta(hours=5 + (number * 7) % 20),
        number=number,
    )


def live(now: datetime) -> None:
    """Let everybody who would act by now do so."""
    for duty in Duty.objects.filter(state__in=[str(state) for state in OWED]).select_related(
        "owner", "raiser"
    ):
        if reference_in(duty.about):
            continue  # what is due on the register is answered by doing it, on its own page
        way = way_of(duty)
        theirs_since = duty.steps.filter(owner=duty.owner).earliest("number").at
        if now < theirs_since + way.after or not duty.owner.has_usable_password():
            continue
        if duty.rung >= way.answered_from:
            _answer(duty, way, now)
        elif way.seen_first and duty.state == "open":
            duties.acknowledge(duty=duty, by=duty.owner, now=now)


def _answer(duty: Duty, way: Way, now: datetime) -> None:
    """Answer; whoever raised it does not accept a refusal."""
    decision, reason = ANSWERS[way.number % len(ANSWERS)]
    duties.answer(duty=duty, by=duty.owner, decision=decision, reason=reason, now=now)
    if decision == "no_further_action" and duty.raiser and duty.raiser_id != duty.owner_id:
        duties.disagree(duty=duty, by=duty.raiser, words=OPENLY_DISAGREED, now=now)

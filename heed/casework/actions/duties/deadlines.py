"""By when a duty falls due: as the ladder says, and sooner on every rung when a child is in danger now."""

from datetime import datetime

from heed.casework.policy import policy
from heed.core.duty.worktime import after


def due_at(clause: str, rung: int, since: datetime) -> datetime:
    """The deadline of a duty under a clause on a rung reached at `since`. Danger cannot wait for a working day,
    nor does it get more time by being passed up."""
    rules, ladder = policy().duties, policy().ladder
    usual = ladder.due(rung, since)
    return (
        min(usual, after(since, rules.danger_answer, ladder.calendar))
        if clause == rules.danger_clause
        else usual
    )


def soonest(clause: str, rung: int, since: datetime) -> datetime:
    """The deadline of a duty that begins on a rung: whoever comes again waits no longer than on any rung below."""
    return min(due_at(clause, each, since) for each in range(rung + 1))

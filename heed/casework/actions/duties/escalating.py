"""Silence climbs: the clock moves every duty whose deadline has passed, one at a time, each move whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import answering, holders, steps
from heed.casework.models import Duty, Professional
from heed.casework.policy import policy
from heed.core.duty.ladder import Rung
from heed.core.duty.moves import OWED, Move


@dataclass(frozen=True, slots=True)
class Climb:
    """One rung that one duty went up, at the instant it fell due."""

    reference: str
    rung: int
    at: datetime


def escalate_due(*, now: datetime) -> list[Climb]:
    """Move every duty that fell due by `now`, several rungs if the clock jumped. The same instant again moves nothing.

    Each step is dated at the instant the deadline passed, so the result does not depend on how often the clock
    ran. On the top rung a duty stays owed and overdue.
    """
    late = Duty.objects.filter(state__in=OWED, due_at__lte=now, rung__lt=policy().ladder.top)
    return [
        climb
        for pk in list(late.order_by("due_at", "pk").values_list("pk", flat=True))
        for climb in _climb(pk, now)
    ]


def _climb(pk: int, now: datetime) -> Iterator[Climb]:
    while True:
        duty = Duty.objects.select_related("owner").get(pk=pk)
        if not _is_late(duty, now):
            return
        try:
            yield _one_rung(duty, now)
        except steps.Overtaken:
            continue  # somebody answered, or another worker was quicker: look again


def _is_late(duty: Duty, now: datetime) -> bool:
    late = duty.due_at is not None and duty.due_at <= now
    return late and duty.state in OWED and duty.rung < policy().ladder.top


def _one_rung(duty: Duty, now: datetime) -> Climb:
    ladder = policy().ladder
    fell_due = duty.due_at or now  # never empty while an answer is owed
    below, rung = ladder.rungs[duty.rung], ladder.above(duty.rung)
    owner = _next_owner(duty, below, ladder.rungs[rung])
    seeing = holders.seen_by(ladder.rungs[rung], duty.owing_agency_id, duty.raising_agency_id)
    with transaction.atomic():
        step = steps.take(
            duty,
            Move.CLIMBED,
            by=None,
            at=fell_due,
            words=_words(owner, seeing),
            rung=rung,
            owner=owner.pk,
            due_at=ladder.due(rung, fell_due),
        )
        answering.give_sight(duty, owner, now)
        ledger.append_many([steps.act(duty, step, now)])
    return Climb(duty.reference, rung, fell_due)


def _next_owner(duty: Duty, below: Rung, above: Rung) -> Professional:
    """Between two rungs of the same post whoever has it keeps it, if they still work there."""
    if below.post == above.post and duty.owner.is_active:
        return duty.owner
    return holders.holder(duty.owing_agency_id, above.post)


def _words(owner: Professional, seeing: list[Professional]) -> str:
    sees = "; ".join(f"{person} ({person.agency})" for person in seeing)
    return f"Nobody answered in time. Owed now by {owner} ({owner.agency})." + (
        f" Seen by {sees}." if sees else ""
    )

"""Silence climbs: the clock moves every duty whose deadline has passed, one at a time, each move whole or not at all."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, holders, sight, steps
from heed.casework.models import Duty, DutyStep, Professional
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
    find = cache(holders.holder)
    due = list(late.order_by("due_at", "pk").values_list("pk", flat=True))
    return [climb for pk in due for climb in _climb(pk, now, find)]


def _climb(pk: int, now: datetime, find: holders.Finder) -> list[Climb]:
    while True:
        try:
            return _climbed(pk, now, find)
        except steps.Overtaken:
            continue  # somebody answered, or another worker was quicker: look again


def _climbed(pk: int, now: datetime, find: holders.Finder) -> list[Climb]:
    climbs: list[Climb] = []
    acts: list[ledger.Act] = []
    given: dict[int, sight.Grant] = {}
    with transaction.atomic():
        duty = Duty.objects.select_related("owner__agency").get(pk=pk)
        while _is_late(duty, now):
            fell_due = duty.due_at or now
            step, grants = _one_rung(duty, fell_due, find)
            acts.append(steps.act(duty, step, now))
            given |= {grant.person.pk: _longest(given.get(grant.person.pk), grant) for grant in grants}
            climbs.append(Climb(duty.reference, duty.rung, fell_due))
        if acts:
            sight.widen(duty, given.values())
            ledger.append_many(acts)
    return climbs


def _longest(before: sight.Grant | None, grant: sight.Grant) -> sight.Grant:
    return replace(grant, since=before.since) if before else grant


def _is_late(duty: Duty, now: datetime) -> bool:
    late = duty.due_at is not None and duty.due_at <= now
    return late and duty.state in OWED and duty.rung < policy().ladder.top


def _one_rung(duty: Duty, fell_due: datetime, find: holders.Finder) -> tuple[DutyStep, list[sight.Grant]]:
    ladder = policy().ladder
    below, rung = ladder.at(duty.rung), ladder.above(duty.rung)
    owner = _next_owner(duty, below, ladder.at(rung), find)
    seeing = holders.seen_by(ladder.at(rung), duty.owing_agency_id, duty.raising_agency_id, find)
    due_at = deadlines.due_at(duty.clause, rung, fell_due)
    words = _words(owner, seeing)
    step = steps.take(
        duty, Move.CLIMBED, by=None, at=fell_due, words=words, rung=rung, owner=owner.pk, due_at=due_at
    )
    duty.owner = owner
    return step, sight.grants(owner, seeing, fell_due, due_at)


def _next_owner(duty: Duty, below: Rung, above: Rung, find: holders.Finder) -> Professional:
    """Between two rungs of the same post whoever has it keeps it, if they still work there."""
    if below.post == above.post and duty.owner.is_active:
        return duty.owner
    return find(duty.owing_agency_id, above.post)


def _words(owner: Professional, seeing: list[Professional]) -> str:
    sees = "; ".join(f"{person} ({person.agency})" for person in seeing)
    return f"Nobody answered in time. Owed now by {owner} ({owner.agency})." + (
        f" Seen by {sees}." if sees else ""
    )

"""Silence climbs: the clock moves every duty whose deadline has passed, and asks again on the day it was told to.

Many are moved in one transaction: what is due is locked, passing over what somebody else has in hand, so that two
clocks share the work and neither waits. One that cannot be moved holds up no other: it is named, and tried again.
"""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, holders, sight, steps
from heed.casework.actions.inserting import instant_writer
from heed.casework.local import local_day
from heed.casework.models import Duty, DutyStep, PolicyInForce, Professional
from heed.casework.notices.owing import owe
from heed.casework.policy import policy
from heed.casework.sealing import whose
from heed.casework.sealing.rows import FINDINGS
from heed.core.duty.ladder import Rung
from heed.core.duty.moves import OWED, Move, State, moved

AT_ONCE = 200
"""Duties moved in one transaction: enough to share its cost, few enough that nobody waits long for the ledger."""
COLUMNS = ("state", "rung", "owner_id", "due_at", "offered_to_id", "moves", "level", "recheck_at")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Climb:
    """One rung that one duty went up, at the instant it fell due; or the rung on which it is owed again."""

    reference: str
    rung: int
    at: datetime


@dataclass(slots=True)
class Moved:
    """What the clock did to one duty: its steps in order, who sees it because of them, and whose key its words are
    sealed under."""

    duty: Duty
    steps: list[DutyStep]
    acts: list[ledger.Act]
    given: dict[int, sight.Grant]
    key_of: str
    newest: PolicyInForce | None


class NotMoved(Exception):
    """Some duties that fell due could not be moved; the others were. They stay due. `climbs` is what was done."""

    def __init__(self, count: int, climbs: list[Climb]) -> None:
        super().__init__(f"{count} duties could not be moved")
        self.climbs = climbs


def due(now: datetime) -> QuerySet[Duty]:
    """The duties that fell due by now and can climb, the one due first before the others."""
    below = list(range(policy().ladder.top))
    return Duty.objects.filter(state__in=OWED, due_at__lte=now, rung__in=below).order_by("due_at", "pk")


def to_recheck(now: datetime) -> QuerySet[Duty]:
    """The answered duties whose day to be looked at again has come."""
    return Duty.objects.filter(state=State.ANSWERED, recheck_at__lte=now).order_by("recheck_at", "pk")


def escalate_due(*, now: datetime) -> list[Climb]:
    """Move every duty that fell due by `now`, several rungs if the clock jumped. The same instant again moves nothing.

    Each step is dated at the instant the deadline passed, so the result does not depend on how often the clock
    ran. On the top rung a duty stays owed and overdue. Raises NotMoved, at the end, for those that could not be moved.
    """
    board = holders.Board()
    climbs, failed = [], set[int]()
    for what in (to_recheck, due):
        while True:
            done = _some(what, now, board, failed)
            if done is None:
                break
            climbs += done
    if failed:
        raise NotMoved(len(failed), climbs)
    return climbs


def _some(
    what: Callable[[datetime], QuerySet[Duty]], now: datetime, board: holders.Board, failed: set[int]
) -> list[Climb] | None:
    """Move some of what is due, together; if that fails, one after the other. None when there is nothing left."""
    try:
        with transaction.atomic():
            return _moved_together(locked(what(now).exclude(pk__in=failed)), now, board.holder)
    except Exception as trouble:  # noqa: BLE001 - one duty that cannot be moved must not keep others from it
        board.forget()
        logger.error("duties due together were not moved, now one by one: %s", type(trouble).__name__)
    climbs: list[Climb] = []
    for pk in list(what(now).exclude(pk__in=failed).values_list("pk", flat=True)[:AT_ONCE]):
        try:
            with transaction.atomic():
                climbs += _moved_together(locked(what(now).filter(pk=pk)), now, board.holder) or []
        except Exception as trouble:  # noqa: BLE001 - the same
            board.forget()
            failed.add(pk)
            logger.error("duty row %s could not be moved by the clock: %s", pk, type(trouble).__name__)
    return climbs


def locked(rows: QuerySet[Duty], at_once: int = AT_ONCE) -> list[int]:
    """The first of what is due, locked; what another clock or a person has in hand is passed over. On SQLite whoever
    writes is alone anyway."""
    return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:at_once])


def _moved_together(rows: Sequence[int], now: datetime, find: holders.Finder) -> list[Climb] | None:
    if not rows:
        return None
    held = Duty.objects.filter(pk__in=rows).order_by("due_at", "pk")
    duties = list(held.select_related("owner__agency", "record"))
    newest = PolicyInForce.objects.defer("text").order_by("-pk").first()
    done = [Moved(duty, [], [], {}, key, newest) for duty, key in zip(duties, _keys(duties), strict=True)]
    for each in done:
        if each.duty.state == State.ANSWERED:
            _again(each, now, find)
        while _is_late(each.duty, now):
            _one_rung(each, now, find)
    _write(done)
    return [Climb(each.duty.reference, step.rung, step.at) for each in done for step in each.steps]


def _keys(duties: Sequence[Duty]) -> list[str]:
    """Whose key each duty's words are sealed under, as `owner_of_duty` says of one."""
    records = {duty.record_id: duty.record for duty in duties if duty.record is not None}
    lines = dict(zip(records, sealed.opened(list(records.values())), strict=True))
    found = []
    for duty in duties:
        line = lines.get(duty.record_id)
        if duty.record is None:
            found.append(FINDINGS)
        else:
            found.append(whose.document(json.loads(line)) if line else whose.agency(duty.record.agency_id))
    return found


def _is_late(duty: Duty, now: datetime) -> bool:
    late = duty.due_at is not None and duty.due_at <= now
    return late and duty.state in OWED and duty.rung < policy().ladder.top


def _one_rung(each: Moved, now: datetime, find: holders.Finder) -> None:
    ladder, duty = policy().ladder, each.duty
    fell_due = duty.due_at or now
    below, rung = ladder.at(duty.rung), ladder.above(duty.rung)
    owner = _next_owner(duty, below, ladder.at(rung), fell_due, find)
    seeing = holders.seen_by(ladder.at(rung), duty.owing_agency_id, duty.raising_agency_id, fell_due, find)
    due_at = deadlines.due_at(duty.clause, rung, fell_due)
    _take(
        each,
        Move.CLIMBED,
        owner,
        seeing,
        rung,
        fell_due,
        due_at,
        _words(owner, seeing) + _changed(each, fell_due),
        now,
    )


def _again(each: Moved, now: datetime, find: holders.Finder) -> None:
    """The day to look again has come: owed on the rung where it stood, by whoever holds that post now."""
    ladder, duty = policy().ladder, each.duty
    came = duty.recheck_at or now
    rung = min(duty.rung, ladder.top)
    owner = holders.of_rung(duty.owing_agency_id, ladder.at(rung), came, find)
    seeing = holders.seen_by(ladder.at(rung), duty.owing_agency_id, duty.raising_agency_id, came, find)
    words = f"The day on which this was to be looked at again has come. Owed by {owner} ({owner.agency})."
    due_at = deadlines.due_at(duty.clause, rung, came)
    _take(each, Move.RECHECKED, owner, seeing, rung, came, due_at, words, now)


def _take(
    each: Moved,
    move: Move,
    owner: Professional,
    seeing: Sequence[Professional],
    rung: int,
    at: datetime,
    due_at: datetime,
    words: str,
    now: datetime,
) -> None:
    """One move, in memory: the row is locked, and written with all others."""
    duty = each.duty
    after = moved(steps.standing(duty), move, rung=rung, owner=owner.pk, due_at=due_at)
    steps.stand(duty, after)
    duty.owner = owner
    step = steps.open_step(duty, move, by=None, at=at, words=words)
    each.steps.append(step)
    each.acts.append(steps.act(duty, step, now, each.key_of))
    for grant in sight.grants(owner, seeing, at, due_at):
        each.given[grant.person.pk] = _longest(each.given.get(grant.person.pk), grant)


def _write(done: Sequence[Moved]) -> None:
    """Everything the clock did, last the ledger: its head is locked for as short as can be."""
    told = [(step, each.key_of) for each in done for step in each.steps]
    steps.seal_steps(told)
    _stand(each.duty for each in done)
    steps.insert_steps(step for step, _ in told)
    owe([(each.duty, step) for each in done for step in each.steps])
    sight.widen_many({each.duty.pk: list(each.given.values()) for each in done})
    ledger.append_many([act for each in done for act in each.acts])


def _stand(duties: Iterable[Duty]) -> None:
    """Where the duties stand by now, into their rows."""
    taken = instant_writer()
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE casework_duty SET {', '.join(f'{column} = %s' for column in COLUMNS)} WHERE id = %s",  # noqa: S608 - names of our own columns
            [
                (
                    *(each.state, each.rung, each.owner_id, taken(each.due_at), each.offered_to_id),
                    *(each.moves, each.level, taken(each.recheck_at), each.pk),
                )
                for each in duties
            ],
        )


def _longest(before: sight.Grant | None, grant: sight.Grant) -> sight.Grant:
    return replace(grant, since=before.since) if before else grant


def _next_owner(duty: Duty, below: Rung, above: Rung, at: datetime, find: holders.Finder) -> Professional:
    """Between two rungs of the same post whoever has it keeps it, if they still work there. What somebody who is away
    owes is passed on by `pass_on_leavers`."""
    if below.same_desk(above) and duty.owner.is_active:
        return duty.owner
    return holders.of_rung(duty.owing_agency_id, above, at, find)


def _changed(each: Moved, at: datetime) -> str:
    """That the rung is measured by another policy than the one under which the duty began."""
    newest = each.newest
    if newest is None or newest.changes == "[]" or not each.duty.opened_at < newest.at <= at:
        return ""
    return f" By the policy in force since {local_day(newest.at)}, which changed after this began."


def _words(owner: Professional, seeing: Sequence[Professional]) -> str:
    sees = "; ".join(f"{person} ({person.agency})" for person in seeing)
    return f"Nobody answered in time. Owed now by {owner} ({owner.agency})." + (
        f" Seen by {sees}." if sees else ""
    )

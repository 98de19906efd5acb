"""Records that were withdrawn ask for no answer, and give none."""

import json
from collections.abc import Sequence
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, holders, seconding, sight, steps
from heed.casework.actions.duties.levels import is_high
from heed.casework.models import Duty, DutyStep, Professional, Record
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Move, State

DECISION = "withdrawn"


def withdrawn(*, rows: Sequence[Record], reason: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """Close what is owed on these records alone, and open again what they answered; inside the caller's transaction."""
    names = {(row.agency_id, row.ref) for row in rows}
    standing = Record.objects.system("what still stands of a withdrawn record").counted()
    stands = set(standing.filter(ref__in={ref for _, ref in names}).values_list("agency_id", "ref"))
    duties = Duty.objects.filter(record__ref__in={ref for _, ref in names}).select_related("record", "owner")
    acts = []
    for duty in duties.order_by("pk"):
        name = (duty.record.agency_id, duty.record.ref) if duty.record else ("", "")
        if name not in names:
            continue
        if duty.state in OWED and name not in stands:
            acts.append(_closed(duty, reason, by, now))
        elif duty.state == State.ANSWERED and name in stands and not _still_answered(duty):
            words = f"The answer came in a record that was withdrawn: {reason}"
            acts.append(opened_again(duty, words, by, now))
    return acts


def _closed(duty: Duty, reason: str, by: Professional, now: datetime) -> ledger.Act:
    words = f"The record was withdrawn: {reason}"
    if is_high(duty):
        step = seconding.ask_for_record(duty, DECISION, words, by, now)
        return steps.act(duty, step, now)
    step = steps.take(duty, Move.ANSWERED, by=by, at=now, decision=DECISION, words=words)
    sight.narrow(duty, now)
    return steps.act(duty, step, now)


def _still_answered(duty: Duty) -> bool:
    """Whether a person answered, or a revision that still stands brings the answer."""
    last = DutyStep.objects.filter(duty=duty).order_by("-number").first()
    if last is None or last.by_id is not None or duty.record is None:
        return True
    of_record = Record.objects.system("an answer that was withdrawn is none").counted()
    rows = list(of_record.filter(agency=duty.record.agency_id, ref=duty.record.ref))
    return any(told and json.loads(told).get("answer") for told in sealed.opened(rows))


def opened_again(duty: Duty, words: str, by: Professional | None, now: datetime) -> ledger.Act:
    """What a record answered is owed again one rung higher, inside the caller's transaction: it answers no more."""
    ladder = policy().ladder
    rung = ladder.above(duty.rung)
    owner = holders.of_rung(duty.owing_agency_id, ladder.at(rung), now)
    seeing = holders.seen_by(ladder.at(rung), duty.owing_agency_id, duty.raising_agency_id, now)
    due_at = deadlines.due_at(duty.clause, rung, now)
    step = steps.take(
        duty, Move.DISAGREED, by=by, at=now, words=words, rung=rung, owner=owner.pk, due_at=due_at
    )
    sight.widen(duty, sight.grants(owner, seeing, now, due_at))
    return steps.act(duty, step, now)

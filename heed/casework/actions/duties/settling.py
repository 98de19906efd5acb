"""A newer revision of a record can bring the answer that its duty waited for, or the news that it cannot wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, raising, seconding, sight, steps
from heed.casework.actions.duties.levels import takes_two
from heed.casework.actions.kept import chunks
from heed.casework.models import Duty
from heed.casework.models import Record as Row
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Level, Move
from heed.core.records.record import Record

DECISION = 60
type Saved = tuple[Row, Record]


def duties_of(saved: Iterable[Saved]) -> dict[tuple[str, str], Duty]:
    """The duties that earlier revisions of these records opened, by agency and ref."""
    refs = [record.ref for _, record in saved]
    found: dict[tuple[str, str], Duty] = {}
    for some in chunks(refs):
        for duty in Duty.objects.filter(record__ref__in=some, about="").select_related("record"):
            found[(duty.raising_agency_id or "", _ref(duty))] = duty
    return found


def settle(saved: Sequence[Saved], duties: dict[tuple[str, str], Duty], now: datetime) -> list[ledger.Act]:
    """Answer each duty whose record now carries a decision and its reason; without a reason it settles nothing.

    A record that only now says that a child is in danger goes up, and is answered as soon as danger asks.
    """
    acts = []
    for _, record in saved:
        duty = duties[(record.agency, record.ref)]
        if duty.state in OWED and _is_answered(record):
            acts.append(_settled(duty, record, now))
        elif duty.state in OWED and policy().duties.danger in record.observations:
            acts += _hastened(duty, record, now)
    return acts


def _hastened(duty: Duty, record: Record, now: datetime) -> list[ledger.Act]:
    rules = policy().duties
    soonest = deadlines.due_at(rules.danger_clause, duty.rung, now)
    if duty.due_at is not None and duty.due_at <= soonest and duty.level == Level.HIGH:
        return []
    words = f"Record {record.agency} {record.ref}, revision {record.revision}, says: {rules.danger_clause}."
    due_at = min(soonest, duty.due_at or soonest)
    return [raising.one_higher(duty, words, due_at, now, Level.HIGH)]


def _settled(duty: Duty, record: Record, now: datetime) -> ledger.Act:
    answer = record.answer
    decision, reason, by = (answer.decision, answer.reason, answer.by) if answer else ("", "", None)
    who = ", ".join(filter(None, (by.name, by.role))) if by else "somebody"
    words = f"{who}, in record {record.agency} {record.ref}, revision {record.revision}: {reason}"
    if takes_two(duty, decision):
        return steps.act(duty, seconding.ask_for_record(duty, decision, words, None, now), now)
    step = steps.take(duty, Move.ANSWERED, by=None, at=now, decision=decision[:DECISION], words=words)
    sight.narrow(duty, now)
    return steps.act(duty, step, now)


def _is_answered(record: Record) -> bool:
    return record.answer is not None and bool((record.answer.reason or "").strip())


def _ref(duty: Duty) -> str:
    return duty.record.ref if duty.record else ""

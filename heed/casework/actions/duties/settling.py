"""A newer revision of a record can bring the answer that its duty waited for, or the news that it cannot wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, raising, seconding, sight, steps
from heed.casework.actions.duties.levels import is_high, level_of
from heed.casework.actions.kept import chunks
from heed.casework.models import Duty
from heed.casework.models import Record as Row
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Level, Move, State
from heed.core.records.record import Record

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

    A record that only now says that a child is in danger goes up, and is answered as soon as danger asks, also where
    somebody had answered what was told before: the worse news first, then what the same record says of an answer.
    """
    acts = []
    for _, record in saved:
        duty = duties[(record.agency, record.ref)]
        if level_of(record) == Level.HIGH:
            acts += _hastened(duty, record, now)
        if duty.state in OWED and _is_answered(record):
            acts.append(_settled(duty, record, now))
    return acts


def ask_for_first(saved: Sequence[Saved], now: datetime) -> list[ledger.Act]:
    """A first record that is grave and brings its own answer has opened its duty all the same: that answer waits for a
    second person, of another agency."""
    answered = {row.pk: record for row, record in saved if _is_answered(record)}
    acts: list[ledger.Act] = []
    for some in chunks(list(answered)):
        opened = Duty.objects.filter(record__in=some, about="", state=State.OPEN, moves=1)
        for duty in opened.select_related("record", "owner", "raiser").order_by("pk"):
            acts.append(_settled(duty, answered[duty.record_id or 0], now))
    return acts


def _hastened(duty: Duty, record: Record, now: datetime) -> list[ledger.Act]:
    """Worse news. What was answered before they came is owed again; what two people closed as grave is not reopened by
    the same danger told once more."""
    if duty.state not in OWED and is_high(duty):
        return []
    rules = policy().duties
    danger = rules.danger in record.observations
    clause = rules.danger_clause if danger else duty.clause
    soonest = deadlines.due_at(clause, duty.rung, now)
    owed_until = duty.due_at if duty.state in OWED else None
    if duty.level == Level.HIGH and owed_until is not None and (owed_until <= soonest or not danger):
        return []
    why = rules.danger_clause if danger else "the risk to the child is high"
    words = f"Record {record.agency} {record.ref}, revision {record.revision}, says: {why}."
    return [raising.one_higher(duty, words, min(soonest, owed_until or soonest), now, Level.HIGH)]


def _settled(duty: Duty, record: Record, now: datetime) -> ledger.Act:
    answer = record.answer
    decision, reason, by = (answer.decision, answer.reason, answer.by) if answer else ("", "", None)
    who = ", ".join(filter(None, (by.name, by.role))) if by else "somebody"
    words = f"{who}, in record {record.agency} {record.ref}, revision {record.revision}: {reason}"
    if is_high(duty):
        # Also an answer that acts: it is told by a record, by one person, and nobody else has read it yet.
        return steps.act(duty, seconding.ask_for_record(duty, decision, words, None, now), now)
    step = steps.take(
        duty, Move.ANSWERED, by=None, at=now, decision=decision[: seconding.DECISION], words=words
    )
    sight.narrow(duty, now)
    return steps.act(duty, step, now)


def _is_answered(record: Record) -> bool:
    return record.answer is not None and bool((record.answer.reason or "").strip())


def _ref(duty: Duty) -> str:
    return duty.record.ref if duty.record else ""

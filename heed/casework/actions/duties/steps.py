"""Making one move of a duty: compare-and-set of its state, its step and its ledger entry, all or nothing.

The move is made only if the duty still stands as it was read. Two people, or a person and the clock, can never
both move it from the same place: the second is told to look again.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from heed.casework.actions import ledger
from heed.casework.actions.inserting import insert, instant_writer
from heed.casework.models import Duty, DutyStep, Professional
from heed.casework.notices.owing import owe
from heed.casework.sealed import seal_texts
from heed.casework.sealing.rows import owner_of_duty, step_at
from heed.core.duty.moves import Level, Move, NotPossible, Standing, State, moved
from heed.core.records.explained import Explained

ACT = "duty"
STEP_COLUMNS = (
    "duty_id", "number", "at", "kind", "by_id", "rung", "owner_id", "due_at", "decision", "level", "recheck_at", "words",
)  # fmt: skip


class Overtaken(Explained):
    """Somebody else moved the duty first."""


def standing(duty: Duty) -> Standing:
    """A duty's row as plain values."""
    return Standing(
        State(duty.state),
        duty.rung,
        duty.owner_id,
        duty.due_at,
        duty.offered_to_id,
        duty.moves,
        Level(duty.level),
        duty.recheck_at,
    )


def take(
    duty: Duty,
    move: Move,
    *,
    by: Professional | None,
    at: datetime,
    decision: str = "",
    words: str = "",
    rung: int | None = None,
    owner: int | None = None,
    due_at: datetime | None = None,
    offered_to: int | None = None,
    level: Level | None = None,
    recheck_at: datetime | None = None,
) -> DutyStep:
    """Move the duty and write its step; raises Overtaken when it stands elsewhere by now. `say` writes the entry."""
    before = standing(duty)
    try:
        after = moved(
            before,
            move,
            rung=rung,
            owner=owner,
            due_at=due_at,
            offered_to=offered_to,
            level=level,
            recheck_at=recheck_at,
        )
    except NotPossible as trouble:
        raise Overtaken(f"Duty {duty.reference}: {trouble}. Look at it again.") from None
    same = Duty.objects.filter(
        pk=duty.pk, state=before.state, rung=before.rung, due_at=before.due_at, moves=before.moves
    )
    if not same.update(**columns(after)):
        raise Overtaken(
            f"Duty {duty.reference} was moved by somebody else just now. Look at it again before you act."
        )
    stand(duty, after)
    step = step_of(duty, move, by=by, at=at, decision=decision, words=words)
    step.save()
    owe([(duty, step)])
    return step


def stand(duty: Duty, after: Standing) -> None:
    """Put a standing into a duty as it was read; its row is the caller's to write."""
    for column, value in columns(after).items():
        setattr(duty, column, value)


def step_of(
    duty: Duty,
    move: Move,
    *,
    by: Professional | None,
    at: datetime,
    decision: str = "",
    words: str = "",
    key_of: str = "",
) -> DutyStep:
    """The step of the move a duty has just made, its words sealed under `key_of`, or whose key the duty's record is."""
    step = open_step(duty, move, by=by, at=at, decision=decision, words=words)
    if words:
        seal_steps([(step, key_of or owner_of_duty(duty))])
    return step


def seal_steps(given: Sequence[tuple[DutyStep, str]]) -> None:
    """Seal what steps say, each under the key that stands beside it: for whoever makes many at once."""
    speaking = [(step, key) for step, key in given if step.said]
    sealed = seal_texts([(step.said, key, step_at(step.duty_id, step.number)) for step, key in speaking])
    for (step, _), words in zip(speaking, sealed, strict=True):
        step.words = words


def insert_steps(made: Iterable[DutyStep]) -> None:
    """Add sealed steps to their table, without the cost of row objects: for whoever makes many at once."""
    taken = instant_writer()
    insert(
        DutyStep,
        STEP_COLUMNS,
        [
            (
                *(
                    each.duty_id,
                    each.number,
                    taken(each.at),
                    str(each.kind),
                    each.by_id,
                    each.rung,
                    each.owner_id,
                ),
                *(taken(each.due_at), each.decision, str(each.level), taken(each.recheck_at), each.words),
            )
            for each in made
        ],
    )


def open_step(
    duty: Duty,
    move: Move,
    *,
    by: Professional | None,
    at: datetime,
    decision: str = "",
    words: str = "",
) -> DutyStep:
    """The step of the move a duty has just made, its words not sealed yet: `seal_steps` before it is saved."""
    step = DutyStep(
        duty=duty,
        number=duty.moves,
        at=at,
        kind=move,
        by=by,
        rung=duty.rung,
        owner_id=duty.owner_id,
        due_at=duty.due_at,
        decision=decision,
        level=duty.level,
        recheck_at=duty.recheck_at,
    )
    step.said = words
    return step


def act(duty: Duty, step: DutyStep, now: datetime, key_of: str = "") -> ledger.Act:
    """The ledger entry of a step: the body says all that step and duty say, the header only which duty."""
    agency = step.by.agency_id if step.by else duty.owing_agency_id
    owner = key_of or owner_of_duty(duty)
    told = body(duty, step)
    return ledger.Act(ACT, f"duty:{duty.reference}", step.kind, step.by, agency, now, told, key_of=owner)


def body(duty: Duty, step: DutyStep) -> dict[str, Any]:
    """What a duty's row and its newest step say, as JSON. The first step also says what the duty is."""
    said = {
        "step": step.number,
        "at": instant(step.at),
        "move": step.kind,
        "by": step.by_id,
        "state": duty.state,
        "rung": step.rung,
        "owner": step.owner_id,
        "due_at": instant(step.due_at),
        "offered_to": duty.offered_to_id,
        "decision": step.decision,
        "words": step.said,
    }
    said |= risk(step)
    return said if step.number > 1 else said | {"duty": what(duty)}


def risk(step: DutyStep) -> dict[str, Any]:
    """The level a duty stands at after a step, and when it is looked at again: said only where there is something to
    say, so that entries written before there were levels read as they always did."""
    said: dict[str, Any] = {} if step.level == Level.USUAL else {"level": str(step.level)}
    return said if step.recheck_at is None else said | {"recheck_at": instant(step.recheck_at)}


def what(duty: Duty) -> dict[str, Any]:
    """What a duty is, and stays."""
    about = {"about": duty.about} if duty.about else {}
    return about | {
        "reference": duty.reference,
        "record": duty.record_id,
        "finding": duty.finding,
        "clause": duty.clause,
        "owing_agency": duty.owing_agency_id,
        "raising_agency": duty.raising_agency_id,
        "raiser": duty.raiser_id,
        "raiser_name": duty.raiser_name,
        "opened_at": instant(duty.opened_at),
    }


def instant(at: datetime | None) -> str | None:
    """An instant as text, in UTC, always of the same length."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def columns(after: Standing) -> dict[str, Any]:
    """A standing as the columns of a duty."""
    return {
        "state": str(after.state),
        "rung": after.rung,
        "owner_id": after.owner,
        "due_at": after.due_at,
        "offered_to_id": after.offered_to,
        "moves": after.moves,
        "level": str(after.level),
        "recheck_at": after.recheck_at,
    }

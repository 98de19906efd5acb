"""What a second person's word does to what is registered: carried out in the transaction of that word, or not at all."""

from datetime import date, datetime
from typing import Any

from heed.casework.actions import ledger
from heed.casework.actions.duties.refused import NotYours
from heed.casework.actions.register import leavers, owing, settling, watchers
from heed.casework.actions.register.rows import history, load, take, zone
from heed.casework.doors.parties import in_sight
from heed.casework.doors.register_sight import visible
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Duty, Professional, Registered
from heed.core.duty.moves import Level
from heed.core.duty.moves import Move as DutyMove
from heed.core.register.due import end_of, next_visit
from heed.core.register.moves import Kind, Move, State, agreed_move


def check_in_sight(duty: Duty, by: Professional, now: datetime) -> None:
    """Raises NotYours for a second person to whom neither the duty nor what it is about is shown: who sees nothing of it
    can hold nothing against it."""
    reference = owing.reference_in(duty.about)
    if not reference:
        return
    viewer = viewer_for(by, now)
    if not in_sight(viewer).filter(pk=duty.pk).exists() and not visible(viewer, [load(reference)]):
        raise NotYours(
            "The second person is somebody to whom this is shown: who works with the child, or was asked."
        )


def carried_out(duty: Duty, agrees: bool, words: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """The step that follows from a second person's word on a duty about the register; none for another duty, or for
    something that has moved on since it was asked."""
    if not duty.about.startswith(owing.SECOND_ABOUT):
        return []
    row = load(owing.reference_in(duty.about))
    asked = _asked(row, duty.about)
    if row.state != State.ASKED or asked is None:
        return []
    said = {"words": words, "duty": duty.reference}
    if not agrees:
        acts = [take(row, Move.DECLINED, by=by, said=said, next_at=row.next_at, now=now)]
        return acts + settling.settle_second(row, "The second person does not agree.", by, now)
    # Asked something else since on the duty's own page: whoever agreed to that did not agree to this.
    if duty.steps.filter(kind=DutyMove.ASKED).count() != 1:
        return [take(row, Move.DECLINED, by=by, said=said, next_at=row.next_at, now=now)]
    move = agreed_move(Kind(row.kind), bool(asked.get("leaves")))
    acts = [_taken(row, move, asked, said, by, now)]
    if row.state == State.ENDED:
        words = "It has ended: a second person of another agency agreed."
        acts += [*owing.settle(row, words, by, now), *leavers.settle_owner(row, words, by, now)]
    if row.kind == Kind.CHILD:
        (watchers.end if row.state == State.ENDED else watchers.prolong)(row, now)
    return acts


def _taken(
    row: Registered, move: Move, asked: dict[str, Any], said: dict[str, Any], by: Professional, now: datetime
) -> ledger.Act:
    if move != Move.LOWERED:
        return take(row, move, by=by, said=said, next_at=None, now=now)
    every = int(asked["every_days"])
    seen = [date.fromisoformat(told["on"]) for step, told in history(row) if step.move == Move.SEEN]
    later = end_of(next_visit(row.opened_at.astimezone(zone()).date(), seen, every), zone())
    return take(
        row,
        move,
        by=by,
        said=said | {"every_days": every},
        next_at=later,
        level=Level(asked["level"]),
        now=now,
    )


def _asked(row: Registered, about: str) -> dict[str, Any] | None:
    """What the step asks for that the duty is about; None where something else has been asked since."""
    asked = [(str(step.number), told) for step, told in history(row) if step.move == Move.ASKED]
    number, told = asked[-1] if asked else ("", {})
    return told if number == about.rpartition(":")[2] else None

"""The life of a duty: its states, its moves, and which move leads where. Code walks the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a duty stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


class Move(StrEnum):
    """What can happen to a duty."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CLIMBED = "climbed"
    RAISED = "raised"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    DISAGREED = "disagreed"


WORDS = {
    Move.OPENED: "opened",
    Move.ACKNOWLEDGED: "acknowledged",
    Move.OFFERED: "offered to somebody else",
    Move.ACCEPTED: "taken on by somebody else",
    Move.CLIMBED: "went up a rung: nobody answered in time",
    Move.RAISED: "went up a rung: it came again, after an earlier refusal or with worse news",
    Move.PASSED_ON: "passed on: whoever owed it has left",
    Move.ANSWERED: "answered",
    Move.DISAGREED: "reopened one rung higher: the answer was not accepted",
}

OWED = frozenset({State.OPEN, State.ACKNOWLEDGED})
"""The states in which an answer is owed."""

TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.OPEN, Move.ACKNOWLEDGED): State.ACKNOWLEDGED,
    (State.OPEN, Move.OFFERED): State.OPEN,
    (State.OPEN, Move.ACCEPTED): State.ACKNOWLEDGED,
    (State.OPEN, Move.CLIMBED): State.OPEN,
    (State.OPEN, Move.RAISED): State.OPEN,
    (State.OPEN, Move.PASSED_ON): State.OPEN,
    (State.OPEN, Move.ANSWERED): State.ANSWERED,
    (State.OPEN, Move.DISAGREED): State.OPEN,
    (State.ACKNOWLEDGED, Move.OFFERED): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Move.ACCEPTED): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Move.CLIMBED): State.OPEN,
    (State.ACKNOWLEDGED, Move.RAISED): State.OPEN,
    (State.ACKNOWLEDGED, Move.PASSED_ON): State.OPEN,
    (State.ACKNOWLEDGED, Move.ANSWERED): State.ANSWERED,
    (State.ACKNOWLEDGED, Move.DISAGREED): State.OPEN,
    (State.ANSWERED, Move.DISAGREED): State.OPEN,
}
"""The only moves there are. A duty that was answered is never closed for good: a disagreement reopens it."""


class NotPossible(ValueError):
    """A move that the table does not know."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty at one moment. `owner` and `offered_to` are whoever the caller names people by; the owner is never empty."""

    state: State
    rung: int
    owner: int
    due_at: datetime | None
    offered_to: int | None = None
    moves: int = 1


def next_state(state: State, move: Move) -> State:
    """Where a move leads. Raises NotPossible when it cannot be made from there."""
    try:
        return TRANSITIONS[(state, move)]
    except KeyError:
        raise NotPossible(f"a duty that is {state} cannot be {move}") from None


def moved(
    standing: Standing,
    move: Move,
    *,
    rung: int | None = None,
    owner: int | None = None,
    due_at: datetime | None = None,
    offered_to: int | None = None,
) -> Standing:
    """The standing after a move. What is not given stays; an answer ends the deadline, an offer is open until
    the next move of anyone."""
    state = next_state(standing.state, move)
    return Standing(
        state=state,
        rung=standing.rung if rung is None else rung,
        owner=standing.owner if owner is None else owner,
        due_at=(due_at or standing.due_at) if state in OWED else None,
        offered_to=offered_to,
        moves=standing.moves + 1,
    )


def folded(steps: Sequence[tuple[Move, Standing]]) -> Standing:
    """The standing that a duty's steps add up to, each held against the table. Raises NotPossible."""
    if not steps or steps[0][0] != Move.OPENED or steps[0][1].state != State.OPEN:
        raise NotPossible("a duty begins by being opened")
    standing = steps[0][1]
    for move, then in steps[1:]:
        if then.state != next_state(standing.state, move) or then.moves != standing.moves + 1:
            raise NotPossible(f"step {then.moves}, {move}, does not follow from the one before")
        standing = then
    return standing

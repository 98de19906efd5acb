"""The life of a duty: its states, its moves, and which move leads where. Code walks the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a duty stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    """Somebody would close it, or lower its level, and a second person of another agency is asked. Still owed."""
    ANSWERED = "answered"


class Level(StrEnum):
    """How much harm is feared. What is high is closed or lowered by two people of two agencies, never by one."""

    USUAL = "usual"
    HIGH = "high"


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
    SKIPPED = "skipped"
    JOINED = "joined"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    LOWERED = "lowered"
    DECLINED = "declined"
    RECHECKED = "rechecked"


WORDS = {
    Move.OPENED: "opened",
    Move.ACKNOWLEDGED: "acknowledged",
    Move.OFFERED: "offered to somebody else",
    Move.ACCEPTED: "taken on by somebody else",
    Move.CLIMBED: "went up a rung: nobody answered in time",
    Move.RAISED: "went up a rung: it came again, after an earlier refusal or with worse news",
    Move.PASSED_ON: "passed on: whoever owed it has left or is away",
    Move.ANSWERED: "answered",
    Move.DISAGREED: "reopened one rung higher: the answer was not accepted",
    Move.SKIPPED: "rungs were skipped: a child is in danger now",
    Move.JOINED: "somebody else knows about this too",
    Move.ASKED: "a second person, of another agency, is asked",
    Move.CONFIRMED: "closed: a second person, of another agency, agrees",
    Move.LOWERED: "level lowered: a second person, of another agency, agrees",
    Move.DECLINED: "not closed and not lowered: the second person does not agree",
    Move.RECHECKED: "owed again: the day on which it was to be looked at again has come",
}

OWED = frozenset({State.OPEN, State.ACKNOWLEDGED, State.ASKED})
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
    (State.OPEN, Move.SKIPPED): State.OPEN,
    (State.ACKNOWLEDGED, Move.SKIPPED): State.OPEN,
    (State.ANSWERED, Move.SKIPPED): State.OPEN,
    (State.OPEN, Move.JOINED): State.OPEN,
    (State.ACKNOWLEDGED, Move.JOINED): State.ACKNOWLEDGED,
    (State.ANSWERED, Move.JOINED): State.OPEN,
    (State.OPEN, Move.ASKED): State.ASKED,
    (State.ACKNOWLEDGED, Move.ASKED): State.ASKED,
    (State.ASKED, Move.ASKED): State.ASKED,
    (State.ASKED, Move.CONFIRMED): State.ANSWERED,
    (State.ASKED, Move.LOWERED): State.ACKNOWLEDGED,
    (State.ASKED, Move.DECLINED): State.OPEN,
    (State.ASKED, Move.ANSWERED): State.ANSWERED,
    (State.ASKED, Move.OFFERED): State.ASKED,
    (State.ASKED, Move.ACCEPTED): State.ASKED,
    (State.ASKED, Move.CLIMBED): State.ASKED,
    (State.ASKED, Move.RAISED): State.OPEN,
    (State.ASKED, Move.PASSED_ON): State.ASKED,
    (State.ASKED, Move.DISAGREED): State.OPEN,
    (State.ASKED, Move.SKIPPED): State.OPEN,
    (State.ASKED, Move.JOINED): State.ASKED,
    (State.ANSWERED, Move.RECHECKED): State.OPEN,
    (State.ANSWERED, Move.RAISED): State.OPEN,
}
"""The only moves there are. A duty that was answered is never closed for good: a disagreement, somebody else who knows,
worse news, or the day on which it was to be looked at again reopens it."""

FORGETS_RECHECK = frozenset({Move.RAISED, Move.SKIPPED, Move.DISAGREED, Move.DECLINED, Move.RECHECKED})
"""The moves after which a day to look again counts no more: it is owed anew."""


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
    level: Level = Level.USUAL
    recheck_at: datetime | None = None


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
    level: Level | None = None,
    recheck_at: datetime | None = None,
) -> Standing:
    """The standing after a move. What is not given stays; an answer ends the deadline, an offer is open until
    the next move of anyone, and a day to look again counts until it is owed anew."""
    state = next_state(standing.state, move)
    return Standing(
        state=state,
        rung=standing.rung if rung is None else rung,
        owner=standing.owner if owner is None else owner,
        due_at=(due_at or standing.due_at) if state in OWED else None,
        offered_to=offered_to,
        moves=standing.moves + 1,
        level=level or standing.level,
        recheck_at=recheck_at or (None if move in FORGETS_RECHECK else standing.recheck_at),
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

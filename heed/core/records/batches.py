"""What can become of records that came in together, and when so many come that a person looks first."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a batch stands."""

    OPEN = "open"
    HELD = "held"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can happen to a batch. Each is an entry of the ledger of this kind."""

    BEGUN = "batch"
    RELEASED = "release"
    WITHDRAWN = "withdrawal"


WITHHELD = (State.HELD, State.WITHDRAWN)
"""While a batch is in one of these its records are kept and can be read, and count for nothing."""

TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (State.HELD, Move.RELEASED): State.RELEASED,
    (State.HELD, Move.WITHDRAWN): State.WITHDRAWN,
    (State.OPEN, Move.WITHDRAWN): State.WITHDRAWN,
    (State.RELEASED, Move.WITHDRAWN): State.WITHDRAWN,
}
"""The only moves there are. What was withdrawn stays so: the agency sends a higher revision of what was right."""


class NotPossible(ValueError):
    """A move that the table does not know."""


def next_state(state: State, move: Move) -> State:
    """Where a move leads. Raises NotPossible when it cannot be made from there."""
    try:
        return TRANSITIONS[(state, move)]
    except KeyError:
        raise NotPossible(f"a batch that is {state} cannot be moved by {move}") from None


def folded(begun: State, moves: Iterable[Move]) -> State:
    """The state that a batch's entries add up to. Raises NotPossible."""
    if begun not in (State.OPEN, State.HELD):
        raise NotPossible(f"a batch does not begin {begun}")
    state: State = begun
    for move in moves:
        state = next_state(state, move)
    return state


def is_far_above_usual(
    *, today: int, arriving: int, earlier: int, days: int, times: float, floor: int
) -> bool:
    """Whether records arriving now make the day far larger than an agency's days are.

    `today` records of the day so far, `arriving` now, `earlier` in the `days` days before; held when the day comes to
    more than `times` the mean day, and to more than `floor` (threat T10: a stolen key floods).
    """
    return today + arriving > max(times * earlier / days, floor)

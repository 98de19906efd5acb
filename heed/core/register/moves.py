"""What is registered, its states, and which step leads where. Code walks the table."""

from collections.abc import Mapping
from enum import StrEnum

from heed.core.duty.moves import NotPossible


class Kind(StrEnum):
    """What is kept watch over, planned, or followed to its proof."""

    CHILD = "child"
    PERSON = "person"
    """A person of concern: unproven, graded, never shown to schools by default."""
    PLACE = "place"
    ACTION = "action"
    MEETING = "meeting"
    MEASURE = "measure"
    """A notice, an order, a licence: what disrupts whoever causes the harm."""
    PANEL = "panel"
    """A place on the list of the multi-agency panel: of a child, a person of concern or a place."""
    RECOMMENDATION = "recommendation"


SUBJECTS = frozenset({Kind.CHILD, Kind.PERSON, Kind.PLACE})
"""What has a page of its own; the others stand on one."""


class State(StrEnum):
    """Where it stands. What is asked for is still owed."""

    OPEN = "open"
    ASKED = "asked"
    ENDED = "ended"


class Move(StrEnum):
    """What can be said or done about it."""

    OPENED = "opened"
    SEEN = "seen"
    CHANGED = "changed"
    ASKED = "asked"
    LOWERED = "lowered"
    LEFT = "left"
    DECLINED = "declined"
    REVIEWED = "reviewed"
    WEEDED = "weeded"
    CONSIDERED = "considered"
    DONE = "done"
    HELD = "held"
    PUT_OFF = "put_off"
    RENEWED = "renewed"
    BREACHED = "breached"
    ACTED = "acted"
    ENDED = "ended"
    SIGNED = "signed"


BY_TWO = frozenset({Move.LOWERED, Move.LEFT, Move.SIGNED})
"""What nobody does alone: it follows only where somebody of another agency agreed to what was asked."""

_ASKING = {
    (State.OPEN, Move.ASKED): State.ASKED,
    # Asked anew: a word on what was asked before does nothing.
    (State.ASKED, Move.ASKED): State.ASKED,
    (State.ASKED, Move.DECLINED): State.OPEN,
}
_SUBJECT = {
    (State.OPEN, Move.REVIEWED): State.OPEN,
    (State.OPEN, Move.WEEDED): State.ENDED,
    (State.OPEN, Move.CONSIDERED): State.OPEN,
}
TRANSITIONS: Mapping[Kind, Mapping[tuple[State, Move], State]] = {
    Kind.CHILD: {
        **_ASKING,
        (State.OPEN, Move.SEEN): State.OPEN,
        (State.ASKED, Move.SEEN): State.ASKED,
        (State.OPEN, Move.CHANGED): State.OPEN,
        # Closer than before: what was asked for falls with it.
        (State.ASKED, Move.CHANGED): State.OPEN,
        (State.OPEN, Move.CONSIDERED): State.OPEN,
        (State.ASKED, Move.CONSIDERED): State.ASKED,
        (State.ASKED, Move.LOWERED): State.OPEN,
        (State.ASKED, Move.LEFT): State.ENDED,
    },
    Kind.PERSON: _SUBJECT,
    Kind.PLACE: _SUBJECT,
    Kind.ACTION: {(State.OPEN, Move.DONE): State.ENDED},
    Kind.MEETING: {(State.OPEN, Move.HELD): State.ENDED, (State.OPEN, Move.PUT_OFF): State.OPEN},
    Kind.MEASURE: {
        (State.OPEN, Move.RENEWED): State.OPEN,
        (State.OPEN, Move.BREACHED): State.OPEN,
        (State.OPEN, Move.ACTED): State.OPEN,
        (State.OPEN, Move.ENDED): State.ENDED,
    },
    Kind.PANEL: {
        **_ASKING,
        (State.OPEN, Move.CONSIDERED): State.OPEN,
        (State.OPEN, Move.REVIEWED): State.OPEN,
        (State.ASKED, Move.LEFT): State.ENDED,
    },
    Kind.RECOMMENDATION: {**_ASKING, (State.ASKED, Move.SIGNED): State.ENDED},
}
"""The only steps there are. Nothing that has ended begins again: it is opened anew, beside what was."""


def next_state(kind: Kind, state: State, move: Move) -> State:
    """Where a step leads. Raises NotPossible when it cannot be taken from there."""
    try:
        return TRANSITIONS[kind][(state, move)]
    except KeyError:
        raise NotPossible(f"what is {state} cannot be {move}") from None


def agreed_move(kind: Kind, leaves: bool) -> Move:
    """What follows when a second person agrees: a recommendation is signed off, the others are left or lowered."""
    if kind == Kind.RECOMMENDATION:
        return Move.SIGNED
    return Move.LEFT if leaves or kind == Kind.PANEL else Move.LOWERED

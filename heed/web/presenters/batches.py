"""Batches in words."""

from dataclasses import dataclass

from heed.casework.doors.batches import Arrived
from heed.core.records.batches import Move, State
from heed.web.presenters import wording

SOURCES = {"key": "an agency's system", "command": "an import on the command line", "mail": "mail"}
STATES = {
    State.OPEN: "Counts",
    State.HELD: "Held: waits for a person",
    State.RELEASED: "Released",
    State.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One batch for a page."""

    number: int
    agency: str
    came: str
    begun: str
    records: str
    state: str
    held: bool
    decided: str
    reason: str
    may_release: bool
    may_withdraw: bool


def batch(found: Arrived) -> Row:
    """A batch as the list and its page show it."""
    came = SOURCES.get(found.source, found.source) + (f", with the key “{found.key}”" if found.key else "")
    decided = f"{found.decided_by}, {wording.instant(found.decided_at)}" if found.decided_at else ""
    return Row(
        number=found.number,
        agency=found.agency,
        came=came,
        begun=wording.instant(found.begun),
        records=wording.figure(found.records, "record"),
        state=STATES.get(State(found.state), found.state),
        held=found.state == State.HELD,
        decided=decided,
        reason=found.reason,
        may_release=Move.RELEASED in found.may,
        may_withdraw=Move.WITHDRAWN in found.may,
    )

"""Holding one record, or one duty, against what its ledger entries say."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from heed.casework import sealed
from heed.casework.actions.duties import steps as writing
from heed.casework.columns import columns
from heed.casework.models import Duty, DutyStep, Entry, Record
from heed.casework.sealing.rows import words_of
from heed.core.duty.moves import Move, NotPossible, Standing, State, folded
from heed.core.records.canonical import line
from heed.core.records.when import parse_instant


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not agree: what it is (by reference) and how."""

    what: str
    how: str

    def __str__(self) -> str:
        return f"{self.what}: {self.how}"


def record_faults(record: Record, told: str | None, entry: Entry) -> Iterator[Fault]:
    """The columns of a record against its line, and who received it when against its entry. `told` is the line as it
    was opened, None when it could not be."""
    named = f"record {record}, entry {entry.seq}"
    if told is None:
        yield Fault(
            named, "cannot be opened: it is not what was sealed there, or its key is not in the keyring"
        )
        return
    try:
        document = json.loads(told)
        computed = asdict(columns(document)) | {"digest": sealed.mark(document)}
        if line(document) != told:
            yield Fault(named, "its document is not written as records are exported")
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Fault(named, "its document cannot be read")
        return
    computed |= {"received_at": entry.at, "received_by_id": entry.actor_id}
    for column, expected in computed.items():
        if getattr(record, column) != expected:
            yield Fault(named, f"{column} does not agree with its document or its entry")


def duty_faults(duty: Duty, steps: Sequence[DutyStep], bodies: Sequence[str]) -> Iterator[Fault]:
    """A duty against the fold of its steps, and each step against the entry written with it."""
    named = f"duty {duty.reference}"
    if not len(steps) == len(bodies) == duty.moves:
        yield Fault(
            named, f"stands after {duty.moves} moves, has {len(steps)} steps and {len(bodies)} entries"
        )
        return
    try:
        told = [json.loads(body) for body in bodies]
        standing = folded([(Move(each["move"]), _standing(each)) for each in told])
    except (ValueError, KeyError, TypeError, NotPossible):
        yield Fault(named, "its entries are not the moves of a duty")
        return
    for step, words, each in zip(steps, _words(steps), told, strict=True):
        said = _said(step, words)
        if said != {key: each[key] for key in said}:
            yield Fault(f"{named}, step {step.number}", "is not what its entry says")
    if told[0]["duty"] != writing.what(duty):
        yield Fault(named, "is not what it was opened as")
    try:
        if writing.standing(duty) != standing:
            yield Fault(named, "does not stand where its steps left it")
    except ValueError:
        yield Fault(named, f"stands in no state there is: {duty.state!r}")


def erased_duty_faults(duty: Duty, steps: Sequence[DutyStep], entries: int) -> Iterator[Fault]:
    """A duty whose words were erased with its record: who owed what and when stays, and nothing it said may."""
    named = f"duty {duty.reference}"
    if not len(steps) == entries == duty.moves:
        yield Fault(named, f"stands after {duty.moves} moves, has {len(steps)} steps and {entries} entries")
    if any(step.words for step in steps):
        yield Fault(named, "an entry says its words were erased, and they are there")


def _standing(told: dict) -> Standing:
    due_at = parse_instant(told["due_at"]) if told["due_at"] else None
    return Standing(
        State(told["state"]), told["rung"], told["owner"], due_at, told["offered_to"], told["step"]
    )


def _words(steps: Sequence[DutyStep]) -> list[str | None]:
    """What the steps say; None for words that cannot be opened."""
    try:
        return [*words_of(steps)]
    except (LookupError, ValueError):
        return [_words_of(step) for step in steps]


def _words_of(step: DutyStep) -> str | None:
    try:
        return words_of([step])[0]
    except (LookupError, ValueError):
        return None


def _said(step: DutyStep, words: str | None) -> dict:
    """What a step's own row says, as its entry says it."""
    return {
        "step": step.number,
        "at": writing.instant(step.at),
        "move": step.kind,
        "by": step.by_id,
        "rung": step.rung,
        "owner": step.owner_id,
        "due_at": writing.instant(step.due_at),
        "decision": step.decision,
        "words": words,
    }

"""Holding one record, or one duty, against what its ledger entries say."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from heed.casework import remains, sealed
from heed.casework.actions.duties import steps as writing
from heed.casework.actions.holds import RECORD
from heed.casework.columns import columns
from heed.casework.models import Duty, DutyStep, Entry, ErasedRecord, Record
from heed.casework.sealing.rows import words_of
from heed.core.duty.moves import Level, Move, NotPossible, Standing, State, folded, next_state
from heed.core.records.canonical import line
from heed.core.records.when import parse_instant


class Erasures(Protocol):
    """What is asked of the erasures of a ledger."""

    def request(self, seq: int) -> int:
        """By which request the body of this entry was erased."""

    def left(self, entry: Entry, mark: str) -> bool:
        """Whether this is what was left of the subject of this entry, as far as its erasure says."""


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
        if not _agree(step, said, each):
            yield Fault(f"{named}, step {step.number}", "is not what its entry says")
    if told[0]["duty"] != writing.what(duty):
        yield Fault(named, "is not what it was opened as")
    try:
        if writing.standing(duty) != standing:
            yield Fault(named, "does not stand where its steps left it")
    except ValueError:
        yield Fault(named, f"stands in no state there is: {duty.state!r}")


def erased_record_faults(record: Record | None, entry: Entry, erasures: Erasures) -> Iterator[Fault]:
    """What stays of an erased record against its entry, and against the mark in the erasure's."""
    if record is None:
        yield Fault(f"entry {entry.seq}", "the record that was erased left no row, or it cannot be read")
        return
    named, request = f"record {record}, entry {entry.seq}", erasures.request(entry.seq)
    if (record.document, record.digest, record.happened_from, record.happened_to) != ("", "", None, None):
        yield Fault(named, "an entry says it was erased, and something of it is there")
    if (record.received_at, record.received_by_id, record.agency_id) != (
        entry.at,
        entry.actor_id,
        entry.agency_id,
    ):
        yield Fault(named, "who received it, when or for whom does not agree with its entry")
    said = ErasedRecord.objects.filter(pk=record.pk).select_related("request").first()
    if said is None or said.request_id != request:
        yield Fault(named, f"nothing says that it was erased by request {request}")
        return
    asked = said.request
    if asked.scope == RECORD and (asked.agency_id, asked.ref) != (record.agency_id, record.ref):
        yield Fault(named, f"is not the record that request {request} asks for")
    if not erasures.left(entry, remains.of_record(record, said.source)):
        yield Fault(named, "what was left of it is not what the erasure left")


def erased_duty_faults(
    duty: Duty, steps: Sequence[DutyStep], erased: Sequence[Entry], bodies: Sequence[str], erasures: Erasures
) -> Iterator[Fault]:
    """A duty whose words were erased with its record: who owed what and when stays, and nothing it said may. `erased`
    are the entries without a body, `bodies` what those of later moves say."""
    named, first = f"duty {duty.reference}", len(erased)
    if not len(steps) == first + len(bodies) == duty.moves:
        yield Fault(
            named,
            f"stands after {duty.moves} moves, has {len(steps)} steps and {first + len(bodies)} entries",
        )
        return
    for step, entry in zip(steps, erased, strict=False):
        if step.words:
            yield Fault(named, "an entry says its words were erased, and they are there")
        if (step.number, step.kind, step.by_id) != (erased.index(entry) + 1, entry.purpose, entry.actor_id):
            yield Fault(f"{named}, step {step.number}", f"is not the move of which entry {entry.seq} tells")
    if not erasures.left(erased[0], remains.of_duty(duty, steps[:first])):
        yield Fault(named, "what was left of it is not what the erasure left")
    yield from _later_faults(duty, steps, steps[first:], bodies)


def _later_faults(
    duty: Duty, steps: Sequence[DutyStep], later: Sequence[DutyStep], bodies: Sequence[str]
) -> Iterator[Fault]:
    """The moves after an erasure against their entries, and where all moves together leave the duty."""
    named = f"duty {duty.reference}"
    try:
        told = [json.loads(body) for body in bodies]
        for step, words, each in zip(later, _words(later), told, strict=True):
            said = _said(step, words)
            if not _agree(step, said, each):
                yield Fault(f"{named}, step {step.number}", "is not what its entry says")
        standing = _left(duty, steps)
        if (told and _standing(told[-1]) != standing) or writing.standing(duty) != standing:
            yield Fault(named, "does not stand where its steps left it")
    except (ValueError, KeyError, TypeError):
        yield Fault(named, "its steps are not the moves of a duty, or it stands in no state there is")


def _left(duty: Duty, steps: Sequence[DutyStep]) -> Standing:
    """Where the steps by themselves leave a duty. To whom it was offered last no step says. Raises NotPossible."""
    if Move(steps[0].kind) != Move.OPENED:
        raise NotPossible("a duty begins by being opened")
    state = State.OPEN
    for step in steps[1:]:
        state = next_state(state, Move(step.kind))
    last = steps[-1]
    offered = duty.offered_to_id if last.kind == Move.OFFERED else None
    return Standing(
        state,
        last.rung,
        last.owner_id,
        last.due_at,
        offered,
        last.number,
        Level(last.level),
        last.recheck_at,
    )


def _standing(told: dict) -> Standing:
    due_at = parse_instant(told["due_at"]) if told["due_at"] else None
    recheck_at = parse_instant(told["recheck_at"]) if told.get("recheck_at") else None
    return Standing(
        State(told["state"]),
        told["rung"],
        told["owner"],
        due_at,
        told["offered_to"],
        told["step"],
        Level(told.get("level", Level.USUAL)),
        recheck_at,
    )


def _agree(step: DutyStep, said: dict, told: dict) -> bool:
    """Whether a step's own row and its entry say the same. Level and day to look again are in both, or in neither."""
    risk = {key: told[key] for key in ("level", "recheck_at") if key in told}
    return said == {key: told[key] for key in said} and writing.risk(step) == risk


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

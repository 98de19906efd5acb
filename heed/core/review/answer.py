"""The answer to who knew what as plain JSON: the same facts give the same bytes, so that anybody can compute it again.

It holds references, instants and professionals, and no word of a record: who may read those opens the records.
"""

from datetime import UTC, datetime
from typing import Any

from heed.core.duty.moves import Move, State, next_state
from heed.core.records.record import Record
from heed.core.review.asof import Kept
from heed.core.review.chronology import span
from heed.core.review.knowing import Duty, Knowledge, Person, Step

CERTAIN, POSSIBLE, NOT_YET = "happened", "may_have_happened", "not_yet"


def as_json(found: Knowledge) -> dict[str, Any]:
    """The whole answer. Instants are in UTC; a claimed date stands as it was written."""
    return {
        "sources": sorted({source for each in found.records for source in each.sources}),
        "records": [_record(each, each.told, found.end) for each in found.records if each.told],
        "erased": [[each.agency, each.ref] for each in found.erased],
        "dated_later_than_received": len(found.ahead),
        "agencies": _agencies(found),
        "people": [_person(each) for each in found.people],
        "duties": [_duty(each) for each in found.duties],
    }


def certainty(kept: Kept, end: datetime) -> str:
    """Whether what a record tells of had happened by `end`: certainly, possibly (a month or a year that was not over,
    an event still going on), or not yet, as with a meeting that is planned."""
    if kept.told is None or kept.told.happened_from is None:
        return POSSIBLE
    told = span(kept.told)
    if told.earliest > end:
        return NOT_YET
    return CERTAIN if kept.told.happened_from.latest <= end else POSSIBLE


def state_of(steps: tuple[Step, ...]) -> State:
    """The state a duty's steps add up to."""
    state = State.OPEN
    for step in steps[1:]:
        state = next_state(state, Move(step.move))
    return state


def _record(kept: Kept, told: Record, end: datetime) -> dict[str, Any]:
    return {
        "agency": kept.agency,
        "ref": kept.ref,
        "revision": kept.revision,
        "kind": str(told.kind),
        "happened_from": told.happened_from.text if told.happened_from else None,
        "happened_to": told.happened_to.text if told.happened_to else None,
        "happened": certainty(kept, end),
        "recorded_at": _at(kept.recorded_at),
        "received_at": _at(kept.received_at) if kept.received_at <= end else None,
    }


def _agencies(found: Knowledge) -> list[dict[str, Any]]:
    """How many records each agency had written, and how many of another agency's its people knew of."""
    told: dict[str, set[tuple[str, str]]] = {}
    for each in found.people:
        told.setdefault(each.who.agency, set()).update(each.knew_of)
    wrote: dict[str, list[Kept]] = {}
    for kept in found.records:
        wrote.setdefault(kept.agency, []).append(kept)
    codes = sorted({*told, *wrote} if not found.agency else {found.agency})
    return [
        {
            "agency": code,
            "recorded": len(wrote.get(code, ())),
            "first_recorded_at": _at(min((each.recorded_at for each in wrote.get(code, ())), default=None)),
            "of_others": len([name for name in told.get(code, ()) if name[0] != code]),
            "people": len([each for each in found.people if each.who.agency == code and each.knew_of]),
        }
        for code in codes
    ]


def _person(person: Person) -> dict[str, Any]:
    who = person.who
    return {
        "agency": who.agency,
        "professional": who.professional or None,
        "name": who.name,
        "role": who.role,
        "grade": who.grade,
        "ref": who.ref,
        "could_see": person.could_see,
        "wrote": [[*name, _at(at)] for name, at in sorted(person.wrote.items())],
        "told": [[*name, _at(at)] for name, at in sorted(person.told.items())],
        "opened": [[*name, _at(at), purpose] for name, (at, purpose) in sorted(person.opened.items())],
        "answered": [[*name, _at(at), said] for name, (at, said) in sorted(person.answered.items())],
        "owed": [[duty, _at(at)] for duty, at in sorted(person.owed.items())],
        "did": [
            [duty, step.number, step.move, step.decision, _at(step.at)]
            for duty, step in sorted(person.did, key=lambda each: (each[0], each[1].number))
        ],
        "notified": [
            [each.duty, each.step, each.kind, _at(each.at)]
            for each in sorted(person.notified, key=lambda each: (each.duty, each.step, each.kind))
        ],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    last = duty.steps[-1]
    return {
        "duty": duty.owed.reference,
        "record": list(duty.record),
        "clause": duty.owed.clause,
        "owing_agency": duty.owed.owing,
        "opened_at": _at(duty.steps[0].at),
        "state": str(state_of(duty.steps)),
        "rung": last.rung,
        "owner": last.owner.professional,
        "due_at": _at(last.due_at),
        "steps": [
            [step.number, step.move, _at(step.at), step.by.professional if step.by else None, step.rung]
            for step in duty.steps
        ],
    }


def _at(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()

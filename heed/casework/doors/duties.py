"""The door to one duty: what is owed, why, every step so far, and what the viewer may do about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.duties.answering import answered_elsewhere
from heed.casework.actions.duties.holders import may_answer
from heed.casework.actions.duties.seconding import asked_step, why_not
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import Owed, as_owed, in_sight
from heed.casework.doors.sight import CHILD_PARTS, full_name
from heed.casework.models import Agency, Duty, Mention, PolicyInForce, Professional, Record
from heed.casework.policy import policy
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED, Level, Move, State
from heed.core.records.explained import Explained
from heed.core.records.record import Document

PURPOSE = "to see what is owed and answer it"
THEME = "to raise a difference about several cases"
BY_HAND = "to begin something about it by hand"
MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Child:
    """A child in the record: the person behind the mention, under the name the record gives."""

    person: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What the duty is about, in the words of whoever wrote it."""

    agency: str
    ref: str
    kind: str
    author: str
    recorded_at: datetime
    happened_from: str
    text: str
    childs_words: str
    danger: bool
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a duty can be offered."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DutyFile:
    """A duty's page. `statement` is None when the viewer may not see the record; `acts` name the forms to offer."""

    owed: Owed
    statement: Statement | None
    acts: frozenset[str]
    colleagues: tuple[Colleague, ...]
    decisions: tuple[tuple[str, str], ...]
    reason_characters: int
    changed: tuple[str, ...] = ()
    """What policy changed of the rules by which duties move since this one began."""


def duty_file(*, viewer: Viewer, reference: str, now: datetime) -> DutyFile | None:
    """Everything on one duty, or None when there is none that is the viewer's business. Logged either way."""
    duty = in_sight(viewer).filter(reference=reference).first()
    if duty is None:
        refused(viewer=viewer, subject="duty:unknown", purpose=PURPOSE, now=now)
        return None
    record = _record(viewer, duty)
    looked(
        viewer=viewer,
        subject=f"duty:{duty.reference}",
        purpose=PURPOSE,
        records=[record.pk] if record else (),
        now=now,
    )
    rules = policy().duties
    return DutyFile(
        owed=as_owed(viewer, [duty])[0],
        statement=_statement(record) if record else None,
        acts=_acts(viewer, duty),
        colleagues=colleagues(viewer),
        decisions=tuple(rules.decisions.items()),
        reason_characters=rules.reason_characters,
        changed=_changed(duty),
    )


def _changed(duty: Duty) -> tuple[str, ...]:
    newer = PolicyInForce.objects.filter(at__gt=duty.opened_at).order_by("pk")
    told = [
        f"Since {row.at:%d %B %Y}, {key.replace('.', ', ')} was {was or 'not there'}, is {now or 'not there'}."
        for row in newer.defer("text")
        for key, was, now in json.loads(row.changes)
    ]
    return tuple(told[:MOST_CHANGES])


def _record(viewer: Viewer, duty: Duty) -> Record | None:
    return Record.objects.visible_to(viewer).filter(pk=duty.record_id).first() if duty.record_id else None


def _statement(record: Record) -> Statement:
    told = json.loads(sealed.document_of(record))
    author = told.get("author") or {}
    return Statement(
        agency=record.agency.name,
        ref=record.ref,
        kind=record.kind,
        author=", ".join(author[key] for key in ("name", "role") if author.get(key)),
        recorded_at=record.recorded_at,
        happened_from=told.get("happened_from") or "",
        text=told.get("text") or "",
        childs_words=told.get("childs_words") or "",
        danger="danger_now" in told.get("observations", []),
        children=_children(record, told),
    )


def _children(record: Record, told: Document) -> tuple[Child, ...]:
    """Each child of the record once."""
    mentions = Mention.objects.of([record.pk]).filter(part__in=CHILD_PARTS).order_by("position")
    named = {
        person: full_name(told["people"][position]) or "a child whose name is not known"
        for position, person in mentions.values_list("position", "source__person")
    }
    return tuple(Child(person, name) for person, name in named.items())


def _acts(viewer: Viewer, duty: Duty) -> frozenset[str]:
    """Which forms to offer. Whether an act is allowed is decided again by the action."""
    acts = set() if duty.owner_id == viewer.professional else {"disagree"}
    if duty.rung < policy().ladder.top:
        acts.add("skip")
    if _adds_a_voice(viewer, duty):
        acts.add("join")
    if _is_second(viewer, duty):
        acts.add("second")
    if duty.state not in OWED:
        return frozenset(acts)
    if duty.owner_id == viewer.professional:
        acts |= {"answer", "hand_over"} | ({"acknowledge"} if duty.state == State.OPEN else set())
    if duty.offered_to_id == viewer.professional:
        acts.add("accept")
    if _stands_above(viewer, duty):
        acts.add("answer")
    if "answer" in acts and duty.level == Level.HIGH:
        acts.add("lower")
    return frozenset(acts - {"answer"} if answered_elsewhere(duty) else acts)


def _adds_a_voice(viewer: Viewer, duty: Duty) -> bool:
    """Not whoever raised it, nor the agency that owes the answer, nor anybody twice."""
    if duty.raiser_id == viewer.professional or duty.owing_agency_id == viewer.agency:
        return False
    return not duty.steps.filter(kind=Move.JOINED, by=viewer.professional).exists()


def _is_second(viewer: Viewer, duty: Duty) -> bool:
    asked = asked_step(duty)
    person = Professional.objects.get(pk=viewer.professional)
    return asked is not None and not why_not(duty, asked, person)


def _stands_above(viewer: Viewer, duty: Duty) -> bool:
    return may_answer(Professional.objects.get(pk=viewer.professional), duty, policy().ladder.at(duty.rung))


def seen_among(*, viewer: Viewer, references: Sequence[str], now: datetime) -> frozenset[str]:
    """Which of these duties are the viewer's business. Logged: what is hidden is not told from what is not there."""
    found = frozenset(in_sight(viewer).filter(reference__in=references).values_list("reference", flat=True))
    if found:
        looked(viewer=viewer, subject="duties:named", purpose=THEME, now=now)
    if set(references) - found:
        refused(viewer=viewer, subject="duty:unknown", purpose=THEME, now=now)
    return found


def one_in_sight(*, viewer: Viewer, reference: str, purpose: str, now: datetime) -> Duty:
    """One duty that is the viewer's business. Logged; one that is hidden is answered like one that is not there."""
    duty = in_sight(viewer).filter(reference=reference).first()
    if duty is None:
        refused(viewer=viewer, subject="duty:unknown", purpose=purpose, now=now)
        raise Explained(
            f"You see no duty {reference}. Look for its reference on Today or on the page of the duty."
        )
    looked(viewer=viewer, subject=f"duty:{duty.reference}", purpose=purpose, now=now)
    return duty


def colleague(*, viewer: Viewer, id: int) -> Professional | None:
    """Somebody at the viewer's agency, to hand a duty to."""
    return Professional.objects.filter(pk=id, agency=viewer.agency).first()


def colleagues(viewer: Viewer) -> tuple[Colleague, ...]:
    """Those at the viewer's agency who can sign in, without the viewer."""
    people = Professional.objects.filter(agency=viewer.agency, is_active=True).exclude(pk=viewer.professional)
    return tuple(
        Colleague(person.pk, person.name, person.role)
        for person in people.order_by("name")
        if person.has_usable_password()
    )


def agencies() -> tuple[tuple[str, str], ...]:
    """Agencies by code and name, for whoever has a difference with one."""
    return tuple(Agency.objects.order_by("name").values_list("code", "name"))

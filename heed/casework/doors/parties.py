"""Whose business a duty is, and in what words it is handed to a page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from heed.casework import sealed
from heed.casework.actions.duties.barring import unbarred
from heed.casework.actions.duties.levels import is_high
from heed.casework.doors.sight import full_name
from heed.casework.models import Duty, DutyStep, Finding, Notice, Post, Professional, Record, Relationship
from heed.casework.policy import policy
from heed.casework.sealing.rows import opened_findings, words_of
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import Move
from heed.core.duty.posts import Post as Rank

HEEDS_OWN = (Move.OPENED, Move.RAISED)
"""The moves whose words Heed writes; where a person began it by hand, they read their own."""

LEADING = (Rank.LINE_MANAGER, Rank.DESIGNATED_LEAD, Rank.EXECUTIVE, Rank.SCRUTINEER)


@dataclass(frozen=True, slots=True)
class Party:
    """A person in a duty."""

    id: int
    name: str
    role: str
    agency: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a duty. `by` is None when the clock made it; `move` is a word of heed.core.duty.moves."""

    number: int
    at: datetime
    move: str
    by: Party | None
    owner: Party
    rung: int
    due_at: datetime | None
    decision: str
    words: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty as somebody may see it. `about` names the child only to those who may see the record."""

    reference: str
    about: str
    finding: str
    clause: str
    state: str
    rung: int
    rung_name: str
    owner: Party
    offered_to: Party | None
    owing_agency: str
    raising_agency: str
    raiser: str
    opened_at: datetime
    due_at: datetime | None
    steps: tuple[Step, ...]
    record: int | None
    grave: bool = False
    """Whether closing it takes two people."""
    about_what: str = ""


def in_sight(viewer: Viewer) -> QuerySet[Duty]:
    """Duties that are the viewer's business: those they raised, owe, were offered or once owed, those they were shown
    because of a rung, a voice or a second word, those that their agency raised or owes, and
    those on a rung that a post they hold at the partnership sees. None about somebody they stand near to."""
    me, mine = viewer.professional, viewer.agency
    steps = DutyStep.objects.filter(Q(owner=me) | Q(by=me)).values("duty")
    theirs = Q(owner=me) | Q(offered_to=me) | Q(raiser=me) | Q(pk__in=steps)
    agency = Q(owing_agency=mine) | Q(raising_agency=mine)
    shown = Relationship.objects.filter(professional=me, duty__isnull=False).values("duty")
    theirs |= Q(pk__in=shown)
    # Whoever was told of it: the team of a child whose records were opened in an emergency, the lead of another voice.
    told = Notice.objects.filter(professional=me).values("duty")
    theirs |= Q(pk__in=told)
    seen = Duty.objects.filter(theirs | agency | Q(rung__in=rungs_seen_as_partnership(viewer)))
    return whole(unbarred(seen, viewer.professional, viewer.barred))


def whole(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """With everybody in them, read at once."""
    related = ("owner__agency", "offered_to__agency", "raiser__agency", "owing_agency", "raising_agency")
    return duties.select_related(*related).prefetch_related("steps__by__agency", "steps__owner__agency")


def posts_held(viewer: Viewer) -> frozenset[str]:
    """The posts the viewer holds at their own agency."""
    return frozenset(
        Post.objects.filter(holder=viewer.professional, agency=viewer.agency).values_list("post", flat=True)
    )


def rungs_seen_as_partnership(viewer: Viewer) -> list[int]:
    """The rungs on which duties of every agency come into sight of the partnership's posts that the viewer holds."""
    if policy().agencies.get(viewer.agency) is None or policy().agencies[viewer.agency].kind != "partnership":
        return []
    held = posts_held(viewer)
    return [n for n, rung in enumerate(policy().ladder.rungs) if held & set(rung.seen_by_partnership)]


def as_owed(viewer: Viewer, duties: Iterable[Duty]) -> tuple[Owed, ...]:
    """Plain values of duties the viewer may see."""
    duties = list(duties)
    names = _children(viewer, {duty.record_id for duty in duties if duty.record_id})
    findings = {duty.finding for duty in duties if duty.finding}
    told = opened_findings(Finding.objects.filter(pk__in=findings))
    statements = {row.pk: row.statement for row in told}
    return tuple(_as_seen(viewer, duty, names, statements) for duty in duties)


def _as_seen(viewer: Viewer, duty: Duty, names: dict[int, str], statements: dict[str, str]) -> Owed:
    """What Heed itself says when it opens or raises a duty, a finding's sentence or an earlier refusal, tells of more
    than the duty's own record: only whoever owes the answer, or works where an earlier refusal is answered for, reads
    it."""
    owes = _owes(viewer, duty)
    told = owes or (not duty.finding and duty.owing_agency_id == viewer.agency)
    return _owed(duty, names, statements if owes else {}, told, viewer.professional)


def _owes(viewer: Viewer, duty: Duty) -> bool:
    """Whether the answer is, was, or is offered to be the viewer's own: only then is a finding's sentence theirs.
    A sentence about four children tells an agency that knows one of them about the other three."""
    people = {duty.owner_id, duty.offered_to_id, *(step.owner_id for step in duty.steps.all())}
    return viewer.professional in people


def _children(viewer: Viewer, ids: set[int]) -> dict[int, str]:
    """Children's names by record, of the records that the viewer may see."""
    names = {}
    found = Record.objects.visible_to(viewer).filter(pk__in=ids)
    for pk, document in sealed.documents(found, "pk"):
        people = json.loads(document).get("people", [])
        children = [full_name(person) for person in people if person.get("part") == "child"]
        names[pk] = ", ".join(name for name in children if name)
    return names


def _owed(duty: Duty, names: dict[int, str], statements: dict[str, str], told: bool, me: int) -> Owed:
    rungs = policy().ladder.rungs
    return Owed(
        reference=duty.reference,
        about=statements.get(duty.finding, "") if duty.finding else names.get(duty.record_id or 0, ""),
        finding=duty.finding,
        clause=duty.clause,
        state=duty.state,
        rung=duty.rung,
        rung_name=rungs[min(duty.rung, len(rungs) - 1)].name,
        owner=_party(duty.owner),
        offered_to=_party(duty.offered_to) if duty.offered_to else None,
        owing_agency=duty.owing_agency.name,
        raising_agency=duty.raising_agency.name if duty.raising_agency else "",
        raiser=f"{duty.raiser.name}, {duty.raiser.role}" if duty.raiser else duty.raiser_name,
        opened_at=duty.opened_at,
        due_at=duty.due_at,
        steps=tuple(
            _step(step, told or step.kind not in HEEDS_OWN or step.by_id == me) for step in duty.steps.all()
        ),
        record=duty.record_id,
        grave=is_high(duty),
        about_what=duty.about,
    )


def _step(step: DutyStep, told: bool) -> Step:
    return Step(
        number=step.number,
        at=step.at,
        move=step.kind,
        by=_party(step.by) if step.by else None,
        owner=_party(step.owner),
        rung=step.rung,
        due_at=step.due_at,
        decision=policy().duties.decisions.get(step.decision, step.decision),
        words=words_of([step])[0] if told else "",
    )


def _party(person: Professional) -> Party:
    return Party(person.pk, person.name, person.role, person.agency.name)

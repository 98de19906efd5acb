"""The door to findings: what the rules noticed, as far as a viewer may see it.

A finding is there for somebody who may see one of its children, or who owes, is offered or once held its duty.
Sentence, hub and counts are shown only to those who may see every record behind them, or who owe the duty:
a sentence about four children tells of the three one may not see. The rest are told that something links this
child with others, and whom to ask.
"""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import CHILD_PARTS, Contact, KnownChild, agency_names, contacts, known_children
from heed.casework.models import Duty, DutyStep, Finding, FindingChild, Mention, Record
from heed.core.access.viewer import Viewer
from heed.core.records.when import When, parse_when

type Source = tuple[str, str]

FRESH = timedelta(days=8)
"""A finding not seen again by the last weekly look no longer stands; it is kept as it last stood."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A finding in a list. `full`: the viewer may read its sentence; `statement` is empty otherwise."""

    id: str
    detector: str
    full: bool
    statement: str
    strength: float
    first_raised: date
    as_of: date
    stands: bool
    seen: tuple[KnownChild, ...]
    unseen: int
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unseen:
    """A child, or records, the viewer may not see: which agencies hold them, nothing else."""

    agencies: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record behind a finding, visible to the viewer. `people`: the finding's children it names."""

    key: int
    agency: str
    ref: str
    kind: str
    happened: When | None
    recorded_at: datetime
    people: tuple[str, ...]
    hubs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """What the children share."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class FindingDuty:
    """The answer owed on a finding."""

    reference: str
    owner: str
    owner_role: str
    agency: str
    state: str
    rung: int
    due_at: datetime | None
    opened_at: datetime
    yours: bool
    in_sight: bool
    """Whether the duty's own page is there for the viewer."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a finding's duty."""

    at: datetime
    kind: str
    by: str
    decision: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything one viewer may see of one finding. Against, denominator, hubs and terms are empty unless `full`."""

    summary: Summary
    version: str
    unseen_children: tuple[Unseen, ...]
    hubs: tuple[Hub, ...]
    evidence: tuple[Evidence, ...]
    unseen_evidence: tuple[Unseen, ...]
    against: tuple[str, ...]
    denominator: str
    chance: float | None
    terms: tuple[tuple[str, float], ...]
    duties: tuple[FindingDuty, ...]
    steps: tuple[Step, ...]
    agencies: dict[str, str]
    contacts: dict[str, Contact]


def standing(*, viewer: Viewer, now: datetime) -> list[Summary]:
    """The findings the viewer may see, strongest first."""
    found = summaries(viewer, now)
    looked(viewer=viewer, subject="findings", purpose="standing findings", now=now)
    return found


def summaries(viewer: Viewer, now: datetime, person: str | None = None) -> list[Summary]:
    """The same without a look of its own, for a door that logs one; only those `person` is in, when given."""
    children = FindingChild.objects.all()
    if person is not None:
        children = children.filter(finding__in=FindingChild.objects.filter(person=person).values("finding"))
    members: dict[str, set[str]] = {}
    for finding, each in children.values_list("finding_id", "person"):
        members.setdefault(finding, set()).add(each)
    owed = _owed(viewer)
    known = known_children(viewer, {each for persons in members.values() for each in persons})
    wanted = {
        finding
        for finding, persons in members.items()
        if persons & known.keys() or (finding in owed and not person)
    }
    bodies = {finding.id: finding for finding in Finding.objects.filter(pk__in=wanted)}
    visible = _visible_evidence(viewer, [json.loads(each.body) for each in bodies.values()])
    names = agency_names()
    found = [
        _summary(each, json.loads(each.body), known, visible, each.id in owed, names, now)
        for each in bodies.values()
    ]
    return sorted(found, key=lambda each: (not each.stands, -each.strength, each.id))


def finding(*, viewer: Viewer, id: str, now: datetime) -> Page | None:
    """One finding, or None when it is not there for this viewer, or not at all."""
    row = Finding.objects.filter(pk=id).first()
    body = json.loads(row.body) if row else {"children": [], "evidence": []}
    persons = [child["person"] for child in body["children"]]
    known = known_children(viewer, persons)
    owes = id in _owed(viewer)
    if row is None or not (known or owes):
        refused(viewer=viewer, subject=f"finding:{id[:200]}", purpose="finding", now=now)
        return None
    visible = _visible_evidence(viewer, [body])
    looked(viewer=viewer, subject=f"finding:{id}", purpose="finding", records=visible.values(), now=now)
    return _page(viewer, row, body, known, visible, owes, now)


def _page(
    viewer: Viewer, row: Finding, body: dict[str, Any], known: dict[str, KnownChild], visible: dict[Source, int],
    owes: bool, now: datetime,
) -> Page:  # fmt: skip
    names = agency_names()
    summary = _summary(row, body, known, visible, owes, names, now)
    unseen = [Unseen(_agencies_of(child)) for child in body["children"] if child["person"] not in known]
    hidden = Counter(agency for agency, ref in body["evidence"] if (agency, ref) not in visible)
    full = summary.full
    return Page(
        summary=summary,
        version=row.version,
        unseen_children=tuple(unseen),
        hubs=tuple(Hub(each["kind"], each["key"], each["label"]) for each in body["hubs"]) if full else (),
        evidence=tuple(_evidence(viewer, body, visible)),
        unseen_evidence=tuple(Unseen((agency,), count) for agency, count in sorted(hidden.items())),
        against=tuple(body["against"]) if full else (),
        denominator=body["denominator"] if full else "",
        chance=body["chance"] if full else None,
        terms=tuple(body.get("terms", {}).items()) if full else (),
        duties=tuple(_duties(viewer, row.id, names)),
        steps=tuple(_steps(row.id)),
        agencies=names,
        contacts=contacts({agency for each in unseen for agency in each.agencies} | set(hidden)),
    )


def _summary(
    row: Finding, body: dict[str, Any], known: dict[str, KnownChild], visible: dict[Source, int], owes: bool,
    names: dict[str, str], now: datetime,
) -> Summary:  # fmt: skip
    persons = [child["person"] for child in body["children"]]
    full = owes or all((agency, ref) in visible for agency, ref in body["evidence"])
    unseen = [child for child in body["children"] if child["person"] not in known]
    ask = sorted({names.get(agency, agency) for child in unseen for agency in _agencies_of(child)})
    return Summary(
        id=row.id,
        detector=row.detector,
        full=full,
        statement=row.statement if full else "",
        strength=row.strength,
        first_raised=row.first_raised,
        as_of=row.as_of,
        stands=now.date() - row.as_of < FRESH,
        seen=tuple(known[person] for person in persons if person in known),
        unseen=len(unseen),
        ask=tuple(ask),
    )


def _agencies_of(child: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({agency for agency, _ in child["sources"]}))


def _owed(viewer: Viewer) -> set[str]:
    """The findings whose duty the viewer owes, is offered or once held."""
    me = viewer.professional
    held = DutyStep.objects.filter(owner=me).values("duty")
    duties = Duty.objects.filter(Q(owner=me) | Q(offered_to=me) | Q(pk__in=held))
    return set(duties.exclude(finding="").values_list("finding", flat=True))


def _visible_evidence(viewer: Viewer, bodies: Collection[dict[str, Any]]) -> dict[Source, int]:
    """Those records of the evidence the viewer may see, each with the row of its newest revision. One query."""
    wanted: dict[str, set[str]] = {}
    for body in bodies:
        for agency, ref in body["evidence"]:
            wanted.setdefault(agency, set()).add(ref)
    if not wanted:
        return {}
    match = Q()
    for agency, refs in wanted.items():
        match |= Q(agency=agency, ref__in=refs)
    rows = Record.objects.visible_to(viewer).filter(match).order_by("revision")
    return {(agency, ref): pk for agency, ref, pk in rows.values_list("agency_id", "ref", "pk")}


def _evidence(viewer: Viewer, body: dict[str, Any], visible: dict[Source, int]) -> list[Evidence]:
    """The visible records behind a finding, oldest first, with the children and hubs each one names."""
    shown = [visible[agency, ref] for agency, ref in body["evidence"] if (agency, ref) in visible]
    people = _people(shown, {child["person"] for child in body["children"]})
    hubs = {hub["key"] for hub in body["hubs"]}
    rows = Record.objects.visible_to(viewer).filter(pk__in=shown).prefetch_related("things")
    found = [
        Evidence(
            row.pk, row.agency_id, row.ref, row.kind, _happened(row), row.recorded_at,
            tuple(people.get(row.pk, ())),
            tuple(sorted({thing.key for thing in row.things.all()} & hubs)),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(
        found, key=lambda each: (each.happened.earliest if each.happened else each.recorded_at, each.key)
    )


def _people(records: Collection[int], persons: set[str]) -> dict[int, list[str]]:
    mentions = Mention.objects.filter(record__in=records, part__in=CHILD_PARTS, source__person__in=persons)
    found: dict[int, list[str]] = {}
    for record, person in mentions.order_by("record", "position").values_list("record_id", "source__person"):
        if person not in found.setdefault(record, []):
            found[record].append(person)
    return found


def _happened(row: Record) -> When | None:
    told = json.loads(row.document).get("happened_from")
    return parse_when(told) if told else None


def _duties(viewer: Viewer, id: str, names: dict[str, str]) -> list[FindingDuty]:
    owed = Duty.objects.filter(finding=id).select_related("owner").order_by("opened_at", "pk")
    theirs = set(in_sight(viewer).filter(finding=id).values_list("pk", flat=True))
    return [
        FindingDuty(
            each.reference,
            each.owner.name,
            each.owner.role,
            names.get(each.owing_agency_id, each.owing_agency_id),
            each.state,
            each.rung,
            each.due_at,
            each.opened_at,
            each.owner_id == viewer.professional,
            each.pk in theirs,
        )
        for each in owed
    ]


def _steps(id: str) -> list[Step]:
    steps = DutyStep.objects.filter(duty__finding=id).select_related("by").order_by("at", "pk")
    return [Step(each.at, each.kind, each.by.name if each.by else "", each.decision) for each in steps]

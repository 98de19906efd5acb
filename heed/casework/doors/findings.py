"""The door to findings: what the rules noticed, as far as a viewer may see it."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from heed.casework import sealed
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.noticed import (
    Noticed,
    Source,
    Summary,
    agencies_of,
    in_order,
    owed_findings,
    summaries,
    summary,
    visible_evidence,
)
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import (
    CHILD_PARTS,
    Contact,
    KnownChild,
    agency_names,
    contacts,
    known_children,
    read,
)
from heed.casework.models import Duty, DutyStep, Entry, Finding, Mention, Record
from heed.casework.policy import policy
from heed.casework.sealing.rows import opened_findings
from heed.core.access.viewer import Viewer
from heed.core.patterns.matching import alias_match, place_match
from heed.core.records.keys import thing_key
from heed.core.records.kinds import Part, ThingKind
from heed.core.records.record import Record as Told
from heed.core.records.when import When


@dataclass(frozen=True, slots=True)
class Unseen:
    """A child, or records, the viewer may not see: which agencies hold them; a count only on a `full` page."""

    agencies: tuple[str, ...]
    count: int | None = None


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
    received_at: datetime


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
    seen: tuple[KnownChild, ...]
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
    looked_before: datetime | None = None
    """When the viewer last looked at it before now; None where this is the first time."""


def listed(*, viewer: Viewer, page: int, each: int, now: datetime) -> tuple[list[Summary], list[Noticed]]:
    """A page of the findings that are there for the viewer, and all of them by id: those that stand first,
    strongest first. Pages count from 1; beyond the last there is nothing."""
    found = in_order(viewer, now)
    here = [one.id for one in found[(page - 1) * each : page * each]]
    looked(viewer=viewer, subject="findings", purpose="standing findings", now=now)
    return summaries(viewer, here, now), found


def finding(*, viewer: Viewer, id: str, now: datetime) -> Page | None:
    """One finding, or None when it is not there for this viewer, or not at all."""
    row = next(iter(opened_findings(Finding.objects.filter(pk=id))), None)
    body = json.loads(row.body) if row else {"children": [], "evidence": []}
    persons = [child["person"] for child in body["children"]]
    known = known_children(viewer, persons)
    owes = id in owed_findings(viewer)
    if row is None or not (known or owes):
        refused(viewer=viewer, subject=f"finding:{id[:200]}", purpose="finding", now=now)
        return None
    visible = visible_evidence(viewer, [body])
    before = _last_look(viewer, id)
    looked(viewer=viewer, subject=f"finding:{id}", purpose="finding", records=visible.values(), now=now)
    return replace(_page(viewer, row, body, known, visible, owes, now), looked_before=before)


def _last_look(viewer: Viewer, id: str) -> datetime | None:
    """The newest look of the viewer at a finding, as the ledger has it."""
    looks = Entry.objects.filter(kind="consultation", subject=f"finding:{id}", actor=viewer.professional)
    return looks.order_by("-seq").values_list("at", flat=True).first()


def _page(
    viewer: Viewer, row: Finding, body: dict[str, Any], known: dict[str, KnownChild], visible: dict[Source, int],
    owes: bool, now: datetime,
) -> Page:  # fmt: skip
    names = agency_names()
    said = summary(row, body, set(known), visible, owes, names, now)
    unseen = [Unseen(agencies_of(child)) for child in body["children"] if child["person"] not in known]
    hidden = Counter(agency for agency, ref in body["evidence"] if (agency, ref) not in visible)
    full = said.full
    return Page(
        summary=said,
        seen=tuple(known[who] for who in said.seen),
        version=row.version,
        unseen_children=tuple(unseen),
        hubs=tuple(Hub(each["kind"], each["key"], each["label"]) for each in body["hubs"]) if full else (),
        evidence=tuple(_evidence(viewer, body, visible)),
        unseen_evidence=tuple(
            Unseen((agency,), count if full else None) for agency, count in sorted(hidden.items())
        ),
        against=tuple(body["against"]) if full else (),
        denominator=body["denominator"] if full else "",
        chance=body["chance"] if full else None,
        terms=tuple(body.get("terms", {}).items()) if full else (),
        duties=tuple(_duties(viewer, row.id, names)),
        steps=tuple(_steps(row.id)),
        agencies=names,
        contacts=contacts({agency for each in unseen for agency in each.agencies} | set(hidden)),
    )


def _evidence(viewer: Viewer, body: dict[str, Any], visible: dict[Source, int]) -> list[Evidence]:
    """The visible records behind a finding, oldest first, with the children and hubs each one names."""
    shown = [visible[agency, ref] for agency, ref in body["evidence"] if (agency, ref) in visible]
    people = _people(shown, {child["person"] for child in body["children"]})
    hubs = {_hub_match(hub): hub["key"] for hub in body["hubs"]}
    rows = sealed.documents(Record.objects.visible_to(viewer).filter(pk__in=shown), "pk", "received_at")
    found = [_proof(pk, at, read(document), people.get(pk, []), hubs) for pk, at, document in rows]
    return sorted(
        found, key=lambda each: (each.happened.earliest if each.happened else each.recorded_at, each.key)
    )


def _proof(
    key: int, received_at: datetime, told: Told, people: list[str], hubs: dict[str | None, str]
) -> Evidence:
    named = dict.fromkeys(hubs[match] for match in _matches(told) if match in hubs)
    return Evidence(
        key,
        told.agency,
        told.ref,
        told.kind,
        told.happened_from,
        told.recorded_at,
        tuple(people),
        tuple(named),
        received_at,
    )


def _hub_match(hub: dict[str, str]) -> str | None:
    """The key by which a hub and a record meet, as the rules compare them: looser than the one a reader is shown."""
    code, _, words = hub["key"].partition("|")
    match hub["kind"]:
        case "place" | "premises":
            return place_match(words if code else None, code, None if code else words)
        case "alias":
            return alias_match(hub["key"])
    return hub["key"]


def _matches(told: Told) -> Iterator[str | None]:
    for thing in told.things:
        if thing.kind in (ThingKind.PLACE, ThingKind.PREMISES):
            yield place_match(thing.address, thing.postcode, thing.name)
        else:
            yield thing_key(thing)
    for mention in told.people:
        if mention.part is Part.PERSON_OF_CONCERN:
            yield from map(alias_match, mention.also_known_as)


def _people(records: Collection[int], persons: set[str]) -> dict[int, list[str]]:
    mentions = Mention.objects.of(records).filter(part__in=CHILD_PARTS, source__person__in=persons)
    found: dict[int, list[str]] = {}
    for record, person in mentions.order_by("record", "position").values_list("record_id", "source__person"):
        if person not in found.setdefault(record, []):
            found[record].append(person)
    return found


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
    decided = policy().duties.decisions
    return [
        Step(each.at, each.kind, each.by.name if each.by else "", decided.get(each.decision, each.decision))
        for each in steps
    ]

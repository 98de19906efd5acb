"""Which findings are there for a viewer, and how much of each.

A finding is there for somebody who may see one of its children, or who owes, is offered or once held its duty.
Sentence, hub and counts are shown only to those who may see every record behind them, or who owe the duty:
a sentence about four children tells of the three one may not see. The rest are told that something links this
child with others, and whom to ask.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from heed.casework import models
from heed.casework.actions.duties.barring import unbarred
from heed.casework.doors.sight import CHILD_PARTS, agency_names
from heed.casework.models import Duty, DutyStep, Finding, FindingChild, Record
from heed.casework.sealing.rows import opened_findings
from heed.core.access.viewer import Viewer
from heed.core.records.sources import Source

FRESH = timedelta(days=8)
"""A finding not seen again by the last weekly look no longer stands; it is kept as it last stood."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding that is there, before it is read."""

    id: str
    strength: float
    stands: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A finding in a list. `full`: the viewer may read its sentence; `statement` is empty otherwise.

    `seen` are the children the viewer may open, `unseen` counts the others, `ask` names the agencies that know them.
    """

    id: str
    detector: str
    full: bool
    statement: str
    strength: float
    first_raised: date
    as_of: date
    stands: bool
    seen: tuple[str, ...]
    unseen: int
    ask: tuple[str, ...]


def in_order(viewer: Viewer, now: datetime) -> list[Noticed]:
    """Every finding that is there for the viewer: those that stand first, strongest first."""
    children = FindingChild.objects.filter(person__in=_people(viewer, FindingChild.objects.values("person")))
    there = set(children.values_list("finding_id", flat=True)) | owed_findings(viewer)
    rows = Finding.objects.values_list("pk", "strength", "as_of")
    found = [Noticed(pk, strength, _stands(as_of, now)) for pk, strength, as_of in rows if pk in there]
    return sorted(found, key=lambda each: (not each.stands, -each.strength, each.id))


def about(viewer: Viewer, person: str, now: datetime) -> list[Summary]:
    """The findings a child is in whose page the viewer may see, in the same order."""
    mine = set(FindingChild.objects.filter(person=person).values_list("finding_id", flat=True))
    found = summaries(viewer, mine, now)
    return sorted(found, key=lambda each: (not each.stands, -each.strength, each.id))


def summaries(viewer: Viewer, ids: Collection[str], now: datetime) -> list[Summary]:
    """These findings in the order of their ids, as far as the viewer may see each."""
    rows = {row.pk: row for row in opened_findings(Finding.objects.filter(pk__in=list(ids)))}
    bodies = {pk: json.loads(row.body) for pk, row in rows.items()}
    persons = {child["person"] for body in bodies.values() for child in body["children"]}
    seen = set(_people(viewer, list(persons)))
    visible = visible_evidence(viewer, bodies.values())
    owed, names = owed_findings(viewer), agency_names()
    return [summary(rows[pk], bodies[pk], seen, visible, pk in owed, names, now) for pk in ids if pk in rows]


def summary(
    row: Finding, body: dict[str, Any], seen: set[str], visible: dict[Source, int], owes: bool,
    names: dict[str, str], now: datetime,
) -> Summary:  # fmt: skip
    """One finding as far as it may be seen, given whom and what of its evidence the viewer sees."""
    full = owes or all((agency, ref) in visible for agency, ref in body["evidence"])
    unseen = [child for child in body["children"] if child["person"] not in seen]
    return Summary(
        id=row.id,
        detector=row.detector,
        full=full,
        statement=row.statement if full else "",
        strength=row.strength,
        first_raised=row.first_raised,
        as_of=row.as_of,
        stands=_stands(row.as_of, now),
        seen=tuple(child["person"] for child in body["children"] if child["person"] in seen),
        unseen=len(unseen),
        ask=tuple(sorted({names.get(code, code) for child in unseen for code in agencies_of(child)})),
    )


def agencies_of(child: dict[str, Any]) -> tuple[str, ...]:
    """The agencies that know a child of a finding."""
    return tuple(sorted({agency for agency, _ in child["sources"]}))


def owed_findings(viewer: Viewer) -> set[str]:
    """The findings whose duty the viewer owes, is offered or once held."""
    me = viewer.professional
    held = DutyStep.objects.filter(owner=me).values("duty")
    duties = Duty.objects.filter(Q(owner=me) | Q(offered_to=me) | Q(pk__in=held))
    theirs = unbarred(duties.exclude(finding=""), me, viewer.barred)
    return set(theirs.values_list("finding", flat=True))


def visible_evidence(viewer: Viewer, bodies: Collection[dict[str, Any]]) -> dict[Source, int]:
    """Those records of the evidence the viewer may see, each with the row of its newest revision. One query."""
    wanted: dict[str, set[str]] = {}
    for body in bodies:
        for agency, ref in body["evidence"]:
            wanted.setdefault(agency, set()).add(ref)
    match = Q(pk__in=[])
    for agency, refs in wanted.items():
        match |= Q(agency=agency, ref__in=refs)
    rows = Record.objects.visible_to(viewer).filter(match).order_by("revision")
    return {(agency, ref): pk for agency, ref, pk in rows.values_list("agency_id", "ref", "pk")}


def _people(viewer: Viewer, persons: Any) -> Any:
    """Those of these persons whose page is there for the viewer: a child in one visible record is enough."""
    there = Record.objects.visible_to(viewer).filter(
        mentions__source=OuterRef("pk"), mentions__part__in=CHILD_PARTS
    )
    return models.Source.objects.filter(Exists(there), person__in=persons).values_list("person", flat=True)


def _stands(as_of: date, now: datetime) -> bool:
    return now.date() - as_of < FRESH

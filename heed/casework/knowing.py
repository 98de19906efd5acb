"""Gathering what `core.review` answers from: rows, looks, steps, notices and live relationships about one subject.

Who is one child is as the links stand now: what the model thought of them on a day that is over is not kept. Live
relationships and notices are tables of their own, not entries of the ledger.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db.models import Q

from heed.casework import sealed, shown
from heed.casework.actions.ledger import HEAD
from heed.casework.models import (
    BatchRecord,
    Body,
    Duty,
    DutyStep,
    Entry,
    Head,
    Notice,
    Professional,
    Record,
    Relationship,
)
from heed.casework.models.records import RecordQuerySet
from heed.casework.subjects import Hers
from heed.core.records import merkle
from heed.core.records.batches import Move
from heed.core.records.reading import parse
from heed.core.records.record import Record as Told
from heed.core.records.sources import source_key
from heed.core.review.asof import Kept
from heed.core.review.knowing import Facts, Look, Noticed, Owed, Sight, Step, Who

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many entries the ledger had, and the root over them, in hexadecimal."""

    entries: int
    root: str


def ledger_now() -> Ledger:
    """The ledger as it stands."""
    head = Head.objects.filter(pk=HEAD).first()
    frontier = merkle.read(head.size, head.frontier) if head else merkle.Frontier()
    return Ledger(frontier.size, merkle.root(frontier).hex())


def facts_of(rows: RecordQuerySet, hers: Hers, end: datetime, *, looks_of: str | None = None) -> Facts:
    """What there is about a subject (heed.casework.subjects) in the rows somebody may read. Records that claim to have
    been written down after `end`, and looks after it, are not opened. `looks_of` keeps the looks of one agency's."""
    kept = _kept(rows, hers, end)
    keys = [each.row for each in kept]
    people = _Professionals()
    duties = list(Duty.objects.filter(record__in=keys).order_by("pk"))
    return Facts(
        kept,
        list(_looks(frozenset(keys), end, people, looks_of)),
        _owed(duties, people),
        [
            Noticed(people.who(each.professional_id), each.at, each.duty.reference, each.step, each.kind)
            for each in Notice.objects.filter(duty__in=duties).select_related("duty")
        ],
        list(_sights(set().union(*hers.values()), people)),
    )


class _Professionals:
    """Everybody who works here, read once: as they are now."""

    def __init__(self) -> None:
        columns = ("pk", "agency_id", "name", "role", "grade")
        self._known = {
            pk: Who(agency, pk, name, role, grade)
            for pk, agency, name, role, grade in Professional.objects.values_list(*columns)
        }

    def who(self, professional: int) -> Who:
        return self._known[professional]


def _kept(rows: RecordQuerySet, hers: Hers, end: datetime) -> list[Kept]:
    """Every revision of every record of which one speaks of the subject."""
    found = sorted(_revisions(rows, hers), key=lambda row: row.pk)
    opened = [row for row in found if row.document and row.recorded_at <= end]
    told = dict(zip((row.pk for row in opened), sealed.open_documents(opened), strict=True))
    batches = _batches([row.pk for row in found])
    return [
        Kept(
            row.pk, row.agency_id, row.ref, row.revision, row.recorded_at, row.received_at,
            _read(told[row.pk]) if row.pk in told else None,
            frozenset(hers.get(row.pk, ())), batches.get(row.pk, ()),
        )
        for row in found
    ]  # fmt: skip


def _revisions(rows: RecordQuerySet, hers: Collection[int]) -> Iterator[Record]:
    """These rows and the other revisions of the same records."""
    names: dict[str, set[str]] = {}
    for some in batched(sorted(hers), AT_ONCE):
        for agency, ref in rows.filter(pk__in=some).values_list("agency_id", "ref"):
            names.setdefault(agency, set()).add(ref)
    for agency, refs in sorted(names.items()):
        for part in batched(sorted(refs), AT_ONCE):
            # Not in the order of rows: SQLite would walk all of them for it.
            yield from rows.filter(agency=agency, ref__in=part).order_by()


def _read(document: str) -> Told:
    told = parse(json.loads(document)).record
    if told is None:
        raise RuntimeError("a record that was accepted once cannot be read now")
    return told


def _batches(rows: Sequence[int]) -> dict[int, tuple[tuple[datetime, str], ...]]:
    """The states of the batch each of these rows came in, as the ledger tells of them."""
    came: dict[int, int] = {}
    for some in batched(rows, AT_ONCE):
        came |= dict(BatchRecord.objects.filter(record__in=some).values_list("record_id", "batch_id"))
    subjects = {f"batch:{batch}": batch for batch in set(came.values())}
    told = Entry.objects.filter(subject__in=list(subjects), kind__in=[str(move) for move in Move])
    states: dict[int, tuple[tuple[datetime, str], ...]] = {}
    for subject, at, text in told.order_by("seq").values_list("subject", "at", "body__text"):
        batch = subjects[subject]
        states[batch] = (*states.get(batch, ()), (at, json.loads(text)["state"]))
    return {row: states[batch] for row, batch in came.items() if batch in states}


def _looks(rows: frozenset[int], end: datetime, people: _Professionals, of: str | None) -> Iterator[Look]:
    """Looks up to `end` at any of these rows. Their bodies hold numbers only and are never sealed."""
    for seqs in batched(sorted(shown.at(rows)), AT_ONCE):
        found = Body.objects.filter(entry__in=seqs, entry__at__lte=end, entry__actor__isnull=False)
        if of is not None:
            found = found.filter(entry__actor__agency=of)
        columns = ("entry_id", "entry__at", "entry__actor_id", "entry__purpose", "text")
        for seq, at, actor, purpose, text in found.values_list(*columns):
            here = rows.intersection(json.loads(text).get("records") or ())
            yield Look(seq, at, people.who(actor), purpose, here)


def _owed(duties: Sequence[Duty], people: _Professionals) -> list[Owed]:
    steps: dict[int, list[DutyStep]] = {}
    for step in DutyStep.objects.filter(duty__in=duties).order_by("duty", "number"):
        steps.setdefault(step.duty_id, []).append(step)
    written: dict[str, list[datetime]] = {}
    told = Entry.objects.filter(kind="duty", subject__in=[f"duty:{duty.reference}" for duty in duties])
    for subject, at in told.order_by("seq").values_list("subject", "at"):
        written.setdefault(subject, []).append(at)
    return [
        Owed(
            duty.reference,
            duty.record_id or 0,
            duty.clause,
            duty.owing_agency_id,
            duty.raising_agency_id or "",
            tuple(_steps(steps.get(duty.pk, ()), written.get(f"duty:{duty.reference}", ()), people)),
        )
        for duty in duties
    ]


def _steps(steps: Iterable[DutyStep], written: Iterable[datetime], people: _Professionals) -> Iterator[Step]:
    """The steps of one duty, each beside the entry that tells of it: there is one for each, in their order."""
    for step, at in zip(steps, written, strict=True):
        by = people.who(step.by_id) if step.by_id else None
        yield Step(
            step.number, step.at, at, step.kind, by, people.who(step.owner_id), step.rung, step.due_at,
            step.decision,
        )  # fmt: skip


def _sights(sources: Collection[str], people: _Professionals) -> Iterator[Sight]:
    hung = Q()
    for agency, ref in (key.split(" ", 1) for key in sources):
        hung |= Q(source_agency=agency, source_ref=ref)
    rows = Relationship.objects.filter(hung) if sources else Relationship.objects.none()
    columns = ("professional_id", "source_agency", "source_ref", "since", "until")
    for professional, agency, ref, since, until in rows.values_list(*columns):
        yield Sight(people.who(professional), source_key((agency, ref)), since, until)

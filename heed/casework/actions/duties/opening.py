"""Opening duties: for records that ask for an answer, and for what the rules notice."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, refusals, sight, steps
from heed.casework.actions.duties.deadlines import soonest
from heed.casework.actions.duties.levels import level_of
from heed.casework.actions.kept import chunks
from heed.casework.agencies import ensure
from heed.casework.local import local_day
from heed.casework.models import Agency, Duty, DutyStep, Professional, Relationship, Source
from heed.casework.models import Record as Row
from heed.casework.notices.owing import owe
from heed.casework.policy import policy
from heed.casework.sealing import whose
from heed.casework.sealing.rows import FINDINGS
from heed.core.duty.moves import Level, Move, State
from heed.core.records.prepared import Prepared
from heed.core.records.record import Record
from heed.core.records.sources import Source as Name
from heed.core.records.sources import source_from_key, source_key, source_of
from heed.core.records.when import from_utc

RAISER = 160


@dataclass(frozen=True)
class Context:
    """What is the same for all duties opened at once: who, when, and what is looked up only once."""

    by: Professional | None
    now: datetime
    persons: Mapping[str, str] = field(default_factory=dict)
    refused: Collection[refusals.Refusal] = ()
    find: holders.Finder = field(default_factory=lambda: holders.Board().holder)
    agency: Callable[[str], Agency] = field(default_factory=lambda: cache(ensure))


@dataclass(slots=True)
class Opening:
    """A duty about to be opened, the children it is about, and why it opens where it opens."""

    duty: Duty
    children: list[Name]
    words: str
    key_of: str


def open_for_records(
    *, saved: Sequence[tuple[Row, Record]], by: Professional | None, now: datetime
) -> list[ledger.Act]:
    """Open what is owed for records just saved, and give back the acts for the ledger's one append."""
    asking = [
        (row, record)
        for row, record in saved
        if asks(record.kind, record.recorded_at, _settles_itself(record), now)
    ]
    if not asking:
        return []
    persons = _person_of(record for _, record in asking)
    context = Context(by, now, persons, refusals.refusals(set(persons.values())))
    return _write([_opening(row, record, context) for row, record in asking], context)


def open_for_finding(
    *,
    finding_id: str,
    statement: str,
    children_sources: Iterable[str | Name],
    now: datetime,
    by: Professional | None = None,
) -> Duty:
    """Open the duty to answer a finding; the same finding again gives the duty it already has."""
    found = Duty.objects.filter(finding=finding_id).first()
    if found is not None:
        return found
    rules, ladder = policy().duties, policy().ladder
    with transaction.atomic():
        duty = Duty(
            reference=f"F-{sha256(finding_id.encode()).hexdigest()[:12]}",
            finding=finding_id,
            clause=rules.finding_clause,
            owing_agency=ensure(rules.receiver),
            owner=holders.of_rung(rules.receiver, ladder.at(rules.finding_rung), now),
            opened_at=now,
            state=State.OPEN,
            rung=rules.finding_rung,
            due_at=ladder.due(rules.finding_rung, now),
        )
        names = {source_from_key(each) if isinstance(each, str) else each for each in children_sources}
        ledger.append_many(_write([Opening(duty, sorted(names), statement, FINDINGS)], Context(by, now)))
    return duty


def open_these(*, openings: Sequence[Opening], by: Professional | None, now: datetime) -> list[ledger.Act]:
    """Open duties somebody else has worked out, inside their transaction; gives the acts for the ledger's one append."""
    return _write(openings, Context(by, now)) if openings else []


def children_of(record: Record) -> list[Name]:
    """The sources of the children in a record."""
    return list(
        dict.fromkeys(source_of(record, each) for each in record.people if each.part in sight.CHILDREN)
    )


def may_ask(told: Prepared, now: datetime) -> bool:
    """Whether a record asks for an answer, told without reading the whole of it."""
    if told.kind not in policy().duties.clauses:
        return False
    settled = told.is_answered and _settles_itself(told.record)
    return asks(told.kind, from_utc(told.recorded_at), settled, now)


def asks(kind: str, recorded_at: datetime, is_settled: bool, now: datetime) -> bool:
    """Whether a record of this kind, written down then, asks for an answer now."""
    rules = policy().duties
    if kind not in rules.clauses or is_settled:
        return False
    return rules.history_days is None or recorded_at >= now - timedelta(days=rules.history_days)


def _settles_itself(record: Record) -> bool:
    """Whether it brings its own answer. What is feared to be grave never does: whoever tells of a danger must not close
    it in the same breath, so that it is owed and what the record says of an answer waits for a second person."""
    return record.answer is not None and level_of(record) != Level.HIGH


def _opening(row: Row, record: Record, context: Context) -> Opening:
    ladder, rules = policy().ladder, policy().duties
    children = children_of(record)
    again = _again(row, record, children, context)
    rung = ladder.above(0, rules.again_rungs) if again else 0
    owing = _receiver(record, context)
    clause = rules.danger_clause if rules.danger in record.observations else rules.clauses[record.kind]
    duty = Duty(
        reference=f"D-{row.pk}",
        record=row,
        clause=clause,
        owing_agency=owing,
        raising_agency_id=record.agency,
        raiser=context.by,
        raiser_name=_raiser_name(record, context.by),
        owner=holders.of_rung(owing.pk, ladder.at(rung), context.now, context.find),
        opened_at=context.now,
        state=State.OPEN,
        rung=rung,
        due_at=soonest(clause, rung, context.now),
        level=level_of(record),
    )
    return Opening(duty, children, again_words(again) if again else "", whose.record(record))


def again_words(refusal: refusals.Refusal) -> str:
    """What the step says when a child comes again after a refusal."""
    return f"The same child again, one rung higher. Before: {refusal.words}, on {local_day(refusal.at)}."


def _again(row: Row, record: Record, children: Iterable[Name], context: Context) -> refusals.Refusal | None:
    if not context.refused:
        return None
    found = (
        refusals.earlier(
            context.refused, person=person, record=row.pk, recorded=record.recorded_at, now=context.now
        )
        for person in {context.persons[source_key(child)] for child in children}
    )
    return max(filter(None, found), key=lambda refusal: refusal.at, default=None)


def _receiver(record: Record, context: Context) -> Agency:
    """The first other agency that was told and is known, otherwise the one policy names."""
    rules = policy().duties
    for told in record.told if rules.first_told else ():
        agency = told.person.agency
        if agency and agency != record.agency and _is_known(agency):
            return context.agency(agency)
    return context.agency(rules.receiver)


def _is_known(agency: str) -> bool:
    return agency in policy().agencies or Agency.objects.filter(pk=agency).exists()


def _raiser_name(record: Record, by: Professional | None) -> str:
    author = record.author
    if by is not None:
        words = [by.name, by.role]
    else:
        words = [part for part in (author.name, author.role) if part] if author else []
    return ", ".join(words)[:RAISER]


def _write(openings: Sequence[Opening], context: Context) -> list[ledger.Act]:
    Duty.objects.bulk_create([each.duty for each in openings])
    first = [
        steps.step_of(
            each.duty, Move.OPENED, by=context.by, at=context.now, words=each.words, key_of=each.key_of
        )
        for each in openings
    ]
    DutyStep.objects.bulk_create(first)
    owe([(each.duty, step) for each, step in zip(openings, first, strict=True)])
    Relationship.objects.bulk_create([sees for each in openings for sees in _sights(each, context)])
    return [
        steps.act(each.duty, step, context.now, each.key_of)
        for each, step in zip(openings, first, strict=True)
    ]


def _sights(opening: Opening, context: Context) -> list[Relationship]:
    duty = opening.duty
    rung = policy().ladder.at(duty.rung)
    seeing = holders.seen_by(rung, duty.owing_agency_id, duty.raising_agency_id, context.now, context.find)
    given = sight.grants(duty.owner, seeing, context.now, duty.due_at or context.now)
    return sight.relationships(duty, given, opening.children)


def _person_of(records: Iterable[Record]) -> dict[str, str]:
    """The person behind each child's source, as linked so far."""
    keys = sorted({source_key(child) for record in records for child in children_of(record)})
    found: dict[str, str] = {}
    for some in chunks(keys):
        found |= dict(Source.objects.filter(key__in=some).values_list("key", "person"))
    return found

"""What an answer begins: a child to be seen, a conference to be held, feedback to be given. Each is a duty of its own,
with the clock of its own deadline; silence climbs the same ladder."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, sight, steps
from heed.casework.actions.duties.opening import children_of
from heed.casework.actions.duties.refused import reason_given
from heed.casework.actions.missing.areas import responsible
from heed.casework.actions.missing.knowing import duties, of_the_same_night
from heed.casework.agencies import ensure
from heed.casework.models import Duty, DutyStep, Professional, Relationship
from heed.casework.models import Record as Row
from heed.casework.notices.owing import owe
from heed.casework.policy import policy
from heed.casework.sealing.rows import owner_of_duty
from heed.core.duty.deadlines import Deadline, begun_by
from heed.core.duty.moves import Move, State
from heed.core.duty.worktime import after
from heed.core.records.explained import Explained
from heed.core.records.kinds import Kind
from heed.core.records.prepared import Prepared
from heed.core.records.record import Record
from heed.core.records.sources import Source
from heed.core.records.when import from_utc

RETURNED = "The child is back."


def follow(*, duty: Duty, step: DutyStep, by: Professional | None, now: datetime) -> list[ledger.Act]:
    """Open what an answer begins, inside the transaction of the answer; gives the acts for its append."""
    rules = policy()
    begun = begun_by(
        rules.deadlines,
        about=duty.about,
        decision=step.decision,
        refusals=rules.duties.refusals,
        told=duty.raiser_id is not None or duty.raising_agency_id is None,
        day=now.date(),
    )
    children = children_of_duty(duty) if begun else []
    acts = []
    for deadline in begun:
        words = f"Begun by the answer to duty {duty.reference}. Source: {deadline.source}."
        acts += _open(
            deadline, duty, duty.record, f"{duty.reference} {step.number}", words, children, by, now
        )
    return acts


def returns(saved: Sequence[tuple[Row, Record]], by: Professional | None, now: datetime) -> list[ledger.Act]:
    """Open what a missing child's return begins, inside the transaction that saves it: once for each episode, whichever
    agencies tell of it, and for every area that is responsible for her."""
    acts = []
    for row, record in saved:
        night = of_the_same_night(record, now)
        for place, (deadline, agency) in enumerate(_owed_after_returns(record)):
            if any(duty.owing_agency_id == agency for duty in duties(deadline.about, night)):
                continue
            words = f"{RETURNED} Source: {deadline.source}."
            name = f"record {row.pk} {agency}" if place else f"record {row.pk}"
            acts += _open(
                replace(deadline, agency=agency), None, row, name, words, children_of(record), by, now,
                _returned_at(row, now),
            )  # fmt: skip
    return acts


def _owed_after_returns(record: Record) -> list[tuple[Deadline, str]]:
    rules = policy().duties
    return [
        (deadline, agency)
        for deadline in _of_returns()
        for agency in responsible(record, deadline.agency or rules.receiver)[0]
    ]


def may_tell_of_a_return(told: Prepared, now: datetime) -> bool:
    """Whether a record may say that a missing child came back lately, told without reading the whole of it."""
    if told.kind != Kind.MISSING or told.latest is None:
        return False
    last = from_utc(told.latest)
    return any(
        now - timedelta(days=each.returned_within_days or 0) <= last <= now + timedelta(days=1)
        for each in _of_returns()
    )


def tells_of_a_return(record: Record) -> bool:
    """Whether it does."""
    return record.kind == Kind.MISSING and record.happened_to is not None


def begin(*, duty: Duty | str, name: str, words: str, by: Professional, now: datetime) -> Duty:
    """Somebody begins a deadline by hand, about the record of a duty. Raises Explained for one that does not begin so."""
    deadline = policy().deadlines.get(name)
    if deadline is None or not deadline.by_hand:
        known = ", ".join(each.name for each in policy().deadlines.values() if each.by_hand)
        raise Explained(f"{name!r} is no deadline that is begun by hand; there are: {known}.")
    found = Duty.objects.get(reference=duty) if isinstance(duty, str) else duty
    words = reason_given(words)
    with transaction.atomic():
        acts = _open(
            deadline,
            found,
            found.record,
            f"{found.reference} {found.moves} {now}",
            words,
            children_of_duty(found),
            by,
            now,
        )
        ledger.append_many(acts)
    made: Duty = Duty.objects.filter(about=deadline.about).latest("pk")
    return made


def _returned_at(row: Row, now: datetime) -> datetime:
    """The last instant at which the child may have come back, as the record says; never later than now."""
    return min(row.happened_to or now, now)


def _of_returns() -> Iterable[Deadline]:
    return [each for each in policy().deadlines.values() if each.returned_within_days is not None]


def children_of_duty(duty: Duty) -> list[Source]:
    """The children that a duty is about."""
    rows = Relationship.objects.filter(duty=duty).order_by("pk")
    return list(dict.fromkeys(rows.values_list("source_agency", "source_ref")))


def _open(
    deadline: Deadline,
    before: Duty | None,
    record: Row | None,
    name: str,
    words: str,
    children: Sequence[Source],
    by: Professional | None,
    now: datetime,
    since: datetime | None = None,
) -> list[ledger.Act]:
    ladder, rules = policy().ladder, policy().duties
    owing = deadline.agency or (before.owing_agency_id if before else rules.receiver)
    rung = next((n for n, each in enumerate(ladder.rungs) if each.post == deadline.post), 0)
    owner = holders.holder(owing, deadline.post, now)
    due_at = after(since or now, deadline.limit, ladder.calendar)
    duty = Duty(
        reference=f"L-{sha256(f'{deadline.name} {name}'.encode()).hexdigest()[:12]}",
        record=record,
        about=deadline.about,
        clause=deadline.clause,
        owing_agency=ensure(owing),
        raising_agency_id=before.raising_agency_id if before else (record.agency_id if record else None),
        raiser=before.raiser if before else by,
        raiser_name=before.raiser_name if before else "",
        owner=owner,
        opened_at=now,
        state=State.OPEN,
        rung=rung,
        due_at=due_at,
        level=before.level if before else "usual",
    )
    duty.save()
    key = owner_of_duty(duty)
    step = steps.step_of(duty, Move.OPENED, by=by, at=now, words=words, key_of=key)
    step.save()
    owe([(duty, step)])
    seeing = holders.seen_by(ladder.at(rung), owing, duty.raising_agency_id, now)
    given = sight.grants(owner, seeing, now, due_at)
    Relationship.objects.bulk_create(sight.relationships(duty, given, children))
    return [steps.act(duty, step, now, key)]

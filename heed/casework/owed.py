"""What is owed, by whom, by when: in references, never in names of children."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from heed.casework.models import Duty, DutyStep
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, State


@dataclass(frozen=True, slots=True)
class Owed:
    """One answer owed."""

    duty: str
    state: str
    rung: int
    rung_name: str
    post: str
    owner: str
    owner_agency: str
    owing_agency: str
    raising_agency: str | None
    raiser: str
    record: tuple[str, str] | None
    finding: str | None
    clause: str
    opened_at: datetime
    due_at: datetime
    overdue: bool
    acknowledge_by: datetime | None


def owed(*, now: datetime, overdue_only: bool = False) -> Iterator[Owed]:
    """Every duty that waits for an answer, the one due first before the others."""
    duties = Duty.objects.filter(state__in=OWED)
    if overdue_only:
        duties = duties.filter(due_at__lte=now)
    since = (
        DutyStep.objects.filter(duty=OuterRef("pk"), rung=OuterRef("rung"))
        .order_by("number")
        .values("at")[:1]
    )
    related = (
        duties.annotate(since=Subquery(since)).select_related("owner", "record").order_by("due_at", "pk")
    )
    for duty in related.iterator(chunk_size=2000):
        yield _owed(duty, duty.since, now)


def _owed(duty: Duty, since: datetime, now: datetime) -> Owed:
    rung = policy().ladder.at(duty.rung)
    return Owed(
        duty=duty.reference,
        state=duty.state,
        rung=duty.rung,
        rung_name=rung.name,
        post=str(rung.post),
        owner=str(duty.owner),
        owner_agency=duty.owner.agency_id,
        owing_agency=duty.owing_agency_id,
        raising_agency=duty.raising_agency_id,
        raiser=duty.raiser_name,
        record=(duty.record.agency_id, duty.record.ref) if duty.record else None,
        finding=duty.finding or None,
        clause=duty.clause,
        opened_at=duty.opened_at,
        due_at=duty.due_at,
        overdue=duty.due_at <= now,
        acknowledge_by=None
        if duty.state == State.ACKNOWLEDGED
        else policy().ladder.acknowledge_by(duty.rung, since),
    )

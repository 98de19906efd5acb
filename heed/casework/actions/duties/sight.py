"""While somebody owes an answer about children, they may see what every agency holds on them; not for longer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from heed.casework.models import Duty, Professional, Relationship
from heed.casework.policy import policy
from heed.core.records.kinds import Part
from heed.core.records.sources import Source

CHILDREN = (Part.CHILD, Part.COMPANION, Part.FOUND_WITH)
"""The parts of a record whose people are children."""
OWES, SEES = "owes an answer", "sees an unanswered concern"


def relationships(
    duty: Duty, people: Iterable[tuple[Professional, str]], children: Iterable[Source], now: datetime
) -> list[Relationship]:
    """The relationships to write for people (each with a basis) on whom a duty gives sight of children."""
    ends = (duty.due_at or now) + timedelta(days=policy().duties.sight_after_deadline)
    sources = list(children)
    return [
        Relationship(
            professional=person,
            source_agency=agency,
            source_ref=ref,
            basis=basis,
            since=now,
            until=ends,
            duty=duty,
        )
        for person, basis in people
        for agency, ref in sources
    ]


def widen(duty: Duty, people: Iterable[tuple[Professional, str]], now: datetime) -> None:
    """Give sight to whoever a duty has moved to, and keep it as long as the new deadline asks."""
    ours = Relationship.objects.filter(duty=duty)
    children = list(
        ours.values_list("source_agency", "source_ref").distinct().order_by("source_agency", "source_ref")
    )
    for fresh in relationships(duty, people, children, now):
        same = ours.filter(
            professional=fresh.professional, source_agency=fresh.source_agency, source_ref=fresh.source_ref
        )
        if not same.update(until=fresh.until, basis=fresh.basis):
            fresh.save()


def narrow(duty: Duty, now: datetime) -> None:
    """An answer ends sight, some days later."""
    ends = now + timedelta(days=policy().duties.sight_after_answer)
    Relationship.objects.filter(duty=duty).update(until=ends)

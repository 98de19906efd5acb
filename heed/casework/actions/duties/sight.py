"""While somebody owes an answer about children, they may see what every agency holds on them; not for longer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework.models import Duty, Professional, Relationship
from heed.casework.policy import policy
from heed.core.records.kinds import Part
from heed.core.records.sources import Source

CHILDREN = (Part.CHILD, Part.COMPANION, Part.FOUND_WITH)
"""The parts of a record whose people are children."""
OWES, SEES = "owes an answer", "sees an unanswered concern"


@dataclass(frozen=True, slots=True)
class Grant:
    """Sight for one person, because of a duty, from an instant to an instant."""

    person: Professional
    basis: str
    since: datetime
    until: datetime


def grants(
    owner: Professional, seeing: Iterable[Professional], since: datetime, due_at: datetime
) -> list[Grant]:
    """Sight for whoever owes the answer and whoever sees that it is owed."""
    until = due_at + timedelta(days=policy().duties.sight_after_deadline)
    others = [Grant(person, SEES, since, until) for person in seeing if person.pk != owner.pk]
    return [Grant(owner, OWES, since, until), *others]


def relationships(duty: Duty, given: Iterable[Grant], children: Iterable[Source]) -> list[Relationship]:
    """The rows that give sight of children for the first time."""
    return relationships_of(duty.pk, given, children)


def relationships_of(duty: int, given: Iterable[Grant], children: Iterable[Source]) -> list[Relationship]:
    """The same by the duty's row."""
    sources = list(children)
    return [
        Relationship(
            professional=grant.person,
            source_agency=agency,
            source_ref=ref,
            basis=grant.basis,
            since=grant.since,
            until=grant.until,
            duty_id=duty,
        )
        for grant in given
        for agency, ref in sources
    ]


def widen(duty: Duty, given: Iterable[Grant]) -> None:
    """Give sight to whoever a duty has moved to; who had it already keeps it for as long as the new deadline asks."""
    rows = list(Relationship.objects.filter(duty=duty).order_by("pk"))
    children = dict.fromkeys((row.source_agency, row.source_ref) for row in rows)
    held = {row.professional_id for row in rows}
    fresh: dict[int, list[Relationship]] = {}
    for grant in given:
        if grant.person.pk in held:
            Relationship.objects.filter(duty=duty, professional=grant.person).update(
                until=grant.until, basis=grant.basis
            )
        else:
            fresh[grant.person.pk] = relationships(duty, [grant], children)
    Relationship.objects.bulk_create([row for some in fresh.values() for row in some])


def widen_many(given: Mapping[int, Iterable[Grant]]) -> None:
    """The same as `widen` for many duties at once, by their row."""
    rows = Relationship.objects.filter(duty__in=list(given)).order_by("pk")
    told = list(rows.values_list("duty_id", "professional_id", "source_agency", "source_ref"))
    children: dict[int, dict[Source, None]] = {duty: {} for duty in given}
    held = {(duty, professional) for duty, professional, _, _ in told}
    for duty, _, agency, ref in told:
        children[duty][(agency, ref)] = None
    changed, fresh = [], []
    for duty, grants_given in given.items():
        for grant in grants_given:
            if (duty, grant.person.pk) in held:
                changed.append((duty, grant))
            else:
                fresh += relationships_of(duty, [grant], children[duty])
    for duty, grant in changed:
        same = Relationship.objects.filter(duty=duty, professional=grant.person)
        same.update(until=grant.until, basis=grant.basis)
    Relationship.objects.bulk_create(fresh)


def narrow(duty: Duty, now: datetime) -> None:
    """An answer ends sight, some days later."""
    ends = now + timedelta(days=policy().duties.sight_after_answer)
    Relationship.objects.filter(duty=duty).update(until=ends)

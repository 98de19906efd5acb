"""Conflicts of interest and duties: what is about somebody a professional stands near to is not theirs to see or answer,
and what they owe of it is owed by somebody else."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from heed.casework.actions.duties import holders
from heed.casework.actions.duties.passing import one_by_one, pass_on
from heed.casework.models import (
    Conflict,
    Duty,
    FindingChild,
    Glass,
    Mention,
    Professional,
    Registered,
    Source,
)
from heed.casework.policy import policy
from heed.core.duty.moves import OWED
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key

type Keys = Collection[str]
type Near = dict[int, frozenset[str]]
WORDS = "It is owed by somebody else now: {} ({})."
"""Why is not said: the duty's page is read by people who need not know who stands near to whom."""


def unbarred(duties: QuerySet[Duty], person: int, barred: Keys) -> QuerySet[Duty]:
    """Without those about somebody from whose records a professional is barred (by source), or about the conflict."""
    return duties.exclude(_about(person, frozenset(barred))) if barred else duties


def unnamed(rows: QuerySet[Any], barred: Keys) -> QuerySet[Any]:
    """Orders over a record, or over all of a person, without those that are about one of these sources."""
    if not barred:
        return rows
    hung = Q(pk__in=[])
    for agency, ref in {(key.partition(" ")[0], key.partition(" ")[2]) for key in barred}:
        hung |= Q(agency=agency, ref=ref)
    return rows.exclude(hung | named_in(barred))


def pass_on_barred(*, now: datetime) -> list[str]:
    """Pass on every duty whose owner may see nothing of what it is about; gives their references. The deadline stays.
    Where nobody else can be asked it stays, and climbs by the clock. Raises NotPassedOn, at the end, for those that
    failed."""
    near = barred_people()
    theirs = Q(pk__in=[])
    for person, keys in near.items():
        theirs |= Q(_about(person, keys), owner=person)
    owed = Duty.objects.filter(theirs, state__in=OWED).order_by("pk").distinct() if near else ()
    return one_by_one(owed, lambda duty: _passed_on(duty, near, now))


def barred_people() -> Near:
    """Everybody with a conflict of interest now, and from which sources it bars them."""
    from heed.casework.doors.viewing import barred_from

    people = Professional.objects.filter(pk__in=Conflict.objects.filter(end=None).values("professional"))
    return {person.pk: barred_from(person) for person in people.order_by("pk")}


def barred_of(duty: Duty, near: Near) -> list[int]:
    """Those of them who may see nothing of what a duty is about."""
    return [
        person
        for person, keys in near.items()
        if Duty.objects.filter(_about(person, keys), pk=duty.pk).exists()
    ]


def _passed_on(duty: Duty, near: Near, now: datetime) -> bool:
    board = holders.Board(barred_of(duty, near))
    try:
        owner = holders.of_rung(duty.owing_agency_id, policy().ladder.at(duty.rung), now, board.holder)
    except Explained:
        return False
    words = WORDS.format(owner, owner.agency)
    return owner.pk != duty.owner_id and pass_on(duty=duty, to=owner, words=words, by=None, now=now)


def named_in(keys: Keys, prefix: str = "") -> Q:
    """The records of which any revision names one of these sources, by agency and reference behind a prefix."""
    told = Mention.objects.naming(sources=keys).values_list("record__agency", "record__ref").distinct()
    refs = dict[str, set[str]]()
    for agency, ref in told:
        refs.setdefault(agency, set()).add(ref)
    found = Q(pk__in=[])
    for agency, some in refs.items():
        found |= Q(**{f"{prefix}agency": agency, f"{prefix}ref__in": some})
    return found


def _about(person: int, keys: frozenset[str]) -> Q:
    """The duties about these sources: by record, by finding, by what is registered, by an opening; and those about what
    was recorded of the professional's own conflicts."""
    people = Source.objects.filter(key__in=keys).values("person")
    found = named_in(keys, "record__")
    found |= Q(finding__in=FindingChild.objects.filter(person__in=people).values("finding"))
    for reference in _references(person, keys):
        found |= Q(about__contains=f":{reference}")
    return found


def _references(person: int, keys: frozenset[str]) -> set[str]:
    """What the word after the first colon of a duty's `about` may be."""
    refs = {key.partition(" ")[2] for key in keys}
    subjects = [row for row in Registered.objects.filter(source_ref__in=refs) if _hangs(row, keys)]
    under = Registered.objects.filter(under__in=subjects).values_list("reference", flat=True)
    glasses = [row for row in Glass.objects.filter(source_ref__in=refs) if _hangs(row, keys)]
    own = Conflict.objects.filter(professional=person).values_list("reference", flat=True)
    return {row.reference for row in (*subjects, *glasses)} | set(under) | set(own)


def _hangs(row: Registered | Glass, keys: frozenset[str]) -> bool:
    return source_key((row.source_agency, row.source_ref)) in keys

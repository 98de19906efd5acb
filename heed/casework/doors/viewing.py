"""Who is looking: a signed-in professional, and every source of every child they work with now."""

from collections.abc import Collection
from datetime import datetime

from heed.casework.models import Conflict, Glass, Professional, Relationship, Source
from heed.core.access.viewer import Viewer
from heed.core.records.sources import source_key


def viewer_for(professional: Professional, now: datetime) -> Viewer:
    """The viewer a professional is at an instant.

    A live relationship hangs on one source; it reaches all sources linked to the same child as they are linked
    now. A relationship that has ended, or has not begun, reaches nothing; nor does anything once somebody has left.
    Emergency access reaches as far, for reading alone, and stands apart. A conflict of interest takes away both.
    """
    here = professional.is_active
    live = Relationship.objects.filter(professional=professional, since__lte=now, until__gt=now)
    hung = {source_key(pair) for pair in live.values_list("source_agency", "source_ref")}
    glasses = Glass.objects.filter(professional=professional, at__lte=now, until__gt=now)
    opened = {
        ref: source_key(pair)
        for ref, *pair in glasses.values_list("reference", "source_agency", "source_ref")
    }
    barred = barred_from(professional)
    return Viewer(
        professional=professional.pk,
        name=professional.name,
        agency=professional.agency_id,
        role=professional.role,
        grade=professional.grade,
        sources=(_of_the_same_people(hung) if here else frozenset()) - barred,
        sees_own_agency=here,
        opened=(_of_the_same_people(opened.values()) if here and opened else frozenset()) - barred,
        glasses=tuple(sorted(opened)) if here else (),
        barred=barred,
    )


def barred_from(professional: Professional) -> frozenset[str]:
    """Every source of everybody with whom a professional has a conflict of interest now."""
    near = Conflict.objects.filter(professional=professional, end=None)
    return _of_the_same_people({source_key(pair) for pair in near.values_list("source_agency", "source_ref")})


def _of_the_same_people(keys: Collection[str]) -> frozenset[str]:
    """These sources and all that are linked with them."""
    if not keys:
        return frozenset()
    people = Source.objects.filter(key__in=keys).values("person")
    linked = Source.objects.filter(person__in=people).values_list("key", flat=True)
    return frozenset(keys) | frozenset(linked)

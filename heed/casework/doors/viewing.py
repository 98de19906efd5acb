"""Who is looking: a signed-in professional, and every source of every child they work with now."""

from datetime import datetime

from heed.casework.models import Professional, Relationship, Source
from heed.core.access.viewer import Viewer
from heed.core.records.sources import source_key


def viewer_for(professional: Professional, now: datetime) -> Viewer:
    """The viewer a professional is at an instant.

    A live relationship hangs on one source; it reaches all sources linked to the same child as they are linked
    now. A relationship that has ended, or has not begun, reaches nothing; nor does anything once somebody has left.
    """
    here = professional.is_active
    live = Relationship.objects.filter(professional=professional, since__lte=now, until__gt=now)
    hung = {source_key(pair) for pair in live.values_list("source_agency", "source_ref")}
    people = Source.objects.filter(key__in=hung).values("person")
    linked = Source.objects.filter(person__in=people).values_list("key", flat=True)
    return Viewer(
        professional=professional.pk,
        name=professional.name,
        agency=professional.agency_id,
        role=professional.role,
        grade=professional.grade,
        sources=frozenset(hung) | frozenset(linked) if here else frozenset(),
        sees_own_agency=here,
    )

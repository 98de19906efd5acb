"""A person of concern or a place in a record, before it gets a page of its own: only where the viewer may read."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.actions.register.naming import Named, NotThere, person_named, place_named
from heed.casework.doors.looks import looked, refused
from heed.casework.models import Professional
from heed.core.access.viewer import Viewer

PURPOSE = "to register a person of concern or a place"


@dataclass(frozen=True, slots=True)
class Nameable:
    """What a record calls it, and how the record is graded."""

    called: str
    grading: tuple[str, str, str]


def nameable(*, viewer: Viewer, record: int, position: int, kind: str, now: datetime) -> Nameable | None:
    """What stands at a place of a record; None where there is nothing the viewer may see. Logged either way."""
    by = Professional.objects.get(pk=viewer.professional)
    try:
        named: Named = (person_named if kind == "person" else place_named)(
            record=record, position=position, by=by, now=now
        )
    except NotThere:
        refused(viewer=viewer, subject="record:unknown", purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=f"record:{record}", purpose=PURPOSE, records=[record], now=now)
    return Nameable(named.called, named.grading)

"""The door to who knew what about one child on a day, as far as the viewer may see: the look is written down first.

Records are those the viewer may see today; of looks those of the viewer's own agency; of duties those that are the
viewer's business; who else could see her only where the viewer works with her.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from heed.casework.actions.asking import PURPOSE, knew_asked
from heed.casework.doors.looks import refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import KnownChild, agency_names, known_children
from heed.casework.doors.significant import Said, said_of
from heed.casework.knowing import Ledger, facts_of, ledger_now
from heed.casework.models import Mention, Professional, Record
from heed.core.access.viewer import Viewer
from heed.core.review.asof import end_of
from heed.core.review.knowing import Knowledge, knew


@dataclass(frozen=True, slots=True)
class KnewFile:
    """The answer for one viewer, the child under the name their records give, and the ledger it was answered from.
    Looks are those of `looks_of`, an agency: of others nobody can say here that they did not look."""

    child: KnownChild
    on: date
    found: Knowledge
    agencies: dict[str, str]
    related: bool
    looks_of: str
    ledger: Ledger
    people: dict[str, str]
    """The person behind each source that a record of the answer names, as linked now."""
    said: dict[int, Said]
    """What readers said since of what was significant, by row: today's words about that day."""


def knew_child(*, viewer: Viewer, person: str, on: date, agency: str, now: datetime) -> KnewFile | None:
    """Who knew what about a child by the end of a day (UTC), or None when there is nothing of her the viewer may see.
    Logged either way."""
    child = known_children(viewer, [person]).get(person)
    if child is None:
        refused(viewer=viewer, subject=person, purpose=PURPOSE, now=now)
        return None
    end = end_of(on)
    facts = facts_of(Record.objects.visible_to(viewer), person, end, looks_of=viewer.agency)
    theirs = set(in_sight(viewer).filter(record__in=[each.row for each in facts.kept])
                 .values_list("reference", flat=True))  # fmt: skip
    sources = {source for each in facts.kept for source in each.sources}
    related = bool(sources & viewer.reaches)
    facts = replace(
        facts,
        duties=[duty for duty in facts.duties if duty.reference in theirs],
        notices=[each for each in facts.notices if each.duty in theirs],
        sights=[each for each in facts.sights if related or each.who.agency == viewer.agency],
    )
    knew_asked(
        subject=person, on=on, agency=agency, records=[each.row for each in facts.kept],
        by=Professional.objects.get(pk=viewer.professional), now=now, glasses=viewer.glasses,
    )  # fmt: skip
    found = knew(facts, end, agency)
    rows = [each.row for each in found.records]
    people = dict(Mention.objects.of(rows).values_list("source_id", "source__person"))
    return KnewFile(
        child, on, found, agency_names(), related, viewer.agency, ledger_now(), people, said_of(rows)
    )

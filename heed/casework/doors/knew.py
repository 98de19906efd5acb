"""The door to who knew what about a child, a finding, a person of concern or a place, as far as the viewer may see: the
look is written down first.

Records are those the viewer may see today; of looks those of the viewer's own agency; of duties those that are the
viewer's business; who else could see her only where the viewer works with her.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from heed.casework.actions.asking import PURPOSE, knew_asked
from heed.casework.doors import findings, register
from heed.casework.doors.looks import refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import agency_names, known_children
from heed.casework.doors.significant import Said, said_of
from heed.casework.knowing import Ledger, facts_of, ledger_now
from heed.casework.models import Mention, Professional, Record, Registered
from heed.casework.subjects import Hers, of_finding, of_person, of_registered
from heed.core.access.viewer import Viewer
from heed.core.register.moves import Kind
from heed.core.review.asof import end_of
from heed.core.review.knowing import Facts, Knowledge, knew


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject that is there for the viewer: as the ledger names it, the child's id where it is one, its rows."""

    subject: str
    person: str
    name: str
    hers: Hers


@dataclass(frozen=True, slots=True)
class KnewFile:
    """The answer for one viewer, the subject under the name it has for them, and the ledger it was answered from.
    `person` is empty for a subject that is no child.
    Looks are those of `looks_of`, an agency: of others nobody can say here that they did not look."""

    person: str
    name: str
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
    asked = Asked(person, person, child.name, of_person(person))
    return _answered(viewer, asked, on, agency, now)


def knew_finding(*, viewer: Viewer, id: str, on: date, agency: str, now: datetime) -> KnewFile | None:
    """The same about the records behind a finding; None when it is not there for the viewer. Logged either way."""
    page = findings.finding(viewer=viewer, id=id, now=now)
    if page is None:
        return None
    title = f"Finding of {len(page.seen)} children whom you may see" if page.seen else "A finding"
    return _answered(viewer, Asked(f"finding:{id}", "", title, of_finding(id)), on, agency, now)


def knew_registered(
    *, viewer: Viewer, reference: str, on: date, agency: str, now: datetime
) -> KnewFile | None:
    """The same about a person of concern or a place of the register; None when it is not there for the viewer, and for
    what is registered of another kind. Logged either way."""
    page = register.page(viewer=viewer, reference=reference, now=now)
    if page is None or page.line.kind not in (Kind.PERSON, Kind.PLACE):
        return None
    row = Registered.objects.get(reference=reference)
    hers = of_registered(row, Record.objects.visible_to(viewer))
    return _answered(viewer, Asked(f"register:{reference}", "", page.line.called, hers), on, agency, now)


def narrowed(viewer: Viewer, facts: Facts) -> Facts:
    """What the viewer may see of what was gathered from rows they may read: of duties those that are their business, of
    who else could see her only those of their own agency, where they do not work with her."""
    theirs = set(in_sight(viewer).filter(record__in=[each.row for each in facts.kept])
                 .values_list("reference", flat=True))  # fmt: skip
    related = any(each.sources & viewer.reaches for each in facts.kept)
    return replace(
        facts,
        duties=[duty for duty in facts.duties if duty.reference in theirs],
        notices=[each for each in facts.notices if each.duty in theirs],
        sights=[each for each in facts.sights if related or each.who.agency == viewer.agency],
    )


def _answered(viewer: Viewer, asked: Asked, on: date, agency: str, now: datetime) -> KnewFile:
    end = end_of(on)
    facts = facts_of(Record.objects.visible_to(viewer), asked.hers, end, looks_of=viewer.agency)
    facts = narrowed(viewer, facts)
    sources = {source for each in facts.kept for source in each.sources}
    knew_asked(
        subject=asked.subject, on=on, agency=agency, records=[each.row for each in facts.kept],
        by=Professional.objects.get(pk=viewer.professional), now=now, glasses=viewer.glasses,
    )  # fmt: skip
    found = knew(facts, end, agency)
    rows = [each.row for each in found.records]
    people = dict(Mention.objects.of(rows).values_list("source_id", "source__person"))
    return KnewFile(
        asked.person, asked.name, on, found, agency_names(), bool(sources & viewer.reaches), viewer.agency,
        ledger_now(), people, said_of(rows),
    )  # fmt: skip

"""The door to conflicts of interest: what is recorded of one person, and one conflict for whoever looks whether it
stands. To whom it bars nothing of it is there."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.conflicts import ABOUT, TRIED, keys_of, leads, may_end
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import known_children
from heed.casework.models import Conflict, ConflictEnd, Professional, Record, Source
from heed.casework.sealing.rows import conflict_end_at, conflict_reason_at
from heed.core.access.viewer import Viewer
from heed.core.records.sources import source_key

PURPOSE = "conflicts of interest"
ERASED = "These words cannot be read any more."
SOMEBODY = "A person in your agency’s records"


@dataclass(frozen=True, slots=True)
class Ended:
    """Who ended it, and why."""

    by: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One conflict. `may_end`: whoever reads it may end it; `name` is empty where the person is not in their sight."""

    reference: str
    who: str
    name: str
    person: str
    reason: str
    by: str
    at: datetime
    end: Ended | None
    may_end: bool


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What is recorded of one person, for whoever works with them or leads; and whose conflict the viewer may record."""

    person: str
    name: str
    is_child: bool
    recorded: tuple[Shown, ...]
    colleagues: tuple[tuple[int, str], ...]


def of_person(*, viewer: Viewer, person: str, now: datetime) -> OfPerson | None:
    """One person's; None where no record that names them is in the viewer's sight. Logged either way."""
    if not Record.objects.visible_to(viewer).filter(mentions__source__person=person).exists():
        refused(viewer=viewer, subject=person, purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=person, purpose=PURPOSE, now=now)
    me = Professional.objects.get(pk=viewer.professional)
    child = known_children(viewer, [person]).get(person)
    rows = _of(person) if leads(me) or not viewer.sources.isdisjoint(keys_of(person)) else []
    return OfPerson(
        person=person,
        name=child.name if child else SOMEBODY,
        is_child=child is not None,
        recorded=tuple(_shown(viewer, row, me) for row in rows if row.professional_id != me.pk),
        colleagues=tuple(_whose(me)),
    )


def conflict(*, viewer: Viewer, reference: str, now: datetime) -> Shown | None:
    """One conflict, for whoever recorded it, works with the person, or has to look whether it stands; None for
    everybody else. Logged either way."""
    row = (
        Conflict.objects.filter(reference=reference)
        .select_related("professional__agency", "by__agency")
        .first()
    )
    if row is None or row.professional_id == viewer.professional or not _theirs(viewer, row):
        refused(viewer=viewer, subject="conflict:unknown", purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=f"{ABOUT}{reference}", purpose=PURPOSE, now=now)
    return _shown(viewer, row, Professional.objects.get(pk=viewer.professional))


def _theirs(viewer: Viewer, row: Conflict) -> bool:
    abouts = [f"{each}{row.reference}" for each in (ABOUT, TRIED)]
    works = source_key((row.source_agency, row.source_ref)) in viewer.sources
    return works or row.by_id == viewer.professional or in_sight(viewer).filter(about__in=abouts).exists()


def _of(person: str) -> list[Conflict]:
    keys = keys_of(person)
    refs = {key.partition(" ")[2] for key in keys}
    rows = Conflict.objects.filter(source_ref__in=refs).select_related("professional__agency", "by__agency")
    return [row for row in rows.order_by("pk") if source_key((row.source_agency, row.source_ref)) in keys]


def _shown(viewer: Viewer, row: Conflict, me: Professional) -> Shown:
    key = source_key((row.source_agency, row.source_ref))
    person = Source.objects.filter(key=key).values_list("person", flat=True).first() or ""
    child = known_children(viewer, [person]).get(person) if person else None
    end = ConflictEnd.objects.filter(conflict=row).select_related("by__agency").first()
    return Shown(
        reference=row.reference,
        who=f"{row.professional}, {row.professional.agency}",
        name=child.name if child else "",
        person=person if child else "",
        reason=_words(row.reason, conflict_reason_at(row.reference)),
        by=f"{row.by}, {row.by.agency}",
        at=row.at,
        end=_ended(end),
        may_end=end is None and may_end(row, me),
    )


def _ended(row: ConflictEnd | None) -> Ended | None:
    if row is None:
        return None
    return Ended(f"{row.by}, {row.by.agency}", _words(row.words, conflict_end_at(row.conflict_id)), row.at)


def _whose(me: Professional) -> list[tuple[int, str]]:
    """Their own first; then of whom they may record one."""
    people = Professional.objects.filter(is_active=True).exclude(pk=me.pk).select_related("agency")
    people = people if leads(me) else people.filter(line_manager=me)
    others = [(each.pk, f"{each}, {each.agency}") for each in people.order_by("agency__name", "name")]
    return [(me.pk, f"My own ({me})"), *others]


def _words(held: str, bound: tuple[object, ...]) -> str:
    return sealed.tried([(held, bound)])[0] or ERASED

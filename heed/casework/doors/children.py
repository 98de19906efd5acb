"""The door to children: whom somebody works with, and one child's file as far as they may see it.

Whoever may see no record of a child gets None, exactly as for somebody who does not exist; what a viewer may not
see is neither counted nor hinted at.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from heed.casework import sealed
from heed.casework.doors import noticed
from heed.casework.doors.erased import Erased, erased_of
from heed.casework.doors.files import File, files_of
from heed.casework.doors.introduced import Introduced, of_sources
from heed.casework.doors.links import Pair, Side, pairs_between, sides_of
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import (
    CHILD_PARTS,
    Contact,
    KnownChild,
    agency_names,
    contacts,
    known_children,
    read,
)  # fmt: skip
from heed.casework.models import BatchRecord, Duty, DutyStep, Mention, Record, Relationship, Source
from heed.casework.models.records import RecordQuerySet
from heed.casework.policy import policy
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED, Move
from heed.core.records.batches import WITHHELD
from heed.core.records.record import Record as Told
from heed.core.records.sources import source_key


@dataclass(frozen=True, slots=True)
class Someone:
    """A person in an entry: `person` is the opaque id, `own` whether it is the child whose file this is."""

    position: int
    part: str
    person: str
    source: str
    own: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a record counts for nothing: `held`, or `withdrawn` by somebody, when and why."""

    state: str
    by: str = ""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the file with its earlier revisions, newest of them first. `key` is its row."""

    key: int
    told: Told
    received_at: datetime
    received_by: str
    people: tuple[Someone, ...]
    earlier: tuple["Entry", ...] = ()
    withdrawn: bool = False
    """A later revision no longer names this child."""
    files: tuple[File, ...] = ()
    aside: Aside | None = None
    """Kept, and counted nowhere: the batch it came in is held, or was withdrawn."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """A professional who works with the child now, and on what basis."""

    name: str
    role: str
    agency: str
    basis: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """A duty about the child. `answer` and `answered_at` are empty while it is owed."""

    reference: str
    clause: str
    agency: str
    owner: str
    owner_role: str
    due_at: datetime | None
    rung: int
    state: str
    opened_at: datetime
    record: int | None
    yours: bool
    in_sight: bool
    """Whether the duty's own page is there for the viewer."""
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in OWED


@dataclass(frozen=True, slots=True)
class ChildFile:
    """Everything one viewer may see of one child. `related`: the viewer has a live relationship with her."""

    person: str
    related: bool
    entries: tuple[Entry, ...]
    agencies: dict[str, str]
    contacts: dict[str, Contact]
    allocated: tuple[Allocated, ...]
    duties: tuple[OwedDuty, ...]
    findings: tuple[noticed.Summary, ...]
    sides: tuple[Side, ...]
    pairs: tuple[Pair, ...]
    others: dict[str, KnownChild]
    erased: tuple[Erased, ...] = ()
    introduced: tuple[Introduced, ...] = ()

    @property
    def counted(self) -> tuple[Entry, ...]:
        """The entries without what is held or was withdrawn."""
        return tuple(entry for entry in self.entries if entry.aside is None)


def mine(*, viewer: Viewer, now: datetime) -> list[KnownChild]:
    """The children the viewer has a live relationship with, the latest written about first."""
    found = Source.objects.filter(key__in=viewer.sources).values_list("person", flat=True).distinct()
    children = known_children(viewer, list(found))
    looked(viewer=viewer, subject="children", purpose="children I work with", now=now)
    return sorted(children.values(), key=lambda child: (-child.last_recorded.timestamp(), child.person))


def by_reference(*, viewer: Viewer, ref: str, now: datetime) -> str | None:
    """The child behind one of the viewer's own agency's references, exactly as written there; None for nobody."""
    source = Source.objects.filter(key=source_key((viewer.agency, ref.strip()))).first()
    visible = known_children(viewer, [source.person]) if source else {}
    person = source.person if source and visible else None
    looked(viewer=viewer, subject=person or "children", purpose="look-up by own reference", now=now)
    return person


def child(*, viewer: Viewer, person: str, now: datetime) -> ChildFile | None:
    """One child's file, or None when there is nothing of it the viewer may see."""
    entries = entries_of(viewer, person)
    if not any(one.own and one.part in CHILD_PARTS for entry in entries for one in entry.people):
        refused(viewer=viewer, subject=person, purpose="child", now=now)
        return None
    keys = {entry.key for entry in entries} | {old.key for entry in entries for old in entry.earlier}
    looked(viewer=viewer, subject=person, purpose="child", records=keys, now=now)
    return _file(viewer, person, entries, keys, now)


def _file(viewer: Viewer, person: str, entries: list[Entry], keys: set[int], now: datetime) -> ChildFile:
    own = set(Source.objects.filter(person=person).values_list("key", flat=True))
    seen = {one.source for entry in entries for one in entry.people if one.own}
    related = bool(own & viewer.reaches)
    names = agency_names()
    others = {one.person for e in entries for one in e.people if not one.own and one.part in CHILD_PARTS}
    return ChildFile(
        person=person,
        related=related,
        entries=tuple(entries),
        agencies=names,
        contacts=contacts({entry.told.agency for entry in entries}) if related else {},
        allocated=tuple(_allocated(own, names, now)) if related else (),
        duties=tuple(_duties(viewer, keys, names)),
        findings=tuple(noticed.about(viewer, person, now)),
        sides=tuple(side for _, side in sorted(sides_of(viewer, seen).items())),
        pairs=tuple(pairs_between(viewer, seen)),
        others=known_children(viewer, others) if others else {},
        erased=erased_of(viewer, own),
        introduced=tuple(of_sources(viewer, seen, now)),
    )


def entries_of(viewer: Viewer, person: str) -> list[Entry]:
    """Her visible records, each under its newest revision, oldest row first. Two queries, whatever their number."""
    newer = (
        RecordQuerySet(Record)
        .counted()
        .filter(agency=OuterRef("agency"), ref=OuterRef("ref"), revision__gt=OuterRef("revision"))
    )
    # A list of rows, not a condition on each: SQLite would read every record of the county to ask it.
    of_her = Mention.objects.naming(person=person).values("record")
    rows = Record.objects.visible_to(viewer).filter(pk__in=of_her).annotate(newer=Exists(newer))
    rows = list(rows.select_related("received_by").order_by("pk"))
    people = _people(rows, person)
    files = files_of([row.pk for row in rows])
    groups: dict[tuple[str, str], list[tuple[Entry, bool]]] = {}
    asides = _asides(rows)
    # What counts stands before what is held or was withdrawn, whatever its revision.
    for row in sorted(rows, key=lambda each: (each.pk in asides, -each.revision)):
        entry = _entry(row, people.get(row.pk, []), files.get(row.pk, ()), asides.get(row.pk))
        groups.setdefault((row.agency_id, row.ref), []).append((entry, row.newer))
    return [_newest(group) for group in groups.values()]


def _newest(group: list[tuple[Entry, bool]]) -> Entry:
    (top, newer), older = group[0], group[1:]
    return Entry(
        top.key, top.told, top.received_at, top.received_by, top.people,
        earlier=tuple(entry for entry, _ in older), withdrawn=newer and top.aside is None, files=top.files,
        aside=top.aside,
    )  # fmt: skip


def _asides(rows: list[Record]) -> dict[int, Aside]:
    """Which of these rows came in a batch that is held or was withdrawn."""
    came = BatchRecord.objects.filter(record__in=[row.pk for row in rows], batch__state__in=WITHHELD)
    return {
        each.record_id: Aside(
            each.batch.state,
            f"{each.batch.decided_by.name}, {each.batch.decided_by.role}" if each.batch.decided_by else "",
            each.batch.decided_at,
            each.batch.reason,
        )
        for each in came.select_related("batch__decided_by")
    }


def _entry(row: Record, people: list[Someone], files: tuple[File, ...], aside: Aside | None) -> Entry:
    by = row.received_by.name if row.received_by else ""
    told = read(sealed.document_of(row))
    return Entry(row.pk, told, row.received_at, by, tuple(people), files=files, aside=aside)


def _people(rows: list[Record], person: str) -> dict[int, list[Someone]]:
    found: dict[int, list[Someone]] = {}
    mentions = Mention.objects.of(row.pk for row in rows).order_by("record", "position")
    columns = ("record_id", "position", "part", "source__person", "source_id")
    for record, position, part, who, source in mentions.values_list(*columns):
        found.setdefault(record, []).append(Someone(position, part, who, source, who == person))
    return found


def _allocated(sources: set[str], names: dict[str, str], now: datetime) -> list[Allocated]:
    live = Relationship.objects.filter(
        source_ref__in={key.partition(" ")[2] for key in sources}, since__lte=now, until__gt=now
    )
    found = {
        each.professional_id: Allocated(
            each.professional.name, each.professional.role,
            names.get(each.professional.agency_id, each.professional.agency_id),
            each.basis, each.since, each.until,
        )
        for each in live.select_related("professional").order_by("-since")
        if source_key((each.source_agency, each.source_ref)) in sources
    }  # fmt: skip
    return sorted(found.values(), key=lambda each: (each.agency, each.name))


def _duties(viewer: Viewer, keys: set[int], names: dict[str, str]) -> list[OwedDuty]:
    owed = Duty.objects.filter(record__in=keys).select_related("owner").order_by("due_at", "pk")
    theirs = set(in_sight(viewer).filter(record__in=keys).values_list("pk", flat=True))
    answers = {
        step.duty_id: step
        for step in DutyStep.objects.filter(duty__in=owed, kind=Move.ANSWERED)
        .select_related("by")
        .order_by("number")
    }
    return [_duty(each, viewer, names, each.pk in theirs, answers.get(each.pk)) for each in owed]


def _duty(
    duty: Duty, viewer: Viewer, names: dict[str, str], theirs: bool, answered: DutyStep | None
) -> OwedDuty:
    return OwedDuty(
        duty.reference,
        duty.clause,
        names.get(duty.owing_agency_id, duty.owing_agency_id),
        duty.owner.name,
        duty.owner.role,
        duty.due_at,
        duty.rung,
        duty.state,
        duty.opened_at,
        duty.record_id,
        duty.owner_id == viewer.professional,
        theirs,
        policy().duties.decisions.get(answered.decision, answered.decision) if answered else "",
        f"{answered.by.name}, {answered.by.role}" if answered and answered.by else "",
        answered.at if answered else None,
    )

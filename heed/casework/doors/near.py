"""What of the register lies near a child: her own watch; brothers, sisters and others of her household who are watched;
persons of concern who are named with her or live where she does. Only from records, and rows, that the viewer may see.

That a child lives with one who is watched says nothing about her; it says whom to ask.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.kept import chunks
from heed.casework.doors.register import Line, lines
from heed.casework.doors.register_sight import RELATED, key_in, visible
from heed.casework.doors.sight import read
from heed.casework.models import Mention, Record, Registered, Source
from heed.core.access.viewer import Viewer
from heed.core.records.keys import place_key
from heed.core.records.kinds import Part
from heed.core.register.moves import Kind, State

MOST = 50
FAMILY = frozenset({Part.RELATIVE, Part.CARER})
ADDRESS, RELATIVE, NAMED = (
    "the same address in a record",
    "a relative or carer in one record",
    "named in one record",
)


@dataclass(frozen=True, slots=True)
class Near:
    """Something of the register that lies near, and by what."""

    line: Line
    because: str


@dataclass(frozen=True, slots=True)
class Around:
    """Her own watches, and what lies near."""

    own: tuple[Line, ...]
    near: tuple[Near, ...]


def around(*, viewer: Viewer, person: str, now: datetime) -> Around:
    """For a child's page, whose look is logged there: nothing here is shown without it."""
    kinds = (Kind.CHILD, Kind.PERSON)
    rows = Registered.objects.filter(kind__in=kinds).exclude(state=State.ENDED).select_related(*RELATED)
    seen = visible(viewer, list(rows.order_by("pk")))
    people = dict(Source.objects.filter(key__in=map(key_in, seen)).values_list("key", "person"))
    told = {line.reference: line for line in lines(seen, now)}
    own = [row for row in seen if people.get(key_in(row)) == person]
    others = [row for row in seen if row not in own and key_in(row) in people]
    because = _because(viewer, person, {people[key_in(row)]: row.kind for row in others})
    return Around(
        own=tuple(told[row.reference] for row in own if row.kind == Kind.CHILD),
        near=tuple(
            Near(told[row.reference], because[people[key_in(row)]])
            for row in others
            if people[key_in(row)] in because
        ),
    )


def _because(viewer: Viewer, person: str, others: Mapping[str, str]) -> dict[str, str]:
    """By what each of these persons lies near her, in the words of one reason; who does not is left out. A child who is
    only named beside her is no brother and no sister."""
    mine = _rows(viewer, person)
    here = _addresses(viewer, [person]).get(person, set())
    with_her = _beside(mine, person)
    elsewhere = [other for other in others if not with_her.get(other, set()) & FAMILY] if here else []
    there = _addresses(viewer, elsewhere)
    found = {}
    for other, kind in others.items():
        parts = with_her.get(other, set())
        if parts & FAMILY:
            found[other] = RELATIVE
        elif here & there.get(other, set()):
            found[other] = ADDRESS
        elif parts and kind == Kind.PERSON:
            found[other] = NAMED
    return found


def _rows(viewer: Viewer, person: str) -> list[Record]:
    """The newest records that name somebody and that the viewer may read."""
    naming = Mention.objects.naming(person=person).values("record")
    return list(
        Record.objects.visible_to(viewer).filter(pk__in=naming).order_by("-recorded_at", "-pk")[:MOST]
    )


def _addresses(viewer: Viewer, people: Collection[str]) -> dict[str, set[str]]:
    """Where the newest records that the viewer may read say each of these people lives, as keys: as many questions for
    some hundreds of people as for one."""
    found: dict[str, set[str]] = {}
    for some in chunks(sorted(people)):
        keys = Source.objects.filter(person__in=some).values("key")
        naming = Mention.objects.naming(sources=keys).values("record")
        seen = Record.objects.visible_to(viewer).filter(pk__in=naming)
        newest = list(seen.order_by("-recorded_at", "-pk").values_list("pk", flat=True))
        named = _named_in(newest, some)
        chosen, read_of = [], Counter[str]()
        for pk in newest:
            here = {who for _, who in named.get(pk, ())}
            if any(read_of[who] < MOST for who in here):
                chosen.append(pk)
            read_of.update(here)
        rows = [row for part in chunks(chosen) for row in seen.filter(pk__in=part)]
        for row, text in zip(rows, sealed.open_documents(rows), strict=True):
            for position, key in _said_in(text):
                for person in (each for at, each in named[row.pk] if at == position):
                    found.setdefault(person, set()).add(key)
    return found


def _named_in(records: Sequence[int], people: Collection[str]) -> dict[int, list[tuple[int, str]]]:
    """Where in these records these people stand: place and person, by record."""
    found: dict[int, list[tuple[int, str]]] = {}
    for some in chunks(records):
        told = Mention.objects.of(some).filter(source__person__in=people)
        for record, position, person in told.values_list("record", "position", "source__person"):
            found.setdefault(record, []).append((position, person))
    return found


def _said_in(text: str) -> Iterator[tuple[int, str]]:
    """Where a record says that those live whom it names, by their place in it."""
    for mention in read(text).people:
        key = place_key(mention.address, mention.postcode, None) if mention.address else None
        if key:
            yield mention.position, key


def _beside(rows: list[Record], person: str) -> Mapping[str, set[str]]:
    """The others in these records: in which parts they stand, or she does beside them."""
    found: dict[str, set[str]] = {}
    told = Mention.objects.of([row.pk for row in rows])
    her_part = dict(told.filter(source__person=person).values_list("record", "part"))
    columns = ("record", "part", "source__person")
    for record, part, other in told.exclude(source__person=person).values_list(*columns):
        found.setdefault(other, set()).update({part, her_part.get(record, "")})
    return found

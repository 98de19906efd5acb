"""What of the register lies near a child: her own watch; brothers, sisters and others of her household who are watched;
persons of concern who are named with her or live where she does. Only from records, and rows, that the viewer may see.

That a child lives with one who is watched says nothing about her; it says whom to ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
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
    here = _addresses(mine, person)
    with_her = _beside(mine, person)
    found = {}
    for other, kind in others.items():
        parts = with_her.get(other, set())
        if parts & FAMILY:
            found[other] = RELATIVE
        elif here and here & _addresses(_rows(viewer, other), other):
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


def _addresses(rows: list[Record], person: str) -> set[str]:
    """Where records say somebody lives, as keys."""
    keys = [row.pk for row in rows]
    places = {
        (record, position)
        for record, position in Mention.objects.of(keys)
        .filter(source__person=person)
        .values_list("record", "position")
    }
    found = set()
    for row, text in zip(rows, sealed.open_documents(rows), strict=True):
        for mention in read(text).people:
            key = place_key(mention.address, mention.postcode, None) if mention.address else None
            if key and (row.pk, mention.position) in places:
                found.add(key)
    return found


def _beside(rows: list[Record], person: str) -> Mapping[str, set[str]]:
    """The others in these records: in which parts they stand, or she does beside them."""
    found: dict[str, set[str]] = {}
    told = Mention.objects.of([row.pk for row in rows])
    her_part = dict(told.filter(source__person=person).values_list("record", "part"))
    columns = ("record", "part", "source__person")
    for record, part, other in told.exclude(source__person=person).values_list(*columns):
        found.setdefault(other, set()).update({part, her_part.get(record, "")})
    return found

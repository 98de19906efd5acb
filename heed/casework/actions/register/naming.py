"""From what somebody may see to what is registered: the source a child hangs on, a person of concern or a place in a
record, each under the name that record gives it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heed.casework import sealed
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Mention, Professional, Record, ThingSeen
from heed.core.access.viewer import Viewer, without_glass
from heed.core.records.explained import Explained
from heed.core.records.keys import alias_key, thing_label
from heed.core.records.kinds import Part, ThingKind
from heed.core.records.reading import parse
from heed.core.records.sources import source_from_key

CHILDREN = (Part.CHILD, Part.COMPANION, Part.FOUND_WITH)
PLACES = (ThingKind.PLACE, ThingKind.PREMISES)


class NotThere(Explained):
    """Nothing of it is in sight of whoever would register it."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing of this in a record that you may see. Open it from the child's page."
        )


@dataclass(frozen=True, slots=True)
class Named:
    """What a record names: on which source or thing it hangs, what it is called, how it is described, how graded.
    `aliases` are the keyed hashes under which patterns may know a person."""

    source: tuple[str, str]
    thing: str
    called: str
    description: str
    grading: tuple[str, str, str]
    record: tuple[str, str]
    aliases: tuple[str, ...] = ()


def child_named(*, person: str, by: Professional, now: datetime) -> tuple[tuple[str, str], str]:
    """The source of a child that whoever registers it may see, their own agency's before others, and her name."""
    viewer = without_glass(viewer_for(by, now))
    found = list(_of_child(viewer, person))
    if not found:
        raise NotThere
    _, source, _, _ = min(found, key=lambda row: (row[0] != by.agency_id, found.index(row)))
    named = full_name(child_mentioned(person=person, by=by, now=now))
    return source_from_key(source), named or "A child without a name"


def child_mentioned(*, person: str, by: Professional, now: datetime) -> dict[str, Any]:
    """How the newest record that `by` may see names a child. Raises NotThere."""
    viewer = without_glass(viewer_for(by, now))
    for _, _, record, position in _of_child(viewer, person):
        told = json.loads(sealed.document_of(Record.objects.visible_to(viewer).get(pk=record)))
        mention: dict[str, Any] = told["people"][position]
        if full_name(mention):
            return mention
    return {}


def _of_child(viewer: Viewer, person: str) -> Iterator[tuple[str, str, int, int]]:
    """Agency, source, row and position of each visible mention of a child, the newest record first."""
    rows = Record.objects.visible_to(viewer).filter(
        mentions__source__person=person, mentions__part__in=CHILDREN
    )
    columns = ("agency_id", "mentions__source", "pk", "mentions__position")
    yield from rows.order_by("-recorded_at", "-pk").values_list(*columns)


def person_named(*, record: int, position: int, by: Professional, now: datetime) -> Named:
    """A person of concern whom a record names that `by` may see."""
    row, told = _record(record, by, now)
    mention = Mention.objects.of([row.pk]).filter(position=position, part=Part.PERSON_OF_CONCERN).first()
    if mention is None:
        raise NotThere
    said = told["people"][position]
    aliases = said.get("also_known_as") or []
    keys = [sealed.keyed("aliases", key) for each in aliases if (key := alias_key(each))]
    return Named(
        source=source_from_key(mention.source_id),
        thing=keys[0] if keys else "",
        called=full_name(said) or "A person without a name",
        description=str(said.get("description") or ""),
        grading=_grading(told),
        record=(row.agency_id, row.ref),
        aliases=tuple(keys),
    )


def place_named(*, record: int, position: int, by: Professional, now: datetime) -> Named:
    """A place that a record names that `by` may see."""
    row, told = _record(record, by, now)
    seen = ThingSeen.objects.of([row.pk]).filter(position=position, kind__in=PLACES).first()
    if seen is None or not seen.key:
        raise NotThere
    whole = parse(told).record
    if whole is None:
        raise NotThere
    thing = whole.things[position]
    return Named(
        source=("", ""),
        thing=seen.key,
        called=thing_label(thing),
        description=", ".join(filter(None, (thing.name, thing.address, thing.postcode))),
        grading=_grading(told),
        record=(row.agency_id, row.ref),
    )


def full_name(mention: dict[str, Any]) -> str:
    """A mention's name as sent: given and family name, else the first alias, else nothing."""
    parts = [str(mention[key]) for key in ("given_names", "family_name") if mention.get(key)]
    aliases = mention.get("also_known_as")
    return " ".join(parts) or (str(aliases[0]) if isinstance(aliases, list) and aliases else "")


def _record(record: int, by: Professional, now: datetime) -> tuple[Record, dict[str, Any]]:
    viewer = without_glass(viewer_for(by, now))
    row = Record.objects.visible_to(viewer).filter(pk=record).first()
    if row is None:
        raise NotThere
    return row, json.loads(sealed.document_of(row))


def _grading(told: dict[str, Any]) -> tuple[str, str, str]:
    """As the record is graded; what nobody graded is untested, its way unknown, and shared with conditions."""
    graded = told.get("grading")
    said = graded if isinstance(graded, dict) else {}
    return (
        str(said.get("source") or "2"),
        str(said.get("information") or "D"),
        str(said.get("handling") or "C"),
    )

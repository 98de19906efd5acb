"""Whether a place in a record still holds the person somebody gave a word on.

Whoever an agency gives no reference of their own is named by record and position. A revision of the record may put
somebody else there, and a word said of the one must not hold for the other.
"""

from collections.abc import Mapping
from typing import Any

from heed.core.identity.folding import told_by
from heed.core.records.sources import source_from_key

type Place = tuple[str, str, int]
"""An agency, the reference of its record, and the position of a person in it, from 0."""
type Who = tuple[object, ...]


def place_of(source: str) -> Place | None:
    """The place that the key of a source names; None for somebody with a reference of the agency's own."""
    agency, ref = source_from_key(source)
    record, mark, position = ref.rpartition("#")
    return (agency, record, int(position)) if mark and position.isdecimal() else None


def who_stands(document: Mapping[str, Any], position: int) -> Who | None:
    """What identifies whoever stands at a position of a record's document: names and birth, cleaned as for linking, and
    where no name is given what they go by. None for nobody there, and for somebody with a reference of their own."""
    people = document.get("people", [])
    if position >= len(people) or people[position].get("ref"):
        return None
    told = told_by(people[position])
    known_as = () if told.given or told.family else tuple(sorted(told.aliases))
    return told.given, told.family, told.born, *known_as


def lapses(judged: Mapping[str, Any], current: Mapping[str, Any] | None, position: int) -> bool:
    """Whether a word on a position lapses: somebody stood there when it was given, and whoever stands there now, if
    anybody, has other names or another birth. `current` is None where no revision of the record counts any more."""
    was = who_stands(judged, position)
    return was is not None and (current is None or who_stands(current, position) != was)

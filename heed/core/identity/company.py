"""Who was named beside somebody, and when: one missing episode is told by several agencies, with the same companions.

A companion is kept as fingerprints only: of their reference and of their name, hashed, so that no profile carries
another child's name. Professionals and persons of concern are no company: they are named beside hundreds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from heed.core.identity.passing import features_in
from heed.core.records.keys import phone_key, place_key, plain, squeezed
from heed.core.records.kinds import Part, ThingKind

COMPANY_PARTS = frozenset({Part.CHILD, Part.COMPANION, Part.FOUND_WITH, Part.RELATIVE, Part.CARER})
MOST_PEOPLE = 12
"""A record that names more people is a list, not an event: it says nothing of who belongs to whom."""
LOW_SOURCES, LOW_INFORMATION = frozenset("3"), frozenset("DE")
"""Police 3x5x2: source 3 is not reliable; information D is not known, E suspected to be false."""
DAY = len("2009-03-14")
BESIDE, FEATURE, PLATE = "beside", "feature", "plate"
NAME_ALONE = "name:alone"
"""What whoever has no more than a name in passing was named with: that name. A name that many go by is passed over as
every crowded key is, so that only one that is rare in this house is ever compared by itself."""
PARTS_OF_PLATE = ((slice(-3, None), 3), (slice(0, 5), 5))
"""Of a registration mark the last three characters and the first five: what is remembered of it, and what one wrong
character leaves. Its first four say where and when a car was registered, as those of thousands do."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a record says around the people in it: the day, of several people the record's own fingerprint, and of each
    place in `people` theirs."""

    day: str | None = None
    record: str | None = None
    prints: Sequence[tuple[str, ...]] = ()
    things: tuple[str, ...] = ()
    doubted: bool = False

    def beside(self, position: int) -> tuple[str, ...]:
        """The fingerprints of everybody else in the record, but for one's own name: a father's may be his son's."""
        if not self.prints:
            return ()
        mine = self.prints[position]
        others = (prints for place, prints in enumerate(self.prints) if place != position)
        return tuple(one for prints in others for one in prints if one not in mine)


ALONE = Scene()


def scene_of(document: Mapping[str, Any]) -> Scene:
    """The scene of a record's document. The day is when it happened, else when it was recorded."""
    said = document.get("happened_from") or document.get("recorded_at")
    day = said[:DAY] if isinstance(said, str) and len(said) >= DAY else None
    people = document.get("people") or ()
    things: tuple[str, ...] = ()
    doubted = False
    if any(person.get("part") == Part.PERSON_OF_CONCERN for person in people):
        things, doubted = _things(document.get("things") or ()), _doubted(document.get("grading"))
    if not 1 < len(people) <= MOST_PEOPLE:
        return Scene(day, things=things, doubted=doubted)
    agency, ref = document.get("agency"), document.get("ref")
    prints = [
        _prints(person, f"{agency} {person.get('ref') or f'{ref}#{n}'}") for n, person in enumerate(people)
    ]
    return Scene(day, print_of(f"{agency} {ref}"), prints, things, doubted)


def with_person(
    scene: Scene, position: int, description: str, *, known_as: bool, named: bool
) -> tuple[str, ...]:
    """What a person of concern was named with, each as `kind:fingerprint`: the things of the record, features of the
    description, for somebody with a name in passing whom they were named beside, and where they have no family name
    that name alone."""
    found = {*scene.things, *(f"{FEATURE}:{_remembered(one)}" for one in features_in(description))}
    if known_as:
        found.update(f"{BESIDE}:{other}" for other in scene.beside(position))
    if known_as and not named:
        found.add(NAME_ALONE)
    return tuple(sorted(found))


def print_of(words: str) -> str:
    """The fingerprint of words, 16 hexadecimal characters."""
    return blake2b(words.encode(), digest_size=8).hexdigest()


def _things(things: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The vehicles, telephones and places of a record, each as `kind:fingerprint of its key`. Premises and accounts tell
    too little of who somebody is: half a county is at one school."""
    found: set[str] = set()
    for thing in things:
        kind, key = str(thing.get("kind")), None
        match kind:
            case ThingKind.VEHICLE:
                found.update(_parts_of_plate(squeezed(_words(thing, "vrm"))))
                key = squeezed(_words(thing, "vrm"))
            case ThingKind.PHONE:
                key = phone_key(_words(thing, "number"))
            case ThingKind.PLACE:
                where = _words(thing, "address"), _words(thing, "postcode")
                key = place_key(*where, None) if all(where) else None
        if key:
            found.add(f"{kind}:{_remembered(key)}")
    return tuple(sorted(found))


def _parts_of_plate(vrm: str) -> Iterator[str]:
    for place, (part, characters) in enumerate(PARTS_OF_PLATE):
        if len(vrm[part]) == characters:
            yield f"{PLATE}:{_remembered(f'{place} {vrm[part]}')}"


def _doubted(grading: Any) -> bool:
    """Whether the police grade the source not reliable, or the information not known, or suspected false."""
    if not isinstance(grading, Mapping):
        return False
    return str(grading.get("source")) in LOW_SOURCES or str(grading.get("information")) in LOW_INFORMATION


def _words(thing: Mapping[str, Any], name: str) -> str:
    value = thing.get(name)
    return value if isinstance(value, str) else ""


def _prints(person: Mapping[str, Any], source: str) -> tuple[str, ...]:
    if person.get("part") not in COMPANY_PARTS:
        return ()
    given, family = person.get("given_names"), person.get("family_name")
    if not (isinstance(given, str) and isinstance(family, str) and given.strip() and family.strip()):
        return (_remembered(source),)
    return _remembered(source), _remembered(f"{plain(given).partition(' ')[0]}|{plain(family)}")


@lru_cache(maxsize=1 << 16)
def _remembered(words: str) -> str:
    return print_of(words)

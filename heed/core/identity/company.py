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
CHILDRENS_PARTS = COMPANY_PARTS - {Part.RELATIVE, Part.CARER}
MOST_PEOPLE = 12
"""A record that names more people is a list, not an event: it says nothing of who belongs to whom."""
LOW_SOURCES, LOW_INFORMATION = frozenset("3"), frozenset("DE")
"""Police 3x5x2: source 3 is not reliable; information D is not known, E suspected to be false."""
DAY = len("2009-03-14")
SPAN, YOUNGEST, OLDEST = 3, 6, 19
"""Years of birth in one fingerprint of a child's name, and how old a child named beside a person of concern may be where
no birth date is given."""
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
    known: Sequence[tuple[str, ...]] = ()

    def beside(self, position: int) -> tuple[str, ...]:
        """The fingerprints of everybody else in the record, but for one's own name: a father's may be his son's."""
        return _but(self.prints, position)

    def known_beside(self, position: int) -> tuple[str, ...]:
        """The same for a person of concern: of everybody else their name with when they may have been born."""
        return _but(self.known, position)


ALONE = Scene()


def _but(prints: Sequence[tuple[str, ...]], position: int) -> tuple[str, ...]:
    if not prints:
        return ()
    mine = prints[position]
    others = (each for place, each in enumerate(prints) if place != position)
    return tuple(one for each in others for one in each if one not in mine)


def scene_of(document: Mapping[str, Any]) -> Scene:
    """The scene of a record's document. The day is when it happened, else when it was recorded."""
    said = document.get("happened_from") or document.get("recorded_at")
    day = said[:DAY] if isinstance(said, str) and len(said) >= DAY else None
    people = document.get("people") or ()
    things: tuple[str, ...] = ()
    doubted = False
    of_concern = any(person.get("part") == Part.PERSON_OF_CONCERN for person in people)
    if of_concern:
        things, doubted = _things(document.get("things") or ()), _doubted(document.get("grading"))
    if not 1 < len(people) <= MOST_PEOPLE:
        return Scene(day, things=things, doubted=doubted)
    agency, ref = document.get("agency"), document.get("ref")
    sources = [f"{agency} {person.get('ref') or f'{ref}#{n}'}" for n, person in enumerate(people)]
    prints = [_prints(person, source) for person, source in zip(people, sources, strict=True)]
    known = [_known(*each, day) for each in zip(people, sources, strict=True)] if of_concern else ()
    return Scene(day, print_of(f"{agency} {ref}"), prints, things, doubted, known)


def with_person(
    scene: Scene, position: int, description: str, *, known_as: bool, named: bool
) -> tuple[str, ...]:
    """What a person of concern was named with, each as `kind:fingerprint`: the things of the record, features of the
    description, for somebody with a name in passing whom they were named beside, and where they have no family name
    that name alone."""
    found = {*scene.things, *(f"{FEATURE}:{_remembered(one)}" for one in features_in(description))}
    if known_as:
        found.update(f"{BESIDE}:{other}" for other in scene.known_beside(position))
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
    name = _full_name(person)
    return (_remembered(source), _remembered(name)) if name else (_remembered(source),)


def _known(person: Mapping[str, Any], source: str, day: str | None) -> tuple[str, ...]:
    """The fingerprints of somebody beside a person of concern: two children of one name, born years apart, are two."""
    if person.get("part") not in COMPANY_PARTS:
        return ()
    name, born, found = _full_name(person), person.get("born"), [source]
    if name and person.get("part") not in CHILDRENS_PARTS:
        found.append(name)
    elif name and isinstance(born, str) and born[:4].isdigit():
        found += [f"{name}|{years}" for years in _spans(int(born[:4]) - 1, int(born[:4]) + 1)]
    elif name and day:
        found += [f"{name}|{years}" for years in _spans(int(day[:4]) - OLDEST, int(day[:4]) - YOUNGEST)]
    return tuple(map(_remembered, found))


def _spans(first: int, last: int) -> range:
    return range(first // SPAN, last // SPAN + 1)


def _full_name(person: Mapping[str, Any]) -> str:
    """The first given name and the family name; empty where either is not known."""
    given, family = (_words(person, name) for name in ("given_names", "family_name"))
    if not (given.strip() and family.strip()):
        return ""
    return f"{plain(given).partition(' ')[0]}|{plain(family)}"


@lru_cache(maxsize=1 << 16)
def _remembered(words: str) -> str:
    return print_of(words)

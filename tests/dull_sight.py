"""Who sees which record, a second time: plain loops over plain values, and nothing of Heed.

A record is seen by somebody who works here now, when it was not erased, and when their own agency wrote it or it names
somebody who is, as files are linked now, a child they have a relationship with, or emergency access to, that has begun
and has not ended. It is never seen when it names somebody, in any of its revisions, with whom they have a conflict of
interest that nobody ended.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

INSTANTS = (
    timedelta(days=-9),
    timedelta(microseconds=-1),
    timedelta(0),
    timedelta(microseconds=1),
    timedelta(days=9),
)
"""Around the instant of looking: long ago, just before, on it, just after, far ahead."""
PARTS = ("child", "companion", "found_with", "person_of_concern")


@dataclass
class Somebody:
    """A professional. `works`: (agency, ref, since, until) of each relationship; `opened`: of emergency access;
    `near`: (agency, ref, ended) of each conflict of interest."""

    agency: str
    active: bool
    works: list[tuple[str, str, datetime, datetime]] = field(default_factory=list)
    opened: list[tuple[str, str, datetime, datetime]] = field(default_factory=list)
    near: list[tuple[str, str, bool]] = field(default_factory=list)


@dataclass
class Written:
    """One revision of a record. `names`: (agency, ref, part) of everybody in it."""

    agency: str
    ref: str
    revision: int
    erased: bool
    names: list[tuple[str, str, str]]


@dataclass
class World:
    """`files`: the number of the person behind each (agency, ref), as they are linked."""

    agencies: list[str]
    files: dict[tuple[str, str], int]
    records: list[Written]
    people: list[Somebody]

    def same(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether two names are linked as one person's."""
        return one in self.files and other in self.files and self.files[one] == self.files[other]


def sees(world: World, somebody: Somebody, record: Written, now: datetime) -> bool:
    """Whether one professional sees one record at an instant."""
    if not somebody.active:
        return False
    if record.erased:
        return False
    for other in world.records:
        if other.agency != record.agency or other.ref != record.ref:
            continue
        for agency, ref, ended in somebody.near:
            for name in [(one, two) for one, two, _ in other.names]:
                if not ended and (name == (agency, ref) or world.same(name, (agency, ref))):
                    return False
    if record.agency == somebody.agency:
        return True
    for agency, ref, since, until in somebody.works + somebody.opened:
        if now < since or now >= until:
            continue
        for other_agency, other_ref, _ in record.names:
            if other_agency == agency and other_ref == ref:
                return True
            if (agency, ref) not in world.files:
                continue
            if world.files[agency, ref] == world.files[other_agency, other_ref]:
                return True
    return False


def random_world(chance: Random, slot: int, now: datetime) -> World:
    """A small world in which what can be mixed up is near: codes and references that begin with each other, one
    reference at several agencies, relationships that begin or end on the instant, people who left, erased records."""
    first = f"w{slot:03d}"
    agencies = [first, f"{first}x", f"{first}xx"]
    names = [(agency, ref) for agency in agencies for ref in ("1", "11", "x 1")]
    files = {name: chance.randrange(4) for name in chance.sample(names, chance.randrange(2, 8))}
    records = []
    for number in range(chance.randrange(1, 5)):
        agency = chance.choice(agencies)
        for revision in range(1, chance.randrange(2, 4)):
            who = chance.sample(sorted(files), chance.randrange(0, min(4, len(files) + 1)))
            named = [(*one, chance.choice(PARTS)) for one in who]
            records.append(Written(agency, f"r{number}", revision, chance.random() < 0.15, named))
    people = [Somebody(chance.choice(agencies), chance.random() < 0.9) for _ in range(2)]
    for one in people:
        for spans, most in ((one.works, 3), (one.opened, 2)):
            for _ in range(chance.randrange(most)):
                begins, ends = sorted([chance.choice(INSTANTS), chance.choice(INSTANTS)])
                spans.append((*chance.choice(names), now + begins, now + ends))
        for _ in range(chance.randrange(3)):
            one.near.append((*chance.choice(names), chance.random() < 0.5))
    return World(agencies, files, records, people)

"""How far knowledge spread: who knew from when, how many in each agency and rank, whom each told, where it stopped.

Somebody knew of a record once they had written it, were told of it, opened it, answered it, or owed an answer on it. A
telling without a time counts from when it was written down: not sooner.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from heed.core.records.kinds import Grade
from heed.core.review.asof import Kept
from heed.core.review.integrated import ASKING
from heed.core.review.knowing import Duty, Knowledge, Name, Person, Who, named

RANKS = (Grade.FRONTLINE, Grade.SUPERVISOR, Grade.MANAGER, Grade.SENIOR, Grade.EXECUTIVE)
"""From the bottom up. Family, child and public stand on no rung."""
WROTE, TOLD, OPENED, ANSWERED, OWED = "wrote", "told", "opened", "answered", "owed"


@dataclass(frozen=True, slots=True)
class Learned:
    """When somebody came to know of a record, and how."""

    at: datetime
    record: Name
    how: str


@dataclass(frozen=True, slots=True)
class Knower:
    """One person and all they knew of, the first first."""

    who: Who
    learned: tuple[Learned, ...]

    @property
    def since(self) -> datetime:
        """When they first knew of anything."""
        return self.learned[0].at


@dataclass(frozen=True, slots=True)
class Rank:
    """Of the people of one agency and rank who stand in the answer, how many knew."""

    agency: str
    grade: str
    knew: int
    people: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One station of a warning on its way."""

    at: datetime
    who: Who
    how: str


@dataclass(frozen=True, slots=True)
class Path:
    """A warning's way: who had it from when, the highest rank it reached, and whether anybody answered."""

    record: Name
    stages: tuple[Stage, ...]
    top: str
    answered: Stage | None
    decision: str


def knowers(found: Knowledge, of: Collection[Name] | None = None) -> list[Knower]:
    """Everybody who knew of any of these records (of all without), whoever knew first first."""
    rows = {each.name: each for each in found.records}
    owed = {duty.owed.reference: duty.record for duty in found.duties}
    wanted = rows.keys() if of is None else rows.keys() & set(of)
    people = (_knower(each, rows, owed, wanted) for each in found.people)
    return sorted((each for each in people if each.learned), key=lambda each: (each.since, each.who))


def ranks(found: Knowledge, knew: Iterable[Knower]) -> list[Rank]:
    """How many knew, by agency and then by rank from the bottom up, out of everybody who stands in the answer."""
    who = {each.who for each in knew}
    everybody: dict[tuple[str, int, str], list[Who]] = {}
    for each in found.people:
        everybody.setdefault((each.who.agency, _height(each.who.grade), each.who.grade), []).append(each.who)
    return [
        Rank(agency, grade, len(who & set(people)), len(people))
        for (agency, _, grade), people in sorted(everybody.items())
    ]


def told_by(found: Knowledge) -> list[tuple[Who, tuple[Who, ...]]]:
    """Whom each author told, by what their records say; whoever told nobody stands with none."""
    heard: dict[Who, set[Who]] = {}
    for kept in found.records:
        if kept.told is not None and kept.told.author is not None:
            author = named(kept.told.author, kept.agency)
            those = {named(each.person, kept.agency) for each in kept.told.told if _by(each.at, found.end)}
            heard.setdefault(author, set()).update(those - {author})
    return [(who, tuple(sorted(heard[who]))) for who in sorted(heard)]


def paths(found: Knowledge) -> list[Path]:
    """The way of every record that asks for an answer, oldest first."""
    asking = [each for each in found.records if each.told is not None and each.told.kind in ASKING]
    duties = {
        name: [duty for duty in found.duties if duty.record == name] for name in (a.name for a in asking)
    }
    return [_path(each, duties[each.name], found.end) for each in sorted(asking, key=_written)]


def _path(kept: Kept, duties: Iterable[Duty], end: datetime) -> Path:
    told = kept.told
    assert told is not None  # noqa: S101 - the caller keeps those that are erased away
    stages = [Stage(kept.recorded_at, named(told.author, kept.agency), WROTE)] if told.author else []
    stages += [
        Stage(each.at or kept.recorded_at, named(each.person, kept.agency), TOLD)
        for each in told.told
        if _by(each.at, end)
    ]
    answered, decision = None, ""
    answer = told.answer
    if answer is not None and answer.by is not None and _by(answer.at, end):
        answered = Stage(answer.at or kept.recorded_at, named(answer.by, kept.agency), ANSWERED)
        decision = answer.decision
    for duty in duties:
        owners: set[Who] = set()
        for step in duty.steps:
            if step.owner not in owners:
                stages.append(Stage(step.at, step.owner, OWED))
                owners.add(step.owner)
            if step.decision and step.by is not None and answered is None:
                answered, decision = Stage(step.at, step.by, ANSWERED), step.decision
    stages.sort(key=lambda each: (each.at, _height(each.who.grade)))
    top = max((each.who.grade for each in stages), key=_height, default="")
    return Path(kept.name, tuple(stages), top, answered, decision)


def _knower(
    person: Person, rows: dict[Name, Kept], owed: dict[str, Name], wanted: Collection[Name]
) -> Knower:
    found = [Learned(at, name, WROTE) for name, at in person.wrote.items()]
    found += [Learned(at or rows[name].recorded_at, name, TOLD) for name, at in person.told.items()]
    found += [Learned(at, name, OPENED) for name, (at, _) in person.opened.items()]
    found += [
        Learned(at or rows[name].recorded_at, name, ANSWERED) for name, (at, _) in person.answered.items()
    ]
    found += [Learned(at, owed[duty], OWED) for duty, at in person.owed.items()]
    first: dict[Name, Learned] = {}
    for each in sorted(found, key=lambda each: each.at):
        if each.record in wanted:
            first.setdefault(each.record, each)
    return Knower(person.who, tuple(sorted(first.values(), key=lambda each: (each.at, each.record))))


def _height(grade: str) -> int:
    return RANKS.index(Grade(grade)) if grade in RANKS else -1


def _by(at: datetime | None, end: datetime) -> bool:
    return at is None or at <= end


def _written(kept: Kept) -> tuple[datetime, Name]:
    return kept.recorded_at, kept.name

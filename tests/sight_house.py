"""Random worlds of who works with whom in the database, many at once, and what Heed says each may see."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random

from django.db import transaction

from heed.casework.doors.viewing import viewer_for
from heed.casework.models import (
    Agency,
    Conflict,
    ConflictEnd,
    Glass,
    Mention,
    Professional,
    Record,
    Relationship,
    Source,
)
from heed.core.access.sight import may_see
from heed.core.access.viewer import Viewer
from heed.core.records.sources import source_key
from tests import dull_sight
from tests.dull_sight import World, Written

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT_ONCE = 100

type Seen = Callable[[Viewer], set[int]]
type Looking = Callable[[Professional, datetime], Viewer]


def in_database(viewer: Viewer) -> set[int]:
    """The rows the scoped querysets give somebody."""
    return set(Record.objects.visible_to(viewer).values_list("pk", flat=True))


def disagreements(
    seed: int, worlds: int, *, seen: Seen = in_database, looking: Looking = viewer_for
) -> Iterator[str]:
    """Where Heed and the dull way differ over so many random worlds, a sentence each; pure rule and database alike."""
    chance = Random(seed)
    for first in range(0, worlds, AT_ONCE):
        made = [dull_sight.random_world(chance, slot, NOW) for slot in range(min(AT_ONCE, worlds - first))]
        with transaction.atomic():
            for number, (world, people, rows) in enumerate(_stored(made), first):
                who = chance.randrange(len(people))
                viewer = looking(people[who], NOW)
                expected = _dull(world, who)
                where = f"seed {seed}, world {number}, professional {who}"
                if seen(viewer) != {rows[n] for n in expected}:
                    yield f"{where}: the database shows other rows"
                if _pure(viewer, world) != expected:
                    yield f"{where}: the plain rule shows other rows"
            transaction.set_rollback(True)


def _dull(world: World, who: int) -> set[int]:
    return {
        number
        for number, told in enumerate(world.records)
        if dull_sight.sees(world, world.people[who], told, NOW)
    }


def _pure(viewer: Viewer, world: World) -> set[int]:
    return {
        number
        for number, told in enumerate(world.records)
        if not told.erased
        and may_see(
            viewer, told.agency, _named(told), ever=set().union(*map(_named, _revisions(world, told)))
        )
    }


def _named(told: Written) -> set[str]:
    return {source_key((agency, ref)) for agency, ref, _ in told.names}


def _revisions(world: World, told: Written) -> list[Written]:
    return [other for other in world.records if (other.agency, other.ref) == (told.agency, told.ref)]


def _stored(worlds: list[World]) -> list[tuple[World, list[Professional], list[int]]]:
    """Each world with its professionals and the rows of its records."""
    Agency.objects.bulk_create(
        Agency(code=code, name=code, kind="other") for world in worlds for code in world.agencies
    )
    people = [
        [
            Professional(username=f"{slot}-{n}", name="N.", agency_id=one.agency, role="r", grade="frontline",
                         password="!", is_active=one.active)
            for n, one in enumerate(world.people)
        ]
        for slot, world in enumerate(worlds)
    ]  # fmt: skip
    Professional.objects.bulk_create([row for some in people for row in some])
    Source.objects.bulk_create(
        Source(key=source_key(name), agency_id=name[0], ref=name[1], profile="", person=f"p_{slot}_{person}")
        for slot, world in enumerate(worlds)
        for name, person in world.files.items()
    )
    rows = [
        [
            Record(agency_id=told.agency, ref=told.ref, revision=told.revision, kind="contact", digest="",
                   document="" if told.erased else "x", recorded_at=NOW, received_at=NOW)
            for told in world.records
        ]
        for world in worlds
    ]  # fmt: skip
    Record.kept.bulk_create([row for some in rows for row in some])
    _hang(worlds, people, rows)
    return [(w, p, [row.pk for row in r]) for w, p, r in zip(worlds, people, rows, strict=True)]


def _hang(worlds: list[World], people: list[list[Professional]], rows: list[list[Record]]) -> None:
    Mention.objects.system("a test makes worlds").bulk_create(
        Mention(record=row, position=place, part=part, source_id=source_key((agency, ref)))
        for world, some in zip(worlds, rows, strict=True)
        for told, row in zip(world.records, some, strict=True)
        for place, (agency, ref, part) in enumerate(told.names)
    )
    Relationship.objects.bulk_create(
        Relationship(professional=row, source_agency=agency, source_ref=ref, basis="allocated", since=since,
                     until=until)
        for world, some in zip(worlds, people, strict=True)
        for one, row in zip(world.people, some, strict=True)
        for agency, ref, since, until in one.works
    )  # fmt: skip
    Glass.objects.bulk_create(
        Glass(reference=f"G-{row.pk}-{n}", professional=row, source_agency=agency, source_ref=ref, ground="danger",
              reason="", at=since, until=until)
        for world, some in zip(worlds, people, strict=True)
        for one, row in zip(world.people, some, strict=True)
        for n, (agency, ref, since, until) in enumerate(one.opened)
    )  # fmt: skip
    _near(worlds, people)


def _near(worlds: list[World], people: list[list[Professional]]) -> None:
    made = [
        (Conflict(reference=f"I-{row.pk}-{n}", professional=row, source_agency=agency, source_ref=ref, reason="",
                  by=row, at=NOW), ended)
        for world, some in zip(worlds, people, strict=True)
        for one, row in zip(world.people, some, strict=True)
        for n, (agency, ref, ended) in enumerate(one.near)
    ]  # fmt: skip
    Conflict.objects.bulk_create([row for row, _ in made])
    ConflictEnd.objects.bulk_create(
        ConflictEnd(conflict=row, words="", by=row.by, at=NOW) for row, ended in made if ended
    )

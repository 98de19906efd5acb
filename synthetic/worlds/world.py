"""A whole world: records, who is who, and what is true."""

from dataclasses import dataclass
from typing import Any

from synthetic.worlds.families import Area
from synthetic.worlds.lives import Thing, lived
from synthetic.worlds.people import START, WEEK
from synthetic.worlds.planting import plant
from synthetic.worlds.recording import Clerks, people_of
from synthetic.worlds.troubles import befall


@dataclass(frozen=True)
class Shown:
    """A record in which a harmed child is seen with a thing of the network: when it was written down."""

    recorded_s: int
    person: str
    thing: Thing
    agency: str
    ref: str


@dataclass(frozen=True)
class World:
    """Records in order of writing; `linked`: source to person as linking says; `true`: as it is.

    harmed: (person, when drawn in), in order of time. shown: what omniscient readers of the records could join.
    """

    area: Area
    documents: list[dict[str, Any]]
    linked: dict[str, str]
    true: dict[str, str]
    harmed: tuple[tuple[str, int], ...]
    shown: tuple[Shown, ...]
    start_s: int
    end_s: int


def made(area: Area) -> World:
    """The world of an area's parameters; the same parameters give the same world."""
    lives = lived(area)
    network = plant(lives)
    befall(lives)
    things = frozenset(network.things)
    clerks = Clerks(lives, things)
    for event in sorted(lives.events, key=lambda e: (e.at, e.child.number)):
        if event.at < lives.end:
            clerks.write(event)
    clerks.written.sort(key=lambda row: (row[0]["recorded_at"], row[0]["agency"], row[0]["ref"]))
    sources = {(row[0]["agency"], row[2]) for row in clerks.written}
    who = list(people_of(lives, sources))
    shown = [
        Shown(_seconds(document["recorded_at"]), f"p_{number}", thing, document["agency"], document["ref"])
        for document, true, number in clerks.written
        for thing in sorted(true)
    ]
    return World(
        area, [row[0] for row in clerks.written], {s: linked for s, linked, _ in who}, {s: true for s, _, true in who},
        tuple((f"p_{child.number}", since) for child, since in network.joined), tuple(shown),
        START, START + area.weeks * WEEK,
    )  # fmt: skip


def _seconds(stamped: str) -> int:
    from datetime import datetime

    return int(datetime.fromisoformat(stamped).timestamp())

"""Who and what records tie together, as nodes and ties: what a picture, a graph file and link charts are made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from heed.core.records.keys import thing_key, thing_label
from heed.core.records.kinds import ThingKind
from heed.core.records.record import Document, Thing

PERSON = "person"


@dataclass(slots=True)
class Node:
    """A person or a thing. `told` holds what the newest record says of it."""

    id: str
    kind: str
    label: str
    told: dict[str, Any] = field(default_factory=dict)
    agencies: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Tie:
    """Two nodes named in the same records, in which parts, and when."""

    left: str
    right: str
    parts: set[str] = field(default_factory=set)
    records: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    handling: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Network:
    """Nodes by id, and ties by the ids of their ends."""

    nodes: dict[str, Node] = field(default_factory=dict)
    ties: dict[tuple[str, str], Tie] = field(default_factory=dict)


def network(records: Iterable[tuple[Document, Sequence[str]]]) -> Network:
    """The network of records, each with the id of whoever stands at each position of its people.

    People are tied to each thing and to each other in a record; things are not tied to things.
    """
    found = Network()
    for document, who in records:
        people = list(_people(document, who, found))
        things = list(_things(document, found))
        for one, other in combinations(people, 2):
            _tie(document, one, other, found)
        for one in people:
            for thing in things:
                _tie(document, one, thing, found)
    return found


def _people(document: Document, who: Sequence[str], found: Network) -> Iterator[tuple[str, str]]:
    for person, id in zip(document.get("people") or [], who, strict=False):
        names = [person.get("given_names"), person.get("family_name")]
        words = " ".join(filter(None, names)) or "; ".join(person.get("also_known_as") or []) or "not named"
        node = found.nodes.setdefault(id, Node(id, PERSON, words))
        node.told |= {key: value for key, value in person.items() if value}
        node.agencies.add(document["agency"])
        yield id, str(person.get("part") or "")


def _things(document: Document, found: Network) -> Iterator[tuple[str, str]]:
    for position, told in enumerate(document.get("things") or []):
        kind = told.get("kind")
        if kind not in set(ThingKind):
            continue
        names = ("name", "address", "postcode", "vrm", "number", "service", "handle", "description")
        thing = Thing(position, ThingKind(kind), **{key: told[key] for key in names if told.get(key)})
        key = thing_key(thing)
        if key:
            node = found.nodes.setdefault(f"{kind} {key}", Node(f"{kind} {key}", kind, thing_label(thing)))
            node.told |= {name: value for name, value in told.items() if value}
            node.agencies.add(document["agency"])
            yield node.id, str(told.get("part") or "")


def _tie(document: Document, one: tuple[str, str], other: tuple[str, str], found: Network) -> None:
    if one[0] == other[0]:
        return
    left, right = (one, other) if one[0] <= other[0] else (other, one)
    tie = found.ties.setdefault((left[0], right[0]), Tie(left[0], right[0]))
    tie.parts |= {part for part in (left[1], right[1]) if part}
    tie.records.append(f"{document['agency']} {document['ref']}")
    tie.days.append(str(document.get("happened_from") or document["recorded_at"]))
    grading = document.get("grading") or {}
    told = " ".join(filter(None, (grading.get("handling"), grading.get("conditions"))))
    tie.handling |= {told} if told else set()
